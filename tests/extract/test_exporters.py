"""Charts of exporters, and JSON that lists machines or findings: no application connects by what stands there."""

import pytest

from analyzer.extract.json import extract as extract_json
from analyzer.extract.yaml import extract as extract_yaml
from analyzer.model import Clue, Evidence
from analyzer.source import SourceFile
from tests.kit import check

APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: a}}
spec:
  source:
    chart: {chart}
    helm:
      values: |
        config:
          datasource:
            host: {host}
"""
RELEASE = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {{name: a}}
spec:
  chart: {{spec: {{chart: {chart}}}}}
  values:
    database: {{host: {host}}}
"""


@pytest.mark.parametrize("manifest", [APPLICATION, RELEASE], ids=["argo", "flux"])
def test_a_chart_of_an_exporter_watches_one_server(manifest):
    text = manifest.format(chart="prometheus-postgres-exporter", host="«10.0.0.120|only=operation»")
    check(extract_yaml, text, path="app.yaml", comment="#")
    text = manifest.format(chart="orders", host="«10.0.0.120|clue=key»")
    check(extract_yaml, text, path="app.yaml", comment="#")


@pytest.mark.parametrize(
    "text",
    [
        '{"findings": [{"file": "a.env", "line": 1, "old": "postgresql://app@10.0.0.121:5432/a"}]}\n',
        '[{"File": ".env", "StartLine": 1, "Match": "postgresql://app@10.0.0.121:5432/a"}]\n',
    ],
)
def test_a_report_of_findings_is_a_copy(text):
    found = extract_json(SourceFile("report.json", text.encode()))
    assert found.refs == ()
    assert [problem.incomplete for problem in found.problems] == [False]
    assert [region.nature for region in found.regions] == [None]


def test_a_dynamic_inventory_is_one():
    text = '{"_meta": {"hostvars": {"db-postgres-01": {}}}, "postgres": {"hosts": ["db-postgres-01"]}}\n'
    nature = extract_json(SourceFile("inventory.json", text.encode())).nature
    assert nature == Evidence(Clue.INFRASTRUCTURE, "Ansible inventory")

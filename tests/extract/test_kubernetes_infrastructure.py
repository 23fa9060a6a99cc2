"""Objects of clusters, scraping and networks are infrastructure, whatever their keys say."""

import pytest

from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.nature.kinds import GROUPED, KINDS, OPERATORS
from analyzer.model import Clue
from tests.extract.objects import extracted, infrastructure, regions

SPEC = (
    "metadata: {name: orders}\nspec: {database: {host: db-postgres-01.corp.internal, port: 5432}, peer: 10.0.0.121}\n"
)
APPLICATION = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {DB_HOST: 10.0.0.122}\n"


def told(group: str, kind: str) -> None:
    text = f"apiVersion: {group}/v1\nkind: {kind}\n{SPEC}"
    assert infrastructure(text + APPLICATION) == {"db-postgres-01.corp.internal", "10.0.0.121"}
    assert [nature for _, nature in regions(text + APPLICATION)] == ["infrastructure"]
    alone = extracted(text).nature
    assert alone is not None
    assert alone.clue is Clue.INFRASTRUCTURE


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kinds(kind):
    told("x.example.com", kind)


@pytest.mark.parametrize("group", sorted(OPERATORS))
def test_groups_of_operators(group):
    told(group, "Cluster")


@pytest.mark.parametrize(("group", "kind"), sorted(GROUPED))
def test_kinds_of_one_group(group, kind):
    told(group, kind)
    assert infrastructure(f"apiVersion: x.example.com/v1\nkind: {kind}\n{SPEC}") == set()


@pytest.mark.parametrize("kind", ["Deployment", "App", "Keycloak", "Application", "Database", "KafkaConnector"])
def test_other_kinds(kind):
    assert infrastructure(f"apiVersion: x.example.com/v1\nkind: {kind}\n{SPEC}") == set()
    assert regions(f"apiVersion: x.example.com/v1\nkind: {kind}\n{SPEC}") == []


JOBS = "- job_name: pg\n  static_configs:\n    - targets: ['10.0.0.120:9187']\n"


def test_scrape_configs_of_an_operator():
    found = signature("additional.yaml", f"# jobs\n{JOBS}")
    assert found is not None
    assert found.clue is Clue.INFRASTRUCTURE


@pytest.mark.parametrize(
    "text", ["- job_name: nightly\n  host: 10.0.0.121\n", f"jobs:\n{JOBS.replace('- job', '  - job')}"]
)
def test_other_jobs(text):
    assert signature("jobs.yaml", text) is None

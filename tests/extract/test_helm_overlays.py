"""Sets of values over a chart's own: files beside it, Argo CD, Flux, helmfile, subcharts."""

import pytest

from analyzer.extract.helm import Chart, chart_references
from analyzer.source import SourceFile
from tests.charts import METADATA, deployment, reading
from tests.kit import check, check_none

TEMPLATE = deployment("DB_HOST={{ .Values.backend.target }}", "DB_PORT={{ .Values.backend.tcp | quote }}")
VALUES = "backend:\n  target: localhost\n  tcp: 5432\n"
OVERLAY = "backend:\n  target: «10.0.0.121|port=6432,clue=key+place»\n  tcp: ⟦6432⟧\n"
ROOT = "charts/shop"


def checked(path, marked, **options):
    extract = reading({"t.yaml": TEMPLATE}, root=ROOT, **{f"{ROOT}/values.yaml": VALUES, **options.pop("others", {})})
    return check(extract, marked, path=path, comment="#", **options)


def nothing(path, text, **others):
    extract = reading({"t.yaml": TEMPLATE}, root=ROOT, **{f"{ROOT}/values.yaml": VALUES, **others})
    check_none(extract, text, path=path, comment="#", problems=None)


@pytest.mark.parametrize(
    "path",
    [
        "charts/shop/values-prod.yaml",
        "charts/shop/values.prod.yml",
        "charts/shop/ci/full-values.yaml",
        "charts/shop/env/prod.yaml",
        "deploy/prod/shop/values.yaml",
        "deploy/shop.yaml",
    ],
)
def test_files_of_values(path):
    checked(path, OVERLAY)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("charts/shop/dashboards.yaml", "panels:\n  target: 10.0.0.121\n"),
        ("deploy/prod/other/values.yaml", "backend:\n  target: 10.0.0.121\n"),
        ("charts/shop/crds/x.yaml", "backend:\n  target: 10.0.0.121\n"),
        ("charts/shop/values-x.yaml", "apiVersion: v1\nkind: Pod\nbackend:\n  target: 10.0.0.121\n"),
        ("charts/shop/values-x.yaml", "- 10.0.0.121\n"),
        ("charts/shop/values-x.yaml", "backend:\n  purpose: 10.0.0.121\n"),
    ],
)
def test_other_files(path, text):
    nothing(path, text)


PARAMETERS = 'parameters:\n        - {name: backend.tcp, value: "⟦6432⟧"}\n'
ARGO = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: shop}}
spec:
  source:
    path: {path}
    helm:
      {helm}
"""


@pytest.mark.parametrize(
    "helm",
    [
        'values: |\n        backend:\n          target: "«10.0.0.121|port=6432»"\n          tcp: ⟦6432⟧',
        "valuesObject:\n        backend: {target: «10.0.0.121|port=6432», tcp: ⟦6432⟧}",
        PARAMETERS + "        - {name: backend.target, value: «10.0.0.121|port=6432»}",
        "values: |\n        backend: {target: «10.0.0.121|port=6432»}\n      " + PARAMETERS,
    ],
)
def test_argo_cd(helm):
    checked("argocd/shop.yaml", ARGO.format(path=ROOT, helm=helm))


def test_argo_cd_with_several_sources():
    text = ARGO.format(path=ROOT, helm="valuesObject: {backend: {target: «10.0.0.121|port=5432»}}")
    several = text.replace("  source:\n    path", "  sources:\n  - path").replace("    helm", "    helm")
    checked("argocd/shop.yaml", several)


def test_argo_cd_of_a_set():
    spec = "    spec:\n      source:\n        path: charts/shop\n        helm:\n          valuesObject:\n"
    text = "kind: ApplicationSet\nspec:\n  template:\n" + spec
    checked("argocd/set.yaml", text + "            backend: {target: «10.0.0.121|port=5432,hidden»}\n")


@pytest.mark.parametrize("path", ["charts/other", "https://charts.corp.internal/shop", "", "../shop2"])
def test_another_chart(path):
    nothing("argocd/shop.yaml", ARGO.format(path=path, helm="valuesObject: {backend: {target: 10.0.0.121}}"))


def test_value_files_of_argo_cd_are_laid_below_its_values():
    marked = "backend:\n  target: «10.0.0.121|port=6432,hidden=apps/shop.yaml»\n"
    manifest = ARGO.format(
        path=ROOT, helm="valueFiles: [$vals/env/live.yaml]\n      valuesObject: {backend: {tcp: 6432}}"
    )
    checked("env/live.yaml", marked, others={"apps/shop.yaml": manifest})


FLUX = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
spec:
  chart: {spec: {chart: ./charts/shop, sourceRef: {kind: GitRepository, name: shop}}}
  values:
"""


def test_flux():
    checked("clusters/a/shop.yaml", FLUX + "    backend:\n      target: «10.0.0.121|port=6432»\n      tcp: ⟦6432⟧\n")


HELMFILE = "releases:\n  - name: shop\n    chart: {chart}\n    {values}\n"


@pytest.mark.parametrize(
    "values",
    [
        "values:\n      - backend: {target: «10.0.0.121|port=6432», tcp: ⟦6432⟧}",
        "values: [{backend: {tcp: ⟦6432⟧}}]\n    set:\n      - {name: backend.target, value: «10.0.0.121|port=6432»}",
    ],
)
@pytest.mark.parametrize(
    ("path", "chart"), [("helmfile.yaml", "./charts/shop"), ("deploy/helmfile.yaml", "../charts/shop")]
)
def test_helmfile(path, chart, values):
    checked(path, HELMFILE.format(chart=chart, values=values))


def test_a_file_of_values_that_a_helmfile_names():
    helmfile = HELMFILE.format(chart="./charts/shop", values="values: [env/live.yaml]")
    marked = "backend: {target: «10.0.0.121|port=5432,hidden=charts/shop/values.yaml»}\n"
    checked("env/live.yaml", marked, others={"helmfile.yaml": helmfile})


def test_what_an_installation_replaces_is_read_alone():
    manifest = ARGO.format(path=ROOT, helm="valueFiles: [values-prod.yaml]\n      valuesObject: {backend: {target: x}}")
    checked("charts/shop/values-prod.yaml", OVERLAY, others={"apps/shop.yaml": manifest})


def test_a_port_on_which_an_overlay_relies_is_no_single_edit():
    found = checked(
        "charts/shop/values.yaml",
        "backend:\n  target: «10.0.0.121|port=6432,hidden»\n  tcp: 6432\n",
        others={"charts/shop/values-prod.yaml": "backend: {target: 10.0.0.122}\n"},
    )
    assert found.refs[0].port.slot is None


SUB = {
    "charts/shop/Chart.yaml": METADATA + "dependencies:\n  - {name: worker, alias: jobs, version: 1.0.0}\n",
    "charts/shop/charts/worker/Chart.yaml": "apiVersion: v2\nname: worker\nversion: 1.0.0\n",
    "charts/shop/charts/worker/templates/t.yaml": deployment(
        "DB_HOST={{ .Values.upstream | default .Values.global.box }}", name="worker"
    ),
}


def test_values_of_a_subchart_stand_under_its_alias():
    checked("charts/shop/values.yaml", "jobs:\n  upstream: «10.0.0.121»\nworker:\n  upstream: 10.0.0.122\n", others=SUB)


def test_global_values_reach_a_subchart():
    checked("charts/shop/values.yaml", "global:\n  box: «10.0.0.121»\n", others=SUB)


@pytest.mark.parametrize("outer", ["{}\n", "jobs: {upstream: 10.0.0.122}\n"])
def test_values_of_the_subchart_itself(outer):
    path = "charts/shop/charts/worker/values.yaml"
    checked(path, "upstream: «10.0.0.121»\n", others={**SUB, "charts/shop/values.yaml": outer})


def test_a_missing_subchart_leaves_the_notes_open():
    others = {**SUB, "charts/shop/templates/NOTES.txt": "{{ .Values.jobs.upstream }}\n"}
    del others["charts/shop/charts/worker/templates/t.yaml"]
    del others["charts/shop/charts/worker/Chart.yaml"]
    nothing("charts/shop/values.yaml", "jobs:\n  upstream: 10.0.0.121\n", **others)


LIBRARY = '{{- define "common.env" -}}\n- name: DB_HOST\n  value: {{ .host }}\n{{- end -}}\n'


def test_a_library_beside_the_chart():
    library = {
        "charts/common/Chart.yaml": "apiVersion: v2\nname: common\ntype: library\nversion: 1.0.0\n",
        "charts/common/templates/_env.tpl": LIBRARY,
        "charts/shop/Chart.yaml": METADATA + "dependencies:\n  - {name: common, repository: 'file://../common'}\n",
        "charts/shop/templates/t.yaml": deployment().rstrip()
        + '\n            {{- include "common.env" (dict "host" .Values.box) | nindent 12 }}\n',
    }
    checked("charts/shop/values.yaml", "box: «10.0.0.121|clue=key»\n", others=library)


def test_a_document_under_sops_is_sealed():
    sops = "sops:\n  mac: ENC[AES256_GCM,data:x,type:str]\n"
    marked = "backend:\n  target: «10.0.0.121|sealed»\n" + sops
    checked("charts/shop/values-prod.yaml", marked)


def test_no_chart_at_all():
    assert chart_references(Chart("", ())) == {}
    assert chart_references(Chart("x", (SourceFile("x/values.yaml", b"a: 10.0.0.121\n"),))) == {}

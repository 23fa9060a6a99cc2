"""Which files are read together for a chart."""

import time

from analyzer.extract.helm.bundles import MAX_BUNDLES, MAX_FILES, bundles
from analyzer.source import SourceFile


def candidate(path, text="host: 10.0.0.121\n"):
    return SourceFile(path, text.encode())


def planned(listed, *candidates):
    return {bundle.root: bundle.paths for bundle in bundles(listed, candidates)}


CHART = ["a/api/Chart.yaml", "a/api/templates/_helpers.tpl", "a/api/templates/x.yaml", "a/api/values.yaml"]


def test_a_chart_is_read_where_its_values_are_asked_about():
    assert planned(CHART, candidate("a/api/values.yaml")) == {"a/api": tuple(sorted(CHART))}


def test_no_chart_is_read_for_a_template_alone():
    assert planned(CHART, candidate("a/api/templates/x.yaml")) == {}


def test_no_chart_is_read_for_other_files():
    assert planned([*CHART, "b/x.yaml"], candidate("b/x.yaml")) == {}
    assert planned(["b/values.yaml"], candidate("b/values.yaml")) == {}


def test_the_root_of_the_scan_may_be_a_chart():
    listed = [
        "Chart.yaml",
        "values.yaml",
        "templates/x.yaml",
        "README.md",
        "charts/db/Chart.yaml",
        "charts/db/values.yaml",
    ]
    assert planned(listed, candidate("values.yaml")) == {
        "": tuple(sorted(path for path in listed if path != "README.md"))
    }


def test_subcharts_belong_to_their_chart():
    below = ["a/api/charts/db/Chart.yaml", "a/api/charts/db/values.yaml", "a/api/charts/db/templates/x.yaml"]
    assert planned([*CHART, *below], candidate("a/api/charts/db/values.yaml")) == {
        "a/api": tuple(sorted(CHART + below))
    }


def test_a_chart_in_a_folder_of_charts_is_its_own():
    listed = ["charts/api/Chart.yaml", "charts/api/values.yaml"]
    assert planned(listed, candidate("charts/api/values.yaml")) == {"charts/api": tuple(listed)}


def test_overlays_files_and_requirements_belong():
    more = ["a/api/values-prod.yaml", "a/api/requirements.yaml", "a/api/files/app.conf", "a/api/ci/x-values.yaml"]
    others = ["a/api/README.md", "a/api/Chart.lock", "a/api/crds/x.yaml", "a/api/files/logo.png", "a/api/charts/x.tgz"]
    assert planned([*CHART, *more, *others], candidate("a/api/values-prod.yaml"))["a/api"] == tuple(
        sorted(CHART + more)
    )


def test_a_manifest_that_names_the_chart():
    argo = candidate("argo/api.yaml", "kind: Application\nspec: {source: {path: a/api, helm: {values: x}}}\n")
    other = candidate("argo/web.yaml", "kind: Application\nspec: {source: {path: a/web, helm: {values: x}}}\n")
    assert "argo/api.yaml" in planned([*CHART, "argo/api.yaml"], argo)["a/api"]
    assert planned([*CHART, "argo2/web.yaml"], candidate("argo2/web.yaml", other.data.decode())) == {}


def test_values_in_a_folder_of_the_charts_name():
    listed = [*CHART, "deploy/prod/api/values.yaml", "deploy/prod/web/values.yaml"]
    found = planned(listed, candidate("deploy/prod/api/values.yaml"))
    assert "deploy/prod/api/values.yaml" in found["a/api"]
    assert planned(listed, candidate("deploy/prod/web/values.yaml")) == {}


def test_a_helmfile_without_hosts_is_read_with_values_outside():
    listed = [*CHART, "helmfile.yaml", "env/prod.yaml"]
    found = planned(listed, candidate("env/prod.yaml"))["a/api"]
    assert {"helmfile.yaml", "env/prod.yaml"} <= set(found)


def test_a_library_beside_comes_along():
    library = ["a/common/Chart.yaml", "a/common/templates/_x.tpl", "a/common/values.yaml", "a/common/README.md"]
    found = planned([*CHART, *library], candidate("a/api/values.yaml"))
    assert found == {"a/api": tuple(sorted([*CHART, *library[:3]]))}


def test_a_chart_of_too_many_files_keeps_what_is_asked_about():
    many = [f"a/api/templates/t{number:05}.yaml" for number in range(3 * MAX_FILES)]
    found = planned([*many, *CHART], candidate("a/api/values.yaml"))["a/api"]
    assert len(found) == MAX_FILES
    assert "a/api/values.yaml" in found


def test_many_charts_are_planned_in_time():
    listed = [f"c/{name}/{file}" for name in range(3_000) for file in ("Chart.yaml", "values.yaml", "templates/x.yaml")]
    candidates = [candidate(path) for path in listed if path.endswith("values.yaml")]
    started = time.process_time()
    assert len(bundles(listed, candidates)) == MAX_BUNDLES
    assert time.process_time() - started < 5

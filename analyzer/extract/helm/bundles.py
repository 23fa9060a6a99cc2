"""Which files are read together for a chart, by their paths and by words in the candidates' bytes.

It runs in the parent process: nothing is parsed, and what one bundle may hold is limited. A chart is a folder with a
Chart.yaml; a chart in another's `charts/` belongs to that one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from analyzer.source import SourceFile

MAX_FILES = 400  # of one chart with its subcharts
MAX_BUNDLES = 500
_MOST_INSTALLERS = 60  # files that may install a chart and hold no host themselves
_MOST_CHARTS = 60  # of a repository in which any file might install any chart
_MOST_OUTSIDE = 100  # files of values outside of all charts
_LARGEST = 500_000  # bytes of a manifest in which a chart's folder is looked for
_TEMPLATES = (".yaml", ".yml", ".tpl", ".txt")
_VALUES = (".yaml", ".yml", ".gotmpl", ".json")
_METADATA = frozenset({"Chart.yaml", "requirements.yaml"})
_NEVER = frozenset({"Chart.lock", "requirements.lock", "values.schema.json"})
_FILES = ("files/", "file/", "config/", "configs/", "conf/", "scripts/", "resources/")  # for `.Files.Get`
_BINARY = (".tgz", ".gz", ".zip", ".png", ".jpg", ".jks", ".p12", ".ico")
_LIBRARIES = frozenset({"common", "commons", "library", "lib", "utils", "helpers"})
_INSTALLERS = (b"helm:", b"HelmRelease", b"releases:")
_INSTALLER_FOLDERS = frozenset(
    {"argocd", "argo-cd", "argo", "apps", "applications", "gitops", "flux", "clusters", "releases", "helmfile.d"}
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A chart: its folder ("" for the root of the scan) and the paths of its files, in order."""

    root: str
    paths: tuple[str, ...]


def bundles(listed: Sequence[str], candidates: Sequence[SourceFile], _quiet: Sequence[SourceFile] = ()) -> list[Bundle]:
    """The charts of which a set of values, or a manifest that installs them, is among the candidates.

    `listed` are all paths of the scan, POSIX and relative to its root.
    """
    roots = _roots(listed)
    if not roots:
        return []
    below = _below(listed, roots)
    inside = {path for paths in below.values() for path in paths}
    outside = [source for source in candidates if source.path not in inside and source.path.endswith(_VALUES)]
    around = _Around(
        tuple(source for source in outside if _speaks_of_charts(source)),
        tuple(source.path for source in outside)[:_MOST_OUTSIDE],
        tuple(islice((path for path in listed if path not in inside and _installer(path)), _MOST_INSTALLERS)),
    )
    asked = {source.path for source in candidates}
    planned = (_bundle(root, below, asked, around) for root in sorted(roots))
    return list(islice((bundle for bundle in planned if bundle is not None), MAX_BUNDLES))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands outside of all charts.

    `manifests` are candidates that may install a chart, `values` all candidates that may hold values, `installers` the
    files that may install a chart by their paths.
    """

    manifests: tuple[SourceFile, ...]
    values: tuple[str, ...]
    installers: tuple[str, ...]


def _roots(listed: Iterable[str]) -> set[str]:
    """The folders of the outermost charts."""
    found = {path[: -len("Chart.yaml")].rstrip("/") for path in listed if path.rsplit("/", 1)[-1] == "Chart.yaml"}
    return {root for root in found if not any(_holds(outer, root) for outer in _above(root) if outer in found)}


def _above(path: str) -> Iterator[str]:
    """The folders above a path, the root of the scan last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _holds(outer: str, inner: str) -> bool:
    """Whether a folder lies in the `charts/` of a chart."""
    return inner.startswith(f"{outer}/charts/" if outer else "charts/")


def _below(listed: Iterable[str], roots: set[str]) -> dict[str, list[str]]:
    """The files of each chart: of two charts that hold a path, the inner one has it."""
    below: dict[str, list[str]] = {root: [] for root in roots}
    for path in listed:
        owner = next((folder for folder in _above(path) if folder in roots), None)
        if owner is not None:
            below[owner].append(path)
    return below


def _bundle(root: str, below: dict[str, list[str]], asked: set[str], around: _Around) -> Bundle | None:
    own = [path for path in below[root] if _belongs(_inner(path, root))]
    values = [path for path in own if path in asked and not _is_template(_inner(path, root))]
    installing = [source.path for source in around.manifests if _names(source, root)]
    named = [path for path in around.values if named_after(path, root)]
    silent = around.installers if around.values and len(below) <= _MOST_CHARTS else ()
    if not (values or installing or named or silent):
        return None
    library = [path for each in _libraries(root, below) for path in below[each] if _helps(_inner(path, each))]
    others = around.values if installing or silent else ()
    # What is asked about comes first, so that a limit cuts off other files.
    wanted = dict.fromkeys((*values, *installing, *named, *own, *library, *silent, *others))
    return Bundle(root, tuple(sorted(islice(wanted, MAX_FILES))))


def _inner(path: str, root: str) -> str:
    return path[len(root) + 1 :] if root else path


def _installer(path: str) -> bool:
    """Whether a file may install a chart, by its path."""
    folders, _, name = path.rpartition("/")
    if name.startswith("helmfile."):
        return name.endswith(_VALUES)
    return name.endswith(_VALUES) and not _INSTALLER_FOLDERS.isdisjoint(folders.split("/"))


def _belongs(inner: str) -> bool:
    """Whether a file of a chart says anything about its values; `inner` is its path in the chart."""
    while inner.startswith("charts/"):
        inner = inner.removeprefix("charts/").partition("/")[2]
    name = inner.rsplit("/", 1)[-1]
    if _is_template(inner):
        return name.endswith(_TEMPLATES)
    if inner.startswith(_FILES):
        return not name.endswith(_BINARY)
    return name in _METADATA or (name.endswith(_VALUES) and name not in _NEVER and not inner.startswith("crds/"))


def _is_template(inner: str) -> bool:
    return "templates/" in (inner, inner[: len("templates/")]) or "/templates/" in inner


def _libraries(root: str, below: dict[str, list[str]]) -> Iterator[str]:
    """Charts of definitions that stand beside: a collection does not vendor what it publishes itself."""
    folder = root.rpartition("/")[0]
    for other in below:
        if other != root and other.rpartition("/")[0] == folder and other.rsplit("/", 1)[-1] in _LIBRARIES:
            yield other


def _helps(inner: str) -> bool:
    return inner in _METADATA or inner == "values.yaml" or (_is_template(inner) and inner.endswith(_TEMPLATES))


def _speaks_of_charts(source: SourceFile) -> bool:
    return len(source.data) <= _LARGEST and any(word in source.data for word in _INSTALLERS)


def _names(source: SourceFile, root: str) -> bool:
    """Whether a manifest names the folder of a chart."""
    name = root.rsplit("/", 1)[-1]
    return bool(name) and name.encode("utf-8", "surrogateescape") in source.data


def named_after(path: str, root: str) -> bool:
    """Whether values outside of a chart lie in a folder of its name or carry it: `deploy/prod/api/values.yaml`."""
    name = root.rsplit("/", 1)[-1]
    folders, _, file = path.rpartition("/")
    if not name or path.startswith(f"{root}/") or not file.endswith(_VALUES):
        return False
    return ("values" in file and name in folders.split("/")) or file.split(".", 1)[0] in {name, f"{name}-values"}

"""A chart and its subcharts as one release: their templates, their default values, and what each template sees.

Layout and scopes: https://helm.sh/docs/topics/charts/ and
https://helm.sh/docs/chart_template_guide/subcharts_and_globals/. Files come as bytes, nothing is looked up on a disk.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath

from analyzer.extract.helm.data import Data, Files, Kind, List, Map, Scalar, child, printed, string
from analyzer.extract.helm.leaves import NO_VALUES, Values, read_values, roots_of
from analyzer.extract.helm.ledger import Ledger, Path, Region
from analyzer.extract.helm.programs import Library, Template, library_of, read_program
from analyzer.extract.helm.traced import Traced
from analyzer.extract.helm.trees import merged, placed, tree_of
from analyzer.extract.helm.worlds import World
from analyzer.source import SourceFile

_TEMPLATES = "templates/"
_SUFFIXES = (".yaml", ".yml", ".tpl", ".txt")
_DEEPEST = 4  # charts in charts
_MOST_PARTS = 60
_LARGEST = 300_000  # bytes of a template, or of a file that a template may print
RELEASE = "release-name"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The chart itself or a subchart. `scope` leads to its values from the root of the release's values."""

    name: str
    scope: Path
    folder: str
    metadata: Map
    templates: tuple[Template, ...]
    files: Files
    library: bool


@dataclass(eq=False)
class Release:
    """All parts, the innermost first.

    `defaults` are the values of all parts as one tree, `own` those of each part with its scope. `missing` are the
    scopes of dependencies that are not at hand.
    """

    ledger: Ledger
    parts: tuple[Part, ...]
    library: Library
    defaults: Data
    own: tuple[tuple[Path, Values], ...]
    missing: frozenset[str]

    def dot(self, part: Part, template: Template | None, values: Data, world: World) -> Map:
        """What a template of a part sees, in a world; each call gives values that may be changed."""
        whole = placed(world.applied(values))
        own = whole
        for name in part.scope:
            own = child(own, name)
        scope = Map(dict(own.items), own.path) if isinstance(own, Map) else Map(path=part.scope)
        if part.scope:
            scope.items["global"] = merged(scope.items.get("global"), _shared(whole))
        return Map(
            {
                "Values": scope,
                "Chart": part.metadata,
                "Release": _release(),
                "Capabilities": _capabilities(),
                "Template": _template(template),
                "Files": part.files,
                "Subcharts": Map(),
            }
        )


def _shared(values: Data) -> Data:
    shared = child(values, "global")
    return shared if isinstance(shared, Map) else Map(path=("global",))


def _release() -> Map:
    texts: dict[str, Data] = {"Name": string(RELEASE), "Namespace": string("default"), "Service": string("Helm")}
    flags = {name: Scalar(Kind.BOOL, Traced(value)) for name, value in (("IsInstall", "true"), ("IsUpgrade", "false"))}
    return Map({**texts, **flags, "Revision": Scalar(Kind.NUMBER, Traced("1"))})


def _capabilities() -> Map:
    version: dict[str, Data] = {
        "Version": string("v1.30.0"),
        "GitVersion": string("v1.30.0"),
        "Major": string("1"),
        "Minor": string("30"),
    }
    return Map({"KubeVersion": Map(version)})


def _template(template: Template | None) -> Map:
    name = template.name if template else ""
    return Map({"Name": string(name), "BasePath": string(name.rpartition("/")[0])})


@dataclass(eq=False)
class _Shelf:
    """The files of a chart by path, and what was read of them: parts, innermost first, with their values."""

    files: Mapping[str, SourceFile]
    ledger: Ledger = field(default_factory=Ledger)
    parts: list[Part] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def read_chart(root: str, files: Iterable[SourceFile]) -> Release:
    """The release of the chart in a folder."""
    shelf = _Shelf({file.path: file for file in files})
    _collect(shelf, root, ())
    defaults: Data = Map()
    for part, values in zip(shelf.parts, shelf.values, strict=True):  # outer charts come later: theirs count
        defaults = merged(defaults, at_scope(part.scope, values.tree))
    library = library_of(template for part in shelf.parts for template in part.templates)
    own = tuple((part.scope, values) for part, values in zip(shelf.parts, shelf.values, strict=True))
    return Release(shelf.ledger, tuple(shelf.parts), library, defaults, own, frozenset(shelf.missing))


def at_scope(scope: Path, tree: Data) -> Data:
    """Values of a subchart as values of the release."""
    for name in reversed(scope):
        tree = Map({name: tree})
    return tree


def _collect(shelf: _Shelf, folder: str, scope: Path) -> None:
    metadata = _metadata(shelf, _joined(folder, "Chart.yaml"))
    older = _metadata(shelf, _joined(folder, "requirements.yaml"))
    wanted = [*_dependencies(metadata), *_dependencies(older)]
    beside = _subcharts(shelf, folder)
    declared = {dependency.name for dependency in wanted}
    wanted += [_Dependency(name, name, "") for name in beside if name not in declared]
    for dependency in wanted[:_MOST_PARTS] if len(scope) < _DEEPEST else ():
        where = beside.get(dependency.name) or _elsewhere(shelf, folder, dependency)
        if where is None:
            shelf.missing.add(dependency.alias)
        elif len(shelf.parts) < _MOST_PARTS:
            _collect(shelf, where, (*scope, dependency.alias))
    shelf.parts.append(_part(shelf, folder, scope, metadata))
    source = shelf.files.get(_joined(folder, "values.yaml"))
    shelf.values.append(read_values(source, scope, shelf.ledger) if source else NO_VALUES)


def _part(shelf: _Shelf, folder: str, scope: Path, metadata: Map) -> Part:
    name = printed(child(metadata, "name")).text or folder.rsplit("/", 1)[-1]
    titled: dict[str, Data] = {key[:1].upper() + key[1:]: value for key, value in metadata.items.items()}
    templates, texts = [], {}
    for inner, source in _own_files(shelf, folder):
        text = shelf.ledger.enter(Region(source.text, source, source.span))
        if not inner.startswith(_TEMPLATES):
            texts[inner] = text
        elif inner.endswith(_SUFFIXES):
            templates.append(Template(read_program(source.text), text, source.path, f"{name}/{inner}"))
    library = printed(child(metadata, "type")).text == "library"
    return Part(name, scope, folder, Map({**titled, "Name": string(name)}), tuple(templates), Files(texts), library)


def _own_files(shelf: _Shelf, folder: str) -> Iterator[tuple[str, SourceFile]]:
    """The files of a chart without those of its subcharts, by their paths in it."""
    for path, source in sorted(shelf.files.items()):
        if not folder or path.startswith(f"{folder}/"):
            inner = path[len(folder) + 1 :] if folder else path
            if not inner.startswith("charts/") and len(source.data) < _LARGEST:
                yield inner, source


def _metadata(shelf: _Shelf, path: str) -> Map:
    source = shelf.files.get(path)
    roots = roots_of(source.data) if source else ()
    tree = tree_of(roots[0], lambda node, _: Traced(node.value)) if roots else Map()
    return tree if isinstance(tree, Map) else Map()


@dataclass(frozen=True, slots=True)
class _Dependency:
    """A chart that a chart needs."""

    name: str
    alias: str
    repository: str


def _dependencies(metadata: Map) -> Iterator[_Dependency]:
    listed = child(metadata, "dependencies")
    for item in listed.items if isinstance(listed, List) else ():
        name, alias, repository = (printed(child(item, key)).text for key in ("name", "alias", "repository"))
        if name:
            yield _Dependency(name, alias or name, repository)


def _subcharts(shelf: _Shelf, folder: str) -> dict[str, str]:
    """The folders of the charts in `charts/` by the charts' names."""
    prefix = _joined(folder, "charts/")
    ends = ((path, path.find("/", len(prefix))) for path in shelf.files if path.startswith(prefix))
    folders = sorted({path[:end] for path, end in ends if end > 0})
    named = {}
    for each in folders:
        metadata = _metadata(shelf, f"{each}/Chart.yaml")
        named[printed(child(metadata, "name")).text or each.rsplit("/", 1)[-1]] = each
    return named


def _elsewhere(shelf: _Shelf, folder: str, dependency: _Dependency) -> str | None:
    """A chart that is no subchart: `file://../common`, or one of the dependency's name beside."""
    places = [f"{folder}/../{dependency.name}"]
    if dependency.repository.startswith("file://"):
        places.insert(0, f"{folder}/{dependency.repository.removeprefix('file://')}")
    for place in places:
        where = normpath(place).removeprefix("/")
        if f"{where}/Chart.yaml" in shelf.files and where != folder:
            return where
    return None


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name

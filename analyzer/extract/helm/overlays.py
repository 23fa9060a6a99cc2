"""Sets of values that are laid over a chart's own: files beside it, and manifests that install it.

An overlay is read as Helm would read it, each leaf with its place in the file that spells it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, normpath

from analyzer.extract.helm.bundles import named_after
from analyzer.extract.helm.charts import Release, at_scope
from analyzer.extract.helm.data import Data, List, Map, Scalar
from analyzer.extract.helm.data import child as below
from analyzer.extract.helm.leaves import NO_VALUES, Leaf, Values, read_values, roots_of
from analyzer.extract.helm.manifests import Install, installs
from analyzer.extract.helm.trees import merged
from analyzer.extract.yaml.places import child_text
from analyzer.source import SourceFile

_MOST = 40  # overlays of one chart
_NO_VALUES = frozenset({"Chart.yaml", "Chart.lock", "requirements.yaml", "requirements.lock", "values.yaml"})
_YAML = (".yaml", ".yml", ".gotmpl", ".json")
_FOLDERS = ("templates/", "charts/", "crds/", "files/")


@dataclass(frozen=True, slots=True)
class Overlay:
    """Values over a chart's own, and the leaves that are theirs.

    `apart`: an installation lays more over these values; what they feed there counts first.
    """

    values: Data
    leaves: tuple[Leaf, ...]
    apart: bool = False


def overlays(root: str, files: Sequence[SourceFile], release: Release) -> Iterator[Overlay]:
    """The chart's own values, installations with theirs, then each file of values alone."""
    yield Overlay(release.defaults, tuple(leaf for _, values in release.own for leaf in values.leaves))
    for scope, values in release.own:
        hidden = tuple(leaf for leaf in values.leaves if not _stands(leaf, release.defaults))
        if hidden:
            # An outer chart replaces them; the subchart alone has them.
            yield Overlay(merged(release.defaults, at_scope(scope, values.tree)), hidden)
    shelf = {file.path: file for file in files}
    sets = _sets(root, shelf, release)
    for _, (found, apart) in zip(range(_MOST), sets, strict=False):
        tree = release.defaults
        for each in found:
            tree = merged(tree, each.tree)
        yield Overlay(tree, tuple(leaf for each in found for leaf in each.leaves), apart)


def _stands(leaf: Leaf, tree: Data) -> bool:
    """Whether a leaf is what a tree has under its keys; of lists only the whole is looked at."""
    found = tree
    for key in leaf.keys:
        if isinstance(found, List):
            return True
        found = below(found, key)
    return not isinstance(found, Scalar) or found.text is leaf.text


def _sets(root: str, shelf: Mapping[str, SourceFile], release: Release) -> Iterator[tuple[list[Values], bool]]:
    read: dict[str, Values] = {}
    for path, source in sorted(shelf.items()):
        for install in installs(source, root, release.ledger) if _manifest(root, path, source) else ():
            names = _named(install, root, path, shelf)
            read |= {name: read_values(shelf[name], (), release.ledger) for name in names if name not in read}
            yield [*(read[name] for name in names), *install.values], False
    for path, source in sorted(shelf.items()):
        values = read.get(path)
        if values is not None:
            yield [values], True
        elif _own_values(root, path) and not _is_object(source):
            values = read_values(source, (), release.ledger)
            if _fits(values, release, path):
                yield [values], False


def _manifest(root: str, path: str, source: SourceFile) -> bool:
    """Whether a file could install the chart: one outside of it, or an object or a helmfile beside its values."""
    if not path.endswith(_YAML):
        return False
    return _outside(root, path) or (
        _values_name(root, path) and (b"kind:" in source.data or b"releases:" in source.data)
    )


def _named(install: Install, root: str, path: str, shelf: Mapping[str, SourceFile]) -> list[str]:
    """The files that an installation names, relative to the chart, to the manifest or to the root of the repository."""
    found = []
    for name in install.files:
        places = [f"{root}/{name}" if root else name, f"{dirname(path)}/{name}" if "/" in path else name, name]
        known = [place for each in places if (place := normpath(each).lstrip("/")) in shelf]
        found += known[:1]
    return found


def _outside(root: str, path: str) -> bool:
    return bool(root) and not path.startswith(f"{root}/")


def _own_values(root: str, path: str) -> bool:
    """Whether a file could be values for this chart without anybody saying so."""
    return named_after(path, root) if _outside(root, path) else _values_name(root, path)


def _values_name(root: str, path: str) -> bool:
    """Whether a file could be a set of values for the chart."""
    inner = path if _outside(root, path) else path[len(root) + 1 :] if root else path
    name = inner.rsplit("/", 1)[-1]
    return name.endswith(_YAML) and name not in _NO_VALUES and not inner.startswith(_FOLDERS) and "schema" not in name


def _is_object(source: SourceFile) -> bool:
    roots = roots_of(source.data)
    return bool(roots) and bool(child_text(roots[0], "apiVersion") and child_text(roots[0], "kind"))


def _fits(values: Values, release: Release, path: str) -> bool:
    """Whether the file sets values that the chart has, or says by its name that it does."""
    if values is NO_VALUES or not isinstance(values.tree, Map):
        return False
    own = release.defaults.items if isinstance(release.defaults, Map) else {}
    return "values" in path.rsplit("/", 1)[-1] or not own.keys().isdisjoint(values.tree.items)

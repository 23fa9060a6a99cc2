"""Keys of JSON, TOML and HOCON that mean more than their words: scripts of a file's own, and prose.

Tables and their reading only; every other key is one of a scope.
"""

from collections.abc import Collection, Iterator

from analyzer.extract.yaml.commandlines import script_references
from analyzer.extract.yaml.places import Found, Place, Special
from analyzer.extract.yaml.prose import PROSE, WRITTEN
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.scopes import references_in
from analyzer.yamltree import Mapping, Node, Scalar, Sequence


def special_of(scripted: Collection[tuple[str, ...]] = ()) -> Special:
    """The reader of special keys; `scripted` are the paths of keys that hold shell text, alone, in lists or by name."""

    def special(key: str, node: Node, place: Place) -> Iterator[Found] | None:
        if place.path in scripted:
            return _scripts(node, place)
        if key in PROSE and not isinstance(node, Mapping):
            return references_in(node, place.saying(WRITTEN))
        return None

    return special


def _scripts(node: Node, place: Place) -> Iterator[Found]:
    match node:
        case Scalar():
            yield from script_references([read_scalar(node)], place)
        case Sequence():
            for item in node.items:
                yield from _scripts(item, place)
        case Mapping():
            for _, value in node.pairs:
                yield from _scripts(value, place)
        case _:
            return

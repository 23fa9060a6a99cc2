"""YAML nodes as values, and sets of values laid over each other as Helm does it.

Helm reads YAML 1.1, resolves anchors and merge keys and lets a later set of values replace single leaves of an earlier
one (https://helm.sh/docs/chart_template_guide/values_files/). It knows no templates.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from analyzer.extract.helm.data import Data, Kind, List, Map, Scalar
from analyzer.extract.helm.ledger import Path
from analyzer.extract.helm.traced import Traced
from analyzer.extract.yaml.places import anchors_of, key_text
from analyzer.yamltree import Alias, Mapping, Node, Sequence
from analyzer.yamltree import Scalar as ScalarNode

Text = Callable[[ScalarNode, Path], Traced]
_MOST = 20_000  # nodes of one tree, those behind aliases counted each time
_DEEPEST = 40
_MERGE = "<<"
_NUMBER = re.compile(r"[-+]?(?:0x[0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?")
_TRUE = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"})
_FALSE = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


def tree_of(root: Node, text: Text) -> Data:
    """The value of a document's root; `text` gives the text of a scalar that stands under a path of keys."""
    return _Reader(anchors_of(root), text).value(root, ())


class _Reader:
    """Reads one document."""

    def __init__(self, anchors: dict[str, Node], text: Text) -> None:
        self._anchors = anchors
        self._text = text
        self._count = 0
        self._depth = 0

    def value(self, node: Node, path: Path) -> Data:
        self._count += 1
        if isinstance(node, Alias):
            node = self._anchors.get(node.name, node)
        if self._count > _MOST or self._depth > _DEEPEST:
            return Map()
        self._depth += 1
        value = self._value(node, path)
        self._depth -= 1
        return value

    def _value(self, node: Node, path: Path) -> Data:
        match node:
            case Mapping():
                return Map(dict(self._items(node, path)))
            case Sequence():
                return List([self.value(item, (*path, str(index))) for index, item in enumerate(node.items)])
            case ScalarNode():
                return self._scalar(node, path)
            case _:
                return Map()

    def _items(self, node: Mapping, path: Path) -> Iterator[tuple[str, Data]]:
        """The pairs, merged ones first so that a mapping's own win."""
        for key, value in node.pairs:
            if key_text(key) == _MERGE:
                yield from self._merged(value, path)
        for key, value in node.pairs:
            if key_text(key) != _MERGE:
                name = _key(key)
                yield name, self.value(value, (*path, name))

    def _merged(self, node: Node, path: Path) -> Iterator[tuple[str, Data]]:
        sources = node.items if isinstance(node, Sequence) else (node,)
        for source in reversed(sources):
            value = self.value(source, path)
            if isinstance(value, Map):
                yield from value.items.items()

    def _scalar(self, node: ScalarNode, path: Path) -> Scalar:
        kind = _kind(node.seen) if node.plain else Kind.STRING
        if kind is Kind.NULL:
            return Scalar(kind, Traced())
        if kind is Kind.BOOL:
            return Scalar(kind, Traced("true" if node.seen in _TRUE else "false"))
        return Scalar(kind, self._text(node, path))


def _key(node: Node) -> str:
    """A key as Helm finds it: `on:` is one of true."""
    text = key_text(node)
    known = isinstance(node, ScalarNode) and node.plain
    return "true" if known and text in _TRUE else "false" if known and text in _FALSE else text


def _kind(text: str) -> Kind:
    if text in _NULL:
        return Kind.NULL
    if text in _TRUE or text in _FALSE:
        return Kind.BOOL
    return Kind.NUMBER if len(text) < 40 and _NUMBER.fullmatch(text) else Kind.STRING


def merged(base: Data | None, over: Data, depth: int = 0) -> Data:
    """`over` laid over `base`: maps are joined, anything else is replaced, a null takes a key away."""
    if not isinstance(base, Map) or not isinstance(over, Map) or depth > _DEEPEST:
        return over
    items = dict(base.items)
    for name, value in over.items.items():
        if isinstance(value, Scalar) and value.kind is Kind.NULL:
            items.pop(name, None)
        else:
            items[name] = merged(items.get(name), value, depth + 1)
    return Map(items)


def placed(value: Data, path: Path = ()) -> Data:
    """A copy in which every value knows its path."""
    match value:
        case Map():
            return Map({name: placed(item, (*path, name)) for name, item in value.items.items()}, path)
        case List():
            return List([placed(item, (*path, str(index))) for index, item in enumerate(value.items)], path)
        case Scalar():
            return replace(value, path=path)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Setting:
    """A value at a path, as `--set` has it."""

    path: Path
    value: Data


def with_settings(tree: Data, settings: Iterable[Setting]) -> Data:
    """The tree with other values at some paths; what stands in the way is replaced."""
    whole = tree if isinstance(tree, Map) else Map()
    for setting in settings:
        whole = _set(whole, setting.path, setting.value)
    return whole


def _set(tree: Map, path: Path, value: Data) -> Map:
    name, rest = path[0], path[1:]
    if not rest:
        return Map({**tree.items, name: value})
    below = tree.items.get(name)
    if isinstance(below, List):
        return Map({**tree.items, name: _set_item(below, rest, value)})
    return Map({**tree.items, name: _set(below if isinstance(below, Map) else Map(), rest, value)})


def _set_item(tree: List, path: Path, value: Data) -> List:
    index, rest = path[0], path[1:]
    if not index.isdecimal() or len(index) > 4:
        return tree
    items = list(tree.items)
    items += [Map()] * (int(index) + 1 - len(items)) if int(index) < len(items) + 20 else []
    if int(index) >= len(items):
        return tree
    below = items[int(index)]
    if not rest:
        items[int(index)] = value
    elif isinstance(below, List):
        items[int(index)] = _set_item(below, rest, value)
    else:
        items[int(index)] = _set(below if isinstance(below, Map) else Map(), rest, value)
    return List(items)

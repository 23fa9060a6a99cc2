"""What the values of an object are called: `shop/Secret/orders-db/DATABASE_URL`.

Data of Secrets and ConfigMaps by their key, environment variables by their name, all else by the keys above it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract.yaml.objects.thing import is_object
from analyzer.extract.yaml.places import anchors_of, child_text, key_text, nodes, shown
from analyzer.model import Label, Span
from analyzer.yamltree import Alias, Mapping, Node, Scalar, Sequence

_DATA = frozenset({"data", "stringData", "binaryData"})
_MOST = 20_000  # values of one object
_DEEPEST = 12  # keys that are shown
_UNSHOWN = "…"


@dataclass(frozen=True, slots=True)
class _Place:
    """A node on the way down: the object that it belongs to, and the keys between."""

    node: Node
    start: int
    thing: str
    keys: tuple[str, ...] = ()

    def below(self, key: str, node: Node, start: int) -> "_Place":
        return _Place(node, start, self.thing, (*self.keys, key)[-_DEEPEST:])


def labels_of(root: Node) -> Iterator[Label]:
    """A label for each object and for each of its values, the key included; in order of their starts."""
    waiting = [_Place(root, root.start, "")]
    for _ in range(_MOST):
        if not waiting:
            return
        place = waiting.pop()
        node = place.node
        if isinstance(node, Mapping) and is_object(node):
            place = _Place(node, place.start, _object(node))
            yield Label(Span(place.start, node.end), place.thing)
        if isinstance(node, Scalar | Alias):
            yield Label(Span(place.start, node.end), _joined(place))
        else:
            waiting += reversed(list(_inside(node, place)))


def strangers(root: Node) -> tuple[str, ...]:
    """Names of anchors that are asked for and stand in no part of the object."""
    known = anchors_of(root)
    asked = (node.name for node in nodes(root) if isinstance(node, Alias))
    return tuple(dict.fromkeys(shown(name) or _UNSHOWN for name in asked if name not in known))


def _inside(node: Node, place: _Place) -> Iterator[_Place]:
    if isinstance(node, Mapping):
        name = child_text(node, "name")
        for key, value in node.pairs:
            called = key_text(key)
            if called == "value" and shown(name):  # an environment variable, or what is written like one
                yield _Place(value, key.start, place.thing, (name,))
            else:
                yield place.below(shown(called) or _UNSHOWN, value, key.start)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield _Place(item, item.start, place.thing, place.keys)


def _joined(place: _Place) -> str:
    keys = place.keys[1:] if place.thing and len(place.keys) == 2 and place.keys[0] in _DATA else place.keys
    return f"{place.thing}/{'.'.join(keys)}" if keys else place.thing


def _object(node: Mapping) -> str:
    """`namespace/kind/name`, without what the object does not have."""
    parts = (
        child_text(node, "metadata", "namespace"),
        child_text(node, "kind"),
        child_text(node, "metadata", "name"),
    )
    return "/".join(shown(part) or _UNSHOWN for part in parts if part)

"""What an object is: its kind, the group of its API, its name. No knowledge of what that means."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from analyzer.extract.yaml.places import Found, Place, child, child_text, shown
from analyzer.yamltree import Mapping, Node, Sequence


@dataclass(frozen=True, slots=True)
class Thing:
    """An object; `group` is empty for the core API, `name` the stem where the server makes the rest."""

    kind: str
    group: str
    name: str

    @property
    def label(self) -> str:
        """`Deployment api`, of plain identifiers only."""
        return f"{shown(self.kind) or 'object'} {shown(self.name)}".rstrip()


Reader: TypeAlias = Callable[[Thing, str, Node, Place], Iterator[Found] | None]


def thing_of(root: Mapping) -> Thing:
    """The object that a document is."""
    group = child_text(root, "apiVersion").rpartition("/")[0]
    name = child_text(root, "metadata", "name") or child_text(root, "metadata", "generateName").rstrip("-")
    return Thing(child_text(root, "kind"), group, name)


def is_object(root: Node) -> bool:
    """Whether a document is a Kubernetes object: it names its API version and its kind."""
    return bool(child_text(root, "apiVersion") and child_text(root, "kind"))


def at(node: Node | None, *keys: str) -> Node | None:
    """The node under a path of keys, or None."""
    for key in keys:
        node = child(node, key) if node is not None else None
    return node


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; none where it is no list."""
    return node.items if isinstance(node, Sequence) else ()

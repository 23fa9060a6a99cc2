"""Where in a YAML document something stands: the keys above, what is said about the place, and the anchors.

No knowledge of hosts or of what any key means.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from analyzer.extract.inner.levels import Deeper
from analyzer.extract.keyed.keys import plain
from analyzer.extract.yaml.scalars import Reading
from analyzer.model import Evidence, HostRef, Opaque, Problem, Region, Roster, Span
from analyzer.source import SourceFile
from analyzer.templates.segments import GONE_TEXT
from analyzer.yamltree import Alias, Mapping, Node, Scalar, Sequence

Found: TypeAlias = HostRef | Problem | Region | Opaque | Roster
_LONG = 2_000  # characters of a text that is not read again for each alias

Special: TypeAlias = Callable[[str, Node, "Place"], Iterator[Found] | None]
Inside: TypeAlias = Callable[[Mapping, "Place"], "Place"]


def _nothing_special(_key: str, _node: Node, _place: "Place") -> None:
    return None


def _the_same(_node: Mapping, place: "Place") -> "Place":
    return place


@dataclass(frozen=True)
class Document:
    """What holds for a whole document.

    `label` names a Kubernetes object ("Deployment api"), `special` reads a key in its own way or answers None,
    `inside` is asked about each mapping what its keys say about the place of all of them,
    `read_inner` reads a text inside a value, None where values are nested deeply enough, `separator` stands between a
    key and its value where they are shown.
    """

    source: SourceFile
    anchors: dict[str, Node]
    label: str = ""
    sealed: str = ""
    special: Special = _nothing_special
    inside: Inside = _the_same
    read_inner: Deeper | None = None
    separator: str = ": "

    def resolved(self, node: Node) -> Node:
        """The node that an alias stands for, one step and no long text; the node itself otherwise."""
        target = self.anchors.get(node.name, node) if isinstance(node, Alias) else node
        return node if isinstance(target, Scalar) and target is not node and len(target.seen) > _LONG else target


@dataclass(frozen=True)
class Place:
    """The keys above, outermost first, the evidence that they give, and what scripts here are given.

    `environments` hold the script's variables, the nearest last; `interpreter` is the program that reads it where that
    is no shell.
    """

    document: Document
    path: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    environments: tuple[Node, ...] = ()
    interpreter: str = ""

    def below(self, key: str) -> "Place":
        """The place of what stands under a key."""
        return replace(self, path=(*self.path, key))

    def saying(self, *evidence: Evidence) -> "Place":
        """The same place with more evidence."""
        return replace(self, evidence=(*self.evidence, *evidence))


def region(node: Node, nature: Evidence | None) -> Region:
    """All bytes of a node as a region of that nature."""
    return Region(Span(node.start, node.end), nature)


def key_text(node: Node) -> str:
    """A key as text; empty for a key that is no scalar."""
    return printed(node) if isinstance(node, Scalar) else ""


def printed(scalar: Scalar) -> str:
    """The value without what a template's world does not print of it."""
    value = scalar.value
    return value.replace(GONE_TEXT, "") if GONE_TEXT in value else value


def child(node: Node, key: str) -> Node | None:
    """The value of the last pair with that key (the one that counts), or None."""
    if not isinstance(node, Mapping):
        return None
    return next((value for name, value in reversed(node.pairs) if key_text(name) == key), None)


def child_text(node: Node, *keys: str) -> str:
    """The scalar under a path of keys, or an empty string."""
    found: Node | None = node
    for key in keys:
        found = child(found, key) if found is not None else None
    return key_text(found) if found is not None else ""


def anchors_of(root: Node) -> dict[str, Node]:
    """The anchors of a document by name; the last one of a name."""
    return {node.anchor: node for node in nodes(root) if not isinstance(node, Alias) and node.anchor}


def nodes(root: Node) -> Iterator[Node]:
    """The nodes of a tree in file order; aliases are not followed."""
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        yield node
        if isinstance(node, Mapping):
            open_nodes += [part for pair in reversed(node.pairs) for part in (pair[1], pair[0])]
        elif isinstance(node, Sequence):
            open_nodes += reversed(node.items)


def shown(name: str) -> str:
    """A name that may be shown as evidence, or nothing."""
    return name if plain(name) else ""


def problem_at(place: Place, reading: Reading, problem: Problem) -> Problem:
    """A problem inside a value, told at the line where the value starts."""
    outer = reading.container.span if reading.container else reading.whole.span
    line = place.document.source.position(outer.start).line
    return replace(problem, path=place.document.source.path, line=line)

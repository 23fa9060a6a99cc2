"""The parts of a template that are read by themselves: the file, bodies of definitions, branches that fit nowhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model import Span
from analyzer.templates.blocks import Block, Branch, Node
from analyzer.templates.segments import Choice, Segment, segments

_NAME = re.compile(rb"[ \t\r\n]*[a-z]+[ \t\r\n]+[\"`]?([\w.\-/ ]{1,200})")


@dataclass(frozen=True, slots=True)
class Part:
    """`nodes` reach from `body` to the end of `span`; what `span` holds before is the action above and indentation.

    `name` is that of a definition (`define "app.host"`, `macro host(x)`); empty for anything else. `whole`: it is the
    file, nothing less.
    """

    span: Span
    body: int
    nodes: tuple[Node, ...]
    name: str = ""
    whole: bool = False

    def segments(self, choice: Choice) -> list[Segment]:
        """The segments of one way through it, the action above included."""
        found = segments(self.nodes, choice)
        if self.span.start == self.body:
            return found
        head = Segment(self.span.start, self.body, prints=False, tail=self.body)
        if found and found[0].start == self.body and not found[0].prints:
            return [Segment(head.start, found[0].end, prints=False, tail=found[0].tail), *found[1:]]
        return [head, *found]


def whole(nodes: Sequence[Node], start: int, end: int) -> Part:
    """The file itself, from behind its byte order mark."""
    return Part(Span(start, end), start, tuple(nodes), whole=True)


def definitions(data: bytes, nodes: Sequence[Node]) -> list[list[Part]]:
    """The bodies of the definitions in a tree; those inside of definitions come in lists of their own, level by level.

    So the parts of one list share no byte.
    """
    levels: list[list[Part]] = []
    inside = _definitions(nodes)
    while inside:
        levels.append([_part(data, branch, _name(data, block)) for block in inside for branch in block.branches])
        inside = [deeper for block in inside for branch in block.branches for deeper in _definitions(branch.body)]
    return levels


def _definitions(nodes: Sequence[Node]) -> list[Block]:
    """The definitions in a tree that no definition holds."""
    found: list[Block] = []
    for node in nodes:
        if isinstance(node, Block) and node.definition:
            found.append(node)
        elif isinstance(node, Block):
            found += [block for branch in node.branches for block in _definitions(branch.body)]
    return found


def of_branch(data: bytes, branch: Branch) -> Part:
    """A branch by itself."""
    return _part(data, branch, "")


def _part(data: bytes, branch: Branch, name: str) -> Part:
    head = branch.head.start
    line = data.rfind(b"\n", 0, head) + 1
    start = head if data[line:head].strip() else line
    return Part(Span(start, branch.end), branch.start, branch.body, name)


def _name(data: bytes, block: Block) -> str:
    inner = block.branches[0].head.inner
    found = _NAME.match(data, inner.start, inner.end)
    return found[1].decode("ascii", "replace").strip() if found else ""

"""One way through a template: which branch of each block is printed, and what that leaves of the file's bytes.

The view of a way is as long as the file: what the way does not print is GONE, what it prints stays as it is written,
actions that print included. So text that is read from a view has its bytes' own offsets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from analyzer.model import Span
from analyzer.templates.blocks import Block, Node
from analyzer.templates.lexer import Action

GONE = b"\xff"  # stands in no UTF-8 text
GONE_TEXT = GONE.decode("utf-8", "surrogateescape")
DROPPED = -1

Choice: TypeAlias = Mapping[int, int]
"""The index of the branch that is printed, by the start of its block; DROPPED: none; the first for a missing block."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes that are no text: an action that prints, or what is gone. `tail` is where the last action in it starts."""

    start: int
    end: int
    prints: bool
    tail: int


def segments(nodes: Sequence[Node], choice: Choice) -> list[Segment]:
    """The segments of a way in file order; what is gone side by side is one segment."""
    found: list[Segment] = []
    for segment in _segments(nodes, choice):
        last = found[-1] if found else None
        if last is not None and last.end == segment.start and not last.prints and not segment.prints:
            found[-1] = Segment(last.start, segment.end, prints=False, tail=segment.tail)
        else:
            found.append(segment)
    return found


def kept(block: Block, choice: Choice) -> int | None:
    """The index of the branch that a way prints in place, or None."""
    if block.definition:
        return None
    index = choice.get(block.start, 0)
    return None if index == DROPPED else index


def _segments(nodes: Sequence[Node], choice: Choice) -> Iterator[Segment]:
    for node in nodes:
        if isinstance(node, Action):
            yield Segment(node.start, node.end, prints=not node.control, tail=node.start)
        elif isinstance(node, Block):
            index = kept(node, choice)
            if index is None:
                yield Segment(node.start, node.end, prints=False, tail=_tail(node))
                continue
            branch = node.branches[index]
            yield Segment(node.start, branch.start, prints=False, tail=branch.head.start)
            yield from _segments(branch.body, choice)
            if branch.end < node.end:
                yield Segment(branch.end, node.end, prints=False, tail=_tail(node))


def _tail(block: Block) -> int:
    return block.closing.start if block.closing else block.branches[-1].head.start


def lines(data: bytes, span: Span, found: Sequence[Segment]) -> Iterator[tuple[Span, list[Segment]]]:
    """Lines that hold segments, without their line ends, cut at `span`; a line end inside a segment ends no line."""
    at = 0
    while at < len(found):
        start = max(data.rfind(b"\n", span.start, found[at].start) + 1, span.start)
        inside = [found[at]]
        end = line_end(data, found[at].end, span.end)
        at += 1
        while at < len(found) and found[at].start < end:
            inside.append(found[at])
            if found[at].end > end:
                end = line_end(data, found[at].end, span.end)
            at += 1
        yield Span(start, end), inside


def line_end(data: bytes, at: int, stop: int) -> int:
    """The first line feed from `at` on, or `stop`."""
    end = data.find(b"\n", at, stop)
    return stop if end < 0 else end


def outside(data: bytes, line: Span, inside: Sequence[Segment]) -> bytes:
    """The text of a line without its segments."""
    pieces, at = [], line.start
    for segment in inside:
        pieces.append(data[at : segment.start])
        at = segment.end
    return b"".join((*pieces, data[at : line.end]))


def take_out(view: bytearray, data: bytes, span: Span, found: Sequence[Segment]) -> None:
    """Write GONE over what is gone; a line of nothing else goes as a whole, its line end too."""
    for segment in found:
        if not segment.prints:
            fill(view, segment.start, segment.end, GONE)
    for line, inside in lines(data, span, found):
        if not any(segment.prints for segment in inside) and not outside(data, line, inside).strip():
            fill(view, line.start, min(line.end + 1, span.end), GONE)


def fill(buffer: bytearray, start: int, end: int, filler: bytes) -> None:
    """Write a one-byte filler over a range."""
    buffer[start:end] = filler * (end - start)

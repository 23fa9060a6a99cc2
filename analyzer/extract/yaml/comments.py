"""Comments of a YAML file that hold a directive: `#` outside of every scalar, at a line's start or after a blank."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from analyzer.extract.yaml.places import nodes
from analyzer.extract.yaml.templates import actions
from analyzer.model import Comment, Span
from analyzer.source import BOM
from analyzer.yamltree import Node, Scalar

_DIRECTIVE = b"analyzer:"


def directive_comments(data: bytes, roots: Sequence[Node]) -> Iterator[Comment]:
    """The comments with `analyzer:` in them; `roots` are all documents that were read."""
    if _DIRECTIVE not in data:
        return
    literals = _merged(
        [(_body(node, data), node.literal.end) for root in roots for node in nodes(root) if isinstance(node, Scalar)]
        # A `#` in a template action is none of YAML's, and may well stand in a string.
        + [(action.start, action.end) for action in actions(data)]
    )
    starts = [start for start, _ in literals]
    at = data.find(_DIRECTIVE)
    while at >= 0:
        line = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1
        end = _line_end(data, at)
        mark = _mark(data, Span(line, at), literals, starts)
        if mark is not None:
            text = data[mark:end].decode("utf-8", "surrogateescape")
            own_line = not data[line:mark].removeprefix(BOM).strip()
            yield Comment(Span(mark, end), text, own_line)
        at = data.find(_DIRECTIVE, end)


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _mark(data: bytes, before: Span, literals: list[tuple[int, int]], starts: list[int]) -> int | None:
    """The `#` that starts the comment in which the bytes after `before` stand, or None."""
    mark = data.find(b"#", before.start, before.end)
    while mark >= 0:
        blank = (
            mark == before.start
            or data[mark - 1 : mark] in (b" ", b"\t")
            or (mark == len(BOM) and data.startswith(BOM))
        )
        index = bisect_right(starts, mark) - 1
        if blank and (index < 0 or mark >= literals[index][1]):
            return mark
        mark = data.find(b"#", mark + 1, before.end)
    return None


def _body(scalar: Scalar, data: bytes) -> int:
    """Where a scalar's text starts: the header line of a block scalar may end in a comment."""
    if scalar.style not in ("|", ">"):
        return scalar.literal.start
    return min(_line_end(data, scalar.literal.start) + 1, scalar.literal.end)


def _line_end(data: bytes, at: int) -> int:
    ends = [end for sign in (b"\n", b"\r") if (end := data.find(sign, at)) >= 0]
    return min(ends, default=len(data))

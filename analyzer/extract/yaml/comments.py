"""Comments of a YAML file that hold a directive: `#` outside of every scalar, at a line's start or after a blank.

In a template its own comments count as well (`{{/* */}}`, `{# #}`), and no `#` inside of an action does. A script or
a file in a block scalar has comments of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from analyzer.extract.gathering.signed import ANY, signed_directives
from analyzer.extract.yaml.places import nodes
from analyzer.model import Comment, Span
from analyzer.source import BOM
from analyzer.templates.dialects import Kind
from analyzer.templates.lexer import Action, actions
from analyzer.templates.segments import GONE
from analyzer.yamltree import Node, Scalar

_DIRECTIVE = b"analyzer:"
_BLOCKS = ("|", ">")
_KEY = re.compile(rb"[ \t]{0,200}[\w.\-\[\]]{1,200}[ \t]{0,9}[=:]")
_SHOWN = re.compile(rb"[^\xff]+")


def directive_comments(data: bytes, roots: Sequence[Node], found: Sequence[Action] = ()) -> Iterator[Comment]:
    """The comments with `analyzer:` in them; `roots` are all documents that were read.

    `found` are the actions of a template, none where the file was read as it stands.
    """
    if _DIRECTIVE not in data:
        return
    yield from template_comments(data, found)
    scalars = [node for root in roots for node in nodes(root) if isinstance(node, Scalar)]
    blocks = {Span(_body(node, data), node.literal.end) for node in scalars if node.style in _BLOCKS}
    inner = signed_directives(data, sorted(blocks, key=lambda block: block.start), ANY)
    yield from (comment for comment in inner if comment.own_line or not _sets_a_key(data, comment.span.start))
    literals = _merged(
        [place for node in scalars for place in _places(node)]
        # A `#` in a template action is none of YAML's, and may well stand in a string.
        + [(action.start, action.end) for action in found or actions(data)]
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


def long_scalars(data: bytes, roots: Sequence[Node]) -> Iterator[Span]:
    """The scalars of several lines, with the header of a block; none where no comment holds a directive."""
    if _DIRECTIVE in data:
        scalars = (node for root in roots for node in nodes(root) if isinstance(node, Scalar))
        spans = {Span(node.literal.start, node.literal.end) for node in scalars}
        yield from (span for span in spans if b"\n" in data[span.start : span.end].rstrip())


def template_comments(data: bytes, found: Sequence[Action]) -> Iterator[Comment]:
    """The comments of the template itself; one counts where its last line stands."""
    for action in found:
        if action.kind is Kind.COMMENT and _DIRECTIVE in data[action.inner.start : action.inner.end]:
            start = max(data.rfind(b"\n", 0, action.end) + 1, action.start)
            text = data[action.inner.start : action.inner.end].decode("utf-8", "surrogateescape")
            before = data[data.rfind(b"\n", 0, action.start) + 1 : action.start].removeprefix(BOM)
            alone = not before.strip() and not data[action.end : _line_end(data, action.end)].strip()
            yield Comment(Span(start, action.end), text, alone)


def _sets_a_key(data: bytes, at: int) -> bool:
    """Whether the line before a byte sets a key: in some formats all behind it is the value, a `#` included."""
    line = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1
    return _KEY.match(data, line, at) is not None


def _places(scalar: Scalar) -> Iterator[tuple[int, int]]:
    """Where a scalar's text stands; in a template's world what it does not print is no part of it."""
    data, start = scalar.buffer.data, _body(scalar, scalar.buffer.data)
    if GONE not in data[start : scalar.literal.end]:
        yield start, scalar.literal.end
        return
    yield from (found.span() for found in _SHOWN.finditer(data, start, scalar.literal.end))


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
    if scalar.style not in _BLOCKS:
        return scalar.literal.start
    return min(_line_end(data, scalar.literal.start) + 1, scalar.literal.end)


def _line_end(data: bytes, at: int) -> int:
    ends = [end for sign in (b"\n", b"\r") if (end := data.find(sign, at)) >= 0]
    return min(ends, default=len(data))

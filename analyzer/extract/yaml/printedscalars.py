"""What a scalar of a template's world reads as: without the actions and branches that print nothing there.

Block scalars are read line by line from the view, so that a line of actions leaves no trace in a script or file that
they hold; the other styles are read as the parser did. It knows neither keys nor hosts.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from analyzer.model import Span
from analyzer.templates.printed import Places
from analyzer.templates.segments import GONE, GONE_TEXT
from analyzer.templates.views import text_of
from analyzer.yamltree import Scalar

Spans = Callable[[int, int], Span]

_ACTIONS = (GONE, b"{{", b"<%")
_RUN = re.compile(rf"[^{GONE_TEXT}]+")


def printed_scalar(scalar: Scalar) -> tuple[str, Spans] | None:
    """The text of a scalar and the bytes of its characters; None where it cannot be followed to its bytes."""
    view, literal = scalar.buffer.data, scalar.literal
    spelled = view[literal.start : literal.end]
    masked = spelled != scalar.buffer.shadow[literal.start : literal.end]
    if masked and scalar.style == "|" and any(sign in spelled for sign in _ACTIONS):
        lines = _block_lines(scalar)
        if lines is not None:
            text = text_of(view, lines)
            return str(text), _spans(Places(text), literal)
    if scalar.offsets is None:
        return None
    if masked and GONE in spelled:
        return _without_gone(scalar.value, scalar.offsets.span)
    return scalar.value, scalar.offsets.span


def _spans(places: Places, literal: Span) -> Spans:
    def spans(start: int, end: int) -> Span:
        first, last = places.original(start, end)
        return Span(first, last) if last else Span(literal.start, literal.start)

    return spans


def _without_gone(value: str, spans: Spans) -> tuple[str, Spans]:
    """The characters that are printed; a range of them that encloses what is gone keeps it in its bytes."""
    runs = [found.span() for found in _RUN.finditer(value)] or [(0, 0)]
    starts = list(accumulate((end - start for start, end in runs), initial=0))

    def place(at: int) -> int:
        index = min(bisect_right(starts, at), len(runs)) - 1
        return runs[index][0] + at - starts[index]

    def printed(start: int, end: int) -> Span:
        if start < end:
            return spans(place(start), place(end - 1) + 1)
        at = place(start - 1) + 1 if start else runs[0][0]
        return spans(at, at)

    return "".join(value[start:end] for start, end in runs), printed


def _block_lines(scalar: Scalar) -> Iterator[Span] | None:
    """The lines of a literal block without indentation, line ends included; None where that is told in the header."""
    view, shadow = scalar.buffer.data, scalar.buffer.shadow
    start, stop = scalar.literal.start, scalar.literal.end
    body = shadow.find(b"\n", start, stop) + 1
    if not body or any(sign in b"123456789" for sign in shadow[start:body].split(b"#", 1)[0]):
        return None
    return _lines(view, Span(body, stop), _indentation(shadow, Span(body, stop)))


def _indentation(shadow: bytes, body: Span) -> int:
    """The blanks before the first line that holds anything."""
    inside = shadow[body.start : body.end]
    text = inside.lstrip(b" \r\n")
    before = inside[: len(inside) - len(text)]
    return len(before) - before.rfind(b"\n") - 1


def _lines(view: bytes, body: Span, indentation: int) -> Iterator[Span]:
    at = body.start
    while at < body.end:
        end = view.find(b"\n", at, body.end)
        end = body.end if end < 0 else end
        first = _behind(view, Span(at, end), indentation)
        returned = view[end - 1 : end] == b"\r" and first < end
        yield Span(first, end - returned)
        yield Span(end, min(end + 1, body.end))
        at = end + 1


def _behind(view: bytes, line: Span, indentation: int) -> int:
    """The first byte behind the indentation; what is gone takes up no column."""
    at, column = line.start, 0
    while at < line.end and (view[at : at + 1] == GONE or (column < indentation and view[at : at + 1] == b" ")):
        column += view[at : at + 1] != GONE
        at += 1
    return at

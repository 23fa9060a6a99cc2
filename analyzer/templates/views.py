"""The text of one way through a template: what is gone left out, every character with the bytes that spell it.

Actions that print stand in the text as they are written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from analyzer.model import Span
from analyzer.templates.parts import Part, of_branch
from analyzer.templates.printed import Piece, Text
from analyzer.templates.segments import GONE, Choice, fill, take_out
from analyzer.templates.ways import Ways

_PRINTED = re.compile(rb"[^\xff]+")
_MOST = 16
_EFFORT = 4_000_000  # bytes of all texts of one part


def text_of(view: bytes, spans: Iterable[Span]) -> Text:
    """The text of some bytes of a view; places are bytes."""
    return _text(view, (kept for span in spans for kept in _kept(view, span)))


def texts_of(data: bytes, part: Part) -> Iterator[Text]:
    """The texts of a part, until each branch was in one; places are bytes of `data`."""
    return (_text(data, kept) for kept in kept_of(data, part))


def kept_of(data: bytes, part: Part) -> Iterator[list[Span]]:
    """The bytes that each way through a part prints; the last way prints all that are missing then."""
    ways = Ways(data, part.nodes)
    for _ in range(max(2, min(_MOST, _EFFORT // (part.span.end - part.span.start + 1)))):
        choice = ways.next()
        if choice is None:
            return
        ways.read(choice)
        yield _printed(data, part, choice)
    rest = [span for branch in ways.missing() for span in _printed(data, of_branch(data, branch), {})]
    if rest:
        yield rest


def _printed(data: bytes, part: Part, choice: Choice) -> list[Span]:
    """The bytes that one way through a part prints."""
    base = part.span.start
    own = data[base : part.span.end]
    moved = (replace(s, start=s.start - base, end=s.end - base, tail=s.tail - base) for s in part.segments(choice))
    view = bytearray(own)
    fill(view, 0, part.body - base, GONE)
    take_out(view, own, Span(0, len(own)), list(moved))
    return [Span(base + span.start, base + span.end) for span in _kept(bytes(view), Span(0, len(own)))]


def _kept(view: bytes, span: Span) -> Iterator[Span]:
    return (Span(*found.span()) for found in _PRINTED.finditer(view, span.start, span.end))


def _text(data: bytes, kept: Iterable[Span]) -> Text:
    return Text(tuple(_piece(data[span.start : span.end], span.start) for span in kept))


def _piece(data: bytes, start: int) -> Piece:
    if data.isascii():
        return Piece(data.decode("ascii"), range(start, start + len(data) + 1))
    text = data.decode("utf-8", "surrogateescape")
    sizes = (len(character.encode("utf-8", "surrogateescape")) for character in text)
    return Piece(text, tuple(accumulate(sizes, initial=start)))

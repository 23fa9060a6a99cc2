"""From the characters of a scalar's value to the bytes that spell them, for the five scalar styles.

The parser has the last word: a spelling is followed only as far as it gives the value that the parser read. The styles
are those of YAML 1.1 chapters 9.1 to 9.3 as libyaml reads them (https://yaml.org/spec/1.1/).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import TypeAlias

from analyzer.model import Span

# Bytes `start` to `end` spell `text`; None: they spell themselves.
Segment: TypeAlias = tuple[int, int, str | None]

_WORD = re.compile(r"[^ \t\r\n]+")
_WORD_BYTES = re.compile(rb"[^ \t\r\n]+")
_BREAK = re.compile(rb"\r\n|\r|\n")
_BLANKS = re.compile(rb"[ \t\r\n]+")
_SINGLE = re.compile(rb"(?>(?:[^' \t\r\n]++|[ \t]++(?![\r\n]))+)")
_DOUBLE = re.compile(rb"(?>(?:[^\\ \t\r\n]++|[ \t]++(?![\r\n]))+)")
_HEX = {b"x": 2, b"u": 4, b"U": 8}
_ESCAPES = {
    b"0": "\0",
    b"a": "\a",
    b"b": "\b",
    b"t": "\t",
    b"\t": "\t",
    b"n": "\n",
    b"v": "\v",
    b"f": "\f",
    b"r": "\r",
    b"e": "\x1b",
    b" ": " ",
    b'"': '"',
    b"'": "'",
    b"/": "/",
    b"\\": "\\",
    b"N": "\x85",
    b"_": "\xa0",
    b"L": "\u2028",
    b"P": "\u2029",
}


@dataclass(frozen=True, slots=True)
class Offsets:
    """`text` and, for each of its characters, the bytes from `starts[i]` to `ends[i]` (offsets in the file)."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def span(self, start: int, end: int) -> Span:
        """The bytes from the first to the last character of `text[start:end]`; empty: the place between two."""
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        at = self.ends[start - 1] if start else self.starts[0] if self.starts else 0
        return Span(at, at)


def map_scalar(data: bytes, shadow: bytes, literal: Span, style: str, seen: str) -> Offsets | None:
    """The offsets of a scalar whose shadow was read as `seen`; None where the spelling does not give that value."""
    if style in ("'", '"'):
        segments = list(_quoted(shadow, Span(literal.start + 1, literal.end - 1), style))
    else:
        body = literal.start if not style else _line_end(shadow, literal)
        segments = list(_words(shadow, Span(body, literal.end), seen))
    if "".join(shadow[a:b].decode("ascii") if text is None else text for a, b, text in segments) != seen:
        return None
    return join(data, segments)


def _line_end(shadow: bytes, literal: Span) -> int:
    """The first byte after a block scalar's header and its comment."""
    found = _BREAK.search(shadow, literal.start, literal.end)
    return found.end() if found else literal.end


def _words(shadow: bytes, body: Span, seen: str) -> Iterator[Segment]:
    """Plain, literal and folded: the k-th word of the value is the k-th word of the spelling."""
    at, last = body.start, 0
    for word, place in zip(_WORD.finditer(seen), _WORD_BYTES.finditer(shadow, body.start, body.end), strict=False):
        yield from _gap(shadow, Span(at, place.start()), seen[last : word.start()])
        yield place.start(), place.end(), None
        at, last = place.end(), word.end()
    yield from _gap(shadow, Span(at, body.end), seen[last:])


def _gap(shadow: bytes, between: Span, blanks: str) -> Iterator[Segment]:
    """Blanks of the value between two words: those beside a word spell themselves, line ends and folds the rest."""
    if shadow[between.start : between.end] == blanks.encode("ascii"):
        if blanks:
            yield between.start, between.end, None
        return
    folded = "\n" in blanks or _BREAK.search(shadow, between.start, between.end) is not None
    head = len(blanks) - len(blanks.lstrip(" \t")) if "\n" in blanks else 0
    tail = len(blanks) - len(blanks.rstrip(" \t")) if "\n" in blanks or not folded else 0
    left, right = between.start + head, between.end - tail
    if left > right:
        yield between.start, between.end, blanks
        return
    yield between.start, left, None
    yield left, right, blanks[head : len(blanks) - tail]
    yield right, between.end, None


def _quoted(shadow: bytes, inner: Span, quote: str) -> Iterator[Segment]:
    at = inner.start
    verbatim = _SINGLE if quote == "'" else _DOUBLE
    while at < inner.end:
        if run := verbatim.match(shadow, at, inner.end):
            end, text = run.end(), None
        elif blanks := _BLANKS.match(shadow, at, inner.end):
            end, text = blanks.end(), _fold(blanks.group())
        elif quote == "'":
            end, text = at + 2, "'"
        else:
            end, text = _escape(shadow, at, inner.end)
        yield at, end, text
        at = end


def _fold(blanks: bytes) -> str | None:
    """What a run of blanks and line ends reads as: one line end is a space, n are n - 1."""
    breaks = len(_BREAK.findall(blanks))
    if not breaks:
        return None
    return "\n" * (breaks - 1) or " "


def _escape(shadow: bytes, at: int, stop: int) -> tuple[int, str]:
    kind = shadow[at + 1 : at + 2]
    if kind in (b"\r", b"\n"):
        first = _BREAK.match(shadow, at + 1, stop)
        rest = _BLANKS.match(shadow, first.end() if first else stop, stop)
        end = rest.end() if rest else first.end() if first else stop
        return end, "\n" * (len(_BREAK.findall(shadow, at + 1, end)) - 1)
    if kind in _HEX:
        end = at + 2 + _HEX[kind]
        return end, chr(int(shadow[at + 2 : end], 16))
    return at + 2, _ESCAPES.get(kind, "")


def join(data: bytes, segments: list[Segment]) -> Offsets:
    """The text that segments of `data` spell, in order, and the place of each of its characters."""
    if len(segments) == 1 and segments[0][2] is None and data[segments[0][0] : segments[0][1]].isascii():
        start, end, _ = segments[0]
        return Offsets(data[start:end].decode("ascii"), range(start, end), range(start + 1, end + 1))
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, replaced in segments:
        if replaced is not None:
            texts.append(replaced)
            starts += (start, *repeat(end, len(replaced) - 1)) if replaced else ()
            ends += repeat(end, len(replaced))
            continue
        piece = data[start:end]
        texts.append(piece.decode("utf-8", "surrogateescape"))
        edges = list(range(start, end + 1)) if piece.isascii() else _edges(texts[-1], start)
        starts += edges[:-1]
        ends += edges[1:]
    return Offsets("".join(texts), tuple(starts), tuple(ends))


def _edges(text: str, start: int) -> list[int]:
    """Where its characters begin and end in UTF-8, the first at `start`."""
    return list(accumulate((len(character.encode("utf-8", "surrogateescape")) for character in text), initial=start))

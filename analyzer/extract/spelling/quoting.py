"""Scalars of languages other than YAML: what their quotes hold, with the place of every character.

JSON, TOML and HOCON give their values as nodes of `yamltree`, so that one reader of scopes serves all. What differs is
how a string is spelled; that alone stands here, as a table of escapes for each language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from analyzer.model import Span
from analyzer.yamltree.nodes import Buffer, Scalar
from analyzer.yamltree.offsets import Offsets, Segment, join

_REPLACEMENT = "\ufffd"  # half a surrogate pair is no character


@dataclass(frozen=True, slots=True)
class Escapes:
    r"""What a backslash and the next byte stand for, and how many hex digits follow `\x`, `\u`, `\U`.

    `folds`: a backslash at the end of a line drops it, with the blanks after it where `margin` is set too (TOML).
    """

    single: dict[bytes, str]
    digits: dict[bytes, int]
    folds: bool = False
    margin: bool = False


_COMMON = {b'"': '"', b"\\": "\\", b"b": "\b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t"}
# RFC 8259, section 7, and what JSON5 adds: https://spec.json5.org/#strings
JSON = Escapes({**_COMMON, b"/": "/", b"'": "'", b"v": "\v", b"0": "\0"}, {b"u": 4, b"x": 2}, folds=True)
# https://toml.io/en/v1.0.0#string, `\e` and `\x` of 1.1
TOML = Escapes({**_COMMON, b"e": "\x1b"}, {b"u": 4, b"U": 8, b"x": 2}, folds=True, margin=True)
# https://github.com/lightbend/config/blob/main/HOCON.md#unchanged-from-json
HOCON = Escapes({**_COMMON, b"/": "/"}, {b"u": 4})

_PLAIN = re.compile(rb"[^\\]+")
_FOLD = re.compile(rb"[ \t]*(?:\r\n|\n|\r)")
_MARGIN = re.compile(rb"[ \t\r\n]*")
_HEX = re.compile(rb"[0-9A-Fa-f]*")


@dataclass(frozen=True)
class Quoted(Scalar):
    """A scalar whose text stands between its first `head` and its last `tail` bytes: quotes, as a rule.

    `escapes` None: spelled by itself.
    """

    head: int = 0
    tail: int = 0
    escapes: Escapes | None = None

    @property
    def inner(self) -> Span:
        """The bytes between the quotes."""
        return Span(self.literal.start + self.head, self.literal.end - self.tail)

    @cached_property
    def value(self) -> str:
        """What a reader of the language would read; bytes that are not UTF-8 are lone surrogates."""
        raw = self.buffer.data[self.start + self.head : self.end - self.tail]
        if self.escapes is None or b"\\" not in raw:
            return raw.decode("utf-8", "surrogateescape")
        return self.offsets.text

    @cached_property
    def offsets(self) -> Offsets:
        """The bytes behind each character of `value`."""
        shadow, inner = self.buffer.shadow, self.inner
        if self.escapes is None or shadow.find(b"\\", inner.start, inner.end) < 0:
            return join(self.buffer.data, [(inner.start, inner.end, None)])
        return join(self.buffer.data, list(segments(shadow, inner, self.escapes)))


@dataclass(frozen=True)
class Joined(Scalar):
    """A scalar that is put together from several spellings; `pieces` in the order of the file."""

    pieces: tuple[Segment, ...] = ()

    @cached_property
    def value(self) -> str:
        """What a reader of the language would read."""
        return self.offsets.text

    @cached_property
    def offsets(self) -> Offsets:
        """The bytes behind each character of `value`."""
        return join(self.buffer.data, list(self.pieces))


def bare(buffer: Buffer, start: int, end: int) -> Quoted:
    """The scalar that the bytes `start` to `end` spell by themselves, without quotes."""
    return Quoted(start, end, Span(start, end), "", "", buffer)


def quoted(buffer: Buffer, start: int, end: int, escapes: Escapes | None) -> Quoted:
    """The scalar between one quote at `start` and one before `end`."""
    style = chr(buffer.data[start])
    return Quoted(start, end, Span(start, end), style, "", buffer, head=1, tail=1, escapes=escapes)


def segments(shadow: bytes, inner: Span, escapes: Escapes) -> Iterator[Segment]:
    """What the bytes of `inner` spell, piece by piece."""
    at = inner.start
    while at < inner.end:
        plain = _PLAIN.match(shadow, at, inner.end)
        end, text = (plain.end(), None) if plain else _escape(shadow, at, inner.end, escapes)
        yield at, end, text
        at = end


def _escape(shadow: bytes, at: int, stop: int, escapes: Escapes) -> tuple[int, str]:
    """The end and the text of the escape at `at`; a backslash before anything unknown is dropped."""
    kind = shadow[at + 1 : at + 2]
    if kind in escapes.single:
        return at + 2, escapes.single[kind]
    if kind in escapes.digits:
        return _numbered(shadow, at, stop, escapes.digits[kind])
    fold = _FOLD.match(shadow, at + 1, stop) if escapes.folds else None
    if fold is not None:
        margin = _MARGIN.match(shadow, fold.end(), stop) if escapes.margin else None
        return (margin or fold).end(), ""
    return at + 1, ""


def _numbered(shadow: bytes, at: int, stop: int, count: int) -> tuple[int, str]:
    code = _code(shadow, at + 2, stop, count)
    end = at + 2 + count
    if code is None:
        return at + 1, ""
    if 0xD800 <= code < 0xDC00 and shadow[end : end + 2] == b"\\u":
        low = _code(shadow, end + 2, stop, 4)
        if low is not None and 0xDC00 <= low < 0xE000:
            return end + 6, chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
    return end, _REPLACEMENT if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _code(shadow: bytes, at: int, stop: int, count: int) -> int | None:
    found = _HEX.match(shadow, at, min(at + count, stop))
    return int(found.group(), 16) if found and found.end() - found.start() == count else None

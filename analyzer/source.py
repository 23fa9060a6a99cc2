"""A scanned file: its bytes, its text, and the way between them.

Text is UTF-8 with `surrogateescape`, so every byte string decodes and every character knows its bytes. Extractors
work on `text`; spans are bytes of `data`, the BOM included.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from analyzer.model import Position, Slot, Span

BOM = b"\xef\xbb\xbf"
_STRIDE = 512
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True)
class SourceFile:
    """One file. `path` is POSIX and relative to the root of the scan."""

    path: str
    data: bytes

    @cached_property
    def bom(self) -> int:
        """Length of the byte order mark, 0 or 3."""
        return len(BOM) if self.data.startswith(BOM) else 0

    @cached_property
    def text(self) -> str:
        """The characters after the byte order mark; bytes that are not UTF-8 are lone surrogates."""
        return self.data[self.bom :].decode("utf-8", "surrogateescape")

    @cached_property
    def invalid_at(self) -> int | None:
        """The first byte that is not UTF-8, or None."""
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            return error.start
        return None

    @cached_property
    def _ascii(self) -> bool:
        return self.data.isascii()

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(m.end() for m in _LINE_END.finditer(self.data))]

    def line(self, number: int) -> bytes:
        """The bytes of a line (1-based) without its end and without a byte order mark; none beyond the last."""
        if not 0 < number <= len(self._lines):
            return b""
        start = self.bom if number == 1 else self._lines[number - 1]
        end = self._lines[number] if number < len(self._lines) else len(self.data)
        return self.data[start:end].rstrip(b"\r\n")

    def span(self, start: int, end: int) -> Span:
        """Bytes of the characters `start` to `end` of `text` (0-based, half-open)."""
        if self._ascii:
            return Span(start, end)
        return Span(self._byte(start), self._byte(end))

    def _byte(self, at: int) -> int:
        """The byte of a character, from the nearest mark before it: files are asked for thousands of places."""
        mark = at // _STRIDE
        return self._marks[mark] + len(_encode(self.text[mark * _STRIDE : at]))

    def character(self, byte: int) -> int:
        """The index in `text` of the character that a byte starts."""
        return self._count(max(byte, self.bom))[0]

    @cached_property
    def _marks(self) -> list[int]:
        sizes = (len(_encode(self.text[i : i + _STRIDE])) for i in range(0, len(self.text), _STRIDE))
        return list(accumulate(sizes, initial=self.bom))

    def slot(self, start: int, end: int) -> Slot:
        """The same as a slot of the file."""
        return Slot(self.span(start, end))

    def slice(self, span: Span) -> bytes:
        """The bytes of `span`."""
        return self.data[span.start : span.end]

    def position(self, byte: int) -> Position:
        """Line and columns of a byte. A line ends at CR LF, LF or CR."""
        line = bisect_right(self._lines, byte)
        head = self._lines[line - 1]
        start = self.bom if line == 1 else head
        (first, first_unit), (at, unit) = self._count(start), self._count(max(byte, start))
        return Position(line, at - first + 1, unit - first_unit + 1, unit, byte - head + 1)

    def _count(self, byte: int) -> tuple[int, int]:
        """How many characters and UTF-16 units stand before a byte, a BOM not counted."""
        if self._ascii:
            return byte, byte
        mark = bisect_right(self._marks, byte) - 1
        piece = self.data[self._marks[mark] : byte].decode("utf-8", "surrogateescape")
        return mark * _STRIDE + len(piece), self._units[mark] + _utf16(piece)

    @cached_property
    def _units(self) -> list[int]:
        sizes = (_utf16(self.text[i : i + _STRIDE]) for i in range(0, len(self.text), _STRIDE))
        return list(accumulate(sizes, initial=0))


def anchor(source: SourceFile, raw: Span, value: str, start: int, end: int) -> Slot | None:
    """Where `value[start:end]` stands inside the raw bytes of its literal, or None where escapes hide it.

    The raw slice holds the value verbatim, or the wanted piece exactly once with no host character beside it.
    """
    piece, data = _encode(value[start:end]), source.slice(raw)
    whole = data.find(_encode(value))
    if whole >= 0:
        at = whole + len(_encode(value[:start]))
    else:
        at = data.find(piece) if piece else -1
        if at < 0 or data.find(piece, at + 1) >= 0 or _touches_word(data, at, at + len(piece)):
            return None
    return Slot(Span(raw.start + at, raw.start + at + len(piece)))


def _touches_word(data: bytes, start: int, end: int) -> bool:
    beside = data[max(start - 1, 0) : start] + data[end : end + 1]
    return any(chr(b).isalnum() or b in b"._-" for b in beside)


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(1 for c in text if c > "\uffff")


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")

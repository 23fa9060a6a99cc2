"""YAML scalars as values with a way back to their bytes, base64 text included.

A `Reading` is a text whose characters know their bytes: of the file, or of a base64 value's decoded bytes. It knows
neither keys nor hosts.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from analyzer import base64text
from analyzer.extract.keyed.values import ESCAPED, Value
from analyzer.extract.yaml.belowkeys import value_below
from analyzer.extract.yaml.printedscalars import printed_scalar
from analyzer.extract.yaml.templateliterals import COMPOSED, Filled, fillings, held_in
from analyzer.model import Container, Slot, Span
from analyzer.templates.readings import Held
from analyzer.yamltree import Scalar

_BINARY_TAG = "tag:yaml.org,2002:binary"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BETWEEN = re.compile(rb"\"[ \t]{1,8}\"|`[ \t]{1,8}`|\"[ \t]{0,8},[ \t]{0,8}\"|'[ \t]{0,8},[ \t]{0,8}'")
_SHORTEST_NESTED = 16


@dataclass(frozen=True)
class Reading:
    """A text and its places: `spans(i, j)` are the bytes of characters i to j, `exact` where they spell just those.

    `others` are further readings of the same scalar, where a template prints one of several texts; `apart` says why
    characters stand nowhere as they read.
    """

    text: str
    spans: Callable[[int, int], Span]
    data: bytes
    whole: Slot
    container: Container | None = None
    sealed: str = ""
    others: tuple["Reading", ...] = ()
    apart: str = ESCAPED

    def locate(self, start: int, end: int) -> Slot | None:
        """The bytes that spell `text[start:end]`, or None where anything else stands there (escapes, folds).

        A list that a template joins (`list "a" "b" | join ","`) is spelled by its literals with what parts them.
        """
        if self.sealed:
            return None
        span, wanted = self.spans(start, end), self.text[start:end].encode("utf-8", "surrogateescape")
        found = self.data[span.start : span.end]
        spelled = found == wanted or (b"," in wanted and _BETWEEN.split(found) == wanted.split(b","))
        return Slot(span, self.container) if spelled else None

    def around(self, start: int, end: int) -> Slot:
        """The bytes between which `text[start:end]` stands, however it is spelled."""
        return self.whole if self.sealed else Slot(self.spans(start, end), self.container)

    def part(self, start: int, end: int) -> "Reading":
        """The characters `start` to `end` as a reading of their own; other readings go along that begin alike."""
        alike = [other for other in self.others if other.text[:start] == self.text[:start] and end == len(self.text)]
        return Reading(
            self.text[start:end],
            lambda i, j: self.spans(start + i, start + j),
            self.data,
            self.around(start, end),
            self.container,
            self.sealed,
            tuple(other.part(start, len(other.text)) for other in alike),
            self.apart,
        )

    @cached_property
    def value(self) -> Value:
        """The same for the readers of keys and values."""
        return Value(self.text, self.locate, self.whole, tuple(other.value for other in self.others), self.apart)

    @cached_property
    def encoded(self) -> bytes:
        """The text as UTF-8: the file that a nested format reads."""
        return self.text.encode("utf-8", "surrogateescape")

    def character(self, byte: int) -> int:
        """The index in `text` of a byte of `encoded`."""
        return byte if self._starts is None else bisect_right(self._starts, byte) - 1

    @cached_property
    def _starts(self) -> list[int] | None:
        if self.encoded.isascii():
            return None
        return list(accumulate((len(c.encode("utf-8", "surrogateescape")) for c in self.text), initial=0))


def read_scalar(scalar: Scalar) -> Reading:
    """The value of a scalar; sealed where its spelling could not be followed."""
    whole = Slot(scalar.literal)
    if scalar.tag == _BINARY_TAG:
        return read_base64(scalar) or _read_plain(scalar, whole)
    return _read_plain(scalar, whole)


def _read_plain(scalar: Scalar, whole: Slot) -> Reading:
    printed, data = printed_scalar(scalar), scalar.buffer.file
    if printed is None:
        return Reading(scalar.value, lambda _i, _j: whole.span, data, whole, sealed="the value is written with escapes")
    below = value_below(scalar)
    text, spans = (below.text, below.span) if below else printed
    return read_text(text, spans, data, whole, held_in(data, spans))


def read_text(
    text: str, spans: Callable[[int, int], Span], data: bytes, whole: Slot, held: Held | None = None
) -> Reading:
    """A text with template actions that print, spelled by `spans` of `data`: read with the literals that they print."""
    first, *others = [_printed(filled, spans, data, whole) for filled in fillings(text, held)] or [None]
    if first is None:
        return Reading(text, spans, data, whole)
    return replace(first, others=tuple(other for other in others if other is not None))


def _printed(filled: Filled, spans: Callable[[int, int], Span], data: bytes, whole: Slot) -> Reading | None:
    return Reading(filled.text, lambda i, j: filled.spans(i, j, spans), data, whole, apart=COMPOSED)


def ways(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """Each way to read several scalars together: the first readings of all, then the second ones."""
    for way in range(1 + max((len(reading.others) for reading in readings), default=0)):
        yield [(reading, *reading.others)[min(way, len(reading.others))] for reading in readings]


def read_span(data: bytes, span: Span) -> Reading:
    """The bytes of `span` as text, spelled by themselves."""
    text = data[span.start : span.end].decode("utf-8", "surrogateescape")
    spans = _spans_from(span.start, text)
    return Reading(text, spans, data, Slot(span))


def read_base64(scalar: Scalar) -> Reading | None:
    """The text behind a scalar's base64, twice decoded where base64 stands in base64; None where it is no text.

    Sealed where encoding the decoded bytes would not give the scalar's bytes back, and where it was decoded twice.
    """
    span = _base64_span(scalar)
    decoded = base64text.decode(scalar.buffer.data[span.start : span.end])
    if decoded is not None and (text := _text(decoded.data)) is not None:
        reading = _decoded(text, decoded.data, span)
        return _nested(reading) or reading
    peeked = base64text.peek(scalar.value.encode("utf-8", "surrogateescape"))
    text = _text(peeked) if peeked is not None else None
    if text is None:
        return None
    return _sealed(text, Slot(span), "the base64 text would not encode back to the same bytes")


def _base64_span(scalar: Scalar) -> Span:
    """From the first to the last character that is not blank: without quotes, header and the last line end."""
    offsets, value = scalar.offsets, scalar.value
    if offsets is None or not value.strip():
        return scalar.literal
    head = len(value) - len(value.lstrip())
    return offsets.span(head, len(value.rstrip()))


def _decoded(text: str, data: bytes, span: Span) -> Reading:
    container = Container(span)
    return Reading(text, _spans_from(0, text), data, Slot(Span(0, len(data)), container), container)


def _spans_from(first: int, text: str) -> Callable[[int, int], Span]:
    """Text that is spelled by its own UTF-8 from the byte `first` on."""
    if text.isascii():
        return lambda start, end: Span(first + start, first + end)
    starts = list(accumulate((len(c.encode("utf-8", "surrogateescape")) for c in text), initial=first))
    return lambda start, end: Span(starts[start], starts[end])


def _nested(reading: Reading) -> Reading | None:
    inner = reading.encoded.strip()
    if len(inner) < _SHORTEST_NESTED or (again := base64text.decode(inner)) is None:
        return None
    text = _text(again.data)
    return _sealed(text, reading.whole, "base64 inside base64") if text is not None and text.isascii() else None


def _sealed(text: str, whole: Slot, why: str) -> Reading:
    return Reading(text, lambda _i, _j: whole.span, b"", whole, whole.container, sealed=why)


def _text(data: bytes) -> str | None:
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= c <= "\udcff" for c in text)
    # A password may hold a control character or two; keys and archives are full of them.
    controls = len(_CONTROL.findall(text))
    return None if broken > len(text) // 10 or controls > len(text) // 20 else text

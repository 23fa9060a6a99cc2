"""YAML scalars as values with a way back to their bytes, base64 text included.

A `Reading` is a text whose characters know their bytes: of the file, or of a base64 value's decoded bytes. It knows
neither keys nor hosts.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from analyzer import base64text
from analyzer.extract.keyed.values import Value
from analyzer.extract.yaml.templateliterals import filled
from analyzer.model import Container, Slot, Span
from analyzer.yamltree import Scalar

_BINARY_TAG = "tag:yaml.org,2002:binary"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SHORTEST_NESTED = 16


@dataclass(frozen=True)
class Reading:
    """A text and its places: `spans(i, j)` are the bytes of characters i to j, `exact` where they spell just those."""

    text: str
    spans: Callable[[int, int], Span]
    data: bytes
    whole: Slot
    container: Container | None = None
    sealed: str = ""

    def locate(self, start: int, end: int) -> Slot | None:
        """The bytes that spell `text[start:end]`, or None where anything else stands there (escapes, folds)."""
        if self.sealed:
            return None
        span = self.spans(start, end)
        spelled = self.data[span.start : span.end] == self.text[start:end].encode("utf-8", "surrogateescape")
        return Slot(span, self.container) if spelled else None

    def around(self, start: int, end: int) -> Slot:
        """The bytes between which `text[start:end]` stands, however it is spelled."""
        return self.whole if self.sealed else Slot(self.spans(start, end), self.container)

    def part(self, start: int, end: int) -> "Reading":
        """The characters `start` to `end` as a reading of their own."""
        return Reading(
            self.text[start:end],
            lambda i, j: self.spans(start + i, start + j),
            self.data,
            self.around(start, end),
            self.container,
            self.sealed,
        )

    @cached_property
    def value(self) -> Value:
        """The same for the readers of keys and values."""
        return Value(self.text, self.locate, self.whole)

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
    offsets = scalar.offsets
    data = scalar.buffer.data
    if offsets is None:
        return Reading(scalar.value, lambda _i, _j: whole.span, data, whole, sealed="the value is written with escapes")
    spans = offsets.span
    printed = filled(scalar.value) if "{{" in scalar.value else None
    if printed is None:
        return Reading(scalar.value, spans, data, whole)
    return Reading(printed.text, lambda i, j: spans(*printed.original(i, j)), data, whole)


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

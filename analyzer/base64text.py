"""Base64 as it stands in files: wrapped, indented, edited as a whole and written back in the same layout.

A value is editable only if writing back what was read gives the same bytes; anything else (padding in the middle, bits
after the last byte, ragged lines) can be looked at, never changed. RFC 4648 section 4; Go's decoder, and with it
Kubernetes, skips CR and LF and nothing else.
"""

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

_BREAK = re.compile(rb"(?:\r\n|\r|\n)[ \t]*")
_BLANKS = re.compile(rb"[ \t\r\n]+")
_ALPHABET = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The bytes behind a base64 text. `width` is characters a line, 0 for one line; `line_end` includes indentation."""

    data: bytes = field(repr=False)
    width: int = 0
    line_end: bytes = b""
    tail: bytes = b""

    def encode(self, new: bytes) -> bytes:
        """`new` in the layout of the original."""
        text = b64encode(new)
        if not self.width:
            return text + self.tail
        lines = (text[at : at + self.width] for at in range(0, len(text), self.width))
        return self.line_end.join(lines) + self.tail


def decode(raw: bytes) -> Decoded | None:
    """The bytes behind `raw`, if encoding them again gives `raw`; `raw` starts with the first base64 character."""
    text = _BLANKS.sub(b"", raw)
    if not text or not _ALPHABET.fullmatch(text):
        return None
    try:
        data = b64decode(text, validate=True)
    except binascii.Error:
        return None
    first = _BREAK.search(raw)
    body = raw.rstrip(b" \t\r\n")
    wrapped = first is not None and first.start() < len(body)
    decoded = Decoded(
        data=data,
        width=first.start() if first and wrapped else 0,
        line_end=first.group() if first and wrapped else b"",
        tail=raw[len(body) :],
    )
    return decoded if decoded.encode(data) == raw else None


def peek(raw: bytes) -> bytes | None:
    """What a lenient reader would find behind `raw`: blanks skipped, padding supplied; None where it is no base64."""
    text = _BLANKS.sub(b"", raw).rstrip(b"=")
    if not text or not _ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        return None
    return b64decode(text + b"=" * (-len(text) % 4))

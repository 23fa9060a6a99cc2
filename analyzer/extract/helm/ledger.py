"""The row of all characters that a chart is made of, and the way from a character back to its file.

Every template and every scalar of a values file is a region of the row. It knows nothing of what the texts mean.
"""

from base64 import b64encode
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from analyzer.base64text import decode
from analyzer.extract.helm.traced import Traced
from analyzer.extract.keyed.keys import plain
from analyzer.model import Span
from analyzer.source import SourceFile

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A text of a file: `spans(i, j)` are the bytes of its characters i to j.

    `keys` lead to it from the root of its values (a list's items are "0", "1"...); None: it is a template.
    `sealed`: why it may not be edited. `literal` is the spelling of a scalar.
    """

    text: str
    source: SourceFile
    spans: Callable[[int, int], Span]
    keys: Path | None = None
    sealed: str = ""
    literal: Span = field(default_factory=lambda: Span(0, 0))

    @property
    def shown(self) -> str:
        """The key of a value as it may be shown; a list's item has that of its list."""
        name = next((key for key in reversed(self.keys or ()) if not key.isdecimal()), "")
        return name if plain(name) else "…"


@dataclass(slots=True, eq=False)
class Ledger:
    """The regions in the order of their numbers."""

    _regions: list[Region] = field(default_factory=list)
    _bases: list[int] = field(default_factory=list)
    _size: int = 0
    _encoded: dict[str, Traced] = field(default_factory=dict)

    def enter(self, region: Region) -> Traced:
        """Number the characters of a region; the answer is its text with their origins."""
        base = self._size
        self._regions.append(region)
        self._bases.append(base)
        self._size = base + len(region.text) + 1  # one more: no run reaches from one region into the next
        return Traced(region.text, ((0, len(region.text), base),) if region.text else ())

    def find(self, origin: int) -> tuple[Region, int]:
        """The region of a character and its index there; `origin` is none below zero."""
        index = bisect_right(self._bases, origin) - 1
        return self._regions[index], origin - self._bases[index]

    def encode(self, text: Traced) -> Traced:
        """The Base64 of a text; `decode` knows it again. Its first characters carry the origins of what it holds."""
        encoded = b64encode(text.text.encode("utf-8", "surrogateescape")).decode("ascii")
        self._encoded[encoded] = text
        told = text.marks[: len(encoded)]
        return Traced(encoded, tuple((at, at + 1, origin) for at, (_, _, origin) in enumerate(told)))

    def made_of(self, encoded: str) -> Traced | None:
        """The text that was encoded to some Base64 here, or None."""
        return self._encoded.get(encoded)

    def decode(self, encoded: str) -> Traced | None:
        """The text that was encoded to some Base64 here, or a computed one; None where it is no text."""
        if encoded in self._encoded:
            return self._encoded[encoded]
        found = decode(encoded.encode("utf-8", "surrogateescape"))
        return Traced(found.data.decode("utf-8", "replace")) if found else None

"""A text as UTF-8 and the way from a byte back to its character."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate


@dataclass(frozen=True)
class Characters:
    """A text that a parser reads as bytes."""

    text: str

    @cached_property
    def data(self) -> bytes:
        """The text as UTF-8, broken bytes as they were."""
        return self.text.encode("utf-8", "surrogateescape")

    def at(self, byte: int) -> int:
        """The index of the character that a byte belongs to; the length of the text for its end."""
        return byte if self._starts is None else bisect_right(self._starts, byte) - 1

    @cached_property
    def _starts(self) -> list[int] | None:
        if self.data.isascii():
            return None
        return list(accumulate((len(c.encode("utf-8", "surrogateescape")) for c in self.text), initial=0))

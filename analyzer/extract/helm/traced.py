"""Text whose characters know where they were written.

A rendered manifest is put together from pieces of templates and of values. `Traced` is such a text with marks: runs of
characters and their place in the `Ledger`, the numbered row of all characters of all files that are read together.
Characters without a mark were computed. It knows neither templates nor YAML.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# Characters `start` to `end` of a text are those from `origin` on in the ledger.
Mark = tuple[int, int, int]
_LAST = 1 << 60
_LONGEST = 1_000_000  # characters that are put together; what comes behind is lost


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and the origin of its characters; `marks` are in order and do not overlap."""

    text: str = ""
    marks: tuple[Mark, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int | None = None) -> "Traced":
        """The characters `start` to `end` (both within the text)."""
        stop = len(self.text) if end is None else end
        if start <= 0 and stop >= len(self.text):
            return self
        if start >= stop:
            return Traced()
        first = max(bisect_right(self.marks, (start, _LAST, 0)) - 1, 0)
        last = bisect_left(self.marks, (stop, 0, 0))
        found = [
            (max(begin, start) - start, min(end, stop) - start, origin + max(start - begin, 0))
            for begin, end, origin in self.marks[first:last]
            if end > start
        ]
        return Traced(self.text[start:stop], tuple(found))

    def origin(self, at: int) -> int:
        """The place of a character in the ledger, -1 where it was computed."""
        index = bisect_right(self.marks, (at, _LAST, 0)) - 1
        if index < 0:
            return -1
        first, last, origin = self.marks[index]
        return origin + at - first if at < last else -1

    def run(self, start: int, end: int) -> int:
        """The origin of the first of some characters that were written in one piece, else -1."""
        first = self.origin(start) if start < end else -1
        if first < 0:
            return -1
        index = bisect_right(self.marks, (start, _LAST, 0)) - 1
        while index < len(self.marks) and self.marks[index][0] < end:
            begin, last, origin = self.marks[index]
            if origin - begin != first - start or (last < end and self._gap(index)):
                return -1
            index += 1
        return first

    def _gap(self, index: int) -> bool:
        return index + 1 >= len(self.marks) or self.marks[index + 1][0] != self.marks[index][1]

    def stripped(self, left: str = " \t\r\n", right: str = " \t\r\n") -> "Traced":
        """Without these characters at its ends."""
        start = len(self.text) - len(self.text.lstrip(left)) if left else 0
        end = len(self.text.rstrip(right)) if right else len(self.text)
        return self.part(start, max(end, start))

    def split(self, separator: str) -> list["Traced"]:
        """The pieces between separators; the separator is not empty."""
        pieces, at = [], 0
        while (found := self.text.find(separator, at)) >= 0:
            pieces.append(self.part(at, found))
            at = found + len(separator)
        return [*pieces, self.part(at)]


@dataclass(slots=True)
class Joiner:
    """Puts a text together; `size` is its length so far."""

    size: int = 0
    _texts: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)

    def add(self, piece: Traced | str) -> None:
        """Append a piece; a `str` has no origin."""
        if self.size > _LONGEST:
            return
        if isinstance(piece, Traced):
            base = self.size
            self._marks += [(start + base, end + base, origin) for start, end, origin in piece.marks]
            piece = piece.text
        self._texts.append(piece)
        self.size += len(piece)

    def done(self) -> Traced:
        """The whole."""
        return Traced("".join(self._texts), tuple(self._marks))


def joined(pieces: Iterable[Traced | str]) -> Traced:
    """All pieces in a row."""
    whole = Joiner()
    for piece in pieces:
        whole.add(piece)
    return whole.done()


def interleaved(separator: str, pieces: Iterable[Traced]) -> Traced:
    """The pieces with a separator between them."""
    return joined(_between(separator, pieces))


def _between(separator: str, pieces: Iterable[Traced]) -> Iterator[Traced | str]:
    for index, piece in enumerate(pieces):
        if index:
            yield separator
        yield piece

"""Words of shell text with the exact place of every character.

Quotes and backslashes are removed, each expansion is one `HOLE`. Words can be read again as shell text (`sh -c "..."`):
the places always count in the outermost text. Only the nouns stand here; `shellreader` reads them.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.hosts import HOLE


@dataclass(frozen=True, slots=True)
class Expansion:
    """`$NAME`, `${NAME...}`, `$(...)`: `name` is empty where it is no variable whose value stands unchanged.

    `default` is the word of `:-`, `-`, `:=`, `=`, and `assigns` says that the last two keep it; `index` stands in
    brackets. `inside` are the characters of a command substitution's commands.
    """

    name: str
    start: int
    end: int
    default: "Word | None" = None
    assigns: bool = False
    index: str = ""
    inside: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text` without quotes, `HOLE` for each expansion, `start` and `end` the raw characters.

    `runs` say where the characters stand: (offset in `text`, offset in the outermost text, length).
    `elements` are the words of an array assignment, whose `text` ends with `=`.
    """

    text: str
    start: int
    end: int
    runs: tuple[tuple[int, int, int], ...] = ()
    expansions: tuple[tuple[int, Expansion], ...] = ()
    elements: tuple["Word", ...] | None = None
    quoted: bool = False

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """The raw characters of `text[start:end]`, or None where quotes or escapes stand between them."""
        at = bisect_right(self.runs, start, key=_offset) - 1
        for index in (at - 1, at) if start == end else (at,):
            if index >= 0:
                offset, raw, length = self.runs[index]
                if offset <= start and end <= offset + length:
                    return raw + start - offset, raw + end - offset
        return None

    def place(self, at: int) -> int:
        """About where the character `at` of `text` stands: exact inside a run."""
        index = bisect_right(self.runs, at, key=_offset) - 1 if len(self.runs) > 1 else len(self.runs) - 1
        if index < 0 or at < self.runs[index][0]:
            return self.start
        offset, raw, length = self.runs[index]
        return raw + min(at - offset, length)

    def expansion(self, at: int) -> Expansion | None:
        """The expansion behind the `HOLE` at `at`."""
        index = bisect_right(self.expansions, at, key=lambda pair: pair[0]) - 1
        return self.expansions[index][1] if index >= 0 and self.expansions[index][0] == at else None

    def part(self, start: int, end: int | None = None) -> "Word":
        """`text[start:end]` as a word of its own."""
        stop = len(self.text) if end is None else end
        runs = (
            (max(offset, start) - start, raw + max(start - offset, 0), min(offset + size, stop) - max(offset, start))
            for offset, raw, size in self.runs
            if offset < stop and offset + size > start
        )
        kept = tuple((at - start, expansion) for at, expansion in self.expansions if start <= at < stop)
        return Word(
            self.text[start:stop],
            self.place(start),
            self.end if end is None else self.place(stop),
            tuple(runs),
            kept,
            self.elements,
            self.quoted,
        )

    def variable(self) -> Expansion | None:
        """The expansion that is the whole word, if it is one."""
        return self.expansion(0) if self.text == HOLE else None


def _offset(run: tuple[int, int, int]) -> int:
    return run[0]


def whole(text: str) -> Word:
    """A text as the word that holds it all."""
    return Word(text, 0, len(text), ((0, 0, len(text)),))


@dataclass(slots=True)
class Builder:
    """A word under construction; offsets given to it are those of `source.text`."""

    source: Word
    start: int
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    expansions: list[tuple[int, Expansion]] = field(default_factory=list)
    elements: list[Word] | None = None
    quoted: bool = False

    def add(self, start: int, end: int) -> None:
        """Append characters of the source as they are."""
        text, runs = self.source.text[start:end], self.source.runs
        at = max(bisect_right(runs, start, key=_offset) - 1, 0) if len(runs) > 1 else 0
        while at < len(runs) and runs[at][0] < end:
            offset, raw, size = runs[at]
            low, high = max(offset, start), min(offset + size, end)
            if low < high:
                self._run(self.size + low - start, raw + low - offset, high - low)
            at += 1
        if self.source.expansions:
            self._inherit(text, start)
        self.pieces.append(text)
        self.size += end - start

    def write(self, text: str) -> None:
        """Append characters that do not stand in the source (decoded escapes)."""
        self.pieces.append(text)
        self.size += len(text)

    def expand(self, expansion: Expansion) -> None:
        """Append a hole."""
        self.expansions.append((self.size, expansion))
        self.write(HOLE)

    def word(self, end: int) -> Word:
        """The finished word, whose raw characters end before `end`."""
        return Word(
            "".join(self.pieces),
            self.source.place(self.start),
            self.source.place(end),
            tuple(self.runs),
            tuple(self.expansions),
            None if self.elements is None else tuple(self.elements),
            self.quoted,
        )

    def _run(self, offset: int, raw: int, size: int) -> None:
        if self.runs:
            last, last_raw, last_size = self.runs[-1]
            if last + last_size == offset and last_raw + last_size == raw:
                self.runs[-1] = (last, last_raw, last_size + size)
                return
        self.runs.append((offset, raw, size))

    def _inherit(self, text: str, start: int) -> None:
        at = text.find(HOLE)
        while at >= 0:
            expansion = self.source.expansion(start + at)
            if expansion is not None:
                self.expansions.append((self.size + at, expansion))
            at = text.find(HOLE, at + 1)


def joined(words: Sequence[Word], between: str = " ") -> Word:
    """Words as one text with a blank, or `between`, between them: what `ssh host word word` runs."""
    pieces: list[str] = []
    runs: list[tuple[int, int, int]] = []
    expansions: list[tuple[int, Expansion]] = []
    size = 0
    for word in words:
        runs += [(size + offset, raw, length) for offset, raw, length in word.runs]
        expansions += [(size + at, expansion) for at, expansion in word.expansions]
        pieces.append(word.text)
        size += len(word.text) + len(between)
    return Word(between.join(pieces), words[0].start, words[-1].end, tuple(runs), tuple(expansions))

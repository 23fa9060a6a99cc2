"""Decoded text with the way back to the characters that spell it: escapes, entities, cut indentation, constants.

A text is a row of runs. It knows no format: who decodes says what stands where.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.extract.keyed.values import Value
from analyzer.extract.yaml.scalars import Reading
from analyzer.model import Slot, Span
from analyzer.source import SourceFile

_MARKUP = frozenset("&<>\"'")  # no host is written with one: where they are escaped, bytes around hosts may go whole


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of the source that stand for `text`; verbatim where they are `text` itself.

    `use` is where a constant is used whose characters stand elsewhere: it is no part of the text around it, and unless
    `beside`, nothing can be put before or behind it there.
    """

    text: str
    start: int
    end: int
    verbatim: bool = True
    use: tuple[int, int] | None = None
    beside: bool = True


@dataclass(frozen=True)
class Spelled:
    """Text made of runs; `start` and `end` enclose the literal in the source, without its quotes."""

    text: str
    runs: tuple[Run, ...]
    at: tuple[int, ...]  # where each run starts in `text`
    start: int
    end: int

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """The characters of the source that spell `text[start:end]`; None where others stand between or for them.

        Markup characters count as themselves however they are escaped. An empty place at the edge of a constant
        belongs to the text in which the constant is used.
        """
        if not self.runs:
            return (self.start, self.start) if start == end else None
        if start == end:
            return self._edge(start)
        first, last = self._run(start), self._run(end - 1)
        for index in range(first, last + 1):
            run = self.runs[index]
            if not (run.verbatim or run.text in _MARKUP):
                return None
            if index > first and (run.start != self.runs[index - 1].end or run.use or self.runs[index - 1].use):
                return None
        return self._place(first, start), self._place(last, end)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The characters between which `text[start:end]` stands, however it is spelled; the whole literal at worst."""
        if start < end:
            first, last = self._run(start), self._run(end - 1)
            place = self._place(first, start), self._place(last, end)
            if not self.runs[first].use and not self.runs[last].use and place[0] <= place[1]:
                return place
        return self.start, self.end

    def part(self, start: int, end: int) -> "Spelled":
        """The characters `start` to `end` as a text of their own."""
        if start >= end:
            place = self.origin(start, start) or (self.start, self.start)
            return spelled((), *place)
        inside = range(self._run(start), self._run(end - 1) + 1)
        runs = (_cut(self.runs[i], max(start - self.at[i], 0), end - self.at[i]) for i in inside)
        return spelled(runs, *self.around(start, end))

    def value(self, source: SourceFile) -> Value:
        """The same for the readers of keys and values."""

        def locate(start: int, end: int) -> Slot | None:
            place = self.origin(start, end)
            return source.slot(*place) if place else None

        return Value(self.text, locate, source.slot(self.start, self.end))

    def reading(self, source: SourceFile) -> Reading:
        """The same for the readers of texts inside values."""

        def spans(start: int, end: int) -> Span:
            return source.span(*(self.origin(start, end) or self.around(start, end)))

        return Reading(self.text, spans, source.data, source.slot(self.start, self.end))

    def uses(self) -> Iterator[tuple[Run, tuple[int, int]]]:
        """The runs that are constants of other places, and where each is used."""
        return ((run, run.use) for run in self.runs if run.use and not run.use[0] <= run.start < run.use[1])

    def _run(self, at: int) -> int:
        return bisect_right(self.at, at) - 1

    def _place(self, index: int, at: int) -> int:
        run, into = self.runs[index], at - self.at[index]
        if run.verbatim:
            return run.start + into
        return run.end if into else run.start

    def _edge(self, at: int) -> tuple[int, int] | None:
        """The place between two characters; at the edge of a constant the one outside of it."""
        index = self._run(at) if at < len(self.text) else len(self.runs) - 1
        run, last = self.runs[index], at == len(self.text)
        if run.use is None or (not last and at > self.at[index]):
            place = self._place(index, at)
        elif not last and index and self.runs[index - 1].use is None:
            place = self.runs[index - 1].end
        elif run.beside:
            place = run.use[last]
        else:
            return None
        return place, place


def spelled(runs: Iterable[Run], start: int, end: int) -> Spelled:
    """The text of some runs."""
    kept: Sequence[Run] = [run for run in runs if run.text]
    at, size = [], 0
    for run in kept:
        at.append(size)
        size += len(run.text)
    return Spelled("".join(run.text for run in kept), tuple(kept), tuple(at), start, end)


def _cut(run: Run, start: int, end: int) -> Run:
    """The characters `start` to `end` of a run; one that is not verbatim is not cut."""
    if start >= len(run.text):
        return replace(run, text="")
    if not run.verbatim or (start == 0 and end >= len(run.text)):
        return run
    return replace(run, text=run.text[start:end], start=run.start + start, end=run.start + min(end, len(run.text)))


def whole(source: SourceFile, start: int, end: int) -> Spelled:
    """Characters of the source that are spelled by themselves."""
    return spelled([Run(source.text[start:end], start, end)], start, end)

"""Command lines that a file lists beside variables: units, crontabs, Makefiles, as one shell script.

The script is put together from pieces of the file, each of which keeps its place; what stands between them is ours.
Variables that the lines use lead back to where they are set.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from analyzer.extract.shell import Caller, references_in
from analyzer.extract.spelling.spelled import Run, spelled
from analyzer.model import Clue, HostRef, Slot
from analyzer.source import SourceFile

Stretch: TypeAlias = tuple[int, int]  # characters of the file, half-open
_OF_COMMANDS = frozenset({Clue.COMMAND, Clue.CHOICE, Clue.OPERATION})


class CommandText:
    """Builds the script from top to bottom."""

    def __init__(self, source: SourceFile, caller: Caller = Caller.WAITS_EACH) -> None:
        self._source = source
        self._caller = caller
        self._runs: list[Run] = []
        self._lines: list[Stretch] = []

    def variable(self, name: str, value: Stretch) -> None:
        """A variable that all later lines find in their environment, and the place of its value."""
        if name.isidentifier() and "'" not in self._source.text[slice(*value)]:
            self._runs += (_ours(f"export {name}='"), self.run(*value), _ours("'\n"))

    def line(self, stretches: Sequence[Stretch]) -> None:
        """A command line, which may be continued."""
        self.spelled_line(self.run(*stretch) for stretch in stretches)

    def spelled_line(self, runs: Iterable[Run]) -> None:
        """The same, as runs of text; a blank comes between them where the file has other characters between."""
        last = None
        for run in runs:
            self._runs += (_ours(" "), run) if last not in {None, run.start} else (run,)
            self._lines.append((run.start, run.end))
            last = run.end
        self._runs.append(_ours("\n"))

    def run(self, start: int, end: int) -> Run:
        """Characters of the file as they stand."""
        return Run(self._source.text[start:end], start, end)

    def references(self) -> Iterator[HostRef]:
        """What the lines name, and the variables' values that they use; what variables mean alone is not told."""
        if not self._lines:
            return
        script = spelled(self._runs, 0, 0)

        def locate(start: int, end: int) -> Slot | None:
            place = script.origin(start, end)
            return self._source.slot(*place) if place else None

        lines = sorted((span.start, span.end) for span in (self._source.span(*each) for each in self._lines))
        for ref in references_in(script.text, locate, self._caller):
            at = bisect_right(lines, (ref.slot.span.start, len(self._source.data))) - 1
            inside = at >= 0 and ref.slot.span.start < lines[at][1]
            if inside or any(evidence.clue in _OF_COMMANDS for evidence in ref.evidence):
                yield ref


def _ours(text: str) -> Run:
    return Run(text, 0, 0, verbatim=False)

"""Reads shell text into simple commands, with the blocks they stand in.

Only what is needed to see which words form one command and which assignments reach it. Every text is read, also one
that a shell would refuse; what could not be followed is a fault. It knows neither programs nor hosts.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from analyzer.extract.shell.blocks import Level
from analyzer.extract.shell.drafts import Collector
from analyzer.extract.shell.expansions import TooDeepError, UnclosedError
from analyzer.extract.shell.script import Fault, Script
from analyzer.extract.shell.words import Word

_RECOVERIES = 10  # unclosed quotes that are read as plain characters before the text is given up


class Reading(Protocol):
    """A reader of one text: `read` it once, then ask for its `script`."""

    def read(self) -> None:
        """Read all of it; raises UnclosedError, TooDeepError."""

    def script(self, faults: Sequence[Fault], *, complete: bool = True) -> Script:
        """What was read so far."""


def parse(source: Word) -> Script:
    """Read shell text. A quote or bracket that is never closed is a fault and read as a plain character."""
    return recovered(source, ScriptReader)


def recovered(source: Word, start: Callable[[Word, frozenset[int]], Reading]) -> Script:
    """What a reader makes of a text; `start` makes one that takes some characters for plain ones."""
    faults: list[Fault] = []
    literal: list[int] = []
    while True:
        reader = start(source, frozenset(literal))
        try:
            reader.read()
        except UnclosedError as error:
            literal.append(error.at)
            faults.append(Fault(source.place(error.at), "a quote or bracket is never closed"))
            if len(literal) > _RECOVERIES:
                return reader.script(faults, complete=False)
        except TooDeepError as error:
            faults.append(Fault(source.place(error.at), "the code is nested too deeply"))
            return reader.script(faults, complete=False)
        else:
            return reader.script(faults)


class ScriptReader(Collector):
    """Reads commands, those inside of substitutions included."""

    def read(self) -> None:
        """Read all of it."""
        self.commands("")

    def commands(self, closer: str) -> bool:
        """Read commands up to `closer`, which is consumed; False where the text ends before it."""
        level = Level(self, closer)
        closed = level.run()
        level.finish()
        level.close("substitution" if closer else "script")
        return closed or not closer

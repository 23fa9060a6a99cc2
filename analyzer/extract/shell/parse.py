"""Reads shell text into simple commands, with the blocks they stand in.

Only what is needed to see which words form one command and which assignments reach it. Every text is read, also one
that a shell would refuse; what could not be followed is a fault. It knows neither programs nor hosts.
"""

from analyzer.extract.shell.blocks import Level
from analyzer.extract.shell.drafts import Collector
from analyzer.extract.shell.expansions import TooDeepError, UnclosedError
from analyzer.extract.shell.script import Fault, Script
from analyzer.extract.shell.words import Word

_RECOVERIES = 10  # unclosed quotes that are read as plain characters before the text is given up


def parse(source: Word) -> Script:
    """Read shell text. A quote or bracket that is never closed is a fault and read as a plain character."""
    faults: list[Fault] = []
    literal: list[int] = []
    while True:
        reader = ScriptReader(source, frozenset(literal))
        try:
            reader.commands("")
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

    def commands(self, closer: str) -> bool:
        """Read commands up to `closer`, which is consumed; False where the text ends before it."""
        level = Level(self, closer)
        closed = level.run()
        level.finish()
        level.close("substitution" if closer else "script")
        return closed or not closer

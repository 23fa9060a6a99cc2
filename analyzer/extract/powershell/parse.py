"""Reads a PowerShell text whole; what could not be followed is a fault, and the text is read nevertheless."""

from functools import partial

from analyzer.extract.powershell.statements import StatementReader
from analyzer.extract.shell.parse import recovered
from analyzer.extract.shell.script import Script
from analyzer.extract.shell.words import Word


def parse(source: Word, spellings: dict[str, str]) -> Script:
    """The commands of a text. `spellings` are those of variables that are known, and gets those of this text."""
    return recovered(source, partial(StatementReader, spellings=spellings))

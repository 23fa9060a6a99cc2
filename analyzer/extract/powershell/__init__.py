"""Reads PowerShell: which variables, connection strings, cmdlets and programs name hosts, and what they do with them.

Its syntax becomes the commands, words and blocks of the shell's reader, whose tables of clients and flow of variables
then say what they mean; what only PowerShell has (cmdlets, objects, hashtables, formats) stands here.
"""

from collections.abc import Iterator

from analyzer.extract.gathering.directivelines import directives
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.powershell.walk import PowerShell
from analyzer.extract.shell import STAGE
from analyzer.extract.shell.ports import Locate
from analyzer.extract.shell.situation import Caller
from analyzer.extract.shell.words import whole
from analyzer.model import Clue, Extraction, HostRef, Problem
from analyzer.source import SourceFile

_MOST_PROBLEMS = 5


def extract(source: SourceFile) -> Extraction:
    """Hosts in the commands and variables of a script; a quote that is never closed is a problem with its line."""
    walk = PowerShell(source.slot, Caller.UNSEEN)
    faults = walk.read(whole(source.text))
    refs = tuple(walk.references())
    problems = [
        Problem(source.path, STAGE, fault.message, source.position(source.span(fault.at, fault.at).start).line)
        for fault in faults[-_MOST_PROBLEMS:]
    ]
    if walk.overrun:
        problems.append(Problem(source.path, STAGE, "too many variables reach too many commands to follow them all"))
    nature = signature(source.path, source.text)
    prose = nature if nature is not None and nature.clue is Clue.COMMENT else None
    comments = tuple(directives(source.data, (source.span(*place) for place in walk.comments)))
    return Extraction(
        refs,
        tuple(problems),
        comments,
        prose,
        unbroken=tuple(source.span(*place) for place in walk.documents) if comments else (),
    )


def references_in(text: str, locate: Locate, caller: Caller = Caller.WAITS) -> Iterator[HostRef]:
    """The same for PowerShell inside another format; `locate(i, j)` gives the bytes of characters i to j, or None."""
    walk = PowerShell(locate, caller)
    walk.read(whole(text))
    yield from walk.references()

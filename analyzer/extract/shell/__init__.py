"""Reads shell scripts: which commands and assignments name hosts, and what they do with them.

`extract` reads a file, `references_in` shell text inside another format. The syntax stands in `shellparse`, programs in
`shellcommands`, variables in `shellflow`; `shellwalk` gives each command to those who understand it.
"""

from collections.abc import Iterator, Sequence

from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.shell.parse import parse
from analyzer.extract.shell.ports import Locate
from analyzer.extract.shell.situation import Caller
from analyzer.extract.shell.walk import Walk
from analyzer.extract.shell.words import whole
from analyzer.extract.topology.heredocs import heredoc_rosters
from analyzer.model import Clue, Comment, Extraction, HostRef, Problem
from analyzer.source import SourceFile

__all__ = ["STAGE", "Caller", "extract", "faulty", "references_in"]

STAGE = "extract"
_MOST_PROBLEMS = 5


def extract(source: SourceFile) -> Extraction:
    """Hosts in the commands and assignments of a script; a quote that is never closed is a problem with its line."""
    walk = Walk(source.slot, Caller.UNSEEN)
    faults = walk.read(whole(source.text))
    refs = tuple(walk.references())
    problems = [_problem(source, fault.message, fault.at) for fault in faults[-_MOST_PROBLEMS:]]
    if walk.overrun:
        problems.append(Problem(source.path, STAGE, "too many variables reach too many commands to follow them all"))
    nature = signature(source.path, source.text)
    prose = nature if nature is not None and nature.clue is Clue.COMMENT else None
    comments = tuple(_comments(source, walk.comments))
    documents = tuple(source.span(*place) for place in walk.documents) if comments else ()
    rosters = tuple(heredoc_rosters(source))
    return Extraction(refs, tuple(problems), comments, prose, unbroken=documents, rosters=rosters)


def references_in(text: str, locate: Locate, caller: Caller = Caller.WAITS) -> Iterator[HostRef]:
    """The same for shell text inside another format; `locate(i, j)` gives the bytes of characters i to j, or None."""
    walk = Walk(locate, caller)
    walk.read(whole(text))
    yield from walk.references()


def faulty(text: str) -> bool:
    """Whether a shell could not follow a text to its end: a quote or a bracket stays open."""
    return bool(parse(whole(text)).faults)


def _problem(source: SourceFile, message: str, at: int) -> Problem:
    return Problem(source.path, STAGE, message, source.position(source.span(at, at).start).line)


def _comments(source: SourceFile, places: Sequence[tuple[int, int]]) -> Iterator[Comment]:
    for start, end in places:
        text = source.text[start:end].rstrip("\r")
        if "analyzer:" in text:
            line = source.text.rfind("\n", 0, start) + 1
            own = not source.text[line:start].strip()
            yield Comment(source.span(start, start + len(text)), text, own)

"""Reads Perl: which variables, hashes, connection strings, clients and commands name hosts.

Its syntax becomes words and definitions of the shell's reader, whose flow of variables, keys and tables of programs
then say what they mean; what only Perl has (quotes, hashes, DBI) stands here.
"""

from analyzer.extract.gathering.directivelines import directives
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.perl.statements import StatementReader
from analyzer.extract.perl.tokens import Tokens
from analyzer.extract.perl.walk import Perl
from analyzer.extract.shell import STAGE
from analyzer.extract.shell.expansions import TooDeepError
from analyzer.extract.shell.sites import Kind, Site
from analyzer.extract.shell.situation import Caller
from analyzer.extract.shell.words import whole
from analyzer.model import Clue, Extraction, Problem
from analyzer.source import SourceFile

_MOST_PROBLEMS = 5


def extract(source: SourceFile) -> Extraction:
    """Hosts in what a program assigns, calls and starts; a quote that is never closed is a problem with its line."""
    text = whole(source.text)
    tokens = Tokens(source.text)
    reader = StatementReader(text, tokens.found)
    faults = [(at, "a quote or bracket is never closed") for at in tokens.faults]
    try:
        program = reader.program()
    except TooDeepError as error:
        faults.append((error.at, "the code is nested too deeply"))
        program = reader.read_so_far()
    walk = Perl(source.slot, Caller.ASKS, len(source.text))
    walk.walk(program, reader.choices)
    if faults:
        rest = text.part(faults[-1][0])
        walk.sites.append(Site(rest, Kind.CONNECTS, certain=True))
    refs = tuple(walk.references())
    problems = [_problem(source, message, at) for at, message in faults[-_MOST_PROBLEMS:]]
    if walk.overrun:
        problems.append(Problem(source.path, STAGE, "too many variables reach too many commands to follow them all"))
    nature = signature(source.path, source.text)
    prose = nature if nature is not None and nature.clue is Clue.COMMENT else None
    comments = tuple(directives(source.data, (source.span(*place) for place in tokens.comments)))
    literals = (place for place in tokens.literals if "\n" in source.text[slice(*place)])
    unbroken = tuple(source.span(*place) for place in literals) if comments else ()
    return Extraction(refs, tuple(problems), comments, prose, unbroken=unbroken)


def _problem(source: SourceFile, message: str, at: int) -> Problem:
    return Problem(source.path, STAGE, message, source.position(source.span(at, at).start).line)

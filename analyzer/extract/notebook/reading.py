"""Reads texts that were put together from cells, and moves what is found to the bytes of the notebook."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from analyzer.extract.inner.levels import FIRST, Deeper
from analyzer.extract.inner.moved import moved, moved_comment
from analyzer.extract.inner.nested import Inner, nested_references
from analyzer.extract.python.tree import TOO_DEEP
from analyzer.extract.spelling.spelled import Spelled
from analyzer.extract.text import connection_strings
from analyzer.extract.yaml.scalars import Reading
from analyzer.model import Comment, HostRef, Opaque, Problem, Region, Span
from analyzer.source import SourceFile

_SIGNS = ("#", "--")
_MOST = 100  # lines that a comment speaks of, or stands above

Found: TypeAlias = HostRef | Problem | Opaque | Region | Comment


def code(source: SourceFile, program: Spelled, module: str) -> Iterator[Found]:
    """What the extractor `module` finds in a program; a comment covers a line of the program."""
    reading = program.reading(source)
    found = FIRST(SourceFile(source.path, reading.encoded), module)
    yield from (moved(ref, reading, ()) for ref in found.refs)
    for problem in found.problems:
        yield replace(problem, line=_line(source, reading, problem.line))
    literals = sorted((reading.character(span.start), reading.character(span.end)) for span in found.unbroken)
    for comment in found.comments:
        yield replace(moved_comment(comment, reading), covers=_covered(comment, reading, literals))


def remarked(found: Iterable[Found], said: str) -> Iterator[Found]:
    """The same of a cell that does not run as it stands: nothing is missed, unless it was too much to read."""
    for item in found:
        if isinstance(item, Problem):
            yield replace(item, message=f"{said}{item.message}", incomplete=item.message.startswith(TOO_DEEP))
        else:
            yield item


def file(source: SourceFile, name: str, body: Spelled, read_inner: Deeper) -> Iterator[Found]:
    """What stands in a file that a cell writes."""
    found = nested_references(Inner(name, body.reading(source)), read_inner)
    yield from found.refs
    yield from found.opaque
    yield from found.regions
    line = source.position(source.span(body.start, body.end).start).line
    yield from (replace(problem, path=source.path, line=line) for problem in found.problems)


def text(source: SourceFile, body: Spelled) -> Iterator[Found]:
    """The certain connection strings of a text in a language that is not read here."""
    reading = body.reading(source)
    yield from (moved(ref, reading, ()) for ref in connection_strings(SourceFile("", reading.encoded)))


def _line(source: SourceFile, reading: Reading, line: int | None) -> int:
    """The line of the file that holds a line of the program, or the program's first."""
    rows = reading.text.split("\n", line - 1)[: line - 1] if line else []
    at = min(sum(len(row) + 1 for row in rows), max(len(reading.text) - 1, 0))
    return source.position(reading.around(at, at + 1).span.start).line


def _covered(comment: Comment, reading: Reading, literals: Sequence[tuple[int, int]]) -> Span:
    """The bytes of the lines of the program that a comment speaks of: in the file all may stand on one line.

    As elsewhere: its own line, or the next one that is no comment, with lines that a backslash or a literal continues.
    """
    text, at = reading.text, reading.character(comment.span.start)
    start = _line_end(text, at) if comment.own_line else text.rfind("\n", 0, at) + 1
    end = _line_end(text, start)
    for _ in range(_MOST):
        if comment.own_line and text[start:end].lstrip().startswith(_SIGNS):
            start = end
        elif not text[start:end].rstrip().endswith("\\"):
            break
        end = _line_end(text, end)
    inside = literals[bisect_left(literals, (start, 0)) : bisect_left(literals, (end, 0))]
    return reading.around(start, max((end, *(last for _, last in inside)))).span


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1

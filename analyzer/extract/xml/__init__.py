"""Reads XML: Spring, application servers, .NET, build tools, and whatever else keeps connections in elements.

An own reader of tags keeps every byte's place and reads what is not well-formed as well; nothing is resolved, loaded or
expanded. Text that is no XML at all is read as text.
"""

from collections.abc import Iterator, Sequence

from analyzer.extract import text
from analyzer.extract.gathering.merging import merged
from analyzer.extract.gathering.sharedports import agreed
from analyzer.extract.inner.levels import deeper
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.xml.lexer import Kind, Token, tokens
from analyzer.extract.xml.natures import SILENT, nature_of
from analyzer.extract.xml.reader import Reader
from analyzer.extract.xml.rows import Rows
from analyzer.extract.xml.spelling import Speller
from analyzer.model import Clue, Comment, Extraction, HostRef, Problem
from analyzer.source import SourceFile

STAGE = "parse"


def extract(source: SourceFile) -> Extraction:
    """Hosts and connection strings in XML, comments with directives, and the regions that are no connections."""
    return extract_at(source, 0)


def extract_at(source: SourceFile, depth: int) -> Extraction:
    """The same of a text that stands inside `depth` others."""
    if not source.text.lstrip().startswith("<"):
        return text.extract(source)
    found = list(tokens(source.text))
    comments = tuple(_directives(source, found))
    root = next((token for token in found if token.kind in (Kind.START, Kind.EMPTY)), None)
    local = root.name.rsplit(":", 1)[-1] if root is not None else ""
    if local in SILENT:
        return Extraction(comments=comments)
    entities = {token.name: token for token in found if token.kind is Kind.ENTITY}
    rows = Rows(source, Speller(source.text, entities), deeper(depth))
    reader = Reader(source, rows)
    reader.read(found)
    attributes = [attribute.name for attribute in root.attributes] if root is not None else []
    return Extraction(
        refs=tuple(merged(agreed([*reader.refs, *_searched(source, reader.faults)]))),
        problems=tuple(_problems(source, reader)),
        comments=comments,
        nature=nature_of(local, attributes) or signature(source.path, source.text),
        opaque=tuple(rows.opaque),
        regions=(*reader.regions, *rows.regions),
        rosters=tuple(dict.fromkeys(rows.rosters)),
    )


def _searched(source: SourceFile, faults: Sequence[int]) -> Iterator[HostRef]:
    """The connection strings of a file whose tags could not be followed."""
    if faults:
        yield from (ref for ref in text.extract(source).refs if any(e.clue is Clue.DSN for e in ref.evidence))


def _problems(source: SourceFile, reader: Reader) -> Iterator[Problem]:
    """What was guessed, and what was left out: that makes the scan incomplete."""
    if reader.faults:
        told = "tags do not match: elements were guessed, the rest was searched as text"
        yield Problem(source.path, STAGE, told, _line(source, min(reader.faults)), incomplete=False)
    if reader.deep:
        yield Problem(source.path, STAGE, "nested too deeply: elements were left out", _line(source, min(reader.deep)))


def _line(source: SourceFile, at: int) -> int:
    return source.position(source.span(at, at).start).line


def _directives(source: SourceFile, found: Sequence[Token]) -> Iterator[Comment]:
    for token in found:
        if token.kind is Kind.COMMENT and "analyzer:" in (said := source.text[token.start : token.end]):
            line = source.text.rfind("\n", 0, token.start) + 1
            own = not source.text[line : token.start].strip()
            yield Comment(source.span(token.start, token.end), said, own_line=own)

"""Reads text files whose format nobody knows: what kind of file it is, certain connection strings, database keys.

In every file a connection string counts, and outside of prose a row whose key names a database
(`db_host = 10.0.0.121`). It never guesses beyond that.
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer import hosts
from analyzer.extract.bindings import Binding, Scope, references
from analyzer.extract.infrastructure import signature
from analyzer.extract.rows import Row, key_rows
from analyzer.extract.values import Seen, Value, dsn_evidence, host_references
from analyzer.model import Clue, Comment, Evidence, Extraction, HostRef, Slot
from analyzer.source import SourceFile

_CERTAIN = frozenset({Clue.DSN, Clue.KEY})
_MARKS = ("#", "//", ";", "--", "<!--", "/*", "%", '"', "'")


def extract(source: SourceFile) -> Extraction:
    """Connection strings and database keys of a text, its nature, and comments with directives."""
    nature = signature(source.path, source.text)
    prose = nature is not None and nature.clue is Clue.COMMENT
    found = [*_connection_strings(source), *([] if prose else _keyed(source))]
    refs = {ref.slot: replace(ref, evidence=(*ref.evidence, nature)) if nature else ref for ref in reversed(found)}
    return Extraction(
        refs=tuple(sorted(refs.values(), key=lambda ref: ref.slot.span.start)),
        comments=tuple(_comments(source)),
        nature=nature,
    )


def _connection_strings(source: SourceFile) -> Iterator[HostRef]:
    whole = Value(source.text, source.slot, Slot(source.span(0, 0)))
    for parsed in hosts.find(source.text):
        if parsed.dsn:
            yield from host_references(parsed, whole, Seen((dsn_evidence(parsed),)))


def _keyed(source: SourceFile) -> Iterator[HostRef]:
    """Hosts under keys that name a database, or stand in a section that does."""
    sections: dict[tuple[str, str], list[Row]] = {}
    for row in key_rows(source.text):
        sections.setdefault((row.section, row.sign), []).append(row)
    for (section, sign), rows in sections.items():
        bindings = [Binding(row.key, _value(source, row)) for row in rows]
        scope = Scope((section,) if section else (), separator=": " if sign == ":" else "=")
        yield from (ref for ref in references(bindings, scope) if _certain(ref.evidence))


def _value(source: SourceFile, row: Row) -> Value:
    start = row.start
    return Value(
        source.text[row.start : row.end],
        lambda i, j: source.slot(start + i, start + j),
        source.slot(row.start, row.end),
    )


def _certain(evidence: tuple[Evidence, ...]) -> bool:
    return not _CERTAIN.isdisjoint(e.clue for e in evidence)


def _comments(source: SourceFile) -> Iterator[Comment]:
    """Directives behind a comment sign that starts its line or follows a blank."""
    text, at = source.text, -1
    while (at := text.find("analyzer:", at + 1)) >= 0:
        line = text.rfind("\n", 0, at) + 1
        before = text[line:at].rstrip()
        mark = next((mark for mark in _MARKS[:-2] if before.endswith(mark)), "")
        start = line + len(before) - len(mark)
        if mark and (start == line or text[start - 1] in " \t"):
            stop = text.find("\n", at)
            shown = text[start : len(text) if stop < 0 else stop].rstrip("\r")
            yield Comment(source.span(start, start + len(shown)), shown, own_line=not text[line:start].strip())

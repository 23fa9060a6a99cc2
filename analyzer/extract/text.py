"""Reads text files whose format nobody knows: their kind, certain connection strings, database keys and clients.

In every file a connection string counts, and outside of prose a row whose key names a database
(`db_host = 10.0.0.121`) and the command line of a database client (Makefile, Dockerfile, crontab). It never guesses
beyond that.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from analyzer import hosts
from analyzer.extract import inventory
from analyzer.extract.gathering.signed import ANY, signed_directives
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.keyed.values import Seen, Value, dsn_evidence, host_references
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.prose import between, fences, infrastructure, signs_of
from analyzer.extract.rows import COMMENT, Row, key_rows
from analyzer.extract.shell import references_in
from analyzer.extract.shell.clients import CLIENTS
from analyzer.extract.topology.texts import text_rosters
from analyzer.model import Clue, Evidence, Extraction, HostRef, Slot
from analyzer.source import SourceFile

_CERTAIN = frozenset({Clue.DSN, Clue.KEY})
_LONGEST = 4000  # characters of one command
_CLIENT = re.compile(rf"(?<![\w.\-])(?:{'|'.join(sorted(CLIENTS, key=len, reverse=True))})(?=[ \t])")
_BEFORE = re.compile(r"[ \t@-]{0,40}((?:[A-Za-z_][A-Za-z0-9_]{0,63}=[^\s]{1,300}[ \t]{1,8}){1,10})(?:/[^\s]{0,200}/)?")
# What starts the comments of most languages and nothing else: no `#define`, no `--option`, no line of a crontab.
_COMMENTED = re.compile(
    r"[ \t]{0,200}(?:#(?![ \t]{0,8}(?:define|if|elif|pragma|include)\b)|;|//|/\*|<!--|\(\*|(?:--|%|[Rr][Ee][Mm])[ \t]"
    r"|\*[ \t]{1,8}(?![\d*/,-]))"
)
_REMARK = Evidence(Clue.COMMENT, "comment")
_LINE_END = re.compile(r"(?<!\\)\r\n|(?<![\\\r])\n|\Z")


def extract(source: SourceFile) -> Extraction:
    """Connection strings and database keys of a text, its nature, and comments with directives."""
    nature = signature(source.path, source.text)
    if nature == inventory.NATURE:
        return inventory.extract(source)
    prose = nature is not None and nature.clue is Clue.COMMENT
    found = (
        [*connection_strings(source)]
        if prose
        else [*_keyed(source), *client_commands(source), *connection_strings(source)]
    )
    refs = {ref.slot: replace(ref, evidence=(*ref.evidence, nature)) if nature else ref for ref in reversed(found)}
    blocks = fences(source) if prose else []
    signs = signs_of(source.path) if prose else ANY
    return Extraction(
        refs=tuple(sorted(refs.values(), key=lambda ref: ref.slot.span.start)),
        comments=tuple(signed_directives(source.data, between(source, blocks), signs, prose=prose)),
        nature=nature,
        regions=tuple(infrastructure(source)) if prose else (),
        unbroken=tuple(blocks),
        rosters=() if prose else text_rosters(source, nature),
    )


def connection_strings(source: SourceFile) -> Iterator[HostRef]:
    """Hosts of the certain connection strings anywhere in a text."""
    whole = Value(source.text, source.slot, Slot(source.span(0, 0)))
    for parsed in hosts.find(source.text):
        if parsed.dsn:
            remark = [_REMARK] if _commented(source.text, parsed.hosts[0].start) else []
            yield from host_references(parsed, whole, Seen((dsn_evidence(parsed), *remark)))


def _commented(text: str, at: int) -> bool:
    """Whether the line of a character starts with the sign of a comment in some language."""
    line = text.rfind("\n", max(at - _LONGEST, 0), at) + 1
    return (line > 0 or at < _LONGEST) and _COMMENTED.match(text, line, at) is not None


def _keyed(source: SourceFile) -> Iterator[HostRef]:
    """Hosts under keys that name a database, or stand in a section that does."""
    scopes: dict[tuple[str, str, int], list[Row]] = {}
    for row in key_rows(source.text):
        scopes.setdefault((row.section, row.sign, row.group), []).append(row)
    for (section, sign, _), rows in scopes.items():
        bindings = [Binding(row.key, _value(source, row)) for row in rows]
        scope = Scope((section,) if section else (), separator=": " if sign == ":" else "=")
        yield from (ref for ref in references(bindings, scope) if _certain(ref.evidence))


def client_commands(source: SourceFile) -> Iterator[HostRef]:
    """Hosts of database clients, with `NAME=value` before them; a line that ends with a backslash goes on."""
    text, at = source.text, 0
    while match := _CLIENT.search(text, at):
        line = text.rfind("\n", 0, match.start()) + 1
        end = _LINE_END.search(text, match.start(), match.start() + _LONGEST)
        at = end.end() if end else match.start() + _LONGEST
        if COMMENT.match(text, line):
            continue
        environment = _BEFORE.fullmatch(text, max(line, match.start() - _LONGEST), match.start())
        start = environment.start(1) if environment else match.start()
        for ref in references_in(text[start : end.start() if end else at], partial(_located, source, start)):
            if any(e.clue in (Clue.COMMAND, Clue.CHOICE, Clue.KEY) for e in ref.evidence):
                yield ref


def _located(source: SourceFile, offset: int, start: int, end: int) -> Slot:
    return source.slot(offset + start, offset + end)


def _value(source: SourceFile, row: Row) -> Value:
    start = row.start
    return Value(
        source.text[row.start : row.end],
        lambda i, j: source.slot(start + i, start + j),
        source.slot(row.start, row.end),
    )


def _certain(evidence: tuple[Evidence, ...]) -> bool:
    return not _CERTAIN.isdisjoint(e.clue for e in evidence)

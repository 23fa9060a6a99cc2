"""Reads SQL files: foreign servers, connection strings in statements, comments. Rows of data are no connections.

Sources: PostgreSQL 17 (CREATE SERVER, CREATE SUBSCRIPTION, dblink), MySQL 8.4 (CREATE SERVER of FEDERATED).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.extract.gathering.signed import SQL, signed_directives
from analyzer.extract.keyed.alike import Login, reaching_each
from analyzer.extract.keyed.bindings import Binding, Scope, Value, references
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.nature.operated import operated
from analyzer.extract.text import connection_strings
from analyzer.model import Clue, Evidence, Extraction, HostRef, Span
from analyzer.source import SourceFile

_B = r"\s{1,40}"
_SERVER = re.compile(
    rf"\bSERVER{_B}(?:IF{_B}NOT{_B}EXISTS{_B})?[\w\"`]{{1,66}}(?P<middle>[^;'()]{{0,300}}?)\bOPTIONS\s{{0,40}}\(",
    re.IGNORECASE,
)
_WRAPPER = re.compile(rf"\bWRAPPER{_B}[\"`']?(\w{{1,63}})", re.IGNORECASE)
_OPTION = re.compile(
    rf"[\s,]{{0,40}}(?:(?:ADD|SET){_B})?([A-Za-z_]\w{{0,63}}){_B}(?:'([^'\n]{{0,255}})'|(\d{{1,5}}))", re.IGNORECASE
)
_OPTIONS = 50
_COMMENT = re.compile(r"--[^\n]*")
_REPLICATION = re.compile(r"\bprimary_conninfo\s{0,40}(?:=|\bTO\b)\s{0,40}'[^'\n]{0,2000}'", re.IGNORECASE)
_STANDBY = Evidence(Clue.OPERATION, "primary_conninfo, replication")
_EACH = Evidence(Clue.OPERATION, "a foreign server for each of several servers")
_SAID = Evidence(Clue.COMMENT, "comment")


def extract(source: SourceFile) -> Extraction:
    """Hosts of foreign servers and of connection strings in SQL; those of a standby's upstream are administration."""
    nature = signature(source.path, source.text)
    found = [*_foreign_servers(source), *_strings(source)]
    refs = {ref.slot: replace(ref, evidence=(*ref.evidence, nature)) if nature else ref for ref in reversed(found)}
    ordered = sorted(refs.values(), key=lambda ref: ref.slot.span.start)
    told = signed_directives(source.data, [Span(0, len(source.data))], SQL)
    return Extraction(refs=tuple(ordered), comments=tuple(told), nature=nature)


def _strings(source: SourceFile) -> Iterator[HostRef]:
    upstreams = [source.span(*match.span()) for match in _REPLICATION.finditer(source.text)]
    remarks = [source.span(*match.span()) for match in _COMMENT.finditer(source.text)]
    for ref in connection_strings(source):
        if _inside(ref, upstreams):
            yield operated(ref, _STANDBY)
        else:
            yield replace(ref, evidence=(*ref.evidence, _SAID)) if _inside(ref, remarks) else ref


def _inside(ref: HostRef, spans: list[Span]) -> bool:
    return any(span.start <= ref.slot.span.start < span.end for span in spans)


def _foreign_servers(source: SourceFile) -> Iterator[HostRef]:
    """`CREATE SERVER a FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '10.0.0.121', port '5432')`."""
    found: list[tuple[Login, str, list[HostRef]]] = []
    for match in _SERVER.finditer(source.text):
        wrapper = _WRAPPER.search(match["middle"])
        options = list(_options(source, match.end()))
        refs = list(references(options, Scope((wrapper[1] if wrapper else "database",), separator=" ")))
        found.append((*_login(options), refs))
    each = reaching_each((login, server) for login, server, _ in found)
    for login, _, refs in found:
        yield from (operated(ref, _EACH) for ref in refs) if login in each else refs


def _login(options: Sequence[Binding]) -> tuple[Login, str]:
    """What a foreign server's options say besides its host, and the host."""
    told = {option.key.lower(): option.value.text for option in options if option.value}
    server = " ".join(told.pop(key, "") for key in ("host", "hostaddr")).strip()
    database = told.pop("dbname", "")
    return Login(database, tuple(f"{key} {text}" for key, text in sorted(told.items()))), server


def _options(source: SourceFile, at: int) -> Iterator[Binding]:
    for _ in range(_OPTIONS):
        option = _OPTION.match(source.text, at)
        if option is None:
            return
        start, end = option.span(2 if option[2] is not None else 3)
        yield Binding(option[1], _value(source, start, end))
        at = option.end()


def _value(source: SourceFile, start: int, end: int) -> Value:
    text = source.text[start:end]
    return Value(text, lambda i, j: source.slot(start + i, start + j), source.slot(start, end))

r"""The password file of libpq: `host:port:database:user:password` on each line.

A colon or backslash in a field is written `\:` or `\\`, `*` stands for anything. Only hosts and ports are looked at; of
a line nothing else is kept. https://www.postgresql.org/docs/17/libpq-pgpass.html
"""

import re
from collections.abc import Iterator, Mapping

from analyzer import hosts
from analyzer.extract.keyed.accounts import WHY, servant
from analyzer.extract.keyed.pairing import port_of_key
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.spelling.spelled import Run, Spelled, spelled, whole
from analyzer.model import Clue, Comment, Engine, Evidence, Extraction, HostRef
from analyzer.source import SourceFile

_LINE = re.compile(r"[^\r\n]+")
_FIELD = r"(?:[^:\\\r\n]|\\[^\r\n])"
_ENTRY = re.compile(
    rf"(?P<host>(?>{_FIELD}{{1,300}})):(?P<port>\d{{1,5}}|\*):(?P<database>(?>{_FIELD}{{1,300}}))"
    rf":(?P<user>(?>{_FIELD}{{1,300}})):[^\r\n]"
)
_PIECE = re.compile(r"[^\\]+|\\(.)")
_WHY = (Evidence(Clue.KEY, "libpq's password file"),)
_COPIED = Evidence(Clue.OPERATION, "the password of a replica")
# An administrator's, who picks a server when connecting; an application has one database.
_SEVERAL = Evidence(Clue.TEXT, "one account for all databases of several servers")


def extract(source: SourceFile) -> Extraction:
    """The servers of a password file; `analyzer:` comments stand on lines of their own."""
    entries: list[re.Match[str]] = []
    comments = []
    for line in _LINE.finditer(source.text):
        if line.group().startswith("#"):
            if "analyzer:" in line.group():
                comments.append(Comment(source.span(*line.span()), line.group(), own_line=True))
        elif (entry := _ENTRY.match(source.text, line.start(), line.end())) is not None:
            entries.append(entry)
    hosts_of: dict[str, set[str]] = {}
    for entry in entries:
        if entry["database"] == "*":
            hosts_of.setdefault(entry["user"], set()).add(entry["host"])
    refs = [ref for one in entries for ref in _references(source, one, several=_several(one, hosts_of))]
    return Extraction(tuple(refs), comments=tuple(comments))


def _several(entry: re.Match[str], hosts_of: Mapping[str, set[str]]) -> bool:
    return entry["database"] == "*" and len(hosts_of[entry["user"]]) > 1


def _references(source: SourceFile, entry: re.Match[str], *, several: bool) -> Iterator[HostRef]:
    value = _host(entry).value(source)
    parsed = hosts.parse(value.text)
    if parsed is None or parsed.form != "host":
        return
    written = entry["port"] != "*"
    port = port_of_key("port", whole(source, *entry.span("port")).value(source), "") if written else None
    why = WHY if servant(entry["user"]) else _COPIED if entry["database"] == "replication" else None
    evidence = (why,) if why else (_SEVERAL,) if several else _WHY
    yield from host_references(parsed, value, Seen(evidence, "…", Engine.POSTGRESQL, port=port))


def _host(entry: re.Match[str]) -> Spelled:
    start, end = entry.span("host")
    pieces = _PIECE.finditer(entry.string, start, end)
    return spelled((Run(p[1] or p.group(), *p.span(), verbatim=p[1] is None) for p in pieces), start, end)

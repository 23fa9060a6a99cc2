r"""The password file of libpq: `host:port:database:user:password` on each line.

A colon or backslash in a field is written `\:` or `\\`, `*` stands for anything. Only hosts and ports are looked at; of
a line nothing else is kept. https://www.postgresql.org/docs/17/libpq-pgpass.html
"""

import re
from collections.abc import Iterator

from analyzer import hosts
from analyzer.extract.keyed.pairing import port_of_key
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.spelling.spelled import Run, Spelled, spelled, whole
from analyzer.model import Clue, Comment, Engine, Evidence, Extraction, HostRef
from analyzer.source import SourceFile

_LINE = re.compile(r"[^\r\n]+")
_FIELD = r"(?:[^:\\\r\n]|\\[^\r\n])"
_ENTRY = re.compile(
    rf"(?P<host>(?>{_FIELD}{{1,300}})):(?P<port>\d{{1,5}}|\*):(?>{_FIELD}{{1,300}}):(?>{_FIELD}{{1,300}}):[^\r\n]"
)
_PIECE = re.compile(r"[^\\]+|\\(.)")
_WHY = (Evidence(Clue.KEY, "libpq's password file"),)


def extract(source: SourceFile) -> Extraction:
    """The servers of a password file; `analyzer:` comments stand on lines of their own."""
    refs: list[HostRef] = []
    comments = []
    for line in _LINE.finditer(source.text):
        if line.group().startswith("#"):
            if "analyzer:" in line.group():
                comments.append(Comment(source.span(*line.span()), line.group(), own_line=True))
        elif (entry := _ENTRY.match(source.text, line.start(), line.end())) is not None:
            refs += _references(source, entry)
    return Extraction(tuple(refs), comments=tuple(comments))


def _references(source: SourceFile, entry: re.Match[str]) -> Iterator[HostRef]:
    value = _host(entry).value(source)
    parsed = hosts.parse(value.text)
    if parsed is None or parsed.form != "host":
        return
    written = entry["port"] != "*"
    port = port_of_key("port", whole(source, *entry.span("port")).value(source), "") if written else None
    yield from host_references(parsed, value, Seen(_WHY, "…", Engine.POSTGRESQL, port=port))


def _host(entry: re.Match[str]) -> Spelled:
    start, end = entry.span("host")
    pieces = _PIECE.finditer(entry.string, start, end)
    return spelled((Run(p[1] or p.group(), *p.span(), verbatim=p[1] is None) for p in pieces), start, end)

"""PgBouncer: the servers behind its databases, entry by entry. One host may be a node or the load balancer.

Format: https://www.pgbouncer.org/config.html#section-databases
"""

import re
from collections.abc import Iterator

from analyzer.extract.keyed.keys import plain
from analyzer.extract.topology.addresses import read_address
from analyzer.hosts import HOLE
from analyzer.model import Engine, Roster, RosterKind, Server
from analyzer.source import SourceFile

_SECTION = re.compile(r"^\[databases\][ \t]*\r?$(?P<body>(?:\r?\n(?!\[)[^\r\n]{0,4000}){0,2000})", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]{0,40}(?P<name>[^\s=;#]{1,100})[ \t]{0,40}=(?P<value>[^\r\n]{1,4000})", re.MULTILINE)
_HOST = re.compile(r"(?<![\w.\-])host[ \t]{0,8}=[ \t]{0,8}'?(?P<hosts>[^\s']{1,2000})")
_PORT = re.compile(r"(?<![\w.\-])port[ \t]{0,8}=[ \t]{0,8}'?(?P<port>\d{1,5})(?![\d,])")


def rosters(source: SourceFile) -> Iterator[Roster]:
    """One roster for each database."""
    for section in _SECTION.finditer(source.text):
        for entry in _ENTRY.finditer(source.text, section.start("body"), section.end("body")):
            servers = tuple(_servers(source, entry))
            if servers:
                name = entry["name"] if plain(entry["name"]) else ""
                kind = RosterKind.SEEDS if len(servers) > 1 else RosterKind.GROUP
                span = source.span(*entry.span("name"))
                yield Roster(kind, f"PgBouncer database {name}".rstrip(), span, servers, engine=Engine.POSTGRESQL)


def _servers(source: SourceFile, entry: re.Match[str]) -> Iterator[Server]:
    hosts = _HOST.search(source.text, *entry.span("value"))
    port = _PORT.search(source.text, *entry.span("value"))
    if hosts is None:
        return
    at = hosts.start("hosts")
    for part in hosts["hosts"].split(","):
        found = read_address(part)
        if found is not None and found.host and HOLE not in found.host:
            span = source.span(at + found.start, at + found.end)
            yield Server(found.host, span, int(port["port"]) if port else None)
        at += len(part) + 1

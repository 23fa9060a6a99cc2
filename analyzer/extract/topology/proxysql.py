"""ProxySQL: its servers by host group. Groups of writers and readers that one row pairs are one cluster.

Format: https://proxysql.com/documentation/main-runtime/ (libconfig: lists of `{ address="..", port=.., hostgroup=.. }`)
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract.topology.addresses import read_address, read_addresses
from analyzer.hosts import HOLE
from analyzer.model import Bind, Engine, Roster, RosterKind, Server, Span
from analyzer.source import SourceFile

_ENGINES = {"mysql": Engine.MYSQL, "pgsql": Engine.POSTGRESQL}
_LIST = re.compile(
    r"^[ \t]{0,40}(?P<engine>mysql|pgsql)_"
    r"(?P<what>servers|(?:replication|galera|group_replication|aws_aurora)_hostgroups)\s{0,40}[=:]\s{0,40}\(",
    re.MULTILINE,
)
_ROW = re.compile(r"\{(?P<body>[^{}]{0,4000})\}")
_PAIR = re.compile(r"(?P<key>[a-z_]{1,40})\s{0,20}[=:]\s{0,20}(?:\"(?P<text>[^\"]{0,400})\"|(?P<number>\d{1,9}))")
_INTERFACES = re.compile(r"(?<![\w])interfaces\s{0,20}[=:]\s{0,20}\"(?P<list>[^\"]{1,400})\"")
_COMMENT = re.compile(r"(?:#|//)[^\n]*")
_GROUPS = ("hostgroup", "hostgroup_id")
_PAIRED = ("writer_hostgroup", "reader_hostgroup", "backup_writer_hostgroup", "offline_hostgroup")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of a list: its values and where they stand."""

    engine: Engine
    what: str
    values: dict[str, str]
    places: dict[str, tuple[int, int]]


def rosters(source: SourceFile) -> Iterator[Roster]:
    """One roster for each host group, or for the groups that belong together."""
    text = _COMMENT.sub(lambda found: " " * len(found.group()), source.text)
    entries = list(_entries(text))
    binds = tuple(_binds(source, text))
    leader = _joined(entries)
    members: dict[tuple[Engine, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        group = next((entry.values[key] for key in _GROUPS if key in entry.values), "0")
        if entry.what == "servers":
            members[entry.engine, leader.get((entry.engine, group), group)].append(entry)
    for (engine, group), rows in members.items():
        servers = tuple(server for row in rows if (server := _server(source, row)))
        if servers:
            what, span = f"ProxySQL hostgroup {group}", _header(source, rows[0])
            whole = len(servers) == len(rows)
            yield Roster(RosterKind.MEMBERS, what, span, servers, engine=engine, whole=whole, binds=binds)


def _entries(text: str) -> Iterator[_Entry]:
    for listed in _LIST.finditer(text):
        close = text.find(")", listed.end())
        for row in _ROW.finditer(text, listed.end(), close if close >= 0 else len(text)):
            pairs = list(_PAIR.finditer(text, *row.span("body")))
            values = {pair["key"]: pair["text"] if pair["text"] is not None else pair["number"] for pair in pairs}
            places = {pair["key"]: pair.span("text") for pair in pairs if pair["text"] is not None}
            yield _Entry(_ENGINES[listed["engine"]], listed["what"], values, places)


def _joined(entries: list[_Entry]) -> dict[tuple[Engine, str], str]:
    """The writers' group of each group that a row of hostgroups names."""
    return {
        (entry.engine, entry.values[key]): entry.values["writer_hostgroup"]
        for entry in entries
        if entry.what != "servers" and "writer_hostgroup" in entry.values
        for key in _PAIRED
        if key in entry.values
    }


def _server(source: SourceFile, entry: _Entry) -> Server | None:
    key = next((key for key in ("address", "hostname") if key in entry.places), None)
    found = read_address(entry.values[key]) if key else None
    if key is None or found is None or not found.host or HOLE in found.host:
        return None
    start = entry.places[key][0]
    port = entry.values.get("port", "")
    number = int(port) if port.isdecimal() and len(port) < 6 else None
    return Server(found.host, source.span(start + found.start, start + found.end), number)


def _binds(source: SourceFile, text: str) -> Iterator[Bind]:
    for found in _INTERFACES.finditer(text):
        at = found.start("list")
        for part in found["list"].split(";"):
            for address in read_addresses(part):
                yield Bind(address.host, address.port, source.span(at + address.start, at + address.end))
            at += len(part) + 1


def _header(source: SourceFile, entry: _Entry) -> Span:
    start, end = next(iter(entry.places.values()))
    return source.span(start, end)

"""Galera: the members that a server is told to join, and the server itself.

Format: https://galeracluster.com/library/documentation/galera-parameters.html
"""

import re
from collections.abc import Iterator

from analyzer.extract.keyed.keys import plain
from analyzer.extract.topology.addresses import Address, read_address
from analyzer.hosts import HOLE
from analyzer.model import Engine, Roster, RosterKind, Server
from analyzer.source import SourceFile

_ROW = re.compile(
    r"^[ \t]{0,40}(?P<key>wsrep[_-](?:cluster[_-](?:address|name)|node[_-](?:address|name)))[ \t]{0,40}=[ \t]{0,40}"
    r"[\"']?(?P<value>[^\"'\r\n#;]{1,2000})",
    re.MULTILINE,
)
_SCHEME = "gcomm://"
_MOST = 100


def rosters(source: SourceFile) -> Iterator[Roster]:
    """The members by which a server finds its cluster, and the server's own address."""
    rows = {row["key"].replace("-", "_"): row for row in _ROW.finditer(source.text)}
    named = rows.get("wsrep_cluster_name")
    name = named["value"].strip() if named and plain(named["value"].strip()) else ""
    for key, kind in (("wsrep_cluster_address", RosterKind.SEEDS), ("wsrep_node_address", RosterKind.MEMBER)):
        row = rows.get(key)
        servers = tuple(_servers(source, row, rows.get("wsrep_node_name"))) if row else ()
        if row and servers:
            span = source.span(*row.span("key"))
            yield Roster(kind, f"Galera {key}", span, servers, name=name, engine=Engine.MARIADB)


def _servers(source: SourceFile, row: re.Match[str], own: re.Match[str] | None) -> Iterator[Server]:
    at = row.start("value")
    value = row["value"].rstrip()
    if row["key"].endswith(("cluster_address", "cluster-address")):
        if not value.startswith(_SCHEME):
            return
        at, value = at + len(_SCHEME), value.removeprefix(_SCHEME).split("?", 1)[0]
    single = row["key"].endswith(("node_address", "node-address"))
    names = (own["value"].strip(),) if own and single and plain(own["value"].strip()) else ()
    for part in value.split(",")[:_MOST]:
        found = read_address(part.strip())
        if found is not None and _literal(found):
            start = at + part.find(found.host)
            yield Server(found.host, source.span(start, start + len(found.host)), names=names)
        at += len(part) + 1


def _literal(address: Address) -> bool:
    return bool(address.host) and HOLE not in address.host

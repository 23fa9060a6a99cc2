"""Groups of an inventory by their names: which engine their servers run, or that they carry a proxy."""

from collections.abc import Iterator, Sequence

from analyzer.extract.keyed.keys import plain
from analyzer.extract.keyed.words import stripped, words
from analyzer.extract.topology.engines import engine_named
from analyzer.model import Roster, RosterKind, Server, Span

_MOST = 2000  # servers of one group
_BALANCERS = frozenset({"haproxy", "lb", "lbs", "loadbalancer", "loadbalancers", "balancer", "balancers", "keepalived"})
# Groups around a database that are none of its servers.
_OTHERS = frozenset(
    {"pgbouncer", "exporter", "exporters", "client", "clients", "app", "apps", "web", "backup", "backups", "barman"}
    | {"pgbackrest", "monitoring", "monitor", "etcd", "consul", "zookeeper", "proxysql", "maxscale", "pgadmin"}
    | {"sentinel", "sentinels"}
)


def group_roster(name: str, span: Span, servers: Sequence[Server]) -> Iterator[Roster]:
    """The roster of a group, if its name says that it is one of database servers or of proxies."""
    own = {stripped(word) for word in words(name)}
    shown = name if plain(name) else ""
    servers = tuple(servers[:_MOST])
    what = f"inventory group {shown}".rstrip()
    if own & _BALANCERS:
        if servers:
            yield Roster(RosterKind.BALANCERS, what, span, servers, name=shown)
        return
    engine = engine_named([name]) if not own & _OTHERS else None
    if engine is not None and servers:
        yield Roster(RosterKind.GROUP, what, span, servers, name=shown, engine=engine)

"""Rosters, held against the policy: to which cluster each leads, who of its servers is a node, what a file lacks."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analyzer.checks import Lineup
from analyzer.hosts import is_address
from analyzer.model import Bind, Cluster, Intent, Policy, Roster, RosterKind, Server
from analyzer.policy.forms import Addresses
from analyzer.policy.notation import read_form
from analyzer.resolve import Resolver, speaks

_MOST = 256  # addresses of one range that are told one by one
_LISTS = frozenset({RosterKind.PROXY, RosterKind.MEMBERS})


@dataclass(frozen=True, slots=True)
class _Known:
    """The servers of a roster that are nodes, with the policy's word for each, by cluster."""

    server: Server
    cluster: Cluster
    node: str


def lineups(data: bytes, rosters: Sequence[Roster], policy: Policy, resolver: Resolver) -> list[Lineup]:
    """The rosters of one file, whose bytes are `data`, that lead to a cluster of the policy."""
    reader = _Reader(data, policy, resolver)
    found = [lineup for roster in rosters if (lineup := reader.lineup(roster)) is not None]
    return list(_together(found, reader))


class _Reader:
    def __init__(self, data: bytes, policy: Policy, resolver: Resolver) -> None:
        self._data = data
        self._policy = policy
        self._resolver = resolver

    def lineup(self, roster: Roster) -> Lineup | None:
        """A roster with its cluster; None where it leads to none."""
        known = [found for server in roster.servers if (found := self._node(server)) is not None]
        cluster = self._cluster(roster, known)
        if cluster is None or not speaks(roster.engine, cluster):
            return None
        doors = (self._door(bind, cluster) for bind in roster.binds)
        return Lineup(
            roster,
            cluster,
            nodes=tuple(found.server for found in known if found.cluster is cluster),
            strangers=tuple(server for server in roster.servers if self._stranger(server, cluster)),
            doors=tuple(dict.fromkeys(door for door in doors if door is not None)),
            policy=self._policy.path or "",
        )

    def named(self, server: Server) -> str:
        """The policy's word for the node that a server is; empty for any other."""
        found = self._node(server)
        return found.node if found is not None else ""

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """The nodes that stand anywhere in the file: one that is commented out is not forgotten."""
        hosts = {host for _, host in self._resolver.mentions(self._data)}
        found = (self._resolver.resolve(host) for host in hosts)
        return frozenset(each.node for each in found if each is not None and each.node is not None)

    def _node(self, server: Server) -> _Known | None:
        resolution = self._resolver.resolve(server.host)
        if resolution is None or resolution.node is None:
            return None
        cluster = resolution.cluster
        used = server.port is None or self._resolver.port_kind(cluster, server.port) == "database"
        return _Known(server, cluster, resolution.node) if used else None

    def _stranger(self, server: Server, cluster: Cluster) -> bool:
        used = server.port is None or self._resolver.port_kind(cluster, server.port) == "database"
        return used and self._resolver.resolve(server.host) is None

    def _cluster(self, roster: Roster, known: Sequence[_Known]) -> Cluster | None:
        """By its servers, by the endpoint on which it listens, or by the name that the cluster itself tells."""
        votes = Counter(found.cluster.name for found in known)
        if votes:
            name = votes.most_common(1)[0][0]
            return next(cluster for cluster in self._policy.clusters if cluster.name == name)
        for cluster in self._policy.clusters:
            behind = any(bind.host and self._door(bind, cluster) is not None for bind in roster.binds)
            own = roster.kind in {RosterKind.MEMBER, RosterKind.MEMBERS, RosterKind.SEEDS}
            if (behind and roster.servers) or (own and roster.name == cluster.name):
                return cluster
        return None

    def _door(self, bind: Bind, cluster: Cluster) -> Intent | None:
        """The endpoint that a proxy listens on; on every address of its machine, the port alone tells."""
        for endpoint in cluster.endpoints:
            resolution = self._resolver.resolve(bind.host) if bind.host else None
            same = endpoint in resolution.endpoints if resolution is not None else not bind.host
            if same and bind.port == endpoint.port:
                return endpoint.intent
        return None


def _together(found: Sequence[Lineup], reader: _Reader) -> Iterator[Lineup]:
    """The lineups of a file, each knowing what the others tell of its cluster."""
    by_cluster: dict[str, list[Lineup]] = defaultdict(list)
    for lineup in found:
        by_cluster[lineup.cluster.name].append(lineup)
    facts = {name: _facts(own, reader) for name, own in by_cluster.items()}
    for lineup in found:
        known = facts[lineup.cluster.name]
        yield replace(
            lineup,
            alone=lineup.roster.kind is RosterKind.PROXY and known.sections == 1,
            served=known.served,
            missing=known.missing if lineup is known.first else (),
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a file tells of one cluster; `first` is the list with which missing nodes are told."""

    sections: int
    served: frozenset[Intent]
    missing: tuple[str, ...]
    first: Lineup | None


def _facts(own: Sequence[Lineup], reader: _Reader) -> _Facts:
    lists = (lineup for lineup in own if lineup.roster.kind in _LISTS and lineup.roster.whole)
    return _Facts(
        sections=len({lineup.roster.span for lineup in own if lineup.roster.kind is RosterKind.PROXY}),
        served=frozenset(door for lineup in own for door in lineup.doors),
        missing=tuple(_missing(own[0].cluster, own, reader)),
        first=next(lists, None),
    )


def _missing(cluster: Cluster, own: Sequence[Lineup], reader: _Reader) -> Iterator[str]:
    """Declared nodes that a file lacks which lists at least two; addresses where it lists addresses, else names."""
    lists = [lineup for lineup in own if lineup.roster.kind in _LISTS]
    listed = {reader.named(server) for lineup in own for server in lineup.nodes}
    if len(listed) < 2 or not all(lineup.roster.whole for lineup in lists) or any(lineup.strangers for lineup in own):
        return
    spoken = {is_address(node) for node in listed}
    for node in cluster.nodes:
        for host in _hosts(node.host):
            if host not in listed and is_address(host) in spoken and host not in reader.mentioned:
                yield host


def _hosts(declared: str) -> list[str]:
    """The hosts that an entry of the policy stands for; none where it is a glob over names or a large range."""
    form = read_form(declared)
    if isinstance(form, Addresses):
        ranges = [range(block.low, block.high + 1) for block in form.blocks]
        if sum(map(len, ranges)) > _MOST or form.single is not None:
            return [declared] if form.single is not None else []
        return [_dotted(number) for numbers in ranges for number in numbers] if form.blocks[0].version == 4 else []
    return [declared] if form.name else []


def _dotted(number: int) -> str:
    return ".".join(str(number >> shift & 0xFF) for shift in (24, 16, 8, 0))

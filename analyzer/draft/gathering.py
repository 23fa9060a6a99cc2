"""Rosters, gathered by the cluster of which they tell.

Lists of one cluster and members of one scope are certain. A group of an inventory may hold servers of several
clusters: it joins the cluster to which most of it belongs, or is one itself where none is known.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.draft.machines import Machines, Partition, usable
from analyzer.draft.nouns import Told
from analyzer.hosts import canonical
from analyzer.model import Engine, RosterKind, Server

_LISTS = frozenset({RosterKind.PROXY, RosterKind.MEMBERS, RosterKind.SEEDS})


@dataclass
class Gathered:
    """What is told of one cluster; `machines` are the keys of its servers in the order in which they were found."""

    family: Engine
    told: list[Told] = field(default_factory=list)
    machines: list[str] = field(default_factory=list)

    def add(self, told: Told, keys: Iterable[str]) -> None:
        """One more roster, with the machines of its servers."""
        self.told.append(told)
        self.machines += [key for key in dict.fromkeys(keys) if key not in self.machines]


def gathered(told: Sequence[Told], machines: Machines) -> tuple[list[Gathered], list[str]]:
    """The clusters in the order in which they were found, and what belongs to none for certain."""
    doors = frozenset(canonical(bind.host) for each in told for bind in each.roster.binds if bind.host)
    reader = _Reader(machines, doors)
    known = [each for each in told if each.roster.engine is not None and any(_servers(each))]
    reader.join([each for each in known if each.roster.kind in _LISTS])
    reader.members([each for each in known if each.roster.kind is RosterKind.MEMBER])
    for each in known:
        if each.roster.kind is RosterKind.GROUP:
            reader.group(each)
    return reader.clusters, reader.notes


class _Reader:
    def __init__(self, machines: Machines, doors: frozenset[str]) -> None:
        self._machines = machines
        self._doors = doors
        self.clusters: list[Gathered] = []
        self.notes: list[str] = []

    def join(self, told: Sequence[Told]) -> None:
        """Lists that share a machine are of one cluster."""
        sets: Partition[tuple[Engine, str]] = Partition()
        for each in told:
            sets.join((family(each), key) for key in self._keys(each))
        found: dict[tuple[Engine, str], Gathered] = {}
        for each in told:
            keys = self._keys(each)
            root = sets.find((family(each), keys[0]))
            if root not in found:
                found[root] = Gathered(family(each))
                self.clusters.append(found[root])
            found[root].add(each, keys)

    def members(self, told: Sequence[Told]) -> None:
        """Single members, by their machine where a list has it, else by their scope."""
        rest: list[Told] = []
        scopes: dict[tuple[Engine, str], list[Gathered]] = {}
        for each in told:
            own = self._holding(each, self._keys(each))
            if own:
                own[0].add(each, self._keys(each))
                scopes.setdefault((family(each), each.roster.name), []).append(own[0])
            else:
                rest.append(each)
        for each in rest:
            scope = scopes.setdefault((family(each), each.roster.name), [])
            if not scope or not each.roster.name:
                scope.append(Gathered(family(each)))
                self.clusters.append(scope[-1])
            scope[-1].add(each, self._keys(each))

    def group(self, each: Told) -> None:
        """A group of an inventory, a pooler's single server, addresses behind a Service."""
        keys = self._keys(each)
        holding = self._holding(each, keys)
        if not holding and each.roster.name:
            self.clusters.append(Gathered(family(each)))
            self.clusters[-1].add(each, keys)
        elif not holding and keys[0] in self._doors:
            return  # a pooler before the proxy
        elif not holding:
            self.notes.append(f"{each.why()}: {keys[0]} may be a node or a load balancer; it is left out")
        elif len(holding) > 1 or 2 * sum(key in holding[0].machines for key in keys) <= len(keys):
            self.notes.append(f"{each.why()}: its servers are not of one cluster for certain; it is left out")
        else:
            holding[0].add(each, keys)

    def _holding(self, each: Told, keys: Iterable[str]) -> list[Gathered]:
        wanted = set(keys)
        own = [cluster for cluster in self.clusters if cluster.family is family(each)]
        return [cluster for cluster in own if not wanted.isdisjoint(cluster.machines)]

    def _keys(self, each: Told) -> list[str]:
        return [self._machines.key(server) for server in _servers(each)]


def _servers(each: Told) -> Iterator[Server]:
    return (server for server in each.roster.servers if usable(server.host))


def family(each: Told) -> Engine:
    """The engine of a roster; MySQL stands for MariaDB as well."""
    engine = each.roster.engine
    return Engine.MYSQL if engine in {None, Engine.MARIADB} else engine or Engine.MYSQL

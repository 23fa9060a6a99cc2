"""Rosters -> a draft: clusters with nodes, endpoints and ports, each fact with the place that tells it.

What a policy may not hold is left out and told: a machine of two clusters, an address of two endpoints.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from analyzer.draft.doors import balancers, endpoints
from analyzer.draft.gathering import Gathered, gathered
from analyzer.draft.machines import Machines
from analyzer.draft.naming import engine_of, name_of, ports_of
from analyzer.draft.nouns import Draft, Drafted, DraftEndpoint, DraftNode, Told
from analyzer.draft.text import policy_text
from analyzer.errors import PolicyError
from analyzer.hosts import canonical, is_address
from analyzer.model import RosterKind
from analyzer.policy import load

_MOST = 100  # clusters of one draft
_MOST_NODES = 500
_MOST_PLACES = 3  # that are named for one node


def drafted(told: Sequence[Told]) -> Draft:
    """The policy that some rosters make: one that is valid, whatever they say."""
    drafting = _Drafting(told)
    found, notes = gathered(told, drafting.machines)
    nodes = frozenset(key for cluster in found for key in cluster.machines)
    clusters: list[Drafted] = []
    for cluster in found[:_MOST]:
        whole = drafting.cluster(cluster, clusters, nodes)
        fit = next((each for each in _simpler(whole) if _valid([*clusters, each])), None)
        if fit is None:
            notes.append(f"{whole.why}: {whole.name} shares servers with another cluster; declare it by hand")
            continue
        if fit != whole:
            said = f"names or endpoints of {whole.name} contradict another cluster; they are left out"
            notes.append(f"{whole.why}: {said}")
        clusters.append(fit)
    return Draft(tuple(clusters), tuple(dict.fromkeys(notes)))


class _Drafting:
    """What holds for all clusters of a draft."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.machines = Machines(told)
        self._balancers = balancers(told)
        self._full = [each for each in told if each.roster.kind is RosterKind.NAMES]

    def cluster(self, cluster: Gathered, others: Sequence[Drafted], nodes: frozenset[str]) -> Drafted:
        """One cluster beside those that are drafted; `nodes` are the machines of all."""
        engine = engine_of(cluster.told)
        name, why = name_of(cluster.told, engine, [other.name for other in others])
        database, operation = ports_of(cluster.told, engine)
        return Drafted(
            name=name,
            engine=engine,
            nodes=tuple(sorted(self._nodes(cluster), key=_order))[:_MOST_NODES],
            endpoints=tuple(endpoints(cluster, self._balancers, nodes)),
            database=database,
            operation=operation,
            why=why,
        )

    def _nodes(self, cluster: Gathered) -> Iterator[DraftNode]:
        places, full = self._places(cluster.told), self._places(self._full)
        for key in cluster.machines:
            why = (*places[key][:_MOST_PLACES], *full[key][:_MOST_PLACES])
            yield DraftNode(key, tuple(self.machines.names(key))[:_MOST], why)

    def _places(self, told: Sequence[Told]) -> dict[str, list[str]]:
        """Who tells of each machine, each place once."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for each in told:
            for server in each.roster.servers:
                found[self.machines.key(server)][each.why(server.span)] = None
        return defaultdict(list, {key: list(places) for key, places in found.items()})


def _order(node: DraftNode) -> tuple[bool, int, list[int], str]:
    parts = node.host.split(".") if is_address(node.host) else []
    numbers = [int(part) for part in parts if part.isdecimal()]
    return (not is_address(node.host), len(node.host) if not numbers else 0, numbers, canonical(node.host))


def _simpler(cluster: Drafted) -> Iterator[Drafted]:
    """The cluster with less and less of what another one may contradict."""
    yield cluster
    bare = replace(cluster, nodes=tuple(replace(node, names=()) for node in cluster.nodes))
    yield bare
    yield replace(cluster, endpoints=tuple(_untold(endpoint) for endpoint in cluster.endpoints))
    yield replace(bare, endpoints=tuple(_untold(endpoint) for endpoint in cluster.endpoints))


def _untold(endpoint: DraftEndpoint) -> DraftEndpoint:
    return replace(endpoint, host="", why=f"{endpoint.why}, where another cluster stands as well")


def _valid(clusters: Sequence[Drafted]) -> bool:
    try:
        load(Path("draft"), policy_text(Draft(tuple(clusters))).encode())
    except PolicyError:
        return False
    return True

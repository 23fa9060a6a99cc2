"""Rosters -> a draft: clusters with nodes, endpoints and ports, each fact with the place that tells it.

What a policy may not hold is left out and told: a machine of two clusters, an address of two endpoints.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from analyzer.draft.doors import Balancer, balancers, endpoints
from analyzer.draft.gathering import Gathered, gathered
from analyzer.draft.machines import Machines
from analyzer.draft.naming import engine_of, name_of, ports_of
from analyzer.draft.nouns import Draft, Drafted, DraftEndpoint, DraftNode, Told
from analyzer.draft.text import policy_text
from analyzer.errors import PolicyError
from analyzer.hosts import canonical, is_address
from analyzer.policy import load

_MOST = 100  # clusters of one draft
_MOST_NODES = 500
_MOST_PLACES = 3  # that are named for one node


def drafted(told: Sequence[Told]) -> Draft:
    """The policy that some rosters make: one that is valid, whatever they say."""
    machines = Machines(told)
    found, notes = gathered(told, machines)
    nodes = frozenset(key for cluster in found for key in cluster.machines)
    known = balancers(told)
    clusters: list[Drafted] = []
    for cluster in found[:_MOST]:
        whole = _cluster(cluster, machines, clusters, known, nodes)
        fit = next((each for each in _simpler(whole) if _valid([*clusters, each])), None)
        if fit is None:
            notes.append(f"{whole.why}: {whole.name} shares servers with another cluster; declare it by hand")
            continue
        if fit != whole:
            notes.append(
                f"{whole.why}: names or endpoints of {whole.name} contradict another cluster; they are left out"
            )
        clusters.append(fit)
    return Draft(tuple(clusters), tuple(dict.fromkeys(notes)))


def _cluster(
    cluster: Gathered, machines: Machines, others: Sequence[Drafted], known: Sequence[Balancer], nodes: frozenset[str]
) -> Drafted:
    engine = engine_of(cluster.told)
    name, why = name_of(cluster.told, engine, [other.name for other in others])
    database, operation = ports_of(cluster.told, engine)
    return Drafted(
        name=name,
        engine=engine,
        nodes=tuple(sorted(_nodes(cluster, machines), key=_order))[:_MOST_NODES],
        endpoints=tuple(endpoints(cluster, known, nodes)),
        database=database,
        operation=operation,
        why=why,
    )


def _nodes(cluster: Gathered, machines: Machines) -> Iterator[DraftNode]:
    places: dict[str, list[str]] = {key: [] for key in cluster.machines}
    for each in cluster.told:
        for server in each.roster.servers:
            if (key := machines.key(server)) in places:
                places[key].append(each.why(server.span))
    for key in cluster.machines:
        yield DraftNode(key, tuple(machines.names(key))[:_MOST], tuple(dict.fromkeys(places[key]))[:_MOST_PLACES])


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

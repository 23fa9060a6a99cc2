"""Places of a cluster, laid out by what they name: which endpoint, which node."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address

from analyzer.hosts import canonical
from analyzer.inventory.nouns import EndpointEntry, NodeEntry, Place
from analyzer.inventory.tallies import tally_of, users_of
from analyzer.model import Cluster, Endpoint, Intent, Node, Policy, Sighting
from analyzer.policy.forms import Addresses
from analyzer.policy.notation import read_form

_MOST = 16  # addresses of a range that are shown one by one


def cluster_of(sighting: Sighting, policy: Policy) -> str:
    """The cluster that a sighting belongs to: one load balancer may serve several, each on its own port."""
    if not sighting.endpoints or sighting.port is None:
        return sighting.cluster
    host = canonical(sighting.host)
    serving = [
        cluster.name
        for cluster in policy.clusters
        if any(e.port == sighting.port and host in _hosts(e) for e in cluster.endpoints)
    ]
    return sighting.cluster if sighting.cluster in serving or not serving else serving[0]


def door_of(sighting: Sighting, cluster: Cluster) -> Intent | None:
    """The endpoint that a sighting names: by its port, else by what the connection is for; None for a node."""
    if not sighting.endpoints:
        return None
    host = canonical(sighting.host)
    declared = {e.port: e.intent for e in cluster.endpoints if host in _hosts(e)}
    if sighting.port in declared:
        return declared[sighting.port]
    return sighting.intent if sighting.intent in sighting.endpoints else sighting.endpoints[0]


def endpoints_of(cluster: Cluster, places: Iterable[Place]) -> tuple[EndpointEntry, ...]:
    """The endpoints with their users, the one for writes first."""
    by_door: dict[Intent | None, list[Place]] = defaultdict(list)
    for place in places:
        by_door[place.door].append(place)
    ordered = sorted(cluster.endpoints, key=lambda e: e.intent is not Intent.WRITE)
    return tuple(_endpoint(e, by_door[e.intent]) for e in ordered)


def nodes_of(cluster: Cluster, places: Iterable[Place]) -> tuple[tuple[NodeEntry, ...], tuple[str, ...]]:
    """The nodes with their users, those first that a policy names; and the patterns that stand for any number."""
    by_node: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.node:
            by_node[place.node].append(place)
    names: dict[str, tuple[str, ...]] = {}
    declared: list[str] = []
    for node in cluster.nodes:
        each = list(_each(node))
        names.update(dict.fromkeys(each, node.names if len(each) == 1 else ()))
        declared += [] if each else [node.host]
    ordered = [*names, *sorted(set(by_node) - set(names))]
    entries = (NodeEntry(n, names.get(n, ()), tally_of(by_node[n]), users_of(by_node[n])) for n in ordered)
    return tuple(entries), tuple(declared)


def _endpoint(endpoint: Endpoint, places: Sequence[Place]) -> EndpointEntry:
    where = (endpoint.intent, endpoint.host, endpoint.port, endpoint.names)
    return EndpointEntry(*where, tally_of(places), users_of(places))


def _hosts(endpoint: Endpoint) -> set[str]:
    return {canonical(host) for host in (endpoint.host, *endpoint.names)}


def _each(node: Node) -> Iterator[str]:
    """The hosts that an entry of the policy stands for, one by one; none for a pattern, or for very many."""
    form = read_form(node.host)
    if not isinstance(form, Addresses):
        if form.name:
            yield node.host
    elif form.single is not None:
        yield node.host
    elif sum(block.high - block.low + 1 for block in form.blocks) <= _MOST:
        for block in form.blocks:
            made = IPv4Address if block.version == 4 else IPv6Address
            yield from (str(made(number)) for number in range(block.low, block.high + 1))

"""Kubernetes Endpoints and EndpointSlices that somebody wrote: the servers behind a Service without a selector.

API: https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
"""

from collections.abc import Iterator
from itertools import chain

from analyzer.extract.keyed.keys import plain
from analyzer.extract.topology.engines import engine_at, engine_named
from analyzer.extract.yaml.objects.thing import at, items
from analyzer.extract.yaml.places import child, child_text
from analyzer.hosts import is_host
from analyzer.model import Roster, RosterKind, Server
from analyzer.yamltree import Mapping, Node, Scalar

_MOST = 200


def rosters(root: Node) -> Iterator[Roster]:
    """Several servers under one name; a single address may be a load balancer's. Those of kubectl's `List` too."""
    kind = child_text(root, "kind")
    if kind.endswith("List"):
        yield from chain.from_iterable(_object(item) for item in items(at(root, "items"))[:_MOST])
    else:
        yield from _object(root)


def _object(root: Node) -> Iterator[Roster]:
    kind = child_text(root, "kind")
    if not isinstance(root, Mapping) or kind not in {"Endpoints", "EndpointSlice"}:
        return
    label = child_text(root, "metadata", "labels", "kubernetes.io/service-name")
    name = label or child_text(root, "metadata", "name")
    for holder, addresses in _holders(root, kind):
        ports = [int(text) for port in items(child(holder, "ports")) if (text := child_text(port, "port")).isdecimal()]
        port = ports[0] if len(ports) == 1 else None
        servers = tuple(Server(node.value, node.literal, port) for node in addresses[:_MOST] if is_host(node.value))
        engine = engine_named([name]) or engine_at(ports)
        shown = name if plain(name) else ""
        if len(servers) > 1 and engine is not None:
            what = f"{kind} {shown}".rstrip()
            yield Roster(RosterKind.GROUP, what, servers[0].span, servers, name=shown, engine=engine)


def _holders(root: Mapping, kind: str) -> Iterator[tuple[Node, list[Scalar]]]:
    """What holds the ports, with the addresses that listen on them."""
    if kind == "EndpointSlice":
        listed = [item for endpoint in items(at(root, "endpoints")) for item in items(child(endpoint, "addresses"))]
        yield root, [node for node in listed if isinstance(node, Scalar)]
        return
    for subset in items(at(root, "subsets")):
        found = [child(address, "ip") for address in items(child(subset, "addresses"))]
        yield subset, [node for node in found if isinstance(node, Scalar)]

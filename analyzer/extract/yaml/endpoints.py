"""Endpoints and EndpointSlice: the servers behind a Service that has no selector.

Applications connect to them under the Service's name, so a node here is a node in use. The addresses take no names,
and a list collapses only with its ports: told, left to a person.
API: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.keys import databaselike, engine_of, operates
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.yaml.places import Place, child, child_text
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.hosts import DEFAULT_PORTS, parse
from analyzer.model import Clue, Engine, Evidence, HostRef, PortRef
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

KINDS = frozenset({"Endpoints", "EndpointSlice"})
SEALED = "an Endpoints object takes addresses and ports that belong together: change it as a whole"


def endpoint_references(root: Mapping, kind: str, name: str, place: Place) -> Iterator[HostRef]:
    """The addresses of one object; its name and its port say whether a database answers there."""
    for subset in _items(child(root, "subsets")) if kind == "Endpoints" else (root,):
        ports = [int(text) for port in _items(child(subset, "ports")) if (text := child_text(port, "port")).isdigit()]
        engine = engine_of(name) or next((e for e, known in DEFAULT_PORTS.items() if known[0] in ports[:1]), None)
        evidence = (*_evidence(kind, name, engine), *place.evidence)
        for scalar in _addresses(subset):
            parsed = parse(scalar.value)
            if parsed is not None:
                seen = Seen(evidence, f"{kind}: ", engine, sealed=SEALED)
                found = host_references(parsed, read_scalar(scalar).value, seen)
                yield from (replace(ref, port=PortRef(ports[0])) if ports else ref for ref in found)


def _evidence(kind: str, name: str, engine: Engine | None) -> tuple[Evidence, ...]:
    if operates(name):
        return (Evidence(Clue.OPERATION, kind),)
    certain = databaselike(name) or engine is not None
    return (Evidence(Clue.KEY if certain else Clue.NAME, f"{kind} addresses"), Evidence(Clue.PLACE, kind))


def _addresses(subset: Node) -> Iterator[Scalar]:
    """`addresses[].ip` of Endpoints, `endpoints[].addresses[]` of EndpointSlice."""
    for item in _items(child(subset, "addresses")):
        if isinstance(ip := child(item, "ip"), Scalar):
            yield ip
    for endpoint in _items(child(subset, "endpoints")):
        yield from (address for address in _items(child(endpoint, "addresses")) if isinstance(address, Scalar))


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()

"""Names that stand for a server: the hosts file of a Pod, and the Service that is a name for another name.

A name of an application's own (`orders-db`) is how it reaches the server; the server's own name is name resolution.
API: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ and .../pod-v1/
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.keys import databaselike, engine_of
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.nature.infrakeys import counted
from analyzer.extract.yaml.objects.thing import Thing, items
from analyzer.extract.yaml.places import Found, Place, child, region, shown
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.hosts import parse
from analyzer.model import Clue, Evidence, PortRef
from analyzer.yamltree import Node, Scalar

_CLIENTS = PortRef(hidden="the clients of this name")
_NODE = re.compile(r"(?:^|-)(?:node|server)-?\d{1,4}(?:-|\Z)")  # postgres-node-1


def read(thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """The name behind a Service, or None for any other key."""
    if key != "externalName" or thing.kind != "Service" or not isinstance(node, Scalar):
        return None
    return _external_name(thing, node, place)


def host_alias(thing: Thing, item: Node, place: Place) -> Iterator[Found]:
    """The address of one entry of `hostAliases`: `{ip: 10.0.0.121, hostnames: [orders-db]}`.

    Weak evidence only: such a line is no connection by itself, it counts where the address is a declared node.
    """
    address = child(item, "ip")
    names = [name.value for name in items(child(item, "hostnames")) if isinstance(name, Scalar)]
    own = next((n for n in names if databaselike(n) and (not counted(n) or _used(n, place))), "")
    if not own and names and all(map(counted, names)):
        yield region(item, Evidence(Clue.INFRASTRUCTURE, "name resolution (hostAliases)"))
    elif isinstance(address, Scalar) and (parsed := parse(address.value)) is not None:
        reason = Evidence(Clue.NAME, f"hostAliases {shown(own)}".rstrip())
        evidence = (reason, *place.evidence, *((Evidence(Clue.PLACE, thing.label),) if own else ()))
        seen = Seen(evidence, "ip: ", engine_of(own), port=_CLIENTS, sealed=place.document.sealed)
        found = host_references(parsed, read_scalar(address).value, seen)
        yield from (replace(ref, takes="address") for ref in found)


def _used(name: str, place: Place) -> bool:
    """Whether something in the file has a server's own name for its host: a value, or the server of a URL."""
    before = rb"(?:[@/=]|(?<!hostname):[ \t]{0,4}[\"']?)"
    return re.search(before + re.escape(name.encode()) + rb"(?![\w.-])", place.document.source.data) is not None


def _external_name(thing: Thing, node: Scalar, place: Place) -> Iterator[Found]:
    """Applications connect to the server under the Service's name and with their own port.

    A Service that is named as one of several servers is that server's name.
    """
    if _NODE.search(thing.name):
        yield region(node, Evidence(Clue.INFRASTRUCTURE, "name resolution (Service)"))
        return
    parsed = parse(node.value)
    if parsed is None or parsed.dsn:
        return
    engine = engine_of(thing.name) or engine_of(node.value)
    database = databaselike(thing.name) or engine is not None
    why = Evidence(Clue.KEY if database else Clue.NAME, "externalName")
    evidence = (why, *place.evidence, Evidence(Clue.PLACE, thing.label))
    seen = Seen(evidence, "externalName: ", engine, port=_CLIENTS, sealed=place.document.sealed)
    found = host_references(parsed, read_scalar(node).value, seen)
    yield from (replace(ref, takes="name") for ref in found)

"""Objects that say which servers stand behind a name: Endpoints, EndpointSlice, and their like in service meshes.

Applications connect to them under the name, so a node here is a node in use. One server can be replaced by another;
several are told one by one and left to a person, for they must become one. API:
https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ and
https://istio.io/latest/docs/reference/config/networking/
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from analyzer.extract.keyed.keys import databaselike, engine_of, operates
from analyzer.extract.keyed.pairing import engine_of_port, port_of_key
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.yaml.objects.thing import Thing, at, items
from analyzer.extract.yaml.places import Place, child, child_text, key_text
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.hosts import parse
from analyzer.model import Clue, Engine, Evidence, HostGroup, HostRef, PortRef
from analyzer.yamltree import Mapping, Node, Scalar

_SERVICE = "kubernetes.io/service-name"
_SEVERAL = "several ports of the server are listed, change them together"
_SAME_PORT = "clients connect to the port that stands here, change it with them"


@dataclass(frozen=True)
class Upstream:
    """Servers with the ports that they listen on; `names` are words of the object that may tell a database.

    `fixed`: the ports are those that clients use, so that they cannot change here alone. `sealed`: why nothing can.
    `refers`: another object makes the servers known, this one says more of them.
    """

    addresses: tuple[Scalar, ...]
    ports: tuple[Scalar, ...]
    names: tuple[str, ...] = ()
    fixed: bool = True
    sealed: str = ""
    address_only: bool = False
    refers: bool = False


def read(thing: Thing, root: Mapping, place: Place) -> Iterator[HostRef] | None:
    """The servers that an object points to; None for objects of other kinds."""
    told = _KINDS.get(thing.kind)
    if told is None or (thing.group and not thing.group.endswith(_GROUPS)):
        return None
    return _references(thing, tuple(told(root)), place)


def _references(thing: Thing, upstreams: tuple[Upstream, ...], place: Place) -> Iterator[HostRef]:
    members = tuple(address.value for upstream in upstreams for address in upstream.addresses)
    group = HostGroup(members, inline_ports=False) if len(members) > 1 else None
    for upstream in upstreams:
        port = _port(upstream)
        engine = _engine(upstream, port)
        seen = Seen(
            (_reason(thing, upstream, engine), *place.evidence, Evidence(Clue.PLACE, thing.label)),
            f"{thing.kind}: ",
            engine,
            sealed=upstream.sealed or (_SEVERAL if len(upstream.ports) > 1 else place.document.sealed),
        )
        for address in upstream.addresses:
            reading = read_scalar(address)
            host = reading.part(0, len(address.value.partition("/")[0]))  # 10.0.0.121/32
            parsed = parse(host.text)
            for ref in host_references(parsed, host.value, seen) if parsed else ():
                yield replace(ref, port=port, group=group, takes="address" if upstream.address_only else "")


def _port(upstream: Upstream) -> PortRef | None:
    """The port of the database among those listed: the only one, or the only one that databases listen on."""
    known = [port for port in upstream.ports if port.value.isdigit()]
    if len(known) > 1:
        known = [port for port in known if engine_of_port(int(port.value[:6]))]
    if len(known) != 1:
        return PortRef(hidden="a list of ports") if upstream.ports else None
    found = port_of_key("port", read_scalar(known[0]).value, "")
    return replace(found, slot=None) if found and upstream.fixed else found


def _engine(upstream: Upstream, port: PortRef | None) -> Engine | None:
    told = (*upstream.names, *(address.value for address in upstream.addresses))
    named = (engine for name in told if (engine := engine_of(name)))
    return next(named, None) or engine_of_port(port.value if port else None)


def _reason(thing: Thing, upstream: Upstream, engine: Engine | None) -> Evidence:
    what = f"{thing.kind} addresses"
    if any(map(operates, upstream.names)):
        return Evidence(Clue.OPERATION, what)
    certain = not upstream.refers and (engine is not None or any(map(databaselike, upstream.names)))
    return Evidence(Clue.KEY if certain else Clue.NAME, what)


def _endpoints(root: Mapping) -> Iterator[Upstream]:
    for subset in items(child(root, "subsets")):
        listed = (*items(child(subset, "addresses")), *items(child(subset, "notReadyAddresses")))
        addresses = _scalars(child(address, "ip") for address in listed)
        yield _kubernetes(addresses, subset, (_name(root),))


def _endpoint_slice(root: Mapping) -> Iterator[Upstream]:
    listed = (
        address for endpoint in items(child(root, "endpoints")) for address in items(child(endpoint, "addresses"))
    )
    yield _kubernetes(_scalars(listed), root, (child_text(root, "metadata", "labels", _SERVICE), _name(root)))


def _kubernetes(addresses: tuple[Scalar, ...], holder: Node, names: tuple[str, ...]) -> Upstream:
    listed = items(child(holder, "ports"))
    ports = _scalars(child(port, "port") for port in listed)
    names = (*names, *(child_text(port, "name") for port in listed))
    return Upstream(addresses, ports, names, fixed=False, address_only=True)


def _service_entry(root: Mapping) -> Iterator[Upstream]:
    """Servers outside of the mesh; without endpoints the hosts themselves are looked up in DNS."""
    spec = child(root, "spec")
    listed, hosts = items(at(spec, "ports")), _scalars(items(at(spec, "hosts")))
    ports = _scalars(child(port, "number") for port in listed)
    names = (_name(root), *(host.value for host in hosts), *(child_text(port, "name") for port in listed))
    endpoints = items(at(spec, "endpoints"))
    for endpoint in endpoints:
        own = _values(child(endpoint, "ports"))
        yield Upstream(_scalars((child(endpoint, "address"),)), own or ports, names, fixed=not own)
    yield Upstream(_scalars(items(at(spec, "addresses"))), ports, names, sealed=_SAME_PORT)
    if not endpoints and at(spec, "workloadSelector") is None:
        yield Upstream(hosts, ports, names, sealed="clients connect to the name that stands here, change it with them")


def _workload_entry(root: Mapping) -> Iterator[Upstream]:
    spec = child(root, "spec")
    ports = at(spec, "ports")
    names = (_name(root), *(value.value for value in _values(at(spec, "labels"))))
    names += tuple(key_text(key) for key, _ in ports.pairs) if isinstance(ports, Mapping) else ()
    yield Upstream(_scalars((at(spec, "address"),)), _values(ports), names, fixed=False)


def _workload_addresses(root: Mapping) -> Iterator[Upstream]:
    """A server that Linkerd takes for a Pod (https://linkerd.io/2/reference/external-workload)."""
    spec = child(root, "spec")
    listed = items(at(spec, "ports"))
    ports = _scalars(child(port, "port") for port in listed)
    names = (_name(root), *(child_text(port, "name") for port in listed))
    addresses = _scalars(child(address, "ip") for address in items(at(spec, "workloadIPs")))
    yield Upstream(addresses, ports, names, fixed=False, address_only=True)


def _external_endpoints(root: Mapping) -> Iterator[Upstream]:
    """Servers behind a MeshExternalService of Kuma."""
    for endpoint in items(at(root, "spec", "endpoints")):
        port = _scalars((child(endpoint, "port"),))
        yield Upstream(_scalars((child(endpoint, "address"),)), port, (_name(root),), fixed=False)


def _destination(root: Mapping) -> Iterator[Upstream]:
    """Rules for connections to a host that another object makes known, and routes to it."""
    why = "the host is the one that another object makes known, change both"
    yield Upstream(_scalars((at(root, "spec", "host"),)), (), sealed=why, refers=True)
    for protocol in ("tcp", "tls"):
        routes = (route for rule in items(at(root, "spec", protocol)) for route in items(child(rule, "route")))
        for target in (child(route, "destination") for route in routes):
            port = _scalars((at(target, "port", "number"),))
            yield Upstream(_scalars((at(target, "host"),)), port, sealed=why, refers=True)


_GROUPS = ("k8s.io", "istio.io", "linkerd.io", "kuma.io")
_KINDS: dict[str, Callable[[Mapping], Iterator[Upstream]]] = {
    "Endpoints": _endpoints,
    "EndpointSlice": _endpoint_slice,
    "ServiceEntry": _service_entry,
    "WorkloadEntry": _workload_entry,
    "ExternalWorkload": _workload_addresses,
    "MeshExternalService": _external_endpoints,
    "DestinationRule": _destination,
    "VirtualService": _destination,
}


def _name(root: Mapping) -> str:
    return child_text(root, "metadata", "name")


def _scalars(nodes: Iterable[Node | None]) -> tuple[Scalar, ...]:
    return tuple(node for node in nodes if isinstance(node, Scalar) and node.value)


def _values(node: Node | None) -> tuple[Scalar, ...]:
    return _scalars(tuple(value for _, value in node.pairs)) if isinstance(node, Mapping) else ()

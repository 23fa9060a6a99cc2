"""References with all that the policy says about their hosts: what the checks are asked."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

from analyzer import usage
from analyzer.checks import Subject
from analyzer.hosts import DEFAULT_PORTS, OPERATION_PORTS
from analyzer.model import Cluster, Engine, HostRef, Policy, Resolution, Slot
from analyzer.resolve import Resolver


def subjects_of(refs: Iterable[HostRef], policy: Policy, resolver: Resolver) -> Iterator[Subject]:
    """What the checks are asked about each reference, in the same order."""
    led: set[Slot] = set()
    known = lru_cache(maxsize=4096)(partial(_known, resolver))
    fronted = lru_cache(partial(_fronted, policy))
    for ref in refs:
        resolution = known(ref.host, ref.engine)
        kind = _port_kind(ref, resolution, resolver)
        members: tuple[Resolution | None, ...] = ()
        leads = True
        if ref.group is not None:
            members = tuple(known(host, ref.engine) for host in ref.group.members)
            leads = ref.group.hosts is None or ref.group.hosts not in led
            if ref.group.hosts is not None:
                led.add(ref.group.hosts)
        elsewhere = known(ref.host, None) if resolution is None and ref.engine is not None else None
        elsewhere = elsewhere if elsewhere is not None and elsewhere.node is not None else None
        doors = fronted(ref.engine) if resolution is None else ()
        label, _, domain = ref.host.partition(".") if resolution is None else ("", "", "")
        namesake = known(label, ref.engine) if domain and not label.isdecimal() else None
        used = usage.judge(ref, kind, several=_one_of_several(resolution))
        yield Subject(ref, used, resolution, members, leads, kind, elsewhere, doors, namesake)


def _known(resolver: Resolver, host: str, engine: Engine | None) -> Resolution | None:
    """The cluster's member, unless the place speaks to another engine: a Redis on a PostgreSQL node is none of it."""
    found = resolver.resolve(host, engine)
    if found is None or engine is None or _family(engine) == _family(found.cluster.engine):
        return found
    return None


def _one_of_several(resolution: Resolution | None) -> bool:
    """Whether a cluster's node is not its only address."""
    if resolution is None or resolution.node is None:
        return False
    return [node.host for node in resolution.cluster.nodes] != [resolution.node]


def _fronted(policy: Policy, engine: Engine | None) -> tuple[Cluster, ...]:
    """The clusters with an endpoint that a place may speak to; all of them where it does not say to which engine."""
    found = (cluster for cluster in policy.clusters if cluster.endpoints)
    return tuple(c for c in found if engine is None or _family(engine) == _family(c.engine))


def _family(engine: Engine) -> Engine:
    return Engine.MYSQL if engine is Engine.MARIADB else engine


def _port_kind(ref: HostRef, resolution: Resolution | None, resolver: Resolver) -> str:
    port = ref.port.value if ref.port is not None else None
    if port is None:
        return "unknown"
    if resolution is not None:
        return resolver.port_kind(resolution.cluster, port)
    if ref.engine is not None and port in DEFAULT_PORTS[ref.engine]:
        return "database"
    if ref.engine is not None and port in OPERATION_PORTS[ref.engine]:
        return "operation"
    return "unknown"

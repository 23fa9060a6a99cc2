"""References with all that the policy says about their hosts: what the checks are asked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.checks import Subject
from analyzer.hosts import DEFAULT_PORTS, OPERATION_PORTS
from analyzer.model import Engine, HostRef, Policy, Resolution, Slot, Use
from analyzer.resolve import Resolver, only_address, speaks
from analyzer.usage import judge


def subjects_of(refs: Iterable[HostRef], policy: Policy, resolver: Resolver) -> Iterator[Subject]:
    """What the checks are asked about each reference, in the same order."""
    led: set[Slot] = set()
    for ref in refs:
        resolution = _known(resolver, ref.host, ref.engine)
        kind = _port_kind(ref, resolution, resolver)
        several = resolution is not None and resolution.node is not None and not only_address(resolution)
        subject = Subject(ref, judge(ref, kind, several=several), resolution, port_kind=kind)
        if ref.group is not None:
            members = tuple(_known(resolver, host, ref.engine) for host in ref.group.members)
            subject = replace(subject, members=members, leads=ref.group.hosts is None or ref.group.hosts not in led)
            led |= {ref.group.hosts} if ref.group.hosts is not None else set()
        if resolution is None and subject.usage.use is Use.CONNECTS:
            subject = _stranger(subject, policy, resolver)
        yield subject


def _stranger(subject: Subject, policy: Policy, resolver: Resolver) -> Subject:
    """The same subject, with what a host that its place does not lead to may be nevertheless."""
    ref = subject.ref
    elsewhere = resolver.resolve(ref.host)
    label, _, domain = ref.host.partition(".")
    return replace(
        subject,
        elsewhere=elsewhere if elsewhere is not None and elsewhere.node is not None else None,
        fronted=tuple(c for c in policy.clusters if c.endpoints and speaks(ref.engine, c)),
        namesake=_known(resolver, label, ref.engine) if domain and not label.isdecimal() else None,
    )


def _known(resolver: Resolver, host: str, engine: Engine | None) -> Resolution | None:
    """The cluster's member, unless the place speaks to another engine: a Redis on a PostgreSQL node is none of it."""
    found = resolver.resolve(host, engine)
    return found if found is not None and speaks(engine, found.cluster) else None


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

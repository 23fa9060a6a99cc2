"""Verdict -> fix: which bytes become what, and how safe that is.

A fix changes hosts and ports and nothing else. Ports are found by the extractor (`HostRef.port`); here it is only
decided whether the port must change, can change, or makes the fix a person's work.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.base64text import Decoded, decode
from analyzer.hosts import DEFAULT_PORTS, is_address
from analyzer.model import (
    Clue,
    Cluster,
    Container,
    Edit,
    Endpoint,
    Fix,
    HostRef,
    Match,
    PortRef,
    Resolution,
    Safety,
    Slot,
    Span,
    Verdict,
)
from analyzer.source import SourceFile


@dataclass(frozen=True, slots=True)
class Change:
    """New text for a slot; ASCII."""

    slot: Slot
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A fix before its changes become bytes of the file."""

    title: str
    safety: Safety
    changes: tuple[Change, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Port:
    """What becomes of the port: changes, or the reason why a person must do it, or why a flag is needed."""

    changes: tuple[Change, ...] = ()
    manual: str = ""
    unsafe: str = ""


def plan(ref: HostRef, resolution: Resolution, verdict: Verdict, port_kind: str) -> Plan | None:
    """The plan that carries out a verdict, or None where it asks for no change.

    Manual plans have no changes; their reason says what a person has to do.
    """
    endpoint = verdict.endpoint
    if endpoint is None:
        return None
    port = _apart(ref) if verdict.collapse else _port(ref, resolution.cluster, endpoint, port_kind)
    title = _title(ref, endpoint, verdict)
    manual = verdict.manual or _untouchable(ref, resolution, endpoint, verdict) or port.manual
    changes = _collapse(ref, endpoint, resolution.cluster) if verdict.collapse else _host(ref, endpoint, verdict)
    if manual or not changes + port.changes:
        return Plan(title, Safety.MANUAL, reason=manual or "nothing to change was found")
    unsafe = verdict.unsafe or port.unsafe or _also_operates(ref)
    return Plan(title, Safety.UNSAFE if unsafe else Safety.SAFE, changes + port.changes, unsafe)


def guard_shared_ports(refs: Sequence[HostRef], plans: Sequence[Plan | None]) -> tuple[Plan | None, ...]:
    """The same plans, unsafe where a port changes that another host of the file uses and keeps.

    `plans` stands beside `refs`, None where nothing is planned.
    """
    users: dict[Slot, set[HostRef]] = defaultdict(set)
    changed: dict[Slot, set[HostRef]] = defaultdict(set)
    for ref, entry in zip(refs, plans, strict=True):
        for slot in _written(ref):
            users[slot].add(ref)
            if entry is not None and any(c.slot == slot for c in entry.changes):
                changed[slot].add(ref)
    torn = {slot for slot, done in changed.items() if users[slot] - done}
    reason = "another host of the file uses the same port"
    return tuple(
        replace(p, safety=Safety.UNSAFE, reason=p.reason or reason) if p and torn & {c.slot for c in p.changes} else p
        for p in plans
    )


def _written(ref: HostRef) -> Iterator[Slot]:
    """Where the port of a host stands."""
    for place in (ref.port, *ref.port.others) if ref.port is not None else ():
        if place.slot is not None and place.slot.span.start < place.slot.span.end:
            yield place.slot


def build(plans: Sequence[Plan | None], source: SourceFile) -> tuple[Fix | None, ...]:
    """Turn the plans of one file into fixes on its bytes, in the same order.

    Changes of several plans inside one base64 value share one edit of that value, and the least safe of them decides.
    """
    inside = _by_container(plans)
    return tuple(None if p is None else _fix(p, source, inside) for p in plans)


def _fix(plan: Plan, source: SourceFile, inside: dict[Container, list[Plan]]) -> Fix:
    containers = {c.slot.container for c in plan.changes if c.slot.container is not None}
    sharers = [p for c in containers for p in inside[c]]
    if any(p.safety is Safety.UNSAFE for p in sharers):
        plan = replace(plan, safety=Safety.UNSAFE, reason=plan.reason or "another change of the same value is unsafe")
    edits = [_edit(source, c.slot.span, c.text.encode("ascii")) for c in plan.changes if c.slot.container is None]
    publishable = source.invalid_at is None
    for container in sorted(containers, key=lambda c: c.span.start):
        decoded = decode(source.slice(container.span))
        if decoded is None:
            return Fix(plan.title, Safety.MANUAL, reason="the base64 does not encode back to the same bytes")
        changes = tuple(dict.fromkeys(c for p in sharers for c in p.changes if c.slot.container == container))
        edits.append(_edit(source, container.span, _recoded(decoded, changes)))
        publishable = publishable and _only_host(decoded, changes)
    return Fix(plan.title, plan.safety, tuple(sorted(edits, key=lambda e: e.span.start)), publishable, plan.reason)


def _edit(source: SourceFile, span: Span, new: bytes) -> Edit:
    return Edit(span, source.slice(span), new, source.position(span.start), source.position(span.end))


def _recoded(decoded: Decoded, changes: tuple[Change, ...]) -> bytes:
    inner = decoded.data
    for change in sorted(changes, key=lambda c: c.slot.span.start, reverse=True):
        span = change.slot.span
        inner = inner[: span.start] + change.text.encode("ascii") + inner[span.end :]
    return decoded.encode(inner)


def _only_host(decoded: Decoded, changes: tuple[Change, ...]) -> bool:
    covered = sum(c.slot.span.end - c.slot.span.start for c in changes)
    return len(decoded.data.strip()) <= covered + len(changes) - 1


def _by_container(plans: Sequence[Plan | None]) -> dict[Container, list[Plan]]:
    inside: dict[Container, list[Plan]] = defaultdict(list)
    for entry in plans:
        for container in {c.slot.container for c in (entry.changes if entry else ())} - {None}:
            if container is not None and entry is not None:
                inside[container].append(entry)
    return inside


def _title(ref: HostRef, endpoint: Endpoint, verdict: Verdict) -> str:
    if verdict.port_only:
        return f"use port {endpoint.port} of the {endpoint.intent} endpoint"
    old = "the list of hosts" if verdict.collapse else ref.host
    return f"replace {old} by the {endpoint.intent} endpoint {endpoint.host}:{endpoint.port}"


def _untouchable(ref: HostRef, resolution: Resolution, endpoint: Endpoint, verdict: Verdict) -> str:
    if ref.sealed:
        return ref.sealed
    if resolution.match is not Match.EXACT:
        return "the host is written in an unusual spelling"
    if verdict.port_only:
        return ""  # the host stays, whichever of the endpoint's names it is
    if ref.takes == "address" and not is_address(endpoint.host):
        return "only an address may stand here, and the endpoint is declared by a name"
    if ref.takes == "name" and is_address(endpoint.host):
        return "only a name may stand here, and the endpoint is declared by an address"
    if (":" in endpoint.host) != (":" in ref.host):
        return "one of host and endpoint is IPv6: brackets and ports are written differently there"
    return ""


def _also_operates(ref: HostRef) -> str:
    """Changing a literal that ssh or curl uses as well would lead those to the load balancer."""
    operation = next((e.text for e in ref.evidence if e.clue is Clue.OPERATION), None)
    return "" if operation is None else f"the same literal is used by {operation} as well"


def _host(ref: HostRef, endpoint: Endpoint, verdict: Verdict) -> tuple[Change, ...]:
    return () if verdict.port_only else (Change(ref.slot, endpoint.host),)


def _collapse(ref: HostRef, endpoint: Endpoint, cluster: Cluster) -> tuple[Change, ...]:
    group = ref.group
    if group is None or group.hosts is None:
        return ()
    host = f"[{endpoint.host}]" if ":" in endpoint.host and group.inline_ports else endpoint.host
    written = ref.port is not None and ref.port.value is not None
    if group.inline_ports and (written or endpoint.port != DEFAULT_PORTS[cluster.engine][0]):
        host = f"{host}:{endpoint.port}"
    changes = [Change(group.hosts, host), *(Change(slot, "") for slot in group.drops)]
    if group.ports is not None:
        changes.append(Change(group.ports, str(endpoint.port)))
    elif not group.inline_ports:
        changes += _port(ref, cluster, endpoint, "database").changes
    return tuple(changes)


def _apart(ref: HostRef) -> _Port:
    """The ports of a list of hosts where they stand elsewhere and cannot be changed with it: one a host, as a rule."""
    apart = ref.group is not None and not ref.group.inline_ports and ref.group.ports is None
    hidden = ref.port.hidden if ref.port is not None and apart else ""
    return _Port(manual=f"the list becomes one host and its ports stand under another key ({hidden})" if hidden else "")


def _port(ref: HostRef, cluster: Cluster, endpoint: Endpoint, port_kind: str) -> _Port:
    port, default = ref.port, DEFAULT_PORTS[cluster.engine][0]
    add = f"the endpoint listens on {endpoint.port}"
    if port is None:
        return _Port(manual="" if endpoint.port == default else f"{add} and no port stands beside the host: add one")
    if port.value == endpoint.port:
        return _Port()
    if port.hidden and port.value is not None:
        return _Port(manual=f"{add} and the port {port.value} comes from {port.hidden}")
    if port.hidden:
        return _Port(manual="" if endpoint.port == default else f"{add} and the port comes from {port.hidden}")
    if port.value is None:
        if endpoint.port == default or port.slot is None:
            return _Port(manual="" if endpoint.port == default else f"{add}: add the port")
        return _Port(_everywhere(port, endpoint))
    if port.slot is None:
        return _Port(manual=f"{add} and the port {port.value} cannot be edited where it stands")
    unsafe = "" if port_kind == "database" else f"port {port.value} is none of the cluster's database ports"
    return _Port(_everywhere(port, endpoint), unsafe=unsafe)


def _everywhere(port: PortRef, endpoint: Endpoint) -> tuple[Change, ...]:
    """The endpoint's port wherever a host's port stands or may be put."""
    return tuple(
        Change(place.slot, f"{place.insert if place.value is None else ''}{endpoint.port}")
        for place in (port, *port.others)
        if place.slot is not None
    )

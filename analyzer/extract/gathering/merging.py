"""One reference for a place, where a file is read in several ways: worlds of a template, alternatives of a value."""

from collections.abc import Iterable
from dataclasses import replace

from analyzer.model import HostRef, PortRef, Slot

SEVERAL_PORTS = "its port differs between the branches of the template"


def merged(refs: Iterable[HostRef]) -> list[HostRef]:
    """One reference for a place and host: two readings of the same bytes give one with the evidence of both."""
    places: dict[tuple[Slot, str], HostRef] = {}
    for ref in refs:
        known = places.get((ref.slot, ref.host))
        places[ref.slot, ref.host] = ref if known is None else _both(known, ref)
    return list(places.values())


def _both(one: HostRef, other: HostRef) -> HostRef:
    return replace(
        one,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        flow=tuple(dict.fromkeys((*one.flow, *other.flow))),
        port=_port(one.port, other.port),
        sealed=one.sealed or other.sealed or _torn(one, other),
        engine=one.engine or other.engine,
        group=one.group or other.group,
    )


def _torn(one: HostRef, other: HostRef) -> str:
    ports = [ref.port.value for ref in (one, other) if ref.port is not None and ref.port.value is not None]
    return SEVERAL_PORTS if len(set(ports)) > 1 else ""


def _port(one: PortRef | None, other: PortRef | None) -> PortRef | None:
    """The port that is written somewhere before one that could be; not editable where two places hold it."""
    if one is None or other is None or one == other:
        return one or other
    if (one.value is None) != (other.value is None):
        return one if one.value is not None else other
    return one if one.slot == other.slot else replace(one, slot=None)

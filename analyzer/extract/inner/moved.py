"""Moves a reference that was found in a text inside a value to the bytes that spell it outside.

Where nothing spells it plainly it is sealed: escapes, folded lines, an encoded value inside an encoded value.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.model import (
    Comment,
    Container,
    Evidence,
    FlowStep,
    HostGroup,
    HostRef,
    Opaque,
    PortRef,
    Region,
    Roster,
    Slot,
    Span,
)

if TYPE_CHECKING:
    # At run time the YAML reader imports this module.
    from analyzer.extract.yaml.scalars import Reading

DEEP = "an encoded value inside an encoded value"


def moved(ref: HostRef, reading: "Reading", evidence: tuple[Evidence, ...], *, sealed: str = "") -> HostRef:
    """A reference in `reading.encoded` as one in the file, with the evidence of its place outside."""
    slot = _outside(ref.slot, reading)
    deep = reading.container is not None and ref.slot.container is not None
    return replace(
        ref,
        slot=slot or _around(ref.slot, reading),
        evidence=tuple(dict.fromkeys((*ref.evidence, *evidence))),
        port=_moved_port(ref.port, reading) if ref.port else None,
        group=_moved_group(ref.group, reading) if ref.group else None,
        flow=tuple(FlowStep(_file_span(_around(Slot(step.span), reading)), step.text) for step in ref.flow),
        sealed=sealed or reading.sealed or ref.sealed or ("" if slot else DEEP if deep else reading.apart),
    )


def moved_region(region: Region, reading: "Reading") -> Region | None:
    """A region of the text outside; None inside of an encoded value, which is swept by nobody."""
    if reading.container is not None:
        return None
    return replace(region, span=_around(Slot(region.span), reading).span)


def moved_opaque(opaque: Opaque, reading: "Reading") -> Opaque:
    """A hidden value of the text as one of the file: at its key, or at the encoded value that holds it."""
    return replace(opaque, span=_file_span(_around(Slot(opaque.span), reading)))


def moved_comment(comment: Comment, reading: "Reading") -> Comment:
    """A comment of the text as one of the file."""
    return replace(comment, span=_around(Slot(comment.span), reading).span)


def moved_roster(roster: Roster, reading: "Reading", *, whole: bool = True) -> Roster:
    """A roster of the text as one of the file; not `whole` where a template may fill in or leave out servers."""

    def outside(span: Span) -> Span:
        return _file_span(_around(Slot(span), reading))

    probe = roster.probe
    if probe is not None and probe.span is not None:
        probe = replace(probe, span=outside(probe.span))
    return replace(
        roster,
        span=outside(roster.span),
        servers=tuple(replace(server, span=outside(server.span)) for server in roster.servers),
        binds=tuple(replace(bind, span=outside(bind.span)) for bind in roster.binds),
        probe=probe,
        whole=roster.whole and whole,
    )


def _outside(slot: Slot, reading: "Reading") -> Slot | None:
    """The bytes outside that are exactly those of `slot` inside, or None."""
    if slot.container is None:
        return reading.locate(*_characters(slot.span, reading))
    around = reading.locate(*_characters(slot.container.span, reading))
    if around is None or reading.container is not None:
        return None
    return Slot(slot.span, Container(around.span, slot.container.encoding))


def _around(slot: Slot, reading: "Reading") -> Slot:
    span = slot.container.span if slot.container else slot.span
    return reading.around(*_characters(span, reading))


def _characters(span: Span, reading: "Reading") -> tuple[int, int]:
    return reading.character(span.start), reading.character(span.end)


def _file_span(slot: Slot) -> Span:
    return slot.container.span if slot.container else slot.span


def _moved_port(port: PortRef, reading: "Reading") -> PortRef | None:
    if port.slot is None:
        return port
    slot, others = _outside(port.slot, reading), [_moved_port(other, reading) for other in port.others]
    moved = tuple(other for other in others if other is not None and other.slot is not None)
    if slot is None and port.value is None:
        return None
    if slot is None or len(moved) < len(others):
        return replace(port, slot=None, hidden=port.hidden or reading.apart, others=())
    return replace(port, slot=slot, others=moved)


def _moved_group(group: HostGroup, reading: "Reading") -> HostGroup:
    hosts = _outside(group.hosts, reading) if group.hosts else None
    ports = _outside(group.ports, reading) if group.ports else None
    drops = tuple(moved for drop in group.drops if (moved := _outside(drop, reading)))
    whole = hosts is not None and len(drops) == len(group.drops) and (ports is not None) == (group.ports is not None)
    return replace(group, hosts=hosts if whole else None, ports=ports, drops=drops)

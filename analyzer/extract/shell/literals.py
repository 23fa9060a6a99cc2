"""Joins what is said about one literal: the evidence of all commands that take it, their ports, the way to them.

A literal that several commands take is one reference. The order of evidence and flow is connections first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from analyzer.hosts import DEFAULT_PORTS
from analyzer.model import Clue, Engine, Evidence, FlowStep, HostRef, Intent, PortRef, Slot

_STEPS = 12  # flow steps shown for one literal


class Use(Enum):
    """How a script comes to a literal."""

    CONNECTS = "a database client takes it"
    OPERATES = "an administration program takes it"
    TURNS = "a database client takes it by turns with other servers"
    KEY = "it stands under a key"
    EXPORTED = "it stands under a key that other programs read"


@dataclass(slots=True)
class _Entry:
    """One literal host and what is said about it."""

    ref: HostRef
    evidence: list[Evidence] = field(default_factory=list)
    connecting: list[FlowStep] = field(default_factory=list)
    others: list[FlowStep] = field(default_factory=list)
    ports: list[PortRef | None] = field(default_factory=list)
    other_ports: list[PortRef | None] = field(default_factory=list)
    uses: set[Use] = field(default_factory=set)


class Literals:
    """The literals of one text, by their place."""

    def __init__(self) -> None:
        self._entries: dict[Slot, _Entry] = {}

    def add(self, ref: HostRef, use: Use, step: FlowStep | None = None) -> None:
        """Say something about the literal at `ref.slot`; `step` is where a variable brings it."""
        entry = self._entries.setdefault(ref.slot, _Entry(ref))
        dsn = any(e.clue is Clue.DSN for e in entry.evidence)
        entry.evidence += [e for e in ref.evidence if e not in entry.evidence and not (dsn and e.clue is Clue.DSN)]
        intent = entry.ref.intent if entry.ref.intent is not Intent.UNKNOWN else ref.intent
        entry.ref = replace(entry.ref, engine=entry.ref.engine or ref.engine, intent=intent)
        entry.uses.add(use)
        if use is Use.CONNECTS or (use in (Use.KEY, Use.EXPORTED) and ref.port is not None):
            entry.ports.append(ref.port)
        elif ref.port is not None and ref.port.value is not None:
            entry.other_ports.append(ref.port)
        steps = entry.connecting if use is Use.CONNECTS else entry.others
        if step is not None and step not in steps and len(steps) < _STEPS:
            steps.append(step)

    def references(self) -> Iterator[HostRef]:
        """The references, in the order of the text."""
        yield from map(_finished, sorted(self._entries.values(), key=lambda entry: _place(entry.ref.slot)))


def _finished(entry: _Entry) -> HostRef:
    order = {clue: rank for rank, clue in enumerate(Clue)}
    steps = [*sorted(entry.connecting, key=_start), *sorted(entry.others, key=_start)]
    evidence = sorted(_weighed(entry), key=lambda e: order[e.clue])
    port = _common(entry.ports or entry.other_ports, entry.ref.engine)
    return replace(entry.ref, evidence=tuple(evidence), flow=tuple(steps), port=port)


def _weighed(entry: _Entry) -> list[Evidence]:
    """What a variable is used for counts more than its name: a DB_HOST that only `ssh` takes is no connection."""
    uses = entry.uses
    if uses & {Use.CONNECTS, Use.EXPORTED} or not uses & {Use.OPERATES, Use.TURNS}:
        return entry.evidence
    dropped = {Clue.KEY} if Use.OPERATES in uses else {Clue.KEY, Clue.NAME, Clue.PORT}
    return [e for e in entry.evidence if e.clue not in dropped]


def _common(ports: list[PortRef | None], engine: Engine | None) -> PortRef | None:
    """The port that all commands use, with each place where it stands or may be put; hidden where they differ.

    None is a use of which no port is known: it says nothing beside others.
    """
    places = list({(p.value, p.slot, p.hidden): p for p in reversed(ports) if p is not None}.values())[::-1]
    written = [port for port in places if port.value is not None or port.hidden]
    if not written:
        editable = None not in ports and all(port.slot is not None for port in places)
        return replace(places[0], others=tuple(places[1:])) if places and editable else None
    if len(places) == 1:
        return written[0]
    values = {port.value for port in written}
    if len(written) < len(places):
        values.add(DEFAULT_PORTS[engine][0] if engine is not None else None)
    if len(values) > 1 or None in values:
        return PortRef(hidden="several commands")
    if any(port.slot is None for port in places):
        return PortRef(written[0].value)
    return replace(written[0], others=tuple(port for port in places if port is not written[0]))


def _start(step: FlowStep) -> int:
    return step.span.start


def _place(slot: Slot) -> tuple[int, int]:
    span = slot.container.span if slot.container else slot.span
    return span.start, slot.span.start

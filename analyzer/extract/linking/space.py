"""One space of addresses for several files, so that a reader of one file can speak of places in another.

The reader's own file comes first, at address 0; behind it lie stretches of others. What the reader says is then divided
among the files.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analyzer.model import Clue, FlowStep, HostGroup, HostRef, PortRef, Slot, Span

_APART = "another file than the host"
# What a use can tell of a constant in another file; what its own key tells, its own file's reader says.
_TOLD_BY_USES = frozenset({Clue.CALL, Clue.COMMAND, Clue.CHOICE, Clue.DSN, Clue.OPERATION})


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes `at` and following of a file, at the addresses `span`."""

    span: Span
    path: str
    at: int


@dataclass(frozen=True)
class Space:
    """Segments in the order of their addresses, the first of them the reader's own file."""

    segments: tuple[Segment, ...]

    @property
    def own(self) -> str:
        """The path of the reader's own file."""
        return self.segments[0].path

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.span.start for segment in self.segments]

    def home(self, span: Span) -> Segment | None:
        """The segment in which a span lies whole."""
        at = bisect_right(self._starts, span.start) - 1
        segment = self.segments[at] if at >= 0 else None
        return segment if segment is not None and span.end <= segment.span.end else None

    def divided(self, refs: Iterable[HostRef]) -> dict[str, tuple[HostRef, ...]]:
        """The references by path, each in the bytes of its file; those in no file are left out.

        In other files than the reader's own, only what the own file uses is told.
        """
        found: dict[str, list[HostRef]] = defaultdict(list)
        for ref in refs:
            segment = self.home(_outer(ref.slot))
            if segment is None:
                continue
            moved = self._moved(ref, segment)
            if segment.path == self.own or any(step.path for step in moved.flow):
                found[segment.path].append(moved)
        return {path: tuple(own) for path, own in found.items()}

    def _moved(self, ref: HostRef, home: Segment) -> HostRef:
        own = home.path == self.own
        evidence = ref.evidence if own else tuple(e for e in ref.evidence if e.clue in _TOLD_BY_USES)
        return replace(
            ref,
            slot=_shifted(ref.slot, home),
            evidence=evidence,
            port=self._port(ref.port, home) if ref.port else None,
            group=self._group(ref.group, home) if ref.group else None,
            flow=tuple(dict.fromkeys(self._steps(ref.flow, home))),
        )

    def _steps(self, flow: Sequence[FlowStep], home: Segment) -> Iterable[FlowStep]:
        for step in flow:
            segment = self.home(step.span)
            if segment is not None:
                start = step.span.start - segment.span.start + segment.at
                path = segment.path if segment.path != home.path else ""
                yield FlowStep(Span(start, start + step.span.end - step.span.start), step.text, path)

    def _port(self, port: PortRef, home: Segment) -> PortRef | None:
        if port.slot is None:
            return port
        slot = self._placed(port.slot, home.path)
        if slot is not None and not port.others:
            return replace(port, slot=slot)
        return replace(port, slot=None, insert="", hidden=_APART, others=()) if port.value is not None else None

    def _group(self, group: HostGroup, home: Segment) -> HostGroup:
        """The list, which one edit can only collapse where all of it stands in the host's file."""
        hosts = self._placed(group.hosts, home.path) if group.hosts else None
        ports = self._placed(group.ports, home.path) if group.ports else None
        drops = tuple(slot for drop in group.drops if (slot := self._placed(drop, home.path)))
        if hosts is None or (group.ports and not ports) or len(drops) < len(group.drops):
            return replace(group, hosts=None, ports=None, drops=())
        return replace(group, hosts=hosts, ports=ports, drops=drops)

    def _placed(self, slot: Slot, path: str) -> Slot | None:
        home = self.home(_outer(slot))
        return _shifted(slot, home) if home is not None and home.path == path else None


def _shifted(slot: Slot, home: Segment) -> Slot:
    by = home.at - home.span.start
    if slot.container is None:
        return Slot(Span(slot.span.start + by, slot.span.end + by))
    outer = slot.container.span
    return replace(slot, container=replace(slot.container, span=Span(outer.start + by, outer.end + by)))


def _outer(slot: Slot) -> Span:
    return slot.container.span if slot.container is not None else slot.span

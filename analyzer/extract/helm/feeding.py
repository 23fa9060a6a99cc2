"""One reference for each host of a values file, from all the places that it feeds.

A value that feeds applications is a connection, whatever else it feeds. One that only feeds exporters or network rules
is none, whatever its key is called.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from analyzer.extract.gathering.merging import merged
from analyzer.extract.helm.ledger import Region
from analyzer.extract.helm.sinks import Sink, shown_path
from analyzer.model import CONNECTING, Clue, Evidence, HostRef, Slot

_MOST_TOLD = 5  # places that a finding lists


def gathered(sinks: Sequence[Sink], certain: Callable[[Region], bool]) -> dict[str, list[HostRef]]:
    """By file: one reference for each place and host.

    `certain` answers whether all that a value feeds was seen and understood: then its key's name says no more.
    """
    places: dict[tuple[str, object, str], list[Sink]] = {}
    for sink in sinks:
        places.setdefault(sink.place, []).append(sink)
    relying = {sink.relies: sink.region.source.path for sink in sinks if sink.relies is not None}
    found: dict[str, list[HostRef]] = {}
    for (path, _, _), fed in places.items():
        ref = _gathered(fed, certain=all(certain(sink.region) for sink in fed))
        found.setdefault(path, []).append(_held(ref, path, relying))
    return found


def _held(ref: HostRef, path: str, relying: Mapping[tuple[str, Slot], str]) -> HostRef:
    """A port on which a host in another file relies is no single edit: that host would be left with it."""
    slot = ref.port.slot if ref.port is not None else None
    other = relying.get((path, slot)) if slot is not None else None
    if ref.port is None or other is None:
        return ref
    return replace(ref, port=replace(ref.port, slot=None, hidden=f"a value that {shown_path(other)} relies on"))


def _gathered(sinks: Sequence[Sink], *, certain: bool) -> HostRef:
    used = [sink for sink in sinks if not _operates(sink.ref)]
    ref = _one(used or sinks)
    if used:
        others = (sink.ref for sink in sinks if _operates(sink.ref))
        evidence = (*ref.evidence, *(each for other in others for each in _beside(other)))
    elif certain:
        evidence = (*_nature(ref), *ref.evidence)
    else:
        kept = (each for each in ref.evidence if each.clue is not Clue.INFRASTRUCTURE)
        evidence = (*_beside(ref), *kept)
    return _brief(replace(ref, evidence=tuple(dict.fromkeys(evidence))))


def _one(sinks: Sequence[Sink]) -> HostRef:
    """All sinks of a host as one reference; ports count where the values as they are lead."""
    natural = [sink.ref for sink in sinks if not sink.assumed]
    ref = merged(natural or [sink.ref for sink in sinks])[0]
    evidence = dict.fromkeys((*ref.evidence, *(each for sink in sinks for each in sink.ref.evidence)))
    flow = dict.fromkeys((*ref.flow, *(step for sink in sinks for step in sink.ref.flow)))
    return replace(ref, evidence=tuple(evidence), flow=tuple(flow))


def _beside(ref: HostRef) -> Iterator[Evidence]:
    """What else a value feeds: whoever changes it changes that as well."""
    for each in ref.evidence:
        if each.clue in {Clue.INFRASTRUCTURE, Clue.OPERATION}:
            yield Evidence(Clue.OPERATION, each.text)


def _operates(ref: HostRef) -> bool:
    clues = {each.clue for each in ref.evidence}
    return Clue.INFRASTRUCTURE in clues or (Clue.OPERATION in clues and CONNECTING.isdisjoint(clues))


def _nature(ref: HostRef) -> Iterator[Evidence]:
    """What outweighs the name of a key such as `datasource.host`."""
    clues = {each.clue for each in ref.evidence}
    if Clue.INFRASTRUCTURE not in clues:
        key = next(each.text for each in ref.evidence if each.clue is Clue.OPERATION)
        yield Evidence(Clue.INFRASTRUCTURE, f"operation: feeds nothing but {key}")


def _brief(ref: HostRef) -> HostRef:
    """The first places only: one edit serves all of them."""
    places = [each for each in ref.evidence if each.clue is Clue.PLACE]
    silent = set(places[_MOST_TOLD:])
    evidence = tuple(each for each in ref.evidence if each not in silent)
    return replace(ref, evidence=evidence, flow=ref.flow[:_MOST_TOLD])

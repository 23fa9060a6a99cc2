"""Declared nodes that stand in a file's bytes and that no extractor claimed.

A region that an extractor told lends its nature to what stands in it; copies are not looked at.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from analyzer.hosts import HOLE
from analyzer.model import Clue, Evidence, Extraction, HostRef, PortRef, Region, Slot, Span
from analyzer.resolve import Resolver
from analyzer.source import SourceFile

PARTIAL = "a template writes a part of the host"


def swept(source: SourceFile, extraction: Extraction, resolver: Resolver) -> Iterator[HostRef]:
    """Declared nodes that stand in the bytes and that no extractor claimed."""
    claimed = sorted((_place(r.slot).start, _place(r.slot).end) for r in extraction.refs)
    starts = [start for start, _ in claimed]
    reach = list(accumulate((end for _, end in claimed), max, initial=0))
    natures = Natures(extraction.regions)
    for span, host in (*resolver.mentions(source.data), *resolver.partials(source.data)):
        region = natures.around(span)
        if span.end <= reach[bisect_right(starts, span.start)] or (region is not None and region.nature is None):
            continue
        own = region.nature if region is not None else None
        evidence = (*((own,) if own else ()), Evidence(Clue.TEXT, "its name or address stands here"))
        shape, sealed = f"…«{host.replace(HOLE, '…')}»…", PARTIAL if HOLE in host else ""
        yield HostRef(host, Slot(span), evidence, shape, port=_port_after(source.data, span), sealed=sealed)


class Natures:
    """The regions of a file, asked for the innermost one around some bytes; regions nest or lie apart."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self._regions = sorted(regions, key=lambda r: (r.span.start, -r.span.end))
        self._starts = [r.span.start for r in self._regions]
        self._outer: list[int] = []
        nested: list[int] = []
        for at, region in enumerate(self._regions):
            while nested and self._regions[nested[-1]].span.end < region.span.end:
                nested.pop()
            self._outer.append(nested[-1] if nested else -1)
            nested.append(at)

    def around(self, span: Span) -> Region | None:
        """The innermost region that holds all of a span, or None."""
        at = bisect_right(self._starts, span.start) - 1
        while at >= 0 and self._regions[at].span.end < span.end:
            at = self._outer[at]
        return self._regions[at] if at >= 0 else None


def _port_after(data: bytes, span: Span) -> PortRef | None:
    if data[span.end : span.end + 1] != b":":
        return None
    digits = data[span.end + 1 : span.end + 7]
    count = next((i for i, byte in enumerate(digits) if not 48 <= byte <= 57), len(digits))
    return PortRef(value=int(digits[:count])) if 0 < count <= 5 else None


def _place(slot: Slot) -> Span:
    return slot.container.span if slot.container is not None else slot.span

"""The ways through a text that holds a template which is rendered later: one branch of each condition at a time.

So a host and its port meet only where both are printed. Actions that print stay as they are written.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from analyzer.extract.yaml.scalars import Reading
from analyzer.model import Span
from analyzer.templates.blocks import Block, read_blocks
from analyzer.templates.lexer import actions
from analyzer.templates.parts import whole
from analyzer.templates.views import kept_of

_OPENINGS = ("{{", "{%", "<%")


def conditional(text: str) -> bool:
    """Whether a text may hold conditions of a template."""
    return any(opening in text for opening in _OPENINGS)


def printed_ways(reading: Reading) -> Iterator[Reading]:
    """The readings of a text, the text itself where nothing in it depends on a condition."""
    data = reading.text.encode("ascii", "replace")  # a byte a character
    nodes = read_blocks(list(actions(data)), len(data))
    if not any(isinstance(node, Block) for node in nodes):
        yield reading
        return
    for kept in kept_of(data, whole(nodes, 0, len(data))):
        yield _picked(reading, kept)


def _picked(reading: Reading, kept: Sequence[Span]) -> Reading:
    """The characters of some ranges as a reading of their own; a range of it that spans a gap encloses it."""
    starts = list(accumulate((span.end - span.start for span in kept), initial=0))

    def place(at: int) -> int:
        index = min(bisect_right(starts, at), len(kept)) - 1
        return kept[index].start + at - starts[index]

    def spans(start: int, end: int) -> Span:
        if start < end:
            return reading.spans(place(start), place(end - 1) + 1)
        at = place(start - 1) + 1 if start else kept[0].start if kept else 0
        return reading.spans(at, at)

    text = "".join(reading.text[span.start : span.end] for span in kept)
    return replace(reading, text=text, spans=spans, others=())

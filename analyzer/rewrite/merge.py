"""Which fixes can be made together: a fix goes in whole or not at all.

Edits that two fixes have in common are made once. Knows the spans only, not the bytes that they lie in.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.model import Edit, Fix
from analyzer.rewrite.edits import place

_EMPTY = "it has no edits"
_TORN = "its own edits overlap"
_OVERLAP = "it overlaps another fix"


@dataclass(frozen=True, slots=True)
class Merged:
    """Fixes that go in, those that do not with the reason, and the edits to apply, each once and in order."""

    accepted: tuple[Fix, ...]
    rejected: tuple[tuple[Fix, str], ...]
    edits: tuple[Edit, ...]


def merge(fixes: Iterable[Fix]) -> Merged:
    """The fixes of one file, in the order of their first edit; of two that overlap the later one is rejected whole.

    Edits overlap where they share a byte, where one inserts inside the other's bytes, and where both insert different
    bytes at one place. Equal edits do not: they are shared. Edits that only touch do not.
    """
    accepted: list[Fix] = []
    rejected: list[tuple[Fix, str]] = []
    taken: list[Edit] = []
    for fix in sorted(fixes, key=_order):
        edits = sorted(set(fix.edits), key=place)
        reason = _fault(edits) or _conflict(edits, taken)
        if reason:
            rejected.append((fix, reason))
            continue
        accepted.append(fix)
        for edit in edits:
            if not _shared(edit, taken):
                insort(taken, edit, key=place)
    return Merged(tuple(accepted), tuple(rejected), tuple(taken))


def _order(fix: Fix) -> list[tuple[int, int, bytes]]:
    return sorted((*place(edit), edit.new) for edit in fix.edits)


def _fault(edits: Sequence[Edit]) -> str:
    if not edits:
        return _EMPTY
    return _TORN if any(_overlap(one, other) for one, other in pairwise(edits)) else ""


def _conflict(edits: Sequence[Edit], taken: Sequence[Edit]) -> str:
    return _OVERLAP if any(not _shared(edit, taken) and _hits(edit, taken) for edit in edits) else ""


def _shared(edit: Edit, taken: Sequence[Edit]) -> bool:
    at = bisect_left(taken, place(edit), key=place)
    return at < len(taken) and taken[at] == edit


def _hits(edit: Edit, taken: Sequence[Edit]) -> bool:
    # The taken edits do not overlap each other, so the last one before this edit reaches farthest.
    at = bisect_left(taken, place(edit), key=place)
    if at and _overlap(taken[at - 1], edit):
        return True
    while at < len(taken) and taken[at].span.start <= edit.span.end:
        if _overlap(edit, taken[at]):
            return True
        at += 1
    return False


def _overlap(one: Edit, other: Edit) -> bool:
    """`one` does not stand after `other`."""
    if one.span == other.span:
        return True
    if other.span.start == other.span.end or one.span.start == one.span.end:
        return one.span.start < other.span.start < one.span.end
    return other.span.start < one.span.end

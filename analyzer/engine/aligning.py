"""Which lines of a file stood in its older version: a diff in linear time, whatever the file holds."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence


def kept_lines(old: Sequence[bytes], new: Sequence[bytes]) -> dict[int, int]:
    """By their numbers (from 0) in `new`: the numbers in `old` of lines that stayed, both rising.

    Lines that occur once in both are anchors, as many as keep their order; equal lines around them stayed as well.
    """
    kept: dict[int, int] = {}
    start, end = (-1, -1), (len(new), len(old))
    for anchor in (*_rising(_anchors(old, new)), end):
        if anchor != end:
            kept[anchor[0]] = anchor[1]
        _between(old, new, start, anchor, kept)
        start = anchor
    return kept


def _anchors(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    """The places, in new and old, of lines that occur once in both."""
    before, after = Counter(old), Counter(new)
    places = {line: number for number, line in enumerate(old) if before[line] == 1}
    return [(number, places[line]) for number, line in enumerate(new) if after[line] == 1 and line in places]


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """A longest choice of the pairs, which rise in their first number, that rises in the second as well."""
    tails: list[int] = []
    chains: list[tuple[tuple[int, int], int]] = []  # a pair, and which entry it follows
    last: list[int] = []
    for pair in pairs:
        length = bisect_left(tails, pair[1])
        tails[length : length + 1] = [pair[1]]
        last[length : length + 1] = [len(chains)]
        chains.append((pair, last[length - 1] if length else -1))
    at, found = last[-1] if last else -1, []
    while at >= 0:
        pair, at = chains[at]
        found.append(pair)
    return found[::-1]


def _between(
    old: Sequence[bytes], new: Sequence[bytes], start: tuple[int, int], end: tuple[int, int], kept: dict[int, int]
) -> None:
    """Adds the equal lines that follow the pair `start` and those that stand before the pair `end`."""
    first, then = start[0] + 1, start[1] + 1
    while first < end[0] and then < end[1] and new[first] == old[then]:
        kept[first] = then
        first, then = first + 1, then + 1
    last, before = end[0] - 1, end[1] - 1
    while last >= first and before >= then and new[last] == old[before]:
        kept[last] = before
        last, before = last - 1, before - 1

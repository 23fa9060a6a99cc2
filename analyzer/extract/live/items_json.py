"""Where the documents of a JSON dump stand, and the items of their lists. One pass over brackets, nothing is parsed.

https://www.rfc-editor.org/rfc/rfc8259; a list of Kubernetes has its objects under `items`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.extract.live.root import Root
from analyzer.model import Span

BRACKET = re.compile(rb"""(?>(?:[^"\[\]{}]+|"(?>(?:[^"\\]+|\\[\s\S])*)")*)([\[\]{}"]|\Z)""")
"""The next bracket behind other text. Strings are skipped whole; a quote that closes nowhere stops the search."""

_ITEMS = re.compile(rb'"items"[ \t\r\n]{0,40}:[ \t\r\n]{0,40}\Z')
_BEHIND = 100  # bytes before a bracket in which its key stands


@dataclass(slots=True)
class _Cursor:
    """Where the search is: how deep, and what it has found of the document at hand."""

    depth: int = 0
    start: int = 0
    listed: int = -1  # the depth of the items of the list at hand
    lists: bool = False
    item: int = -1
    items: list[Span] = field(default_factory=list)


def roots(data: bytes) -> Iterator[Root]:
    """The documents in order, what stands between two belongs to the second; the last may be cut off."""
    at = _Cursor()
    for found in BRACKET.finditer(data):
        sign, place = found[1], found.start(1)
        if sign in (b"{", b"["):
            _open(data, at, sign, place)
        elif sign in (b"}", b"]"):
            _close(at, place)
            if at.depth <= 0:
                yield Root(Span(at.start, place + 1), tuple(at.items), lists=at.lists)
                at = _Cursor(start=place + 1)
        else:
            break
    yield Root(Span(at.start, len(data)), tuple(at.items), lists=at.lists, cut_off=at.depth > 0)


def _open(data: bytes, at: _Cursor, sign: bytes, place: int) -> None:
    at.depth += 1
    if sign == b"[" and at.listed < 0 and _lists(data, at.depth, place):
        at.listed, at.lists = at.depth + 1, True
    elif sign == b"{" and at.depth == at.listed:
        at.item = place


def _lists(data: bytes, depth: int, place: int) -> bool:
    """Whether a bracket opens the objects: the document itself is the list, or holds it as `items`."""
    return depth == 1 or (depth == 2 and _ITEMS.search(data, max(place - _BEHIND, 0), place) is not None)


def _close(at: _Cursor, place: int) -> None:
    if at.depth == at.listed and at.item >= 0:
        at.items.append(Span(at.item, place + 1))
        at.item = -1
    at.depth -= 1
    if at.depth == at.listed - 2:
        at.listed = -1

"""Where the documents of a YAML dump stand, and the items of their lists. By lines alone, nothing is parsed.

Written for what kubectl prints: block style, the objects under `items` at the left edge
(https://kubernetes.io/docs/reference/kubectl/#formatting-output). Lists in another layout stay whole.
"""

import re
from collections.abc import Iterator

from analyzer.extract.live.root import Root
from analyzer.model import Span

_SEPARATOR = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_EMPTY = re.compile(rb"^items:[ \t]{0,40}\[[ \t]{0,40}\][ \t]{0,40}(?=[\r\n]|\Z)", re.MULTILINE)
_ITEMS = re.compile(rb"^items:[ \t]{0,40}\r?\n(?P<indent> {0,8})-(?=[ \t\r\n])", re.MULTILINE)


def documents(data: bytes) -> Iterator[Root]:
    """The documents in order, the line that opens one included."""
    start = 0
    for found in _SEPARATOR.finditer(data):
        yield _document(data, Span(start, found.start()))
        start = found.start()
    yield _document(data, Span(start, len(data)))


def _document(data: bytes, whole: Span) -> Root:
    opening = _ITEMS.search(data, whole.start, whole.end)
    if opening is None:
        return Root(whole, lists=_EMPTY.search(data, whole.start, whole.end) is not None)
    indent = len(opening["indent"])
    edges = _edges(indent)
    items: list[Span] = []
    start = opening.start("indent")
    for edge in edges.finditer(data, start + indent + 1, whole.end):
        items.append(Span(start, edge.start()))
        start = edge.start()
        if edge["item"] is None:
            return Root(whole, tuple(items), indent, lists=True)
    return Root(whole, (*items, Span(start, whole.end)), indent, lists=True)


def _edges(indent: int) -> re.Pattern[bytes]:
    """Lines that end an item: the next one, or a key of the list itself."""
    item, key = rb"(?P<item> {%d}-(?=[ \t\r\n]))" % indent, rb" {0,%d}[^ \t\r\n#-]" % indent
    return re.compile(rb"^(?:" + item + rb"|" + key + rb")", re.MULTILINE)

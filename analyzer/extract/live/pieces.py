"""A dump of many objects, cut into its objects by bytes alone: each is then read for itself, in its own time.

What stands around the objects is a piece as well, so that nothing is lost and a dump that was cut off is told. A wrong
cut cannot hide anything: the pieces add up to the dump, and one that is no longer whole is told by who parses it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from analyzer.extract.live import items_json, items_yaml
from analyzer.extract.live.root import Root
from analyzer.extract.live.typed import Typed, typed
from analyzer.model import Span

_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_OPENED = re.compile(rb"^apiVersion:", re.MULTILINE)
_OBJECT = re.compile(
    rb"""^[ \t-]{0,40}(?:apiVersion|data)[ \t]{0,8}:|"(?:apiVersion|data)"[ \t\r\n]{0,8}:""", re.MULTILINE
)
_HOLLOW = re.compile(rb"\[[ \t\r\n]*\]")
_CLOSED = re.compile(rb"^kind:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """An object, or what stands `around` a list of them. `data` starts in that line of the dump.

    `unclosed`: JSON whose end is missing, which its parser tells.
    """

    data: bytes
    line: int
    json: bool
    around: bool = False
    unclosed: bool = False

    @property
    def foreign(self) -> bool:
        """Whether this is neither an object of Kubernetes nor an answer of Vault, but, say, an error in words."""
        return _OBJECT.search(self.data) is None

    @property
    def cut_off(self) -> bool:
        """Whether the end of a list or an object is missing: kubectl writes `kind` after the items and the data."""
        return not self.json and _OPENED.search(self.data) is not None and _CLOSED.search(self.data) is None


def is_json(data: bytes) -> bool:
    """Whether a dump is JSON, by its first bytes; all else is YAML."""
    return data.removeprefix(_BOM).lstrip(_BLANK)[:1] in (b"{", b"[")


def pieces(data: bytes) -> Iterator[Piece]:
    """The pieces of a dump: objects in order, and what stands around each list after its objects."""
    json = is_json(data)
    line, at = 1, 0
    for root in items_json.roots(data) if json else items_yaml.documents(data):
        line, at = line + data.count(b"\n", at, root.span.start), root.span.start
        opened = line
        rest = _around(data, root.span, root.items)
        kinds = typed(rest) if root.items else None
        for item in root.items:
            line, at = line + data.count(b"\n", at, item.start), item.start
            yield Piece(_item(data[item.start : item.end], root, kinds, json=json), line, json)
        if rest.strip(_BLANK):
            around = bool(root.items) or (root.lists and _HOLLOW.search(rest) is not None)
            yield Piece(rest, opened, json, around, unclosed=root.cut_off)


def _item(body: bytes, root: Root, kinds: Typed | None, *, json: bool) -> bytes:
    """An object of a list as one that stands alone: a list's hyphen would make it a list again."""
    if json:
        return kinds.json(body) if kinds else body
    alone = b" " * (root.indent + 1) + body[root.indent + 1 :]
    return kinds.yaml(alone) if kinds else alone


def _around(data: bytes, whole: Span, items: tuple[Span, ...]) -> bytes:
    """The bytes of a document without its items and the commas between them."""
    if not items:
        return data[whole.start : whole.end]
    gaps = (data[one.end : other.start] for one, other in pairwise(items))
    between = (gap for gap in gaps if gap.strip(_BLANK + b","))
    return b"".join((data[whole.start : items[0].start], *between, data[items[-1].end : whole.end]))

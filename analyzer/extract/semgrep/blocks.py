"""The blocks of a file, from its braces: what each is called, and which of them enclose a place.

Works on code whose comments and strings are blanked. Knows no constants.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

_HEAD = 300
_TYPE = re.compile(
    r"\b(?:class|object|interface|enum|struct|module|trait|namespace|record|impl)\s{1,9}(?:\w{1,60}<[^>{]{0,60}>\s)?([A-Za-z_]\w{0,63})"
)
_MAP = re.compile(
    r"([A-Za-z_$][\w$]{0,63})['\"]?\s{0,9}(?::[^={}();]{1,60})?(?:=|:)\s{0,9}(?:Object\.freeze\(|defineConfig\()?\s{0,9}$"
)
_VALUE = re.compile(r"(?:[=(\[,:]|\breturn|\bexport default)\s{0,9}$")
_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Block:
    """A pair of braces: its characters, its name or an empty one, whether it is a map, and what stands before it."""

    start: int
    end: int
    name: str
    map: bool
    head: str


@dataclass(frozen=True)
class Blocks:
    """The blocks of some code; those that stand deeper than a sane file goes are left out."""

    code: str

    def around(self, at: int) -> list[Block]:
        """The blocks that enclose a character, outermost first."""
        found: list[Block] = []
        index = bisect_left(self._starts, at) - 1
        while index >= 0:
            block, outer = self._all[index]
            if at < block.end:
                found.append(block)
            index = outer
        return found[::-1]

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block, _ in self._all]

    @cached_property
    def _all(self) -> list[tuple[Block, int]]:
        """Blocks by their start, each with the index of the one around it, or -1."""
        places: list[tuple[int, int, int]] = []  # start, end, outer
        opened: list[int] = []
        for match in re.finditer(r"[{}]", self.code):
            if match.group() == "{":
                opened.append(len(places))
                places.append((match.start(), len(self.code), opened[-2] if len(opened) > 1 else -1))
            elif opened:
                start, _, outer = places[opened[-1]]
                places[opened.pop()] = (start, match.end(), outer)
            if len(opened) > _DEEPEST:
                return []
        return [(self._block(start, end), outer) for start, end, outer in places]

    def _block(self, start: int, end: int) -> Block:
        head = self.code[max(start - _HEAD, 0) : start]
        cut = max(head.rfind(mark) for mark in ";{}") + 1
        head = head[cut:]
        own = _own_lines(head)
        if named := _TYPE.search(head):
            return Block(start, end, named[1], map=False, head=own)
        mapped = _MAP.search(head)
        plain = _VALUE.search(head) is not None
        return Block(start, end, mapped[1] if mapped else "", map=mapped is not None or plain, head=own)


def _own_lines(head: str) -> str:
    """The last line before a brace, with those before it while its brackets are open: where parameters stand."""
    lines = head.split("\n")
    own = lines.pop()
    while lines and (own.count(")") > own.count("(") or not own.strip()):
        own = f"{lines.pop()}\n{own}"
    return own

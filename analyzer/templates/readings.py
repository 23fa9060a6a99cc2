"""What a text with template actions reads as: literals for the actions that print them, one branch of each condition.

What prints something unknown stays as it is written, and so do conditions over several lines, which whoever reads the
text covers. Several ways through the text give several readings; they are paired, not multiplied: every literal stands
in one of them. It knows neither the format around the text nor what a host is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from analyzer.templates import expressions, jinja
from analyzer.templates.blocks import Block, Branch, Node, read_blocks
from analyzer.templates.blocks import Text as Plain
from analyzer.templates.dialects import Dialect, Kind, dialect_of
from analyzer.templates.lexer import Action, actions
from analyzer.templates.literals import MOST, Variables, texts
from analyzer.templates.nodes import Statement
from analyzer.templates.printed import Text, joined, spelled
from analyzer.templates.segments import GONE_TEXT

_DEEPEST = 3  # templates in strings of templates
_EFFORT = 400_000  # characters of all readings of one text
_LONGEST = 500_000  # characters of an expression


@dataclass(frozen=True, slots=True)
class _Way:
    """One way through a part of a text. `seen`: it prints something that can be seen, blanks apart."""

    text: Text
    seen: bool


_LITERAL = re.compile(r"[\"'`]|(?<![\w.])[0-9]")
_NAME = re.compile(r"(?<![\w.])\$?([^\W\d]\w*)")

Held = Callable[[str, int], Sequence[Text]]
"""What a variable of this name holds at a character of the text; places are bytes of the file."""


def _nothing(_name: str, _at: int) -> Sequence[Text]:
    return ()


def readings(text: str, held: Held = _nothing) -> tuple[Text, ...]:
    """The ways to read a text, at most `MOST`; none where they say no more than the text itself.

    `held` tells what variables may hold.
    """
    return _read(text, held, 0)


def statement_of(text: str, action: Action, dialect: Dialect) -> Statement | None:
    """What an action says; None where nobody could read it. Offsets are characters of `text`."""
    start, end = action.inner.start, action.inner.end
    if end - start > _LONGEST:
        return None
    if dialect is Dialect.ERB:
        return jinja.parse(text, start, end, dialect="ruby")
    if text.startswith("{%", action.start):
        return jinja.parse(text, start, end, block=True)
    # A scalar is too short to tell one language from the other: what only one of them can read is of that one.
    return expressions.parse(text, start, end) or jinja.parse(text, start, end)


def _read(text: str, held: Held, depth: int) -> tuple[Text, ...]:
    data = text.encode("latin-1", "replace")
    dialect = dialect_of(data)
    most = max(2, min(MOST, _EFFORT // (len(text) + 1)))
    reader = _Reader(text, dialect, held, depth, most)
    ways = reader.row(read_blocks(list(actions(data, dialect)), len(data)))
    return tuple(dict.fromkeys(way.text for way in ways)) if reader.changed and any(way.seen for way in ways) else ()


class _Reader:
    """Reads the blocks of one text."""

    def __init__(self, text: str, dialect: Dialect, held: Held, depth: int, most: int) -> None:
        self._text, self._dialect, self._held = text, dialect, held
        self._depth, self._most = depth, most
        self._lines = "\n" in text
        self.changed = False

    def row(self, nodes: Sequence[Node]) -> list[_Way]:
        """The ways through nodes that stand side by side."""
        options = [self._ways(node) for node in nodes]
        count = max([1, *map(len, options)])
        return [_side_by_side([ways[min(way, len(ways) - 1)] for ways in options]) for way in range(count)]

    def _ways(self, node: Node) -> list[_Way]:
        if isinstance(node, Plain):
            return [self._plain(node)]
        if isinstance(node, Block):
            return self._block(node)
        if node.kind is Kind.EXPRESSION:
            return self._printed(node)
        if self._lines:
            return [self._spelled(node.start, node.end, seen=False)]
        self.changed = True
        return [_Way(Text(()), seen=False)]

    def _printed(self, action: Action) -> list[_Way]:
        if not self._may_tell(action):
            return [self._spelled(action.start, action.end, seen=False)]
        statement = statement_of(self._text, action, self._dialect)

        def held(name: str) -> Sequence[Text]:
            return self._held(name, action.start)

        def rendered(template: str) -> Sequence[Text]:
            return self._rendered(template, held)

        found = texts(statement.value, rendered, held) if statement and statement.value else ()
        if not found:
            return [self._spelled(action.start, action.end, seen=False)]
        self.changed = True
        return [_Way(text, seen=True) for text in found[: self._most]]

    def _may_tell(self, action: Action) -> bool:
        """Whether an action has a literal or a variable that holds something: most have neither."""
        start, end = action.inner.start, action.inner.end
        if _LITERAL.search(self._text, start, end):
            return True
        names = dict.fromkeys(_NAME.findall(self._text, start, end))
        return any(self._held(name, action.start) for name in names)

    def _rendered(self, template: str, held: Variables) -> Sequence[Text]:
        if self._depth >= _DEEPEST:
            return ()
        found = _read(template, lambda name, _at: held(name), self._depth + 1)
        return found or (spelled(template, 0, len(template)),)

    def _block(self, block: Block) -> list[_Way]:
        if block.definition or block.raw:
            return [self._spelled(block.start, block.end, seen=False)]
        if not block.choice or "\n" in self._text[block.start : block.end]:
            return self._in_place(block)
        self.changed = True
        ways = [way for branch in block.branches for way in self.row(branch.body)]
        if not _exhaustive(block.branches):
            ways.append(_Way(Text(()), seen=False))
        return [way for way in ways if way.seen][: self._most] or ways[:1]

    def _in_place(self, block: Block) -> list[_Way]:
        """All branches side by side with the actions between them."""
        options = []
        for branch in block.branches:
            options += [[self._spelled(branch.head.start, branch.head.end, seen=False)], self.row(branch.body)]
        if block.closing is not None:
            options.append([self._spelled(block.closing.start, block.closing.end, seen=False)])
        count = max(map(len, options))
        return [_side_by_side([ways[min(way, len(ways) - 1)] for ways in options]) for way in range(count)]

    def _plain(self, text: Plain) -> _Way:
        """Text without what the way through the template that it comes from does not print."""
        pieces = self._text[text.start : text.end].split(GONE_TEXT)
        if len(pieces) == 1:
            return self._spelled(text.start, text.end)
        self.changed = True
        ends = accumulate(len(piece) + 1 for piece in pieces)
        places = [(text.start + end - 1 - len(piece), piece) for end, piece in zip(ends, pieces, strict=True)]
        kept = [spelled(self._text, at, at + len(piece)) for at, piece in places if piece]
        return _Way(joined(kept, limit=float("inf")), any(piece.strip() for piece in pieces))

    def _spelled(self, start: int, end: int, *, seen: bool | None = None) -> _Way:
        return _Way(spelled(self._text, start, end), bool(self._text[start:end].strip()) if seen is None else seen)


def _exhaustive(branches: Sequence[Branch]) -> bool:
    """Whether one of the branches is always printed."""
    return branches[-1].head.word == "else" and branches[-1].head.kind is Kind.BRANCH


def _side_by_side(ways: Sequence[_Way]) -> _Way:
    return _Way(joined([way.text for way in ways], limit=float("inf")), any(way.seen for way in ways))

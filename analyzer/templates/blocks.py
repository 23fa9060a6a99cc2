"""How the actions of a template nest: text, actions, and blocks with their branches.

Ends that close nothing are actions like any other, blocks that nothing closes reach to the end of what holds them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from analyzer.model import Span
from analyzer.templates.dialects import Kind
from analyzer.templates.lexer import Action

MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Text:
    """Bytes between two actions, never empty."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through a block: the action that begins it (`if`, `else if`, `else`) and what it holds.

    `start` is the head's end, `end` the start of the next branch's head or of the block's end.
    """

    head: Action
    start: int
    end: int
    body: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Block:
    """From an opening action to its end, both included; `closing` is None where nothing closes it.

    `word` is that of the opening action. There is at least one branch.
    """

    word: str
    start: int
    end: int
    branches: tuple[Branch, ...]
    closing: Action | None

    @property
    def span(self) -> Span:
        """All its bytes."""
        return Span(self.start, self.end)

    @property
    def choice(self) -> bool:
        """Whether at most one of its branches is printed each time, so that worlds differ in it."""
        return self.word in _CHOICES

    @property
    def definition(self) -> bool:
        """Whether its body is printed elsewhere or not at all: `define`, `macro`."""
        return self.word in _DEFINITIONS

    @property
    def raw(self) -> bool:
        """Whether its body is plain text of another language."""
        return self.word == "raw"


Node: TypeAlias = Text | Action | Block

_CHOICES = frozenset({"if", "with", "range", "for", "unless", "case", "do", "while", "until", "begin"})
_DEFINITIONS = frozenset({"define", "macro", "set"})


@dataclass(slots=True)
class _Open:
    """A block while it is read."""

    head: Action
    branches: list[Branch] = field(default_factory=list)
    body: list[Node] = field(default_factory=list)
    branch: Action | None = None

    def close_branch(self, end: int) -> None:
        head = self.branch or self.head
        self.branches.append(Branch(head, head.end, end, tuple(self.body)))
        self.body = []

    def block(self, end: int, closing: Action | None) -> Block:
        self.close_branch(closing.start if closing else end)
        return Block(self.head.word, self.head.start, end, tuple(self.branches), closing)


class _Reader:
    """The open blocks, outermost first; blocks that are too deep stay actions."""

    def __init__(self) -> None:
        self.top: list[Node] = []
        self._open: list[_Open] = []
        self._beyond = 0

    @property
    def _body(self) -> list[Node]:
        return self._open[-1].body if self._open else self.top

    def text(self, start: int, end: int) -> None:
        if start < end:
            self._body.append(Text(start, end))

    def action(self, action: Action) -> None:
        if action.kind is Kind.OPEN and len(self._open) < MAX_DEPTH and not self._beyond:
            self._open.append(_Open(action))
        elif action.kind is Kind.END and not self._beyond and (closed := self._closed(action.word)):
            while closed > 1:
                self._close(action.start, None)
                closed -= 1
            self._close(action.end, action)
        elif action.kind is Kind.BRANCH and self._open and not self._beyond:
            block = self._open[-1]
            block.close_branch(action.start)
            block.branch = action
        else:
            self._beyond += (action.kind is Kind.OPEN) - (action.kind is Kind.END and self._beyond > 0)
            self._body.append(action)

    def _closed(self, word: str) -> int:
        """How many blocks an end closes: `endif` leaves a `for` open that stands inside of its `if` unclosed."""
        wanted = word.removeprefix("end")
        if not wanted:
            return min(len(self._open), 1)
        return next((n for n, block in enumerate(reversed(self._open), 1) if block.head.word == wanted), 0)

    def _close(self, end: int, closing: Action | None) -> None:
        block = self._open.pop().block(end, closing)
        self._body.append(block)

    def finish(self, end: int) -> tuple[Node, ...]:
        while self._open:
            self._close(end, None)
        return tuple(self.top)


def read_blocks(found: Sequence[Action], size: int) -> tuple[Node, ...]:
    """The tree of a template of `size` bytes with these actions, in file order; nodes join back to all its bytes."""
    reader, at = _Reader(), 0
    for action in found:
        reader.text(at, action.start)
        reader.action(action)
        at = action.end
    reader.text(at, size)
    return reader.finish(size)


def blocks_of(nodes: Sequence[Node]) -> Iterator[Block]:
    """All blocks of a tree, outer ones before those inside."""
    for node in nodes:
        if isinstance(node, Block):
            yield node
            for branch in node.branches:
                yield from blocks_of(branch.body)

"""Which ways through a region are read, so that each branch is printed in one of them.

Greedy: each way takes what no way has printed yet. A branch that made the reading fail is tried once more beside
branches that did not, then it is given up.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from analyzer.templates.blocks import Block, Branch, Node, Text
from analyzer.templates.dialects import Kind
from analyzer.templates.lexer import Action
from analyzer.templates.segments import DROPPED, Choice, kept

_TRIES = 2

_Key: TypeAlias = tuple[int, int]


class Ways:
    """The ways through one region; branches are known by the start of their block and their index."""

    def __init__(self, data: bytes, nodes: Sequence[Node]) -> None:
        self._data, self._nodes = data, nodes
        self._printed: set[_Key] = set()
        self._tries: Counter[_Key] = Counter()
        self._worth: set[_Key] = set()
        self._first = True
        self._weigh(nodes)

    def next(self) -> dict[int, int] | None:
        """A way that prints something new, or None where nothing new is left to try."""
        wanted = self._wanted()
        if not wanted and not self._first:
            return None
        self._first = False
        choice: dict[int, int] = {}
        self._choose(self._nodes, wanted, choice)
        return choice

    def read(self, choice: Choice) -> None:
        """The way was read."""
        self._printed.update(_taken(self._nodes, choice))

    def missing(self) -> Iterator[Branch]:
        """The outermost branches with something in them that no way printed."""
        return self._missing(self._nodes)

    def _missing(self, nodes: Sequence[Node]) -> Iterator[Branch]:
        for block, index, branch in _branches(nodes):
            if (block.start, index) in self._printed:
                yield from self._missing(branch.body)
            elif (block.start, index) in self._worth:
                yield branch

    def _weigh(self, nodes: Sequence[Node]) -> bool:
        """Note the branches that hold text or an action that prints; whether these nodes do."""
        found = False
        for node in nodes:
            if isinstance(node, Text):
                found = found or bool(self._data[node.start : node.end].strip())
            elif isinstance(node, Action):
                found = found or node.kind is Kind.EXPRESSION
            elif not node.definition:
                inside = [index for index, branch in enumerate(node.branches) if self._weigh(branch.body)]
                self._worth.update((node.start, index) for index in inside)
                found = found or bool(inside)
        return found

    def _wanted(self) -> set[_Key]:
        """The branches that lead to something new."""
        wanted: set[_Key] = set()
        self._want(self._nodes, wanted)
        return wanted

    def _want(self, nodes: Sequence[Node], wanted: set[_Key]) -> bool:
        found = False
        for block, index, branch in _branches(nodes):
            key = (block.start, index)
            if key not in self._worth:
                continue
            inside = self._want(branch.body, wanted)
            if self._open(key) and (inside or key not in self._printed):
                wanted.add(key)
                found = True
        return found

    def _open(self, key: _Key) -> bool:
        return key in self._printed or self._tries[key] < _TRIES

    def _choose(self, nodes: Sequence[Node], wanted: set[_Key], choice: dict[int, int]) -> None:
        for node in nodes:
            if not isinstance(node, Block) or node.definition:
                continue
            keys = [(node.start, index) for index in range(len(node.branches))]
            new = next((key for key in keys if key in wanted), None)
            known = next((key for key in keys if key in self._printed), None)
            fresh = next((key for key in keys if self._open(key)), None)
            taken = new or known or fresh
            choice[node.start] = taken[1] if taken else DROPPED
            if taken is not None:
                self._tries[taken] += taken not in self._printed
                self._choose(node.branches[taken[1]].body, wanted, choice)


def _branches(nodes: Sequence[Node]) -> Iterator[tuple[Block, int, Branch]]:
    for node in nodes:
        if isinstance(node, Block) and not node.definition:
            for index, branch in enumerate(node.branches):
                yield node, index, branch


def taken_blocks(nodes: Sequence[Node], choice: Choice) -> Iterator[Block]:
    """The blocks of which a way prints a branch, outer ones first."""
    for node in nodes:
        if isinstance(node, Block) and (index := kept(node, choice)) is not None:
            yield node
            yield from taken_blocks(node.branches[index].body, choice)


def _taken(nodes: Sequence[Node], choice: Choice) -> Iterator[_Key]:
    return ((block.start, choice.get(block.start, 0)) for block in taken_blocks(nodes, choice))

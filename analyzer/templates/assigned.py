"""What the variables of a template hold, as far as literals tell: `{{ $host := default "10.0.0.121" .Values.host }}`.

The value that counts is the last one that was declared before, in the same definition, and every one assigned to it
since: branches are not told apart. A chain of variables is followed.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzer.templates.blocks import blocks_of, read_blocks
from analyzer.templates.dialects import Kind, dialect_of
from analyzer.templates.lexer import Action, actions
from analyzer.templates.literals import MOST, texts
from analyzer.templates.nodes import Node
from analyzer.templates.printed import Text, distant
from analyzer.templates.readings import readings, statement_of

_DEEPEST = 10  # variables in values of variables
_MOST_ASSIGNED = 1_000  # assignments of one name


@dataclass(frozen=True, slots=True)
class _Assignment:
    """`end` is the byte behind it, `home` the start of the definition around it (-1: none)."""

    end: int
    home: int
    declares: bool
    value: Node


class Assigned:
    """The variables of one file."""

    def __init__(self, data: bytes) -> None:
        # A character for a byte: places of what is read are bytes of the file.
        self._text = data.decode("latin-1")
        self._known: dict[int, tuple[Text, ...]] = {}
        self._rows: dict[str, list[_Assignment]] = defaultdict(list)
        dialect = dialect_of(data)
        found = list(actions(data, dialect))
        bodies = [block for block in blocks_of(read_blocks(found, len(data))) if block.definition]
        self._bodies = sorted((block.start, block.end) for block in bodies)
        for action in found:
            if action.kind is Kind.ASSIGNMENT:
                statement = statement_of(self._text, action, dialect)
                if statement is not None and statement.value is not None and len(statement.variables) == 1:
                    declares = statement.declares or statement.keyword == "set"
                    self._add(statement.variables[0], action, statement.value, declares=declares)

    def texts(self, name: str, at: int, depth: int = 0) -> Sequence[Text]:
        """What a variable may print at the byte `at`; places are bytes of the file."""
        rows = self._rows.get(name)
        if not rows or depth >= _DEEPEST:
            return ()
        home = self._home(at)
        before = [row for row in rows[: bisect_right(rows, at, key=lambda row: row.end)] if row.home == home]
        last = next((index for index in reversed(range(len(before))) if before[index].declares), 0)
        found = (text for row in before[last:] for text in self._values(row, depth))
        return list(dict.fromkeys(found))[:MOST]

    def _add(self, name: str, action: Action, value: Node, *, declares: bool) -> None:
        rows = self._rows[name]
        if len(rows) < _MOST_ASSIGNED:
            rows.append(_Assignment(action.end, self._home(action.start), declares, value))

    def _home(self, at: int) -> int:
        """The innermost definition around a byte."""
        index = bisect_right(self._bodies, (at, at)) - 1
        while index >= 0 and self._bodies[index][1] <= at:
            index -= 1
        return self._bodies[index][0] if index >= 0 else -1

    def _values(self, row: _Assignment, depth: int) -> tuple[Text, ...]:
        if row.end not in self._known:

            def earlier(name: str) -> Sequence[Text]:
                return self.texts(name, row.end - 1, depth + 1)

            self._known[row.end] = tuple(map(distant, texts(row.value, readings, earlier)))
        return self._known[row.end]


@lru_cache(maxsize=4)
def assigned_in(data: bytes) -> Assigned:
    """The variables of a file; those of the last few files are kept, a file is asked for each of its scalars."""
    return Assigned(data)

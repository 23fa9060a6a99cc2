"""Mappings that are written in pieces: dotted keys, headers and repeated objects that lead to the same place.

`a.b = 1`, `[a]` with `c = 2`, `a { d = 3 }`: one mapping `a` in the end. It knows no syntax.
"""

from typing import TypeAlias, Union

from analyzer.yamltree import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 100

Value: TypeAlias = Union[Node, "Table", "list[Table]"]


class TooDeepError(Exception):
    """Tables stand in each other deeper than is read."""


class Table:
    """A mapping while it is built; offsets are bytes of the file."""

    def __init__(self, start: int, end: int, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise TooDeepError
        self._start = start
        self._end = end
        self._depth = depth
        self._pairs: list[tuple[Scalar, Value]] = []
        self._known: dict[str, Table | list[Table]] = {}

    def put(self, key: Scalar, value: Node) -> None:
        """A value under a key, whatever stands under it already."""
        self._pairs.append((key, value))

    def inner(self, key: Scalar) -> "Table":
        """The table under a key, made where there is none; of a list of tables the last one."""
        known = self._known.get(key.value)
        if known is None:
            known = Table(key.start, key.end, self._depth + 1)
            self._known[key.value] = known
            self._pairs.append((key, known))
        return known[-1] if isinstance(known, list) else known

    def another(self, key: Scalar) -> "Table":
        """One more table of the list of tables under a key."""
        known = self._known.get(key.value)
        if not isinstance(known, list):
            known = []
            self._known[key.value] = known
            self._pairs.append((key, known))
        known.append(Table(key.start, key.end, self._depth + 1))
        return known[-1]

    def free(self, start: int, end: int) -> "Table":
        """A table that stands deeper than this one and under no key: an item of a list."""
        return Table(start, end, self._depth + 1)

    def node(self) -> Mapping:
        """The mapping."""
        pairs = [(key, _frozen(value)) for key, value in self._pairs]
        end = max((value.end for _, value in pairs), default=self._end)
        return Mapping(self._start, max(end, self._end), tuple(pairs))


def _frozen(value: Value) -> Node:
    if isinstance(value, Table):
        return value.node()
    if isinstance(value, list):
        items = [table.node() for table in value]
        return Sequence(items[0].start, items[-1].end, tuple(items))
    return value

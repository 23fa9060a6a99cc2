"""A template as YAML: one parsed world for each choice of branches, until each branch was in one.

A world that does not parse is repaired by dropping the block at the fault; dropped blocks and the bodies of definitions
are read by themselves. What is no YAML even so is left, to be searched as text. Everything is bounded: worlds, repairs,
and dropped blocks inside of dropped blocks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.templates.blocks import Node, read_blocks
from analyzer.templates.dialects import Dialect
from analyzer.templates.lexer import Action, actions
from analyzer.templates.mask import cover
from analyzer.templates.parts import Part, definitions, of_branch, whole
from analyzer.templates.repair import Left, culprit, stumble
from analyzer.templates.segments import DROPPED, GONE, fill, take_out
from analyzer.templates.ways import Ways, taken_blocks
from analyzer.yamltree import Node as YamlNode
from analyzer.yamltree import YamlFault, parse_shadow, shadow_of

_WORLDS = 32
_WORLD_EFFORT = 16_000_000  # bytes that are masked for all worlds of parts that are read together
_FAULTS = 1_000
_FAULT_EFFORT = 50_000_000  # bytes in which the lines of faults are counted
_REPAIRS = 60
_REPAIR_EFFORT = 8_000_000  # bytes that are parsed again in search of what is wrong
_ROUNDS = 6  # dropped blocks inside of dropped blocks
_LINES = 6  # lines of a world that are left out before its documents are
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class World:
    """One way through a part, parsed. Offsets of the nodes are bytes of the file.

    `roots` are the documents; their scalars read from `view`, in which what this way does not print is GONE, and were
    parsed from `shadow`. `choice` tells the branch of each block.
    """

    part: Part
    choice: dict[int, int]
    view: bytes
    shadow: bytes
    roots: tuple[YamlNode, ...]


@dataclass(frozen=True)
class Template:
    """A template with its actions, the tree of its blocks, its worlds, and what stands in none of them."""

    data: bytes
    dialect: Dialect
    actions: tuple[Action, ...]
    nodes: tuple[Node, ...]
    worlds: tuple[World, ...]
    left: tuple[Left, ...] = ()


def read_template(data: bytes, dialect: Dialect, found: Sequence[Action] | None = None) -> Template:
    """Read all that can be read; never raises. `found` are other actions than those of the dialect."""
    found = tuple(actions(data, dialect) if found is None else found)
    nodes = read_blocks(found, len(data))
    start = len(_BOM) if data.startswith(_BOM) else 0
    reader = _Reader(data)
    for parts in ([whole(nodes, start, len(data))], *definitions(data, nodes)):
        reader.read(parts)
    for _ in range(_ROUNDS):
        reader.read(reader.take_missing())
    reader.give_up()
    return Template(data, dialect, found, nodes, tuple(reader.worlds), tuple(reader.left))


class _Task:
    """A part on its way through its worlds."""

    def __init__(self, data: bytes, part: Part) -> None:
        self.part = part
        self.ways = Ways(data, part.nodes)
        self.cuts: list[Left] = []
        self.choice: dict[int, int] = {}
        self.worlds = 0

    def next(self) -> bool:
        choice = self.ways.next()
        self.choice = choice or {}
        return choice is not None

    def write(self, shadow: bytearray, view: bytearray, data: bytes) -> None:
        """Write this way into a shadow and a view of the file."""
        span, found = self.part.span, self.part.segments(self.choice)
        cover(shadow, data, span, found)
        take_out(view, data, span, found)
        for cut in self.cuts:
            fill(shadow, cut.span.start, cut.span.end, b"\n")
            fill(view, cut.span.start, cut.span.end, GONE)


class _Reader:
    """Reads the parts of one file and counts what that costs."""

    def __init__(self, data: bytes) -> None:
        self.worlds: list[World] = []
        self.left: list[Left] = []
        self._data = data
        self._shadow = shadow_of(data)
        self._missing: list[Part] = []
        self._faults = max(_REPAIRS, min(_FAULTS, _FAULT_EFFORT // (len(data) + 1)))
        self._repairs = max(2, min(_REPAIRS, _REPAIR_EFFORT // (len(data) + 1)))

    def read(self, parts: Sequence[Part]) -> None:
        """Read parts that share no byte."""
        tasks = [_Task(self._data, part) for part in parts]
        active = tasks
        for _ in range(max(2, min(_WORLDS, _WORLD_EFFORT // (len(self._data) + 1)))):
            active = [task for task in active if task.next()]
            if not active:
                break
            shadow, view = self._buffers(active)
            active = [task for task in active if self._world(task, shadow, view)]
        for task in tasks:
            self.left += task.cuts
            if task.worlds:
                self._missing += [of_branch(self._data, branch) for branch in task.ways.missing()]

    def take_missing(self) -> list[Part]:
        """The branches that are in no world so far; they are forgotten here."""
        missing, self._missing = self._missing, []
        return missing

    def give_up(self) -> None:
        """Leave what is missing still."""
        for part in self.take_missing():
            self._leave(part, self._fault(part))

    def _buffers(self, tasks: Iterable[_Task]) -> tuple[bytes, bytes]:
        shadow, view = bytearray(self._shadow), bytearray(self._data)
        for task in tasks:
            task.write(shadow, view, self._data)
        return bytes(shadow), bytes(view)

    def _world(self, task: _Task, shadow: bytes, view: bytes) -> bool:
        """Read one world, repaired where that helps; where it does not, the part has no more worlds."""
        while self._faults > 0:
            try:
                roots = parse_shadow(view, shadow, task.part.span, self._data)
            except YamlFault as fault:
                self._faults -= 1
                if fault.limit or not self._repair(task, shadow, fault):
                    return self._failed(task, fault)
                shadow, view = self._buffers([task])
            else:
                self.worlds.append(World(task.part, task.choice, view, shadow, roots))
                task.worlds += 1
                task.ways.read(task.choice)
                return True
        return self._failed(task, self._fault(task.part))

    def _repair(self, task: _Task, shadow: bytes, fault: YamlFault) -> bool:
        """Drop a block, or cut a line or a document of the file; False where nothing helps."""
        self._repairs -= 1
        if self._repairs < 0:
            return False
        block = culprit(taken_blocks(task.part.nodes, task.choice), shadow, fault)
        if block is not None:
            task.choice[block.start] = DROPPED
            return True
        if not task.part.whole:
            return False
        span = stumble(self._data, shadow, fault, whole=len(task.cuts) >= _LINES)
        task.cuts.append(Left(span, fault, branch=True))
        return True

    def _failed(self, task: _Task, fault: YamlFault) -> bool:
        if not task.worlds:
            task.cuts = []
            self._leave(task.part, fault)
        return False

    def _leave(self, part: Part, fault: YamlFault) -> None:
        self.left.append(Left(part.span, fault, branch=not fault.limit, part=part))

    def _fault(self, part: Part) -> YamlFault:
        before = self._data[: part.body]
        return YamlFault("too much of the template does not fit together", before.count(b"\n") + 1, 1)

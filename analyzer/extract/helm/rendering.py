"""Renders templates in one world: the text that Helm would write, each character with its origin.

Control flow as in https://pkg.go.dev/text/template#hdr-Actions. Loops and depths are limited; what only a cluster knows
becomes a hole. Nothing of a chart is executed.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from analyzer.extract.helm.data import NULL, SOMETHING, Data, Kind, List, Map, Scalar, number, printed, string, truth
from analyzer.extract.helm.expressions import Evaluator
from analyzer.extract.helm.functions.numbers import kind_of
from analyzer.extract.helm.programs import Template
from analyzer.extract.helm.scopes import MAX_DEPTH, MAX_OUTPUT, Frame, Journey, root_variables
from analyzer.extract.helm.traced import Joiner, Traced
from analyzer.extract.helm.worlds import Site, World
from analyzer.hosts import HOLE
from analyzer.templates.blocks import Block, Node, Text
from analyzer.templates.dialects import Kind as ActionKind
from analyzer.templates.expressions import Call, Literal, Statement
from analyzer.templates.lexer import Action

_MOST_ITEMS = 300
_DEEPEST_INCLUDE = 14  # templates in templates


class _Leave(Enum):
    """How a loop's body ended before its end."""

    BREAK = auto()
    CONTINUE = auto()


class Renderer:
    """Renders on one journey."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._evaluator = Evaluator(journey, self._include, self._tpl)
        self._includes = 0

    def render(self, template: Template, dot: Data) -> Traced:
        """The text of a whole template."""
        return self._rendered(template, template.program.nodes, dot, 0)

    def _rendered(self, template: Template, nodes: Sequence[Node], dot: Data, depth: int) -> Traced:
        out = Joiner()
        self._body(nodes, Frame(template, dot, root_variables(dot), depth), out)
        return out.done()

    def _include(self, name: str, dot: Data, frame: Frame) -> Traced:
        definition = self._journey.library.definitions.get(name)
        if definition is None or self._includes >= _DEEPEST_INCLUDE:
            # The checksum of another template's text feeds nobody.
            self._journey.gaps += "/templates/" not in name
            return Traced(HOLE)
        self._includes += 1
        text = self._rendered(definition.template, definition.body, dot, frame.depth + 1)
        self._includes -= 1
        return text

    def _tpl(self, text: Traced, dot: Data, frame: Frame) -> Traced:
        if self._includes >= _DEEPEST_INCLUDE or len(text) > MAX_OUTPUT:
            self._journey.gaps += 1
            return Traced(HOLE)
        template = Template(self._journey.library.program(text.text), text, name=frame.template.name)
        self._journey.budget.spend(len(text) // 50)
        self._includes += 1
        rendered = self._rendered(template, template.program.nodes, dot, frame.depth + 1)
        self._includes -= 1
        return rendered

    def _body(self, nodes: Sequence[Node], frame: Frame, out: Joiner) -> _Leave | None:
        for node in nodes:
            self._journey.budget.spend()
            if out.size > MAX_OUTPUT or frame.depth > MAX_DEPTH:
                self._journey.gaps += 1
                return None
            leave = self._node(node, frame, out)
            if leave is not None:
                return leave
        return None

    def _node(self, node: Node, frame: Frame, out: Joiner) -> _Leave | None:
        match node:
            case Text():
                out.add(frame.template.text.part(*frame.template.program.printed(node)))
            case Action():
                return self._action(node, frame, out)
            case Block() if node.word in {"if", "with"}:
                return self._choice(node, frame, out)
            case Block() if node.word == "range":
                self._range(node, frame, out)
            case Block() if node.word == "block":
                statement = frame.template.program.statement(node.branches[0].head)
                out.add(self._named(statement, frame))
            case _:
                pass
        return None

    def _action(self, action: Action, frame: Frame, out: Joiner) -> _Leave | None:
        if action.kind is ActionKind.OTHER:
            return _Leave.BREAK if action.word == "break" else _Leave.CONTINUE
        if action.kind is ActionKind.COMMENT:
            return None
        statement = frame.template.program.statement(action)
        if statement is None or statement.value is None:
            self._journey.gaps += statement is None
            return None
        if statement.keyword == "template":
            out.add(self._named(statement, frame))
        elif statement.variables:
            self._assign(statement, self._evaluator.value(statement.value, frame), frame)
        elif not statement.keyword:
            out.add(printed(self._evaluator.value(statement.value, frame)))
        return None

    def _assign(self, statement: Statement, value: Data, frame: Frame) -> None:
        name = statement.variables[0]
        if statement.declares:
            frame.variables.declare(name, value)
        else:
            frame.variables.assign(name, value)

    def _named(self, statement: Statement | None, frame: Frame) -> Traced:
        """`template "name" value` and `block`."""
        call = statement.value if statement else None
        if not isinstance(call, Call) or not call.arguments or not isinstance(call.arguments[0], Literal):
            return Traced()
        value = self._evaluator.value(call.arguments[1], frame) if len(call.arguments) > 1 else NULL
        return self._include(call.arguments[0].text, value, frame)

    def _choice(self, block: Block, frame: Frame, out: Joiner) -> _Leave | None:
        """`if` and `with`: one branch is rendered, the others are remembered where they mention a followed value."""
        conditions = [frame.template.program.statement(branch.head) for branch in block.branches]
        site = (id(frame.template.program), block.start)
        values = [self._condition(statement, frame) for statement in conditions]
        told = [None if value is None else truth(value) for value in values]
        natural = next((i for i, value in enumerate(values) if value is None or told[i] is not False), -1)
        chosen = self._journey.world.forced.get(site, natural)
        self._remember(block, conditions, frame, chosen)
        if not 0 <= chosen < len(block.branches):
            return None
        self._journey.seen.add((site, chosen))
        value, statement = values[chosen], conditions[chosen]
        binds = statement is not None and statement.keyword in {"with", "else with"}
        below = frame.inside(value if binds else None)
        if statement is not None and statement.variables and value is not None:
            self._assign(statement, value, below)
        return self._body(block.branches[chosen].body, below, out)

    def _condition(self, statement: Statement | None, frame: Frame) -> Data | None:
        """The value that decides on a branch; None for a plain `else`."""
        if statement is None:
            self._journey.gaps += 1
            return SOMETHING
        return None if statement.value is None else self._evaluator.value(statement.value, frame)

    def _remember(self, block: Block, conditions: list[Statement | None], frame: Frame, chosen: int) -> None:
        site: Site = (id(frame.template.program), block.start)
        for index, branch in enumerate(block.branches):
            if index != chosen and self._journey.leads(branch.body, branch.start, frame):
                turn = self._turn(conditions[: index + 1], frame)
                self._journey.offer(turn or World({}, {site: index}), (site, index))

    def _turn(self, conditions: list[Statement | None], frame: Frame) -> World | None:
        """The world in which the last of the conditions decides."""
        world = World()
        for index, statement in enumerate(conditions):
            last = index == len(conditions) - 1
            if statement is None:
                return None
            if statement.value is None:
                continue
            found = self._evaluator.conditions.solved(statement.value, frame, true=last)
            joined = world.joined(World(found)) if found is not None else None
            if joined is None:
                return None
            world = joined
        return world if world.key else None

    def _range(self, block: Block, frame: Frame, out: Joiner) -> None:
        branch = block.branches[0]
        statement = frame.template.program.statement(branch.head)
        if statement is None or statement.value is None:
            self._journey.gaps += 1
            return
        entries = list(_entries(self._evaluator.value(statement.value, frame)))
        for key, item in entries:
            below = frame.inside(item)
            for name, value in zip(statement.variables[-2:], _bound(statement, key, item), strict=False):
                below.variables.declare(name, value)
            if self._body(branch.body, below, out) is _Leave.BREAK:
                break
        if not entries and len(block.branches) > 1:
            self._body(block.branches[1].body, frame.inside(), out)


def _bound(statement: Statement, key: Data, item: Data) -> tuple[Data, ...]:
    return (item,) if len(statement.variables) == 1 else (key, item)


def _entries(value: Data) -> Iterator[tuple[Data, Data]]:
    """What a loop goes through: maps in the order of their keys."""
    match value:
        case Map():
            yield from ((string(name), value.items[name]) for name in sorted(value.items)[:_MOST_ITEMS])
        case List():
            yield from ((number(index), item) for index, item in enumerate(value.items[:_MOST_ITEMS]))
        case Scalar():
            if value.kind is Kind.NUMBER and truth(value):
                yield number(0), number(0)
        case _:
            if not kind_of(value):
                yield SOMETHING, value

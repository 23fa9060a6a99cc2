"""Template texts, read once: their blocks, their statements, their definitions, and the names that a part mentions.

Nothing is evaluated here. Definitions share one name space over a chart and its subcharts
(https://helm.sh/docs/chart_template_guide/named_templates/).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.extract.helm.traced import Joiner, Traced
from analyzer.templates.blocks import Block, Node, Text, blocks_of, read_blocks
from analyzer.templates.dialects import Dialect, Kind
from analyzer.templates.expressions import Call, Field, Literal, Statement, Variable, parse
from analyzer.templates.lexer import Action, actions
from analyzer.templates.nodes import Node as Expression

_BLANK = " \t\r\n"
_INCLUDES = frozenset({"include", "template", "block"})
_ASKING = frozenset(
    {"eq", "ne", "not", "empty", "hasKey", "has", "contains", "hasPrefix", "hasSuffix", "kindIs", "typeIs"}
)


@dataclass(eq=False)
class Program:
    """The text of a template. Offsets are characters of `text`."""

    text: str
    nodes: tuple[Node, ...]
    _statements: dict[int, Statement | None] = field(default_factory=dict)
    _mentions: dict[int, "Mentions"] = field(default_factory=dict)

    def statement(self, action: Action) -> Statement | None:
        """What an action says, None where it is no Go template action."""
        if action.start not in self._statements:
            self._statements[action.start] = parse(self.text, action.inner.start, action.inner.end)
        return self._statements[action.start]

    def printed(self, node: Text) -> tuple[int, int]:
        """The characters of a text that are printed: blanks beside a trim mark are not."""
        start, end = node.start, node.end
        if self.text.endswith("-}}", 0, start) and self.text[start - 4 : start - 3] in _BLANK:
            start = end - len(self.text[start:end].lstrip(_BLANK))
        if self.text.startswith("{{-", end) and self.text[end + 3 : end + 4] in _BLANK:
            end = start + len(self.text[start:end].rstrip(_BLANK))
        return start, end

    def mentions(self, start: int, nodes: Sequence[Node]) -> "Mentions":
        """The names in the nodes of a branch, which begins at `start`."""
        if start not in self._mentions:
            self._mentions[start] = _mentioned(self, nodes)
        return self._mentions[start]


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a part of a template reads: `fields`, and the definitions that it includes with their argument.

    `unread` counts the actions that are none.
    """

    fields: tuple[Expression, ...]
    includes: tuple[tuple[str, Expression | None], ...]
    unread: int = 0


def read_program(text: str) -> Program:
    """The program of a text, whatever it holds."""
    # One byte for each character: what the lexer looks for is ASCII, so offsets are characters.
    data = text.encode("latin-1", "replace")
    return Program(text, read_blocks(list(actions(data, Dialect.GO)), len(data)))


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A program and the origins of its characters; `path` is its file, `name` the one that the engine knows it by."""

    program: Program
    text: Traced
    path: str = ""
    name: str = ""

    def literal(self, found: Literal) -> Traced:
        """The text of a string literal."""
        if found.places is None:
            return self.text.part(found.start, found.end)
        whole = Joiner()
        for at, character in enumerate(found.text):
            place, following = found.places[at], found.places[at + 1]
            whole.add(self.text.part(place, following) if following == place + 1 else character)
        return whole.done()


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A named template: its body and the file in which it stands."""

    template: Template
    start: int
    body: tuple[Node, ...]


@dataclass(eq=False)
class Library:
    """The definitions of a release by name, and the programs of texts that templates evaluate (`tpl`)."""

    definitions: dict[str, Definition]
    _programs: dict[str, Program] = field(default_factory=dict)

    def program(self, text: str) -> Program:
        """The program of a text, read once."""
        if text not in self._programs:
            self._programs[text] = read_program(text)
        return self._programs[text]


def library_of(templates: Iterable[Template]) -> Library:
    """All definitions; of those with one name the last counts."""
    return Library({name: found for template in templates for name, found in _definitions(template)})


def _definitions(template: Template) -> Iterator[tuple[str, Definition]]:
    for block in blocks_of(template.program.nodes):
        statement = template.program.statement(block.branches[0].head) if block.word in {"define", "block"} else None
        value = statement.value if statement else None
        name = value.arguments[0] if isinstance(value, Call) and value.arguments else value
        if isinstance(name, Literal):
            branch = block.branches[0]
            yield name.text, Definition(template, branch.start, branch.body)


def _mentioned(program: Program, nodes: Sequence[Node]) -> Mentions:
    fields: list[Expression] = []
    includes: list[tuple[str, Expression | None]] = []
    unread = 0
    for action in _reading(program, nodes):
        statement = program.statement(action)
        unread += statement is None
        if statement is None or statement.value is None:
            continue
        for expression in _consumed(statement.value):
            if isinstance(expression, Call):
                name, argument = expression.arguments[0], expression.arguments[1:2]
                if isinstance(name, Literal):
                    includes.append((name.text, argument[0] if argument else None))
            else:
                fields.append(expression)
    return Mentions(tuple(dict.fromkeys(fields)), tuple(dict.fromkeys(includes)), unread)


def _reading(program: Program, nodes: Sequence[Node]) -> Iterator[Action]:
    """The actions that print or bind a value; a condition does neither."""
    for node in nodes:
        if isinstance(node, Action):
            if node.kind is not Kind.COMMENT:
                yield node
        elif isinstance(node, Block) and not node.definition:
            for branch in node.branches:
                if node.word != "if":
                    yield branch.head
                yield from _reading(program, branch.body)


def _consumed(root: Expression) -> Iterator[Expression]:
    """The fields and variables of an expression as they are reached, and its includes."""
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, Field | Variable):
            yield node
            if isinstance(node, Field) and isinstance(node.base, Call):
                open_nodes.append(node.base)
        elif isinstance(node, Call):
            if node.name in _INCLUDES and node.arguments:
                yield node
            elif (field_read := _as_field(node)) is not None:
                yield field_read
            elif node.name not in _ASKING:
                open_nodes += node.arguments


def _as_field(call: Call) -> Field | None:
    """`index .Values "a" "b"` is `.Values.a.b`."""
    base, keys = (call.arguments[0], call.arguments[1:]) if call.arguments else (call, ())
    names = tuple(key.text for key in keys if isinstance(key, Literal))
    known = call.name in {"index", "get"} and len(names) == len(keys) and isinstance(base, Field | Variable)
    return Field(base, names) if known else None

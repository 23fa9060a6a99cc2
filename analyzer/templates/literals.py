"""What an expression of a template can print, as far as its own literals tell.

`{{ .Values.host | default "10.0.0.121" }}` prints 10.0.0.121; `printf "%s:%d" "10.0.0.121" 5432` prints a text of
three pieces, each with its place. Several ways to print give several texts. Values, included templates and unknown
functions print a `HOLE`. Nothing is rendered, nothing is looked up; what functions do stands in `functions`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyzer.templates.composed import COMBINED, Items, Value, decoded
from analyzer.templates.functions import FUNCTIONS, Prints
from analyzer.templates.nodes import Call, Literal, Node, Number, Variable
from analyzer.templates.printed import LONGEST, Piece, Text, hole, of_literal, within

MOST = 8  # texts that one expression may give
Render = Callable[[str], Sequence[Text]]
Variables = Callable[[str], Sequence[Text]]

_CHOSEN: dict[Prints, Callable[[Sequence[Node]], Sequence[Node]]] = {
    Prints.SAME: lambda arguments: arguments[-1:],
    Prints.EITHER: lambda arguments: arguments,
    Prints.CHOICE: lambda arguments: arguments[:-1],
    Prints.FALLBACK: lambda arguments: arguments[1:-1],
    Prints.BEFORE_LAST: lambda arguments: arguments[-2:-1],
}


def texts(node: Node, render: Render, variables: Variables) -> tuple[Text, ...]:
    """The texts that an expression can print, at most `MOST`, without those of which nothing can be seen.

    Places are the characters of the text that the node was parsed from. `render` gives the texts of a template in a
    string (`tpl`) with places in that string, `variables` what a variable may hold.
    """
    found = _Reader(render, variables).values(node)
    return tuple(value for value in found if isinstance(value, Text) and value.known)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads nodes from the leaves up; every answer has at least one value."""

    render: Render
    variables: Variables

    def values(self, node: Node) -> tuple[Value, ...]:
        if isinstance(node, Literal):
            return (of_literal(node),)
        if isinstance(node, Number):
            return (Text((Piece(node.text, range(node.start, node.end + 1)),), bare=True),)
        if isinstance(node, Call):
            found = self._call(node) if node.arguments else self.variables(node.name)
            return _telling(found) or (hole(node.start, node.end),)
        if isinstance(node, Variable):
            return _telling(self.variables(node.name)) or (hole(0, 0),)
        return (hole(0, 0),)

    def _call(self, call: Call) -> Sequence[Value]:
        role = FUNCTIONS.get(call.name)
        arguments = [node for node in call.arguments if not _is_named(node)]
        if role is Prints.NAMED_DEFAULT:
            named = [node for node in call.arguments if isinstance(node, Call) and node.name == "default="]
            return self._any([node.arguments[0] for node in named])
        if role is None or not arguments:
            return ()
        if choose := _CHOSEN.get(role):
            return self._any(choose(arguments))
        if combine := COMBINED.get(role):
            return [combine(values, call) for values in self._ways(arguments)]
        return self._unpacked(role, arguments)

    def _unpacked(self, role: Prints, arguments: Sequence[Node]) -> Sequence[Value]:
        if role is Prints.TEMPLATE:
            return [text for value in self.values(arguments[0]) for text in self._rendered(value)]
        found = self.values(arguments[-1])
        if role is Prints.ONE_OF_LIST:
            return [item for value in found if isinstance(value, Items) for item in value.items]
        return [decoded(value) for value in found]

    def _any(self, nodes: Sequence[Node]) -> Sequence[Value]:
        return [value for node in nodes for value in self.values(node)]

    def _ways(self, nodes: Sequence[Node]) -> Sequence[Sequence[Value]]:
        """A value for each node, in as many ways as the most open of them has: first with first, second with second."""
        options = [self.values(node) for node in nodes]
        return [[values[min(way, len(values) - 1)] for values in options] for way in range(max(map(len, options)))]

    def _rendered(self, value: Value) -> Sequence[Text]:
        return [within(text, value) for text in self.render(str(value))] if isinstance(value, Text) else ()


def _telling(values: Sequence[Value]) -> tuple[Value, ...]:
    """The values that tell something; lists and dictionaries may, further on."""
    found = [value for value in values if not isinstance(value, Text) or (value.known and len(value) <= LONGEST)]
    return tuple(found[:MOST])


def _is_named(node: Node) -> bool:
    return isinstance(node, Call) and node.name.endswith("=")

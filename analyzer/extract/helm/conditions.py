"""What to assume about a chart's values so that a condition of a template comes out the other way."""

from collections.abc import Callable

from analyzer.extract.helm.data import NULL, Data, child, plain, printed, truth
from analyzer.extract.helm.functions.numbers import same
from analyzer.extract.helm.scopes import MAX_NESTING, Frame
from analyzer.extract.helm.worlds import Assumptions, Form, assuming, equalling, together
from analyzer.templates.expressions import Call, Node

Value = Callable[[Node, Frame], Data]


class Conditions:
    """Solves conditions; `value` evaluates an expression."""

    def __init__(self, value: Value) -> None:
        self._value = value
        self._depth = 0

    def solved(self, node: Node, frame: Frame, *, true: bool) -> Assumptions | None:
        """What to assume about the values so that a condition becomes true or false; None where nothing helps."""
        if self._depth > MAX_NESTING:
            return None
        self._depth += 1
        found = self._solved(node, frame, true=true)
        self._depth -= 1
        return found

    def _solved(self, node: Node, frame: Frame, *, true: bool) -> Assumptions | None:
        if not isinstance(node, Call):
            value = self._value(node, frame)
            return {} if truth(value) is true else assuming(value, true=true)
        match node.name:
            case "not" | "empty" if len(node.arguments) == 1:
                return self.solved(node.arguments[0], frame, true=not true)
            case "and" | "or":
                return self._all_or_one(node, frame, true=true)
            case "eq" | "ne" if len(node.arguments) == 2:
                return self._equal(node, frame, equal=true is (node.name == "eq"))
            case "default" if len(node.arguments) == 2:
                return self.solved(node.arguments[1], frame, true=true)
            case "index" | "get" | "dig" | "required" | "first" | "toString" | "quote" | "hasKey":
                value = self._value(node, frame) if node.name != "hasKey" else self._key(node, frame)
                return {} if truth(value) is true else assuming(value, true=true)
            case _:
                return {} if truth(self._value(node, frame)) is true else None

    def _all_or_one(self, node: Call, frame: Frame, *, true: bool) -> Assumptions | None:
        each = [self.solved(argument, frame, true=true) for argument in node.arguments]
        if true is (node.name == "and"):
            return together(each)
        known = [assumed for assumed in each if assumed is not None]
        return min(known, key=_bends, default=None)

    def _equal(self, node: Call, frame: Frame, *, equal: bool) -> Assumptions | None:
        one, other = (self._value(argument, frame) for argument in node.arguments)
        told = truth(same([one, other]))
        if told is equal:
            return {}
        text = plain(other)
        found = equalling(one, text, equal=equal) if text is not None else None
        if found is None and (text := plain(one)) is not None:
            found = equalling(other, text, equal=equal)
        return found

    def _key(self, node: Call, frame: Frame) -> Data:
        arguments = [self._value(argument, frame) for argument in node.arguments]
        return child(arguments[0], printed(arguments[1]).text) if len(arguments) == 2 else NULL


def _bends(assumed: Assumptions) -> tuple[int, int]:
    """How much is assumed: a switch that is turned changes less than another text."""
    return sum(value.form is Form.TEXT for value in assumed.values()), len(assumed)

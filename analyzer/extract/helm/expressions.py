"""Evaluates the expressions of templates.

Functions that choose between values (`default`, `ternary`, `or`...) take the way that the values give, and remember the
other one where a followed value stands in it.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase

from analyzer.extract.helm.conditions import Conditions
from analyzer.extract.helm.data import (
    FALSE,
    HEAVY,
    NULL,
    SOMETHING,
    TRUE,
    UNKNOWN,
    Data,
    Files,
    Kind,
    List,
    Map,
    Scalar,
    child,
    plain,
    printed,
    string,
    truth,
    weight,
)
from analyzer.extract.helm.functions import WALKING, function_named
from analyzer.extract.helm.scopes import MAX_NESTING, Frame, Journey
from analyzer.extract.helm.traced import Traced
from analyzer.extract.helm.worlds import Assumptions, Site, World, together
from analyzer.extract.helm.yamltext import to_yaml
from analyzer.hosts import HOLE
from analyzer.templates.expressions import Call, Constant, Field, Literal, Node, Number, Variable

Included = Callable[[str, Data, Frame], Traced]
Evaluated = Callable[[Traced, Data, Frame], Traced]
_CONSTANTS = {"true": TRUE, "false": FALSE, "nil": NULL}


class Evaluator:
    """Evaluates expressions on one journey; `include` and `tpl` render templates."""

    def __init__(self, journey: Journey, include: Included, tpl: Evaluated) -> None:
        self._journey = journey
        self._include = include
        self._tpl = tpl
        self._depth = 0
        self.conditions = Conditions(self.value)
        self._special: dict[str, Callable[[Call, Frame], Data]] = {
            "include": self._included,
            "tpl": self._evaluated,
            "default": self._default,
            "coalesce": self._coalesce,
            "or": self._or,
            "and": self._and,
            "ternary": self._ternary,
            "required": self._last,
            "b64enc": self._encoded,
            "b64dec": self._decoded,
        }

    def value(self, node: Node, frame: Frame) -> Data:
        """The value of an expression."""
        self._journey.budget.spend()
        if self._depth > MAX_NESTING:
            self._journey.gaps += 1
            return UNKNOWN
        self._depth += 1
        value = self._value(node, frame)
        self._depth -= 1
        return value

    def _value(self, node: Node, frame: Frame) -> Data:
        match node:
            case Field():
                return self._field(node, frame)
            case Call():
                return self._call(node, frame)
            case Literal():
                return string(frame.template.literal(node))
            case Variable():
                return frame.variables.find(node.name) or NULL
            case Number():
                return Scalar(Kind.NUMBER, frame.template.text.part(node.start, node.end))
            case Constant():
                return _CONSTANTS[node.name]

    def _field(self, node: Field, frame: Frame) -> Data:
        value = frame.dot if node.base is None else self.value(node.base, frame)
        for name in node.names:
            value = _listing(value, name) if isinstance(value, Files) else child(value, name)
        return value

    def _call(self, node: Call, frame: Frame) -> Data:
        special = self._special.get(node.name)
        if special is not None:
            return special(node, frame)
        arguments = [self.value(argument, frame) for argument in node.arguments]
        if node.name.startswith("."):
            return self._method(node.name, arguments)
        name, function = function_named(node.name)
        size = sum(weight(argument, deep=name in WALKING) for argument in arguments)
        self._journey.budget.spend(size // 10)
        if function is None or size >= HEAVY:
            self._journey.gaps += size >= HEAVY
            return UNKNOWN
        return function(arguments)

    def _method(self, name: str, arguments: list[Data]) -> Data:
        base = arguments[-1] if arguments else UNKNOWN
        asked = printed(arguments[0]).text if len(arguments) > 1 else ""
        if not isinstance(base, Files):
            # The API of an optional operator is not there until somebody installs it.
            return FALSE if name == ".Has" else UNKNOWN
        if name == ".Glob":
            found = {path: text for path, text in base.texts.items() if _globbed(path, asked)}
            self._journey.gaps += not found
            return Files(found)
        self._journey.gaps += asked not in base.texts
        text = base.texts.get(asked, Traced())
        return List([string(line) for line in text.split("\n")]) if name == ".Lines" else string(text)

    def _included(self, node: Call, frame: Frame) -> Data:
        arguments = [self.value(argument, frame) for argument in node.arguments]
        name = plain(arguments[0]) if arguments else None
        if name is None:
            self._journey.gaps += 1
            return SOMETHING
        return string(self._include(name, arguments[1] if len(arguments) > 1 else NULL, frame))

    def _evaluated(self, node: Call, frame: Frame) -> Data:
        arguments = [self.value(argument, frame) for argument in node.arguments]
        text = printed(arguments[0]) if arguments else Traced()
        if "{{" not in text.text:
            return string(text)
        return string(self._tpl(text, arguments[1] if len(arguments) > 1 else NULL, frame))

    def _encoded(self, node: Call, frame: Frame) -> Data:
        """Base64 as Helm writes it; the ledger remembers what it was made of."""
        text = printed(self._last(node, frame))
        return string(self._journey.ledger.encode(text))

    def _decoded(self, node: Call, frame: Frame) -> Data:
        return string(self._journey.ledger.decode(printed(self._last(node, frame)).text) or Traced(HOLE))

    def _last(self, node: Call, frame: Frame) -> Data:
        return self.value(node.arguments[-1], frame) if node.arguments else NULL

    def _default(self, node: Call, frame: Frame) -> Data:
        """`default other given`."""
        return self._first_true(node, (*node.arguments[1:2], *node.arguments[:1]), frame)

    def _coalesce(self, node: Call, frame: Frame) -> Data:
        return self._first_true(node, node.arguments, frame)

    def _or(self, node: Call, frame: Frame) -> Data:
        return self._first_true(node, node.arguments, frame)

    def _first_true(self, call: Call, nodes: tuple[Node, ...], frame: Frame) -> Data:
        """The first value that counts as true, else the last one; the others are ways not taken."""
        values = [self.value(node, frame) for node in nodes]
        told = [truth(value) for value in values]
        chosen = next((index for index, true in enumerate(told) if true or true is None), len(values) - 1)
        wanted = (
            index for index, value in enumerate(values) if index != chosen and self._journey.interest.holds(value)
        )
        for index in wanted:
            conditions = [self.conditions.solved(node, frame, true=False) for node in nodes[:index]]
            own = {} if index == len(nodes) - 1 else self.conditions.solved(nodes[index], frame, true=True)
            self._offer(call, index, [*conditions, own], frame)
        return self._chosen(call, values, chosen, frame)

    def _and(self, node: Call, frame: Frame) -> Data:
        """The first value that counts as false, else the last one."""
        values = [self.value(argument, frame) for argument in node.arguments]
        told = [truth(value) for value in values]
        last = len(values) - 1
        chosen = next((index for index, true in enumerate(told) if true is False), last)
        if values and chosen != last and self._journey.interest.holds(values[-1]):
            conditions = [self.conditions.solved(argument, frame, true=True) for argument in node.arguments[:-1]]
            self._offer(node, last, conditions, frame)
        return self._chosen(node, values, chosen, frame)

    def _ternary(self, node: Call, frame: Frame) -> Data:
        """`ternary yes no condition`."""
        if len(node.arguments) != 3:
            return UNKNOWN
        values = [self.value(argument, frame) for argument in node.arguments]
        chosen = 1 if truth(values[2]) is False else 0
        if self._journey.interest.holds(values[1 - chosen]):
            conditions = [self.conditions.solved(node.arguments[2], frame, true=chosen == 1)]
            self._offer(node, 1 - chosen, conditions, frame)
        return self._chosen(node, values, chosen, frame)

    def _offer(self, call: Call, index: int, conditions: list[Assumptions | None], frame: Frame) -> None:
        site = _site(call, frame)
        assumed = together(conditions)
        self._journey.offer(World(assumed) if assumed else World({}, {site: index}), (site, index))

    def _chosen(self, call: Call, values: list[Data], index: int, frame: Frame) -> Data:
        site = _site(call, frame)
        forced = self._journey.world.forced.get(site, index)
        index = forced if forced < len(values) else index
        self._journey.seen.add((site, index))
        return values[index] if values else NULL


def _site(call: Call, frame: Frame) -> Site:
    return id(frame.template.program), call.start


def _globbed(path: str, pattern: str) -> bool:
    """`*` stays in its folder, `**` does not."""
    return fnmatchcase(path, pattern) and ("**" in pattern or path.count("/") == pattern.count("/"))


def _listing(files: Files, name: str) -> Data:
    """`.AsConfig` and `.AsSecrets`: the data of a ConfigMap or a Secret; else the file of that name."""
    if name not in {"AsConfig", "AsSecrets"}:
        return string(files.texts[name]) if name in files.texts else NULL
    named = {path.rsplit("/", 1)[-1]: string(text) for path, text in files.texts.items()}
    return string(to_yaml(Map(dict(named))))

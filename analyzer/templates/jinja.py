"""Parses expressions of Jinja (https://jinja.palletsprojects.com/templates/) and the few of Ruby that ERB files hold.

Filters, operators, lists and dictionaries become calls: `x | default('h')` is default('h', x), `x or 'h'` and Ruby's
`x || 'h'` are or(x, 'h'), `'h' if c else 'g'` and `c ? 'h' : 'g'` are ternary('h', 'g', c), `a ~ b` is "~"(a, b).
It knows the grammar only, no function and no value.
"""

import re

from analyzer.templates.jinjatokens import Dialect, Token, tokens_of
from analyzer.templates.nodes import Call, Constant, Field, Literal, Node, Number, Statement, Variable, shallow
from analyzer.templates.quoted import interpreted

_CONSTANTS = {"true": "true", "false": "false", "none": "nil", "nil": "nil", "null": "nil"}
# From the loosest to the tightest; all operands of one level are arguments of one call.
_LEVELS: tuple[dict[str, str], ...] = (
    {"or": "or", "||": "or"},
    {"and": "and", "&&": "and"},
    {},  # not
    {"compare": "eq", "in": "in", "is": "is"},
    {"+": "+", "-": "-"},
    {"~": "~"},
    {"*": "*", "/": "/", "//": "/", "%": "%", "**": "*"},
)
_NOT = 2
_KEYWORDS = {"elif": "else if", "elsif": "else if"}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 25  # brackets in brackets; each costs a dozen frames
_END = re.compile(r"end\w*")


class _NonsenseError(Exception):
    """The text follows no grammar; it never leaves this module."""


def parse(text: str, start: int, end: int, *, block: bool = False, dialect: Dialect = "jinja") -> Statement | None:
    """The statement in the characters `start` to `end`, delimiters excluded; `block`: from between `{%` and `%}`.

    `elif` reads as "else if", every `end...` as "end"; of other blocks than conditions, loops and `set` only the
    keyword is read. None where it is no expression, or one nested too deeply.
    """
    tokens = tokens_of(text, start, end, dialect)
    if tokens is None:
        return None
    parser = _Parser(text, tokens, dialect)
    try:
        statement = parser.block() if block else Statement("", value=parser.whole())
    except _NonsenseError:
        return None
    return statement if statement.value is None or shallow(statement.value) else None


class _Parser:
    """Reads tokens once, from left to right."""

    def __init__(self, text: str, tokens: list[Token], dialect: Dialect) -> None:
        self._text, self._tokens, self._ruby = text, tokens, dialect == "ruby"
        self._at = self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *kinds: str) -> Token | None:
        token = self._next
        if token.kind not in kinds:
            return None
        self._at += 1
        return token

    def _must(self, *kinds: str) -> Token:
        token = self._take(*kinds)
        if token is None:
            raise _NonsenseError
        return token

    def whole(self) -> Node | None:
        """One expression and nothing behind it; nothing at all is none."""
        value = self._expression() if self._next.kind else None
        self._must("")
        return value

    def block(self) -> Statement:
        """What stands between `{%` and `%}`."""
        word = self._must("name", "if", "else").text
        keyword = "end" if _END.fullmatch(word) else _KEYWORDS.get(word, word)
        if word in {"if", "elif", "elsif", "unless"}:
            return Statement(keyword, value=self.whole())
        if word == "for":
            variables = self._names()
            self._must("in")
            return Statement(keyword, variables, declares=True, value=self._expression())
        if word == "set" and (variables := self._names()) and self._take("="):
            return Statement(keyword, variables, declares=True, value=self.whole())
        return Statement(keyword)

    def _names(self) -> tuple[str, ...]:
        names = [self._must("name").text]
        while self._take(","):
            names.append(self._must("name").text)
        return tuple(names)

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NonsenseError
        start = self._next.start
        value = self._level(0)
        if self._take("if"):
            condition = self._level(0)
            other = self._expression() if self._take("else") else Constant("nil")
            value = self._call("ternary", (value, other, condition), start)
        elif self._ruby and self._take("?"):
            first = self._expression()
            self._must(":")
            value = self._call("ternary", (first, self._expression(), value), start)
        self._depth -= 1
        return value

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        if level == _NOT and (sign := self._take("not", "!")):
            return self._call("not", (self._level(_NOT + 1),), sign.start)
        operators, start = _LEVELS[level], self._next.start
        value = self._level(level + 1)
        while (name := self._operator(operators)) is not None:
            operands = [value, self._level(level + 1)]
            while self._next.kind in operators and operators[self._next.kind] == name:
                self._operator(operators)
                operands.append(self._level(level + 1))
            value = self._call(name, tuple(operands), start)
        return value

    def _operator(self, operators: dict[str, str]) -> str | None:
        negated = self._next.kind == "not" and "in" in operators
        self._at += negated
        token = self._take(*operators)
        if token is None:
            self._at -= negated
            return None
        if token.kind == "is":
            self._take("not")
        return operators[token.kind]

    def _unary(self) -> Node:
        sign = self._take("-", "+")
        start = self._next.start
        value = self._primary()
        for _ in range(_DEEPEST * 2):
            following = self._postfix(value, start)
            if following is None:
                return self._call(sign.kind, (value,), sign.start) if sign else value
            value = following
        raise _NonsenseError

    def _primary(self) -> Node:
        if self._ruby and (sign := self._take(":")):
            return Constant(sign.text + self._must("name").text)
        token = self._must("string", "number", "name", "(", "[", "{")
        match token.kind:
            case "string":
                return interpreted(self._text, token.start + 1, token.end - 1)
            case "number":
                return Number(token.text, token.start, token.end)
            case "name":
                constant = _CONSTANTS.get(token.text.lower())
                return Constant(constant) if constant else Variable(token.text)
            case "(":
                items = self._items("(")
                return items[0] if len(items) == 1 else self._call("list", items, token.start)
            case _:
                name = "list" if token.kind == "[" else "dict"
                return self._call(name, self._items(token.kind), token.start)

    def _items(self, opener: str) -> tuple[Node, ...]:
        """Expressions up to the closer, between commas; of dictionaries keys and values in turn."""
        closer = _CLOSERS[opener]
        items: list[Node] = []
        while not self._take(closer):
            items.append(self._named_argument() if opener == "(" else self._expression())
            if opener == "{" and self._take(":", "="):
                self._take("compare")
                items.append(self._expression())
            if self._next.kind != closer:
                self._must(",")
        return tuple(items)

    def _named_argument(self) -> Node:
        name, sign = self._next, self._tokens[self._at + 1] if self._next.kind else self._next
        if name.kind != "name" or sign.kind != "=":
            return self._expression()
        self._at += 2
        return self._call(f"{name.text}=", (self._expression(),), name.start)

    def _postfix(self, value: Node, start: int) -> Node | None:
        """The value with the next field, item, call or filter; None where none follows."""
        token = self._take(".", "&.", "::", "[", "(", "|", "{" if self._ruby and isinstance(value, Call) else ".")
        if token is None:
            return None
        match token.kind:
            case "." | "&." | "::":
                return _field(value, self._must("name", "number").text)
            case "[":
                return self._item(value, start)
            case "(":
                return self._called(value, start)
            case "{":
                return self._call("or", (value, *self._items("{")), start)  # fetch("X") { "default" }
            case _:
                return self._filtered(value, start)

    def _item(self, value: Node, start: int) -> Node:
        keys: list[Node] = []
        while not self._take("]"):
            if self._take(":", ",") is None:
                keys.append(self._expression())
        if len(keys) == 1 and isinstance(keys[0], Literal):
            return _field(value, keys[0].text)
        return self._call("index", (value, *keys), start)

    def _called(self, value: Node, start: int) -> Node:
        arguments = self._items("(")
        if isinstance(value, Variable):
            return self._call(value.name, arguments, start)
        if isinstance(value, Field) and value.base is not None:
            base = Field(value.base, value.names[:-1]) if len(value.names) > 1 else value.base
            return self._call(f".{value.names[-1]}", (*arguments, base), start)
        raise _NonsenseError

    def _filtered(self, value: Node, start: int) -> Node:
        name = self._must("name").text
        while self._take("."):
            name = self._must("name").text  # ansible.builtin.b64encode
        arguments = self._items("(") if self._take("(") else ()
        return self._call(name, (*arguments, value), start)

    def _call(self, name: str, arguments: tuple[Node, ...], start: int) -> Call:
        return Call(name, arguments, start, self._tokens[self._at - 1].end)


def _field(value: Node, name: str) -> Node:
    return Field(value.base, (*value.names, name)) if isinstance(value, Field) else Field(value, (name,))

"""Parses what stands between `{{` and `}}` of a Go template (https://pkg.go.dev/text/template).

It knows the grammar only, no function and no value. `jinja` is its twin for Jinja; both give the nodes of `nodes`.
"""

import re
from dataclasses import dataclass

from analyzer.templates.nodes import Call, Constant, Field, Literal, Node, Number, Statement, Variable, shallow
from analyzer.templates.quoted import interpreted, raw

__all__ = ["Call", "Constant", "Field", "Literal", "Node", "Number", "Statement", "Variable", "parse"]

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>/\*(?s:.*?)\*/)
    | (?P<string>"(?>(?:[^"\\\n]|\\[^\n])*)")
    | (?P<raw>`[^`]*`)
    | (?P<char>'(?:[^'\\\n]|\\[^\n]{1,9})')
    | (?P<number>[+-]?(?:0[xXoObB][0-9A-Fa-f_]+|[0-9][0-9_]*+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+))(?![\w.])
    | (?P<variable>\$\w*)
    | (?P<field>\.[^\W\d]\w*)
    | (?P<dot>\.)
    | (?P<name>[^\W\d]\w*)
    | (?P<assign>:?=)
    | (?P<sign>[|(),])
    """,
    re.VERBOSE,
)
_TRIM_LEFT = re.compile(r"-(?=[ \t\r\n])")
_CONSTANTS = frozenset({"true", "false", "nil"})
_BARE = frozenset({"end", "break", "continue", "else"})
_PIPED = frozenset({"if", "with", "range"})
_NAMED = frozenset({"define", "template", "block"})
# Operators of Jinja are no operands of Go: functions of that name need arguments, and the others are keywords.
_NO_OPERAND = frozenset({"or", "and", "not", "in", "is", *_BARE, *_PIPED, *_NAMED})
_DEEPEST = 60  # parentheses in parentheses


@dataclass(frozen=True, slots=True)
class _Token:
    """`kind` is the name of its group, a sign's own text, or empty behind the last; `glued`: no blank before it."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool


class _NonsenseError(Exception):
    """The text follows no grammar; it never leaves this module."""


def parse(text: str, start: int, end: int) -> Statement | None:
    """The statement in the characters `start` to `end`, delimiters excluded, trim marks (`-`) included or not.

    A comment is an empty statement. None where it is no Go template action, or one nested too deeply.
    """
    tokens = _tokens(text, start, end)
    if tokens is None:
        return None
    try:
        statement = _Parser(text, tokens).statement()
    except _NonsenseError:
        return None
    return statement if statement.value is None or shallow(statement.value) else None


def _tokens(text: str, start: int, end: int) -> list[_Token] | None:
    """Blanks and comments left out; None at the first character that starts no token."""
    start += 1 if _TRIM_LEFT.match(text, start, end) else 0
    end -= 1 if text.startswith("-", end - 1) and text[end - 2 : end - 1] in " \t\r\n" else 0
    tokens: list[_Token] = []
    at, glued = start, False
    while at < end:
        match = _TOKEN.match(text, at, end)
        if match is None:
            return None
        kind = match.lastgroup or ""
        if kind in {"space", "comment"}:
            glued = False
        else:
            tokens.append(_Token(match.group() if kind == "sign" else kind, match.group(), at, match.end(), glued))
            glued = True
        at = match.end()
    tokens.append(_Token("", "", end, end, glued=False))
    return tokens


class _Parser:
    """Reads tokens once, from left to right."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text, self._tokens, self._at, self._depth = text, tokens, 0, 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *kinds: str) -> _Token | None:
        token = self._next
        if token.kind not in kinds:
            return None
        self._at += 1
        return token

    def _must(self, *kinds: str) -> _Token:
        token = self._take(*kinds)
        if token is None:
            raise _NonsenseError
        return token

    def statement(self) -> Statement:
        """The whole action."""
        keyword = self._keyword()
        if keyword in _NAMED:
            statement = Statement(keyword, value=self._named(keyword))
        elif keyword in _BARE or not self._next.kind:
            statement = Statement(keyword)
        else:
            statement = self._assignment(keyword)
        self._must("")
        return statement

    def _keyword(self) -> str:
        word = self._next.text if self._next.kind == "name" else ""
        if word not in _BARE | _PIPED | _NAMED:
            return ""
        self._at += 1
        if word == "else" and self._next.text in {"if", "with"}:
            word = f"else {self._must('name').text}"
        if word not in _BARE and not self._next.kind:
            raise _NonsenseError
        return word

    def _named(self, keyword: str) -> Call:
        name = self._must("string", "raw")
        arguments: tuple[Node, ...] = (self._literal(name),)
        if self._next.kind:
            arguments += (self._pipeline(),)
        return Call(keyword, arguments, name.start, self._tokens[self._at - 1].end)

    def _assignment(self, keyword: str) -> Statement:
        before, variables = self._at, []
        while (variable := self._take("variable")) is not None:
            variables.append(variable.text[1:])
            if self._take(",") is None:
                break
        sign = self._take("assign") if variables else None
        if sign is None:
            self._at = before
            return Statement(keyword, value=self._pipeline())
        return Statement(keyword, tuple(variables), declares=sign.text == ":=", value=self._pipeline())

    def _pipeline(self) -> Node:
        value = self._command(None)
        while self._take("|") is not None:
            value = self._command(value)
        return value

    def _command(self, piped: Node | None) -> Node:
        start = self._next.start
        name = self._function()
        head = None if name else self._operand()
        arguments: list[Node] = []
        while self._next.kind not in {"", "|", ")"}:
            if self._next.glued:
                raise _NonsenseError
            arguments.append(self._operand())
        if piped is not None:
            arguments.append(piped)
        end = self._tokens[self._at - 1].end
        if name:
            return Call(name, tuple(arguments), start, end)
        if head is None or (arguments and not (isinstance(head, Field) and head.names)):
            raise _NonsenseError
        return _method(head, arguments, start, end) if arguments and isinstance(head, Field) else head

    def _function(self) -> str:
        """The name of the function that a command calls; empty where it starts with an operand."""
        token, following = self._next, self._tokens[self._at + 1] if self._next.kind else self._next
        if token.kind != "name" or token.text in _CONSTANTS or (following.kind == "field" and following.glued):
            return ""
        if token.text in _NO_OPERAND - {"or", "and", "not"}:
            raise _NonsenseError
        self._at += 1
        return token.text

    def _operand(self) -> Node:
        node = self._term()
        names: list[str] = []
        while self._next.kind == "field" and self._next.glued:
            names.append(self._must("field").text[1:])
        if not names:
            return node
        if isinstance(node, Literal | Number | Constant) or node == Field(None, ()):
            raise _NonsenseError
        return Field(node.base, node.names + tuple(names)) if isinstance(node, Field) else Field(node, tuple(names))

    def _term(self) -> Node:
        token = self._must("string", "raw", "char", "number", "variable", "field", "dot", "name", "(")
        match token.kind:
            case "string" | "raw" | "char":
                return self._literal(token)
            case "number":
                return Number(token.text, token.start, token.end)
            case "variable":
                return Variable(token.text[1:])
            case "field":
                return Field(None, (token.text[1:],))
            case "dot":
                return Field(None, ())
            case "(":
                return self._parenthesis()
            case _:
                return _word(token)

    def _parenthesis(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NonsenseError
        value = self._pipeline()
        self._must(")")
        self._depth -= 1
        return value

    def _literal(self, token: _Token) -> Literal:
        decode = raw if token.kind == "raw" else interpreted
        return decode(self._text, token.start + 1, token.end - 1)


def _word(token: _Token) -> Node:
    if token.text in _CONSTANTS:
        return Constant(token.text)
    if token.text in _NO_OPERAND:
        raise _NonsenseError
    return Call(token.text, (), token.start, token.end)


def _method(head: Field, arguments: list[Node], start: int, end: int) -> Call:
    lone = head.base is not None and len(head.names) == 1
    base: Node | None = head.base if lone else Field(head.base, head.names[:-1])
    return Call(f".{head.names[-1]}", (*arguments, *([base] if base is not None else [])), start, end)

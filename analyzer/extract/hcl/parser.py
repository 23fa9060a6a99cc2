"""Tokens -> tree.

It never fails: a sign that fits nowhere is skipped, a bracket that is never closed ends at the next attribute, and what
is nested too deeply is left out. It also reads what HCL 1 allowed (quoted keys, `;` between attributes), since such
files are still about. Syntax: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from dataclasses import dataclass

from analyzer.extract.hcl.cursor import Cursor
from analyzer.extract.hcl.lexer import Kind, Token, tokenize
from analyzer.extract.hcl.nodes import (
    Attribute,
    Block,
    Body,
    Call,
    Choice,
    Chunk,
    Hole,
    Literal,
    Node,
    Object,
    Other,
    Reference,
    Row,
    Template,
)
from analyzer.extract.hcl.strings import pieces_of

_DEEPEST = 50  # brackets in brackets
_NESTED = 5  # strings inside `${...}` inside strings
_NAMES = frozenset({Kind.WORD, Kind.NUMBER, Kind.STRING})
_ENDS = frozenset({"\n", ";", ","})
_OPENINGS = frozenset({"(", "[", "{"})
_OPERATORS = frozenset({"==", "!=", "<=", ">=", "&&", "||"})
_NOTHING = Other()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a file, its comments and its here-documents (start, end).

    `faults` are the characters where quotes or braces do not fit, `deep` where something was left out.
    """

    body: Body
    comments: tuple[tuple[int, int], ...]
    faults: tuple[int, ...]
    deep: tuple[int, ...]
    heredocs: tuple[tuple[int, int], ...] = ()


def parse(text: str) -> Parsed:
    """Read a file."""
    found = tokenize(text)
    cursor = Cursor(found.tokens)
    body = _Parser(text, cursor).body(closing=False)
    heredocs = tuple((token.start, token.end) for token in found.tokens if token.kind is Kind.HEREDOC)
    return Parsed(body, found.comments, (*found.faults, *cursor.stray), tuple(cursor.deep), heredocs)


class _Parser:
    """Each method reads one construct and leaves the cursor behind it."""

    def __init__(self, text: str, cursor: Cursor) -> None:
        self._text = text
        self._cursor = cursor

    def body(self, *, closing: bool) -> Body:
        """Attributes and blocks up to the closing brace, or to the end of the text."""
        items: list[Attribute | Block] = []
        labels: list[Token] = []
        while (token := self._cursor.next()) is not None:
            if token.kind in _NAMES:
                labels.append(token)
            elif token.text in ("=", ":") and labels:
                items.append(self._attribute(labels[-1]))
                labels = []
            elif token.text == "{" and self._cursor.depth < _DEEPEST:
                items += self._block(labels)
                labels = []
            elif token.text == "}" and closing:
                return Body(tuple(items))
            elif token.text in _ENDS:
                labels = []
            else:
                self._unfit(token)
        return Body(tuple(items))

    def _unfit(self, token: Token) -> None:
        """A sign that fits nowhere is passed."""
        if token.text == "{":
            self._cursor.deep.append(token.start)
        elif token.text == "}":
            self._cursor.stray.append(token.start)

    def inside(self) -> Node:
        """One expression that line ends do not end: what `${...}` or parentheses enclose."""
        with self._cursor.inside(lines=False):
            return self._expression()

    def _block(self, labels: list[Token]) -> list[Attribute | Block]:
        with self._cursor.inside(lines=True):
            body = self.body(closing=True)
        if not self._cursor.closed:
            self._cursor.stray.append(labels[0].start if labels else self._cursor.end)
        if not labels:
            return list(body.items)
        names = [self._name(label) for label in labels]
        return [Block(names[0], tuple(names[1:]), body, labels[0].start, self._cursor.end)]

    def _attribute(self, key: Token) -> Attribute:
        return Attribute(self._name(key), self._expression())

    def _expression(self) -> Node:
        """An operand, operators with more of them, and the branches of a condition."""
        operands = [self._operand()]
        while self._cursor.sign() in _OPERATORS:
            self._cursor.next()
            operands.append(self._operand())
        if self._cursor.depth < _DEEPEST and self._cursor.take("?"):
            return self._branches()
        return operands[0] if len(operands) == 1 else Other(tuple(operands))

    def _branches(self) -> Node:
        with self._cursor.deeper():
            first = self._expression()
            second = self._expression() if self._cursor.take(":") else _NOTHING
        return Choice((first, second))

    def _operand(self) -> Node:
        token = self._cursor.peek()
        if token is None:
            return _NOTHING
        if self._cursor.depth >= _DEEPEST:
            self._cursor.deep.append(token.start)
            self._cursor.next()
            return _NOTHING
        if token.kind is Kind.SIGN and token.text not in _OPENINGS:
            return _NOTHING
        self._cursor.next()
        value = self._started(token)
        return Other((value,)) if not isinstance(value, Reference) and self._indexed() else value

    def _started(self, token: Token) -> Node:
        match token.kind:
            case Kind.STRING | Kind.HEREDOC:
                return self._template(token)
            case Kind.NUMBER:
                return Literal(token.start, token.end)
            case Kind.WORD:
                return self._word(token)
            case Kind.SIGN if token.text == "(":
                value = self.inside()
                self._cursor.take(")")
                return value
            case _:
                return self._row() if token.text == "[" else self._object()

    def _template(self, token: Token) -> Template:
        pieces = tuple(
            Hole(*piece, self._interpolated(*piece)) if self._text.startswith("${", piece[0]) else Chunk(*piece)
            for piece in pieces_of(self._text, token)
        )
        return Template(token.start, token.end, pieces, token.kind is Kind.HEREDOC)

    def _interpolated(self, start: int, end: int) -> Node:
        """What stands between `${` and `}`, a `~` on either side apart."""
        if self._cursor.level >= _NESTED:
            self._cursor.deep.append(start)
            return _NOTHING
        found = tokenize(self._text, start + 2, end - 1)
        inner = Cursor(found.tokens, self._cursor.depth + 1, self._cursor.level + 1)
        value = _Parser(self._text, inner).inside()
        self._cursor.deep += inner.deep
        return value

    def _word(self, token: Token) -> Node:
        if self._cursor.take("("):
            return Call(token.text, self._items(")"))
        parts, end = [token.text], token.end
        while self._cursor.sign() in (".", "["):
            parts += self._part()
            end = self._cursor.end
        constant = len(parts) == 1 and token.text in ("true", "false", "null")
        return Literal(token.start, end) if constant else Reference(token.start, end, tuple(parts))

    def _part(self) -> list[str]:
        """`.name`, `.0`, `["name"]`, `[0]`; anything else is `*`."""
        if not self._cursor.take("."):
            self._cursor.next()
            first, start = self._cursor.peek(), self._cursor.at
            self.inside()
            simple = first is not None and self._cursor.at == start + 1 and first.kind in (Kind.STRING, Kind.NUMBER)
            self._cursor.take("]")
            return [self._name(first)] if simple and first is not None else ["*"]
        token = self._cursor.peek()
        if token is None or token.kind not in (Kind.WORD, Kind.NUMBER):
            return ["*"]
        self._cursor.next()
        return self._name(token).split(".")

    def _indexed(self) -> bool:
        """Whether an index follows, which is passed."""
        found = False
        while self._cursor.sign() in (".", "["):
            self._part()
            found = True
        return found

    def _row(self) -> Node:
        return self._loop("]") if self._cursor.loop_ahead() else Row(self._items("]"))

    def _items(self, closing: str) -> tuple[Node, ...]:
        """Expressions between commas, up to the closing bracket."""
        items: list[Node] = []
        with self._cursor.inside(lines=False):
            while (token := self._cursor.peek()) is not None and token.text != "}":
                if token.kind is Kind.SIGN and token.text in (closing, ",", "..."):
                    self._cursor.next()
                    if token.text == closing:
                        break
                elif self._cursor.attribute_ahead():
                    break
                else:
                    items.append(self._moving())
        return tuple(items)

    def _object(self) -> Node:
        if self._cursor.loop_ahead():
            return self._loop("}")
        pairs: list[Attribute] = []
        keys: list[Token] = []
        with self._cursor.inside(lines=True):
            while (token := self._cursor.peek()) is not None and token.text != "}":
                nested = token.text == "{" and self._cursor.depth < _DEEPEST
                if not nested:
                    self._cursor.next()
                if token.kind in _NAMES:
                    keys.append(token)
                elif keys and (nested or token.text in ("=", ":")):
                    pairs.append(self._attribute(keys[-1]))
                    keys = []
                elif nested:
                    self._cursor.next()
                elif token.text in _ENDS:
                    keys = []
            self._cursor.next()
        return Object(tuple(pairs))

    def _loop(self, closing: str) -> Node:
        """`[for x in list : value if condition]`, `{for k, v in map : k => value}`: the value."""
        value: Node = _NOTHING
        with self._cursor.inside(lines=False):
            self._until(":", closing, "=")
            if self._cursor.take(":"):
                value = self._expression()
            if self._cursor.take("=>"):
                value = self._expression()
            self._until(closing)
            self._cursor.take(closing)
        return Choice((value,))

    def _until(self, *signs: str) -> None:
        """Pass expressions up to one of the signs, a closing brace, or an attribute that belongs elsewhere."""
        while (token := self._cursor.peek()) is not None and token.text not in (*signs, "}"):
            if self._cursor.attribute_ahead():
                break
            self._moving()

    def _moving(self) -> Node:
        """An expression; a sign that starts none is passed."""
        start = self._cursor.at
        value = self._expression()
        if self._cursor.at == start:
            self._cursor.next()
        return value

    def _name(self, token: Token) -> str:
        return self._text[token.start : token.end]

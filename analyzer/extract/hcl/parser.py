"""Tokens -> tree.

It never fails: a sign that fits nowhere is skipped, a bracket that is never closed ends at the next attribute, and what
is nested too deeply is left out. It also reads what HCL 1 allowed (quoted keys, `;` between attributes), since such
files are still about. Syntax: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

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
_OPERATORS = frozenset({"==", "!=", "<=", ">=", "&&", "||"})
_NOTHING = Other()


def parse(text: str) -> tuple[Body, tuple[tuple[int, int], ...]]:
    """The tree of a file, and its comments (start, end)."""
    found = tokenize(text)
    return _Parser(text, found.tokens).body(closing=False), found.comments


class _Parser:
    """A cursor over tokens. Each method reads one construct and leaves the cursor behind it."""

    def __init__(self, text: str, tokens: tuple[Token, ...], depth: int = 0, level: int = 0) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0
        self._depth = depth
        self._level = level  # strings around
        self._lines = True  # whether a line end ends an expression

    def body(self, *, closing: bool) -> Body:
        """Attributes and blocks up to the closing brace, or to the end of the text."""
        items: list[Attribute | Block] = []
        labels: list[Token] = []
        while (token := self._peek()) is not None:
            self._at += 1
            if token.kind in (Kind.WORD, Kind.NUMBER, Kind.STRING):
                labels.append(token)
            elif token.text in ("=", ":") and labels:
                items.append(self._attribute(labels[-1]))
                labels = []
            elif token.text == "{" and self._depth < _DEEPEST:
                items += self._block(labels)
                labels = []
            elif token.text == "}" and closing:
                break
            elif token.text in ("\n", ";", ","):
                labels = []
        return Body(tuple(items))

    def inside(self) -> Node:
        """One expression that line ends do not end: what `${...}` or parentheses enclose."""
        before, self._lines = self._lines, False
        value = self._expression()
        self._lines = before
        return value

    def _block(self, labels: list[Token]) -> list[Attribute | Block]:
        before, self._lines = self._lines, True
        self._depth += 1
        body = self.body(closing=True)
        self._depth -= 1
        self._lines = before
        if not labels:
            return list(body.items)
        names = [self._name(label) for label in labels]
        return [Block(names[0], tuple(names[1:]), body, labels[0].start, self._tokens[self._at - 1].end)]

    def _attribute(self, key: Token) -> Attribute:
        return Attribute(self._name(key), key.start, key.end, self._expression())

    def _expression(self) -> Node:
        """An operand, operators with more of them, and the branches of a condition."""
        operands = [self._operand()]
        while self._sign() in _OPERATORS:
            self._at += 1
            operands.append(self._operand())
        if self._sign() == "?":
            self._at += 1
            first = self._expression()
            second = self._expression() if self._take(":") else _NOTHING
            return Choice((first, second))
        return operands[0] if len(operands) == 1 else Other(tuple(operands))

    def _operand(self) -> Node:
        token = self._peek()
        if token is None or self._depth >= _DEEPEST:
            self._at += token is not None
            return _NOTHING
        if token.kind is Kind.SIGN and token.text not in ("(", "[", "{"):
            return _NOTHING
        self._at += 1
        self._depth += 1
        value = self._started(token)
        self._depth -= 1
        return Other((value,)) if not isinstance(value, Reference) and self._indexed() else value

    def _started(self, token: Token) -> Node:
        if token.kind in (Kind.STRING, Kind.HEREDOC):
            return self._template(token)
        if token.kind is Kind.NUMBER:
            return Literal(token.start, token.end)
        if token.kind is Kind.WORD:
            return self._word(token)
        if token.text == "(":
            value = self.inside()
            self._take(")")
            return value
        return self._row() if token.text == "[" else self._object()

    def _template(self, token: Token) -> Template:
        pieces = tuple(
            Hole(*piece, self._interpolated(*piece)) if self._text.startswith("${", piece[0]) else Chunk(*piece)
            for piece in pieces_of(self._text, token)
        )
        return Template(token.start, token.end, pieces, token.kind is Kind.HEREDOC)

    def _interpolated(self, start: int, end: int) -> Node:
        """What stands between `${` and `}`, a `~` on either side apart."""
        if self._level >= _NESTED:
            return _NOTHING
        found = tokenize(self._text, start + 2, end - 1)
        return _Parser(self._text, found.tokens, self._depth, self._level + 1).inside()

    def _word(self, token: Token) -> Node:
        if self._sign() == "(":
            self._at += 1
            return Call(token.text, self._items(")"))
        parts, end = [token.text], token.end
        while self._sign() in (".", "["):
            dot = self._take(".")
            self._at += not dot
            following = self._peek()
            if following is None:
                break
            if dot:
                part = self._name(following) if following.kind in (Kind.WORD, Kind.NUMBER) else "*"
                self._at += following.kind is not Kind.SIGN
                parts += part.split(".")
            else:
                parts.append(self._index(following))
            end = self._tokens[self._at - 1].end
        constant = len(parts) == 1 and token.text in ("true", "false", "null")
        return Literal(token.start, end) if constant else Reference(token.start, end, tuple(parts))

    def _index(self, first: Token) -> str:
        """The part between brackets, written out or `*`."""
        start = self._at
        self.inside()
        simple = self._at == start + 1 and first.kind in (Kind.STRING, Kind.NUMBER)
        self._take("]")
        return self._name(first) if simple else "*"

    def _indexed(self) -> bool:
        """Whether an index follows, which is skipped."""
        found = False
        while self._sign() in (".", "["):
            found = True
            if self._take("["):
                self._items("]")
                continue
            self._at += 1
            following = self._peek()
            self._at += following is not None and following.kind in (Kind.WORD, Kind.NUMBER)
        return found

    def _row(self) -> Node:
        return self._loop("]") if self._word_at(0) == "for" else Row(self._items("]"))

    def _items(self, closing: str) -> tuple[Node, ...]:
        """Expressions between commas, up to the closing bracket."""
        before, self._lines = self._lines, False
        items: list[Node] = []
        while (token := self._peek()) is not None and token.text != "}":
            if token.kind is Kind.SIGN and token.text in (closing, ",", "..."):
                self._at += 1
                if token.text == closing:
                    break
                continue
            if self._attribute_ahead():
                break
            start = self._at
            items.append(self._expression())
            self._at += self._at == start
        self._lines = before
        return tuple(items)

    def _object(self) -> Node:
        if self._word_at(0) == "for" and self._word_at(1):
            return self._loop("}")
        before, self._lines = self._lines, True
        pairs: list[Attribute] = []
        keys: list[Token] = []
        while (token := self._peek()) is not None:
            self._at += 1
            if token.kind in (Kind.WORD, Kind.NUMBER, Kind.STRING):
                keys.append(token)
            elif token.text in ("=", ":") and keys:
                pairs.append(self._attribute(keys[-1]))
                keys = []
            elif token.text == "{" and keys and self._depth < _DEEPEST:
                self._at -= 1
                pairs.append(self._attribute(keys[-1]))
                keys = []
            elif token.text == "}":
                break
            elif token.text in ("\n", ",", ";"):
                keys = []
        self._lines = before
        return Object(tuple(pairs))

    def _loop(self, closing: str) -> Node:
        """`[for x in list : value if condition]`, `{for k, v in map : k => value}`: the value."""
        before, self._lines = self._lines, False
        while (token := self._peek()) is not None and token.text not in (":", closing, "}", "="):
            start = self._at
            self._expression()
            self._at += self._at == start
        value: Node = _NOTHING
        if self._take(":"):
            value = self._expression()
            if self._take("=>"):
                value = self._expression()
        while (token := self._peek()) is not None and token.text not in (closing, "}") and not self._attribute_ahead():
            start = self._at
            self._expression()
            self._at += self._at == start
        self._take(closing)
        self._lines = before
        return Choice((value,))

    def _attribute_ahead(self) -> bool:
        """Whether an attribute starts here, which no bracket may hold: the bracket was never closed."""
        first, second = self._peek(), self._peek(1)
        named = first is not None and first.kind is Kind.WORD
        return named and second is not None and second.kind is Kind.SIGN and second.text == "="

    def _peek(self, ahead: int = 0) -> Token | None:
        """The next token, or one behind it; line ends are passed where they end nothing."""
        while not self._lines and self._at < len(self._tokens) and self._tokens[self._at].text == "\n":
            self._at += 1
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else None

    def _sign(self) -> str:
        token = self._peek()
        return token.text if token is not None and token.kind is Kind.SIGN else ""

    def _take(self, sign: str) -> bool:
        found = self._sign() == sign
        self._at += found
        return found

    def _word_at(self, ahead: int) -> str:
        token = self._peek(ahead)
        return token.text if token is not None and token.kind is Kind.WORD else ""

    def _name(self, token: Token) -> str:
        return self._text[token.start : token.end]

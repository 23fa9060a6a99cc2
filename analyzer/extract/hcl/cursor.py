"""A cursor over the tokens of HCL. Knows no grammar but where a line end ends something."""

from collections.abc import Iterator
from contextlib import contextmanager

from analyzer.extract.hcl.lexer import Kind, Token


class Cursor:
    """Reads tokens one by one; inside brackets line ends are passed.

    `depth` counts the brackets around, `level` the strings around.
    """

    def __init__(self, tokens: tuple[Token, ...], depth: int = 0, level: int = 0) -> None:
        self.at = 0
        self.depth = depth
        self.level = level
        self.stray: list[int] = []  # braces that close nothing, and blocks that nothing closes
        self.deep: list[int] = []  # what is nested too deeply
        self._tokens = tokens
        self._lines = True

    @property
    def end(self) -> int:
        """Where the last token that was read ends."""
        return self._tokens[self.at - 1].end

    @property
    def closed(self) -> bool:
        """Whether the last token that was read is a closing brace."""
        return self.at > 0 and self._tokens[self.at - 1].text == "}"

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level deeper."""
        self.depth += 1
        yield
        self.depth -= 1

    @contextmanager
    def inside(self, *, lines: bool) -> Iterator[None]:
        """One bracket deeper, where line ends count (`lines`) or not."""
        before, self._lines = self._lines, lines
        with self.deeper():
            yield
        self._lines = before

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or one behind it; None at the end."""
        while not self._lines and self.at < len(self._tokens) and self._tokens[self.at].text == "\n":
            self.at += 1
        at = self.at + ahead
        return self._tokens[at] if at < len(self._tokens) else None

    def next(self) -> Token | None:
        """Read the next token."""
        token = self.peek()
        self.at += token is not None
        return token

    def sign(self) -> str:
        """The next token's text where it is a sign."""
        token = self.peek()
        return token.text if token is not None and token.kind is Kind.SIGN else ""

    def take(self, sign: str) -> bool:
        """Read the next token if it is that sign."""
        found = self.sign() == sign
        self.at += found
        return found

    def word(self, ahead: int = 0) -> str:
        """The next token's text, or that of one behind it, where it is a word."""
        token = self.peek(ahead)
        return token.text if token is not None and token.kind is Kind.WORD else ""

    def loop_ahead(self) -> bool:
        """Whether a `for` stands behind an opening bracket, on whichever line; the lines before it are passed."""
        with self.inside(lines=False):
            return self.word() == "for" and bool(self.word(1))

    def attribute_ahead(self) -> bool:
        """Whether an attribute starts here, which no bracket may hold: the bracket was never closed."""
        second = self.peek(1)
        return bool(self.word()) and second is not None and second.kind is Kind.SIGN and second.text == "="

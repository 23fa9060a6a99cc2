"""Reads expansions in shell text: variables, parameters with defaults, substitutions.

Half of the reader of words; quotes are the other half, in `shellreader`. Source: POSIX.1-2017, Shell Command Language,
2.6; Bash Reference Manual 3.5.
"""

import re
from abc import ABC, abstractmethod

from analyzer.extract.shell.words import Builder, Expansion, Word

LEVELS = 60
"""Nested quotes, expansions and substitutions are read up to this depth."""

_BRACED = re.compile(r"[^\\'\"$`}]+")
_BRACED_QUOTED = re.compile(r"[^\\\"$`}]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PARAMETER = re.compile(
    r"(?P<mark>[!#]?)(?P<name>[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*?$!#-])(?P<index>\[[^\]\s{}]{0,100}\])?"
    r"(?P<operator>:?[-=+?])?"
)
_PARENTHESIS = re.compile(r"[()]")
_HOPS = 40  # parentheses of one arithmetic expression


class TooDeepError(Exception):
    """Shell text nested deeper than `LEVELS`; `at` is the character where that is so."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


class UnclosedError(Exception):
    """A quote or bracket that is never closed; `at` is the character that opens it."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


class ExpansionReader(ABC):
    """Reads `source` at `self.at`, up to `self.end`; characters in `literal` open no quote."""

    def __init__(self, source: Word, literal: frozenset[int] = frozenset()) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.end = len(source.text)
        self.literal = literal
        self.depth = 0
        self.backtick = False

    @abstractmethod
    def commands(self, closer: str) -> bool:
        """Read commands up to `closer`, which is consumed; False where the text ends before it."""

    @abstractmethod
    def body(self, end: int) -> Word:
        """Text with expansions, in which quotes are plain, up to `end`."""

    @abstractmethod
    def ansi(self, builder: Builder) -> None:
        """Read `$'...'`."""

    @abstractmethod
    def special(self, builder: Builder) -> bool:
        """Read a quote, escape or expansion at `self.at`; False where none stands there."""

    def substitutes(self) -> bool:
        """Whether a process substitution `<(...)` starts here."""
        return self.text.startswith(("<(", ">("), self.at) and self.at not in self.literal

    def skip_arithmetic(self) -> bool:
        """Step over `((...))` at `self.at`, substitutions in it are read; False where it is not closed."""
        opened, depth = self.at, 0
        for hop, match in enumerate(_PARENTHESIS.finditer(self.text, self.at, self.end)):
            depth += 1 if match.group() == "(" else -1
            if depth == 0 or hop > _HOPS:
                break
        else:
            return False
        end = match.end()
        if depth or self.text[end - 2] != ")":
            return False
        if "$(" in self.text[opened:end]:
            self.at = opened + 2
            self.body(end - 2)
        self.at = end
        return True

    def take(self, builder: Builder, end: int) -> None:
        """Append the characters up to `end` as they are."""
        builder.add(self.at, end)
        self.at = end

    def dollar(self, builder: Builder, *, quoted: bool) -> None:
        """What starts with `$`."""
        following = self.text[self.at + 1 : min(self.at + 3, self.end)]
        name = _NAME.match(self.text, self.at + 1, self.end)
        if name is not None:
            self._variable(builder, name.group(), name.end())
        elif following.startswith("{"):
            self._parameter(builder, _BRACED_QUOTED if quoted else _BRACED)
        elif following.startswith("("):
            self.substitution(builder, arithmetic=following == "((")
        elif following[:1] in (*"'",) and not quoted:
            self.ansi(builder)
        elif following[:1] in (*'"',) and not quoted:
            self.at += 1
        elif following and following[0] in "0123456789@*?$!#-":
            self._variable(builder, following[0], self.at + 2)
        else:
            self.take(builder, self.at + 1)

    def _variable(self, builder: Builder, name: str, end: int) -> None:
        place = self.source.place
        builder.expand(Expansion(name, place(self.at), place(end)))
        self.at = end

    def _parameter(self, builder: Builder, characters: re.Pattern[str]) -> None:
        opened = self.at
        match = _PARAMETER.match(self.text, self.at + 2, self.end)
        self.at = match.end() if match else self.at + 2
        operator = match["operator"] or "" if match else ""
        self.deeper()
        inner = Builder(self.source, self.at)
        while self.at < self.end and (self.text[self.at] != "}" or self.at in self.literal):
            plain = characters.match(self.text, self.at, self.end)
            if plain is not None:
                self.take(inner, plain.end())
            elif not self.special(inner):
                self.take(inner, self.at + 1)
        if self.at >= self.end:
            raise UnclosedError(opened)
        value = inner.word(self.at)
        self.at += 1
        self.depth -= 1
        unchanged = match is not None and not match["mark"] and (bool(operator) or not value.text)
        name = match["name"] if match and unchanged and not operator.endswith("+") else ""
        default = value if operator.endswith(("-", "=")) else None
        place = self.source.place
        index = (match["index"] or "")[1:-1] if match else ""
        builder.expand(Expansion(name, place(opened), place(self.at), default, operator.endswith("="), index))

    def substitution(self, builder: Builder, *, arithmetic: bool) -> None:
        """`$(...)`, `$((...))`, `<(...)`."""
        opened, place = self.at, self.source.place
        self.at += 1
        if arithmetic and self.skip_arithmetic():
            builder.expand(Expansion("", place(opened), place(self.at)))
            return
        self.at += 1
        self._inner(opened, ")")
        builder.expand(
            Expansion("", place(opened), place(self.at), inside=(place(opened + 2), place(self.at - 1))),
        )

    def backticks(self, builder: Builder) -> None:
        """A substitution between backticks."""
        opened, place = self.at, self.source.place
        self.at += 1
        self._inner(opened, "`")
        builder.expand(
            Expansion("", place(opened), place(self.at), inside=(place(opened + 1), place(self.at - 1))),
        )

    def _inner(self, opened: int, closer: str) -> None:
        backtick = self.backtick
        self.backtick = closer == "`"
        self.deeper()
        if not self.commands(closer):
            raise UnclosedError(opened)
        self.depth -= 1
        self.backtick = backtick

    def deeper(self) -> None:
        """Enter one more level of nesting; raises TooDeepError."""
        self.depth += 1
        if self.depth > LEVELS:
            raise TooDeepError(self.at)

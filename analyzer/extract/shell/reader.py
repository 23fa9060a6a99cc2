"""Reads one word of shell text: quotes, escapes, arrays, here-document bodies; expansions stand in `shellexpansions`.

From left to right, once, for sh, bash, ksh and mostly zsh. Nothing is executed or looked up; it knows neither commands
nor hosts. Source: POSIX.1-2017, Shell Command Language, 2.2 to 2.6; Bash Reference Manual 3.1.2.
"""

import re

from analyzer.extract.shell.expansions import ExpansionReader, UnclosedError
from analyzer.extract.shell.words import Builder, Word

_PLAIN = re.compile(r"[^\\'\"$`\s;&|<>()}]+")
_QUOTED = re.compile(r"[^\\\"$`]+")
_BODY = re.compile(r"[^\\$`]+")
_ASSIGNED = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z_][A-Za-z0-9_]{0,127}(?:\[[^\]]{0,100}\])?\+?=")
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "?": "?", "a": "\a", "b": "\b", "e": "\x1b"}
_BLANKS = " \t\r\n"


class WordReader(ExpansionReader):
    """Reads words and here-document bodies."""

    def word(self) -> Word:
        """One word that starts at `self.at`; at least one character is consumed."""
        builder = Builder(self.source, self.at)
        first = self.at
        if self.substitutes():
            self.substitution(builder, arithmetic=False)
        while self.at < self.end:
            if self.special(builder):
                continue
            char = self.text[self.at]
            if char == "(" and builder.pieces and self._parenthesis(builder, first):
                continue
            match = _PLAIN.match(self.text, self.at, self.end)
            if match is not None:
                self.take(builder, match.end())
            elif char == "}" or self.at == first:
                self.take(builder, self.at + 1)
            else:
                break
        return builder.word(self.at)

    def body(self, end: int) -> Word:
        """The body of a here-document with expansions, up to `end`."""
        builder, outer = Builder(self.source, self.at), self.end
        self.end = end
        self._text(builder, _BODY, "", escapable="\\$`")
        self.end = outer
        return builder.word(end)

    def special(self, builder: Builder) -> bool:
        """Read a quote, escape or expansion at `self.at`; False where none stands there."""
        char = self.text[self.at]
        if self.at in self.literal:
            self.take(builder, self.at + 1)
        elif char == "\\":
            self._escape(builder, "")
        elif char == "'":
            self._single(builder)
        elif char == '"':
            self._double(builder)
        elif char == "$":
            self.dollar(builder, quoted=False)
        elif char == "`" and not self.backtick:
            self.backticks(builder)
        else:
            return False
        return True

    def _escape(self, builder: Builder, escapable: str) -> None:
        """A backslash; with `escapable`, it stays before any other character."""
        following = self.text[self.at + 1 : min(self.at + 3, self.end)]
        if following.startswith(("\n", "\r\n")):
            self.at += 2 if following[0] == "\n" else 3
        elif not following or (escapable and following[0] not in escapable):
            self.take(builder, self.at + 1)
        else:
            builder.quoted = True
            self.at += 1
            self.take(builder, self.at + 1)

    def _single(self, builder: Builder) -> None:
        builder.quoted = True
        close = self.text.find("'", self.at + 1, self.end)
        if close < 0:
            raise UnclosedError(self.at)
        builder.add(self.at + 1, close)
        self.at = close + 1

    def _double(self, builder: Builder) -> None:
        builder.quoted = True
        opened = self.at
        self.at += 1
        self.deeper()
        if not self._text(builder, _QUOTED, '"', escapable='\\$`"'):
            raise UnclosedError(opened)
        self.depth -= 1

    def _text(self, builder: Builder, plain: re.Pattern[str], closer: str, escapable: str) -> bool:
        """Quoted text up to `closer` (consumed); False where the end comes first."""
        while self.at < self.end:
            char = self.text[self.at]
            if char == closer:
                self.at += 1
                return True
            match = plain.match(self.text, self.at, self.end)
            if match is not None:
                self.take(builder, match.end())
            elif self.at in self.literal or (char == "`" and self.backtick):
                self.take(builder, self.at + 1)
            elif char == "\\":
                self._escape(builder, escapable)
            elif char == "$":
                self.dollar(builder, quoted=True)
            elif char == "`":
                self.backticks(builder)
            else:
                self.take(builder, self.at + 1)
        return False

    def ansi(self, builder: Builder) -> None:
        """`$'...'`: an escaped character stands in the text decoded and has no place of its own."""
        opened = self.at
        builder.quoted = True
        self.at += 2
        while self.at < self.end and self.text[self.at] != "'":
            if self.text[self.at] == "\\" and self.at + 1 < self.end:
                builder.write(_ANSI.get(self.text[self.at + 1], "\ufffd"))
                self.at += 2
            else:
                self.take(builder, self.at + 1)
        if self.at >= self.end:
            raise UnclosedError(opened)
        self.at += 1

    def _parenthesis(self, builder: Builder, first: int) -> bool:
        """`NAME=(...)` or an extended glob `@(a|b)`; False where the word ends before the parenthesis."""
        if _ASSIGNED.fullmatch(self.text, first, self.at):
            opened = self.at
            self.at += 1
            builder.elements = self._elements(opened)
            return True
        if self.text[self.at - 1] in "?*+@!" and (close := self.text.find(")", self.at, self.at + 200)) > 0:
            self.take(builder, min(close + 1, self.end))
            return True
        return False

    def _elements(self, opened: int) -> list[Word]:
        elements: list[Word] = []
        self.deeper()
        while self.at < self.end:
            char = self.text[self.at]
            if char == ")":
                self.at += 1
                self.depth -= 1
                return elements
            if char in _BLANKS:
                self.at += 1
            elif char == "#":
                self.at = self._line_end()
            else:
                elements.append(self.word())
        raise UnclosedError(opened)

    def _line_end(self) -> int:
        end = self.text.find("\n", self.at, self.end)
        return self.end if end < 0 else end

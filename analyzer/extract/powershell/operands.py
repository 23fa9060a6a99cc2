"""Reads the operands of PowerShell's expressions: strings, variables, lists, hashtables, casts, calls.

The value of an operand is a word. What cannot be followed is a `HOLE` that no variable is behind; texts inside it are
handed over, so that nothing is lost. Source: about_Operators, about_Hash_Tables, about_Methods (PowerShell 7.4).
"""

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.powershell.formats import formatted, single
from analyzer.extract.powershell.strings import StringReader
from analyzer.extract.shell.words import Builder, Expansion, Word

_BLANKS = re.compile(r"(?>(?:[ \t\r\f\v\xa0]|`\r?\n)*)")
_LINES = re.compile(r"(?>(?:[ \t\r\f\v\xa0\n]|`\r?\n)*)")
_COMMENT = re.compile(r"#[^\n]*|<#")
_UNARY = re.compile(r"-(?:not|join|split|csplit|isplit|bnot)(?![\w-])|!|\+\+|--|-(?=[\d$(])|\+|,", re.IGNORECASE)
_TYPE = re.compile(r"\[(?P<type>[A-Za-z_][\w.+`]{0,120})(?:\[[\w., \[\]]{0,120}\])?\]")
METHOD = re.compile(r"(?:\?\.|\.|::)(?P<name>[A-Za-z_]\w{0,63})[ ]{0,2}\(")
_STATIC = re.compile(r"(?:::|\?\.|\.)(?P<name>[A-Za-z_]\w{0,63})")
_BARE = re.compile(r"[\w.]+(?:-\w+)*")
_KEY = re.compile(
    r"(?P<key>[A-Za-z_][\w-]{0,63})|[\"'](?P<quoted>[\w. -]{1,64})[\"']|\d{1,9}|\$\w{1,64}(?:\.\w{1,64})?"
)
_SAME = frozenset({"tostring", "trim", "trimend", "trimstart", "tolower", "toupper", "normalize"})
_CLOSERS = frozenset({"", ")", "]", "}", ";", "|", ","})
_LONGEST = 500  # elements of a list
_OPAQUE = Expansion("", 0, 0)


class OperandReader(StringReader):
    """Reads operands; expressions, commands and blocks inside them are read by others."""

    prefix = ""  # what a hashtable at this place is called

    @abstractmethod
    def expression(self, *, lines: bool = False, lists: bool = True) -> Word:
        """One expression; `lines`: it stands in parentheses, where it may go on below. `lists`: commas belong to it."""

    @abstractmethod
    def comment(self) -> None:
        """Step over the comment at `self.at`."""

    @abstractmethod
    def value(self) -> Word:
        """Read a statement whose output is a value: an expression, a pipeline, `if (...) {...}`."""

    @abstractmethod
    def script_block(self) -> None:
        """Read `{ ... }` at `self.at`."""

    @abstractmethod
    def handed(self, words: Sequence[Word], start: int) -> None:
        """Words that a method or an operator takes, as a command."""

    @abstractmethod
    def stretch(self, start: int) -> tuple[int, int]:
        """The characters from `start` to here, in the outermost text."""

    @abstractmethod
    def printed(self, program: Word, value: Word, start: int, *, piped: bool = False) -> None:
        """A value that goes to whoever reads the output."""

    @abstractmethod
    def entry(self, name: str, value: Word, start: int) -> None:
        """An entry of a hashtable."""

    @abstractmethod
    def table(self) -> int:
        """Open the block of a hashtable; its number."""

    @abstractmethod
    def close(self, number: int) -> None:
        """Close a block."""

    def skip(self, *, lines: bool) -> str:
        """The next character that is no blank and no comment, or nothing at the end; `lines` are blanks as well."""
        while self.at < self.end:
            blanks = (_LINES if lines else _BLANKS).match(self.text, self.at, self.end)
            self.at = blanks.end() if blanks else self.at
            comment = _COMMENT.match(self.text, self.at, self.end)
            if comment is None or (comment.group() != "<#" and not lines):
                break
            self.comment()
        return self.text[self.at : min(self.at + 1, self.end)]

    def opaque(self, start: int, inside: tuple[int, int] | None = None) -> Word:
        """A value that is not followed; what is printed `inside` may be it."""
        place = self.source.place
        within = inside or (place(start), place(self.at))
        return self.hole(start, replace(_OPAQUE, start=place(start), end=place(self.at), inside=within))

    def plain(self, text: str, at: int) -> Word:
        """A word that is understood at a place without being written there."""
        return Word(text, self.source.place(at), self.source.place(at))

    def hole(self, start: int, expansion: Expansion) -> Word:
        """A value that stands elsewhere."""
        builder = Builder(self.source, start)
        builder.expand(expansion)
        return builder.word(self.at)

    def listed(self, start: int, elements: Sequence[Word]) -> Word:
        """A list as a word."""
        builder = Builder(self.source, start)
        builder.elements = [one for element in elements for one in single(element)]
        return builder.word(self.at)

    def operand(self) -> Word:
        """One operand with what is called on it; an empty word where none stands."""
        self.skip(lines=True)
        start = self.at
        if (unary := _UNARY.match(self.text, self.at, self.end)) is not None:
            self.at = unary.end()
            self.deeper()
            word = self.operand()
            self.depth -= 1
            self.handed([word], start)
            return self.opaque(start)
        return self.called(self._primary(start), start)

    def _primary(self, start: int) -> Word:
        char, builder = self.text[start : min(start + 1, self.end)], Builder(self.source, start)
        if self.quoted(builder):
            return builder.word(self.at)
        if char == "$" and (found := self.variable()) is not None:
            return self.hole(start, self.members(found))
        if self.text.startswith("@{", start):
            return self._hashtable(start)
        if char == "(" or self.text.startswith(("$(", "@("), start):
            return self._parenthesis(start)
        if char == "[" and (kind := _TYPE.match(self.text, start, self.end)) is not None:
            self.at = kind.end()
            return self._typed(start, kind["type"])
        if char == "{":
            self.script_block()
            return self.opaque(start, self.stretch(self.at))
        if char in _CLOSERS:
            return builder.word(start)
        bare = _BARE.match(self.text, start, self.end)
        self.take(builder, bare.end() if bare else min(start + 1, self.end))
        return builder.word(self.at)

    def _typed(self, start: int, name: str) -> Word:
        """`[string]$x` is `$x`; `[Type]::Method(...)` is a call."""
        if not self.text.startswith("::", self.at):
            self.deeper()
            word = self.operand() if self.skip(lines=False) not in ("", "\n", ")", ";", "=", ",", "|") else None
            self.depth -= 1
            return word or self.opaque(start)
        method = METHOD.match(self.text, self.at, self.end)
        if method is None:
            return self.opaque(start)
        self.at = method.end()
        arguments = self.arguments()
        if name.lower() in ("string", "system.string") and method["name"].lower() == "format" and arguments:
            return formatted(arguments[0], arguments[1:])
        if method["name"].lower() == "new":
            self.handed([self.plain("New-Object", start), self.plain(name, start), *arguments], start)
        else:
            self.handed([self.plain(method["name"], start), *arguments], start)
        return self.opaque(start)

    def called(self, word: Word, start: int) -> Word:
        """What is called on a value: a method that keeps a text as it is, any other, members of a value."""
        while self.at < self.end and (sign := self.text[self.at]) in ".:[?+-":
            method = METHOD.match(self.text, self.at, self.end)
            if method is not None:
                self.at = method.end()
                arguments = self.arguments()
                if method["name"].lower() not in _SAME or not word.text:
                    self.handed([self.plain(method["name"], start), *arguments] if arguments else [], start)
                    word = self.opaque(start)
            elif member := _STATIC.match(self.text, self.at, self.end):
                self.at = member.end()
                word = self.opaque(start)
            elif sign == "[" and word.text:
                word = self._indexed(word, start)
            elif self.text.startswith(("++", "--"), self.at):
                self.at += 2
            else:
                break
        return word

    def _indexed(self, word: Word, start: int) -> Word:
        """`$hosts[$i + 1]` is one of `$hosts`."""
        self.at += 1
        self.deeper()
        self.expression(lines=True)
        self.at += self.skip(lines=True) == "]"
        self.depth -= 1
        found = word.variable()
        return self.hole(start, replace(found, index="…")) if found is not None else self.opaque(start)

    def arguments(self) -> list[Word]:
        """The arguments of a call, behind its opening parenthesis."""
        found: list[Word] = []
        self.deeper()
        while self.skip(lines=True) not in ("", ")"):
            before = self.at
            word = self.expression(lines=True)
            found += single(word)
            if self.skip(lines=True) == "," or self.at == before:
                self.at += 1
        self.at = min(self.at + 1, self.end)
        self.depth -= 1
        return found[:_LONGEST]

    def _parenthesis(self, start: int) -> Word:
        """`( ... )` is the value in it, `@( ... )` a list, `$( ... )` what its statements print."""
        lists, commands = self.text[start] == "@", self.text[start] == "$"
        self.at = start + (2 if lists or commands else 1)
        if commands:
            return self.hole(start, self.substitution(start))
        self.deeper()
        found: list[Word] = []
        while self.skip(lines=True) not in ("", ")"):
            before = self.at
            found.append(self.value())
            if self.at == before or self.skip(lines=True) in (";", ","):
                self.at += 1
        self.at = min(self.at + 1, self.end)
        self.depth -= 1
        if lists:
            return self.listed(start, found)
        return (
            replace(found[0], start=self.source.place(start), end=self.source.place(self.at))
            if found
            else (self.opaque(start))
        )

    def _hashtable(self, start: int) -> Word:
        self.at = start + 2
        self.deeper()
        outer, number = self.prefix, self.table()
        while self.skip(lines=True) not in ("", "}"):
            before, key = self.at, _KEY.match(self.text, self.at, self.end)
            self.at = key.end() if key is not None else self.at
            if self.skip(lines=False) == "=":
                self.at += 1
                name = (key["key"] or key["quoted"] or "" if key else "").replace(" ", "")
                self.prefix = f"{outer}.{name}"
                self.entry(self.prefix, self.value(), before)
                self.prefix = outer
            if self.at == before or self.text.startswith(";", self.at):
                self.at += 1
        self.at = min(self.at + 1, self.end)
        self.close(number)
        self.depth -= 1
        return self.hole(start, replace(_OPAQUE, start=self.source.place(start), end=self.source.place(self.at)))

"""Reads PowerShell into what the shell's reader gives: simple commands, assignments, and the blocks they stand in.

Every text is read, also one that PowerShell would refuse. It knows neither programs nor hosts. Source: about_Parsing,
about_Language_Keywords (PowerShell 7.4).
"""

import re
from collections.abc import Sequence

from analyzer.extract.powershell.commands import CommandReader
from analyzer.extract.shell.script import Assignment, Command
from analyzer.extract.shell.words import Expansion, Word
from analyzer.hosts import HOLE

_WORD = re.compile(r"[A-Za-z]\w{0,40}(?![\w-])")
_NAME = re.compile(r"[ \t]{0,20}([\w:-]{1,128})")
_TYPED = r"(?:\[[A-Za-z_][\w.]{0,80}(?:\[[^\[\]\r\n]{0,80}\])?\][ \t\r\n]{0,20}){0,3}"
_TARGET = re.compile(
    rf"{_TYPED}(?=\$)(?P<name>\$(?:\{{[^{{}}\r\n]{{1,128}}\}}|[\w:]{{1,128}})"
    r"(?:\.\w{1,64}|\[[^\[\]\r\n]{1,64}\]){0,6})[ \t]{0,40}(?P<sign>\+?=(?!=)|\?\?=)"
)
_ATTRIBUTE = re.compile(r"\[[A-Za-z_][\w.]{0,80}[ ]{0,4}\(")
_TYPE = re.compile(r"\[[^\[\]\r\n]{0,120}(?:\[[^\[\]\r\n]{0,120}\])?\]?")
_ITEM = re.compile(
    r"[ \t\r\n]{0,40}(?:-parallel[ \t]{0,8})?\([ \t\r\n]{0,40}\$(?P<name>\w{1,128})\s{1,40}in(?!\w)", re.IGNORECASE
)
_PREFIXES = frozenset(
    {"else", "try", "finally", "begin", "process", "end", "dynamicparam", "clean", "default", "catch", "trap", "do"}
)
_CONDITIONS = frozenset({"if", "elseif", "switch", "while", "until", "for"})
_DEFINES = frozenset({"function", "filter", "workflow"})
_CAUGHT = 400  # characters of the types behind `catch`
_VALUED = frozenset({"return", "throw", "exit"})
_DECLARES = frozenset({"using", "enum", "class", "break", "continue"})


class StatementReader(CommandReader):
    """Reads statements."""

    function = ""  # whose parameters come next

    def read(self) -> None:
        """Read all of it."""
        self.open("script", "", ())
        self.statements("")

    def statements(self, closer: str) -> None:
        """Read statements up to `closer`, which is consumed."""
        while (char := self.skip(lines=True)) and char != closer:
            before = self.at
            if char in ";,)}]|&" and not (char == "&" and self.text[self.at + 1 : self.at + 2] not in ("&", "")):
                self.at += 1
            else:
                self._statement()
            self.at += self.at == before
        self.at = min(self.at + 1, self.end) if char else self.at

    def substitution(self, opened: int) -> Expansion:
        """What the statements of `$( ... )` print."""
        start = self.at
        self.block("substitution", "", (), ")")
        place = self.source.place
        return Expansion("", place(opened), place(self.at), inside=(place(start), place(max(self.at - 1, start))))

    def script_block(self) -> None:
        """`{ ... }`."""
        self.at += 1
        self.block("branch", "", (), "}")

    def block(self, kind: str, name: str, words: Sequence[Word], closer: str) -> None:
        """Read a block up to its closing sign."""
        self.deeper()
        number = self.open(kind, name, words)
        prefix, self.prefix = self.prefix, ""
        self.statements(closer)
        self.prefix = prefix
        self.close(number)
        self.depth -= 1

    def value(self) -> Word:
        """The value of a statement; what it prints where it is no expression."""
        self.skip(lines=True)
        start = self.at
        if (target := _TARGET.match(self.text, self.at, self.end)) is not None:
            return self._assignment(target)
        word = _WORD.match(self.text, self.at, self.end)
        if word is None or word.group().lower() not in _CONDITIONS | {"foreach", "try"}:
            return self.pipeline(printed=False)
        number = self.open("substitution", "", ())
        self._statement()
        while (more := _WORD.match(self.text, self._next(), self.end)) and more.group().lower() in ("else", "elseif"):
            self._statement()
        self.close(number)
        return self.opaque(start)

    def _next(self) -> int:
        self.skip(lines=True)
        return self.at

    def _statement(self) -> None:
        if self.text[self.at] == "{":
            self.script_block()
            return
        if (target := _TARGET.match(self.text, self.at, self.end)) is not None:
            self._assignment(target)
            return
        word = _WORD.match(self.text, self.at, self.end)
        keyword = word.group().lower() if word is not None else ""
        if word is None or not self._keyword(keyword, word):
            self.pipeline(printed=True)

    def _keyword(self, keyword: str, word: re.Match[str]) -> bool:
        """Read a statement that starts with a word of the language; False where it does not."""
        start = self.at
        if keyword in _DEFINES:
            self.at = word.end()
            self._function()
        elif keyword == "param" and self._follows(word, "("):
            self._parameters()
        elif keyword == "foreach" and (item := _ITEM.match(self.text, word.end(), self.end)):
            self._loop(item)
        elif keyword in _CONDITIONS and self._follows(word, "("):
            self._condition(keyword)
        elif keyword in _PREFIXES and self._follows(word, "{["):
            self._clause(keyword)
        elif keyword in _VALUED:
            self._valued(word)
        elif keyword in _DECLARES:
            stop = self.text.find("\n" if keyword != "class" else "{", self.at, self.end)
            self.at = stop if stop >= 0 else self.end
        else:
            self.at = start
            return False
        return True

    def _valued(self, word: re.Match[str]) -> None:
        """`return $x`, `throw "..."`."""
        start, self.at = self.at, word.end()
        if self.skip(lines=False) not in ("", "\n", ";", "}", ")"):
            self.printed(self.plain(word.group().lower(), start), self.value(), start)

    def _clause(self, keyword: str) -> None:
        """`try {`, `else {`, `catch [Type] {`."""
        if self.text[self.at] == "[":
            self.at = max(self.text.find("{", self.at, self.at + _CAUGHT), self.at)
        if self.text.startswith("{", self.at):
            self._body("loop" if keyword == "do" else "branch")

    def _follows(self, word: re.Match[str], signs: str) -> bool:
        self.at = word.end()
        char = self.skip(lines=True)
        return char != "" and char in signs

    def _body(self, kind: str, name: str = "", words: Sequence[Word] = ()) -> None:
        if self.skip(lines=True) == "{":
            self.at += 1
            self.block(kind, name, words, "}")

    def _condition(self, keyword: str) -> None:
        self.at += 1
        self.deeper()
        self.statements(")")
        self.depth -= 1
        if keyword != "until" and self.skip(lines=True) == "{":
            self._body("loop" if keyword in ("while", "for") else "branch")

    def _loop(self, item: re.Match[str]) -> None:
        self.at = item.end()
        taken = self.value()
        if self.skip(lines=True) == ")":
            self.at += 1
        self._body("loop", self.spelled(item["name"]), taken.elements or (taken,))

    def _function(self) -> None:
        name = _NAME.match(self.text, self.at, self.end)
        if name is None:
            return
        self.at = name.end()
        self.deeper()
        outer, self.function = self.function, name[1].rpartition(":")[2].lower()
        number = self.open("group", self.function, ())
        if self.skip(lines=True) == "(":
            self._parameters()
        if self.skip(lines=True) == "{":
            self.at += 1
            self.statements("}")
        self.close(number)
        self.function = outer
        self.depth -= 1

    def _parameters(self) -> None:
        """`([string]$Server = 'x', [int]$Port)`: what a parameter gets stands at the calls of its function."""
        self.at += 1
        number = 0
        while (char := self.skip(lines=True)) not in ("", ")"):
            if char == "[":
                self._attribute()
            elif char == "$" and (found := self.variable()) is not None:
                number += 1
                self._parameter(found, number)
            else:
                self.at += 1
        self.at = min(self.at + 1, self.end)

    def _attribute(self) -> None:
        """Step over `[string]`, `[Parameter(Mandatory)]`."""
        known = len(self.found)
        if (attribute := _ATTRIBUTE.match(self.text, self.at, self.end)) is not None:
            self.at = attribute.end()
            self.arguments()
            self.at += self.skip(lines=True) == "]"
            del self.found[known:]
        else:
            kind = _TYPE.match(self.text, self.at, self.end)
            self.at = kind.end() if kind else self.at + 1

    def _parameter(self, found: Expansion, number: int) -> None:
        start, default = self.at, None
        if self.skip(lines=True) == "=":
            self.at += 1
            default = self.expression(lines=True, lists=False)
        if self.function:
            at = found.start
            for name in (f"{self.function}:{number}", f"{self.function}:{found.name.lower()}"):
                default = Word(HOLE, at, at, expansions=((0, Expansion(name, at, at, default=default)),))
        if default is not None:
            self.assign([Assignment(found.name, default)], start)

    def _assignment(self, target: re.Match[str]) -> Word:
        start = self.at
        self.at = target.start("name")
        found = self.variable()
        name = self.members(found).name if found is not None else ""
        self.at = target.end()
        outer, self.prefix = self.prefix, name
        value = self.value()
        self.prefix = outer
        if name:
            self.assign([Assignment(name, value, append=target["sign"] == "+=")], start)
        return value

    def entry(self, name: str, value: Word, start: int) -> None:
        """An entry of a hashtable is a variable of its own: `$config.Host`."""
        self.assign([Assignment(name, value)], start)

    def assign(self, assignments: Sequence[Assignment], start: int) -> None:
        """A variable gets a value."""
        self.add(Command((), tuple(assignments), (), *self.stretch(start), self.stack[-1]))

"""Reads PowerShell's commands and pipelines: a program or cmdlet, its arguments, what goes from one to the next.

Source: about_Command_Syntax, about_Pipelines, about_Splatting, about_Redirection (PowerShell 7.4).
"""

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.powershell.expressions import ExpressionReader
from analyzer.extract.powershell.operands import METHOD
from analyzer.extract.powershell.strings import DOUBLE, SINGLE
from analyzer.extract.shell.script import Block, Command, Fault, Redirect, Script
from analyzer.extract.shell.words import Builder, Expansion, Word
from analyzer.hosts import HOLE

_EXPRESSES = re.compile(
    rf"[$\[({{{SINGLE}{DOUBLE}@!,+]|-(?=[\d(])|-(?:not|join|split)\b|\d{{1,12}}(?![\w.])", re.IGNORECASE
)
_PLAIN = re.compile(rf"[^\s`$;|&(){{}},<>{SINGLE}{DOUBLE}]+")
_REDIRECT = re.compile(r"(?P<from>[1-6*])?(?P<sign>>>|>)(?:&[1-6])?|<")
_ENDS = frozenset("\n;|)}]")
_SPLAT = re.compile(r"@(?P<name>[A-Za-z_]\w{0,127})")
_ITEMS = frozenset({"foreach-object", "%", "foreach"})
_CALL = re.compile(rf"[&.][ \t]{{0,40}}(?=[$({{{SINGLE}{DOUBLE}@\w.\\/{HOLE}])")
_FILTERS = frozenset({"where-object", "?", "where", "sort-object", "select-object"})


class CommandReader(ExpressionReader):
    """Reads pipelines, and gathers what is read."""

    def __init__(self, source: Word, literal: frozenset[int], spellings: dict[str, str]) -> None:
        super().__init__(source, literal, spellings)
        self.found: list[Command] = []
        self.blocks: list[Block] = []
        self.comments: list[tuple[int, int]] = []
        self.stack: list[int] = []

    def script(self, faults: Sequence[Fault], *, complete: bool = True) -> Script:
        """What was read so far; blocks that stand open reach to the end."""
        end = self.source.place(len(self.text))
        for block in self.blocks:
            block.end = end if block.end < 0 else block.end
        comments, documents = tuple(self.comments), tuple(self.documents)
        return Script(tuple(self.found), tuple(self.blocks), comments, tuple(faults), complete, documents)

    def stretch(self, start: int) -> tuple[int, int]:
        """The characters from `start` to here, in the outermost text."""
        return self.source.place(start), self.source.place(self.at)

    def add(self, command: Command) -> None:
        """A command was read."""
        self.found.append(command)

    def open(self, kind: str, name: str, words: Sequence[Word]) -> int:
        """Open a block at this place; its number."""
        self.stack.append(len(self.blocks))
        self.blocks.append(Block(kind, self.source.place(self.at), name=name, words=tuple(words)))
        return self.stack[-1]

    def close(self, number: int) -> None:
        """Close a block."""
        self.stack.pop()
        self.blocks[number].end = self.source.place(self.at)

    def table(self) -> int:
        """Open the block of a hashtable; its number."""
        return self.open("table", "", ())

    def comment(self) -> None:
        """Step over `# ...` or `<# ... #>`."""
        start = self.at
        closing = self.text.find("#>" if self.text[start] == "<" else "\n", start, self.end)
        self.at = self.end if closing < 0 else closing + 2 * (self.text[start] == "<")
        self.comments.append((self.source.place(start), self.source.place(self.at)))

    def handed(self, words: Sequence[Word], start: int) -> None:
        """Words that a method or an operator takes, as a command."""
        if any(word.text for word in words):
            named = words if len(words) > 1 else [self.plain("=", start), *words]
            self.add(Command(tuple(named), (), (), *self.stretch(start), self.stack[-1]))

    def printed(self, program: Word, value: Word, start: int, *, piped: bool = False) -> None:
        """A value that goes to whoever reads the output."""
        words = (program, *(value.elements or (value,)))
        self.add(Command(words, (), (), *self.stretch(start), self.stack[-1], piped=piped))

    def pipeline(self, *, printed: bool) -> Word:
        """A pipeline and its value; it ends at the end of its line."""
        start, fed = self.at, None
        self.deeper()
        if _EXPRESSES.match(self.text, self.at, self.end) and self.text[self.at] != "{":
            value = fed = self.expression()
            if printed or self._piped():
                self.printed(self.plain("echo", start), value, start, piped=self._piped())
        else:
            self.command(None)
            value = self.opaque(start)
        while self._piped():
            self.at += 1 + (self.text[self.at : self.at + 2] in ("||", "&&"))
            self.skip(lines=True)
            fed = self.command(fed)
            value = self.opaque(start)
        self.depth -= 1
        return value

    def _piped(self) -> bool:
        return self.skip(lines=False) == "|" or self.text.startswith("&&", self.at)

    def command(self, fed: Word | None) -> Word | None:
        """One command. `fed` is the value that comes through the pipeline, if it is known; so is what it hands on."""
        start = self.at
        if self.text[self.at : self.at + 1] in ("&", "."):
            sign = _CALL.match(self.text, self.at, self.end)
            self.at = sign.end() if sign and (sign.end() > self.at + 1 or self.text[self.at] == "&") else self.at
        words: list[Word] = []
        redirects: list[Redirect] = []
        while (char := self.skip(lines=False)) and char not in _ENDS and not self.text.startswith("&&", self.at):
            before = self.at
            if char == "#":
                break
            if (redirect := _REDIRECT.match(self.text, self.at, self.end)) is not None:
                self._redirect(redirect, redirects)
            elif char == "{" and words and words[0].text.lower() in _ITEMS and fed is not None:
                self.at += 1
                self.items(fed)
            else:
                words.append(self._argument())
            self.at += self.at == before
        if words:
            known = self._piped()
            place = self.stretch(start)
            self.add(Command(tuple(words), (), tuple(redirects), *place, self.stack[-1], piped=known))
        return fed if words and words[0].text.lower() in _FILTERS else None

    def items(self, fed: Word) -> None:
        """The block that takes the items of a pipeline one by one."""
        self.block("loop", self.spelled("_"), fed.elements or (fed,), "}")

    @abstractmethod
    def block(self, kind: str, name: str, words: Sequence[Word], closer: str) -> None:
        """Read a block up to its closing sign."""

    def _redirect(self, found: re.Match[str], redirects: list[Redirect]) -> None:
        self.at = found.end()
        if found["sign"] and "&" not in found.group() and self.skip(lines=False) not in ("", "\n", ";", "|"):
            target = self._argument()
            if found["from"] in (None, "1", "*") and not target.text.lower().startswith("$null"):
                redirects.append(Redirect(found["sign"], target))

    def _argument(self) -> Word:
        """One argument, or a list of them."""
        start = self.at
        words = [self._single_argument()]
        while self.skip(lines=False) == "," and len(words) < 500:
            self.at += 1
            self.skip(lines=True)
            words.append(self._single_argument())
        if len(words) == 1:
            return words[0]
        return replace(self.listed(start, words), text="")

    def _single_argument(self) -> Word:
        start = self.at
        char = self.text[start : min(start + 1, self.end)]
        if (splat := _SPLAT.match(self.text, start, self.end)) is not None:
            self.at = splat.end()
            place, builder = self.stretch(start), Builder(self.source, start)
            builder.expand(Expansion(f"@{self.spelled(splat['name'])}", *place))
            return builder.word(self.at)
        if char in {"(", "{"} or self.text.startswith(("@(", "@{", "$("), start):
            prefix, self.prefix = self.prefix, ""
            word = self.operand()
            self.prefix = prefix
            return word
        return self._token()

    def _token(self) -> Word:
        """A word as other shells have it: quotes, variables and plain characters side by side."""
        start, builder = self.at, Builder(self.source, self.at)
        while self.at < self.end:
            char = self.text[self.at]
            if self.quoted(builder):
                continue
            if char == "$" and (found := self.variable()) is not None:
                builder.expand(found if builder.size else self.members(found))
            elif builder.size == 1 and builder.expansions and METHOD.match(self.text, self.at, self.end):
                break
            elif (plain := _PLAIN.match(self.text, self.at, self.end)) is not None:
                self.take(builder, plain.end())
            elif char in "`$" or self.at in self.literal:
                if not self.expandable(builder, _PLAIN):
                    break
            elif char == "," and self._inline(start):
                self.take(builder, self.at + 1)
            else:
                break
        if self.at == start:
            self.take(builder, min(start + 1, self.end))
        word = builder.word(self.at)
        return self.called(word, start) if word.variable() and METHOD.match(self.text, self.at, self.end) else word

    def _inline(self, start: int) -> bool:
        """`10.0.0.50,1433`: a program gets this as one word."""
        around = self.text[start : self.at], self.text[self.at + 1 : min(self.at + 2, self.end)]
        return around[0] != "" and around[1].isalnum() and not any(quote in around[0] for quote in "\"'$")

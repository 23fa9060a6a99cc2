"""Reads one list of commands: operators, reserved words, blocks, redirections.

No syntax tree, and nothing that gives up on a script that a shell would refuse: blocks that do not match are closed as
well as it goes.
"""

import re
from collections import Counter

from analyzer.extract.shell.drafts import Collector, Draft
from analyzer.extract.shell.script import Block, Redirect, assignment
from analyzer.extract.shell.words import Word

_OPENS = {"if": "if", "while": "loop", "until": "loop", "then": "branch", "{": "group"}
_CLOSES = {"fi": "if", "done": "loop", "}": "group", "esac": "case"}
_ESAC = re.compile(r"esac(?![A-Za-z0-9_])")
_ENDS = ("", "\n", ";", "&", "|", "(", ")", "<", ">", "`", "#")
_TEST = 2000  # characters in which `[[` must close
_PREFIXES = frozenset({"do", "!", "time", "coproc", "else", "elif"})
_REDIRECT = re.compile(r"\d*(?:<<<|<<-|<<|<&|<>|>>|>&|>\||<(?!\()|>(?!\()|&>>|&>)")
_FUNCTION = re.compile(r"[ \t]{0,20}\([ \t]{0,20}\)")


class Level:
    """The commands of one script, substitution or backtick pair: their open blocks and the command being read."""

    def __init__(self, reader: Collector, closer: str) -> None:
        self.reader = reader
        self.closer = closer
        self.stack: list[int] = []
        self.open: Counter[str] = Counter()
        self.draft: Draft | None = None
        self.conditional = False
        self.function = ""
        self.pattern = False  # a case pattern comes next
        self.push("substitution" if closer else "script")

    def run(self) -> bool:
        """Read to the closer; False at the end of the text."""
        reader = self.reader
        while reader.at < reader.end:
            char = reader.text[reader.at]
            if char == self.closer and not (char == ")" and self.open["subshell"]):
                reader.at += 1
                return True
            if char in " \t\r":
                reader.at += 1
            elif reader.text.startswith(("\\\n", "\\\r\n"), reader.at):
                reader.at = reader.text.index("\n", reader.at) + 1
            elif char == "#":
                reader.comment()
            elif char == "\n":
                self.finish()
                reader.newline()
            elif self.pattern and self._pattern():
                continue
            elif not self._operator(char):
                self._word()
        return False

    def push(self, kind: str, name: str = "", words: tuple[Word, ...] = ()) -> None:
        """Open a block at the reader's place."""
        self.stack.append(len(self.reader.blocks))
        self.open[kind] += 1
        self.reader.blocks.append(Block(kind, self.reader.source.place(self.reader.at), name=name, words=words))

    def close(self, kind: str) -> None:
        """Close the innermost block of a kind, and those that stand open in it."""
        while self.open[kind]:
            block = self.reader.blocks[self.stack.pop()]
            block.end = self.reader.source.place(self.reader.at)
            self.open[block.kind] -= 1
            if block.kind == kind:
                break

    def finish(self, *, piped: bool = False) -> None:
        """The command being read is complete."""
        self.conditional = False
        if self.draft is None:
            return
        self.draft.end = self.reader.source.place(self.reader.at)
        self.draft.piped = piped
        self.reader.found.append(self.draft)
        self.draft = None

    def _operator(self, char: str) -> bool:
        """Read a control operator, parenthesis or redirection; False where a word stands."""
        reader = self.reader
        if char in "<>&0123456789" and (match := _REDIRECT.match(reader.text, reader.at, reader.end)):
            reader.at = match.end()
            self._redirect(match.group().lstrip("0123456789"))
            return True
        if char not in ";&|()" or reader.substitutes():
            return False
        if char == "(":
            self._subshell()
            return True
        pair = reader.text[reader.at : min(reader.at + 2, reader.end)]
        self.finish(piped=char == "|" and pair != "||")
        reader.at += 2 if pair in ("&&", "||", ";;", ";&", "|&") else 1
        self.conditional = pair in ("&&", "||")
        if char == ")":
            self.close("subshell")
        elif char == ";" and pair in (";;", ";&"):
            self.close("arm")
            self.pattern = self.open["case"] > 0
        return True

    def _subshell(self) -> None:
        reader = self.reader
        if self.draft is None and reader.text.startswith("((", reader.at) and reader.skip_arithmetic():
            return
        reader.at += 1
        self._block("subshell")

    def _redirect(self, operator: str) -> None:
        reader, draft = self.reader, self._draft()
        while reader.at < reader.end and reader.text[reader.at] in " \t":
            reader.at += 1
        if reader.at >= reader.end or (reader.text[reader.at] in "\r\n;&|()" and not reader.substitutes()):
            return
        word = reader.word()
        if operator in ("<<", "<<-"):
            reader.queue(draft, operator, word)
        else:
            draft.redirects.append(Redirect(operator, word))

    def _draft(self) -> Draft:
        if self.draft is None:
            place = self.reader.source.place(self.reader.at)
            self.draft = Draft(place, self.stack[-1], self.conditional)
        return self.draft

    def _word(self) -> None:
        draft = self._draft()
        word = self.reader.word()
        if draft.words:
            draft.words.append(word)
        elif (found := assignment(word)) is not None:
            draft.assignments.append(found)
        elif word.text == "[[":
            self._test(word)
        elif word.quoted or word.expansions or draft.assignments or not self._leads(word.text):
            draft.words.append(word)

    def _leads(self, text: str) -> bool:
        """Act on a reserved word or function header; False for any other first word."""
        reader = self.reader
        if text in ("else", "elif"):
            self.close("branch")
        if text == "else":
            self.push("branch")
        if text in _CLOSES:
            self.close(_CLOSES[text])
        elif text in _OPENS:
            self._block(_OPENS[text])
        elif text in _HEADERS:
            self.draft = None
            _HEADERS[text](self)
        elif call := _FUNCTION.match(reader.text, reader.at, reader.end):
            reader.at = call.end()
            self.function = text
        elif text not in _PREFIXES:
            return False
        self.draft = None
        return True

    def _block(self, kind: str) -> None:
        """Open a block; it is a function's body where one was announced."""
        name, self.function = self.function, ""
        self.push(kind, name)

    def _test(self, opener: Word) -> None:
        """`[[ ... ]]`, in which operators are words; read as a plain command where it is not closed."""
        reader, draft = self.reader, self._draft()
        draft.words.append(opener)
        if reader.text.find("]]", reader.at, reader.at + _TEST) < 0:
            return
        while reader.at < reader.end and draft.words[-1].text != "]]":
            if reader.text[reader.at] in " \t\r\n&|()<>;":
                reader.at += 1
            else:
                draft.words.append(reader.word())

    def _skip(self, characters: str) -> str:
        """The next character that is none of these, or nothing at the end."""
        reader = self.reader
        while reader.at < reader.end:
            if reader.text.startswith(("\\\n", "\\\r\n"), reader.at):
                reader.at += 1
            elif reader.text[reader.at] not in characters:
                return reader.text[reader.at]
            reader.at += 1
        return ""

    def _header_word(self, characters: str = " \t\r") -> Word | None:
        following = self._skip(characters)
        return None if following in _ENDS else self.reader.word()

    def for_loop(self) -> None:
        """`for NAME in words`, `select`, `for ((...))`."""
        reader = self.reader
        if self._skip(" \t") == "(":
            reader.skip_arithmetic()
            self.push("loop")
            return
        name, start = self._header_word(), reader.at
        keyword = self._header_word(" \t\r\n")
        words: list[Word] = []
        if keyword is not None and keyword.text == "in":
            while (word := self._header_word()) is not None:
                words.append(word)
        else:
            reader.at = start
        self.push("loop", name.text if name else "", tuple(words))

    def case(self) -> None:
        """`case word in`; patterns follow."""
        self._header_word()
        keyword = self._header_word(" \t\r\n")
        if keyword is not None and keyword.text == "in":
            self.push("case")
            self.pattern = True

    def named_function(self) -> None:
        """`function NAME` with or without parentheses."""
        reader = self.reader
        name = self._header_word()
        if name is not None:
            self.function = name.text
            call = _FUNCTION.match(reader.text, reader.at, reader.end)
            reader.at = call.end() if call else reader.at

    def _pattern(self) -> bool:
        """`pattern)` of a case; False at `esac`."""
        reader = self.reader
        self.pattern = False
        if _ESAC.match(reader.text, reader.at, reader.end):
            return False
        if reader.text[reader.at] == "(":
            reader.at += 1
        while (following := self._skip(" \t|")) not in ("", "\r", "\n", ";", "&", "`"):
            if following == ")":
                reader.at += 1
                self.push("arm")
                break
            reader.word()
        return True


_HEADERS = {
    "for": Level.for_loop,
    "select": Level.for_loop,
    "case": Level.case,
    "function": Level.named_function,
}

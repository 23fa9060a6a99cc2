"""Reads what PowerShell writes in quotes, and its variables; what stands around them is read by others.

A string is a word of the shell's reader: its text without quotes, one `HOLE` for each variable, the place of each
character. Source: about_Quoting_Rules, about_Variables, about_Scopes (PowerShell 7.4).
"""

import re
from abc import ABC, abstractmethod

from analyzer.extract.shell.expansions import LEVELS, TooDeepError, UnclosedError
from analyzer.extract.shell.words import Builder, Expansion, Word

SINGLE = "'\u2018\u2019\u201a\u201b"
DOUBLE = '"\u201c\u201d\u201e'
"""Typographic quotes are quotes as well."""

_IN_SINGLE = re.compile(f"[^{SINGLE}]+")
_IN_DOUBLE = re.compile(f"[^{DOUBLE}$`]+")
_IN_DOCUMENT = re.compile("[^$`]+")
_OPENS_DOCUMENT = re.compile(f"@([{SINGLE}{DOUBLE}])[ \t]{{0,200}}\r?\n")
_CLOSES_DOCUMENT = {
    quote: re.compile(f"(?:(?<=\n)|\r?\n)[{quotes}]@") for quotes in (SINGLE, DOUBLE) for quote in quotes
}
_VARIABLE = re.compile(r"\$(?:(?P<scope>[A-Za-z]{1,20}):(?=[A-Za-z_]))?(?P<name>[A-Za-z_]\w{0,127}|[$?^])")
_BRACED = re.compile(r"\$\{(?:(?P<scope>[A-Za-z]{1,20}):)?(?P<name>[^{}\r\n]{1,128})\}")
_SCOPES = frozenset({"script", "global", "local", "private", "using", "variable"})
_MEMBER = re.compile(r"\.(?P<name>[A-Za-z_]\w{0,63})(?![\w(])|\[[ ]{0,4}[\"'](?P<key>\w{1,64})[\"'][ ]{0,4}\]")
_INDEX = re.compile(r"\[[ ]{0,4}(?P<index>-?\d{1,5}|\$\w{1,64})[ ]{0,4}\]")
_SIMPLE = re.compile(r"\$\([ \t]{0,20}(?=[$])")
_ENDS_SIMPLE = re.compile(r"[ \t]{0,20}\)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
_MEMBERS = 6  # of one variable: $config.Database.Host


class StringReader(ABC):
    """Reads `source` at `self.at`, up to `self.end`; characters in `literal` open no quote.

    A variable has the spelling of its first use, as its name knows no case; one of the environment starts with `env.`.
    """

    def __init__(self, source: Word, literal: frozenset[int], spellings: dict[str, str]) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.end = len(source.text)
        self.literal = literal
        self.depth = 0
        self.documents: list[tuple[int, int]] = []
        self._spellings = spellings

    @abstractmethod
    def substitution(self, opened: int) -> Expansion:
        """Read the commands of `$( ... )` from `self.at` on; `opened` is where it starts."""

    def deeper(self) -> None:
        """Enter one more level of nesting; raises TooDeepError."""
        self.depth += 1
        if self.depth > LEVELS:
            raise TooDeepError(self.at)

    def take(self, builder: Builder, end: int) -> None:
        """Append the characters up to `end` as they are."""
        builder.add(self.at, end)
        self.at = end

    def quoted(self, builder: Builder) -> bool:
        """Append the string at `self.at`; False where none starts there."""
        char = self.text[self.at : self.at + 1]
        document = _OPENS_DOCUMENT.match(self.text, self.at, self.end) if char == "@" else None
        if not char or self.at in self.literal:
            return False
        if document is not None:
            self._document(builder, document)
        elif char in SINGLE:
            self._string(builder, SINGLE, _IN_SINGLE)
        elif char in DOUBLE:
            self._string(builder, DOUBLE, _IN_DOUBLE)
        else:
            return False
        builder.quoted = True
        return True

    def _string(self, builder: Builder, quotes: str, inside: re.Pattern[str]) -> None:
        """The string whose quote stands here; a quote that stands twice is one of its characters."""
        opened = self.at
        self.at += 1
        while self.at < self.end:
            if (plain := inside.match(self.text, self.at, self.end)) is not None:
                self.take(builder, plain.end())
            elif quotes == DOUBLE and self.expandable(builder, inside):
                continue
            elif self._doubled(quotes):
                self.at += 1
                self.take(builder, self.at + 1)
            else:
                self.at += 1
                return
        raise UnclosedError(opened)

    def _doubled(self, quotes: str) -> bool:
        following = self.text[self.at + 1 : min(self.at + 2, self.end)]
        return following != "" and following in quotes

    def _document(self, builder: Builder, opening: re.Match[str]) -> None:
        """A here-string; in one with double quotes, variables stand for their values."""
        opened, start = self.at, opening.end()
        closing = _CLOSES_DOCUMENT[opening[1]].search(self.text, start - 1, self.end)
        if closing is None:
            raise UnclosedError(opened)
        self.at, outer, self.end = start, self.end, max(closing.start(), start)
        if opening[1] in SINGLE:
            self.take(builder, self.end)
        while self.at < self.end and self.expandable(builder, _IN_DOCUMENT):
            continue
        self.at, self.end = closing.end(), outer
        self.documents.append((self.source.place(opened), self.source.place(self.at)))

    def expandable(self, builder: Builder, plain: re.Pattern[str]) -> bool:
        """Append plain characters, an escape, or what starts with `$`; False where something else stands."""
        if (match := plain.match(self.text, self.at, self.end)) is not None:
            self.take(builder, match.end())
            return True
        char = self.text[self.at]
        if char == "`":
            self._escape(builder)
        elif char != "$":
            return False
        elif (found := self.variable() or self._subexpression()) is not None:
            builder.expand(found)
        else:
            self.take(builder, self.at + 1)
        return True

    def _escape(self, builder: Builder) -> None:
        following = self.text[self.at + 1 : min(self.at + 2, self.end)]
        self.at += 1
        if following in _ESCAPES:
            builder.write(_ESCAPES[following])
            self.at += 1
        elif following:
            self.take(builder, self.at + 1)

    def variable(self) -> Expansion | None:
        """The variable at `self.at`, without its members; None where none stands there."""
        match = _BRACED.match(self.text, self.at, self.end) or _VARIABLE.match(self.text, self.at, self.end)
        if match is None:
            return None
        start, scope, stop = self.at, (match["scope"] or "").lower(), match.end()
        name = match["name"]
        if scope and scope not in _SCOPES and scope != "env":
            # "$server:db": the colon belongs to the text, as its author meant it
            name, stop = match["scope"], match.end("scope")
        self.at = stop
        place = self.source.place
        return Expansion(self.spelled(f"env.{name}" if scope == "env" else name), place(start), place(stop))

    def members(self, found: Expansion) -> Expansion:
        """The variable with the members behind it: `$config.Host`, `$config['Host']`, `$hosts[0]`."""
        name, index = found.name, ""
        for _ in range(_MEMBERS):
            if (member := _MEMBER.match(self.text, self.at, self.end)) is not None:
                name = f"{name}.{member['name'] or member['key']}"
            elif (member := _INDEX.match(self.text, self.at, self.end)) is not None:
                index = member["index"]
            else:
                break
            self.at = member.end()
        return Expansion(self.spelled(name), found.start, self.source.place(self.at), index=index)

    def spelled(self, name: str) -> str:
        """A name as it was written first."""
        return self._spellings.setdefault(name.lower(), name)

    def _subexpression(self) -> Expansion | None:
        """`$(...)`; a variable with its members that stands alone in it is that variable."""
        opened = self.at
        if (simple := _SIMPLE.match(self.text, self.at, self.end)) is not None:
            self.at = simple.end()
            found = self.variable()
            found = self.members(found) if found is not None else None
            if found is not None and (closing := _ENDS_SIMPLE.match(self.text, self.at, self.end)):
                self.at = closing.end()
                place = self.source.place
                return Expansion(found.name, place(opened), place(self.at), index=found.index)
            self.at = opened
        if not self.text.startswith("$(", self.at):
            return None
        self.at += 2
        return self.substitution(opened)

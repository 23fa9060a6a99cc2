"""What Perl's strings hold: words of the shell's reader, with a hole for each variable.

Source: perlop, "Quote and Quote-like Operators"; perldata, "Scalar value constructors".
"""

import re
from collections.abc import Iterator, Sequence

from analyzer.extract.perl.nodes import Token
from analyzer.extract.perl.quotes import CLOSING
from analyzer.extract.shell.words import Builder, Expansion, Word

_PLAIN = re.compile(r"[^\\$@]+")
_RAW = re.compile(r"[^\\]+")
_VARIABLE = re.compile(
    r"\$(?:\{\s{0,8}(?P<braced>(?:::)?[A-Za-z_][\w:]{0,250})\s{0,8}\}"
    r"|\$?(?P<name>(?:::)?[A-Za-z_]\w{0,250}(?:::\w{1,250}){0,20}))"
)
_BLOCK = re.compile(r"[$@]\{(?>(?:[^{}]|\{(?>(?:[^{}]|\{[^{}]{0,100}\}){0,100})\}){0,200})\}")
_MEMBER = re.compile(
    r"(?:->)?(?:\{\s{0,4}(?:(?P<key>-?\w{1,100})|\"(?P<double>[^\"$@\\{}]{1,100})\"|'(?P<single>[^'{}]{1,100})'"
    r"|(?P<any>\$\w{1,100}))\s{0,4}\}"
    r"|\[\s{0,4}(?P<index>-?\d{1,5}|\$\w{1,100})\s{0,4}\])"
)
_MEMBERS = 6  # of one variable: $config->{database}{host}
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "e": "\x1b", "0": "\0"}
_CODE = re.compile(r"\\(?:x\{[^{}]{0,20}\}|x[0-9A-Fa-f]{0,2}|N\{[^{}]{0,80}\}|o\{[0-7]{0,20}\}|[0-7]{1,3}|c.)")
_CASE = frozenset("LUQEFlu")
_UNKNOWN = "\ufffd"
_ITEM = re.compile(r"\S+")


def string(source: Word, token: Token) -> Word:
    """The text of a string, of a command or of a here-document."""
    builder = Builder(source, token.start)
    builder.quoted = True
    reader = _Reader(source, builder, token)
    reader.raw() if token.plain else reader.interpolated()
    return builder.word(token.end)


def items(source: Word, token: Token) -> Iterator[Word]:
    """The words of `qw( ... )`."""
    for found in _ITEM.finditer(source.text, *token.inner):
        yield source.part(*found.span())


def concatenated(words: Sequence[Word]) -> Word:
    """Words as one text with nothing between them."""
    runs: list[tuple[int, int, int]] = []
    expansions: list[tuple[int, Expansion]] = []
    size = 0
    for word in words:
        runs += [(size + offset, raw, length) for offset, raw, length in word.runs]
        expansions += [(size + at, expansion) for at, expansion in word.expansions]
        size += len(word.text)
    text = "".join(word.text for word in words)
    return Word(text, words[0].start, words[-1].end, tuple(runs), tuple(expansions), quoted=True)


def last_name(name: str) -> str:
    """A variable's name without its package."""
    return name.rpartition("::")[2]


class _Reader:
    """Reads the inside of one string."""

    def __init__(self, source: Word, builder: Builder, token: Token) -> None:
        self._source = source
        self._text = source.text
        self._builder = builder
        self._at, self._end = token.inner
        opened = next((sign for sign, close in CLOSING.items() if close == token.closing), token.closing)
        self._delimiters = {token.closing, opened}

    def raw(self) -> None:
        """A string in which a backslash means something before another one and before its delimiter only."""
        while self._at < self._end:
            plain = _RAW.match(self._text, self._at, self._end)
            if plain is not None:
                self._take(plain.end())
                continue
            following = self._text[self._at + 1 : min(self._at + 2, self._end)]
            if self._delimiters != {""} and (following == "\\" or following in self._delimiters) and following:
                self._at += 1
            self._take(self._at + 1)

    def interpolated(self) -> None:
        """A string with escapes and variables."""
        while self._at < self._end:
            plain = _PLAIN.match(self._text, self._at, self._end)
            if plain is not None:
                self._take(plain.end())
            elif self._text[self._at] == "\\":
                self._escape()
            elif not self._variable():
                self._take(self._at + 1)

    def _take(self, end: int) -> None:
        self._builder.add(self._at, end)
        self._at = end

    def _escape(self) -> None:
        char = self._text[self._at + 1 : min(self._at + 2, self._end)]
        code = _CODE.match(self._text, self._at, self._end)
        if code is not None:
            self._builder.write(_SIMPLE["0"] if code.group() == "\\0" else _UNKNOWN)
            self._at = code.end()
        elif char in _SIMPLE:
            self._builder.write(_SIMPLE[char])
            self._at += 2
        elif char in _CASE:
            self._at += 2
        else:
            self._at += 1
            if char:
                self._take(self._at + 1)

    def _variable(self) -> bool:
        """Append the variable at this place; False where none stands there."""
        start = self._at
        found = _VARIABLE.match(self._text, start, self._end)
        if found is None:
            block = _BLOCK.match(self._text, start, self._end)
            if block is None:
                return False
            self._at = block.end()
            self._builder.expand(Expansion("", start, self._at))
            return True
        name, index, at = last_name(found["braced"] or found["name"]), "", found.end()
        for _ in range(_MEMBERS):
            member = _MEMBER.match(self._text, at, self._end)
            if member is None:
                break
            key = member["key"] or member["double"] or member["single"]
            name = f"{name}.{key}" if key else name
            index = member["index"] or ("…" if member["any"] else index)
            at = member.end()
        self._at = at
        self._builder.expand(Expansion(name, start, at, index=index))
        # behind a variable something can be put: "host=$host" gets ";port=5000"
        self._builder.runs.append((self._builder.size, self._source.place(at), 0))
        return True

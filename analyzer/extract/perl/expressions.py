"""Reads Perl's expressions as far as they make texts, lists and hashes; what is called in them is told on the way.

A value that cannot be followed is a hole that no variable is behind. Source: perlop, perldata, perlsub (Perl 5.38).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.perl.nodes import Assigned, Called, Entry, Event, Items, Kind, Token, Value, flat
from analyzer.extract.perl.strings import concatenated, items, last_name, string
from analyzer.extract.shell.expansions import TooDeepError
from analyzer.extract.shell.script import Block
from analyzer.extract.shell.words import Builder, Expansion, Word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ASSIGNS = _words("= ||= //= &&= .= += -= *= /= x= **= %= |= &= ^= <<= >>=")
_EITHER = frozenset({"||", "//"})
_BINARY = _words(". + - * / % ** == != < > <= >= <=> =~ !~ && & | ^ << >> .. ...")
_BINARY_NAMES = _words("x eq ne lt gt le ge cmp isa")
_UNARY = frozenset({"\\", "!", "~", "+", "-", "++", "--"})
_HANDED = frozenset({"&&"})
_LEVELS = 120  # brackets, blocks and expressions inside each other
_LONGEST = 500  # elements of a list
_LONGEST_TEXT = 4_000  # characters of a text that is put together
CONDITIONS = _words("and or xor if unless while until for foreach")
"""Words that end an expression."""


class ExpressionReader(ABC):
    """Reads expressions from tokens; operands with names are read by others."""

    def __init__(self, source: Word, tokens: Sequence[Token]) -> None:
        self.source = source
        self.tokens = tokens
        self.i = 0
        self.depth = 0
        self.events: list[Event] = []
        self.blocks: list[Block] = []
        self.stack: list[Block] = []
        self.own: set[int] = set()  # where variables stand that `my` declares
        self.sigils: dict[int, str] = {}
        self.choices: list[tuple[int, Word]] = []  # values of `? :`, by their place

    def open(self, kind: str, at: int, name: str = "", words: Sequence[Word] = ()) -> Block:
        """Open a block."""
        block = Block(kind, at, name=name, words=tuple(words))
        self.blocks.append(block)
        self.stack.append(block)
        return block

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.i]

    @abstractmethod
    def operand(self) -> Value:
        """One operand with what stands behind it: `$db->{host}`, `DBI->connect(...)`."""

    def sign(self, *texts: str) -> bool:
        """Whether the next token is one of these signs."""
        return self.token.kind is Kind.SIGN and self.token.text in texts

    def word(self, *texts: str) -> bool:
        """Whether the next token is one of these names."""
        return self.token.kind is Kind.NAME and self.token.text in texts

    def before(self) -> Token:
        """The token that was read last."""
        return self.tokens[max(self.i - 1, 0)]

    def step(self) -> Token:
        """Go on to the next token; the last one stays."""
        found = self.token
        self.i += self.i < len(self.tokens) - 1
        return found

    def deeper(self) -> None:
        """Enter one more level of nesting; raises TooDeepError."""
        self.depth += 1
        if self.depth > _LEVELS:
            raise TooDeepError(self.token.start)

    def hole(self, start: int, expansion: Expansion | None = None) -> Word:
        """A value that stands elsewhere, or is not followed."""
        builder, end = Builder(self.source, start), self.before().end
        builder.expand(expansion or Expansion("", start, end))
        return builder.word(max(end, start))

    def literal(self, token: Token) -> Word:
        """The text of a string, a number or a name."""
        if token.kind is Kind.STRING:
            return string(self.source, token)
        return replace(self.source.part(token.start, token.start + len(token.text)), quoted=False)

    def listed(self, token: Token) -> Items:
        """`qw( ... )`."""
        found = [Entry("", word) for word in items(self.source, token)]
        return Items(tuple(found[:_LONGEST]), token.start, token.end)

    def expression(self) -> Value:
        """One expression, up to a comma or what ends a statement."""
        start = self.token.start
        self.deeper()
        value = self._alternatives()
        if self.sign("?"):
            value = self._choice(start)
        elif self.token.kind is Kind.SIGN and self.token.text in _ASSIGNS:
            sign = self.step().text
            found = self.expression()
            self._assign(value, found, sign, start)
        self.depth -= 1
        return value

    def row(self, *closers: str) -> Items:
        """Expressions with commas between them up to a closing sign, which stays, or to the end of a statement."""
        start, found = self.token.start, list[Entry]()
        self.deeper()
        while not (self.token.kind is Kind.END or self.sign(")", "]", "}", ";", ":", *closers)):
            if self.word(*CONDITIONS):
                if not closers:
                    break
                self.step()
            elif self.sign(",", "=>"):
                self.step()
            else:
                before = self.i
                found.append(self._entry())
                self.i += self.i == before
        self.depth -= 1
        return Items(tuple(found[:_LONGEST]), start, self.before().end)

    def bracketed(self, closer: str) -> Items:
        """The same behind an opening bracket; semicolons are commas there, and the closing bracket is consumed."""
        start, found = self.before().start, list[Entry]()
        while not (self.token.kind is Kind.END or self.sign(closer)):
            before = self.i
            found += self.row(closer).entries
            if self.i == before or self.sign(";", ":"):
                self.step()
        self.step()
        return Items(tuple(found[:_LONGEST]), start, self.before().end)

    def _entry(self) -> Entry:
        value = self.expression()
        if not self.sign("=>"):
            return Entry("", value)
        self.step()
        key = value.text.removeprefix("-") if isinstance(value, Word) and not value.expansions else ""
        if self.sign(",", ")", "]", "}", ";") or self.token.kind is Kind.END:
            return Entry(key, self.hole(self.token.start))
        return Entry(key, self.expression())

    def _choice(self, start: int) -> Word:
        """`condition ? one : other` may be either."""
        for sign in ("?", ":"):
            if self.sign(sign):
                self.step()
                for word in flat(self.expression()):
                    self.choices.append((word.start, word))
        inside = (start, self.before().end)
        return self.hole(start, Expansion("", *inside, inside=inside))

    def _alternatives(self) -> Value:
        """`$ENV{PGHOST} || 'value'`, `$host // 'value'`."""
        start, found = self.token.start, [self._binary()]
        while self.token.kind is Kind.SIGN and self.token.text in _EITHER:
            self.step()
            found.append(self._binary())
        value = found.pop()
        for left in reversed(found):
            known = left.variable() if isinstance(left, Word) else None
            if known is not None and isinstance(value, Word) and known.default is None:
                value = self.hole(start, replace(known, default=value))
            else:
                self.called("", [*flat(left), *flat(value)], start)
                value = self.hole(start)
        return value

    def _binary(self) -> Value:
        start, values, signs = self.token.start, [self._unary()], set[str]()
        while self._joins():
            signs.add(self.step().text)
            values.append(self._unary())
        if not signs:
            return values[0]
        words = [value for value in values if isinstance(value, Word)]
        if signs == {"."} and len(words) == len(values) and sum(len(word.text) for word in words) <= _LONGEST_TEXT:
            return concatenated(words)
        if signs <= _HANDED:
            self.called("", [word for value in values for word in flat(value)], start)
        return self.hole(start)

    def _joins(self) -> bool:
        kind, text = self.token.kind, self.token.text
        return (kind is Kind.SIGN and text in _BINARY) or (kind is Kind.NAME and text in _BINARY_NAMES)

    def _unary(self) -> Value:
        while self.token.kind is Kind.SIGN and self.token.text in _UNARY:
            self.step()
        value = self.operand()
        while self.sign("++", "--"):
            self.step()
        return value

    def _assign(self, target: Value, value: Value, sign: str, start: int) -> None:
        """Tell which variables get which values."""
        if isinstance(target, Items):
            given = value.entries if isinstance(value, Items) else (Entry("", value),)
            for index, entry in enumerate(target.entries):
                known = entry.value.variable() if isinstance(entry.value, Word) else None
                if known is not None and index < len(given):
                    self.assigned(known, given[index].value, start, sign)
        elif (known := target.variable()) is not None:
            self.assigned(known, value, start, sign)

    def assigned(self, known: Expansion, value: Value, start: int, sign: str = "=") -> None:
        """A variable gets a value."""
        if known.name and sign in ("=", ".=", "||=", "//=", "+="):
            place = (start, self.before().end)
            own, sigil = known.start in self.own, self.sigils.get(known.start, "$")
            found = Assigned(known.name, value, self.stack[-1], *place, own=own, appends=sign == ".=", sigil=sigil)
            self.events.append(found)

    def called(self, function: str, arguments: Items | Sequence[Word], start: int, handle: str = "") -> None:
        """Something is called, or handed on where `function` is empty."""
        end = self.before().end
        if not isinstance(arguments, Items):
            arguments = Items(tuple(Entry("", word) for word in arguments), start, end)
        self.events.append(Called(function, arguments, self.stack[-1], start, end, handle))

    @staticmethod
    def named(token: Token) -> str:
        """The name of a variable's token, without its package."""
        return last_name(token.text)

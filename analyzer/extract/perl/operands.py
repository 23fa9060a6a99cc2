"""Reads the operands of Perl's expressions: variables with their members, names, calls, lists, blocks that are values.

Source: perldata, perlref, perlobj, perlfunc (Perl 5.38).
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.perl.functions import FunctionReader
from analyzer.extract.perl.nodes import Items, Kind, Token, Value, flat
from analyzer.extract.shell.words import Expansion, Word

_DECLARES = frozenset({"my", "our", "local", "state"})
_BLOCKS = frozenset({"eval", "do", "sub", "map", "grep", "sort", "first", "any", "all", "none", "try", "catch"})
_LOOPS = frozenset({"map", "grep", "first", "any", "all", "none"})


class OperandReader(FunctionReader):
    """Reads operands; blocks of statements are read by others."""

    @abstractmethod
    def braces(self, kind: str, name: str = "", words: Sequence[Word] = ()) -> None:
        """Read the statements of `{ ... }`, whose opening brace comes next."""

    def operand(self) -> Value:
        """One operand with what stands behind it: `$db->{host}`, `DBI->connect(...)`."""
        start, token = self.token.start, self.token
        if token.kind is Kind.NAME:
            value = self._name()
        elif token.kind is Kind.VARIABLE:
            value = self._variable(self.step())
        elif token.kind is Kind.SIGN:
            value = self._sign(start)
        else:
            value = self._plain()
        while (more := self._behind(value, start)) is not None:
            value = more
        return value

    def _plain(self) -> Value:
        token = self.step()
        if token.kind in (Kind.STRING, Kind.NUMBER):
            return self.literal(token)
        if token.kind is Kind.WORDS:
            return self.listed(token)
        if token.kind is Kind.COMMAND:
            self.called("`", [self.literal(replace(token, kind=Kind.STRING))], token.start)
        return self.hole(token.start)

    def _variable(self, token: Token) -> Word:
        known = Expansion(self.named(token), token.start, token.end)
        self.sigils[token.start] = token.sigil
        return self.hole(token.start, known if not token.text.isdecimal() else None)

    def _sign(self, start: int) -> Value:
        if self.sign("("):
            self.step()
            found = self.bracketed(")")
            single = len(found.entries) == 1 and not found.entries[0].key
            return found.entries[0].value if single else found
        if self.sign("[", "{"):
            self.deeper()
            opened = self.step().text
            found = self.bracketed("]" if opened == "[" else "}")
            self.depth -= 1
            return found if opened == "[" else found.paired()
        if self.sign("cast"):
            return self._cast()
        if not self.sign(")", "]", "}", ";", ",", ":"):
            self.step()
        return self.hole(start)

    def _cast(self) -> Value:
        """`@{ $config->{hosts} }`, `%$db`: what the reference leads to has its name."""
        sigil = self.source.text[self.step().start]
        if not self.sign("{"):
            value = self.operand() if self.token.kind is Kind.VARIABLE else self.hole(self.before().start)
        else:
            self.step()
            found = self.bracketed("}").entries
            value = found[0].value if len(found) == 1 else self.hole(self.before().start)
        known = value.variable() if isinstance(value, Word) else None
        if known is not None:
            self.sigils[known.start] = sigil
        return value

    def _behind(self, value: Value, start: int) -> Value | None:
        """The value with a subscript or a call behind it; None where neither stands there."""
        arrow = self.sign("->")
        if arrow:
            self.step()
            if self.token.kind is Kind.NAME:
                return self._method(value, start)
            if self.token.kind is Kind.VARIABLE:
                self.step()
        elif self.token.start != self.before().end or (isinstance(value, Word) and value.variable() is None):
            return None
        if self.sign("(") and arrow:
            return self.call("", start)
        if not self.sign("[", "{"):
            return self.hole(start) if arrow else None
        return self._subscript(value, start)

    def _subscript(self, value: Value, start: int) -> Word:
        bracket = self.step().text
        found = self.bracketed("]" if bracket == "[" else "}").entries
        inner = found[0].value if len(found) == 1 else None
        text = inner.text.removeprefix("-") if isinstance(inner, Word) and not inner.expansions else ""
        if not text and bracket == "{" and isinstance(inner, Word) and (bare := inner.variable()) is not None:
            text = bare.name if self.source.text[bare.start].isalpha() else ""
        known = value.variable() if isinstance(value, Word) else None
        name, index = (known.name, known.index) if known is not None else ("", "")
        if bracket == "[":
            index = text or "…"
        else:
            name, index = (f"{name}.{text}" if text else name), (index if text else "…")
        return self.hole(start, Expansion(name, start, self.before().end, index=index))

    def _method(self, value: Value, start: int) -> Word:
        """`DBI->connect(...)`, `$config->get('db_host')`: what it gives has the name that is asked for."""
        method, known = self.step().text, value.variable() if isinstance(value, Word) else None
        of_class = known is not None and self.source.text[known.start].isalpha() and "." not in known.name
        subject = known.name if known is not None and of_class else ""
        given: Items | None = None
        if self.sign("("):
            self.step()
            given = self.bracketed(")")
            self.called(f"{subject}->{method}", given, start)
        words = list(flat(given)) if given is not None else []
        name = words[0].text if len(words) == 1 and not words[0].expansions else "" if words else method
        return self.hole(start, Expansion(name if name.isidentifier() else "", start, self.before().end))

    def _name(self) -> Value:
        token = self.step()
        name, start = token.text, token.start
        if self.sign("=>"):
            return self.literal(token)
        if name in _DECLARES:
            return self._declared()
        if name in _BLOCKS and self._block(name):
            return self.hole(start)
        if name == "new" and self.token.kind is Kind.NAME:
            name = f"{self.step().text}->new"
        found = self.function_of(name, start)
        if found is not None:
            return found
        return self.hole(start, Expansion(name.rstrip(":"), start, token.start + len(name)))

    def _declared(self) -> Value:
        """`my $host`, `my ($host, $port)`, `local $ENV{PGHOST}`."""
        if self.token.kind is Kind.NAME and not self.sign("("):
            self.step()  # a class: my Dog $spot
        first = self.i
        value = self.operand()
        self.own |= {token.start for token in self.tokens[first : self.i] if token.kind is Kind.VARIABLE}
        return value

    def _block(self, name: str) -> bool:
        """`map { ... } @hosts`, `eval { ... }`, `sub { ... }`; False where no block stands behind the name."""
        opened = self.sign("(") and self.tokens[min(self.i + 1, len(self.tokens) - 1)].text == "{"
        if name == "sub":
            self.parameters()
        if opened and name in _LOOPS:
            self.step()
        if not self.sign("{"):
            return False
        number = len(self.blocks)
        self.braces("loop" if name in _LOOPS else "branch")
        if name in _LOOPS:
            taken = self.bracketed(")") if opened else self.row()
            self.blocks[number].name = "_"
            self.blocks[number].words = tuple(taken.words())
        return True

    @abstractmethod
    def parameters(self) -> None:
        """Read the signature of a function, where one comes next."""

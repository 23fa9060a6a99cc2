"""Reads calls of Perl's functions, with parentheses and without, and tells what they are called with.

Source: perlfunc (Perl 5.38).
"""

from analyzer.extract.perl.expressions import CONDITIONS, ExpressionReader
from analyzer.extract.perl.formats import made
from analyzer.extract.perl.nodes import Items, Kind, Value
from analyzer.extract.shell.words import Expansion, Word

_LISTS = frozenset(
    {
        *("print", "printf", "say", "die", "warn", "croak", "carp", "confess", "cluck", "diag", "note", "ok", "is"),
        *("system", "exec", "open", "return", "push", "unshift", "join", "sprintf", "require", "bless", "chomp"),
    }
)
_PRINTS = frozenset({"print", "printf", "say"})
_ONE = frozenset({"shift", "pop", "defined", "ref", "lc", "uc", "scalar", "delete", "exists", "int", "length"})
_SAME = frozenset({"lc", "uc", "scalar"})
TERMS = (Kind.STRING, Kind.WORDS, Kind.NUMBER, Kind.VARIABLE, Kind.COMMAND)
"""What starts an operand and no list."""
_SELVES = frozenset({"Readonly", "Readonly::Scalar", "Readonly::Hash", "Readonly::Array"})


class FunctionReader(ExpressionReader):
    """Reads what stands behind the name of a function."""

    def call(self, name: str, start: int) -> Word:
        """The arguments of a function in parentheses; what it gives has the function's name."""
        self.step()
        arguments = self.bracketed(")")
        return self._given(name, arguments, start) or self.hole(start, Expansion(name, start, self.before().end))

    def _given(self, name: str, arguments: Items, start: int) -> Word | None:
        """The text that a function makes; None where nobody knows, and then it is called."""
        text = made(name, list(arguments.words()))
        if text is None:
            self.called(name, arguments, start)
        return text

    def function_of(self, name: str, start: int) -> Value | None:
        """What a function gives, with its arguments read; None where the name stands alone."""
        bracket = self.sign("(") and name not in CONDITIONS
        if name in _PRINTS:
            return self._printed(name, start, parenthesis=bracket)
        if bracket:
            return self.call(name, start)
        if name in _ONE:
            return self._one(name, start)
        if name in _LISTS and not self.sign("->"):
            return self._listed(name, start)
        if name in _SELVES and self.token.kind in (Kind.NAME, Kind.VARIABLE):
            return self._fixed(start)
        return None

    def _one(self, name: str, start: int) -> Value:
        shown = name if name == "shift" else ""
        if self.token.kind not in TERMS and not self.sign("("):
            return self.hole(start, Expansion(shown, start, self.before().end))
        value = self.operand()
        return value if name in _SAME else self.hole(start, Expansion(shown, start, start))

    def _listed(self, name: str, start: int) -> Value:
        found = self.row()
        return (self._given(name, found, start) if found.entries else None) or self.hole(start)

    def _fixed(self, start: int) -> Value:
        """`Readonly my $HOST => '10.0.0.121'`."""
        target = self.operand()
        self.step()
        found = self.row()
        known = target.variable() if isinstance(target, Word) else None
        if known is not None and found.entries:
            single = len(found.entries) == 1 and not found.entries[0].key
            self.assigned(known, found.entries[0].value if single else found, start)
        return self.hole(start)

    def _printed(self, name: str, start: int, *, parenthesis: bool = False) -> Value:
        """`print STDERR "..."`, `print $file "..."`, `print {$file} "..."`."""
        if parenthesis:
            self.step()
        handle, after = "", self.tokens[min(self.i + 1, len(self.tokens) - 1)]
        if self.sign("{"):
            self.step()
            self.bracketed("}")
            handle = "{}"
        elif self.token.kind in (Kind.NAME, Kind.VARIABLE) and after.kind in TERMS and after.start > self.token.end:
            handle = self.step().text or "$"
        arguments = self.bracketed(")") if parenthesis else self.row()
        self.called(name, arguments, start, handle)
        return self.hole(start)

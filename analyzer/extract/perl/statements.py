"""Reads Perl's statements: blocks, loops, functions, declarations. It knows neither programs nor hosts.

Every text is read, also one that Perl would refuse. Source: perlsyn, perlsub (Perl 5.38).
"""

from collections.abc import Sequence

from analyzer.extract.perl.nodes import Entry, Items, Kind, Program, Value
from analyzer.extract.perl.operands import OperandReader
from analyzer.extract.shell.script import Block
from analyzer.extract.shell.words import Expansion, Word

_CONDITIONS = frozenset({"if", "elsif", "unless", "while", "until", "given", "when"})
_LOOPS = frozenset({"for", "foreach"})
_BARE = frozenset({"else", "continue", "BEGIN", "END", "INIT", "CHECK", "default", "try", "finally"})
_USES = frozenset({"use", "no"})


class StatementReader(OperandReader):
    """Reads statements."""

    function = ""  # whose statements come next
    taken = 0  # arguments that it has shifted

    def program(self) -> Program:
        """Read all of it."""
        self.open("script", 0)
        while self.token.kind is not Kind.END:
            self._statements()
            self.step()
        return self.read_so_far()

    def read_so_far(self) -> Program:
        """What was read; blocks that stand open reach to the end."""
        for block in self.blocks:
            block.end = len(self.source.text) if block.end < 0 else block.end
        return Program(tuple(self.events), tuple(self.blocks))

    def braces(self, kind: str, name: str = "", words: Sequence[Word] = ()) -> None:
        """Read the statements of `{ ... }`, whose opening brace comes next."""
        self.deeper()
        block = self.open(kind, self.step().start, name, words)
        self._statements()
        self.step()
        block.end = self.before().end
        self.stack.pop()
        self.depth -= 1

    def _statements(self) -> None:
        while self.token.kind is not Kind.END and not self.sign("}"):
            before = self.i
            self._statement()
            self.i += self.i == before

    def _statement(self) -> None:
        token, after = self.token, self.tokens[min(self.i + 1, len(self.tokens) - 1)]
        if self.sign("{"):
            self.braces("branch")
        elif self.sign(";", ")", "]", ":", ","):
            self.step()
        elif token.kind is not Kind.NAME or after.text == "=>":
            self._simple()
        elif token.text == "sub" and after.kind is Kind.NAME:
            self._function()
        elif token.text in _USES:
            self._used()
        elif token.text in _CONDITIONS and after.text == "(":
            self._condition(token.text)
        elif token.text in _LOOPS:
            self._loop()
        elif token.text in _BARE and after.text == "{":
            self.step()
            self.braces("branch")
        elif token.text == "package":
            self._package()
        else:
            self._simple()

    def _package(self) -> None:
        while not (self.token.kind is Kind.END or self.sign(";", "{", "}")):
            self.step()
        if self.sign("{"):
            self.braces("branch")

    def _simple(self) -> None:
        """A statement with its label and conditions: `connect_to($_) for qw(a b);`, `DBI->connect(...) or die;`."""
        start = self.token.start
        self.row()
        while self.token.kind is Kind.NAME and not self.sign("}"):
            word = self.step().text
            found = self.row()
            if word in _LOOPS:
                self.blocks.append(Block("loop", start, self.before().end, "_", tuple(found.words())))
        if self.sign(")", "]", ":"):
            self.step()

    def _used(self) -> None:
        """`use constant DB_HOST => '10.0.0.121'`, `use constant { ... }`."""
        start = self.step().start
        constant = self.word("constant")
        if constant:
            self.step()
        found = self.row()
        if not constant:
            return
        only = found.entries[0] if len(found.entries) == 1 else None
        inner = only.value.entries if only and not only.key and isinstance(only.value, Items) else found.entries
        if len(found.entries) > 1 and found.entries[0].key:
            head = found.entries[0]
            rest = Items((Entry("", head.value), *found.entries[1:]), found.start, found.end)
            inner = (Entry(head.key, rest),)
        for entry in inner:
            if entry.key:
                self.assigned(Expansion(entry.key, start, start), entry.value, start)

    def _condition(self, word: str) -> None:
        self.step()
        self.step()
        self.bracketed(")")
        if self.sign("{"):
            self.braces("loop" if word in ("while", "until") else "branch")

    def _loop(self) -> None:
        """`foreach my $host (qw(a b c)) { ... }`."""
        self.step()
        name = "_"
        if self.word("my", "our", "state"):
            self.step()
        if self.token.kind is Kind.VARIABLE:
            name = self.named(self.step())
        words: tuple[Word, ...] = ()
        if self.sign("("):
            self.step()
            words = tuple(self.bracketed(")").words())
        elif self.token.kind is Kind.WORDS:
            words = tuple(self.row("{").words())
        if self.sign("{"):
            self.braces("loop", name, words)

    def _function(self) -> None:
        self.step()
        name = self.step().text.rpartition("::")[2]
        outer = self.function, self.taken
        self.function, self.taken = name, 0
        self.parameters()
        while not (self.token.kind is Kind.END or self.sign("{", ";", "}")):
            self.step()  # attributes
        if self.sign("{"):
            self.braces("group", name)
        self.function, self.taken = outer

    def parameters(self) -> None:
        """`($self, $host = '10.0.0.121')`."""
        if self.sign("("):
            self.step()
            for index, entry in enumerate(self.bracketed(")").entries):
                known = entry.value.variable() if isinstance(entry.value, Word) else None
                if known is not None and self.function:
                    self._argument(known, index)

    def assigned(self, known: Expansion, value: Value, start: int, sign: str = "=") -> None:
        """A variable gets a value; what a function takes out of its arguments stands at its calls."""
        given = value.variable() if isinstance(value, Word) else None
        if given is not None and self.function and known.start in self.own and given.name in ("shift", "_"):
            index = self.taken if given.name == "shift" else int(given.index) if given.index.isdecimal() else 0
            self.taken += given.name == "shift"
            self._argument(known, index, given.default)
            return
        super().assigned(known, value, start, sign)

    def _argument(self, known: Expansion, index: int, default: Word | None = None) -> None:
        at = known.start
        expansion = Expansion(f"{self.function}:{index + 1}", at, at, default=default)
        self.own.add(known.start)
        super().assigned(known, self.hole(at, expansion), at)

    def _assign(self, target: Value, value: Value, sign: str, start: int) -> None:
        """`my ($host, $port) = @_` takes the arguments of the function one after the other."""
        given = value.variable() if isinstance(value, Word) else None
        if isinstance(target, Items) and given is not None and given.name == "_" and self.function and not given.index:
            for index, entry in enumerate(target.entries):
                known = entry.value.variable() if isinstance(entry.value, Word) else None
                if known is not None:
                    self._argument(known, self.taken + index)
            return
        super()._assign(target, value, sign, start)

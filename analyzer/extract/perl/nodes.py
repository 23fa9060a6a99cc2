"""What a Perl file is made of, as far as it matters here: tokens, values, assignments, calls.

Characters count in the file's text. A value is a word of the shell's reader, or a list. Only the nouns; `statements`
reads them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from analyzer.extract.shell.script import Block
from analyzer.extract.shell.words import Word


class Kind(Enum):
    """What sort of token it is."""

    STRING = "'...', \"...\", q{}, qq{}, a here-document"
    WORDS = "qw(...)"
    COMMAND = "`...`, qx{}"
    PATTERN = "/.../, m{}, s{}{}, tr///, <STDIN>"
    NUMBER = "5432"
    NAME = "an identifier, with its package"
    VARIABLE = "$name, @name, %name"
    SIGN = "an operator or a bracket"
    END = "the end of the code"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is a variable's name, an identifier, a sign. `inner` are the characters that quotes enclose.

    `plain`: variables and escapes mean nothing in it. `sigil` is a variable's. `closing` ends a string.
    """

    kind: Kind
    text: str
    start: int
    end: int
    inner: tuple[int, int] = (0, 0)
    plain: bool = False
    sigil: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One element of a list, with its key where a fat comma stands before it."""

    key: str
    value: "Value"


@dataclass(frozen=True, slots=True)
class Items:
    """`( ... )`, `[ ... ]`, `{ ... }`, `qw(...)`: a list or a hash."""

    entries: tuple[Entry, ...]
    start: int
    end: int

    def words(self) -> Iterator[Word]:
        """The words that stand in it, those of inner lists included."""
        for entry in self.entries:
            yield from entry.value.words() if isinstance(entry.value, Items) else (entry.value,)

    def paired(self) -> "Items":
        """The same as a hash, where commas stand between keys and values: `('host', '10.0.0.121')`."""
        row = self.entries
        if len(row) % 2 or any(entry.key or isinstance(entry.value, Items) for entry in row[::2]):
            return self
        keys = [entry.value.text for entry in row[::2] if isinstance(entry.value, Word)]
        pairs = (Entry(key, entry.value) for key, entry in zip(keys, row[1::2], strict=True))
        return Items(tuple(pairs), self.start, self.end)


Value: TypeAlias = Word | Items


@dataclass(frozen=True, slots=True)
class Assigned:
    """A variable, `db.host` for `$db{host}`, gets a value. `own`: declared by `my`. `appends`: `.=`, `+=`, `push`."""

    name: str
    value: Value
    block: Block
    start: int
    end: int
    own: bool = False
    appends: bool = False
    sigil: str = "$"


@dataclass(frozen=True, slots=True)
class Called:
    """A call: `DBI->connect`, `->connect` of an object, `system`, `return`; `handle` is where `print` writes."""

    function: str
    arguments: Items
    block: Block
    start: int
    end: int
    handle: str = ""

    def positional(self) -> Sequence[Word]:
        """The arguments without a key, lists taken apart."""
        return [word for entry in self.arguments.entries if not entry.key for word in flat(entry.value)]


Event: TypeAlias = Assigned | Called


@dataclass(frozen=True, slots=True)
class Program:
    """What happens in a file, in the order in which it is written, and the blocks in which it does."""

    events: tuple[Event, ...]
    blocks: tuple[Block, ...]


def flat(value: Value) -> Iterator[Word]:
    """The words of a value."""
    return value.words() if isinstance(value, Items) else iter((value,))

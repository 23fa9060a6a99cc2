"""Variables, hashes and lists of a Perl file: their values, their keys, and what they are called.

The element `$db{host}` is the variable `db.host`; its key is `host`, and `db` stands above it.
"""

from dataclasses import replace

from analyzer.extract.perl.nodes import Assigned, Called, Items, Value
from analyzer.extract.perl.strings import concatenated
from analyzer.extract.shell.flow import Definition, around
from analyzer.extract.shell.keys import KeyScope, KeyWord
from analyzer.extract.shell.ports import Locate
from analyzer.extract.shell.script import Block
from analyzer.extract.shell.situation import Caller
from analyzer.extract.shell.walk import Walk
from analyzer.extract.shell.words import Expansion, Word
from analyzer.hosts import HOLE

_SELVES = frozenset({"self", "Self", "this", "class", "ENV", "_"})
_NESTED = 8  # hashes inside hashes
_LONGEST_TEXT = 1_000  # characters of a text that assignments put together
_INLINED = ("dbi:", "DBI:", "://")


class Hashes(Walk):
    """What names and keys stand for."""

    def __init__(self, locate: Locate, caller: Caller, length: int) -> None:
        super().__init__(locate, caller)
        self.length = length
        self.texts: dict[str, Word] = {}  # what variables were given last, as far as it is a text
        self.bodies: list[Block] = []
        self._members: dict[str, dict[str, None]] = {}
        self._scopes_by_parents: dict[tuple[str, ...], KeyScope] = {}

    def block(self, block: Block) -> None:
        """A loop gives its variable values; a function has arguments of its own."""
        super().block(block)
        if block.name and block.kind != "loop":
            self.bodies.append(block)

    def body(self, at: int) -> Block | None:
        """The function around a place."""
        return next(around(self.bodies, at), None)

    def turns(self, block: Block) -> None:
        """The members of a loop's variable, once those of the list are known."""
        for word in block.words if block.kind == "loop" else ():
            self._alias(block.name, word, block, turns=True)

    def defaults(self, word: Word, block: Block) -> None:
        """`$ENV{DB_HOST} || 'value'` tells about DB_HOST; an argument's default stands under its own name."""
        for _, expansion in word.expansions:
            default = expansion.default
            if default is None:
                continue
            *above, key = expansion.name.split(".")
            if key and ":" not in key:
                parents = tuple(name for name in above if name not in _SELVES)
                self.keys(KeyScope([KeyWord(key, default)], parents=parents, exported=above == ["ENV"]))
            self.defaults(default, block)

    def text(self, name: str, value: Word, found: Assigned) -> None:
        """A variable, or an element of a hash, gets a text."""
        self.texts[name] = value
        self._define(name, (value,), found)
        self._alias(name, value, found.block)
        *above, key = name.split(".")
        inside = value.variable()
        if inside is not None and ":" in inside.name:
            self._argument_default(name, inside, found)
        elif above:
            self.handed.add(key)
            self._key(tuple(above), [KeyWord(key, value)])
        else:
            self._scope(found.block).pairs.append(KeyWord(name, value))

    def structure(self, name: str, items: Items, found: Assigned) -> None:
        """A variable gets a list or a hash."""
        given = items.paired() if found.sigil == "%" else items
        self._members.setdefault(name, {})
        if any(entry.key for entry in given.entries):
            self._entries(name, given, found, 0, adds=False)
        else:
            self._listed(name, given, found, 0)

    def hash(self, parents: tuple[str, ...], items: Items, found: Called) -> None:
        """Keys and values that something is called with."""
        named = Assigned(".".join(parents), items, found.block, found.start, found.end)
        for inner in [items, *(entry.value for entry in items.entries if not entry.key)]:
            if isinstance(inner, Items) and any(entry.key for entry in inner.entries):
                self._pairs(parents, inner, strict=True)
                for entry in inner.entries:
                    if isinstance(entry.value, Items) and entry.key:
                        self._entries(f"{named.name}.{entry.key}", entry.value, named, 0, adds=True)

    def inlined(self, word: Word) -> Word:
        """The word, where its first variable holds the start of a connection string, or its driver, with that text."""
        if not word.expansions or word.text == HOLE:
            return word
        at, expansion = word.expansions[0]
        known = self.texts.get(expansion.name) if not expansion.index else None
        if known is None or at not in (0, 4) or len(known.text) + len(word.text) > _LONGEST_TEXT:
            return word
        driver = at == 4 and word.text[:4].lower() == "dbi:" and known.text.isalpha()
        if not driver and not (at == 0 and any(mark in known.text for mark in _INLINED)):
            return word
        middle = Word(known.text, word.start, word.start) if driver else known
        pieces = [word.part(0, at), middle, word.part(at + 1)]
        return replace(concatenated([piece for piece in pieces if piece.text]), start=word.start, end=word.end)

    def _entries(self, name: str, items: Items, found: Assigned, depth: int, *, adds: bool) -> None:
        self._pairs(tuple(name.split(".")), items, strict=False)
        values = []
        for entry in items.entries if depth < _NESTED else ():
            member = f"{name}.{entry.key}"
            self._members.setdefault(name, {})[entry.key] = None
            if isinstance(entry.value, Word):
                self.texts[member] = entry.value
                self._define(member, (entry.value,), found, adds=adds)
                values.append(entry.value)
            elif any(inner.key for inner in entry.value.entries):
                self._entries(member, entry.value, found, depth + 1, adds=adds)
            else:
                self._listed(member, entry.value, found, depth + 1)
        if values:
            # `$servers{$name}`, `values %servers`: one after the other
            self._define(name, (Word("", items.start, items.end, elements=tuple(values)),), found, adds=adds)

    def _listed(self, name: str, items: Items, found: Assigned, depth: int) -> None:
        words = [entry.value for entry in items.entries if isinstance(entry.value, Word)]
        if words:
            self._define(name, (Word("", items.start, items.end, elements=tuple(words)),), found)
            pairs = [KeyWord(name.rpartition(".")[2], word, item=True) for word in words]
            above = tuple(name.split(".")[:-1])
            if above:
                self._key(above, pairs)
            else:
                self._scope(found.block).pairs += pairs
        for entry in items.entries if depth < _NESTED else ():
            if isinstance(entry.value, Items):
                self._entries(name, entry.value, found, depth + 1, adds=True)

    def _define(self, name: str, words: tuple[Word, ...], found: Assigned, *, adds: bool = False) -> None:
        block = found.block
        local = found.own and self.body(found.start) is not None
        end = max((word.end for word in words), default=found.end)
        self.variables.define(Definition(name, words, end, block.start, block.end, adds=adds, local=local))

    def _alias(self, name: str, value: Word, block: Block, *, turns: bool = False) -> None:
        """`my $db = $config->{db}`, `foreach my $server (@servers)`: the members of one are those of the other."""
        inside = value.variable()
        if inside is None or not inside.name or inside.name == name:
            return
        for member in list(self._members.get(inside.name, ())):
            self._members.setdefault(name, {})[member] = None
            index = "…" if turns else inside.index
            same = Expansion(f"{inside.name}.{member}", inside.start, inside.end, index=index)
            word = Word(HOLE, inside.start, inside.end, expansions=((0, same),))
            self.variables.define(Definition(f"{name}.{member}", (word,), value.end, block.start, block.end))

    def _argument_default(self, name: str, inside: Expansion, found: Assigned) -> None:
        if inside.default is not None:
            self._scope(found.block).pairs.append(KeyWord(name, inside.default))

    def _pairs(self, parents: tuple[str, ...], items: Items, *, strict: bool) -> None:
        pairs = [
            KeyWord(entry.key, word, item=word is not entry.value)
            for entry in items.entries
            if entry.key
            for word in _words(entry.value)
        ]
        self.handed |= {pair.key for pair in pairs}
        kept = tuple(name for name in parents if name not in _SELVES)
        self.keys(KeyScope(pairs, parents=kept, separator=" => ", strict=strict))

    def _key(self, above: tuple[str, ...], pairs: list[KeyWord]) -> None:
        """A key that is set alone, with those under the same parents in one scope."""
        parents = tuple(name for name in above if name not in _SELVES)
        known = self._scopes_by_parents.get(above)
        if known is None:
            self._scopes_by_parents[above] = scope = KeyScope(list(pairs), parents=parents, exported=above == ("ENV",))
            self.keys(scope)
        else:
            known.pairs += pairs


def _words(value: Value) -> tuple[Word, ...]:
    if isinstance(value, Word):
        return (value,)
    return tuple(entry.value for entry in value.entries if isinstance(entry.value, Word) and not entry.key)

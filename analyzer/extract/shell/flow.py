"""Variables of a script: which values reach which use.

Assignments, loops, defaults and the arguments of the script's own functions are definitions. An assignment hides
earlier ones for what follows it in its block; branches do not hide each other. Nothing is executed: the answer may hold
a value too many, never one from another variable.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from analyzer.extract.shell.script import Block
from analyzer.extract.shell.words import Expansion, Word

_DEPTH = 8  # variables behind variables
_WORK = 20_000  # definitions looked at for one use
_BACK = 200  # blocks searched for those around a place
_LEAVES = 300  # values of one use


@dataclass(frozen=True, slots=True)
class Definition:
    """A variable gets its value at `at`, for what stands between `start` and `end`. `adds`: it keeps the old value.

    `words` are several for a loop, whose variable takes one after the other. `several`: an argument, of which each call
    gives another. `local`: only its function knows it.
    """

    name: str
    words: tuple[Word, ...]
    at: int
    start: int
    end: int
    adds: bool = False
    loop: bool = False
    local: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that reaches a use: its word, the variable that holds it, whether it is one of several by turns."""

    word: Word
    name: str
    several: bool = False


@dataclass(slots=True)
class Variables:
    """The definitions of a script, and where its functions and loops stand."""

    definitions: dict[str, list[Definition]] = field(default_factory=dict)
    functions: list[Block] = field(default_factory=list)
    loops: list[Block] = field(default_factory=list)
    echoes: list[tuple[int, Word]] = field(default_factory=list)  # words that a command prints, by their place
    _known: dict[tuple[int, str], list[Leaf]] = field(default_factory=dict)

    def define(self, definition: Definition) -> None:
        """Add a definition."""
        self.definitions.setdefault(definition.name, []).append(definition)

    def settle(self) -> None:
        """Call once all is known: puts everything in the order of the text."""
        for found in self.definitions.values():
            found.sort(key=lambda definition: definition.at)
        self.echoes.sort(key=lambda pair: pair[0])
        self.functions.sort(key=lambda block: block.start)
        self.loops.sort(key=lambda block: block.start)

    def leaves(self, expansion: Expansion, at: int) -> list[Leaf]:
        """The literal or composed words that may stand for an expansion at `at`."""
        return self._leaves(expansion, at, 0)[:_LEAVES]

    def named(self, name: str, at: int) -> list[Leaf]:
        """The same for a variable that a program reads itself (`PGPORT`)."""
        return self.leaves(Expansion(name, at, at), at)

    def literals(self, word: Word) -> list[Word]:
        """What stands in a value itself: the word, its default, what a substitution prints, an array's elements."""
        if word.elements is not None:
            return [literal for element in word.elements[:_LEAVES] for literal in self.literals(element)]
        expansion = word.variable()
        if expansion is None:
            return [word] if word.text else []
        if expansion.default is not None:
            return self.literals(expansion.default)
        return [leaf.word for leaf in self._printed(expansion.inside)] if expansion.inside else []

    def _leaves(self, expansion: Expansion, at: int, depth: int) -> list[Leaf]:
        found: list[Leaf] = []
        if expansion.default is not None:
            found += self._of_word(expansion.default, expansion.name, depth)
        if expansion.inside is not None:
            found += self._printed(expansion.inside)
        if not expansion.name or depth > _DEPTH:
            return found
        for definition in self._reaching(self.local_name(expansion.name, at), at):
            found += self._of_definition(definition, expansion.index, depth)
            if len(found) > _LEAVES:
                break
        return found

    def _of_definition(self, definition: Definition, index: str, depth: int) -> list[Leaf]:
        known = self._known.get((id(definition), index))
        if known is not None:
            return known
        self._known[id(definition), index] = []  # a variable that holds itself adds nothing
        found: list[Leaf] = []
        for word in definition.words:
            found += self._of_word(word, definition.name, depth, index=index)
            if len(found) > _LEAVES:
                break
        # ${HOSTS[$i]} of an array that HOSTS+=(...) fills takes one after the other
        turns = definition.adds and bool(index) and not index.isdecimal()
        if definition.loop or turns or (definition.several and len(self.definitions[definition.name]) > 1):
            found = [replace(leaf, several=True) for leaf in found]
        self._known[id(definition), index] = found
        return found

    def _of_word(self, word: Word, name: str, depth: int, index: str = "") -> list[Leaf]:
        if word.elements is not None:
            one = index.isdecimal() and len(index) < 6
            chosen = word.elements[int(index) : int(index) + 1] if one else word.elements[:_LEAVES]
            found = [leaf for element in chosen for leaf in self._of_word(element, name, depth)]
            return [replace(leaf, several=leaf.several or len(chosen) > 1) for leaf in found]
        expansion = word.variable()
        if expansion is None:
            return [Leaf(word, name)]
        return self._leaves(expansion, expansion.start, depth + 1)

    def _printed(self, inside: tuple[int, int]) -> Iterator[Leaf]:
        """`$(command || echo 10.0.0.121)`."""
        first = bisect_left(self.echoes, inside[0], key=lambda pair: pair[0])
        for place, word in self.echoes[first : first + 20]:
            if place >= inside[1]:
                break
            yield Leaf(word, "")

    def _reaching(self, name: str, at: int) -> Iterator[Definition]:
        for definition in self._candidates(name, at):
            if not definition.local or self._function(definition.at) is self._function(at):
                yield definition

    def _function(self, at: int) -> Block | None:
        return _innermost(self.functions, at)

    def _candidates(self, name: str, at: int) -> Iterator[Definition]:
        found = self.definitions.get(name, [])
        if ":" in name:
            yield from found[:_WORK]
            return
        before = bisect_right(found, at, key=lambda definition: definition.at)
        for definition in reversed(found[max(0, before - _WORK) : before]):
            yield definition
            if definition.start <= at < definition.end and not definition.adds and definition.at < at:
                break
        later = found[before : before + _WORK]
        if later:
            function, loop = self._function(at), _outermost(self.loops, at)
            yield from (definition for definition in later if _runs_before(definition, function, loop))

    def local_name(self, name: str, at: int) -> str:
        """`$1` inside a function is that function's first argument."""
        if not name.isdecimal():
            return name
        function = self._function(at)
        return f"{function.name}:{name}" if function else name


def around(blocks: list[Block], at: int) -> Iterator[Block]:
    """The blocks around a place, innermost first; the search goes back a limited number of blocks."""
    after = bisect_right(blocks, at, key=lambda block: block.start)
    for block in reversed(blocks[max(0, after - _BACK) : after]):
        if at < block.end:
            yield block


def _innermost(blocks: list[Block], at: int) -> Block | None:
    return next(around(blocks, at), None)


def _outermost(blocks: list[Block], at: int) -> Block | None:
    return next(iter(reversed(list(around(blocks, at)))), None)


def _runs_before(later: Definition, function: Block | None, loop: Block | None) -> bool:
    """Whether a definition further down may have run: the use stands in a function, or both in one loop."""
    if function is not None and not function.start <= later.at < function.end:
        return True
    return loop is not None and loop.start <= later.at < loop.end

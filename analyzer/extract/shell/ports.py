"""Finds the port of a site: a word of the command, a variable, the environment, or the place where one may be put."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from analyzer.extract.keyed.keys import plain
from analyzer.extract.shell.flow import Leaf, Variables
from analyzer.extract.shell.sites import Site
from analyzer.extract.shell.words import Word
from analyzer.model import PortRef, Slot

Locate = Callable[[int, int], Slot | None]


class Ports:
    """The ports of one text; `exported` variables reach programs through the environment."""

    def __init__(self, locate: Locate, variables: Variables, exported: AbstractSet[str]) -> None:
        self._locate = locate
        self._variables = variables
        self._exported = exported

    def of(self, site: Site) -> PortRef | None:
        """The port of a site, None where nothing is known and nothing can be put."""
        if site.port is not None:
            return self.of_word(site.port)
        if site.variable in self._exported:
            return self._of_leaves(self._variables.named(site.variable, site.word.start), site.variable)
        if not site.insert:
            return None
        # In a list of words (`["psql", "-h", "10.0.0.121"]`) nothing can be put behind one.
        word = site.word
        slot = self._locate(word.end, word.end) if self._locate(max(word.start - 1, 0), word.end) else None
        return PortRef(slot=slot, insert=site.insert) if slot else None

    def of_word(self, word: Word) -> PortRef | None:
        """The port that a word holds, directly or through a variable."""
        expansion = word.variable()
        if expansion is None:
            return self._written(word, "")
        return self._of_leaves(self._variables.leaves(expansion, expansion.start), expansion.name)

    def _of_leaves(self, leaves: list[Leaf], name: str) -> PortRef:
        found = [self._written(leaf.word, leaf.name) for leaf in leaves]
        if len(found) == 1 and found[0] is not None:
            return found[0]
        return PortRef(hidden=f"${name}" if plain(name) else "a variable")

    def _written(self, word: Word, name: str) -> PortRef | None:
        if not (word.text.isascii() and word.text.isdecimal() and len(word.text) <= 5):
            return None
        place = word.locate(0, len(word.text))
        slot = self._locate(*place) if place else None
        return PortRef(int(word.text), slot, origin=name if plain(name) else "")

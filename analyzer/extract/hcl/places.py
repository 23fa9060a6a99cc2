"""Where in an HCL file something stands, and the rows of a scope while it is read. No knowledge of hosts."""

from dataclasses import dataclass, field, replace

from analyzer.extract.gathering.constants import Bound
from analyzer.extract.hcl.roles import place_of
from analyzer.model import Clue, Evidence


@dataclass(frozen=True, slots=True)
class Place:
    """The keys above, outermost first, and what the blocks above are for.

    `role`: they connect to nothing. `store`: they hand parameters to applications. `writes`: only a leader will do.
    `depth` counts the references on the way here.
    """

    parents: tuple[str, ...] = ()
    role: Evidence | None = None
    store: str = ""
    writes: bool = False
    depth: int = 0

    def below(self, *names: str) -> "Place":
        """The place of what stands under a key or in a block."""
        return replace(self, parents=(*self.parents, *names))

    def deeper(self) -> "Place":
        """The same place, read through a reference."""
        return replace(self, depth=self.depth + 1)

    @property
    def feeding(self) -> tuple[Evidence, ...]:
        """That an application gets what stands here."""
        place = place_of(self.parents) or (Evidence(Clue.PLACE, f"Terraform {self.store}") if self.store else None)
        return (place,) if place else ()


@dataclass
class Rows:
    """The bindings of one scope while it is read, and the scopes of its entries by kind."""

    place: Place
    evidence: tuple[Evidence, ...] = ()
    bound: list[Bound] = field(default_factory=list)
    entries: dict[str, "Rows"] = field(default_factory=dict)

    def shared(self, kind: str, place: Place) -> "Rows":
        """The scope that all entries of one kind below this one have in common."""
        if kind not in self.entries:
            self.entries[kind] = Rows(replace(place, parents=()), replace(place, parents=(kind,)).feeding)
        return self.entries[kind]


def rows_at(place: Place) -> Rows:
    """An empty scope."""
    return Rows(place, place.feeding)

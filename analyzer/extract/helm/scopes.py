"""What a template sees while it is read: its dot, its variables, how much may still be done, and which ways it took."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.extract.helm.data import NULL, Data
from analyzer.extract.helm.interest import Interest, Reach
from analyzer.extract.helm.ledger import Ledger
from analyzer.extract.helm.programs import Library, Template
from analyzer.extract.helm.worlds import Offer, Site, World
from analyzer.templates.blocks import Node

MAX_DEPTH = 45  # templates and blocks inside each other
MAX_NESTING = 110  # expressions inside each other, those of included templates counted on
_MOST_OFFERS = 300  # of one reading
MAX_OUTPUT = 400_000  # characters of one rendered template


class ExhaustedError(Exception):
    """A chart needs more steps than are spent on one; what was read until then counts."""


@dataclass(slots=True)
class Budget:
    """Steps that are left for a chart."""

    steps: int

    def spend(self, steps: int = 1) -> None:
        """Take steps. Raises ExhaustedError."""
        self.steps -= steps
        if self.steps < 0:
            raise ExhaustedError


@dataclass(slots=True)
class Variables:
    """The variables of one block; those of the blocks around it are seen as well."""

    outer: "Variables | None" = None
    own: dict[str, Data] = field(default_factory=dict)

    def find(self, name: str) -> Data | None:
        """The value of a variable."""
        found = self._holder(name)
        return found.own[name] if found else None

    def declare(self, name: str, value: Data) -> None:
        """A new variable of this block."""
        self.own[name] = value

    def assign(self, name: str, value: Data) -> None:
        """Another value for the variable where it was declared."""
        (self._holder(name) or self).own[name] = value

    def _holder(self, name: str) -> "Variables | None":
        at: Variables | None = self
        while at is not None and name not in at.own:
            at = at.outer
        return at


def root_variables(dot: Data) -> Variables:
    """The variables with which a template starts: `$`."""
    variables = Variables()
    variables.declare("", dot)
    return variables


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the reader stands."""

    template: Template
    dot: Data
    variables: Variables
    depth: int = 0

    def inside(self, dot: Data | None = None) -> "Frame":
        """One block deeper."""
        below = dot if dot is not None else self.dot
        return Frame(self.template, below, Variables(self.variables), self.depth + 1)


@dataclass(slots=True)
class Journey:
    """One reading of one template in one world: what may be used, and what was seen on the way.

    `gaps` counts what could not be followed: templates that are not there, texts that could not be read.
    """

    ledger: Ledger
    library: Library
    world: World
    reach: Reach
    budget: Budget
    offers: list[Offer] = field(default_factory=list)
    seen: set[tuple[Site, int]] = field(default_factory=set)
    gaps: int = 0

    @property
    def interest(self) -> Interest:
        """The values that are followed."""
        return self.reach.interest

    def leads(self, nodes: Sequence[Node], start: int, frame: Frame) -> bool:
        """Whether the nodes of a branch, which begins at `start`, could write a followed value."""
        mentions = frame.template.program.mentions(start, nodes)
        return self.reach.leads(mentions, frame.dot, lambda name: frame.variables.find(name) or NULL)

    def offer(self, turn: World, target: tuple[Site, int]) -> None:
        """Remember a way that was not taken."""
        if turn.key and len(self.offers) < _MOST_OFFERS:
            alone = not self.interest.paths.isdisjoint(turn.values)
            self.offers.append(Offer(self.world, turn, target, alone))

"""All that the templates of a release write, world by world."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.extract.helm.charts import Part, Release
from analyzer.extract.helm.data import Data, scalars, weight
from analyzer.extract.helm.interest import Interest, Reach, interest_in, only_dollar
from analyzer.extract.helm.leaves import Leaf
from analyzer.extract.helm.ledger import Path
from analyzer.extract.helm.programs import Template
from analyzer.extract.helm.rendering import Renderer
from analyzer.extract.helm.scopes import Budget, Journey
from analyzer.extract.helm.traced import Traced, interleaved
from analyzer.extract.helm.trees import placed
from analyzer.extract.helm.worlds import Frontier, World
from analyzer.hosts import HOLE

WORLDS = 14  # readings of one template
NOTES = "NOTES.txt"
_ROUNDS = 3  # texts that write texts that write a followed value


@dataclass(frozen=True, slots=True, eq=False)
class Rendered:
    """What one template writes in one world; `assumed`: not with the values as they are."""

    template: Template
    text: Traced
    assumed: bool = False

    @property
    def notes(self) -> bool:
        """Whether only a person reads it."""
        return self.template.path.endswith(NOTES)


@dataclass(slots=True)
class Tour:
    """Goes through the templates of a release with one set of values. `gaps` counts what could not be followed."""

    release: Release
    budget: Budget
    gaps: int = field(default=0)

    def interest(self, values: Data, leaves: Sequence[Leaf]) -> Interest:
        """The interest in some leaves of the values, and in texts of the values that write them."""
        found = interest_in((leaf.keys, leaf.text) for leaf in leaves)
        for _ in range(_ROUNDS):
            carriers = list(self._carriers(values, found))
            if found.ways.issuperset(carriers):
                break
            found = interest_in(((leaf.keys, leaf.text) for leaf in leaves), carriers)
        return found

    def _reach(self, interest: Interest) -> Reach:
        return Reach(self.release.library, interest, self.budget.spend)

    def _carriers(self, values: Data, interest: Interest) -> Iterator[Path]:
        reach = self._reach(interest)
        dots = {part.scope: self.release.dot(part, None, values, World()) for part in self.release.parts}
        for text in scalars(placed(values)):
            if text.path and "{{" in text.text.text:
                dot = dots[max((scope for scope in dots if text.path[: len(scope)] == scope), key=len)]
                program = self.release.library.program(text.text.text)
                if reach.leads(program.mentions(-1, program.nodes), dot, only_dollar(dot)):
                    yield text.path

    def renders(self, values: Data, interest: Interest) -> Iterator[Rendered]:
        """The texts in which a followed value stands. Raises ExhaustedError."""
        reach = self._reach(interest)
        for part in self.release.parts:
            dot = self.release.dot(part, None, values, World())
            for template in () if part.library else part.templates:
                mentions = template.program.mentions(-1, template.program.nodes)
                if _written(template) and reach.leads(mentions, dot, only_dollar(dot)):
                    yield from self._worlds(part, template, values, interest)
        self.gaps += reach.blind

    def _worlds(self, part: Part, template: Template, values: Data, interest: Interest) -> Iterator[Rendered]:
        frontier, release = Frontier(WORLDS), self.release
        seen: set[Traced] = set()
        size = weight(values)
        for world in frontier.worlds():
            self.budget.spend(size // 10)  # the values are copied, templates may change them
            journey = Journey(release.ledger, release.library, world, self._reach(interest), self.budget)
            text = _without_holes(Renderer(journey).render(template, release.dot(part, template, values, world)))
            self.gaps += journey.gaps
            frontier.tell(journey.offers, journey.seen)
            if interest.touches(text) and text not in seen:
                seen.add(text)
                yield Rendered(template, text, assumed=bool(world.key))
        self.gaps += frontier.unseen


def _written(template: Template) -> bool:
    """Whether Helm writes what a template gives: files of definitions are read only."""
    name = template.path.rsplit("/", 1)[-1]
    return not name.startswith("_") and (name == NOTES or not name.endswith((".txt", ".tpl")))


def _without_holes(text: Traced) -> Traced:
    """The text without lines of which nothing is known: they stand for blocks, and a word there would be no YAML."""
    if HOLE not in text.text:
        return text
    return interleaved("\n", (line for line in text.split("\n") if line.text.strip() != HOLE))

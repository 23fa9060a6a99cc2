"""Worlds: what is assumed about a chart's values, so that each branch of a template is read once.

A condition is turned by assuming other values (`postgresql.enabled` is false), so that all templates that ask for the
same value agree; only where no value decides is the branch itself forced. It knows no template syntax.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from analyzer.extract.helm.data import FALSE, SOMETHING, TRUE, Data, Kind, List, Map, Scalar, number, path_of, string
from analyzer.extract.helm.ledger import Path
from analyzer.extract.helm.trees import Setting, with_settings

# A branching in a program (by the identity of the program) and the place in its text.
Site = tuple[int, int]


class Form(Enum):
    """What a value is assumed to be."""

    TRUE = auto()
    FALSE = auto()
    SOMETHING = auto()  # a text that nobody knows
    EMPTY = auto()
    ZERO = auto()
    NO_MAP = auto()
    NO_LIST = auto()
    SOME_MAP = auto()  # of one unknown entry: what is written stays YAML
    SOME_LIST = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Assumed:
    """An assumed value; `text` is that of a TEXT."""

    form: Form
    text: str = ""

    def data(self) -> Data:
        """The value."""
        return string(self.text) if self.form is Form.TEXT else _MADE[self.form]()


_MADE: dict[Form, Callable[[], Data]] = {
    Form.TRUE: lambda: TRUE,
    Form.FALSE: lambda: FALSE,
    Form.SOMETHING: lambda: SOMETHING,
    Form.EMPTY: lambda: string(""),
    Form.ZERO: lambda: number(0),
    Form.NO_MAP: Map,
    Form.NO_LIST: List,
    Form.SOME_MAP: lambda: Map({"something": SOMETHING}),
    Form.SOME_LIST: lambda: List([SOMETHING]),
}
Assumptions = Mapping[Path, Assumed]


@dataclass(frozen=True)
class World:
    """Assumed values by their paths, and forced branches by their sites."""

    values: Assumptions = field(default_factory=dict)
    forced: Mapping[Site, int] = field(default_factory=dict)

    def applied(self, tree: Data) -> Data:
        """The values of this world."""
        return with_settings(tree, (Setting(path, assumed.data()) for path, assumed in self.values.items()))

    def joined(self, other: "World") -> "World | None":
        """Both worlds at once, None where they contradict each other."""
        if any(self.values.get(path, assumed) != assumed for path, assumed in other.values.items()):
            return None
        if any(self.forced.get(site, branch) != branch for site, branch in other.forced.items()):
            return None
        return World({**self.values, **other.values}, {**self.forced, **other.forced})

    def holds(self, other: "World") -> bool:
        """Whether all that the other one assumes is assumed here."""
        return other.values.items() <= self.values.items() and other.forced.items() <= self.forced.items()

    @property
    def key(self) -> frozenset[object]:
        """What makes two worlds the same."""
        return frozenset((*self.values.items(), *self.forced.items()))


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """A way not taken that leads past wanted values: `turn` leads from `here` to the branch `target` of a site.

    `alone`: it takes a wanted value away, so that nothing else can be looked for in that world.
    """

    here: World
    turn: World
    target: tuple[Site, int]
    alone: bool = False

    @property
    def world(self) -> World | None:
        """The world that takes the way."""
        return self.here.joined(self.turn)

    @property
    def forced(self) -> bool:
        """Whether no value leads there: the world may be one that Helm never writes."""
        return bool(self.turn.forced)


def assuming(value: Data, *, true: bool) -> Assumptions | None:
    """What makes a value of the chart count as true or false; None where it was computed."""
    path = path_of(value)
    if not path:
        return None
    return {path: _true(value) if true else _false(value)}


def _true(value: Data) -> Assumed:
    match value:
        case Map():
            return Assumed(Form.SOME_MAP)
        case List():
            return Assumed(Form.SOME_LIST)
        case Scalar(Kind.STRING):
            return Assumed(Form.SOMETHING)
        case _:
            return Assumed(Form.TRUE)


def _false(value: Data) -> Assumed:
    match value:
        case Map():
            return Assumed(Form.NO_MAP)
        case List():
            return Assumed(Form.NO_LIST)
        case Scalar(Kind.STRING):
            return Assumed(Form.EMPTY)
        case Scalar(Kind.NUMBER):
            return Assumed(Form.ZERO)
        case _:
            return Assumed(Form.FALSE)


def equalling(value: Data, text: str, *, equal: bool) -> Assumptions | None:
    """What makes a value equal to a text, or another one."""
    path = path_of(value)
    if not path or not isinstance(value, Scalar):
        return None
    if value.kind is Kind.BOOL and text in {"true", "false"}:
        return {path: Assumed(Form.TRUE if (text == "true") is equal else Form.FALSE)}
    return {path: Assumed(Form.TEXT, text if equal else "another")}


def together(found: Iterable[Assumptions | None]) -> Assumptions | None:
    """All assumptions at once, None where one is missing or two contradict each other."""
    whole: dict[Path, Assumed] = {}
    for each in found:
        if each is None or any(whole.get(path, assumed) != assumed for path, assumed in each.items()):
            return None
        whole.update(each)
    return whole


@dataclass(slots=True)
class Frontier:
    """The worlds that are still to be read: each way is taken once, many of them in one world."""

    limit: int
    _now: World = field(default_factory=World)
    _open: list[Offer] = field(default_factory=list)
    _offered: set[tuple[tuple[Site, int], frozenset[object]]] = field(default_factory=set)
    _tried: set[frozenset[object]] = field(default_factory=set)
    _gathered: set[Offer] = field(default_factory=set)

    def worlds(self) -> Iterator[World]:
        """The worlds, plainest first; tell what each showed before asking for the next one."""
        for _ in range(self.limit):
            yield self._now
            self._tried.add(self._now.key)
            world = self._next()
            if world is None:
                return
            self._now = world

    @property
    def unseen(self) -> int:
        """How many ways were not taken in the end."""
        return len(self._open)

    def tell(self, offers: Iterable[Offer], seen: Collection[tuple[Site, int]]) -> None:
        """What the last world showed."""
        self._open = [offer for offer in self._open if not (offer.target in seen and self._now.holds(offer.turn))]
        for offer in offers:
            key = (offer.target, offer.turn.key)
            if key not in self._offered:
                self._offered.add(key)
                self._open.append(offer)

    def _next(self) -> World | None:
        """Taking all ways at once shows most of them; what that hides is tried alone afterwards."""
        self._open.sort(key=lambda offer: offer.forced)
        while self._open:
            first = self._open[0]
            world = first.world
            gathered = self._gather(first, world) if world and first not in self._gathered else None
            self._gathered.add(first)
            for choice in (gathered, world):
                if choice is not None and choice.key not in self._tried:
                    return choice
            self._open.pop(0)
        return None

    def _gather(self, first: Offer, world: World) -> World:
        """What is forced spoils what is not, so that they stay apart."""
        for offer in self._open[1:] if not first.alone else ():
            if not offer.alone and offer.forced == first.forced:
                world = world.joined(offer.turn) or world
        return world

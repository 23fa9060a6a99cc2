"""Which values are followed, and whether a part of a template could write one of them."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from analyzer.extract.helm.data import NULL, Data, Files, List, Map, Scalar, child, path_of
from analyzer.extract.helm.ledger import Path
from analyzer.extract.helm.programs import Library, Mentions
from analyzer.extract.helm.traced import Mark, Traced
from analyzer.templates.expressions import Call, Field, Literal, Node, Variable

_DEEPEST = 8  # definitions in definitions that are looked through
_MOST = 4_000  # definitions that are looked through for one branch
_LAST = 1 << 60

Variables = Callable[[str], Data]


@dataclass(frozen=True, slots=True)
class Interest:
    """The values that are followed.

    `paths` lead to them, `ways` are these and all that stands above them, `places` their runs in the ledger.
    """

    paths: frozenset[Path]
    ways: frozenset[Path]
    places: tuple[tuple[int, int], ...]

    def touches(self, text: Traced) -> bool:
        """Whether characters of a followed value stand in a text."""
        return next(self.standing(text), None) is not None

    def standing(self, text: Traced) -> Iterator[Mark]:
        """The marks of a text that hold characters of a followed value."""
        return (mark for mark in text.marks if self._meets(mark[2], mark[2] + mark[1] - mark[0]))

    def holds(self, value: Data, depth: int = 0) -> bool:
        """Whether a followed value stands in a value, or a text that writes one."""
        path = path_of(value)
        if path:
            return path in self.ways
        match value:
            case Scalar():
                return self.touches(value.text)
            case Map() if depth < 3 and "Template" not in value.items:  # what templates see holds everything
                return any(self.holds(item, depth + 1) for item in value.items.values())
            case List() if depth < 3:
                return any(self.holds(item, depth + 1) for item in value.items)
            case Files():
                return True  # most often they are templates
            case _:
                return False

    def _meets(self, start: int, end: int) -> bool:
        at = bisect_right(self.places, (end - 1, _LAST)) - 1
        return at >= 0 and self.places[at][1] > start


def interest_in(found: Iterable[tuple[Path, Traced]], carriers: Iterable[Path] = ()) -> Interest:
    """The interest in some values with the keys that lead to them.

    `carriers` are the paths of texts that are templates themselves and write a followed value.
    """
    paths: set[Path] = set()
    places: list[tuple[int, int]] = []
    for keys, text in found:
        paths.add(keys)
        places += [(origin, origin + end - start) for start, end, origin in text.marks]
    ways = frozenset(keys[:size] for keys in (*paths, *carriers) for size in range(1, len(keys) + 1))
    return Interest(frozenset(paths), ways, tuple(sorted(places)))


@dataclass(slots=True)
class Reach:
    """Answers whether nodes of a template could write a followed value, whatever branches are taken.

    `spend` is told how many steps each look took. `blind` counts the definitions that are not at hand and the actions
    that could not be read: what they write is not known.
    """

    library: Library
    interest: Interest
    spend: Callable[[int], None]
    _known: dict[tuple[int, int, int], bool] = field(default_factory=dict)
    _kept: list[Data] = field(default_factory=list)
    _left: int = _MOST
    blind: int = 0

    def leads(self, mentions: Mentions, dot: Data, variables: Variables) -> bool:
        """Whether what is read there, with this dot and these variables, is followed."""
        self._left = _MOST
        return self._leads(mentions, dot, variables, 0)

    def _leads(self, mentions: Mentions, dot: Data, variables: Variables, depth: int) -> bool:
        self.blind += mentions.unread
        self.spend(1 + len(mentions.fields) // 10)
        if any(self.interest.holds(_resolved(node, dot, variables)) for node in mentions.fields):
            return True
        for name, argument in mentions.includes if depth < _DEEPEST else ():
            value = NULL if argument is None else _resolved(argument, dot, variables)
            if self._included(name, value, depth):
                return True
        return False

    def _included(self, name: str, dot: Data, depth: int) -> bool:
        definition = self.library.definitions.get(name)
        if definition is None or self._left <= 0:
            self.blind += 1
            return False
        program = definition.template.program
        key = (id(program), definition.start, id(dot))
        if key not in self._known:
            self._left -= 1
            self._known[key] = False  # a definition that includes itself adds nothing
            self._kept.append(dot)  # its identity is a key
            mentions = program.mentions(definition.start, definition.body)
            self._known[key] = self._leads(mentions, dot, only_dollar(dot), depth + 1)
        return self._known[key]


def only_dollar(dot: Data) -> Variables:
    """The variables with which a template starts: `$`."""
    return lambda name: NULL if name else dot


def _resolved(node: Node, dot: Data, variables: Variables) -> Data:
    """The value of a field, a variable, or a dictionary of such; nothing for what must be computed."""
    match node:
        case Field():
            value = dot if node.base is None else _resolved(node.base, dot, variables)
            for name in node.names:
                value = child(value, name)
            return value
        case Variable():
            return variables(node.name)
        case Call("dict"):
            pairs = zip(node.arguments[::2], node.arguments[1::2], strict=False)
            return Map({k.text: _resolved(v, dot, variables) for k, v in pairs if isinstance(k, Literal)})
        case Call():
            return List([_resolved(item, dot, variables) for item in node.arguments])
        case _:
            return NULL

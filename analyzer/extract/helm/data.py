"""What template expressions work on: scalars, maps and lists that remember where they stand in a chart's values.

A missing value is a null that knows the path at which it was looked for. It knows no template syntax.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from analyzer.extract.helm.ledger import Path
from analyzer.extract.helm.traced import Joiner, Traced
from analyzer.hosts import HOLE


class Kind(Enum):
    """The type of a scalar."""

    STRING = auto()
    NUMBER = auto()
    BOOL = auto()
    NULL = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A scalar as it prints; `path` leads to it from the root of the release's values, None where it was computed."""

    kind: Kind
    text: Traced
    path: Path | None = None


@dataclass(slots=True, eq=False)
class Map:
    """A mapping; templates may change it."""

    items: dict[str, "Data"] = field(default_factory=dict)
    path: Path | None = None


@dataclass(slots=True, eq=False)
class List:
    """A list."""

    items: list["Data"] = field(default_factory=list)
    path: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Files:
    """A chart's other files by their path in the chart."""

    texts: Mapping[str, Traced]


@dataclass(frozen=True, slots=True)
class Unknown:
    """What only a cluster or a later run can tell."""


Data: TypeAlias = Scalar | Map | List | Files | Unknown

UNKNOWN = Unknown()
NULL = Scalar(Kind.NULL, Traced())
TRUE = Scalar(Kind.BOOL, Traced("true"))
FALSE = Scalar(Kind.BOOL, Traced("false"))
SOMETHING = Scalar(Kind.STRING, Traced(HOLE))
"""A string that nobody knows."""

HEAVY = 20_000
_DEEPEST = 20


def string(text: Traced | str) -> Scalar:
    """A computed string."""
    return Scalar(Kind.STRING, text if isinstance(text, Traced) else Traced(text))


def number(value: float) -> Scalar:
    """A computed number."""
    return Scalar(Kind.NUMBER, Traced(str(int(value)) if value == int(value) else repr(value)))


def boolean(value: object) -> Scalar:
    """TRUE or FALSE."""
    return TRUE if value else FALSE


def truth(value: Data) -> bool | None:
    """Whether a value counts as true in a condition; None where it cannot be told."""
    match value:
        case Scalar(Kind.STRING):
            return bool(value.text.text)
        case Scalar(Kind.NUMBER):
            return value.text.text.strip("+-0.") != ""
        case Scalar():
            return value.text.text == "true"
        case Map() | List():
            return bool(value.items)
        case Files():
            return True
        case _:
            return None


def printed(value: Data) -> Traced:
    """The text that a template prints for a value; maps print what nobody reads."""
    match value:
        case Scalar():
            return value.text
        case List():
            whole = Joiner()
            whole.add("[")
            for index, item in enumerate(value.items):
                whole.add(" " if index else "")
                whole.add(printed(item) if isinstance(item, Scalar) else HOLE)
            whole.add("]")
            return whole.done()
        case _:
            return Traced(HOLE)


def plain(value: Data) -> str | None:
    """The text of a scalar that is known, else None."""
    if not isinstance(value, Scalar) or value.kind is Kind.NULL or HOLE in value.text.text:
        return None
    return value.text.text


def child(value: Data, name: str) -> Data:
    """What stands under a name; a null with its path where nothing does."""
    match value:
        case Map():
            found = value.items.get(name)
            return found if found is not None else _missing(value.path, name)
        case Scalar(Kind.NULL):
            return _missing(value.path, name)
        case Unknown():
            return UNKNOWN
        case _:
            return NULL


def path_of(value: Data) -> Path | None:
    """Where a value stands in the values, or None."""
    return value.path if isinstance(value, Scalar | Map | List) else None


def scalars(value: Data, depth: int = 0) -> Iterator[Scalar]:
    """All scalars in a value."""
    match value:
        case Scalar():
            yield value
        case Map() | List() if depth < _DEEPEST:
            for item in value.items.values() if isinstance(value, Map) else value.items:
                yield from scalars(item, depth + 1)
        case _:
            return


def weight(value: Data, *, deep: bool = True) -> int:
    """How many values and characters stand in a value, those that stand in it twice counted twice; at most `HEAVY`.

    Not `deep`: without what stands in its items.
    """
    open_values, found = [value], 0
    while open_values and found < HEAVY:
        each = open_values.pop()
        found += 1 + (len(each.text) // 50 if isinstance(each, Scalar) else 0)
        if isinstance(each, Map | List):
            found += 0 if deep else len(each.items)
            open_values += (each.items.values() if isinstance(each, Map) else each.items) if deep else ()
    return min(found, HEAVY)


def copied(value: Data, depth: int = 0) -> Data:
    """A value that may be changed without changing this one."""
    match value:
        case Map() if depth < _DEEPEST:
            return Map({name: copied(item, depth + 1) for name, item in value.items.items()}, value.path)
        case List() if depth < _DEEPEST:
            return List([copied(item, depth + 1) for item in value.items], value.path)
        case _:
            return value


def _missing(path: Path | None, name: str) -> Scalar:
    return NULL if path is None else Scalar(Kind.NULL, Traced(), (*path, name))

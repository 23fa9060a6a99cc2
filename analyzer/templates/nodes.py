"""The nodes of template expressions, one tree for Go templates and Jinja.

What is piped or dotted into a call is its last argument in both languages: `a | f x`, `a | f(x)` and Jinja's
`a.f(x)` (named ".f") are calls with the arguments (x, a). Offsets are characters of the text that was parsed, 0-based.
Nothing here knows what any function means.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A string: `text` decoded, `start` to `end` its characters between the quotes.

    `raw`: Go's backquotes, in which nothing is an escape. `places` are the offsets at which the characters of `text`
    are spelled, one more for the end; None where `text` is spelled by itself.
    """

    text: str
    start: int
    end: int
    raw: bool = False
    places: tuple[int, ...] | None = None

    @property
    def exact(self) -> bool:
        """Whether the text is spelled without escapes."""
        return self.places is None

    def place(self, at: int) -> int:
        """Where the character `at` of `text` is spelled; `len(text)` gives the end."""
        return self.start + at if self.places is None else self.places[at]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constant:
    """`true`, `false` or `nil`; Jinja's `none` is `nil`."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name` of Go without its dollar (empty for `$` alone), `name` of Jinja."""

    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """`names` of `base`, outermost first; `base` None is Go's dot, without names the dot itself."""

    base: "Node | None"
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; Jinja's operators, filters and lists are calls too. `start` to `end`: its text.

    A call of a method is named ".Get" and has its object as last argument. A named argument is a call "name=".
    """

    name: str
    arguments: tuple["Node", ...]
    start: int
    end: int


Node: TypeAlias = Literal | Number | Constant | Variable | Field | Call


@dataclass(frozen=True, slots=True)
class Statement:
    """What one action says.

    `keyword`: "if", "else", "else if", "range", "define", "set" ...; empty for an expression or an assignment.
    `variables` are assigned `value` (of `range`: its keys and items), `declares` where they are new (`:=`).
    """

    keyword: str
    variables: tuple[str, ...] = ()
    declares: bool = False
    value: Node | None = None


DEEPEST = 100


def shallow(root: Node) -> bool:
    """Whether a tree is at most `DEEPEST` nodes high, so that it may be read by recursion."""
    level: list[Node] = [root]
    for _ in range(DEEPEST):
        level = [child for node in level for child in children(node)]
        if not level:
            return True
    return False


def children(node: Node) -> Iterator[Node]:
    """The nodes right below a node."""
    if isinstance(node, Call):
        yield from node.arguments
    elif isinstance(node, Field) and node.base is not None:
        yield node.base

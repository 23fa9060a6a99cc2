"""What HCL is made of, as far as it matters here: bodies, attributes, and expressions that hold values.

Only the nouns; `parser` makes them. All places are characters of the file's text, 0-based and half-open.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Hole:
    """`${...}` inside a string: its characters with the braces, and what stands between them."""

    start: int
    end: int
    value: "Node"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters of a string that stand for themselves, escapes included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Template:
    """A quoted string or a here-document, without quotes and marks.

    `pieces` in order; indentation that is cut and `%{...}` directives are in none of them.
    """

    start: int
    end: int
    pieces: tuple[Chunk | Hole, ...]
    heredoc: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a bare word such as `true`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """`local.hosts["orders"]`: its parts; a part that is not written out is `*`."""

    start: int
    end: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """`key = value` of a body or an object; the key without quotes."""

    key: str
    value: "Node"


@dataclass(frozen=True, slots=True)
class Object:
    """`{ key = value }`."""

    pairs: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`[a, b]`."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Call:
    """`name(a, b)`."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Expressions one of which is the value: the branches of a condition."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Other:
    """An expression whose value is none of its parts: a comparison, an index into something, a missing value."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """`type "label" { ... }`; `start` and `end` are the characters from the type to the closing brace."""

    type: str
    labels: tuple[str, ...]
    body: "Body"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Body:
    """The attributes and blocks of a block or of the file, in order."""

    items: tuple[Attribute | Block, ...]


Node: TypeAlias = Template | Literal | Reference | Object | Row | Call | Choice | Other

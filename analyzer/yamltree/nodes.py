"""The nodes of the tree, and the fault that is raised instead of one."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from analyzer.model import Span
from analyzer.yamltree.offsets import Offsets, map_scalar


class YamlFault(Exception):  # noqa: N818 - a fault of the file, not an error of the program
    """The bytes are no YAML that is read here: `reason` in our own words, `line` and `column` 1-based (characters).

    `byte` is the same place as an offset; `limit`: it is too much to read rather than wrong.
    """

    def __init__(self, reason: str, line: int, column: int, *, byte: int = 0, limit: bool = False) -> None:
        super().__init__(reason, line, column)
        self.reason = reason
        self.line = line
        self.column = column
        self.byte = byte
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Buffer:
    """The bytes of a file and their shadow of the same length; offsets count from the byte order mark.

    `template`: the whole file where `data` is one way through it.
    """

    data: bytes
    shadow: bytes
    template: bytes = b""

    @property
    def file(self) -> bytes:
        """All of the file's bytes."""
        return self.template or self.data


@dataclass(frozen=True)
class Scalar:
    """A scalar. `start` and `end` include anchor and tag; `literal` is the spelling alone, quotes or header included.

    `style` is "" (plain), "'", '"', "|" or ">". `seen` is the value of the shadow, `value` the one of the bytes.
    """

    start: int
    end: int
    literal: Span
    style: str
    seen: str = field(repr=False)
    buffer: Buffer = field(repr=False, compare=False)
    tag: str = ""
    anchor: str = ""

    @cached_property
    def value(self) -> str:
        """What a YAML reader would read; bytes that are not UTF-8 are lone surrogates."""
        here = slice(self.literal.start, self.literal.end)
        if self.buffer.data[here] == self.buffer.shadow[here]:
            return self.seen
        return self.offsets.text if self.offsets else self.seen

    @cached_property
    def offsets(self) -> Offsets | None:
        """The bytes behind each character of `value`; None where the spelling could not be followed."""
        return map_scalar(self.buffer.data, self.buffer.shadow, self.literal, self.style, self.seen)

    @property
    def plain(self) -> bool:
        """Whether a YAML reader would guess the type (5432, true, null): neither quoted nor tagged."""
        return not self.style and not self.tag


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; `pairs` in file order, duplicate keys and merge keys (`<<`) included as they stand."""

    start: int
    end: int
    pairs: tuple[tuple["Node", "Node"], ...]
    flow: bool = False
    tag: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence."""

    start: int
    end: int
    items: tuple["Node", ...]
    flow: bool = False
    tag: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """`*name`; what it stands for is not looked up."""

    start: int
    end: int
    name: str


Node: TypeAlias = Scalar | Mapping | Sequence | Alias

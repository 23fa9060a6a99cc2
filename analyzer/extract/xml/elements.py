"""One element while it is read: its attributes, its text, and the rows of the scope that it is.

Most elements of most files say nothing about hosts: what is only sometimes wanted is worked out when it is asked for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from analyzer.extract.keyed.keys import read_key
from analyzer.extract.keyed.serverrows import is_server
from analyzer.extract.keyed.words import words
from analyzer.extract.xml.lexer import Attribute, Kind, Token
from analyzer.extract.xml.natures import OWN_ROOTS, feeding, region_of
from analyzer.model import Evidence

_NAMES = ("name", "key", "Name", "Key", "property", "variable", "parameter")
_LABELS = ("id", "name", "key", "Name", "pool-name")
_VALUES = ("value", "Value")
_CLASSES = ("class", "type", "factory", "driver", "className", "providerName", "provider", "testclass")
_LABEL = re.compile(r"[A-Za-z0-9_./:\-]{1,64}")
_APART = re.compile(r"[/:]+")
_NEAR = 8  # rows among which a name and a value are looked for
_PREFIXES = ("xmlns", "xsi", "xml")  # of attributes that say nothing about their element


@dataclass(frozen=True, slots=True)
class Row:
    """A key and the pieces of its value; `kind` is the element that hands such rows to applications, or empty."""

    key: str
    pieces: tuple[Token, ...]
    kind: str = ""


@dataclass(slots=True)
class Element:
    """An element that is open. `name` has its prefix, `local` has not; `start` is its first character."""

    name: str
    local: str
    start: int
    above: "Element | None"
    text: str  # of the whole file
    attributes: dict[str, Attribute]
    role: Evidence | None
    texts: list[Token] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    items: list[Token] = field(default_factory=list)
    children: int = 0

    @property
    def path(self) -> tuple[str, ...]:
        """The names of the elements around it and its own, outermost first, with the labels that tell about keys.

        None around what feeds applications: its keys are names of variables.
        """
        above = self.above.path if self.above is not None else ()
        if self.above is None or self.local in OWN_ROOTS:
            return above
        labels = _telling(self.raw(self.first(_LABELS))) if self.attributes else ()
        own = (self.name, *labels) if labels and is_server(labels[-1]) else (*labels, self.name)
        return own if feeding(self.local) else (*above, *own)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """That it, or an element around it, feeds applications."""
        above = self.above.evidence if self.above is not None else ()
        return tuple(dict.fromkeys((*above, *feeding(self.local))))

    @property
    def kind(self) -> str:
        """Its name where it hands its value to applications, or nothing."""
        return self.local if feeding(self.local) else ""

    @property
    def naming(self) -> Attribute | None:
        """The attribute that names a property: `<property name="url">`, `<add key="DbHost">`."""
        return self.first(_NAMES)

    @property
    def valuing(self) -> Attribute | None:
        """The attribute that holds a property's value."""
        return self.first(_VALUES)

    @property
    def classing(self) -> Attribute | None:
        """The attribute that tells a class, a driver or a kind."""
        return self.first(_CLASSES)

    def first(self, names: Iterable[str]) -> Attribute | None:
        """The first attribute of these names."""
        return next((self.attributes[name] for name in names if name in self.attributes), None)

    def raw(self, place: Attribute | Token | None) -> str:
        """The characters of a place, or none."""
        return self.text[place.start : place.end] if place is not None else ""


def opened(token: Token, above: Element, text: str) -> Element:
    """The element that a tag opens."""
    local = token.name.rpartition(":")[2]
    attributes = _named(token.attributes) if token.attributes else {}
    return Element(token.name, local, token.start, above, text, attributes, region_of(local) or above.role)


def root_of(text: str) -> Element:
    """What is around the root element of a file."""
    return Element("", "", 0, None, text, {}, None)


def piece(place: Attribute) -> tuple[Token, ...]:
    """An attribute's value as the only piece of a row."""
    return (Token(Kind.ATTRIBUTE, place.start, place.end),)


def pair_of(element: Element) -> tuple[Row, Row] | None:
    """A name and a value that stand beside each other: `<param-name>`, `<param-value>`; None where there are none."""
    if len(element.rows) < 2:
        return None
    ends = [(words(row.key), row) for row in element.rows[:_NEAR]]
    for own, row in ends:
        if own and own[-1] in ("name", "key"):
            values = (other for last, other in ends if last and last[-1] == "value" and last[:-1] == own[:-1])
            if (value := next(values, None)) is not None:
                return row, value
    return None


def _telling(label: str) -> tuple[str, ...]:
    """What tells an element apart, where it names a database or another system: `<bean id="redisConfig">`."""
    name = _APART.sub(".", label).strip(".") if _LABEL.fullmatch(label) else ""
    clue = read_key("host", (name,)) if name else None
    return (name,) if clue is not None and (clue.database or clue.foreign or clue.operation) else ()


def _named(attributes: Iterable[Attribute]) -> dict[str, Attribute]:
    """The attributes by their names without prefixes: `p:url` of Spring is `url`."""
    found = {}
    for attribute in attributes:
        prefix, _, name = attribute.name.rpartition(":")
        if name not in _PREFIXES and prefix not in _PREFIXES:
            found[name] = attribute
    return found

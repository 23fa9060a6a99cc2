"""A policy's YAML as plain values, with the place of every value and every key.

Types follow the YAML 1.2 core schema as far as a policy needs them: `off` and `on` are words, `5432` is a number,
dates and dotted numbers are text. Aliases, merge keys and tags are refused, so a value stands where it is read.
It knows YAML, not what a policy holds.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from analyzer.model import Span
from analyzer.yamltree import Alias, Mapping, Node, Scalar, Sequence, YamlFault, load_documents

Route: TypeAlias = tuple[str | int, ...]

BOM = b"\xef\xbb\xbf"
MOST_VALUES = 20_000
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_PADDED = re.compile(r"[-+]?0[0-9]")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_TEXT_TAGS = ("", "!", "tag:yaml.org,2002:str")
_PLAIN = re.compile(r"[A-Za-z0-9_.:*?\[\]/-]{1,64}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a byte of the policy, and what to write instead; one line."""

    byte: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """The root value (mappings as dict, lists as list) and where values and keys start, in bytes of `data`."""

    data: bytes = field(repr=False)
    value: object
    values: dict[Route, int]
    keys: dict[Route, int]
    faults: tuple[Fault, ...]

    def fault(self, route: Route, message: str) -> Fault:
        """A fault of the value at `route`."""
        return Fault(self.values[route], message)

    def key_fault(self, route: Route, message: str) -> Fault:
        """A fault of the key at `route`."""
        return Fault(self.keys[route], message)

    def line(self, route: Route) -> Span:
        """The value at `route` as far as its first line reaches."""
        start = self.values[route]
        end = next((at for at in range(start, len(self.data)) if self.data[at] in b"\r\n"), len(self.data))
        return Span(start, start + len(self.data[start:end].rstrip()))

    def position(self, byte: int) -> tuple[int, int]:
        """Line and column of a byte."""
        return position(self.data, byte)


def position(data: bytes, byte: int) -> tuple[int, int]:
    """Line and column of a byte, 1-based, in characters; a byte order mark does not count."""
    head = data[:byte].removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    last = head.rpartition(b"\n")[2]
    return head.count(b"\n") + 1, len(last.decode("utf-8", "surrogateescape")) + 1


def quoted(value: object) -> str:
    """A value for a message: in quotes where it is plain text of a host, glob or word, else not shown at all."""
    return f"'{value}'" if isinstance(value, (str, int)) and _PLAIN.fullmatch(str(value)) else "this value"


def read_document(data: bytes) -> Document:
    """The policy's one document. Raises YamlFault where it is no YAML, or more than a person writes."""
    roots = load_documents(data)
    reading = _Reading(data)
    value = reading.value(roots[0], ()) if roots else None
    reading.values.setdefault((), 0)
    for root in roots[1:2]:
        reading.note(root.start, "a second document; a policy has one, remove the `---`")
    return Document(data, value, reading.values, reading.keys, tuple(reading.faults))


@dataclass
class _Reading:
    """One walk over the tree."""

    data: bytes
    values: dict[Route, int] = field(default_factory=dict)
    keys: dict[Route, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def note(self, byte: int, message: str) -> None:
        self.faults.append(Fault(byte, message))

    def value(self, node: Node, route: Route) -> object:
        self.values[route] = node.start
        if len(self.values) > MOST_VALUES:
            reason = f"more than {MOST_VALUES} values; write ranges, CIDRs or globs"
            raise YamlFault(reason, *position(self.data, node.start))
        match node:
            case Scalar():
                return self.scalar(node, route)
            case Sequence():
                return [self.value(item, (*route, i)) for i, item in enumerate(node.items)]
            case Mapping():
                return self.mapping(node, route)
            case Alias():
                self.note(node.start, "an alias; a policy is read without them, write the value out")
                return None

    def mapping(self, node: Mapping, route: Route) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                self.note(key.start, "a key that is no word; write `key: value`")
                continue
            name = key.value
            if name == "<<":
                self.note(key.start, "a merge key; a policy is read without them, write the keys out")
            elif name in found:
                self.note(key.start, f"the key {quoted(name)} stands twice; remove one")
            else:
                self.keys[*route, name] = key.start
                found[name] = self.value(value, (*route, name))
        return found

    def scalar(self, node: Scalar, route: Route) -> object:
        if not node.plain:
            if node.tag not in _TEXT_TAGS:
                self.note(node.start, "a tag; a policy is read without them, write the bare value")
            return node.value
        if node.literal.start == node.literal.end:
            self.values[route] = self.keys.get(route, node.start)
        if node.value in _WORDS:
            return _WORDS[node.value]
        if not _INTEGER.fullmatch(node.value):
            return node.value
        if _PADDED.match(node.value):
            self.note(node.start, "a number with a leading zero, which YAML readers take differently; write it without")
        return int(node.value)

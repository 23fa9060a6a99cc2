"""What a policy names by one entry: a block of addresses, a name, or a glob over names; and when two entries meet.

Nothing here reads text. Names are in lower case, without a trailing dot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TypeAlias

Token: TypeAlias = frozenset[str] | None  # one of these characters; None: any number of characters of a label
Label: TypeAlias = tuple[Token, ...]
Address: TypeAlias = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Block:
    """Addresses from `low` to `high`, both included, as numbers; `version` is 4 or 6."""

    version: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Addresses:
    """One address, a range, a CIDR or a glob over IPv4 addresses."""

    blocks: tuple[Block, ...]

    @property
    def single(self) -> Address | None:
        """The address, where it is only one."""
        first = self.blocks[0]
        if len(self.blocks) > 1 or first.low != first.high:
            return None
        return IPv4Address(first.low) if first.version == 4 else IPv6Address(first.low)

    def holds(self, address: Address) -> bool:
        """Whether the address is one of these."""
        number = int(address)
        return any(b.version == address.version and b.low <= number <= b.high for b in self.blocks)


@dataclass(frozen=True, slots=True)
class Names:
    """A name, or a glob over names: `*`, `?` and `[...]` stay inside one label. `name` is empty for a glob."""

    labels: tuple[Label, ...]
    name: str = ""

    @property
    def domain(self) -> str:
        """What follows the first label, where it is literal text: `corp.internal`; else empty."""
        found = [literal(label) for label in self.labels[1:]]
        return ".".join(found) if all(found) else ""

    def within(self, domain: str) -> "Names":
        """The same names, qualified by a domain."""
        return Names((*self.labels, *_spelled(domain)), f"{self.name}.{domain}" if self.name else "")


Form: TypeAlias = Addresses | Names


def names_of(name: str) -> Names:
    """The form of a literal name in lower case."""
    return Names(_spelled(name), name)


def literal(label: Label) -> str:
    """The text of a label that has only one, else empty."""
    sets = [token for token in label if token is not None and len(token) == 1]
    return "".join(next(iter(token)) for token in sets) if len(sets) == len(label) else ""


def within_domains(names: Sequence[Names]) -> Iterator[tuple[int, Names]]:
    """The short names of one cluster, qualified by each domain that its other names have; with their index."""
    domains = sorted({form.domain for form in names} - {""})
    for at, form in enumerate(names):
        if len(form.labels) == 1:
            yield from ((at, form.within(domain)) for domain in domains)


def meet(one: Form, other: Form) -> bool:
    """Whether some host is named by both."""
    if isinstance(one, Addresses):
        return isinstance(other, Addresses) and any(_touch(a, b) for a in one.blocks for b in other.blocks)
    if isinstance(other, Addresses) or len(one.labels) != len(other.labels):
        return False
    if one.name and other.name:
        return one.name == other.name
    return all(labels_meet(a, b) for a, b in zip(one.labels, other.labels, strict=True))


def labels_meet(one: Label, other: Label) -> bool:
    """Whether some text fits both labels: a walk over pairs of places, each visited once."""
    todo, seen = [(0, 0)], {(0, 0)}
    while todo:
        i, j = todo.pop()
        if (i, j) == (len(one), len(other)):
            return True
        fresh = [pair for pair in _steps(one, i, other, j) if pair not in seen]
        seen.update(fresh)
        todo += fresh
    return False


def _steps(one: Label, i: int, other: Label, j: int) -> Iterator[tuple[int, int]]:
    a, b = one[i : i + 1], other[j : j + 1]
    if a == (None,):
        yield i + 1, j
        if b:
            yield i, j + 1
    if b == (None,):
        yield i, j + 1
        if a:
            yield i + 1, j
    if a and b and a[0] is not None and b[0] is not None and a[0] & b[0]:
        yield i + 1, j + 1


def _touch(one: Block, other: Block) -> bool:
    return one.version == other.version and one.low <= other.high and other.low <= one.high


def _spelled(name: str) -> tuple[Label, ...]:
    return tuple(tuple(frozenset(c) for c in part) for part in name.split("."))

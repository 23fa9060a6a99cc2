"""Declared hosts by what they are found by: addresses, names, globs, names with and without their domain."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from analyzer.policy.forms import Address, Addresses, Form, Names, literal, meet, names_of, within_domains
from analyzer.resolve.reading import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A declared form, the number of its cluster, and what it stands for."""

    form: Form
    cluster: int
    meaning: T


def short_of(form: Names) -> str:
    """The short name by which a qualified name is known too, or empty.

    Only one that holds a digit or a hyphen: `db` or `prod` mean something else in most places.
    """
    first = literal(form.labels[0]) if len(form.labels) > 1 and form.name else ""
    return first if any(c.isdecimal() or c == "-" for c in first) else ""


class Index(Generic[T]):
    """Finds what a host stands for. The nearest meaning wins: declared, then with a domain, glob, short name."""

    def __init__(self, entries: Sequence[Entry[T]]) -> None:
        self._single: dict[Address, list[T]] = defaultdict(list)
        self._wide: list[tuple[Addresses, T]] = []
        self._names: dict[str, list[T]] = defaultdict(list)
        self._qualified: dict[str, list[T]] = defaultdict(list)
        self._short: dict[str, dict[tuple[int, str], list[T]]] = defaultdict(lambda: defaultdict(list))
        self._globs: list[tuple[Names, T]] = []
        for entry in entries:
            self._add(entry)
        for cluster in sorted({entry.cluster for entry in entries}):
            self._qualify([entry for entry in entries if entry.cluster == cluster])

    def find(self, reading: Reading) -> Sequence[T]:
        """All that the host stands for, in declared order; empty for a stranger."""
        if reading.address is not None:
            known = self._single.get(reading.address)
            return known or [meaning for form, meaning in self._wide if form.holds(reading.address)]
        known = self._names.get(reading.key) or self._qualified.get(reading.key)
        return known or self._by_glob(reading.key) or self._by_short(reading.key)

    def _add(self, entry: Entry[T]) -> None:
        form = entry.form
        if isinstance(form, Addresses):
            if form.single is not None:
                self._single[form.single].append(entry.meaning)
            else:
                self._wide.append((form, entry.meaning))
        elif form.name:
            self._names[form.name].append(entry.meaning)
            if short := short_of(form):
                self._short[short][entry.cluster, form.name].append(entry.meaning)
        else:
            self._globs.append((form, entry.meaning))

    def _qualify(self, entries: Iterable[Entry[T]]) -> None:
        named = [(entry.form, entry.meaning) for entry in entries if isinstance(entry.form, Names)]
        for at, form in within_domains([form for form, _ in named]):
            if form.name:
                self._qualified[form.name].append(named[at][1])
            else:
                self._globs.append((form, named[at][1]))

    def _by_glob(self, key: str) -> Sequence[T]:
        if not self._globs:
            return ()
        name = names_of(key)
        return [meaning for glob, meaning in self._globs if meet(glob, name)]

    def _by_short(self, key: str) -> Sequence[T]:
        """Nobody's where it could be the short name of different hosts of different clusters."""
        found = self._short.get(key, {})
        if len({name for _, name in found}) > 1 and len({cluster for cluster, _ in found}) > 1:
            return ()
        return [meaning for meanings in found.values() for meaning in meanings]

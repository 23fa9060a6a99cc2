"""Matches of the roles `key` and `object`: keys with their values become the bindings of one map or scope.

What keys and values mean is read by `bindings`; here only stands which of them belong together.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.keyed.keys import plain
from analyzer.extract.semgrep.answer import Match
from analyzer.extract.semgrep.value import Reader, Reading
from analyzer.model import FlowStep, HostRef, Slot, Span

Locate = Callable[[int, int], Slot | None]

# Bytes beyond which two variables of one file have nothing to do with each other.
_REACH = 1500
# What may stand between a key and its value, as it is shown.
_IN_MAP = ": "
_PLACEHOLDER = re.compile(r"[$#]\{([A-Za-z_][\w.-]{0,127}):")
_SETTING = re.compile(r"([A-Za-z_]\w{0,63})=")
_SEPARATORS = {":": _IN_MAP, "=": " = ", "||": " || ", "??": " ?? ", "=>": " => ", ":=": " := "}


@dataclass(frozen=True, slots=True)
class Map:
    """A map, with the name that it is bound to and that of its type."""

    span: Span
    name: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A key and what it is set to; `place` is where the key's value stands, which the literal may not."""

    key: str
    parents: tuple[str, ...]
    span: Span
    place: Span
    separator: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Group:
    """What entries of one scope have in common; `map` is the start of the innermost map, -1 outside of all."""

    map: int
    parents: tuple[str, ...]
    separator: str


def read_map(match: Match, reader: Reader) -> Map:
    """The map that a match of role `object` is."""
    names = (match.captures[name] for name in ("$KEY", "$TYPE") if name in match.captures)
    return Map(reader.span(match.span), tuple(part for name in names for part in reader.key(name)))


def read_entry(match: Match, reader: Reader) -> Entry | None:
    """The key and value that a match of role `key` is."""
    key, value = match.captures.get("$KEY"), match.captures.get("$VALUE")
    if value is None:
        return None
    if key is None:
        return _inner_entry(reader.span(value.span), reader.capture(value))
    *parents, own = reader.key(key)
    at, place = reader.span(key.span), reader.span(value.span)
    between = reader.text(Span(at.end, min(place.start, at.end + 40))).rstrip()
    sign = next((sign for sign in sorted(_SEPARATORS, key=len, reverse=True) if between.endswith(sign)), "=")
    return Entry(own, tuple(parents), at, place, _SEPARATORS[sign], reader.capture(value))


def _inner_entry(place: Span, reading: Reading) -> Entry | None:
    """The key and value that one string holds: `${db.host:10.0.0.121}`, `DB_HOST=10.0.0.121`."""
    for value in reading.values:
        if match := _PLACEHOLDER.search(value.text):
            *parents, key = match[1].split(".")
            return Entry(key, tuple(parents), place, place, _IN_MAP, reading)
        if match := _SETTING.match(value.text):
            rest = replace(value, text=value.text[match.end() :], locate=_shifted(value.locate, match.end()))
            return Entry(match[1], (), place, place, "=", replace(reading, values=(rest,)))
    return None


def _shifted(locate: Locate, by: int) -> Locate:
    return lambda start, end: locate(start + by, end + by)


def entry_references(entries: Sequence[Entry], maps: Sequence[Map]) -> Iterator[HostRef]:
    """The hosts under all keys of a file, maps and scopes read one at a time."""
    placed = sorted(_placed(entries, maps), key=lambda pair: (repr(pair[0]), pair[1].span.start))
    for group, members in groupby(placed, key=lambda pair: pair[0]):
        for scope in _scopes([entry for _, entry in members]):
            yield from _references(scope, group)


def _placed(entries: Iterable[Entry], maps: Iterable[Map]) -> Iterator[tuple[_Group, Entry]]:
    """Each entry with the maps around its key, found in one pass over the file."""
    things: list[Map | Entry] = sorted([*maps, *entries], key=lambda thing: (thing.span.start, -thing.span.end))
    around: list[Map] = []
    for thing in things:
        while around and around[-1].span.end <= thing.span.start:
            around.pop()
        if isinstance(thing, Map):
            around.append(thing)
            continue
        enclosing = [m for m in around if thing.span.end <= m.span.end and m.span.start < thing.span.start]
        innermost = next((m.span.end for m in reversed(enclosing)), -1)
        parents = tuple(name for m in enclosing for name in m.name)
        yield _Group(innermost, (*parents, *thing.parents), thing.separator), thing


def _scopes(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries cut where a key comes again, variables also where they stand far apart: two functions are two scopes."""
    scope: dict[str, Entry] = {}
    end = 0
    for entry in entries:
        far = entry.separator != _IN_MAP and entry.span.start > end + _REACH
        if scope and (entry.key in scope or far):
            yield list(scope.values())
            scope = {}
        scope[entry.key] = entry
        end = entry.span.end
    yield list(scope.values())


def _references(entries: Sequence[Entry], group: _Group) -> Iterator[HostRef]:
    bindings = [binding for entry in entries for binding in _bindings(entry)]
    moved = [entry for entry in entries if entry.reading.moved]
    for ref in references(bindings, Scope(group.parents, separator=group.separator)):
        steps = tuple(_step(entry) for entry in moved if _stands_in(ref, entry.reading))
        yield replace(ref, flow=steps) if steps else ref


def _bindings(entry: Entry) -> list[Binding]:
    reading = entry.reading
    if not reading.values:
        return [Binding(entry.key, hidden=reading.hidden)]
    return [Binding(entry.key, value, item=reading.listed) for value in reading.values]


def _stands_in(ref: HostRef, reading: Reading) -> bool:
    return any(span.start <= ref.slot.span.start and ref.slot.span.end <= span.end for span in reading.moved)


def _step(entry: Entry) -> FlowStep:
    return FlowStep(entry.place, entry.key if plain(entry.key) else "…")

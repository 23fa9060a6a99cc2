"""One section of an INI file: which of its items are keys with values, environments, commands, pools of nodes.

Knows what sections mean, not how their lines are cut.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from analyzer import hosts
from analyzer.extract.assignments import assignments
from analyzer.extract.ini import odbc, pgbouncer
from analyzer.extract.ini.dialects import COMMAND_KEYS, ENVIRONMENT_KEYS, Dialect, is_environment, of_server
from analyzer.extract.ini.interpolation import Interpolation
from analyzer.extract.ini.layout import Item, Stretch
from analyzer.extract.ini.phpsessions import session_references
from analyzer.extract.ini.services import logins_of_each, service_references
from analyzer.extract.inner.filenames import speaking
from analyzer.extract.keyed.alike import Login
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.keyed.keys import plain
from analyzer.extract.shell import references_in
from analyzer.extract.spelling.spelled import Spelled, whole
from analyzer.model import Clue, Evidence, FlowStep, HostRef, Slot, Span
from analyzer.source import SourceFile

_MOST_STEPS = 200  # uses of other values that are told for one section
_MOST_ITEMS = 500  # lines of a value that are looked at as a list
_STRING = re.compile(r"\"([^\"\\\r\n]{1,300})\"|'([^'\r\n]{1,300})'")


@dataclass(frozen=True)
class SectionReader:
    """Reads the sections of one file."""

    source: SourceFile
    dialect: Dialect
    interpolation: Interpolation

    def references(self, name: str, items: Sequence[Item]) -> Iterator[HostRef]:
        """The references of one section's items, in no particular order."""
        items = [item for item in items if item.value and not of_server(item.key)]
        pairs = [pair for item in items for pair in self._pairs(name, item, items)]
        if self.dialect.serves(name):
            return
        if pgbouncer.is_pool(name, self.interpolation.sections, self.source.path):
            yield from pgbouncer.pool_references(binding for binding, _ in pairs)
            return
        if self.dialect.services and (found := list(service_references(self.source, items, self._each))):
            yield from found
            return
        parents, place = self._parents(name, items), Evidence(Clue.PLACE, _environment(name))
        sign = ": " if items and items[0].sign == ":" else "="
        scope = Scope(parents, (place,) if is_environment(name) else (), sign)
        steps = list(islice(self._steps(pairs), _MOST_STEPS))
        for ref in references([binding for binding, _ in pairs], scope):
            at = ref.slot.span.start
            flow = dict.fromkeys(step for place, step in steps if place.start <= at < place.end)
            yield replace(ref, flow=tuple(flow)) if flow else ref
        yield from session_references([binding for binding, _ in pairs])
        yield from references([b for item in items for b in self._environment(item)], Scope(parents, (place,)))
        for item in items:
            if item.key.lower() in COMMAND_KEYS:
                yield from self._command(name, item)

    @cached_property
    def _each(self) -> frozenset[Login]:
        return logins_of_each(self.source.text, self.interpolation.sections.values())

    def _parents(self, name: str, items: Sequence[Item]) -> tuple[str, ...]:
        driver = (odbc.driver_engine(items, self.source.text),) if self.dialect.drivers else ()
        named = (name,) if name else ()
        return (*speaking(self.source.path), *self.dialect.parents_of(name), *driver, *named)

    def _pairs(self, name: str, item: Item, items: Sequence[Item]) -> Iterator[tuple[Binding, Spelled]]:
        """The keys and values of an item; a list has one for each of its values."""
        text = self.source.text
        if self._is_environment(item) or (self.dialect.drivers and odbc.is_alias(item, items, text)):
            return
        split = list(odbc.parts(item, text)) if self.dialect.drivers else []
        values = self._list(item)
        if split:
            yield from (self._pair(key, whole(self.source, *stretch)) for key, stretch in split)
        elif values:
            for stretch in values:
                yield self._pair(item.key, self.interpolation.part(stretch, name), item=True)
        else:
            yield self._pair(item.key, self.interpolation.value(item, name))

    def _pair(self, key: str, value: Spelled, *, item: bool = False) -> tuple[Binding, Spelled]:
        return Binding(key, value.value(self.source), item=item), value

    def _list(self, item: Item) -> list[Stretch]:
        """The values of a list: strings or words in brackets, or hosts on a line each."""
        text, value = self.source.text, item.value[:_MOST_ITEMS]
        if text[value[0][0]] == "[":
            return [place for stretch in value for place in _elements(text, *stretch)]
        several = len(value) > 1 and all(hosts.parse(text[start:end]) for start, end in value)
        return list(value) if several else []

    def _is_environment(self, item: Item) -> bool:
        return item.key.lower() in ENVIRONMENT_KEYS and next(self._environment(item), None) is not None

    def _environment(self, item: Item) -> Iterator[Binding]:
        """The variables that a program gets."""
        if item.key.lower() in ENVIRONMENT_KEYS:
            for start, end in item.value:
                for found in assignments(self.source.text, start, end, commas=True):
                    value = whole(self.source, found.start, found.end).value(self.source)
                    yield Binding(found.name, value)

    def _command(self, name: str, item: Item) -> Iterator[HostRef]:
        command = self.interpolation.value(item, name)

        def locate(start: int, end: int) -> Slot | None:
            place = command.origin(start, end)
            return self.source.slot(*place) if place else None

        yield from references_in(command.text, locate)

    def _steps(self, pairs: Sequence[tuple[Binding, Spelled]]) -> Iterator[tuple[Span, FlowStep]]:
        """The places of what is filled into values, and where each is used."""
        for binding, value in pairs:
            for run, use in value.uses():
                said = binding.key if plain(binding.key) else "a value"
                yield self.source.span(run.start, run.end), FlowStep(self.source.span(*use), said)


def _elements(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The strings of a line of a list; without quotes all of it but the brackets."""
    line = text[start:end]
    if '"' in line or "'" in line:
        yield from (found.span(found.lastindex or 0) for found in _STRING.finditer(text, start, end))
        return
    first, last = end - len(line.lstrip("[ \t")), start + len(line.rstrip("], \t"))
    if first < last:
        yield first, last


def _environment(section: str) -> str:
    program = section.rsplit(":", 1)[-1].strip()
    return f"environment of {program}" if plain(program) else "environment of a program"

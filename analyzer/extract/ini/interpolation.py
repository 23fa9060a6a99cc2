"""Values of INI files as configparser gives them: continued lines joined, `%(name)s` and `${section:name}` filled in.

What is filled in keeps its own place in the file: a host that stands under `host` and is used in a connection string
is found there. A reference that the file does not answer is a hole.
https://docs.python.org/3/library/configparser.html#interpolation-of-values
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from analyzer.extract.ini.layout import Item, Stretch
from analyzer.extract.spelling.spelled import Run, Spelled, spelled
from analyzer.hosts import HOLE

_DEFAULT = "DEFAULT"
_DEPTH = 10  # configparser's own limit
_MOST = 200  # runs of one value
_REFERENCE = re.compile(
    r"%%|%\((?P<name>[A-Za-z_][\w.\-]{0,127})\)s"
    r"|\$\{(?:(?P<section>[A-Za-z_][\w.\-]{0,127}):)?(?P<key>[A-Za-z_][\w.\-]{0,127})\}"
)


@dataclass(frozen=True)
class Interpolation:
    """Fills the values of one text."""

    text: str
    sections: Mapping[str, Sequence[Item]]

    def value(self, item: Item, section: str) -> Spelled:
        """The value of an item, which has one."""
        return spelled(self._filled(item.value, section, 0), item.value[0][0], item.value[-1][1])

    def part(self, stretch: Stretch, section: str) -> Spelled:
        """The same for one stretch."""
        return spelled(self._filled((stretch,), section, 0), *stretch)

    def _filled(self, value: Sequence[Stretch], section: str, depth: int) -> list[Run]:
        return list(islice(self._joined(value, section, depth), _MOST))

    def _joined(self, value: Sequence[Stretch], section: str, depth: int) -> Iterator[Run]:
        for index, (start, end) in enumerate(value):
            if index:
                yield Run("\n", value[index - 1][1], start, verbatim=False)
            yield from self._runs(start, end, section, depth)

    def _runs(self, start: int, end: int, section: str, depth: int) -> Iterator[Run]:
        at = start
        for reference in _REFERENCE.finditer(self.text, start, end):
            answer = self._answer(reference, section, depth)
            if answer is None:
                continue
            yield Run(self.text[at : reference.start()], at, reference.start())
            yield from answer
            at = reference.end()
        yield Run(self.text[at:end], at, end)

    def _answer(self, reference: re.Match[str], section: str, depth: int) -> list[Run] | None:
        """What a reference stands for; None where it is none of this file's."""
        use = reference.span()
        if reference.group() == "%%":
            return [Run("%", *use, verbatim=False)]
        home = reference["section"] or section
        found = self._item(reference["name"] or reference["key"], home)
        if found is None or depth >= _DEPTH:
            return None if reference["key"] and home not in self.sections else [Run(HOLE, *use, verbatim=False)]
        return [replace(run, use=use) for run in self._filled(found.value, home, depth + 1)]

    def _item(self, key: str, section: str) -> Item | None:
        return self._index.get((section, key.lower())) or self._index.get((_DEFAULT, key.lower()))

    @cached_property
    def _index(self) -> dict[tuple[str, str], Item]:
        return {(name, item.key.lower()): item for name, items in self.sections.items() for item in items}

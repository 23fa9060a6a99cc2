"""Connection services of libpq: the keys of a section are one keyword string, a line each.

Read as such, so that lists of hosts keep their lists of ports and what is said about the session.
https://www.postgresql.org/docs/17/libpq-pgservice.html
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from analyzer import hosts
from analyzer.extract.ini.layout import Item, Stretch
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.spelling.spelled import Run, spelled
from analyzer.model import Clue, Engine, Evidence, HostRef
from analyzer.source import SourceFile

_WHY = (Evidence(Clue.KEY, "connection service"),)
_EACH = (Evidence(Clue.OPERATION, "a connection service for each of several servers"),)
_OWN = frozenset({"", "postgres", "template1"})  # databases that belong to no application
_SEVERAL = 3
_LINE_END = re.compile(r"[ \t]*\r?\n")


def service_references(
    source: SourceFile, items: Sequence[Item], services: Iterable[Sequence[Item]]
) -> Iterator[HostRef]:
    """The servers of one service; nothing where its keys are no keyword string. `services` are all of the file."""
    lines = [_line(source.text, item) for item in items if len(item.value) == 1]
    runs: list[Run] = []
    for start, end in lines:
        if runs:
            before = runs[-1].end
            beside = _LINE_END.fullmatch(source.text, before, start) is not None
            runs.append(Run(source.text[before:start] if beside else "\n", before, start, verbatim=beside))
        runs.append(Run(source.text[start:end], start, end))
    if runs:
        value = spelled(runs, runs[0].start, runs[-1].end).value(source)
        parsed = hosts.parse(value.text, engine=Engine.POSTGRESQL)
        if parsed is not None and parsed.form == "libpq":
            why = _EACH if _one_of_each(source.text, items, services) else _WHY
            yield from host_references(parsed, value, Seen(why, "", Engine.POSTGRESQL))


def _one_of_each(text: str, items: Sequence[Item], services: Iterable[Sequence[Item]]) -> bool:
    """Whether a service is one of several that lead to the same database on each server, as a person needs them."""
    own = _read(text, items)
    alike = [other for other in (_read(text, each) for each in services) if _same(own, other)]
    servers = {other.get("host") for other in alike}
    return len(servers) >= (2 if own.get("dbname", "") in _OWN else _SEVERAL)


def _read(text: str, items: Sequence[Item]) -> dict[str, str]:
    return {item.key.lower(): text[slice(*item.value[0])] for item in items if item.value}


def _same(one: dict[str, str], other: dict[str, str]) -> bool:
    return "host" in other and all(one.get(key) == other.get(key) for key in ("port", "dbname", "user"))


def _line(text: str, item: Item) -> Stretch:
    """The characters of an item from its key on."""
    first, end = item.value[0]
    line = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    return text.index(item.key, line), end

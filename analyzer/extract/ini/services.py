"""Connection services of libpq: the keys of a section are one keyword string, a line each.

Read as such, so that lists of hosts keep their lists of ports and what is said about the session.
https://www.postgresql.org/docs/17/libpq-pgservice.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer import hosts
from analyzer.extract.ini.layout import Item, Stretch
from analyzer.extract.keyed.alike import Login, reaching_each
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.spelling.spelled import Run, spelled
from analyzer.model import Clue, Engine, Evidence, HostRef
from analyzer.source import SourceFile

_WHY = (Evidence(Clue.KEY, "connection service"),)
_EACH = (Evidence(Clue.OPERATION, "a connection service for each of several servers"),)
_LINE_END = re.compile(r"[ \t]*\r?\n")


def logins_of_each(text: str, services: Iterable[Sequence[Item]]) -> frozenset[Login]:
    """The logins with which services reach each of several servers."""
    told = (_read(text, items) for items in services)
    return reaching_each((_login(values), values.get("host", "")) for values in told)


def service_references(source: SourceFile, items: Sequence[Item], each: frozenset[Login]) -> Iterator[HostRef]:
    """The servers of one service; nothing where its keys are no keyword string. `each` is of `logins_of_each`."""
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
            why = _EACH if _login(_read(source.text, items)) in each else _WHY
            yield from host_references(parsed, value, Seen(why, "", Engine.POSTGRESQL))


def _read(text: str, items: Sequence[Item]) -> dict[str, str]:
    return {item.key.lower(): text[slice(*item.value[0])] for item in items if item.value}


def _login(values: Mapping[str, str]) -> Login:
    return Login(values.get("dbname", ""), (values.get("port", ""), values.get("user", "")))


def _line(text: str, item: Item) -> Stretch:
    """The characters of an item from its key on."""
    first, end = item.value[0]
    line = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    return text.index(item.key, line), end

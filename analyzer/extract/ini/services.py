"""Connection services of libpq: the keys of a section are one keyword string, a line each.

Read as such, so that lists of hosts keep their lists of ports and what is said about the session.
https://www.postgresql.org/docs/17/libpq-pgservice.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from analyzer import hosts
from analyzer.extract.ini.layout import Item, Stretch
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.spelling.spelled import Run, spelled
from analyzer.model import Clue, Engine, Evidence, HostRef
from analyzer.source import SourceFile

Login: TypeAlias = tuple[str, str, str]  # port, database, user
_WHY = (Evidence(Clue.KEY, "connection service"),)
_EACH = (Evidence(Clue.OPERATION, "a connection service for each of several servers"),)
_OWN = frozenset({"", "postgres", "template1"})  # databases that belong to no application
_SEVERAL = 3
_LINE_END = re.compile(r"[ \t]*\r?\n")


def servers_by_login(text: str, services: Iterable[Sequence[Item]]) -> Mapping[Login, frozenset[str]]:
    """The servers of all services that differ by their server alone: port, database and user are the same."""
    found: dict[Login, set[str]] = {}
    for values in (_read(text, items) for items in services):
        if "host" in values:
            found.setdefault(_login(values), set()).add(values["host"])
    return {login: frozenset(servers) for login, servers in found.items()}


def service_references(
    source: SourceFile, items: Sequence[Item], servers: Mapping[Login, frozenset[str]]
) -> Iterator[HostRef]:
    """The servers of one service; nothing where its keys are no keyword string. `servers` are those of all services."""
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
            login = _login(_read(source.text, items))
            why = _EACH if _one_of_each(login, servers.get(login, frozenset())) else _WHY
            yield from host_references(parsed, value, Seen(why, "", Engine.POSTGRESQL))


def _one_of_each(login: Login, servers: frozenset[str]) -> bool:
    """Whether services lead to the same database on each of several servers, as a person needs them."""
    _, database, _ = login
    return len(servers) >= (2 if database in _OWN else _SEVERAL)


def _read(text: str, items: Sequence[Item]) -> dict[str, str]:
    return {item.key.lower(): text[slice(*item.value[0])] for item in items if item.value}


def _login(values: Mapping[str, str]) -> Login:
    return values.get("port", ""), values.get("dbname", ""), values.get("user", "")


def _line(text: str, item: Item) -> Stretch:
    """The characters of an item from its key on."""
    first, end = item.value[0]
    line = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    return text.index(item.key, line), end

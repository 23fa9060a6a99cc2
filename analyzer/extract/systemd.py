"""Units of systemd and their drop-ins: the environments and command lines of services and of Podman's containers.

A line that ends with a backslash goes on with the next. The variables of a unit are known to its commands. A unit that
runs an exporter, a proxy or a member of a cluster is infrastructure as a whole.
https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract.assignments import assignments
from analyzer.extract.commandtext import CommandText
from analyzer.extract.gathering.merging import merged
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.keyed.keys import operates
from analyzer.extract.spelling.spelled import whole
from analyzer.model import Clue, Comment, Evidence, Extraction
from analyzer.source import SourceFile

_LINE = re.compile(r"[ \t]*+([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_KEY = re.compile(r"([A-Za-z]{1,64})[ \t]{0,40}=[ \t]{0,40}")
_PREFIX = re.compile(r"[@\-:+!|]*+")  # what may stand before a program
_PROGRAM = re.compile(r"[^\s\"']*?([A-Za-z0-9_.\-]{1,64})(?=[\s\"']|\Z)")
_UNIT = re.compile(r"(?:^|/)([\w.\-]{1,100}?)(?:@[^/]{0,100})?\.(?:service|container|timer|socket)(?:\.d/[^/]*)?\Z")
_ENVIRONMENTS = frozenset({"Environment", "DefaultEnvironment"})
_NAMES = """
    patroni etcd haproxy keepalived vip-manager repmgrd pg_autoctl pgautofailover postgres postgresql mysqld mysql
    mariadbd mariadb redis-server redis-sentinel redis mongod mongos consul proxysql maxscale pgpool pgpool2 cassandra
    elasticsearch clickhouse-server prometheus telegraf zabbix_agentd zabbix-agent barman pgbackrest orchestrator
    pgwatch2 pgwatch
"""
_SERVICES = frozenset(_NAMES.split())
_CLIENTS = frozenset({"mysql", "mariadb"})  # as programs these are no servers
_PLACE = "environment of a systemd unit"


@dataclass(frozen=True, slots=True)
class _Setting:
    """A key and the stretches of its value, a line each."""

    key: str
    value: tuple[tuple[int, int], ...]


def extract(source: SourceFile) -> Extraction:
    """Hosts in the environment and the commands of a unit; its nature where it runs infrastructure."""
    settings = list(_settings(source.text))
    variables = [
        found
        for setting in settings
        if setting.key in _ENVIRONMENTS
        for start, end in setting.value
        for found in assignments(source.text, start, end, commas=False)
    ]
    bindings = [Binding(each.name, whole(source, each.start, each.end).value(source)) for each in variables]
    commands = CommandText(source)
    for each in variables:
        commands.variable(each.name, (each.start, each.end))
    for setting in settings:
        if setting.key.startswith("Exec") and setting.value:
            commands.line(_behind_prefix(source.text, setting.value))
    found = [*references(bindings, Scope(evidence=(Evidence(Clue.PLACE, _PLACE),))), *commands.references()]
    return Extraction(
        refs=tuple(sorted(merged(found), key=lambda ref: ref.slot.span.start)),
        comments=tuple(_comments(source)),
        nature=_nature(source, settings),
    )


def _settings(text: str) -> Iterator[_Setting]:
    """The settings of a unit; comment lines may stand between the lines of one."""
    key, open_line = "", False
    value: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start, end = line.span(1)
        if text[start : start + 1] in {"#", ";"}:
            continue
        if not open_line:
            if key:
                yield _Setting(key, tuple(value))
            head = _KEY.match(text, start, end)
            key, value = (head[1], []) if head else ("", [])
            start = head.end() if head else end
        open_line = text.endswith("\\", start, end)
        end = start + len(text[start : end - open_line].rstrip())
        if start < end:
            value.append((start, end))
    if key:
        yield _Setting(key, tuple(value))


def _behind_prefix(text: str, value: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    (start, end), *more = value
    prefix = _PREFIX.match(text, start, end)
    return ((prefix.end() if prefix else start, end), *more)


def service_nature(name: str) -> Evidence | None:
    """Why a service of this name is infrastructure, or None."""
    return Evidence(Clue.INFRASTRUCTURE, f"service {name}") if operates(name) or name in _SERVICES else None


def _nature(source: SourceFile, settings: list[_Setting]) -> Evidence | None:
    """What the unit runs, by its name and by its main program."""
    unit = _UNIT.search(source.path)
    found = service_nature(unit[1]) if unit else None
    for setting in settings:
        if found is None and setting.key == "ExecStart" and setting.value:
            (start, end), *_ = _behind_prefix(source.text, setting.value)
            program = _PROGRAM.match(source.text, start, end)
            if program is not None and program[1] not in _CLIENTS:
                found = service_nature(program[1])
    return found


def _comments(source: SourceFile) -> Iterator[Comment]:
    for line in _LINE.finditer(source.text):
        text = line[1].rstrip()
        if text.startswith(("#", ";")) and "analyzer:" in text:
            yield Comment(source.span(line.start(1), line.start(1) + len(text)), text, own_line=True)

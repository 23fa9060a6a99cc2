"""HAProxy: each `listen` and `backend` with its servers, how it asks them, and where clients reach it.

Templates are read with their actions covered; what is filled in later is not there.
Manual: https://docs.haproxy.org/3.0/configuration.html
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.extract.keyed.keys import plain
from analyzer.extract.keyed.vocabulary import INTENTS
from analyzer.extract.keyed.words import stripped, words
from analyzer.extract.topology.addresses import read_address, read_addresses
from analyzer.extract.topology.engines import PATRONI, engine_at, engine_named
from analyzer.extract.topology.haproxy.lines import Line, lines_of
from analyzer.extract.topology.haproxy.probes import Asked, Checking, asked_by, checking
from analyzer.extract.topology.haproxy.sections import Section, proxies
from analyzer.hosts import HOLE
from analyzer.model import Bind, Engine, Intent, Probe, Roster, RosterKind, Server
from analyzer.source import SourceFile
from analyzer.templates.cover import covered

_ENGINES = {"pgsql": Engine.POSTGRESQL, "mysql": Engine.MYSQL, "redis": Engine.REDIS}
_MOST = 500  # servers of one section


@dataclass
class _Doors:
    """Where the clients of a backend come in; `chosen`: by conditions only."""

    binds: list[Bind] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    chosen: bool = False


def rosters(source: SourceFile) -> Iterator[Roster]:
    """The sections that lead to servers, in order."""
    sections = proxies(lines_of(covered(source.text)))
    doors = _doors(source, sections)
    for section in sections:
        if section.kind != "frontend":
            roster = _roster(source, section, doors.get(section.name, _Doors()))
            if roster.servers:
                yield roster


def _doors(source: SourceFile, sections: Iterable[Section]) -> dict[str, _Doors]:
    found: dict[str, _Doors] = {}
    for section in sections:
        binds = list(_binds(source, section))
        for line in section.settings():
            target = found.setdefault(line.text(1), _Doors()) if line.text(0) in _LEADS else None
            if target is not None and line.starts("use_backend") and len(line.words) > 2:
                target.chosen = True
            elif target is not None:
                target.binds += binds
                target.names.append(section.name)
    return found


_LEADS = frozenset({"default_backend", "use_backend"})


def _roster(source: SourceFile, section: Section, doors: _Doors) -> Roster:
    asked = asked_by(section.settings())
    servers, whole = _servers(source, section, asked)
    binds = (*_binds(source, section), *doors.binds)
    named = (section.name, *doors.names)
    return Roster(
        kind=RosterKind.PROXY,
        what=f"HAProxy {section.kind} {section.name}" if plain(section.name) else f"HAProxy {section.kind}",
        span=source.span(section.header.start, section.header.end),
        servers=servers,
        engine=_engine(asked, named, servers, binds),
        whole=whole,
        intent=next((i for name in named if (i := _intent(name)) is not Intent.UNKNOWN), Intent.UNKNOWN),
        binds=binds,
        probe=_probe(source, asked),
        chosen=doors.chosen and not doors.names,
    )


def _servers(source: SourceFile, section: Section, asked: Asked) -> tuple[tuple[Server, ...], bool]:
    """The servers that can be read, and whether these are all."""
    found: list[Server] = []
    default = Checking(port=asked.port)
    whole = True
    for line in section.settings():
        if line.starts("default-server"):
            default = checking(line, default)
        elif line.starts("server-template"):
            whole = False
        elif line.starts("server"):
            server = _server(source, line, checking(line, default))
            whole = whole and server is not None
            found += [server] if server is not None else []
    return tuple(found[:_MOST]), whole and len(found) <= _MOST


def _server(source: SourceFile, line: Line, checks: Checking) -> Server | None:
    if len(line.words) < 3:
        return None
    word = line.words[2]
    address = read_address(word.text)
    if address is None or not address.host or HOLE in address.host:
        return None
    verbatim = word.end - word.start == len(word.text)
    place = (word.start + address.start, word.start + address.end) if verbatim else (word.start, word.end)
    label = line.text(1) if plain(line.text(1)) else ""
    return Server(
        address.host, source.span(*place), address.port, label=label, checked=checks.checked, check_port=checks.port
    )


def _binds(source: SourceFile, section: Section) -> Iterator[Bind]:
    """The `bind` lines of a section, and the address that old files write behind its name."""
    header = section.header if section.kind != "backend" and section.header.text(2) not in {"", "from"} else None
    for line, at in ((header, 2), *((line, 1) for line in section.own if line.starts("bind"))):
        if line is None or len(line.words) <= at:
            continue
        word = line.words[at]
        for address in read_addresses(word.text):
            span = source.span(word.start + address.start, min(word.start + address.end, word.end))
            yield Bind(address.host, address.port, span)


def _probe(source: SourceFile, asked: Asked) -> Probe:
    span = source.span(asked.line.start, asked.line.end) if asked.line else None
    path = asked.path.split("?", 1)[0]
    return Probe("other" if HOLE in path else asked.asks, path, asked.wants, span)


def _engine(asked: Asked, names: Sequence[str], servers: Sequence[Server], binds: Sequence[Bind]) -> Engine | None:
    told = _ENGINES.get(asked.asks) or engine_named((*names, *(server.label for server in servers)))
    if told is None and any(server.check_port == PATRONI for server in servers):
        told = Engine.POSTGRESQL
    return told or engine_at([*(server.port for server in servers), *(bind.port for bind in binds)])


def _intent(name: str) -> Intent:
    """What a section's name says about the traffic that it takes."""
    own = [stripped(word) for word in words(name)]
    found = {INTENTS.get(word) or INTENTS.get(word.removesuffix("s")) for word in own} - {None}
    return next((intent for intent in found if intent), Intent.UNKNOWN) if len(found) == 1 else Intent.UNKNOWN

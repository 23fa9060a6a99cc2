"""Finds the port that stands beside a host under another key: `DB_HOST` and `DB_PORT`, `host` and `port`.

Keys pair by their words without the role word. The order is: the same words; the same words without write or read
(`DB_REPLICA_HOST`, `DB_PORT`); the scope's only database port of a compatible engine (`POSTGRES_SEEDS`, `DB_PORT`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from analyzer.extract.keyed.keys import KeyClue
from analyzer.extract.keyed.values import Value
from analyzer.extract.keyed.vocabulary import INTENTS
from analyzer.hosts import DEFAULT_PORTS, HOLE
from analyzer.model import Clue, Engine, Evidence, PortRef

Stem = tuple[str, ...]
# Ports that databases share with web servers and object stores say nothing alone.
_SHARED = frozenset({8123, 8443, 9000, 9440})
_ADMINISTRATION = frozenset({("login",)})  # Ansible's login_host goes with login_port or port


@dataclass(frozen=True)
class Ports:
    """The port keys of one scope, with what they say; `hosts` are the stems of its host keys, `lists` of port lists."""

    keys: tuple[tuple[KeyClue, PortRef], ...]
    hosts: frozenset[Stem]
    lists: frozenset[Stem] = frozenset()

    @cached_property
    def _by_stem(self) -> dict[Stem, PortRef]:
        # The last one counts, as in a dotenv file, but a port that can be seen more than one that cannot.
        ordered = sorted(self.keys, key=lambda pair: pair[1].value is not None)
        return {clue.stem: port for clue, port in ordered}

    @cached_property
    def _database(self) -> list[tuple[KeyClue, PortRef]]:
        return [(clue, port) for clue, port in self.keys if clue.database and not clue.operation]

    def of(self, host: KeyClue) -> PortRef | None:
        """The port that belongs to a host key, or None."""
        same = self._by_stem.get(host.stem) or self._by_stem.get(host.words)  # DB_PORT, DB_HOST_PORT
        if same is not None or host.operation:
            return same
        plain = tuple(word for word in host.stem if word not in INTENTS)
        shared = self._by_stem.get(() if plain in _ADMINISTRATION else plain)
        return shared or self._only(host)

    def several(self, host: KeyClue) -> bool:
        """Whether a list of ports stands beside a host, and none of a database: a client is told one port."""
        listed = [port.value for clue, port in self.keys if clue.stem == host.stem] if host.stem in self.lists else []
        return len(listed) > 1 and not any(engine_of_port(port) for port in listed)

    def _only(self, host: KeyClue) -> PortRef | None:
        if not host.database or len(self._database) != 1:
            return None
        clue, port = self._database[0]
        engines = {engine for engine in (host.engine, clue.engine or engine_of_port(port.value)) if engine}
        return port if len(engines) < 2 and clue.stem not in self.hosts else None


def port_of_key(key: str, value: Value | None, hidden: str) -> PortRef | None:
    """The port that a port key's value holds: the digits only, or that it cannot be seen; None where it is empty."""
    if value is None:
        return PortRef(origin=key, hidden=hidden or "another place")
    text = value.text.strip()
    if not text:
        return None
    if value.others:
        return PortRef(origin=key, hidden="one of several")
    if text.isdecimal() and text.isascii() and int(text[:6]) <= 0xFFFF:
        start = value.text.index(text)
        slot = value.locate(start, start + len(text))
        return PortRef(int(text), slot, origin=key, hidden="" if slot else "written with escapes")
    return PortRef(origin=key, hidden="a variable" if HOLE in text or "{{" in text else "not a number")


def engine_of_port(port: int | None) -> Engine | None:
    """The engine whose default port this is; MySQL stands for its family, shared ports for none."""
    return next((engine for engine in _engines(port)), None)


def port_evidence(port: PortRef | None) -> Evidence | None:
    """A database's default port as a reason."""
    value = port.value if port else None
    return Evidence(Clue.PORT, f"port {value}") if any(_engines(value)) else None


def stems(clues: Iterable[KeyClue]) -> frozenset[Stem]:
    """The stems of the host keys among `clues`."""
    return frozenset(clue.stem for clue in clues if clue.role in {"host", "hosts"})


def _engines(port: int | None) -> Iterator[Engine]:
    if port is not None and port not in _SHARED:
        yield from (engine for engine, ports in DEFAULT_PORTS.items() if port in ports)

"""Reads keys: what `DB_HOST`, `pghost`, `spring.redis.host` or `hostForMysqlClient` say about their value.

Knows words and their order only, neither values nor files.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from analyzer.extract.keyed.vocabulary import (
    CAPITALS,
    CLUSTERED,
    COLLECTIONS,
    COMPARED,
    CONNECTIVES,
    DATABASE,
    EXPORTERS,
    FINDERS,
    FOREIGN,
    INTENTS,
    INVENTORY,
    MACHINES,
    MEMBERS,
    PASSING,
    PURPOSES,
    QUALIFIERS,
    RECORDS,
    ROLES,
    SERVERS,
    TRANSPARENT,
    WATCHED,
    Role,
)
from analyzer.extract.keyed.words import stripped, words
from analyzer.model import Engine, Intent

LEVELS = 3  # how far up a parent's word still speaks about a key
_EXPORTER_KEYS = ("DATA_SOURCE_NAME", "DATA_SOURCE_URI")
_GROUPS = (("groups",), ("children",), ("inventory",))
_PLAIN = re.compile(r"[A-Za-z0-9_.-]{1,64}")


@dataclass(frozen=True, slots=True)
class KeyClue:
    """What a key says about its value.

    `database`: it, or a near parent, names a database. `operation`: a key of an exporter, or of a Sentinel, which is
    asked for the primary. `foreign`: the nearest parent that says something names another system. `stem`: its words
    without the role word, to pair it with other keys; `words`: all of them. `inventory`: it lists or counts servers
    (`PG_NODES`, `NODE1_IP`), which names no connection. `via`: the parent that holds the database word, empty where
    the key itself does. `machine`: it tells which machine has a role or a number in a cluster (`LEADER_IP`, `DB1_IP`,
    `OLD_LEADER`).
    """

    role: Role
    database: bool
    engine: Engine | None
    intent: Intent
    operation: bool
    stem: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    foreign: bool = False
    via: str = ""
    inventory: bool = False
    machine: bool = False


def plain(key: str) -> bool:
    """Whether a key is a plain identifier that may be shown: `[A-Za-z0-9_.-]{1,64}`."""
    return _PLAIN.fullmatch(key) is not None


@lru_cache(maxsize=4096)
def read_key(key: str, parents: tuple[str, ...] = ()) -> KeyClue | None:
    """What a key says, or None where it is none of a host, port, URL or DSN, or belongs to another system.

    `parents` are the keys above it, outermost first; the nearest three count (all of them for exporters).
    """
    found = _role(words(key))
    if found is None:
        found, parents = _inherited(key, parents)
    if found is None:
        return None
    own, at, role = found
    operation = operates(key, parents) or _asks_finder((*words("".join(parents[-1:])), *own))
    beside = _named([*reversed(own[:at]), *own[at + 1 :]], capitals=key.isupper())
    beside = beside if COMPARED.isdisjoint(own) else "foreign"
    if beside == "foreign" and not operation:
        return None
    via = "" if beside else _speaking_parent(parents)
    named = beside or _named(reversed(words(via)))
    engine = _engine(own, capitals=key.isupper()) or _engine_of_parents(parents)
    inventory = (engine not in CLUSTERED and _counts_servers(own, at, role)) or (role == "hosts" and _grouped(parents))
    return KeyClue(
        role=role,
        database=named == "database" and not inventory,
        engine=engine,
        intent=_intent(own, parents),
        operation=operation,
        stem=_without(own, at),
        words=own,
        foreign=named == "foreign",
        via=via,
        inventory=inventory,
        machine=_machine(own, at),
    )


def operates(key: str, parents: tuple[str, ...] = ()) -> bool:
    """Whether a key or a parent belongs to a monitoring exporter (`DATA_SOURCE_NAME`), or to the record of a change."""
    if key.startswith(_EXPORTER_KEYS) or not RECORDS.isdisjoint(parents):
        return True
    return any(word in EXPORTERS or word.endswith("exporter") for name in (key, *parents) for word in words(name))


def watches(name: str) -> bool:
    """Whether a chart, an image, a container or a program is an exporter of a known system; registry and tag are left.

    An application may be called csv-exporter.
    """
    bare = name.rsplit("/", 1)[-1].partition("@")[0].partition(":")[0]
    own = words(bare)
    known = len(own) == 1 or databaselike(bare) or not WATCHED.isdisjoint(own)
    return "=" not in name and operates(bare) and known


def engine_of(text: str) -> Engine | None:
    """The engine that a name tells: `django.db.backends.postgresql`, `org.postgresql.Driver`, `mysql2`."""
    return _engine(words(text))


def databaselike(text: str) -> bool:
    """Whether a name holds a database word."""
    return any(stripped(word) in DATABASE for word in words(text))


def _role(own: tuple[str, ...]) -> tuple[tuple[str, ...], int, Role] | None:
    """The words, the place of the role word and the role."""
    purpose = next((i for i, word in enumerate(own) if word in CONNECTIVES and i > 0), len(own))
    at = purpose - 1
    server = -1
    while at >= 0:
        word = stripped(own[at])
        if word in ROLES:
            return own, at, ROLES[word]
        if word in SERVERS and server < 0:
            server = at
        if word and word not in INTENTS and word not in QUALIFIERS:
            break
        at -= 1
    if server < 0 and len(own) > 1 and own[-1] in DATABASE and own[-2] in SERVERS:
        server = len(own) - 2  # PRIMARY_DB
    return (own, server, SERVERS[stripped(own[server])]) if server >= 0 else None


def _inherited(key: str, parents: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], int, Role] | None, tuple[str, ...]]:
    """The role that the nearest parent gives: `DB_HOST: {value: x}`, `hosts: {postgres: x}`, `es-urls: {a: x}`."""
    found = _role(words(parents[-1])) if parents else None
    if found is None:
        return None, parents
    above, at, role = found
    if key.lower() in TRANSPARENT:
        return found, parents[:-1]
    # db-postgres-01 below `hosts` is a server's name in an inventory.
    if stripped(above[at]) not in COLLECTIONS or key[-1:].isdigit():
        return None, parents
    single: Role = "host" if role == "hosts" else role
    own = (*above[:at], *words(key), above[at])
    return (own, len(own) - 1, single), parents[:-1]


def _counts_servers(own: tuple[str, ...], at: int, role: Role) -> bool:
    """`DB_NODES`, `db_server_ips`, and one of a row: `NODE1_IP`, `PG_NODE_2`."""
    if role not in {"host", "hosts"}:
        return False
    numbered = any(
        stripped(word) == "node" and (word != "node" or following.isdecimal())
        for word, following in zip(own, (*own[1:], ""), strict=True)
    )
    numbered = numbered or {"galera", "node"}.issubset(own)
    plural = role == "hosts" and any(stripped(word) in MEMBERS for word in own)
    return numbered or plural or stripped(own[at]) in INVENTORY


def _asks_finder(told: tuple[str, ...]) -> bool:
    """Whether the words of a key and its parent are a Sentinel's; SENTINEL_DB_HOST is an application's of that name."""
    databases = {DATABASE[stripped(word)] for word in told if stripped(word) in DATABASE}
    return not FINDERS.isdisjoint(told) and databases <= {Engine.REDIS}


def _machine(own: tuple[str, ...], at: int) -> bool:
    """`LEADER_IP`, `DB1_IP`, and a role that passes from one server to the next: `OLD_LEADER`, `current_primary`."""
    if stripped(own[at]) in SERVERS:
        return not PASSING.isdisjoint(own)
    told = any(stripped(word) in SERVERS or (word != stripped(word) and stripped(word) in DATABASE) for word in own)
    return stripped(own[at]) in MACHINES and told


def _grouped(parents: tuple[str, ...]) -> bool:
    """Whether the key stands in a group of servers: `groups: {cassandra: {hosts: [x]}}`."""
    return len(parents) > 1 and words(parents[-2])[-1:] in _GROUPS


def _without(own: tuple[str, ...], at: int) -> tuple[str, ...]:
    """The words without the role word, its number kept: `DB_HOST2` and `DB_PORT2` are a pair."""
    word = own[at]
    if stripped(word) in SERVERS:
        return own
    number = word[len(stripped(word)) :]
    return (*own[:at], *([number] if number else []), *own[at + 1 :])


def _named(tokens: Iterable[str], *, capitals: bool = False) -> str:
    """What the first word that tells names: "database", "foreign", or nothing. A purpose tells only alone."""
    alone = ""
    for token in tokens:
        word = stripped(token)
        if word in DATABASE or (capitals and word in CAPITALS):
            return "database"
        if word in PURPOSES:
            alone = "foreign"
        elif word in FOREIGN:
            return "foreign"
    return alone


def _speaking_parent(parents: tuple[str, ...]) -> str:
    near = reversed(parents[-LEVELS:])
    return next((parent for parent in near if _named(reversed(words(parent)))), "")


def _engine(tokens: tuple[str, ...], *, capitals: bool = False) -> Engine | None:
    for token in reversed(tokens):
        word = stripped(token)
        engine = DATABASE.get(word) or (CAPITALS.get(word) if capitals else None)
        if engine:
            return engine
    return None


def _engine_of_parents(parents: tuple[str, ...]) -> Engine | None:
    near = reversed(parents[-LEVELS:])
    return next((engine for parent in near if (engine := _engine(words(parent)))), None)


def _intent(own: tuple[str, ...], parents: tuple[str, ...]) -> Intent:
    for tokens in (own, *(words(parent) for parent in reversed(parents[-LEVELS:]))):
        found = {INTENTS[word] for token in tokens if (word := stripped(token)) in INTENTS}
        if len(found) == 1:
            return found.pop()
        if found:
            return Intent.UNKNOWN
    return Intent.UNKNOWN

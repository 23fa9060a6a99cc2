"""What the other keys of a scope say about a host key: `type: postgresql` beside `host:`, a database name and a user.

Only keys with the same remaining words count, since a dotenv file is one scope: `CACHE_DRIVER=redis` says nothing about
`APP_HOST`, `DB_CONNECTION=mysql` does about `DB_HOST`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from analyzer.extract.keyed.accounts import servant
from analyzer.extract.keyed.keys import databaselike, engine_of, plain
from analyzer.extract.keyed.vocabulary import FOREIGN
from analyzer.extract.keyed.words import words
from analyzer.model import Engine

Stem = tuple[str, ...]
_KINDS = frozenset(
    {
        "type",
        "kind",
        "engine",
        "driver",
        "dialect",
        "adapter",
        "vendor",
        "provider",
        "protocol",
        "scheme",
        "backend",
        "connection",
        "client",
        "connector",
        "platform",
        "flavor",
        "datasource",
        "dbtype",
        "dbms",
    },
)
_FILLERS = frozenset({"class", "name", "conn"})  # driverClassName, conn_type
_NAMES = ({"database"}, {"dbname"}, {"db", "name"}, {"database", "name"}, {"db"}, {"keyspace"}, {"sid"}, {"schema"})
_LOGINS = frozenset({"user", "username", "login", "password", "passwd", "pass", "pwd", "uid"})
_ACCOUNTS = frozenset({"user", "username", "login", "uid"})
_SERVANTS = FOREIGN | {"replication", "replicator", "repl", "superuser", "rewind", "admin"}  # the cluster's own users
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Sibling:
    """What another key says: `text` names it; `weak` where it names no database system."""

    text: str
    engine: Engine | None = None
    weak: bool = False


@dataclass(frozen=True)
class Siblings:
    """The telling keys of one scope by their remaining words."""

    kinds: dict[Stem, Sibling] = field(default_factory=dict)
    names: dict[Stem, str] = field(default_factory=dict)
    logins: dict[Stem, str] = field(default_factory=dict)
    servants: set[Stem] = field(default_factory=set)

    def of(self, stem: Stem) -> Sibling | None:
        """What the keys beside a host key with this stem say about it, or None."""
        kind = self.kinds.get(stem)
        if kind is None and stem in self.names and stem in self.logins:
            return Sibling(f"{self.names[stem]} and {self.logins[stem]}", weak=True)
        return kind

    def homeless(self, hosts: Iterable[Stem]) -> bool:
        """Whether a database's user, password or name stands here that none of the hosts with these stems has."""
        told = {*self.names, *self.logins}.difference(hosts)
        return any(_SERVANTS.isdisjoint(stem) for stem in told)


def read_siblings(pairs: Iterable[tuple[str, str]]) -> Siblings:
    """The telling keys among (key, text of the value)."""
    found = Siblings()
    for key, text in pairs:
        own = words(key)
        _read_kind(found, key, own, text)
        for count in (1, 2):
            if len(own) >= count and set(own[-count:]) in _NAMES:
                found.names.setdefault(own[:-count], _shown(key))
        if own and own[-1] in _LOGINS:
            found.logins.setdefault(own[:-1], _shown(key))
            if own[-1] in _ACCOUNTS and servant(text):
                found.servants.add(own[:-1])
    return found


def _read_kind(found: Siblings, key: str, own: Stem, text: str) -> None:
    rest = tuple(word for word in own if word not in _FILLERS)
    value = text.strip()
    if not rest or rest[-1] not in _KINDS or len(value) > _LONGEST or len(value.split()) != 1:
        return
    engine = engine_of(value)
    if "://" not in value and (engine or databaselike(value)):
        found.kinds.setdefault(rest[:-1], Sibling(f"{_shown(key)}: {engine}" if engine else _shown(key), engine))


def _shown(key: str) -> str:
    return key if plain(key) else "…"

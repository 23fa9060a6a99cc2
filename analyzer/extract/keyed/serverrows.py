"""Rows of server lists: a map that names a server and its address, and nothing that a client would need.

`{name: db-postgres-01, ip: 10.0.0.120, role: replica}` describes a machine; with a user, a password or a database
beside it, it is a connection.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.extract.keyed.keys import KeyClue
from analyzer.extract.keyed.vocabulary import CLUSTERED, COLUMNS, DATABASE, INVENTORY, MEMBERS, PROBED, SERVERS, TRAITS
from analyzer.extract.keyed.words import stripped, words
from analyzer.extract.nature.infrakeys import counted, server_name
from analyzer.model import Clue, Evidence

_MACHINE_NAMES = frozenset({("hostname",), ("nodename",), ("servername",), ("host",)})
_OWN_NAMES = _MACHINE_NAMES | {("address",), ("fqdn",)}
_NAMES = frozenset({("name",), ("hostname",), ("nodename",), ("servername",), ("node",), ("server",), ("label",)})
_ACCOUNTS = frozenset(("user", "username", "login", "password", "passwd", "pass", "pwd", "secret", "dsn"))
_LOGINS = _ACCOUNTS | {"database", "dbname", "db", "sid"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,62}(?:-[A-Za-z0-9]{1,62}){0,6}(?:\.[\w.\-]{1,200})?")
_LONGEST = 255
_LISTS = frozenset({"servers", "nodes", "members", "hosts", "peers", "backends"})
_LEADERS = frozenset({"leader", "follower"})  # Patroni's words; a client's servers are a primary and a replica
_ROLES = frozenset((role,) for role in SERVERS)
_HOSTS = frozenset({"host", "hosts", "ip", "ips", "node", "nodes"})
_COUNTED = "members"
_ADDRESSES = frozenset({"ip", "ipaddr", "ipaddress", "address", "addr"})
_PROBES = frozenset({"tcp", "ping", "icmp", "port", "tcp-ping", "tcp_connect", "tcp_check", "tcp-check", "socket"})
_KINDS = {**SERVERS, **dict.fromkeys(MEMBERS, "hosts")}


def server_row(pairs: Iterable[tuple[str, str]], parents: tuple[str, ...]) -> Evidence | None:
    """Why the host beside some (key, text) pairs is a server's address in a list; the key above may name it, too."""
    rows, above = [(words(key), text) for key, text in pairs], parents[-1] if parents else ""
    lasts = {own[-1]: text for own, text in reversed(rows) if own}
    # A client is told a name or an address, never both; who is told both is told which database runs there.
    addressed = not _ADDRESSES.isdisjoint(lasts)
    both = next((text for own, text in rows if addressed and _names_machine(own, text)), "")
    if not (_ACCOUNTS if both else _LOGINS).isdisjoint(lasts):
        return None
    if any(lasts[key].lower() in _PROBES for key in PROBED & lasts.keys()):
        return Evidence(Clue.INFRASTRUCTURE, "a probe of monitoring")
    if not COLUMNS.isdisjoint("_".join(own) for own, _ in rows):
        return Evidence(Clue.INFRASTRUCTURE, "row of a view about servers")
    if above.lower() in _LEADERS:
        return Evidence(Clue.INFRASTRUCTURE, "the role of a server")
    listed = addressed and above.lower() in _LISTS
    known = above if _names_server(above) or _is_own_name(above, rows) else both
    named = known or next((text for own, text in rows if _names_row(own, text, addressed=addressed, listed=listed)), "")
    return Evidence(Clue.INFRASTRUCTURE, f"row of a server list ({named})") if named else None


def _names_row(own: tuple[str, ...], text: str, *, addressed: bool, listed: bool) -> bool:
    """Whether a key names a server; `listed`: all that stand in a list of servers with an address are some."""
    key = own in _NAMES or (own == ("host",) and addressed)
    return key and _is_name(text) and (listed or is_server(text))


def _names_machine(own: tuple[str, ...], text: str) -> bool:
    return own in _MACHINE_NAMES and _is_name(text)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


def _names_server(above: str) -> bool:
    """`db-postgres-01`, `pg1.corp.internal`: no key of a setting."""
    label, dot, domain = above.partition(".")
    return (("-" in above or dot != "") and is_server(above)) or ("." in domain and counted(label) and _is_name(above))


def _is_own_name(above: str, rows: Iterable[tuple[tuple[str, ...], str]]) -> bool:
    """`pg1: {host: pg1.corp.internal}`: a host under its own name, by which it is told from others."""
    labels = {text.split(".", 1)[0].lower() for own, text in rows if own in _OWN_NAMES}
    return above.lower() in labels and len(above) <= _LONGEST and counted(above)


def describes(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether some (key, text) pairs describe a machine: its system, its rack, its role in a cluster."""
    told = [(words(key), text) for key, text in pairs if len(text) <= _LONGEST]
    return any(words(text)[-1:] in _ROLES if own == ("role",) else own[-1:] and own[-1] in TRAITS for own, text in told)


def lists_machines(key: KeyClue) -> bool:
    """Whether a list under this key may be one of machines; clients of some engines are told several hosts."""
    last = key.words[-1]
    return key.role == "hosts" and (last in INVENTORY or (last == "hosts" and key.engine not in CLUSTERED))


def role_row(key: KeyClue, text: str, *, fed: bool) -> Evidence | None:
    """Why `primary: db-postgres-01` below `postgresql` tells a server's role; an address there is a host.

    `fed`: an application gets it, which a key with a database word of its own speaks to.
    """
    if (key.via or (key.database and not fed)) and key.stem == key.words and "." not in text and is_server(text):
        return Evidence(Clue.TEXT, "the role of a server")
    return None


@dataclass(frozen=True, slots=True)
class Members:
    """Clusters whose members a scope names, by the words of their keys; `counted`: as DB_NODES and the like only."""

    listed: frozenset[tuple[str, ...]]
    counted: frozenset[tuple[str, ...]]


def clusters(keys: Iterable[str]) -> Members:
    """What keys call the clusters whose leader and followers they tell apart, by name and without a login.

    `postgresql: {leader: x, followers: [y]}` says who is a member; what a client is told has a user or a password.
    """
    told: dict[tuple[str, ...], set[str]] = {}
    for own in map(words, keys):
        stem, kind = _membership(own)
        counted = kind == "hosts" and own[-1] in MEMBERS and own[-1].endswith("s")
        told.setdefault(stem, set()).add("login" if own and own[-1] in _LOGINS else _COUNTED if counted else kind)
    single = {name: kinds for name, kinds in told.items() if "host" in kinds and "login" not in kinds}
    listed = frozenset(name for name, kinds in single.items() if "hosts" in kinds)
    return Members(listed, frozenset(name for name, kinds in single.items() if _COUNTED in kinds) - listed)


def member_row(key: KeyClue, known: Members) -> Evidence | None:
    """Why a key tells a member of one of the clusters that `clusters` found."""
    stem, kind = _membership(key.words)
    # DB_MASTER_HOST beside DB_NODES is a host; beside DB_SLAVE_HOSTS it is a member.
    told = stem in known.listed or (stem in known.counted and not (stem and key.words[-1] in _HOSTS))
    if kind and told and _bare(key.words) in SERVERS:
        return Evidence(Clue.TEXT, "a member of a cluster, by its role")
    return None


def _membership(own: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """What a key says beside the role of a server, and whether it names one or several: `primary_host`, `SLAVE1`."""
    behind = own[-1:] and own[-1] in _HOSTS and len(own) > 1 and stripped(own[-2]) in _KINDS
    role = own[-2:-1] if behind else own[-1:]
    stem = own[: -1 - len(role)] if behind else own[:-1]
    kind = _KINDS.get(stripped(role[0]), "") if role else ""
    if not stem and role and role[0] in MEMBERS and not role[0].endswith("s"):
        return stem, ""  # a variable that is called NODE, and no more
    if kind and stripped(role[0]) in MEMBERS and any(DATABASE.get(stripped(word)) in CLUSTERED for word in stem):
        kind = ""  # what a client of such an engine is told
    several = (behind and own[-1].endswith("s")) or (role and role[0] != stripped(role[0]) and not stem)
    return stem, "hosts" if kind and several else kind


def _bare(own: tuple[str, ...]) -> str:
    last = own[-2] if len(own) > 1 and own[-1] in _HOSTS and stripped(own[-2]) in _KINDS else own[-1]
    return stripped(last)


def is_server(text: str) -> bool:
    """Whether a name is that of one of several database servers: `db-postgres-01`, `db-postgres-a`."""
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None and counted(text) and server_name(text)

"""Names for clusters, engines and ports, from what several rosters tell."""

import re
from collections.abc import Iterable, Sequence

from analyzer.draft.nouns import Told
from analyzer.hosts import DEFAULT_PORTS, OPERATION_PORTS
from analyzer.model import Engine, RosterKind

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_ROLE = re.compile(
    r"(?:^|[._-])(?:write|writer|read|reader|rw|ro|w|r|primary|master|leader|replicas?|standbys?|slaves?|secondary|front|back"
    r"|frontend|backend|fe|be|listen)(?=[._-]|$)",
    re.IGNORECASE,
)
# What servers are rather than what they are for; other files may tell that.
_GENERIC = frozenset(
    {"postgres", "postgresql", "pg", "patroni", "mysql", "mariadb", "galera", "redis", "mongo", "mongodb", "db", "dbs"}
    | {"database", "databases", "server", "servers", "node", "nodes", "host", "hosts", "cluster", "all"}
)
_RANKS = {RosterKind.MEMBERS: 0, RosterKind.MEMBER: 0, RosterKind.SEEDS: 0, RosterKind.GROUP: 1, RosterKind.PROXY: 2}


def engine_of(told: Iterable[Told]) -> Engine:
    """The engine that most say; MariaDB where one says so, for others take it for MySQL."""
    said = [each.roster.engine for each in told if each.roster.engine is not None]
    if Engine.MARIADB in said:
        return Engine.MARIADB
    return max(said, key=said.count)


def name_of(told: Sequence[Told], engine: Engine, taken: Iterable[str]) -> tuple[str, str]:
    """A name that no other cluster has, and who tells it: the cluster's own, a group's, that of a proxy's section."""
    used = set(taken)
    for each in sorted(told, key=_rank):
        name = _called(each)
        if _NAME.fullmatch(name):
            return _free(name, used), each.why()
    return _free(str(engine), used), "no file names it"


def _rank(each: Told) -> tuple[bool, int]:
    rank = _RANKS.get(each.roster.kind, 3)
    return rank > 0 and _GENERIC.issuperset(re.split(r"[._-]", _called(each).lower())), rank


def _called(each: Told) -> str:
    """`orders` of a cluster's own name, of a group `orders_replicas`, of `HAProxy listen orders_write`."""
    if each.roster.kind is RosterKind.GROUP:
        return _ROLE.sub("", each.roster.name).strip("._-") or each.roster.name
    return each.roster.name or _section(each)


def ports_of(told: Iterable[Told], engine: Engine) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Database and operation ports, each empty where nothing but the engine's defaults is told."""
    servers = [server for each in told for server in each.roster.servers]
    database = _more(DEFAULT_PORTS[engine], [server.port for server in servers])
    clients = database or DEFAULT_PORTS[engine]
    asked = [server.check_port for server in servers if server.check_port not in clients]
    operation = _more([port for port in OPERATION_PORTS[engine] if port not in clients], asked)
    return database, operation


def _more(usual: Sequence[int], told: Iterable[int | None]) -> tuple[int, ...]:
    extra = sorted({port for port in told if port and port < 65536} - set(usual))
    return (*usual, *extra) if extra else ()


def _section(each: Told) -> str:
    words = each.roster.what.split(" ") if each.roster.kind is RosterKind.PROXY else []
    return _ROLE.sub("", words[2]).strip("._-") if len(words) == 3 else ""


def _free(name: str, used: set[str]) -> str:
    tries = (name if number == 1 else f"{name}-{number}" for number in range(1, len(used) + 2))
    return next(found for found in tries if found not in used)

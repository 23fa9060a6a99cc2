"""Proxies, judged: whether a section that takes writes knows which of its servers may have them.

What Patroni answers: https://patroni.readthedocs.io/en/latest/rest_api.html#health-check-endpoints. `/` is the same as
`/primary` there, `/health` and its like are answered by every node that runs.
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.checks.subject import Lineup, Remark
from analyzer.model import Engine, Intent, Probe, RosterKind, Server, Severity, Verdict

_REPLICAS = frozenset({"replica", "read-only", "read-only-sync", "read-only-quorum", "sync", "synchronous"})
_REPLICAS |= {"async", "asynchronous", "quorum"}
_EVERYONE = frozenset({"health", "liveness", "readiness", "patroni", "cluster", "metrics", "config", "history"})
_ANSWERS = "only asks whether a server answers, which every node does"
_SHUT = "`default-server inter 3s fall 3 rise 2 on-marked-down shutdown-sessions`"
_PORT = "`check port 8008` (Patroni's REST port)"
_POSTGRESQL = f"`http-check expect status 200`, {_SHUT} and {_PORT} on each `server`"
_CURES: dict[tuple[Engine, Intent], str] = {
    (Engine.POSTGRESQL, Intent.WRITE): f"write `option httpchk GET /primary`, {_POSTGRESQL}",
    (Engine.POSTGRESQL, Intent.READ): (
        f"write `option httpchk GET /replica` (`/read-only` where the primary may serve reads too), {_POSTGRESQL}"
    ),
}
_CLUSTERCHECK = "where clustercheck (or a program like it) answers 200 only for a synced, writable node"
_MYSQL = (
    f"write `option httpchk`, `http-check expect status 200` and `check port 9200` on each `server`, {_CLUSTERCHECK}"
)
_REDIS = (
    "write `option tcp-check` with `tcp-check` lines that send `info replication`, and `tcp-check expect string "
    "role:master`"
)
_ASKED_AT_9200 = f"write `check port 9200` on each `server`, {_CLUSTERCHECK}"
_ASKING: dict[Engine, str] = {
    Engine.POSTGRESQL: f"write {_PORT} on each `server`",
    Engine.MYSQL: _ASKED_AT_9200,
    Engine.MARIADB: _ASKED_AT_9200,
    Engine.REDIS: "write `check` on each `server`",
}
_HARMS: dict[tuple[Engine, Intent], str] = {
    (Engine.POSTGRESQL, Intent.WRITE): "after a failover writes reach a replica",
    (Engine.POSTGRESQL, Intent.READ): "reads reach nodes that are not ready for them",
    (Engine.REDIS, Intent.WRITE): "after a failover writes reach a replica",
}
_ENGINES = frozenset({Engine.POSTGRESQL, Engine.MYSQL, Engine.MARIADB, Engine.REDIS})
_UNFIT = "clients reach nodes that are not synced or are read-only"


def proxy_health_check(lineup: Lineup) -> Iterator[Remark]:
    """A proxy that cannot tell the primary from a replica."""
    probe, intent = lineup.roster.probe, served_by(lineup)
    if lineup.roster.kind is not RosterKind.PROXY or probe is None or intent is Intent.UNKNOWN:
        return
    if lineup.roster.chosen and lineup.roster.intent is Intent.UNKNOWN:
        return  # its conditions may tell the roles
    if lineup.cluster.engine not in _ENGINES or (len(lineup.nodes) < 2 and not lineup.doors):
        return
    if all(server.checked is None for server in _behind(lineup)):
        return
    blind = _blind(lineup, probe, intent)
    why = _unchecked(lineup) or blind or _http_port(lineup, probe)
    if not why:
        return
    said = f"{lineup.roster.what} takes {intent}s for cluster {lineup.cluster.name}, but {why}"
    see = ((probe.span, "its check"),) if probe.span is not None else ()
    verdict = Verdict(f"{said}; {_cure(lineup, intent, blind=bool(blind))}", Severity.WARNING)
    yield Remark(verdict, lineup.roster.span, intent=intent, see=see)


def served_by(lineup: Lineup) -> Intent:
    """What a section is for: by the declared endpoint on which it listens, by its name, or as the only one."""
    if lineup.doors:
        return lineup.doors[0]
    if lineup.roster.intent is Intent.UNKNOWN and lineup.alone:
        return Intent.WRITE
    return lineup.roster.intent


def _behind(lineup: Lineup) -> tuple[Server, ...]:
    """The servers that count: the nodes, or whatever stands behind the declared endpoint."""
    return lineup.nodes or lineup.strangers


def _unchecked(lineup: Lineup) -> str:
    """Why servers are taken for alive whatever happens to them, or nothing."""
    bare = [server for server in _behind(lineup) if server.checked is False]
    if bare and len(bare) == len(_behind(lineup)):
        return "none of its `server` lines says `check`: whatever happens to a node, it gets traffic"
    return f"server {bare[0].label or bare[0].host} has no `check`: it gets traffic whatever happens" if bare else ""


def _blind(lineup: Lineup, probe: Probe, intent: Intent) -> str:
    """Why a check does not tell the roles apart, or nothing where it does or may do."""
    if probe.asks == "other":
        return ""
    match lineup.cluster.engine:
        case Engine.POSTGRESQL:
            return _postgresql(lineup, probe, intent)
        case Engine.MYSQL | Engine.MARIADB:
            return "" if probe.asks == "http" else _answering(probe, Engine.MYSQL, intent)
        case Engine.REDIS:
            return _redis(probe, intent)
        case _:
            return ""


def _postgresql(lineup: Lineup, probe: Probe, intent: Intent) -> str:
    if probe.asks != "http":
        return _answering(probe, Engine.POSTGRESQL, intent)
    if probe.wants == "content":
        return ""
    path = probe.path.strip("/").lower()
    if path in _EVERYONE:
        harm = _HARMS[Engine.POSTGRESQL, intent]
        return f"its check asks for /{path}, which every node that runs answers with 200: {harm}"
    if path in _REPLICAS and intent is Intent.WRITE and lineup.doors:
        return f"its check asks for /{path}, which only replicas answer with 200: no write succeeds"
    return ""


def _redis(probe: Probe, intent: Intent) -> str:
    told = probe.asks == "http" or probe.wants == "master" or (probe.wants == "content" and intent is Intent.READ)
    return "" if told else _answering(replace(probe, wants="any"), Engine.REDIS, intent)


def _answering(probe: Probe, engine: Engine, intent: Intent) -> str:
    if probe.wants == "content":
        return ""
    option = {"pgsql": "`option pgsql-check`", "mysql": "`option mysql-check`", "redis": "`option redis-check`"}
    return f"{option.get(probe.asks, 'its check')} {_ANSWERS}: {_HARMS.get((engine, intent), _UNFIT)}"


def _http_port(lineup: Lineup, probe: Probe) -> str:
    """HTTP, asked where the database itself listens, tells nothing."""
    if probe.asks != "http" or lineup.cluster.engine is Engine.REDIS:
        return ""
    wrong = [server for server in _behind(lineup) if _on_database(server)]
    said = "its check speaks HTTP to the database's own port, for want of `check port`: no node counts as alive"
    return said if wrong else ""


def _on_database(server: Server) -> bool:
    return server.check_port is None or server.check_port == server.port


def _cure(lineup: Lineup, intent: Intent, *, blind: bool) -> str:
    """The lines to write: all of them, or those that a check lacks which asks the right thing."""
    engine = lineup.cluster.engine
    if not blind:
        return _ASKING[engine]
    return _CURES.get((engine, intent)) or (_REDIS if engine is Engine.REDIS else _MYSQL)

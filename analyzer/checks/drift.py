"""The policy, held against what the infrastructure says: nodes and endpoints that one of them lacks."""

from collections.abc import Iterator

from analyzer.checks.proxies import served_by
from analyzer.checks.subject import Lineup, Remark
from analyzer.hosts import is_address, is_host, uninteresting
from analyzer.model import Bind, Intent, RosterKind, Server, Severity, Verdict

_SHOWN = 5  # nodes of one message


def policy_drift(lineup: Lineup) -> Iterator[Remark]:
    """Servers and addresses that stand in one of the two only."""
    yield from (_stranger(lineup, server) for server in _strangers(lineup))
    if lineup.missing:
        yield _missing(lineup)
    yield from _binds(lineup)


def _strangers(lineup: Lineup) -> list[Server]:
    """Servers of the cluster that the policy lacks; a group may hold others, so most of it must be known."""
    found = [server for server in lineup.strangers if not _nowhere(server.host)]
    if lineup.roster.kind is RosterKind.GROUP and len(lineup.nodes) <= len(found):
        return []
    return found


def _stranger(lineup: Lineup, server: Server) -> Remark:
    cluster = lineup.cluster
    place = _place(lineup.policy, cluster.nodes_line)
    said = f"{lineup.roster.what} names {server.host} as a server of cluster {cluster.name}, which the policy does not"
    if is_address(server.host):
        cure = f"add it to `nodes` of {cluster.name}{place}, or take it out here"
    else:
        cure = f"add it to `nodes` of {cluster.name}{place}, to the `names` of the node that it is, or take it out here"
    return _remark(f"{said}; {cure}", lineup, server)


def _missing(lineup: Lineup) -> Remark:
    cluster = lineup.cluster
    shown = ", ".join(lineup.missing[:_SHOWN]) + (", …" if len(lineup.missing) > _SHOWN else "")
    place = _place(lineup.policy, cluster.nodes_line)
    said = f"this file does not name {shown}, which the policy declares in cluster {cluster.name}"
    cure = f"take it out of `nodes`{place}, or add it here"
    return Remark(Verdict(f"{said}; {cure}", Severity.WARNING), lineup.roster.span)


def _binds(lineup: Lineup) -> Iterator[Remark]:
    """A section that listens elsewhere than the policy says, where no other section listens there."""
    roster, cluster, intent = lineup.roster, lineup.cluster, served_by(lineup)
    named = [bind for bind in roster.binds if is_host(bind.host) and bind.port and not _nowhere(bind.host)]
    if roster.kind is not RosterKind.PROXY or not named:
        return
    bind, place = named[0], _place(lineup.policy, cluster.endpoints_line)
    where = f"{roster.what} listens on {_shown(bind)}"
    if lineup.doors and roster.intent not in {Intent.UNKNOWN, *lineup.doors}:
        said = f"{where}, which the policy declares as the {lineup.doors[0]} endpoint of cluster {cluster.name}"
        yield _remark(f"{said}; exchange the endpoints{place}, or the addresses here", lineup, bind)
    elif not lineup.doors and intent is not Intent.UNKNOWN and intent not in lineup.served:
        declared = next((e for e in cluster.endpoints if e.intent is intent), None)
        other = f"the policy says {declared.host}:{declared.port}" if declared else "the policy declares none"
        said = f"{where} for the {intent}s of cluster {cluster.name}, but {other}"
        yield _remark(f"{said}; change `endpoints.{intent}`{place} if clients connect here", lineup, bind)


def _remark(said: str, lineup: Lineup, at: Server | Bind) -> Remark:
    return Remark(Verdict(said, Severity.WARNING), at.span, at.host, lineup.roster.intent)


def _nowhere(host: str) -> bool:
    """Whether a host is no server's address for others: loopback, documentation, a placeholder."""
    return host == "localhost" or (is_address(host) and uninteresting(host) is not None)


def _shown(bind: Bind) -> str:
    return f"[{bind.host}]:{bind.port}" if ":" in bind.host else f"{bind.host}:{bind.port}"


def _place(policy: str, line: int) -> str:
    return f" ({policy}:{line})" if policy and line else ""

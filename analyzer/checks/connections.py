"""References, judged: what is wrong with a host in a connection, and where its fix leads.

A check sees one `Subject` and knows neither files nor formats.
"""

from collections.abc import Sequence
from dataclasses import replace

from analyzer.checks.subject import Subject
from analyzer.hosts import HOLE, uninteresting
from analyzer.model import Cluster, Endpoint, Engine, Intent, Match, Resolution, Severity, Use, Verdict
from analyzer.resolve import only_address
from analyzer.usage import certain

_SHOWN = 3  # nodes of which a host may be one, clusters to which it may lead


def multi_host_dsn(subject: Subject) -> Verdict | None:
    """A connection that lists several hosts of one cluster."""
    cluster = _common_cluster(subject)
    if cluster is None or not subject.leads or subject.usage.use is not Use.CONNECTS or not _collapsible(subject):
        return None
    if cluster.multi_host_dsn == "allow" or not any(m is not None and m.node for m in subject.members):
        return None  # two load balancers of an endpoint are no nodes
    hosts = ", ".join(subject.ref.group.members if subject.ref.group else ())
    endpoint, unsafe = endpoint_for(cluster, subject.usage.intent)
    said = f"the connection lists members of cluster {cluster.name} ({hosts})"
    if cluster.multi_host_dsn == "warn" or endpoint is None:
        cure = _advice(endpoint) if endpoint else f"put a load balancer before the nodes and {_declare(cluster)}"
        allow = "or write `multi_host_dsn: allow` for the cluster"
        return Verdict(f"{said} and fails over only as its driver does; {cure}, {allow}", Severity.WARNING)
    return Verdict(f"{said}; {_advice(endpoint)}", Severity.ERROR, endpoint, collapse=True, unsafe=unsafe)


def node_host(subject: Subject) -> Verdict | None:
    """A node that a client connects to."""
    resolution = subject.resolution
    if resolution is None or resolution.node is None or subject.usage.use is not Use.CONNECTS:
        return None
    if _common_cluster(subject) is not None and _collapsible(subject):
        return None
    cluster = resolution.cluster
    endpoint, unsafe = endpoint_for(cluster, subject.usage.intent)
    said = f"{subject.ref.host} is {_node_words(subject.ref.host, resolution)} of cluster {cluster.name}"
    if endpoint is None and only_address(resolution):
        return Verdict(
            f"{said}, its only address: nothing stands in for it, and there is nothing else to connect to; "
            "`analyzer audit` says what could stand before it",
            Severity.NOTE,
        )
    if endpoint is None:
        why = "which has no load balancer: a failover breaks this connection"
        return Verdict(f"{said}, {why}; put one before its nodes and {_declare(cluster)}", Severity.ERROR)
    grouped = subject.ref.group is not None and len(subject.ref.group.members) > 1
    manual = "the host stands in a list that one edit cannot collapse" if grouped else ""
    return Verdict(f"{said}; {_advice(endpoint)}", Severity.ERROR, endpoint, unsafe=unsafe, manual=manual)


def endpoint_port(subject: Subject) -> Verdict | None:
    """An endpoint's host with a port on which it does not serve this intent."""
    resolution, port = subject.resolution, subject.ref.port
    if resolution is None or not resolution.endpoints or subject.usage.use is not Use.CONNECTS:
        return None
    if port is None or port.value is None or any(e.port == port.value for e in _served(resolution, subject)):
        return None
    wanted = _served(resolution, subject)[0]
    words = f"{subject.ref.host}:{port.value} is not where cluster {resolution.cluster.name} answers"
    other = next((e for e in resolution.endpoints if e.port == port.value), None)
    if other is not None:
        words = f"{subject.ref.host}:{port.value} is the {other.intent} endpoint of cluster {resolution.cluster.name}"
    shared = any(e not in resolution.cluster.endpoints for e in resolution.endpoints)
    manual = "several clusters stand behind this host and nothing here says which engine is meant" if shared else ""
    here = replace(wanted, host=subject.ref.host) if resolution.match is Match.EXACT else wanted
    return Verdict(f"{words}; {_advice(here)}", Severity.ERROR, wanted, port_only=True, manual=manual)


def unmanaged_host(subject: Subject) -> Verdict | None:
    """A literal host in a database connection that the policy does not know."""
    if subject.resolution is not None or subject.usage.use is not Use.CONNECTS:
        return None
    if not certain(subject.ref.evidence) or uninteresting(subject.ref.host) is not None:
        return None
    connection = _connection(subject.ref.engine)
    if subject.elsewhere is not None:
        cluster = subject.elsewhere.cluster
        known = f"which the policy knows as a node of cluster {cluster.name} ({cluster.engine}) only"
        return Verdict(f"{subject.ref.host} is written into {connection}, {known}", Severity.NOTE)
    text = f"{subject.ref.host} is written into {connection} and stands in no cluster of the policy"
    return Verdict(f"{text}{_declaring(subject.fronted, subject.namesake)}", Severity.WARNING)


def _declaring(fronted: Sequence[Cluster], namesake: Resolution | None) -> str:
    """How a stranger is declared, which may be another name of a node or an endpoint."""
    if namesake is not None and namesake.node is not None:
        return f"; if it is node {namesake.node} of cluster {namesake.cluster.name}, add it to that node's `names`"
    if not fronted:
        return "; declare it there (`analyzer audit` drafts the lines) or connect elsewhere"
    shown = ", ".join(cluster.name for cluster in fronted[:_SHOWN]) + (", …" if len(fronted) > _SHOWN else "")
    return f"; if it leads to an endpoint of {shown}, add it to that endpoint's `names`, else declare its own cluster"


def _connection(engine: Engine | None) -> str:
    article = "an" if engine is not None and engine.value[0] in "aeio" else "a"
    return f"{article} {engine} connection" if engine else "a connection"


def node_mention(subject: Subject) -> Verdict | None:
    """A node in a place that shows neither a connection nor an operation."""
    resolution = subject.resolution
    if resolution is not None and resolution.possible and subject.usage.use is not Use.OPERATES:
        return Verdict(_may_be(subject.ref.host, resolution), Severity.NOTE)
    if resolution is None or resolution.node is None or subject.usage.use is not Use.MENTIONS:
        return None
    node = _node_words(subject.ref.host, resolution)
    said = f"{subject.ref.host} is {node} of cluster {resolution.cluster.name}, named here"
    return Verdict(f"{said}; nothing is to be done unless something connects by it", Severity.NOTE)


def endpoint_for(cluster: Cluster, intent: Intent) -> tuple[Endpoint | None, str]:
    """The endpoint that serves an intent, and why a person should agree first ("" where it is clear)."""
    by_intent = {e.intent: e for e in cluster.endpoints}
    if intent is Intent.READ:
        if Intent.READ in by_intent:
            return by_intent[Intent.READ], ""
        return by_intent.get(Intent.WRITE), "it reads, and the cluster declares a write endpoint only"
    return by_intent.get(Intent.WRITE), ""


def _served(resolution: Resolution, subject: Subject) -> tuple[Endpoint, ...]:
    if subject.usage.intent is Intent.UNKNOWN:
        return resolution.endpoints
    return tuple(e for e in resolution.endpoints if e.intent is subject.usage.intent) or resolution.endpoints


def _common_cluster(subject: Subject) -> Cluster | None:
    known = [m.cluster for m in subject.members if m is not None]
    if len(known) < 2 or len(known) != len(subject.members) or len({c.name for c in known}) > 1:
        return None
    return known[0]


def _collapsible(subject: Subject) -> bool:
    return subject.ref.group is not None and subject.ref.group.hosts is not None


def _node_words(host: str, resolution: Resolution) -> str:
    node = resolution.node or ""
    return "a node" if node == host else f"node {node}"


def _may_be(host: str, resolution: Resolution) -> str:
    shown = ", ".join(resolution.possible[:_SHOWN]) + (", …" if len(resolution.possible) > _SHOWN else "")
    what = f"node {shown}" if len(resolution.possible) == 1 else f"one of the nodes {shown}"
    return f"{host.replace(HOLE, '…')} may be {what} of cluster {resolution.cluster.name}: the rest is filled in"


def _declare(cluster: Cluster) -> str:
    place = f" (line {cluster.endpoints_line} of the policy)" if cluster.endpoints_line else ""
    return f"declare it in `endpoints` of {cluster.name}{place}"


def _advice(endpoint: Endpoint) -> str:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return f"connect to its {endpoint.intent} endpoint {host}:{endpoint.port}"

"""The table of checks: what is wrong with a resolved reference, in which words, and where its fix leads.

Every row carries a bad and a good example; they are tests, the text of `analyzer explain` and the README's table.
A check sees one `Subject` and knows neither files nor formats.
"""

from collections.abc import Callable
from dataclasses import dataclass

from analyzer.hosts import HOLE, uninteresting
from analyzer.model import Cluster, Endpoint, HostRef, Intent, Opaque, Resolution, Severity, Usage, Use, Verdict
from analyzer.usage import certain

_SHOWN = 3  # nodes of which a host may be one


@dataclass(frozen=True, slots=True)
class Subject:
    """One reference with all that is known of it.

    `members` resolves the hosts of its group, in order; `leads` is True for the first reference of a group.
    `port_kind` is "database", "operation" or "unknown".
    """

    ref: HostRef
    usage: Usage
    resolution: Resolution | None
    members: tuple[Resolution | None, ...] = ()
    leads: bool = True
    port_kind: str = "unknown"


@dataclass(frozen=True, slots=True)
class Example:
    """A file that shows a check: its name and text."""

    name: str
    text: str


def _silent(_asked: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Check:
    """One row: kebab-case id naming the bad thing, default severity, texts, examples, and the question itself.

    `judge` asks about a reference, `judge_opaque` about a value that cannot be seen.
    """

    id: str
    severity: Severity
    summary: str
    why: str
    fix: str
    bad: Example
    good: Example
    judge: Callable[[Subject], Verdict | None] = _silent
    judge_opaque: Callable[[Opaque], Verdict | None] = _silent


def multi_host_dsn(subject: Subject) -> Verdict | None:
    """A connection that lists several hosts of one cluster."""
    cluster = _common_cluster(subject)
    if cluster is None or not subject.leads or subject.usage.use is not Use.CONNECTS or not _collapsible(subject):
        return None
    if cluster.multi_host_dsn == "allow":
        return None
    hosts = ", ".join(subject.ref.group.members if subject.ref.group else ())
    endpoint, unsafe = endpoint_for(cluster, subject.usage.intent)
    said = f"the connection lists members of cluster {cluster.name} ({hosts})"
    if cluster.multi_host_dsn == "warn" or endpoint is None:
        return Verdict(f"{said} and fails over only as its driver does", Severity.WARNING)
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
    if endpoint is None:
        return Verdict(f"{said}, which has no load balancer: a failover breaks this connection", Severity.ERROR)
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
    return Verdict(f"{words}; {_advice(wanted)}", Severity.ERROR, wanted, port_only=True, manual=manual)


def unmanaged_host(subject: Subject) -> Verdict | None:
    """A literal host in a database connection that the policy does not know."""
    if subject.resolution is not None or subject.usage.use is not Use.CONNECTS:
        return None
    if not certain(subject.ref.evidence) or uninteresting(subject.ref.host) is not None:
        return None
    engine = f"{subject.ref.engine} " if subject.ref.engine else ""
    text = f"{subject.ref.host} is written into a {engine}connection and stands in no cluster of the policy"
    return Verdict(text, Severity.WARNING)


def node_mention(subject: Subject) -> Verdict | None:
    """A node in a place that shows neither a connection nor an operation."""
    resolution = subject.resolution
    if resolution is not None and resolution.possible and subject.usage.use is not Use.OPERATES:
        return Verdict(_may_be(subject.ref.host, resolution), Severity.NOTE)
    if resolution is None or resolution.node is None or subject.usage.use is not Use.MENTIONS:
        return None
    node = _node_words(subject.ref.host, resolution)
    return Verdict(f"{subject.ref.host} is {node} of cluster {resolution.cluster.name}, named here", Severity.NOTE)


def opaque_value(opaque: Opaque) -> Verdict:
    """A database key whose value is encrypted or kept elsewhere."""
    what = f"the host under {opaque.key}" if opaque.key else "what stands in this file"
    return Verdict(f"{what} cannot be seen here: it is {opaque.where}", Severity.NOTE)


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


def _advice(endpoint: Endpoint) -> str:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return f"connect to its {endpoint.intent} endpoint {host}:{endpoint.port}"


CHECKS: tuple[Check, ...] = (
    Check(
        id="multi-host-dsn",
        severity=Severity.ERROR,
        summary="a connection lists the nodes of a cluster",
        why="Each application then fails over by its own driver's rules, and every new node means a change in every "
        "application. The cluster's endpoint already does it once for all. A policy may say `multi_host_dsn: allow` "
        "or `warn` for clusters whose clients are meant to fail over themselves.",
        fix="the list becomes the endpoint; parameters that only make sense for a list go",
        bad=Example(
            "service.env",
            "DATABASE_URL=postgresql://app:s3cret@10.0.0.120:5432,10.0.0.121:5432/app?target_session_attrs=read-write\n",
        ),
        good=Example("service.env", "DATABASE_URL=postgresql://app:s3cret@10.0.0.10:5432/app\n"),
        judge=multi_host_dsn,
    ),
    Check(
        id="node-host",
        severity=Severity.ERROR,
        summary="an application connects to one node of a cluster",
        why="When the cluster fails over, this node becomes a replica or disappears, and the application writes into a "
        "read-only server or nowhere until somebody edits the file.",
        fix="host, and port wherever it stands, to the endpoint of the intent",
        bad=Example("service.env", "DB_HOST=10.0.0.121\nDB_PORT=5432\n"),
        good=Example("service.env", "DB_HOST=10.0.0.10\nDB_PORT=5432\n"),
        judge=node_host,
    ),
    Check(
        id="endpoint-port",
        severity=Severity.ERROR,
        summary="the endpoint's host stands with a port of a node or of the other intent",
        why="The load balancer listens for writes and reads on different ports; on any other port nobody answers, or "
        "writes reach a replica.",
        fix="the port",
        bad=Example("service.env", "DATABASE_URL=postgresql://app:s3cret@10.0.0.10:6432/app\n"),
        good=Example("service.env", "DATABASE_URL=postgresql://app:s3cret@10.0.0.10:5432/app\n"),
        judge=endpoint_port,
    ),
    Check(
        id="unmanaged-host",
        severity=Severity.WARNING,
        summary="a literal host in a database connection that the policy does not know",
        why="Either a cluster is missing from the policy, or an application depends on one server that nothing fails "
        "over. Declare it, or take the host from the environment.",
        fix="none",
        bad=Example("service.env", "DATABASE_URL=postgresql://app:s3cret@10.7.0.4:5432/app\n"),
        good=Example("service.env", "DATABASE_URL=postgresql://app:s3cret@db:5432/app\n"),
        judge=unmanaged_host,
    ),
    Check(
        id="node-mention",
        severity=Severity.NOTE,
        summary="a node is named where neither a connection nor an operation can be seen",
        why="Most such places are documents and comments. One of them may be a connection that no rule knows yet.",
        fix="none",
        bad=Example("notes.md", "The primary used to be 10.0.0.121.\n"),
        good=Example("notes.md", "The primary stands behind 10.0.0.10.\n"),
        judge=node_mention,
    ),
    Check(
        id="opaque-value",
        severity=Severity.NOTE,
        summary="a database host is encrypted here or kept in another system, where it cannot be seen",
        why="A host that nobody can read in a review is a host that nobody sees go stale: whether it names a node is "
        "known only to the one who can decrypt it. A host is no secret. Keep user and password where they are and "
        "write the host in plain text, or look where the message says that it lives.",
        fix="none",
        bad=Example(
            "orders-db.yaml",
            "apiVersion: bitnami.com/v1alpha1\n"
            "kind: SealedSecret\n"
            "metadata: {name: orders-db}\n"
            "spec:\n"
            "  encryptedData:\n"
            "    DB_HOST: AgBy3i4OJSWK\n"
            "    DB_PASSWORD: AgAKd8s2mQzX\n",
        ),
        good=Example(
            "orders-db.yaml",
            "apiVersion: bitnami.com/v1alpha1\n"
            "kind: SealedSecret\n"
            "metadata: {name: orders-db}\n"
            "spec:\n"
            "  encryptedData:\n"
            "    DB_PASSWORD: AgAKd8s2mQzX\n"
            "  template:\n"
            "    data:\n"
            "      DB_HOST: 10.0.0.10\n",
        ),
        judge_opaque=opaque_value,
    ),
)


def check_named(rule: str) -> Check | None:
    """The row with this id."""
    return next((check for check in CHECKS if check.id == rule), None)

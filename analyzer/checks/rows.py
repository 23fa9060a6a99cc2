"""The table of checks. The first one that answers about a reference judges it.

Every row carries a bad and a good example; they are tests, the text of `analyzer explain` and the README's table.
"""

from analyzer.checks.connections import endpoint_port, multi_host_dsn, node_host, node_mention, unmanaged_host
from analyzer.checks.exceptions import expired_allow, unused_suppression
from analyzer.checks.hidden import opaque_value
from analyzer.checks.row import Check, Example
from analyzer.model import Severity

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
    Check(
        id="expired-allow",
        severity=Severity.WARNING,
        summary="the last day of an exception is past",
        why="Somebody agreed to an exception until a day, and that day is over: what it excused is reported again. A "
        "comment or an `allow` entry that says otherwise misleads its reader.",
        fix="none",
        bad=Example(
            "service.env", "# analyzer: ignore[node-host] moves with DBA-12 until 2025-12-31\nDB_HOST=10.0.0.10\n"
        ),
        good=Example("service.env", "DB_HOST=10.0.0.10\n"),
        judge_exemption=expired_allow,
    ),
    Check(
        id="unused-suppression",
        severity=Severity.WARNING,
        summary="an exception excuses nothing, or cannot be read",
        why="An exception without a finding waits for the next one and hides it. One that names no rule, gives no "
        "reason or has an unreadable day looks as if it held and does not. Whether an `allow` entry is needed is told "
        "where the whole tree of the policy is scanned, of a comment where its folder is.",
        fix="none",
        bad=Example("service.env", "# analyzer: ignore[node-host] run by hand\nDB_HOST=10.0.0.10\n"),
        good=Example("service.env", "DB_HOST=10.0.0.10\n"),
        judge_exemption=unused_suppression,
    ),
)

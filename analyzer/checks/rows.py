"""The table of checks. The first one that answers about a reference judges it.

Every row carries a bad and a good example; they are tests, the text of `analyzer explain` and the README's table.
"""

from analyzer.checks.changes import policy_change
from analyzer.checks.connections import endpoint_port, multi_host_dsn, node_host, node_mention, unmanaged_host
from analyzer.checks.drift import policy_drift
from analyzer.checks.exceptions import expired_allow, unused_suppression
from analyzer.checks.hidden import opaque_value
from analyzer.checks.proxies import proxy_health_check
from analyzer.checks.row import Check, Example
from analyzer.model import Severity

# `patronictl list -f json`
_PATRONI = (
    '[{"Cluster": "orders-pg17", "Member": "db-01", "Host": "10.0.0.120", "Role": "Leader", "State": "running"},\n'
    ' {"Cluster": "orders-pg17", "Member": "db-02", "Host": "10.0.0.121", "Role": "Replica", "State": "streaming"},\n'
    ' {"Cluster": "orders-pg17", "Member": "db-03", "Host": "10.0.0.122", "Role": "Replica", "State": "streaming"}]\n'
)

_POLICY = (
    "version: 1\n"
    "clusters:\n"
    "  - name: orders-pg17\n"
    "    engine: postgresql\n"
    "    nodes: [10.0.0.120-10.0.0.122]\n"
    "    endpoints:\n"
    "      write: {host: 10.0.0.10, port: 5432}\n"
    "      read: {host: 10.0.0.10, port: 5433}\n"
)

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
        "over. Declare it, as a cluster or among the `names` of the endpoint to which it leads, or take the host from "
        "the environment.",
        fix="none",
        bad=Example("service.env", "DATABASE_URL=postgresql://app:s3cret@10.7.0.4:5432/app\n"),
        good=Example("service.env", "DATABASE_URL=postgresql://app:s3cret@db:5432/app\n"),
        judge=unmanaged_host,
    ),
    Check(
        id="proxy-health-check",
        severity=Severity.WARNING,
        summary="a proxy in front of a cluster cannot tell the primary from a replica",
        why="A check that only asks whether a port answers finds every node well. After a failover the proxy goes on "
        "sending writes to all of them, replicas included, and applications fail although the endpoint answers. "
        "Patroni tells on port 8008 which node is the primary, clustercheck does so for Galera, `INFO` for Redis.",
        fix="none",
        bad=Example(
            "haproxy.cfg",
            "listen orders_write\n"
            "    bind 10.0.0.10:5432\n"
            "    option tcp-check\n"
            "    server db-01 10.0.0.120:5432 check\n"
            "    server db-02 10.0.0.121:5432 check\n"
            "    server db-03 10.0.0.122:5432 check\n",
        ),
        good=Example(
            "haproxy.cfg",
            "listen orders_write\n"
            "    bind 10.0.0.10:5432\n"
            "    option httpchk GET /primary\n"
            "    http-check expect status 200\n"
            "    default-server inter 3s fall 3 rise 2 on-marked-down shutdown-sessions\n"
            "    server db-01 10.0.0.120:5432 check port 8008\n"
            "    server db-02 10.0.0.121:5432 check port 8008\n"
            "    server db-03 10.0.0.122:5432 check port 8008\n",
        ),
        judge_lineup=proxy_health_check,
    ),
    Check(
        id="policy-drift",
        severity=Severity.WARNING,
        summary="the infrastructure names servers or addresses of a cluster otherwise than the policy",
        why="A node that the policy lacks is one that applications may connect to unseen; an endpoint that has moved "
        "is one to which fixes would lead in vain. Proxies, Patroni, poolers and inventories are held against the "
        "policy in each scan.",
        fix="none",
        bad=Example("patroni.json", _PATRONI.replace("122", "123")),
        good=Example("patroni.json", _PATRONI),
        judge_lineup=policy_drift,
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
    Check(
        id="policy-change",
        severity=Severity.NOTE,
        summary="a change under review alters the policy by which it is judged",
        why="Whoever may change the policy may silence every finding. So a scan with `--diff` goes by the policy of "
        "the base commit and says where the change alters it; what the new policy would find besides is reported too. "
        "A policy that can no longer be read is an error.",
        fix="none",
        bad=Example("db-endpoints.yaml", _POLICY.replace("[10.0.0.120-10.0.0.122]", "[10.0.0.120-10.0.0.121]")),
        good=Example("db-endpoints.yaml", _POLICY),
        judge_change=policy_change,
    ),
)

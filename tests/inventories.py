"""Hand-made inventories: one that holds what formats find hard, and a large one."""

from analyzer.inventory import inventory_of
from analyzer.model import (
    Cluster,
    Coverage,
    Endpoint,
    Engine,
    Intent,
    Node,
    Policy,
    Position,
    Problem,
    Report,
    Severity,
    Sighting,
    Suppression,
    Use,
)
from tests.reports import finding

HOSTILE = (
    '=HYPERLINK("x")',
    "<script>alert(1)</script>",
    "@team | `x` [y](z) **b**",
    "-1\n::error::x",
    "bytes\udcff",
    "\u202egnp.exe",
)


def at(line):
    return Position(line, 3, 3, 10 * line, 3)


def sighting(path, host="10.0.0.121", line=1, **changes):
    """An application that connects to a node."""
    values = {
        "path": path,
        "start": at(line),
        "host": host,
        "port": 5432,
        "cluster": "orders-pg17",
        "node": host,
        "use": Use.CONNECTS,
        "intent": Intent.WRITE,
        "evidence": ("key: DB_HOST", "port: 5432 is a port for database clients"),
    }
    return Sighting(**{**values, **changes})


def through(path, line=1, **changes):
    """An application that connects to the endpoint."""
    return sighting(path, **{"host": "10.0.0.10", "node": None, "endpoints": (Intent.WRITE,), "line": line, **changes})


def policy(clusters=1):
    """Clusters with a range and a glob of nodes and two endpoints, and one without a load balancer."""
    made = [
        Cluster(
            "orders-pg17" if not n else f"cluster-{n}-with-a-rather-long-name",
            Engine.POSTGRESQL,
            (Node(f"10.0.{n}.120", (f"db-postgres-{n}1",)), Node(f"10.0.{n}.121-10.0.{n}.122"), Node(f"db-{n}-0[1-3]")),
            (
                Endpoint(Intent.READ, f"10.0.{n}.10", 5433),
                Endpoint(Intent.WRITE, f"10.0.{n}.10", 5432, (f"pg-{n}.corp.internal", f"10.0.{n}.11")),
            ),
            (5432,),
            (8008,),
        )
        for n in range(clusters)
    ]
    erp = Cluster("erp", Engine.MARIADB, (Node("10.9.0.20"),), (), (3306,), ())
    return Policy((*made, erp), path="db-endpoints.yaml")


def hard():
    """Every kind of entry, with names that want to be markup, formulas, commands or other lines."""
    places = [sighting(f"services/{name}/x.env", line=n + 1) for n, name in enumerate(HOSTILE)]
    places += [
        through("services/api/x.env"),
        sighting("haproxy.cfg", use=Use.OPERATES),
        sighting("x.md", use=Use.MENTIONS),
    ]
    places += [sighting("erp/x.env", "10.9.0.20", cluster="erp", port=None, intent=Intent.UNKNOWN)]
    places += [sighting("pipeline/x.env", "db-0-02", line=9), sighting("::error::x.env", use=Use.MENTIONS)]
    strange = {"rule": "unmanaged-host", "severity": Severity.WARNING, "cluster": None, "node": None, "fix": None}
    findings = (
        finding("pipeline/x.env", start=at(9), suppressed=Suppression("inline", "moved on <b>Monday</b>", 9)),
        finding("services/api/x.env", rule="endpoint-port", message="10.0.0.10:1 is not where the cluster answers"),
        *(finding(f"legacy/{n}.env", host=f"10.7.0.{n}", port=5432 + n, **strange) for n in (4, 5)),
        finding("legacy/v6.env", host="2001:470::4", port=None, **{**strange, "engine": None}),
        finding("sops.yaml", rule="opaque-value", severity=Severity.NOTE, message="it is encrypted by SOPS", fix=None),
    )
    problems = (Problem("broken.yaml", "parse", "not valid YAML", 12),)
    report = Report("0.0.0", "db-endpoints.yaml", Coverage(9, 5, 4, ()), findings, problems)
    return inventory_of(report, places, policy())


def large(clusters=12, applications=30):
    """Many clusters with many applications, half of which go straight to nodes."""
    places = [
        made(f"services/application-{a}-of-a-long-name/x.env", host, line=line, cluster=cluster.name)
        for cluster in policy(clusters).clusters[:-1]
        for a in range(applications)
        for line in range(1, 1 + a % 3)
        for made, host in [_member(cluster, a)]
    ]
    report = Report("0.0.0", "db-endpoints.yaml", Coverage(900, 400, 500, ()), (), ())
    return inventory_of(report, places, policy(clusters))


def _member(cluster, a):
    door = cluster.endpoints[1].host
    if a % 2:
        return (lambda path, _host, **more: sighting(path, cluster.nodes[0].host, **more)), door
    return (lambda path, host, **more: through(path, host=host, **more)), door

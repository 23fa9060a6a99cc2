"""One hand-made report that holds what formats find hard."""

from analyzer.model import (
    Compared,
    Coverage,
    Edit,
    Engine,
    Finding,
    Fix,
    Intent,
    Position,
    Problem,
    Related,
    Report,
    Safety,
    Severity,
    Span,
    Suppression,
    Use,
)


def finding(path="k8s/a b/ünï#1.yaml", **changes):
    """A node in a DSN, with a two-edit fix."""
    start, end = Position(7, 12, 13, 70, 15), Position(7, 22, 23, 80, 25)
    port_start, port_end = Position(8, 10, 10, 92, 10), Position(8, 14, 14, 96, 14)
    values = {
        "rule": "node-host",
        "severity": Severity.ERROR,
        "path": path,
        "span": Span(73, 83),
        "start": start,
        "end": end,
        "host": "10.0.0.121",
        "port": 5432,
        "cluster": "orders-pg17",
        "node": "10.0.0.121",
        "engine": Engine.POSTGRESQL,
        "use": Use.CONNECTS,
        "intent": Intent.WRITE,
        "message": "10.0.0.121 is a node of cluster orders-pg17; connect to its write endpoint 10.0.0.10:5000",
        "shape": "DB_HOST=«10.0.0.121»",
        "evidence": ("key: DB_HOST", "port: 5432 is a port for database clients"),
        "fingerprint": "0123456789abcdef0123456789abcdef",
        "line_hash": "977ff62f243a9aef:1",
        "fix": Fix(
            "replace 10.0.0.121 by the write endpoint 10.0.0.10:5000",
            Safety.SAFE,
            (
                Edit(Span(73, 83), b"10.0.0.121", b"10.0.0.10", start, end),
                Edit(Span(95, 99), b"5432", b"5000", port_start, port_end),
            ),
            suggestion=Edit(
                Span(73, 99), b'10.0.0.121",\nDB_PORT: 5432', b'10.0.0.10",\nDB_PORT: 5000', start, port_end
            ),
        ),
    }
    return Finding(**{**values, **changes})


def report():
    """Findings of every severity, a flow, a suppression, an unpublishable fix, hostile names, problems."""
    sealed = Fix(
        "replace 10.0.0.120 by the write endpoint 10.0.0.10:5432",
        Safety.SAFE,
        (Edit(Span(4, 40), b"c2VjcmV0OnMzY3JldEAxMC4wLjAuMTIw", b"c2VjcmV0OnMzY3JldEAxMC4wLjAuMTA="),),
        publishable=False,
    )
    manual = Fix("replace db by 10.0.0.10:5432", Safety.MANUAL, reason="the host is written with escapes")
    return Report(
        version="0.0.0",
        policy="db-endpoints.yaml",
        coverage=Coverage(9, 5, 2, (("binary", 1), ("symbolic link", 1))),
        findings=(
            finding(),
            finding("odd\n::error::name.py", fix=manual, related=(Related(20, 5, "psycopg2.connect(host=)"),)),
            finding("secret.yaml", fix=sealed, host="10.0.0.120", line_hash="1:2"),
            finding(
                "bytes\udcff.env",
                rule="unmanaged-host",
                severity=Severity.WARNING,
                host="10.7.0.4",
                cluster=None,
                node=None,
                fix=None,
                port=None,
            ),
            finding("notes.md", rule="node-mention", severity=Severity.NOTE, use=Use.MENTIONS, fix=None),
            finding("ops/x.sh", suppressed=Suppression("inline", "run by hand [ticket](1)", 3)),
            finding("ops/y.sh", suppressed=Suppression("policy", "administration", 21, "sre", "2027-03-31")),
            finding("ops/z.sh", suppressed=Suppression("policy", "administration", 25)),
            finding("old.env", suppressed=Suppression("baseline", "known when the baseline was written")),
            finding(
                "x.env",
                rule="unused-suppression",
                severity=Severity.WARNING,
                host="",
                port=None,
                cluster=None,
                node=None,
                engine=None,
                use=Use.MENTIONS,
                intent=Intent.UNKNOWN,
                message="this exception does not hold: it gives no reason; write why behind the bracket",
                shape="analyzer: ignore[node-host]",
                evidence=(),
                fix=None,
            ),
        ),
        problems=(
            Problem("broken.yaml", "parse", "not valid YAML", 12),
            Problem("latin.env", "decode", "not valid UTF-8; read byte by byte", 1, incomplete=False),
        ),
        baseline=Compared(".analyzer-baseline", 3),
    )

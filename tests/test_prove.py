"""The proof refuses what breaks a promise; rewrites that hold pass."""

from datetime import date

import pytest

from analyzer.engine import Limits, Rewrite, prove
from analyzer.engine.judging import Bench
from analyzer.model import Cluster, Edit, Endpoint, Engine, Intent, Node, Policy, Span
from analyzer.resolve import Resolver
from analyzer.rewrite import apply
from analyzer.source import SourceFile

CLUSTER = Cluster(
    "orders",
    Engine.POSTGRESQL,
    (Node("10.0.0.120-10.0.0.122"),),
    (Endpoint(Intent.WRITE, "10.0.0.10", 5432),),
    (5432,),
    (8008,),
)
POLICY = Policy((CLUSTER,))
BENCH = Bench(POLICY, Resolver(POLICY), date(2026, 1, 1))


def proved(name, data, *replacements):
    edits = []
    for old, new in replacements:
        start = data.index(old)
        edits.append(Edit(Span(start, start + len(old)), old, new))
    rewrite = Rewrite(SourceFile(name, data), apply(data, edits), tuple(edits), ())
    kept, problems = prove([rewrite], BENCH, Limits(workers=1, timeout=30))
    assert len(kept) + len(problems) == 1
    return problems[0].message if problems else "holds"


HOST = (b"10.0.0.121", b"10.0.0.10")


@pytest.mark.parametrize(
    ("name", "data", "replacements", "verdict"),
    [
        ("a.env", b"DB_HOST=10.0.0.121\n", [HOST], "holds"),
        ("a.yaml", b"db:\n  host: 10.0.0.121\n  port: 5432\n", [HOST], "holds"),
        ("a.yaml", b"db: {host: 10.0.0.121, port: 5432}\n", [(b"10.0.0.121", b"[")], "parse as before"),
        ("a.env", b"DB_HOST=10.0.0.121\n", [(b"10.0.0.121", b"10.0.0.1")], "read as the endpoint"),
        ("a.env", b"DB_HOST=10.0.0.121\nMYSQL_HOST=10.0.0.7\n", [HOST, (b"MYSQL_HOST", b"MYSQL")], "read differently"),
        ("a.env", b"DB_HOST=10.0.0.121\nPG_HOST=10.0.0.122\n", [HOST], "second fix"),
        ("a.env", b"DB_HOST=10.0.0.121\n", [(b"DB_HOST=10.0.0.121", b"# nothing")], "read as the endpoint"),
    ],
)
def test_what_holds_and_what_does_not(name, data, replacements, verdict):
    assert verdict in proved(name, data, *replacements)

"""Hosts of which a template writes a part: told where the missing digits may make them a node, and nowhere else."""

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.cli import main
from analyzer.hosts import HOLE
from analyzer.model import Cluster, Endpoint, Engine, Intent, Node, Policy
from analyzer.resolve import Resolver

quick = settings(derandomize=True, max_examples=200, deadline=None)
CLUSTER = Cluster(
    "orders",
    Engine.POSTGRESQL,
    (
        Node("10.0.0.120", ("db-postgres-01", "db-postgres-01.corp.internal")),
        Node("10.0.0.121-10.0.0.122"),
        Node("172.16.0.0/16"),
        Node("es-[0-9][0-9].corp.internal"),
        Node("primary"),
    ),
    (Endpoint(Intent.WRITE, "10.0.0.10", 5432), Endpoint(Intent.READ, "lb-1.corp.internal", 5432)),
    (5432,),
    (22, 9100),
)
RESOLVER = Resolver(Policy((CLUSTER,)))
HOLES = [
    "{{ $i }}",
    '{{ index .x "a" }}',
    "{{ n }}",
    "${I}",
    "${I:-1}",
    "$I",
    "$i",
    "$(I)",
    "%d",
    "%02d",
    "%s",
    "{i}",
    "{0}",
    "{i:02d}",
    "{1..3}",
    "{0,1,2}",
    "<%= i %>",
    "#{i}",
]


def partials(text: str) -> list[tuple[str, str]]:
    data = text.encode()
    return [(data[span.start : span.end].decode(), host) for span, host in RESOLVER.partials(data)]


@pytest.mark.parametrize("hole", HOLES)
@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("10.0.0.12", ""),
        ("10.0.0.", ""),
        ("172.16.3.", ""),
        ("db-postgres-0", ""),
        ("db-postgres-0", ".corp.internal"),
        ("DB-Postgres-", ".corp.internal"),
        ("es-0", ".corp.internal"),
    ],
)
def test_what_may_be_a_node(hole, head, tail):
    if tail and hole in {"$I", "$i"}:
        hole = "${i}"
    written = head + hole + tail
    for around in ("%s", "h: %s\n", "'%s:5432'", "@%s/db", "the node %s.", "(%s)"):
        assert partials(around.replace("%s", written)) == [(written, f"{head}{HOLE}{tail}".lower())]
    assert any(re.search(needle, written.encode(), re.IGNORECASE) for needle in RESOLVER.needles())


@pytest.mark.parametrize(
    "text",
    [
        "10.0.1.12{{ i }}",
        "10.0.0.13{{ i }}",
        "10.0.{{ i }}.120",
        "10.{{ i }}",
        "{{ i }}.0.0.120",
        "110.0.0.12{{ i }}",
        "1.10.0.0.12{{ i }}",
        "x10.0.0.12{{ i }}",
        "10.0.0.12{{ i }}5.1",
        "10.0.0.12{{ i }}.corp.internal",
        "10.0.0.12{{ i }}{{ j }}",
        "999.0.0.12{{ i }}",
        "db-{{ name }}",
        "db-postgres-0{{ i }}-metrics",
        "db-postgres-0{{ i }}.other.internal",
        "my-db-postgres-0{{ i }}",
        "lb-{{ i }}.corp.internal",
        "primar{{ y }}",
        "es-{{ i }}",
        "10.0.0.12 {{ i }}",
        "10.0.0.12",
        "10.0.0.120",
        "10.0.0.12{{ unclosed",
        "100% done",
        "",
    ],
)
def test_what_may_be_none(text):
    assert partials(text) == []


def test_the_answer_names_the_nodes_that_may_be_meant():
    found = RESOLVER.resolve(f"10.0.0.12{HOLE}")
    assert found is not None
    assert (found.node, found.endpoints, found.possible) == (None, (), ("10.0.0.120", "10.0.0.121", "10.0.0.122"))
    named = RESOLVER.resolve(f"db-postgres-{HOLE}.corp.internal")
    assert named is not None
    assert named.possible == ("10.0.0.120",)
    assert RESOLVER.resolve(f"a{HOLE}b{HOLE}") is None


@quick
@given(st.text(alphabet="10.2db-postgres{}$%<=#i \n", max_size=60))
def test_any_text_is_searched(text):
    for written, host in partials(text):
        assert HOLE in host
        assert written.lower().startswith(host.partition(HOLE)[0])


@pytest.mark.parametrize(
    "attack",
    [
        "10.0.0.12{{" * 20_000,
        "10." * 50_000,
        "a-" * 50_000 + "{{ i }}",
        "${" * 50_000,
        "10.0.0.12%" * 20_000,
        "{" * 100_000,
    ],
)
def test_the_search_is_linear(attack):
    start = time.process_time()
    list(RESOLVER.partials(attack.encode()))
    assert time.process_time() - start < 2


POLICY = """\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122]
    endpoints: {write: {host: 10.0.0.10, port: 5432}}
"""


@pytest.fixture
def scan(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(text, policy=POLICY):
        (tmp_path / "db-endpoints.yaml").write_text(policy)
        (tmp_path / "app.yaml").write_text(text)
        main(["scan", "--format", "json"])
        return json.loads(capsys.readouterr().out)["findings"]

    return run


def test_it_is_a_note_without_a_fix(scan, tmp_path):
    (finding,) = scan("db_host: 10.0.0.12{{ $i }}\n")
    assert (finding["rule"], finding["severity"], finding["fix"]) == ("node-mention", "note", None)
    assert finding["host"] == "10.0.0.12…"
    assert (finding["column"], finding["end_column"]) == (10, 27)
    assert "may be one of the nodes 10.0.0.120, 10.0.0.121, 10.0.0.122 of cluster orders-pg17" in finding["message"]
    assert main(["fix", "--unsafe"]) == 0
    assert (tmp_path / "app.yaml").read_text() == "db_host: 10.0.0.12{{ $i }}\n"


def test_one_node_and_many_are_told_as_such(scan):
    (one,) = scan("a: 10.0.0.12${N}\n", POLICY.replace("10.0.0.120-10.0.0.122", "10.0.0.121"))
    assert "may be node 10.0.0.121 of cluster" in one["message"]
    (many,) = scan("a: 10.0.0.12${N}\n", POLICY.replace("10.0.0.120-10.0.0.122", "10.0.0.120-10.0.0.127"))
    assert "10.0.0.120, 10.0.0.121, 10.0.0.122, … of cluster" in many["message"]


@pytest.mark.parametrize(
    "text", ["target: 10.0.0.12{{ $i }}:9100\n", "- targets: ['10.0.0.12{{ i }}:9187']\n", "a: 10.0.9.12{{ $i }}\n"]
)
def test_monitoring_and_strangers_are_silent(scan, text):
    assert scan(text) == []


def test_without_a_policy_nothing_is_said(scan):
    assert scan("db_host: 10.0.0.12{{ $i }}\n", "version: 1\nclusters: []\n") == []

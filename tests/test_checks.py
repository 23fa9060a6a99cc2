"""The examples of the table of checks are tests: bad is found and fixed to good, good is silent."""

import json

import pytest

from analyzer.checks import CHECKS
from analyzer.checks.row import Example
from analyzer.cli import main
from tests.repositories import git, repository, write

POLICY = """\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122]
    endpoints:
      write: {host: 10.0.0.10, port: 5432}
      read: {host: 10.0.0.10, port: 5433}
"""


@pytest.fixture
def scan(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(repository(tmp_path), "db-endpoints.yaml", text=POLICY)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=policy")

    def run(example):
        (tmp_path / example.name).write_text(example.text)
        since = ["--diff", "HEAD"] if example.name == "db-endpoints.yaml" else []
        main(["scan", "--format", "json", *since])
        return json.loads(capsys.readouterr().out)["findings"]

    return run


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_the_bad_example_is_found(check, scan):
    found = scan(check.bad)
    assert {f["rule"] for f in found} == {check.id}
    assert {f["severity"] for f in found} == {check.severity}
    # What is wrong, and behind it what to do.
    assert all(len(f["message"].replace(": ", "; ").split("; ")) > 1 for f in found)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_the_good_example_is_silent(check, scan):
    assert scan(check.good) == []


@pytest.mark.parametrize("check", [c for c in CHECKS if c.fix != "none"], ids=lambda c: c.id)
def test_the_fix_turns_bad_into_good(check, scan, tmp_path, capsys):
    scan(check.bad)
    assert main(["fix"]) == 0
    assert (tmp_path / check.good.name).read_text() == check.good.text
    capsys.readouterr()


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_every_rule_is_explained(check, capsys):
    assert main(["explain", check.id]) == 0
    page = capsys.readouterr().out
    assert check.why in page
    assert check.bad.text.strip().split("\n")[0] in page


def test_ids_are_kebab_case_and_unique():
    ids = [c.id for c in CHECKS]
    assert len(set(ids)) == len(ids)
    assert all(part.isalpha() for i in ids for part in i.split("-"))


SINGLE = """\
version: 1
clusters:
  - {name: erp, engine: mariadb, nodes: [10.0.0.20], endpoints: {}}
  - {name: old, engine: mariadb, nodes: [10.0.0.30-10.0.0.31], endpoints: {}}
"""


@pytest.mark.parametrize(
    ("text", "severity", "cure"),
    [
        ("MYSQL_HOST=10.0.0.20\n", "note", "; `analyzer audit` says what could stand before it"),
        ("MYSQL_HOST=10.0.0.30\n", "error", "; put one before its nodes and declare it in `endpoints` of old (line 4"),
    ],
)
def test_a_cluster_without_an_endpoint(text, severity, cure, scan, tmp_path):
    (tmp_path / "db-endpoints.yaml").write_text(SINGLE)
    (found,) = scan(Example("service.env", text))
    assert (found["rule"], found["severity"]) == ("node-host", severity)
    assert cure in found["message"]


@pytest.mark.parametrize(("host", "severity"), [("10.0.0.120", "note"), ("10.7.0.4", "warning")])
def test_another_engine_on_a_node(host, severity, scan):
    (found,) = scan(Example("service.env", f"ELASTICSEARCH_URL=http://{host}:9200\n"))
    assert (found["rule"], found["severity"]) == ("unmanaged-host", severity)


NAMED = POLICY.replace("port: 5432", "port: 5432, names: [pg.corp.internal, lb-2.corp.internal]")
DSN = "DATABASE_URL=postgresql://app:s3cret@{}/app\n"


@pytest.mark.parametrize(
    ("hosts", "said"),
    [
        ("pg.corp.internal:5432", None),
        ("pg.corp.internal:5432,lb-2.corp.internal:5432", None),
        ("pg.corp.internal:5000", "connect to its write endpoint pg.corp.internal:5432"),
        ("10.0.0.121:5432", "connect to its write endpoint 10.0.0.10:5432"),
        ("pg.corp.internal:5432,10.0.0.121:5432", "connect to its write endpoint 10.0.0.10:5432"),
    ],
)
def test_names_of_an_endpoint(hosts, said, scan, tmp_path):
    (tmp_path / "db-endpoints.yaml").write_text(NAMED)
    found = scan(Example("service.env", DSN.format(hosts)))
    assert [said in f["message"] for f in found] == ([] if said is None else [True])


NAMES_IT = "add it to that endpoint's `names`, else declare its own cluster"
MORE = "  - {{name: {}, engine: {}, nodes: [10.{}.0.1], endpoints: {{write: {{host: lb-{}, port: 1}}}}}}\n"


def test_a_stranger_with_a_nodes_first_label_may_be_that_node(scan, tmp_path):
    (tmp_path / "db-endpoints.yaml").write_text(POLICY.replace("10.0.0.120-10.0.0.122", '"db-pg-0[1-3]"'))
    (found,) = scan(Example("service.env", DSN.format("db-pg-02.corp.internal")))
    assert found["rule"] == "unmanaged-host"
    assert found["message"].endswith("; if it is node db-pg-02 of cluster orders-pg17, add it to that node's `names`")


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        (DSN.format("10.7.0.4"), "", f"; if it leads to an endpoint of orders-pg17, {NAMES_IT}"),
        ("DB_HOST=10.7.0.4\n", "mariadb", f"; if it leads to an endpoint of orders-pg17, b1, {NAMES_IT}"),
        (DSN.format("10.7.0.4"), "mariadb", f"; if it leads to an endpoint of orders-pg17, {NAMES_IT}"),
        (
            DSN.format("10.7.0.4"),
            "postgresql postgresql postgresql",
            f"; if it leads to an endpoint of orders-pg17, b1, b2, …, {NAMES_IT}",
        ),
        ("MYSQL_HOST=10.7.0.4\n", "", "; declare it there (`analyzer audit` drafts the lines) or connect elsewhere"),
    ],
)
def test_a_stranger_is_told_how_to_be_declared(text, more, said, scan, tmp_path):
    others = "".join(MORE.format(f"b{n}", engine, n, n) for n, engine in enumerate(more.split(), 1))
    (tmp_path / "db-endpoints.yaml").write_text(POLICY + others)
    (found,) = scan(Example("service.env", text))
    assert (found["rule"], found["message"].endswith(said)) == ("unmanaged-host", True)

"""Exceptions end to end: those that have ended or are not needed, in comments and in policies, where and when told."""

import json
from datetime import date

import pytest

from analyzer.engine import Limits, Request, scan
from analyzer.policy import load
from tests.program import run
from tests.test_cli import POLICY

ALLOW = """\
allow:
  - paths: ["ops/**"]
    hosts: [10.0.0.120-10.0.0.122]
    reason: administration, run by hand
    owner: sre
    expires: 2127-03-31
  - paths: ["gone/**"]
    hosts: [10.0.0.120]
    reason: nobody knows
"""
LAST, AFTER = date(2127, 3, 31), date(2127, 4, 1)


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "db-endpoints.yaml").write_text(POLICY + ALLOW)
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops/a.env").write_text("DB_HOST=10.0.0.121\n")
    (tmp_path / "b.env").write_text("DB_HOST=10.0.0.121 # analyzer: ignore[node-host] by hand until 2127-03-31\n")
    return tmp_path


def scanned(tree, *paths, today=LAST, policy=None, exclude=()):
    """The open findings as path, line, column, rule."""
    where = policy or tree / "db-endpoints.yaml"
    limits = Limits(workers=1)
    asked = Request(tree, paths or (".",), load(where), today, exclude=exclude, limits=limits)
    return [(f.path, f.start.line, f.start.column, f.rule) for f in scan(asked).report.findings if f.suppressed is None]


UNUSED = ("db-endpoints.yaml", 13, 5, "unused-suppression")
ENDED = ("db-endpoints.yaml", 8, 5, "expired-allow")


def test_an_entry_that_nothing_needs_is_told_at_its_place(tree):
    assert scanned(tree) == [UNUSED]


def test_what_has_ended_is_told_beside_the_finding_that_comes_back(tree):
    assert scanned(tree, today=AFTER) == [
        ("b.env", 1, 9, "node-host"),
        ("b.env", 1, 20, "expired-allow"),
        ENDED,
        UNUSED,
        ("ops/a.env", 1, 9, "node-host"),
    ]


@pytest.mark.parametrize(
    ("paths", "told"),
    [(("ops",), [ENDED]), (("ops/a.env",), [ENDED]), (("b.env",), []), ((".", "ops"), [ENDED, UNUSED])],
)
def test_a_scan_of_a_part_tells_of_the_entries_that_it_met(tree, paths, told):
    found = scanned(tree, *paths, today=AFTER)
    assert [f for f in found if f[0] == "db-endpoints.yaml"] == told


def test_a_scan_that_leaves_something_out_cannot_know(tree):
    assert scanned(tree, exclude=("gone/**",)) == []
    (tree / "broken.yaml").write_text("db_host: [10.0.0.10\nx: [\n")
    assert scanned(tree) == []


def test_a_policy_that_stands_elsewhere_serves_others_too(tree):
    (tree / "common").mkdir()
    elsewhere = tree / "common/db-endpoints.yaml"
    (tree / "db-endpoints.yaml").rename(elsewhere)
    assert scanned(tree, policy=elsewhere) == []
    assert scanned(tree / "ops", policy=elsewhere, today=AFTER)[-1][-1] == "node-host"


def test_the_policy_of_the_github_folder_belongs_to_the_tree(tree):
    (tree / ".github").mkdir()
    moved = tree / ".github/db-endpoints.yaml"
    (tree / "db-endpoints.yaml").rename(moved)
    assert scanned(tree, policy=moved) == [(".github/db-endpoints.yaml", *UNUSED[1:])]


@pytest.mark.parametrize("paths", [("c.env",), ("b.env", "c.env")])
def test_a_file_that_is_scanned_without_its_folder_has_no_unneeded_comments(tree, paths):
    (tree / "c.env").write_text("# analyzer: ignore[node-host] by hand\n# analyzer: ignore[node-host]\nX=1\n")
    assert scanned(tree, *paths) == [("c.env", 2, 1, "unused-suppression")]
    assert scanned(tree)[:2] == [("c.env", 1, 1, "unused-suppression"), ("c.env", 2, 1, "unused-suppression")]


def test_without_clusters_only_what_cannot_be_read_is_told(tree):
    (tree / "db-endpoints.yaml").unlink()
    (tree / "c.env").write_text("A=1 # analyzer: ignore[node-host] by hand\nB=1 # analyzer: ignore[node-host]\n")
    found = json.loads(run(tree, "scan", "--format", "json").out)["findings"]
    assert [(f["path"], f["line"], f["rule"]) for f in found if f["host"] == ""] == [("c.env", 2, "unused-suppression")]


@pytest.mark.parametrize(("rule", "left"), [("unused-suppression", [ENDED]), ("expired-allow", [UNUSED])])
def test_the_policy_can_switch_them_off(tree, rule, left):
    (tree / "db-endpoints.yaml").write_text(POLICY + ALLOW + f"severity: {{{rule}: off}}\n")
    assert [f for f in scanned(tree, today=AFTER) if f[0] == "db-endpoints.yaml"] == left


def test_a_rule_that_is_switched_off_leaves_its_comments_alone(tree):
    (tree / "db-endpoints.yaml").write_text(POLICY + "severity: {node-host: off}\n")
    assert scanned(tree) == []


def test_exceptions_in_tests_are_told_one_severity_lower(tree):
    (tree / "tests").mkdir()
    (tree / "tests/c.env").write_text("X=1 # analyzer: ignore[node-host] by hand\n")
    found = json.loads(run(tree, "scan", "--format", "json").out)["findings"]
    assert [f["severity"] for f in found if f["path"] == "tests/c.env"] == ["note"]


def test_json_shows_every_exception_and_text_counts_them(tree):
    run(tree, "scan", "--write-baseline")
    (tree / "b.env").write_text("DB_HOST=10.0.0.121 # analyzer: ignore[node-host] by hand\n")
    (tree / "c.env").write_text("DB_HOST=10.0.0.122\n")
    run(tree, "scan", "c.env", "--write-baseline")
    found = json.loads(run(tree, "scan", "--format", "json", "--baseline", ".analyzer-baseline").out)["findings"]
    said = {f["path"]: f["suppressed"] for f in found if f["rule"] == "node-host"}
    entry = {"kind": "policy", "reason": "administration, run by hand", "line": 8, "owner": "sre"}
    assert said["ops/a.env"] == {**entry, "expires": "2127-03-31"}
    assert said["b.env"] == {"kind": "inline", "reason": "by hand", "line": 1}
    assert said["c.env"]["kind"] == "baseline"
    text = run(tree, "scan", "--baseline", ".analyzer-baseline").out.decode()
    assert "4 findings suppressed: 1 inline, 1 by policy, 2 in the baseline." in text
    sarif = json.loads(run(tree, "scan", "--format", "sarif", "--baseline", ".analyzer-baseline").out)
    assert sarif["runs"][0]["results"] == []


def test_a_reason_reaches_reports_and_nothing_else_of_its_line(tree):
    (tree / "c.env").write_text("DATABASE_URL=postgresql://a:made-up@10.0.0.10/a # analyzer: ignore[made_up] x\n")
    for form in ("text", "json", "sarif"):
        assert b"made" not in run(tree, "scan", "c.env", "--format", form).out


def test_files_without_findings_of_their_own_have_comments_too(tree):
    (tree / "haproxy.cfg").write_text(
        "listen a\n  bind :5432\n  # analyzer: ignore[node-host] by hand\n  server a 10.0.0.121:5432 check\n"
    )
    (tree / "x.lua").write_text("-- analyzer: ignore[node-host]\n")
    told = [place for place in scanned(tree) if place[-1] == "unused-suppression"]
    assert told == [
        UNUSED,
        ("haproxy.cfg", 3, 3, "unused-suppression"),
        ("x.lua", 1, 1, "unused-suppression"),
    ]

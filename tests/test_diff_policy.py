"""The policy under `--diff`: the base's judges, a change of it is told, and what the new one finds besides."""

import pytest

from tests.program import run
from tests.repositories import git
from tests.test_cli import POLICY
from tests.test_diff import NODE, commit, new, scan, tree

__all__ = ["tree"]
FOUR = POLICY.replace("122]", "123]")


def test_a_policy_that_looks_away_changes_no_judgement(tree):
    """A node that the change takes out of the policy and connects to."""
    (tree / "db-endpoints.yaml").write_text(POLICY.replace("10.0.0.120-10.0.0.122", "10.0.0.120, 10.0.0.122"))
    (tree / "b.env").write_text(NODE)
    assert new(tree) == [("b.env", 1, "node-host"), ("db-endpoints.yaml", 5, "policy-change")]
    ran = run(tree, "scan", "--diff", "HEAD", "--fail-on", "error")
    assert ran.code == 1


def test_a_change_of_the_policy_is_a_note(tree):
    (tree / "db-endpoints.yaml").write_text(POLICY + "# more to come\n")
    ran = run(tree, "scan", "--diff", "HEAD")
    assert ran.code == 0
    assert b"db-endpoints.yaml:7:1: note policy-change: the policy is changed here" in ran.out


def test_a_node_that_the_change_declares_makes_old_lines_findings(tree):
    (tree / "b.env").write_text("DB_HOST=10.0.0.123\n")
    commit(tree)
    (tree / "db-endpoints.yaml").write_text(FOUR)
    assert new(tree) == [("b.env", 1, "node-host"), ("db-endpoints.yaml", 5, "policy-change")]
    assert scan(tree)["findings"][0]["evidence"][-1].startswith("policy: ")
    assert scan(tree)["diff"]["older"] == 11  # it was an unmanaged host


def test_a_policy_of_the_change_does_not_excuse(tree):
    allow = "allow:\n  - {paths: ['*'], hosts: [10.0.0.120-10.0.0.122], reason: mine}\nexclude: ['*.env']\n"
    (tree / "db-endpoints.yaml").write_text(POLICY + allow)
    (tree / "b.env").write_text(NODE)
    found = scan(tree)["findings"]
    assert next((f["path"], f["rule"], f["suppressed"]) for f in found) == ("b.env", "node-host", None)


def test_an_exception_that_the_policy_no_longer_makes(tree):
    allow = "allow:\n  - {paths: ['*'], hosts: [10.0.0.120-10.0.0.122], reason: for now}\n"
    (tree / "db-endpoints.yaml").write_text(POLICY + allow)
    base = commit(tree)
    (tree / "db-endpoints.yaml").write_text(POLICY)
    rules = [rule for _, _, rule in new(tree, "--diff", base)]
    assert rules == ["policy-change", *["node-host"] * 10]


def test_a_broken_policy_is_an_error_of_the_change(tree):
    (tree / "db-endpoints.yaml").write_text("version: 1\nclusters: [oops]\n")
    (tree / "b.env").write_text(NODE)
    found = scan(tree)["findings"]
    assert [(f["rule"], f["severity"]) for f in found] == [("node-host", "error"), ("policy-change", "error")]
    assert "db-endpoints.yaml:2:" in found[1]["message"]


def test_a_policy_that_goes(tree):
    (tree / "db-endpoints.yaml").unlink()
    (tree / "b.env").write_text(NODE)
    assert new(tree) == [("b.env", 1, "node-host"), ("db-endpoints.yaml", 1, "policy-change")]


def test_a_policy_that_moves_is_not_scanned(tree):
    (tree / ".github").mkdir()
    git(tree, "mv", "db-endpoints.yaml", ".github/db-endpoints.yaml")
    assert new(tree) == []
    (tree / ".github/db-endpoints.yaml").write_text(POLICY + "# here\n")
    assert new(tree) == [(".github/db-endpoints.yaml", 7, "policy-change")]


def test_a_first_policy(tree):
    git(tree, "rm", "--quiet", "db-endpoints.yaml")
    base = commit(tree)
    (tree / "db-endpoints.yaml").write_text(POLICY)
    found = scan(tree, "--diff", base)  # nobody tracks the policy, so it judges both trees
    assert (found["findings"], found["diff"]["older"]) == ([], 10)
    commit(tree)
    rules = [rule for _, _, rule in new(tree, "--diff", base)]
    assert rules == ["policy-change", *["node-host"] * 10]


def test_a_policy_from_outside_is_taken_as_it_is(tree, tmp_path):
    (tmp_path / "of-the-company.yaml").write_text(FOUR)
    (tree / "db-endpoints.yaml").write_text("version: 1\n")
    (tree / "b.env").write_text("DB_HOST=10.0.0.123\n")
    found = new(tree, "--policy", "../of-the-company.yaml", "--diff", "HEAD")
    assert ("b.env", 1, "node-host") in found
    assert "policy-change" not in {rule for _, _, rule in found}


@pytest.mark.parametrize("change", ["edit", "remove"])
def test_a_policy_that_is_named_is_read_from_the_base(tree, change):
    (tree / "ops.yaml").write_text(FOUR)
    commit(tree)
    if change == "edit":
        (tree / "ops.yaml").write_text(POLICY)
    else:
        (tree / "ops.yaml").unlink()
    (tree / "b.env").write_text("DB_HOST=10.0.0.123\n")
    found = new(tree, "--policy", "ops.yaml", "--diff", "HEAD")
    assert ("b.env", 1, "node-host") in found
    assert "ops.yaml" in {path for path, _, rule in found if rule == "policy-change"}

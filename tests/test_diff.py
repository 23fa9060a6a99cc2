"""`scan --diff`: one finding for what a change adds, none for what it moves; who judges a change of the policy."""

import json

import pytest

from tests.program import run
from tests.repositories import git
from tests.test_cli import POLICY

NODE = "DB_HOST=10.0.0.121\n"
CI = ("GITHUB_ACTIONS", "GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITLAB_CI")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A repository with a policy and ten old findings in one file."""
    for name in CI:
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "shop"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    (root / "db-endpoints.yaml").write_text(POLICY)
    (root / "old.env").write_text("".join(f"APP{n}_DB_HOST=10.0.0.121\n" for n in range(10)))
    commit(root)
    return root


def commit(root, message="work"):
    git(root, "add", "--all")
    git(root, "commit", "--quiet", f"--message={message}")
    return git(root, "rev-parse", "HEAD").decode().strip()


def scan(root, *arguments):
    ran = run(root, "scan", "--format", "json", *(arguments or ("--diff", "HEAD")))
    assert ran.code in {0, 1}, ran.err
    return json.loads(ran.out)


def new(root, *arguments):
    """Path, line and rule of what is new."""
    return [(f["path"], f["line"], f["rule"]) for f in scan(root, *arguments)["findings"]]


def test_a_node_beside_ten_old_ones_is_the_only_finding(tree):
    base = git(tree, "rev-parse", "HEAD").decode().strip()
    text = (tree / "old.env").read_text()
    (tree / "old.env").write_text("# more\n" + text + "NEW_DB_HOST=10.0.0.122\n")
    commit(tree)
    ran = run(tree, "scan", "--diff", base)
    assert ran.code == 1
    assert ran.out.count(b"node-host") == 1
    assert b"old.env:12:13: error node-host" in ran.out
    assert f"Compared with {base[:12]}: 10 older findings not shown.".encode() in ran.out
    found = scan(tree, "--diff", base)
    assert found["diff"] == {"base": base, "older": 10}
    assert found["summary"]["error"] == 1


@pytest.mark.parametrize("at", [0, 4, 10])
def test_of_ten_alike_the_one_on_the_new_line_is_new(tree, at):
    lines = [f"# {n}\n{NODE}" for n in range(10)]
    (tree / "alike.env").write_text("".join(lines))
    base = commit(tree)
    (tree / "alike.env").write_text("".join([*lines[:at], NODE, *lines[at:]]))
    assert new(tree, "--diff", base) == [("alike.env", 2 * at + 1, "node-host")]


def test_a_fix_since_the_base_leaves_what_is_older(tree):
    text = (tree / "old.env").read_text()
    (tree / "old.env").write_text(text + "NEW_DB_HOST=10.0.0.122\n")
    ran = run(tree, "fix", "--since", "HEAD")
    assert ran.code == 0, ran.err
    assert (tree / "old.env").read_text() == text + "NEW_DB_HOST=10.0.0.10\n"
    assert run(tree, "fix", "--since", "HEAD", "--check").code == 0


def test_what_only_moves_is_old(tree):
    lines = (tree / "old.env").read_text().splitlines(keepends=True)
    (tree / "old.env").write_text("# a\n\n" + "".join(reversed(lines)))
    assert new(tree) == []
    assert run(tree, "scan", "--diff", "HEAD").code == 0


def test_a_renamed_file_is_old_and_what_it_gained_is_new(tree):
    (tree / "deploy").mkdir()
    git(tree, "mv", "old.env", "deploy/überall ☃.env")
    assert new(tree) == []
    path = tree / "deploy/überall ☃.env"
    path.write_text(path.read_text() + NODE)
    assert new(tree) == [("deploy/überall ☃.env", 11, "node-host")]
    commit(tree)
    assert new(tree, "--diff", "HEAD~1") == [("deploy/überall ☃.env", 11, "node-host")]


def test_an_untracked_file_is_new_and_an_ignored_one_is_no_part_of_the_change(tree):
    (tree / ".gitignore").write_text(".env\n")
    (tree / ".env").write_text(NODE)
    (tree / "b.env").write_text(NODE)
    assert new(tree) == [("b.env", 1, "node-host")]


def test_a_deleted_file_is_nothing_and_gives_nothing_away(tree):
    (tree / "old.env").unlink()
    (tree / "b.env").write_text("APP0_DB_HOST=10.0.0.121\n")
    assert new(tree) == [("b.env", 1, "node-host")]
    assert scan(tree)["diff"]["older"] == 0


def test_an_exception_that_goes_makes_the_finding_new(tree):
    (tree / "a.env").write_text(f"# analyzer: ignore[node-host] asks each node\n{NODE}")
    base = commit(tree)
    (tree / "a.env").write_text(NODE)
    assert new(tree, "--diff", base) == [("a.env", 1, "node-host")]


def test_a_baseline_and_a_base_together(tree):
    assert run(tree, "scan", "--write-baseline").code == 0
    (tree / "b.env").write_text(NODE)
    found = scan(tree, "--diff", "HEAD", "--baseline", ".analyzer-baseline")
    assert [f["path"] for f in found["findings"]] == ["b.env"]
    assert found["tool"]["baseline"]["gone"] == 0
    assert run(tree, "scan", "--write-baseline", "--diff").code == 2


def test_only_a_part_of_the_tree(tree):
    (tree / "a").mkdir()
    (tree / "a/x.env").write_text(NODE)
    (tree / "b.env").write_text(NODE)
    assert new(tree, "a", "--diff", "HEAD") == [("a/x.env", 1, "node-host")]
    assert new(tree / "a", "--policy", "../db-endpoints.yaml", "--diff", "HEAD") == [("x.env", 1, "node-host")]

"""Trees under `--diff`: values that flow, files that are read together, hostile repositories."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.engine.aligning import kept_lines
from tests.program import run
from tests.repositories import git, write
from tests.test_diff import NODE, commit, new, scan, tree
from tests.test_discover_git import armed_config

__all__ = ["tree"]
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: shop
          env:
            - name: %s
              value: {{ .Values.target | quote }}
"""


def chart(tree, key):
    (tree / "chart/templates").mkdir(parents=True, exist_ok=True)
    write(tree / "chart", "Chart.yaml", text="apiVersion: v2\nname: shop\nversion: 1.0.0\n")
    write(tree / "chart", "values.yaml", text="target: 10.0.0.121\n")
    write(tree / "chart/templates", "deployment.yaml", text=DEPLOYMENT % key)


def test_a_template_makes_an_old_value_a_finding(tree):
    chart(tree, "SSH_JUMP_TARGET")
    base = commit(tree)
    chart(tree, "DATABASE_HOST")
    assert ("chart/values.yaml", 1, "node-host") in new(tree, "--diff", base)
    assert new(tree, "--diff", base)[1:] == []


def test_a_chart_that_moves_is_old(tree):
    chart(tree, "DATABASE_HOST")
    base = commit(tree)
    git(tree, "mv", "chart", "deploy")
    assert new(tree, "--diff", base) == []


def test_a_call_makes_an_old_constant_of_another_file_a_finding(tree):
    write(tree, "config.py", text='LEADER = "10.0.0.121"\n')
    write(tree, "app.py", text="import os\n")
    base = commit(tree)
    write(tree, "app.py", text="import psycopg2\nfrom config import LEADER\n\npsycopg2.connect(host=LEADER)\n")
    assert ("config.py", 1, "node-host") in new(tree, "--diff", base)


def test_a_port_makes_an_old_host_a_finding(tree):
    write(tree, "a.env", text="REPORT_DB_HOST=10.0.0.121\nREPORT_DB_PORT=9187\n")
    base = commit(tree)
    write(tree, "a.env", text="REPORT_DB_HOST=10.0.0.121\nREPORT_DB_PORT=5432\n")
    assert [line for line, rule in ((f[1], f[2]) for f in new(tree, "--diff", base)) if rule == "node-host"] == [1]


def test_nothing_that_a_repository_names_is_run(tree, tmp_path):
    canary = tmp_path / "canary"
    with (tree / ".git/config").open("a") as file:
        file.write(armed_config(canary))
    write(tree, ".gitattributes", text="* filter=armed diff=armed\n")
    write(tree, "b.env", text=NODE)
    os.utime(tree / "old.env", (0, 0))
    assert new(tree, "--diff", "HEAD") == [("b.env", 1, "node-host")]
    assert not canary.exists()


def test_odd_names_links_and_submodules(tree):
    (tree / "link.env").symlink_to("old.env")
    git(tree, "init", "--quiet", "inner")
    write(tree / "inner", "x.env", text=NODE)
    commit(tree / "inner")
    git(tree, "add", "link.env")
    git(tree, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},gone")
    base = commit(tree)
    odd = [b"a\nb.env", b"caf\xe9.env", b"-x.env", "é ☃.env".encode()]
    for name in odd:
        (tree / os.fsdecode(name)).write_text(NODE)
    found = {path for path, _, _ in new(tree, "--diff", base)}
    assert found == {"a\nb.env", "caf\\xe9.env", "-x.env", "é ☃.env"}
    commit(tree)
    assert new(tree, "--diff", "HEAD") == []


def test_a_link_that_becomes_a_file_is_new(tree):
    (tree / "b.env").symlink_to("old.env")
    base = commit(tree)
    (tree / "b.env").unlink()
    write(tree, "b.env", text=NODE)
    assert new(tree, "--diff", base) == [("b.env", 1, "node-host")]


def test_line_ends_and_modes_change_nothing(tree):
    text = (tree / "old.env").read_bytes()
    (tree / "old.env").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    (tree / "old.env").chmod(0o755)
    assert new(tree) == []


def test_what_git_lfs_keeps_is_old_where_it_did_not_change(tree):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n"
    write(tree, "a.env", "b.env", text=pointer)
    base = commit(tree)
    write(tree, "a.env", text=NODE)  # as the smudge filter leaves it
    assert new(tree, "--diff", base) == []
    write(tree, "b.env", text=NODE)
    git(tree, "add", "b.env")
    assert new(tree, "--diff", base) == [("b.env", 1, "node-host")]
    assert "counts as new" in scan(tree, "--diff", base)["problems"][0]["message"]


def test_a_clone_without_the_blobs_of_the_base_is_refused(tree, tmp_path):
    write(tree, "old.env", text="# other\n")
    commit(tree)
    git(tree, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", tree.as_uri(), "partial")
    ran = run(tmp_path / "partial", "scan", "--diff", "HEAD~1")
    assert ran.code == 2
    assert b"--filter" in ran.err


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_same_input_gives_the_same_output(tree, jobs):
    write(tree, "b.env", "c.env", text=NODE)
    found = run(tree, "scan", "--diff", "HEAD", "--format", "json", "--jobs", jobs).out
    assert found == run(tree, "scan", "--diff", "HEAD", "--format", "json").out


LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b"d", b"e", b"f"]), max_size=12)


@given(LINES, LINES)
def test_kept_lines_are_equal_and_rise(old, new):
    kept = kept_lines(old, new)
    pairs = sorted(kept.items())
    assert all(old[before] == new[after] for after, before in pairs)
    assert [before for _, before in pairs] == sorted({before for _, before in pairs})


@given(LINES, LINES, LINES)
def test_an_insertion_keeps_all_the_other_lines(head, tail, more):
    kept = kept_lines(head + tail, head + more + tail)
    assert len(kept) == len(head) + len(tail)

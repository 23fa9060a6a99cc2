"""Patches: what `git apply` and `patch -p1` make of them is what was written."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.rewrite import unified_diff

GIT_APPLY = ("git", "-c", "core.autocrlf=false", "-c", "apply.whitespace=nowarn", "apply")
GNU_PATCH = ("patch", "-p1", "--force", "--silent", "--no-backup-if-mismatch")
TOOLS = [
    pytest.param(GIT_APPLY, id="git"),
    pytest.param(
        GNU_PATCH, id="patch", marks=pytest.mark.skipif(shutil.which("patch") is None, reason="no patch program")
    ),
]

NAMES = [
    b"plain.py",
    b"two words.py",
    b" lead",
    b"trail ",
    b"tab\tin",
    b'quo"te',
    b"it's",
    b"back\\slash",
    b"trailing\\",
    b"new\nline",
    b"return\rhere",
    "caf\u00e9.env".encode(),
    b"latin\xe9",
    b"\xff\xfe",
    b"esc\x1b[0m",
    b"del\x7f",
    b"vt\x0bff\x0c",
    b"-rf.py",
    b"--- a",
    b"@file",
    b"$(touch x)",
    b"b/a/c",
    b"dir with blanks/sub dir/caf\xc3\xa9 x",
    b"{old => new}",
    b":(top)x",
    b"*",
    b"C:\\x",
    b"dev/null",
]

OLD = b"a: 1\nhost: 10.0.0.121\nz: 2\n"
CONTENTS = {
    "LF": OLD,
    "CR LF": OLD.replace(b"\n", b"\r\n"),
    "no final newline": OLD + b"host: 10.0.0.121",
    "one line": b"10.0.0.121",
    "BOM": b"\xef\xbb\xbf" + OLD,
    "form feed": b"a\x0cb\nhost\x0c: 10.0.0.121\x0b\nc\x1cd\n",
    "NEL, LS and PS": "a\u0085b\nhost\u2028: 10.0.0.121\u2029\n".encode(),
    "lone CR": b"a\rb\rhost: 10.0.0.121\rc\n\r\n\r",
    "not UTF-8": b"caf\xe9\nhost \xff 10.0.0.121\n",
    "looks like a patch": b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-10.0.0.121\n\\ No newline at end of file\ndiff --git a b\n",
    "far apart": b"10.0.0.121\n"
    + b"x\n" * 50
    + b"10.0.0.121\n"
    + b"y\n" * 7
    + b"10.0.0.121\n"
    + b"z\n" * 6
    + b"10.0.0.121",
    "blank ends": b"a \t\n10.0.0.121 \t\n \n",
}


def write(root: Path, name: bytes, data: bytes) -> Path:
    path = root / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def run(tool: tuple[str, ...], root: Path, patch: bytes) -> None:
    done = subprocess.run(tool, cwd=root, input=patch, capture_output=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")


@pytest.fixture
def repository(tmp_path):
    subprocess.run(("git", "init", "--quiet", tmp_path), check=True)
    return tmp_path


@pytest.mark.parametrize("tool", TOOLS)
def test_any_name(repository, tool):
    paths = [write(repository, name, OLD) for name in NAMES]
    new = OLD.replace(b"121", b"10")
    run(tool, repository, b"".join(unified_diff(os.fsdecode(name), OLD, new) for name in NAMES))
    assert [path.read_bytes() for path in paths] == [new] * len(NAMES)


@pytest.mark.parametrize("tool", TOOLS)
def test_any_content(repository, tool):
    new = {name: data.replace(b"10.0.0.121", b"10.0.0.10:5000") for name, data in CONTENTS.items()}
    paths = {name: write(repository, name.encode(), data) for name, data in CONTENTS.items()}
    run(tool, repository, b"".join(unified_diff(name, CONTENTS[name], new[name]) for name in CONTENTS))
    assert {name: path.read_bytes() for name, path in paths.items()} == new


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("mode", [0o644, 0o755])
def test_the_mode_stays(repository, tool, mode):
    path = write(repository, b"run me.sh", OLD)
    path.chmod(mode)
    run(tool, repository, unified_diff("run me.sh", OLD, OLD.replace(b"121", b"10")))
    assert path.stat().st_mode & 0o777 == mode


def test_an_applied_patch_is_taken_back_by_git(repository):
    path = write(repository, b"a b", CONTENTS["no final newline"])
    patch = unified_diff("a b", path.read_bytes(), b"new")
    run(GIT_APPLY, repository, patch)
    run((*GIT_APPLY, "--reverse"), repository, patch)
    assert path.read_bytes() == CONTENTS["no final newline"]


def test_equal_bytes_make_no_patch():
    assert unified_diff("a", OLD, OLD) == b""


def test_the_text_of_a_patch():
    assert unified_diff("conf/a b.env", b"1\n2\n3\n4\nold", b"1\n2\n3\n4\nnew\n") == (
        b"diff --git a/conf/a b.env b/conf/a b.env\n"
        b"--- a/conf/a b.env\t\n"
        b"+++ b/conf/a b.env\t\n"
        b"@@ -2,4 +2,4 @@\n"
        b" 2\n 3\n 4\n-old\n\\ No newline at end of file\n+new\n"
    )


def test_an_empty_side_is_named_by_the_line_before_it():
    assert b"\n@@ -0,0 +1,1 @@\n+x\n" in unified_diff("a", b"", b"x\n")
    assert b"\n@@ -1,1 +0,0 @@\n-x\n" in unified_diff("a", b"x\n", b"")


@pytest.mark.parametrize(("gap", "hunks"), [(6, 1), (7, 2)])
def test_hunks_are_joined_where_their_context_touches(gap, hunks):
    old = b"old\n" + b"x\n" * gap + b"old\n"
    assert unified_diff("a", old, old.replace(b"old", b"new")).count(b"@@ -") == hunks


LINES = st.lists(
    st.sampled_from([b"a\n", b"b\r\n", b"\n", b" \n", b"\x0c\n", b"\xc2\x85\n", b"c\r", b"-\n", b"+\n", b"\\\n"]),
    max_size=30,
)
FILES = st.builds(
    lambda lines, rest: b"".join(lines) + rest, LINES, st.sampled_from([b"", b"x", b"y\n", b"\r", b"z\n\n"])
)


@given(st.lists(st.tuples(FILES, FILES), min_size=40, max_size=40))
@settings(derandomize=True, max_examples=8, deadline=None)
@pytest.mark.parametrize("tool", TOOLS)
def test_random_files(tmp_path_factory, tool, pairs):
    root = tmp_path_factory.mktemp("random")
    subprocess.run(("git", "init", "--quiet", root), check=True)
    paths = [write(root, b"%d" % n, old) for n, (old, _) in enumerate(pairs)]
    patch = b"".join(unified_diff(str(n), *pair) for n, pair in enumerate(pairs))
    if patch:
        run(tool, root, patch)
    assert [path.read_bytes() for path in paths] == [new for _, new in pairs]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"x\n" * 400_000, b"x\n" * 400_001, id="equal lines"),
        pytest.param(b"x\ny\n" * 1_000, b"y\nx\n" * 900, id="few kinds of lines"),
        pytest.param(
            b"".join(b"%d\n" % n for n in range(999)), b"".join(b"%d\n" % n for n in range(998, 0, -1)), id="reversed"
        ),
        pytest.param(b"x" * 1_000_000, b"y\n" * 500_000, id="one line against many"),
    ],
)
def test_no_content_makes_it_slow(old, new):
    start = time.process_time()
    unified_diff("a", old, new)
    assert time.process_time() - start < 3

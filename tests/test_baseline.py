"""The baseline: what reopens and what does not, how it merges, what is refused."""

import json
import os
import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.baseline import Entry, is_baseline, parse, render
from analyzer.errors import UsageError
from tests.program import run
from tests.test_cli import POLICY

ONE = "DB_HOST=10.0.0.121\n"
NAME = ".analyzer-baseline"


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "db-endpoints.yaml").write_text(POLICY)
    (tmp_path / "a.env").write_text(ONE)
    return tmp_path


def scan(tree, *arguments):
    return json.loads(run(tree, "scan", "--format", "json", *arguments).out)


def known(tree):
    """A baseline of the tree as it is."""
    ran = run(tree, "scan", "--write-baseline")
    assert (ran.code, b".analyzer-baseline: " in ran.err) == (0, True)
    return (tree / NAME).read_bytes()


def shown(tree, *arguments):
    """Path and line of what is still open."""
    found = scan(tree, "--baseline", NAME, *arguments)["findings"]
    return [(f["path"], f["line"]) for f in found if f["suppressed"] is None]


def text(tree, *arguments):
    return run(tree, "scan", *arguments).out.decode()


def test_the_file_has_one_sorted_line_a_finding_and_nothing_that_moves(tree):
    (tree / "b.env").write_text("PRIMARY_DB_HOST=10.0.0.122\nDB_HOST=10.0.0.121\n")
    header, *rows = known(tree).decode().splitlines()
    assert header.startswith("# analyzer baseline 1: ")
    assert rows == sorted(rows)
    assert [row.split("\t")[:3] for row in rows] == [
        ["a.env", "node-host", "10.0.0.121"],
        ["b.env", "node-host", "10.0.0.121"],
        ["b.env", "node-host", "10.0.0.122"],
    ]
    (tree / "b.env").write_text("\n\nDB_HOST=10.0.0.121\n\nPRIMARY_DB_HOST=10.0.0.122\n")
    assert known(tree).decode().splitlines()[1:] == rows


def test_no_secret_stands_in_it(tree):
    (tree / "a.env").write_text("DATABASE_URL=postgresql://app:made-up@10.0.0.121:5432/app\n")
    first = known(tree)
    assert b"made-up" not in first
    (tree / "a.env").write_text("DATABASE_URL=postgresql://app:changed-1@10.0.0.121:5432/app\n")
    assert known(tree) == first


def test_what_is_known_does_not_count(tree):
    known(tree)
    ran = run(tree, "scan", "--baseline", NAME)
    assert ran.code == 0
    assert b"1 finding suppressed: 1 in the baseline." in ran.out
    assert b"Baseline: .analyzer-baseline.\n" in ran.out
    (finding,) = scan(tree, "--baseline", NAME)["findings"]
    assert finding["suppressed"]["kind"] == "baseline"


@pytest.mark.parametrize(
    ("changed", "reopened"),
    [
        ("# a comment\n\n" + ONE, []),
        (ONE + "OTHER=1\n", []),
        ("DB_HOST='10.0.0.121'\n", []),
        (ONE + "REPLICA_DB_HOST=10.0.0.121\n", [2]),
        ("REPLICA_DB_HOST=10.0.0.121\n" + ONE, [1]),
        (ONE + ONE, [2]),
        ("DB_HOST=10.0.0.122\n", [1]),
    ],
)
def test_moving_does_not_reopen_and_a_new_one_is_not_swallowed(tree, changed, reopened):
    known(tree)
    (tree / "a.env").write_text(changed)
    assert shown(tree) == [("a.env", line) for line in reopened]


def test_a_renamed_file_stays_known_and_a_copied_one_does_not(tree):
    known(tree)
    (tree / "sub").mkdir()
    (tree / "a.env").rename(tree / "sub/b.env")
    assert shown(tree) == []
    (tree / "sub/c.env").write_text(ONE)
    assert shown(tree) == [("sub/c.env", 1)]
    (tree / "a.env").write_text("X=1\n")
    assert shown(tree) == [("sub/b.env", 1), ("sub/c.env", 1)]


def test_entries_that_no_longer_occur_are_counted_and_pruned(tree):
    (tree / "b.env").write_text(ONE + "REPLICA_DB_HOST=10.0.0.122\n")
    before = known(tree)
    (tree / "b.env").write_text("DB_HOST=10.0.0.10\n")
    assert "2 entries no longer occur: run `analyzer scan --write-baseline`" in text(tree, "--baseline", NAME)
    assert run(tree, "scan", "--baseline", NAME).code == 0
    assert scan(tree, "--baseline", NAME)["tool"]["baseline"] == {"path": NAME, "gone": 2}
    assert len(known(tree).splitlines()) == len(before.splitlines()) - 2
    assert "no longer" not in text(tree, "--baseline", NAME)


def test_a_scan_of_a_part_neither_counts_nor_prunes_the_rest(tree):
    (tree / "sub").mkdir()
    (tree / "sub/b.env").write_text(ONE)
    before = known(tree)
    assert "no longer" not in text(tree, "sub", "--baseline", NAME)
    assert "no longer" not in text(tree, ".", "--exclude", "a.env", "--baseline", NAME)
    run(tree, "scan", "sub", "--baseline", NAME, "--write-baseline")
    assert (tree / NAME).read_bytes() == before
    (tree / "sub/b.env").write_text("X=1\n")
    run(tree, "scan", "sub", "--baseline", NAME, "--write-baseline")
    assert [row.split(b"\t")[0] for row in (tree / NAME).read_bytes().splitlines()[1:]] == [b"a.env"]


def test_paths_are_those_below_the_file_wherever_one_stands(tree):
    known(tree)
    (tree / "sub").mkdir()
    (tree / "sub/b.env").write_text(ONE)
    document = json.loads(run(tree / "sub", "scan", "--format", "json", "..", "--baseline", f"../{NAME}").out)
    assert [f["path"] for f in document["findings"] if not f["suppressed"]] == ["sub/b.env"]


def test_notes_are_written_where_they_count(tree):
    (tree / "notes.md").write_text("The primary is 10.0.0.122.\n")
    assert b"notes.md" not in known(tree)
    run(tree, "scan", "--write-baseline", "--fail-on", "note")
    assert b"notes.md" in (tree / NAME).read_bytes()


def test_what_is_excused_otherwise_is_not_written(tree):
    (tree / "a.env").write_text("DB_HOST=10.0.0.121 # analyzer: ignore[node-host] by hand\nPGHOST=10.0.0.122\n")
    assert [row.split(b"\t")[2] for row in known(tree).splitlines()[1:]] == [b"10.0.0.122"]


def test_the_file_itself_holds_no_findings_and_nothing_hides_behind_its_header(tree):
    header = known(tree).split(b"\n")[0]
    assert scan(tree)["summary"]["skipped"] == {"a baseline": 1, "the policy itself": 1}
    (tree / "b.env").write_bytes(header + b"\nDB_HOST=10.0.0.121\n")
    assert shown(tree) == [("b.env", 2)]


def test_fix_writes_what_the_baseline_knows_unless_it_is_given(tree):
    (tree / "a.env").write_text(ONE + ONE)
    known(tree)
    (tree / "a.env").write_text(ONE + ONE + "PGHOST=10.0.0.122\n")
    assert run(tree, "fix", "--baseline", NAME).code == 0
    assert (tree / "a.env").read_text() == ONE + ONE + "PGHOST=10.0.0.10\n"
    assert run(tree, "fix").code == 0
    assert "10.0.0.121" not in (tree / "a.env").read_text()


def test_an_incomplete_scan_writes_nothing(tree):
    (tree / "b.yaml").write_text("db_host: [10.0.0.121\nx: [\n")
    ran = run(tree, "scan", "--write-baseline")
    assert (ran.code, (tree / NAME).exists()) == (3, False)
    assert b"not written" in ran.err
    assert run(tree, "scan", "--write-baseline", "--allow-incomplete").code == 0
    assert (tree / NAME).exists()


def test_standard_input_can_be_held_against_it_and_not_be_written(tree):
    known(tree)
    given_in = ("-", "--stdin-filename", "a.env")
    assert run(tree, "scan", *given_in, "--baseline", NAME, stdin=ONE.encode()).code == 0
    assert run(tree, "scan", *given_in, "--write-baseline", stdin=b"").code == 2


def test_another_name_and_the_mode_that_it_had(tree):
    (tree / "ci").mkdir()
    run(tree, "scan", "--write-baseline", "ci/known")
    assert (tree / "ci/known").read_bytes().splitlines()[1].startswith(b"../a.env\t")
    (tree / "ci/known").chmod(0o600)
    assert run(tree, "scan", "--baseline", "ci/known", "--write-baseline").code == 0
    assert (tree / "ci/known").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tree / "ci").iterdir()] == ["known"]


@pytest.mark.parametrize("path", ["a.env", ".", "no/such"])
def test_nothing_else_is_overwritten(tree, path):
    ran = run(tree, "scan", "--write-baseline", path)
    assert ran.code == 2
    assert path.encode() in ran.err
    assert (tree / "a.env").read_text() == ONE


ROW = "a.env\tnode-host\t10.0.0.121\t" + "0" * 32
BROKEN = {
    "": (1, "not a baseline of this version"),
    "{HEADER} 2: x\n": (1, "not a baseline of this version"),
    f"{{HEADER}} 1\n{ROW}\nx\n": (3, "not `path, rule, host, identity`"),
    f"{{HEADER}} 1\n{ROW}0\n": (2, "not `path, rule, host, identity`"),
    f"{{HEADER}} 1\n{ROW.replace('node-host', 'NODE')}\n": (2, "not `path, rule, host, identity`"),
    f"{{HEADER}} 1\n<<<<<<< ours\n{ROW}\n=======\n": (2, "a merge conflict"),
    "{HEADER} 1\n\0\n": (2, "not `path, rule, host, identity`"),
}


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_one_names_its_line(tree, content):
    line, said = BROKEN[content]
    (tree / NAME).write_text(content.replace("{HEADER}", "# analyzer baseline"))
    ran = run(tree, "scan", "--baseline", NAME)
    assert ran.code == 2
    assert f"{NAME}:{line}: {said}" in ran.err.decode()
    assert b"hint:" in ran.err


def test_a_broken_one_is_written_anew_from_a_whole_scan(tree):
    whole = known(tree)
    (tree / NAME).write_bytes(whole.replace(b"\na.env", b"\n<<<<<<< ours\na.env"))
    assert run(tree, "scan", "a.env", "--write-baseline").code == 2
    assert known(tree) == whole


def test_what_a_merge_leaves_is_read(tree):
    whole = known(tree)
    header, row, _ = whole.split(b"\n")
    (tree / NAME).write_bytes(b"\r\n".join([header, row, b"", row, b"z.env" + row[5:], b""]))
    assert shown(tree) == []


def test_two_branches_merge(tree):
    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example", *arguments],
            cwd=tree, check=True, capture_output=True,
        )  # fmt: skip

    (tree / "m.env").write_text("".join(f"DB_{n}_HOST=10.0.0.121\n" for n in range(9)))
    (tree / "z.env").write_text(ONE)
    git("init", "-q", "-b", "main")
    known(tree)
    git("add", "-A")
    git("commit", "-qm", "one")
    git("switch", "-qc", "other")
    (tree / "a.env").write_text("X=1\n")
    known(tree)
    git("commit", "-qam", "two")
    git("switch", "-q", "main")
    (tree / "z.env").write_text("PGHOST=10.0.0.122\n")
    known(tree)
    git("commit", "-qam", "three")
    git("merge", "-q", "other")
    merged = (tree / NAME).read_bytes()
    assert known(tree) == merged


@pytest.mark.skipif(os.name != "posix", reason="bytes in names")
def test_names_of_any_bytes(tree):
    for name in (b"tab\there.env", b"line\nend.env", b"bytes\xff.env", "a\u202eb%.env".encode()):
        (tree / os.fsdecode(name)).write_text(ONE)
    written = known(tree)
    assert written.isascii()
    assert shown(tree) == []


PATHS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).map(
    lambda text: text.encode().decode("utf-8", "surrogateescape")
) | st.binary(min_size=1).map(lambda data: data.decode("utf-8", "surrogateescape"))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.sets(st.tuples(PATHS, PATHS), max_size=6))
def test_what_is_written_is_read(pairs):
    entries = frozenset(Entry(path, "node-host", host, "0" * 32) for path, host in pairs)
    written = render(entries)
    assert written.count(b"\n") == len(entries) + 1
    assert parse(written, "x") == entries
    assert is_baseline(written)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.binary(max_size=80))
def test_hostile_bytes_are_read_or_refused_with_their_line(data):
    told = ""
    try:
        parse(b"# analyzer baseline 1\n" + data, "x")
    except UsageError as error:
        told = error.message
    assert not told or re.match(r"x:\d+: ", told)

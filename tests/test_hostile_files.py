"""Hostile files through the real command line: what cannot be read is said, nothing runs, the rest is read."""

import codecs
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hostility import ROW, grown, paths, scan
from tests.program import run
from tests.repositories import git, repository, write
from tests.shapes import SHAPES, SLOW


@pytest.fixture
def tree(tmp_path):
    return grown(tmp_path)


def test_deep_and_endless_shapes_are_said_and_the_rest_is_read(tree):
    for name, text in SHAPES.items():
        (tree / name).write_text(text)
    code, report = scan(tree)
    assert code == 3
    assert {p["stage"] for p in report["problems"]} <= {"parse", "extract", "semgrep"}
    told = {p["path"] for p in report["problems"]}
    assert {"brackets.yaml", "parentheses.py", "aliases.yaml", "expansions.sh"} <= told
    assert set(SHAPES) - paths(report) - told == set()
    assert {"cycle.yaml", "bomb.yaml", "merge-bomb.yaml", "names.py", "users.txt"} <= paths(report)


def test_slow_files_end_at_the_limit_and_the_rest_is_read(tree):
    (tree / "slow.js").write_text(SLOW)
    (tree / "slow.py").write_text("x = [" + "1," * 600_000 + "]\nu = 'postgresql://u@10.0.0.121'\n")
    (tree / "good.js").write_text("const { Pool } = require('pg');\nnew Pool({host: '10.0.0.121'});\n")
    (tree / "good.py").write_text("import psycopg2\npsycopg2.connect(host='10.0.0.121')\n")
    begun = time.monotonic()
    code, report = scan(tree, "--timeout", "1.5")
    assert time.monotonic() - begun < 30
    assert code == 3
    assert paths(report, "problems") == {"slow.js", "slow.py"}
    assert {"good.js", "good.py"} <= paths(report)


_LARGE, _LONG = b"x" * 5_000_000, b"x" * 300_000
_END = b'", "postgresql://u:p@10.0.0.121:5432/x"\n'
LINES = {
    "app.env": b'A="' + _LARGE + b'"\nDB_HOST=10.0.0.121\n',
    "app.json": b'"' + _LONG + _END,
    "app.yaml": b"a: " + _LONG + b"\ndb_host: 10.0.0.121\n",
    "app.py": b"a = '" + _LONG + b"'\nDB_HOST = '10.0.0.121'\n",
    "app.sh": b"a='" + _LONG + b"'\npsql -h 10.0.0.121\n",
    "app.js": b'f("' + _LONG + _END.rstrip() + b");\n",
    "app.md": b'"' + _LONG + _END,
}


def test_lines_of_megabytes(tree):
    for name, data in LINES.items():
        (tree / name).write_bytes(data)
    _code, report = scan(tree)
    assert set(LINES) - paths(report) - paths(report, "problems") == set()
    assert {"app.env", "app.json", "app.yaml", "app.py", "app.sh"} <= paths(report)


ODD = {
    "carriage-returns.env": b"A=1\rDB_HOST=10.0.0.121\rB=2\r",
    "carriage-returns.yaml": b"a: 1\rdb_host: 10.0.0.121\rb: 2\r",
    "carriage-returns.py": b"a = 1\rDB_HOST = '10.0.0.121'\r",
    "carriage-returns.sh": b"a=1\rpsql -h 10.0.0.121\r",
    "mark.env": codecs.BOM_UTF8 + ROW,
    "marks.env": codecs.BOM_UTF8 * 2 + ROW,
    "latin.yaml": b"a: caf\xe9\ndb_host: 10.0.0.121\n",
    "latin-cookie.py": b"# coding: latin-1\na = 'caf\xe9'\nDB_HOST = '10.0.0.121'\n",
    "rot13-cookie.py": b"# coding: rot13\nDB_HOST = '10.0.0.121'\n",
    "utf-7-cookie.py": b"# coding: utf-7\nDB_HOST = '10.0.0.121'\n",
    "no-cookie.py": b"# coding: none-such\nDB_HOST = '10.0.0.121'\n",
    "separators.yaml": "a: \u0085x\u2028y\u2029z\ndb_host: 10.0.0.121\n".encode(),
    "form-feed.py": b"\x0ca = 1\n\x0cDB_HOST = '10.0.0.121'\n",
    "late-nul.env": b"A=" + b"x" * 9_000 + b"\0\n" + ROW,
    "late-nul.yaml": b"a: " + b"x" * 9_000 + b"\0\ndb_host: 10.0.0.121\n",
    "late-nul.py": b"a = '" + b"x" * 9_000 + b"\0'\nDB_HOST = '10.0.0.121'\n",
    "late-nul.js": b"//" + b"x" * 9_000 + b"\0\nnew Pool({host: '10.0.0.121'})\n",
    "controls.env": bytes(range(1, 10)) + b"\n" + ROW,
    "surrogates.env": b"A=\xed\xa0\x80\xed\xb0\x80\n" + ROW,
    "overlong.env": b"A=\xc0\xaf\xf8\x88\x80\x80\x80\n" + ROW,
}


def test_odd_bytes_are_read_or_said(tree):
    for name, data in ODD.items():
        (tree / name).write_bytes(data)
    _code, report = scan(tree)
    assert set(ODD) - paths(report) - paths(report, "problems") == set()
    assert {name for name in ODD if name.startswith(("carriage", "mark", "controls"))} <= paths(report)


def test_what_is_no_text_is_counted(tree):
    (tree / "wide.env").write_bytes(codecs.BOM_UTF16_LE + "DB_HOST=10.0.0.121\n".encode("utf-16-le"))
    (tree / "wide.tlog").write_bytes(codecs.BOM_UTF16_LE + "x".encode("utf-16-le"))
    (tree / "wide.yaml").write_bytes(codecs.BOM_UTF16_BE + "db_host: 10.0.0.121\n".encode("utf-16-be"))
    (tree / "nul.env").write_bytes(b"\0" + ROW)
    (tree / "large.env").write_bytes(ROW + b"#" * (10 << 20))
    (tree / "archive.py").write_bytes(b"PK\x03\x04\0\0" + ROW)
    code, report = scan(tree)
    assert code == 3
    assert paths(report, "problems") == {"wide.env", "wide.yaml", "large.env"}
    skipped = report["summary"]["skipped"]
    assert skipped == {"UTF-16 text; save it as UTF-8": 3, "binary": 2, "larger than 10 MiB": 1, "the policy itself": 1}


def test_what_is_no_file_is_not_opened(tree, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.env").write_bytes(ROW)
    links = {
        "loop.env": "loop.env",
        "ping.env": "pong.env",
        "pong.env": "ping.env",
        "zero.env": "/dev/zero",
        "input.env": "/dev/stdin",
        "outside.env": str(outside / "secret.env"),
        "outside": str(outside),
        "self": ".",
        "dangling.env": "nowhere",
        "environment.env": "/proc/self/environ",
        "to-fifo.env": "fifo.env",
    }
    for name, target in links.items():
        (tree / name).symlink_to(target)
    os.mkfifo(tree / "fifo.env")
    before = (outside / "secret.env").read_bytes()
    begun = time.monotonic()
    code, report = scan(tree)
    assert run(tree, "fix").code == 0
    assert time.monotonic() - begun < 20
    assert (code, paths(report), report["problems"]) == (1, set(), [])
    assert report["summary"]["skipped"] == {
        "not a regular file": 1,
        "symbolic link": len(links),
        "the policy itself": 1,
    }
    assert (outside / "secret.env").read_bytes() == before


@pytest.mark.parametrize("name", ["zero.env", "fifo.env"])
def test_what_is_no_file_is_not_opened_by_its_name_either(tree, name):
    (tree / "zero.env").symlink_to("/dev/zero")
    os.mkfifo(tree / "fifo.env")
    ran = run(tree, "scan", name)
    assert ran.code == 0
    assert b"1 file: 0 read" in ran.out
    assert b"1 skipped" in ran.out


def test_a_policy_that_is_a_link_or_a_fifo_is_refused(tree):
    policy = tree / "db-endpoints.yaml"
    policy.unlink()
    policy.symlink_to("/dev/zero")
    assert run(tree, "scan").code == 2
    policy.unlink()
    os.mkfifo(policy)
    assert run(tree, "scan").code == 2
    assert run(tree, "policy", "check").code == 2


MODULES = (
    "analyzer",
    "dataclasses",
    "dotenv",
    "hyperscan",
    "json",
    "jsonschema",
    "libcst",
    "msgspec",
    "re",
    "semgrep",
    "sitecustomize",
    "typing",
    "usercustomize",
    "yaml",
)


def test_modules_of_the_tree_are_not_imported(tree):
    canary = tree / "canary"
    payload = f"open({str(canary)!r}, 'a').write(__file__)\nraise SystemExit(77)\n"
    for name in MODULES:
        (tree / f"{name}.py").write_text(payload)
        (tree / name).mkdir()
        (tree / name / "__init__.py").write_text(payload)
    (tree / "pyvenv.cfg").write_text("home = .\n")
    (tree / ".semgrepignore").write_text("*\n")
    (tree / "app.js").write_text("const { Pool } = require('pg');\nnew Pool({host: '10.0.0.121'});\n")
    (tree / "app.py").write_text("import psycopg2\npsycopg2.connect(host='10.0.0.121')\n")
    program = Path(sys.executable).parent / "analyzer"
    done = subprocess.run([program, "scan", "--format", "json"], cwd=tree, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert {"app.js", "app.py", "good.env"} <= {f["path"] for f in json.loads(done.stdout)["findings"]}
    assert not canary.exists()
    attack = subprocess.run([sys.executable, "-m", "yaml"], cwd=tree, capture_output=True, check=False)
    assert attack.returncode == 77
    assert canary.exists(), "the attack is none, so the test proves nothing"


def test_a_bare_repository_in_the_tree_runs_nothing(tree):
    canary = tree.parent / "canary"
    repository(tree)
    bare = tree / "svc"
    bare.mkdir()
    git(bare, "init", "--quiet", "--bare", "--initial-branch=main")
    config = f'[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\nfsmonitor = "touch {canary}"\n'
    write(bare, "config", text=config)
    (bare / "app.env").write_bytes(ROW)
    git(tree, "-c", "safe.bareRepository=all", "add", "--all", "--force")
    for folder in (tree, bare):
        ran = run(folder, "scan", "--format", "json", "--policy", str(tree / "db-endpoints.yaml"))
        assert ran.code == 1
        assert any(f["path"].endswith("app.env") for f in json.loads(ran.out)["findings"])
    assert "svc/app.env" in paths(scan(tree, "svc", "good.env")[1])
    assert run(bare, "fix", "--check", "--policy", "../db-endpoints.yaml").code == 1
    assert not canary.exists()
    subprocess.run(["git", "status"], cwd=bare, capture_output=True, check=False)
    assert canary.exists(), "the attack is none, so the test proves nothing"

"""The command line as a person meets it: wrong flags, broken files, missing policies, exit codes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.cli import main

POLICY = """\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122]
    endpoints: {write: {host: 10.0.0.10, port: 5432}}
"""


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "db-endpoints.yaml").write_text(POLICY)
    return tmp_path


def scan(capsys, *arguments):
    code = main(["scan", "--format", "json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_a_clean_tree_exits_0(tree, capsys):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.10\n")
    code, document = scan(capsys)
    assert (code, document["findings"], document["problems"]) == (0, [], [])


def test_an_empty_folder_is_no_error(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["scan"]) == 0
    assert "No findings." in capsys.readouterr().out


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on(tree, capsys, fail_on, code):
    (tree / "app.env").write_bytes(b"DATABASE_URL=postgresql://u:made-up@10.7.0.4/app\n")
    assert scan(capsys, "--fail-on", fail_on)[0] == code


def test_the_policy_in_use_is_named(tree, capsys):
    main(["scan"])
    assert "Policy: db-endpoints.yaml" in capsys.readouterr().out


def test_no_policy_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["scan"])
    assert "No policy" in capsys.readouterr().out


def test_a_missing_path_is_a_usage_error(tree, capsys):
    assert main(["scan", "no/such"]) == 2
    assert "no/such: no such file or folder" in capsys.readouterr().err


def test_a_missing_policy_is_a_usage_error(tree, capsys):
    assert main(["scan", "--policy", "nowhere.yaml"]) == 2
    told = capsys.readouterr().err
    assert "nowhere.yaml" in told
    assert "hint:" in told


def test_a_wrong_policy_names_the_place(tree, capsys):
    (tree / "db-endpoints.yaml").write_text(POLICY.replace("nodes:", "nodez:"))
    assert main(["scan"]) == 2
    told = capsys.readouterr().err
    assert "db-endpoints.yaml:5:5" in told
    assert "nodes" in told


WRONG = [["--formt", "json"], ["--fail-on", "always"], ["--jobs", "0"], ["--jobs", "x"], ["--timeout", "nan"]]


@pytest.mark.parametrize("flags", [*WRONG, ["--report", "x"]])
def test_a_wrong_flag_exits_2(tree, capsys, flags):
    with pytest.raises(SystemExit) as stopped:
        main(["scan", *flags])
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("usage: analyzer scan ")
    assert flags[0] in told
    assert "_" not in told  # no name of ours


BROKEN = {
    "latin.env": b"NAME=caf\xe9\nDB_HOST=10.0.0.121\n",
    "cut.yaml": b"data:\n  DB_HOST: 10.0.0.121\n  other: [1, 2\n",
    "broken.py": b"def f(:\n    DATABASE_URL = 'postgresql://u:made-up@10.0.0.121:5432/app'\n",
    "py2.py": b"print 'x'\nurl = 'postgresql://u:made-up@10.0.0.121:5432/app'\n",
    "broken.js": b"const { Pool } = require('pg'); class { new Pool({host: '10.0.0.121'\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_the_rest_is_scanned(tree, capsys, name):
    (tree / name).write_bytes(BROKEN[name])
    (tree / "good.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    code, document = scan(capsys)
    assert code == (1 if name in {"latin.env", "py2.py"} else 3)
    assert {p["path"] for p in document["problems"]} == {name}
    assert "good.env" in {f["path"] for f in document["findings"]}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_still_shows_its_hosts(tree, capsys, name):
    (tree / name).write_bytes(BROKEN[name])
    _code, document = scan(capsys)
    assert {f["host"] for f in document["findings"]} == {"10.0.0.121"}


def test_incomplete_can_be_allowed(tree, capsys):
    (tree / "cut.yaml").write_bytes(b"host: [10.0.0.121\nfail: [\n")
    assert scan(capsys)[0] == 3
    assert scan(capsys, "--allow-incomplete")[0] in {0, 1}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_incomplete(tree, capsys):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    (tree / "app.env").chmod(0)
    code, document = scan(capsys)
    assert code == 3
    assert "permission denied" in document["problems"][0]["message"]


def test_binary_files_and_links_are_counted(tree, capsys):
    (tree / "a.bin").write_bytes(b"\0DB_HOST=10.0.0.121")
    (tree / "link.env").symlink_to("/etc/hostname")
    code, document = scan(capsys)
    assert code == 0
    assert document["summary"]["files"] == 3
    assert document["summary"]["skipped"] == {"binary": 1, "symbolic link": 1, "the policy itself": 1}


def test_standard_input(tree, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"DB_HOST=10.0.0.121\n")))
    code, document = scan(capsys, "-", "--stdin-filename", "app.env")
    assert (code, document["findings"][0]["path"]) == (1, "app.env")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert main(["scan", "-"]) == 2


def test_reports_go_to_files(tree, capsys):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    main(["scan", "--report", "json=out.json", "--report", "sarif=out.sarif"])
    assert json.loads((tree / "out.json").read_bytes())["summary"]["error"] == 1
    assert json.loads((tree / "out.sarif").read_bytes())["version"] == "2.1.0"
    assert "node-host" in capsys.readouterr().out


def test_a_report_that_cannot_be_written(tree, capsys):
    assert main(["scan", "--report", "json=no/such/out.json"]) == 2
    assert "no/such/out.json" in capsys.readouterr().err


def test_suppressed_findings_do_not_count_but_are_shown(tree, capsys):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121 # analyzer: ignore[node-host] replication test\n")
    code, document = scan(capsys)
    assert code == 0
    assert document["summary"]["suppressed"] == 1
    assert document["findings"][0]["suppressed"]["reason"] == "replication test"
    assert main(["fix", "--check"]) == 0


def test_fix_check_says_1_and_writes_nothing(tree, capsys):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    assert main(["fix", "--check"]) == 1
    assert (tree / "app.env").read_bytes() == b"DB_HOST=10.0.0.121\n"
    assert main(["fix"]) == 0
    assert main(["fix", "--check"]) == 0
    capsys.readouterr()


def test_fix_diff_prints_and_writes_nothing(tree, capfdbinary):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121\r\nX=1")
    assert main(["fix", "--diff"]) == 0
    shown = capfdbinary.readouterr().out
    assert b"-DB_HOST=10.0.0.121\r\n+DB_HOST=10.0.0.10\r\n" in shown
    assert (tree / "app.env").read_bytes() == b"DB_HOST=10.0.0.121\r\nX=1"


def test_fix_keeps_mode_bom_and_line_ends(tree, capsys):
    path = tree / "run.sh"
    path.write_bytes(b"\xef\xbb\xbf#!/bin/sh\r\npsql -h 10.0.0.121 -p 5432 x\r\n# \xc3\xa9")
    path.chmod(0o755)
    assert main(["fix"]) == 0
    assert path.read_bytes() == b"\xef\xbb\xbf#!/bin/sh\r\npsql -h 10.0.0.10 -p 5432 x\r\n# \xc3\xa9"
    assert path.stat().st_mode & 0o777 == 0o755
    capsys.readouterr()


def test_fix_says_that_there_is_nothing_or_that_something_stays(tree, capsys):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.10\n")
    assert main(["fix", "app.env"]) == 0
    assert capsys.readouterr().err == "nothing to fix\n"
    (tree / "app.env").write_bytes(b"DB_HOST=10.7.0.10\n")
    assert main(["fix", "app.env"]) == 1
    assert "1 finding left that no fix mends: `analyzer scan` shows why" in capsys.readouterr().err


def test_fix_says_what_it_leaves(tree, capsys):
    (tree / "db-endpoints.yaml").write_text(POLICY.replace("port: 5432", "port: 5000"))
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    assert main(["fix"]) == 1
    assert "app.env:1:9: left (manual)" in capsys.readouterr().err


def test_explain_lists_and_suggests(capsys):
    assert main(["explain"]) == 0
    assert "node-host" in capsys.readouterr().out
    assert main(["explain", "node-hots"]) == 2
    assert "did you mean node-host?" in capsys.readouterr().err


def test_a_checkout_cannot_hijack_the_console_script(tree):
    (tree / "analyzer").mkdir()
    (tree / "analyzer" / "__init__.py").write_text("raise SystemExit(77)")
    (tree / "yaml.py").write_text("raise SystemExit(78)")
    script = Path(sys.executable).parent / "analyzer"
    done = subprocess.run([script, "scan", "--format", "json"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_closed_pipe_is_no_crash(tree):
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121\n" * 3000)
    script = Path(sys.executable).parent / "analyzer"
    process = subprocess.Popen([script, "scan"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 1
    assert b"Traceback" not in error


def test_a_scan_of_settings_loads_no_engine_and_no_templates():
    heavy = {"analyzer.extract.semgrep", "analyzer.extract.yaml", "hyperscan", "jinja2", "jsonschema", "libcst"}
    program = "import sys, analyzer.commands.scan; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True, text=True).stdout
    assert "analyzer.engine.scan" in loaded.split()
    assert heavy.isdisjoint(loaded.split())

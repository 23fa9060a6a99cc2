"""Every golden tree, end to end through the command line."""

import json
import shutil
import subprocess

import pytest

from analyzer.cli import main
from analyzer.report import REPORTS
from analyzer.workers import pool
from tests.trees import FIXTURES, NAMES, files, reduced


@pytest.fixture(params=NAMES)
def tree(request, tmp_path, monkeypatch):
    shutil.copytree(FIXTURES / request.param, tmp_path / "tree")
    monkeypatch.chdir(tmp_path / "tree" / "before")
    return FIXTURES / request.param


POLICY = ["--policy", "../db-endpoints.yaml"]


def test_the_scan_finds_exactly_what_is_expected(tree, capsys, request):
    code = main(["scan", *POLICY, "--format", "json"])
    found = reduced(capsys.readouterr().out)
    golden = tree / "expected.json"
    if request.config.getoption("--update-golden"):
        golden.write_text(json.dumps(found, indent=1) + "\n")
    assert found == json.loads(golden.read_bytes())
    assert code == 1


def test_the_fix_turns_before_into_after(tree, tmp_path, capsys):
    main(["fix", *POLICY])
    assert files(tmp_path / "tree" / "before") == files(tree / "after")
    capsys.readouterr()


def test_a_second_fix_changes_nothing(tree, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path / "tree" / "after")
    assert main(["fix", *POLICY, "--check", "--fail-on", "never"]) == 0
    assert files(tmp_path / "tree" / "after") == files(tree / "after")
    capsys.readouterr()


def test_the_patch_equals_the_fix(tree, tmp_path, capsys):
    assert main(["fix", *POLICY, "--patch", "../all.patch", "--fail-on", "never"]) == 0
    assert files(tmp_path / "tree" / "before") == files(tree / "before")
    assert (tmp_path / "tree" / "all.patch").stat().st_mode & 0o777 == 0o600
    for tool in (["git", "apply"], ["patch", "-p1", "--binary", "-s", "-i"]):
        shutil.copytree(tree / "before", tmp_path / tool[0])
        subprocess.run([*tool, "../tree/all.patch"], check=True, cwd=tmp_path / tool[0])
        assert files(tmp_path / tool[0]) == files(tree / "after")
    capsys.readouterr()


def test_one_worker_and_many_say_the_same_and_no_password(tree, tmp_path, capsys, monkeypatch):
    main(["scan", *POLICY, "--format", "json", "--jobs", "1"])
    alone = capsys.readouterr().out
    monkeypatch.setattr(pool, "JOBS_EACH", 1)
    reports = {form: tmp_path / f"report.{form}" for form in REPORTS}
    main(["scan", *POLICY, "--jobs", "5", *(f"--report={form}={path}" for form, path in reports.items())])
    assert reports["json"].read_text() == alone
    for shown in (*capsys.readouterr(), *(path.read_text() for path in reports.values())):
        assert not any(secret in shown for secret in ("made-up", "made%2Dup", "bWFkZS11c"))

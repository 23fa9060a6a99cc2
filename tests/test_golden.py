"""Every golden tree, end to end through the command line."""

import json
import shutil
import subprocess

import pytest

from analyzer.cli import main
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
    main(["fix", *POLICY])
    assert files(tmp_path / "tree" / "after") == files(tree / "after")
    capsys.readouterr()


@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-p1", "--binary", "-s", "-i"]], ids=["git", "patch"])
def test_the_patch_equals_the_fix(tree, tmp_path, tool, capsys):
    assert main(["fix", *POLICY, "--patch", "../all.patch", "--fail-on", "never"]) == 0
    assert files(tmp_path / "tree" / "before") == files(tree / "before")
    assert (tmp_path / "tree" / "all.patch").stat().st_mode & 0o777 == 0o600
    subprocess.run([*tool, "../all.patch"], check=True, cwd=tmp_path / "tree" / "before")
    assert files(tmp_path / "tree" / "before") == files(tree / "after")
    capsys.readouterr()


def test_one_worker_and_many_say_the_same(tree, capsys):
    outputs = set()
    for jobs in ("1", "2", "5"):
        main(["scan", *POLICY, "--format", "json", "--jobs", jobs])
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_no_password_of_a_fixture_reaches_an_output(form, capsys):
    main(["scan", *POLICY, "--format", form])
    shown = "".join(capsys.readouterr())
    assert "made-up" not in shown
    assert "made%2Dup" not in shown
    assert "bWFkZS11c" not in shown

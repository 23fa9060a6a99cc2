"""The action's first step, and that nothing of a hostile checkout gets into what it installs and starts."""

import shutil
import sysconfig
from pathlib import Path

import pytest

from tests.actions import runner
from tests.packageindex import index_of, locked
from tests.repositories import repository, write
from tests.trees import ROOT

BACKEND = ("hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers", "editables")
SHIPPED = ("analyzer", "rules", "scripts", "pyproject.toml", "README.md", "LICENSE")
HIJACK = "import pathlib, sys\npathlib.Path(__file__).with_name('hijacked').touch()\nprint('HIJACKED')\nsys.exit(0)\n"
MODULES = (
    "analyzer/__init__.py",
    "analyzer/__main__.py",
    "sitecustomize.py",
    "json.py",
    "argparse.py",
    "pip.py",
    "venv.py",
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A job in a hostile checkout after the first step; of the lock file only what builds the package is installed."""
    folder = tmp_path_factory.mktemp("prepare")
    work = folder / "work"
    write(work, *MODULES, text=HIJACK)
    write(
        work, "pip.conf", "setup.cfg", text="[global]\nindex-url = http://127.0.0.1:9/\nrequire-virtualenv = broken\n"
    )
    write(work, "pyproject.toml", text="[build-system]\nrequires = ['hijacked']\n")
    write(work, ".env", text="DB_HOST=10.0.0.121\nDB_PORT=5432\n")
    shutil.copy(ROOT / "fixtures" / "failover" / "db-endpoints.yaml", work)
    action = folder / "action"
    for name in SHIPPED:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, action / name)
    (action / "requirements.lock").write_text(locked(*BACKEND))
    job = runner(folder, repository(work), "push")
    hostile = {
        "PYTHONPATH": str(work),
        "PIP_CONFIG_FILE": str(work / "pip.conf"),
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
    }
    index = index_of(action / "requirements.lock", folder)
    done = job.step("action-prepare", **hostile, GITHUB_ACTION_PATH=str(action), ANALYZER_INDEX_URL=index)
    assert done.returncode == 0, done.stderr
    return job, hostile


def lend_dependencies(python: Path) -> None:
    """Makes the packages of this environment importable there: installing them all again would take minutes."""
    (packages,) = python.parent.parent.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")


def test_the_program_is_a_copy_below_the_temporary_folder(prepared):
    job, _hostile = prepared
    home = Path(job.outputs()["python"]).parent.parent
    assert home.parent == job.temp
    assert home.stat().st_mode & 0o077 == 0
    (package,) = home.glob("lib/python*/site-packages/analyzer")
    assert (package / "rules").is_dir()


def test_a_checkout_with_its_own_analyzer_does_not_run_in_its_place(prepared):
    job, hostile = prepared
    python = job.outputs()["python"]
    lend_dependencies(Path(python))
    assert job.step("action_base.py", python, **hostile).stdout == b""
    done = job.step("action_scan.py", python, **hostile, ANALYZER_UPLOAD_PATCH="true")
    assert b"HIJACKED" not in done.stdout + done.stderr
    assert job.outputs()["exit-code"] == "1", done.stderr
    assert int(job.outputs()["findings"]) == 1
    assert [str(path) for path in job.workspace.rglob("hijacked")] == []


def test_an_old_python_is_told_before_anything_is_installed(tmp_path):
    old = tmp_path / "bin"
    write(old, "python3", text="#!/bin/sh\nexit 1\n")
    (old / "python3").chmod(0o755)
    job = runner(tmp_path, repository(tmp_path / "work"), "push")
    done = job.step("action-prepare", PATH=str(old), GITHUB_ACTION_PATH=str(ROOT))
    assert done.returncode == 1
    assert done.stdout.startswith(b"::error title=analyzer::Python 3.11 or newer")
    assert list(job.temp.iterdir()) == [job.temp / "event.json"]

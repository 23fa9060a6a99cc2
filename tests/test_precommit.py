"""The pre-commit hooks, with the real pre-commit in a repository of their own.

pre-commit clones this package and installs it as it does for everybody. Its dependencies are lent by this environment,
because to install them again takes minutes and an index.
"""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from tests.repositories import ENVIRONMENT, git, repository, write
from tests.snippets import snippet
from tests.trees import FIXTURES, ROOT

BIN = Path(sys.executable).parent
SHIPPED = ("analyzer", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
OLD, NEW = "DB_HOST=10.0.0.121\nDB_PORT=5432\n", "DB_HOST=10.0.0.10\nDB_PORT=5432\n"


def precommit(folder, *arguments, **given):
    env = {**ENVIRONMENT, "HOME": str(folder.parent), "PRE_COMMIT_HOME": str(folder.parent / "cache"), **given}
    command = [BIN / "pre-commit", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)


def test_the_manifest_and_the_readme_are_valid(tmp_path):
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", tmp_path / "hooks.yaml")
    (tmp_path / "config.yaml").write_text(snippet("pre-commit"))
    work = tmp_path / "work"
    work.mkdir()
    assert precommit(work, "validate-manifest", "../hooks.yaml").returncode == 0
    assert precommit(work, "validate-config", "../config.yaml").returncode == 0
    (repo,) = yaml.safe_load(snippet("pre-commit"))["repos"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"] for hook in repo["hooks"]} <= {hook["id"] for hook in hooks}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A repository with both hooks installed."""
    folder = tmp_path_factory.mktemp("precommit")
    package = folder / "package"
    for name in SHIPPED:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, package / name)
    write(package, ".gitignore", text="__pycache__/\n")
    rev = git(repository(package), "rev-parse", "HEAD").decode().strip()
    work = folder / "work"
    hooks = [{"id": "analyzer-fix"}, {"id": "analyzer"}]
    write(
        work,
        ".pre-commit-config.yaml",
        text=yaml.safe_dump({"repos": [{"repo": str(package), "rev": rev, "hooks": hooks}]}),
    )
    write(work, "db-endpoints.yaml", text=(FIXTURES / "failover" / "db-endpoints.yaml").read_text())
    packages = sysconfig.get_path("purelib")
    lent = {"PYTHONPATH": packages, "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    done = precommit(repository(work), "install-hooks", **lent)
    assert done.returncode == 0, done.stdout
    for place in (folder / "cache").glob("repo*/py_env-*/lib/python*/site-packages"):
        (place / "dependencies.pth").write_text(packages + "\n")
    return work


def test_nodes_are_rewritten_wherever_they_stand_and_the_second_run_passes(installed):
    names = (".env", "deploy/app.env", "chart/templates/_helpers.tpl")
    write(installed, *names[:2], text=OLD)
    write(installed, names[2], text='{{- define "dsn" -}}postgresql://10.0.0.121:5432/shop{{- end -}}\n')
    git(installed, "add", "--force", *names)
    first = precommit(installed, "run", "--color=never")
    assert first.returncode == 1
    assert b"files were modified by this hook" in first.stdout
    assert (installed / names[0]).read_text() == (installed / names[1]).read_text() == NEW
    assert "postgresql://10.0.0.10:5432/shop" in (installed / names[2]).read_text()
    git(installed, "add", "--force", *names)
    again = precommit(installed, "run", "--color=never")
    assert (again.returncode, again.stdout.count(b"Passed")) == (0, 2), again.stdout


def test_a_file_that_is_no_text_runs_nothing(installed):
    git(installed, "commit", "--quiet", "--allow-empty", "--no-verify", "--message", "clean")
    (installed / "image.bin").write_bytes(bytes(range(256)))
    git(installed, "add", "image.bin")
    assert precommit(installed, "run", "--color=never").stdout.count(b"Skipped") == 2


def test_what_cannot_be_mended_fails_the_commit(installed):
    write(installed, "db.py", text='import psycopg\npsycopg.connect("postgresql://192.168.7.7:5432/shop")\n')
    git(installed, "add", "db.py")
    done = precommit(installed, "run", "analyzer", "--color=never")
    assert done.returncode == 1
    assert b"unmanaged-host" in done.stdout

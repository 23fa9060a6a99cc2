"""The real reviewdog, where it is installed: what it reads from our reports, and what it posts on a pull request."""

import os
import re
import shutil
import subprocess
from contextlib import ExitStack

import pytest

from tests.changes import opened
from tests.forges import TOKEN, github
from tests.program import run
from tests.test_cli import POLICY

REVIEWDOG = shutil.which("reviewdog")
pytestmark = pytest.mark.skipif(REVIEWDOG is None, reason="reviewdog is not installed")
FILES = {
    "a.env": "A=é\nDB_HOST=10.0.0.121\nDB_PORT=5432\n",
    "b c.yaml": "# é\ndätenbank_url: 'postgresql://10.0.0.121:5432/'\n",
    "c.env": "DATABASE_URL=postgresql://u:made-up@10.0.0.122:5432/app\n",
}


@pytest.fixture
def change(tmp_path, monkeypatch):
    """A pull request of files that name nodes, whose endpoint has another port."""
    with ExitStack() as stack:
        yield opened(stack, tmp_path, monkeypatch, github, FILES, policy=POLICY.replace("port: 5432", "port: 5000"))


def reviewdog(change, form, *arguments, **given):
    found = run(change.root, "scan", "--diff", change.base, "--format", form).out
    env = {"PATH": os.environ["PATH"], "HOME": str(change.root.parent), **given}
    command = [REVIEWDOG, f"-f={form}", *arguments]
    return subprocess.run(command, cwd=change.root, env=env, input=found, capture_output=True, check=True)


@pytest.mark.parametrize("form", ["rdjson", "sarif"])
def test_it_reads_every_finding_of_a_report(change, form):
    done = reviewdog(change, form, "-reporter=local", "-filter-mode=nofilter")
    assert done.stdout.count(b"is a node of cluster") == len(FILES)


def test_its_suggestions_are_the_fixed_lines_and_no_other(change):
    told = {"CI_REPO_OWNER": "acme", "CI_REPO_NAME": "shop", "CI_PULL_REQUEST": "7", "CI_COMMIT": change.head}
    token = {"GITHUB_API": f"{os.environ['GITHUB_API_URL']}/", "REVIEWDOG_GITHUB_API_TOKEN": TOKEN}
    reviewdog(change, "rdjson", "-reporter=github-pr-review", "-filter-mode=added", **told, **token)
    said = {
        comment["path"]: re.findall(r"```suggestion\n(.*?)\n```", comment["body"], re.DOTALL)
        for comment in change.comments
    }
    assert said == {
        "a.env": ["DB_HOST=10.0.0.10\nDB_PORT=5000"],
        "b c.yaml": ["dätenbank_url: 'postgresql://10.0.0.10:5000/'"],
        "c.env": ["DATABASE_URL=postgresql://u:made-up@10.0.0.10:5000/app"],
    }

"""The GitLab component: valid by GitLab's schema with every input filled in, and its script run as the runner would."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.forges import TOKEN, Change, gitlab, serving
from tests.repositories import ENVIRONMENT, git, repository, write
from tests.snippets import snippet
from tests.trees import FIXTURES, ROOT

BIN = Path(sys.executable).parent
HEADER, BODY = (ROOT / "templates" / "analyzer.yml").read_text().split("\n---\n")
INPUTS = yaml.safe_load(HEADER)["spec"]["inputs"]
PACKAGE = "https://packages.example.com/analyzer-0.1.0-py3-none-any.whl"


def configuration(**given):
    """The component's jobs as GitLab makes them of the inputs: interpolation is replacement of text."""
    values = {name: row.get("default") for name, row in INPUTS.items()} | {"package": PACKAGE} | given
    shown = {name: json.dumps(value) if isinstance(value, bool) else str(value) for name, value in values.items()}
    return re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", lambda match: shown[match[1]], BODY)


def valid(path, text):
    path.write_text(text)
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", path]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["header.yml", "raw.yml", "filled.yml", "readme.yml"])
def test_it_passes_the_schema_of_gitlab(name, tmp_path):
    texts = {"header.yml": HEADER, "raw.yml": BODY, "filled.yml": configuration(), "readme.yml": snippet("GitLab")}
    valid(tmp_path / name, texts[name])


def test_every_input_is_used_and_no_other():
    assert set(re.findall(r"inputs\.([a-z-]+)", BODY)) == set(INPUTS)
    (included,) = yaml.safe_load(snippet("GitLab"))["include"]
    assert set(included["inputs"]) <= set(INPUTS)
    assert {name for name, row in INPUTS.items() if "default" not in row} <= set(included["inputs"])


def test_inputs_never_stand_in_a_script():
    (job,) = yaml.safe_load(BODY).values()
    assert "$[[" not in json.dumps(job["script"])


def job_of(**given):
    (job,) = yaml.safe_load(configuration(**given)).values()
    return job


def scan(job, folder, **ci):
    """The script's second part: the first one installs the package, which needs an index."""
    variables = {name: str(value) for name, value in job["variables"].items()}
    env = {**ENVIRONMENT, "PATH": f"{BIN}:{os.environ['PATH']}", "GITLAB_CI": "true", **variables, **ci}
    command = ["sh", "-e", "-c", job["script"][1]]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)


@pytest.fixture
def checkout(tmp_path):
    """A repository that names a node in a folder with a blank-free name, and its policy."""
    work = tmp_path / "work"
    write(work, "shop/.env", "other/.env", text="DB_HOST=10.0.0.121\nDB_PORT=5432\n")
    write(work, "policy.yaml", text=(FIXTURES / "failover" / "db-endpoints.yaml").read_text())
    return repository(work)


def test_the_job_writes_both_reports_and_fails_for_findings(checkout):
    done = scan(job_of(paths="shop", policy="policy.yaml"), checkout)
    assert done.returncode == 1, done.stderr
    found = json.loads((checkout / "gl-code-quality-report.json").read_bytes())
    assert [item["location"]["path"] for item in found] == ["shop/.env"]
    reports = job_of()["artifacts"]["reports"]
    assert all((checkout / name).is_file() for name in reports.values())


def test_hostile_inputs_are_arguments(checkout):
    done = scan(job_of(paths="shop $(touch hijacked) *", policy="policy.yaml"), checkout)
    assert done.returncode == 2
    assert not (checkout / "hijacked").exists()


def test_a_merge_request_fails_only_for_what_it_adds(checkout):
    base = git(checkout, "rev-parse", "HEAD").decode().strip()
    write(checkout, "README", text="nothing\n")
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "no node")
    job = job_of(policy="policy.yaml")
    assert scan(job, checkout, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 0
    assert len(json.loads((checkout / "gl-code-quality-report.json").read_bytes())) == 2
    write(checkout, "new/.env", text="DB_HOST=10.0.0.122\nDB_PORT=5432\n")
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "a node")
    assert scan(job, checkout, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 1


def test_a_merge_request_is_commented_on_where_that_is_asked_for(checkout):
    base = git(checkout, "rev-parse", "HEAD").decode().strip()
    write(checkout, "new/.env", text="DB_HOST=10.0.0.122\n")
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "a node")
    change = Change(checkout, base, git(checkout, "rev-parse", "HEAD").decode().strip())
    with serving(change, gitlab) as address:
        told = {
            "CI_API_V4_URL": address,
            "CI_PROJECT_ID": "42",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_COMMIT_SHA": change.head,
        }
        told |= {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "GITLAB_TOKEN": TOKEN}
        assert scan(job_of(policy="policy.yaml"), checkout, **told).returncode == 1
        assert change.asked == []
        done = scan(job_of(policy="policy.yaml", suggest=True), checkout, **told)
    assert done.returncode == 1, done.stderr
    assert [comment["position"]["new_path"] for comment in change.comments] == ["new/.env"]
    assert TOKEN.encode() not in done.stdout + done.stderr

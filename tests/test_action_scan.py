"""The action's third and last step, on a real checkout with the real program: annotations, summary, outputs, patch."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.actions import SCRIPTS, runner, shallow
from tests.forges import TOKEN, Change, github, serving
from tests.repositories import git, repository
from tests.runner import carried_out
from tests.trees import FIXTURES

FAILOVER = FIXTURES / "failover"
KEPT = ("services/orders/db.py", "k8s/secret.yaml", "k8s/secret-encoded.yaml")


def checkout(folder):
    """A repository with three files that name nodes, one of them in base64."""
    for name in KEPT:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FAILOVER / "before" / name, folder / name)
    shutil.copy(FAILOVER / "db-endpoints.yaml", folder)
    return repository(folder)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """A job after its scan with a patch, and what the step printed."""
    folder = tmp_path_factory.mktemp("job")
    job = runner(folder, checkout(folder / "work"), "push", before="0" * 40)
    return job, job.step("action_scan.py", ANALYZER_NEW="false", ANALYZER_UPLOAD_PATCH="true")


def test_findings_do_not_fail_the_step_but_become_outputs(scanned):
    job, done = scanned
    assert done.returncode == 0, done.stderr
    outputs = job.outputs()
    report = json.loads(Path(outputs["json-file"]).read_bytes())
    open_ones = [f for f in report["findings"] if f["suppressed"] is None and f["severity"] != "note"]
    assert outputs["exit-code"] == "1"
    assert int(outputs["findings"]) == len(open_ones) > 3
    assert int(outputs["fixable"]) == report["summary"]["fixable"] > 3
    assert Path(outputs["sarif-file"]).read_bytes().startswith(b"{")


def test_findings_become_annotations_and_a_summary(scanned):
    job, done = scanned
    files = {c.properties["file"] for c in carried_out(done.stdout.decode()) if c.name == "error"}
    assert files == set(KEPT)
    assert "node-host" in job.summary()
    assert all(name in job.summary() for name in KEPT)


def test_the_patch_applies_and_leaves_encoded_secrets_out(scanned):
    job, done = scanned
    patch = Path(job.outputs()["patch-file"])
    git(job.workspace, "apply", "--check", str(patch))
    text = patch.read_text()
    assert "+++ b/services/orders/db.py" in text
    assert "secret-encoded" not in text
    assert b"k8s/secret-encoded.yaml: left out" in done.stderr
    assert patch.stat().st_mode & 0o777 == 0o600


def test_no_secret_leaves_but_in_the_patch(scanned):
    job, done = scanned
    reports = Path(job.outputs()["sarif-file"]).parent
    shown = [p.read_bytes() for p in reports.iterdir() if p.suffix != ".patch"]
    assert len(shown) == 3
    for text in (*shown, done.stdout, done.stderr, job.summary().encode()):
        assert b"made-up" not in text
        assert b"bWFkZS11c" not in text


def test_a_clean_tree_has_no_patch_and_no_finding(tmp_path):
    job = runner(tmp_path, repository(tmp_path / "work", "a.txt"), "push")
    assert job.step("action_scan.py", ANALYZER_UPLOAD_PATCH="true").returncode == 0
    outputs = job.outputs()
    assert (outputs["exit-code"], outputs["findings"], outputs["fixable"]) == ("0", "0", "0")
    assert "patch-file" not in outputs


def test_inputs_are_arguments_and_nothing_else(tmp_path):
    job = runner(tmp_path, repository(tmp_path / "work", "a b.txt", "$(touch hijacked).txt"), "push")
    paths = "\n  a b.txt\r\n$(touch hijacked).txt\n"
    assert job.step("action_scan.py", ANALYZER_PATHS=paths).returncode == 0
    report = json.loads(Path(job.outputs()["json-file"]).read_bytes())
    assert report["summary"]["files"] == 2
    assert not (job.workspace / "hijacked").exists()


@pytest.mark.parametrize(
    "given",
    [
        {"ANALYZER_FAIL_ON": "everything"},
        {"ANALYZER_POLICY": "--no-gitignore"},
        {"ANALYZER_PATHS": "--no-gitignore"},
        {"ANALYZER_BASELINE": "missing"},
    ],
)
def test_a_wrong_input_is_exit_2_and_has_no_report(given, tmp_path):
    job = runner(tmp_path, repository(tmp_path / "work", "a.txt"), "push")
    assert job.step("action_scan.py", **given).returncode == 0
    assert job.outputs() == {"exit-code": "2"}
    assert job.summary() == ""


@pytest.mark.parametrize(
    ("code", "said"), [("0", b""), ("1", b"analyzer: findings"), ("2", b"::error"), ("5", b"::error")]
)
def test_the_last_step_fails_as_the_scan_did(code, said, tmp_path):
    environ = {"PATH": "/usr/bin:/bin", "ANALYZER_EXIT_CODE": code, "ANALYZER_UPLOADED": "success"}
    done = subprocess.run([SCRIPTS / "action-conclude"], env=environ, capture_output=True, check=False)
    assert (done.returncode, done.stdout[: len(said)], done.stderr) == (int(code), said, b"")


def test_a_refused_upload_is_told_and_fails_nothing():
    environ = {"PATH": "/usr/bin:/bin", "ANALYZER_EXIT_CODE": "0", "ANALYZER_UPLOADED": "failure"}
    done = subprocess.run([SCRIPTS / "action-conclude"], env=environ, capture_output=True, check=True)
    assert [(c.name, "forks" in c.message) for c in carried_out(done.stdout.decode())] == [("notice", True)]


@pytest.mark.parametrize("event", ["pull_request", "merge_group"])
def test_a_change_that_adds_one_node_is_one_annotation(event, tmp_path):
    work = checkout(tmp_path / "work")
    base = git(work, "rev-parse", "HEAD").decode().strip()
    (work / ".env").write_text("DB_HOST=10.0.0.121\nDB_PORT=5432\n")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "a node")
    tip = git(work, "rev-parse", "HEAD").decode().strip()
    payload = {"pull_request": {"base": {"sha": base}, "head": {"sha": tip}}, "merge_group": {"base_sha": base}}
    depth_1 = shallow(work, tmp_path / "depth-1", tip)
    job = runner(tmp_path, depth_1, event, **{event: payload[event]})
    assert job.step("action_base.py").returncode == 0
    done = job.step("action_scan.py", ANALYZER_NEW=job.outputs()["only-new"], ANALYZER_UPLOAD_PATCH="true")
    patch = Path(job.outputs()["patch-file"]).read_text()
    assert [line for line in patch.split("\n") if line.startswith("+++ ")] == ["+++ b/.env"]
    commands = [c for c in carried_out(done.stdout.decode()) if c.name == "error"]
    assert [c.properties["file"] for c in commands] == [".env"]
    assert (job.outputs()["exit-code"], job.outputs()["findings"]) == ("1", "1")


def test_a_pull_request_is_commented_on_where_that_is_asked_for(tmp_path):
    work = checkout(tmp_path / "work")
    base = git(work, "rev-parse", "HEAD").decode().strip()
    (work / "new.env").write_text("DB_HOST=10.0.0.121\n")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "a node")
    change = Change(work, base, git(work, "rev-parse", "HEAD").decode().strip())
    told = {"number": 7, "base": {"sha": base}, "head": {"sha": change.head}}
    job = runner(tmp_path, work, "pull_request", pull_request=told)
    with serving(change, github) as address:
        place = {"GITHUB_API_URL": address, "GITHUB_REPOSITORY": "acme/shop"}
        silent = job.step("action_scan.py", ANALYZER_NEW="true", ANALYZER_TOKEN="", **place)
        assert (silent.returncode, change.asked) == (0, [])
        done = job.step("action_scan.py", ANALYZER_NEW="true", ANALYZER_TOKEN=TOKEN, **place)
    assert [comment["path"] for comment in change.comments] == ["new.env"]
    assert job.outputs()["exit-code"] == "1"
    assert "node-host" in job.summary()
    assert TOKEN.encode() not in done.stdout + done.stderr
    assert all(TOKEN not in path.read_text() for path in Path(job.outputs()["sarif-file"]).parent.iterdir())

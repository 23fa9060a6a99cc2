"""With which commit `--diff` compares: what CI says in variables and payloads, a name, the clone."""

import json

import pytest

from analyzer.discover import find_checkout
from analyzer.discover.base import find_base
from analyzer.errors import UsageError
from tests.program import run
from tests.repositories import git
from tests.test_diff import NODE, commit, new, tree

__all__ = ["tree"]
ZEROS = "0" * 40
SHALLOW = "fetch-depth: 0"


def base(root, given="", **environment):
    return find_base(find_checkout(root), given, environment)


def github(folder, event, **payload):
    """The variables of a GitHub run, with its payload in a file."""
    path = folder / "event.json"
    path.write_text(json.dumps(payload))
    return {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(path)}


def pull_request(folder, before, tip):
    return github(folder, "pull_request", pull_request={"base": {"sha": before}, "head": {"sha": tip}}, number=7)


def pushed(folder, before, ref="refs/heads/feature", **more):
    return github(folder, "push", before=before, ref=ref, repository={"default_branch": "main"}, **more)


@pytest.fixture
def work(tree):
    """main: fork, later; feature: one commit on top of fork, checked out; by name."""
    fork = commit_empty(tree, "fork")
    git(tree, "checkout", "--quiet", "-b", "feature")
    (tree / "b.env").write_text(NODE)
    feature = commit(tree, "feature")
    git(tree, "checkout", "--quiet", "main")
    (tree / "old.env").write_text("# all moved\n")
    later = commit(tree, "later")
    git(tree, "checkout", "--quiet", "feature")
    return {"root": tree, "fork": fork, "feature": feature, "later": later}


def commit_empty(root, message):
    git(root, "commit", "--quiet", "--allow-empty", f"--message={message}")
    return git(root, "rev-parse", "HEAD").decode().strip()


def merged(work, into="later"):
    """What GitHub and GitLab check out for a pull request: the merge of its tip into the base."""
    git(work["root"], "checkout", "--quiet", work[into])
    git(work["root"], "merge", "--quiet", "--no-ff", "--message=merge", work["feature"])


def test_a_name_means_where_the_branch_left_it(work):
    assert base(work["root"], "main") == work["fork"]
    assert base(work["root"], work["later"]) == work["fork"]
    assert base(work["root"], "HEAD") == work["feature"]
    assert new(work["root"], "--diff", "main") == [("b.env", 1, "node-host")]


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:old.env", "main..feature", "", "a\nb"])
def test_names_that_are_no_commit(work, name, tmp_path):
    ran = run(work["root"], "scan", f"--diff={name}")
    assert ran.code == 2
    assert not (tmp_path / "x").exists()


def test_a_pull_request_on_its_merge_commit(work, tmp_path):
    merged(work)
    told = pull_request(tmp_path, work["fork"], work["feature"])  # the payload's base may be older
    assert base(work["root"], **told) == work["later"]


def test_a_pull_request_on_its_own_tip(work, tmp_path):
    assert base(work["root"], **pull_request(tmp_path, work["later"], work["feature"])) == work["fork"]


def test_a_pull_request_end_to_end(work, tmp_path, monkeypatch):
    merged(work)
    for name, value in pull_request(tmp_path, work["later"], work["feature"]).items():
        monkeypatch.setenv(name, value)
    ran = run(work["root"], "scan", "--diff", "--format", "github")
    assert ran.code == 1
    assert ran.out.count(b"::error file=b.env,line=1") == ran.out.count(b"::") // 2 == 1


def test_a_merge_group(work, tmp_path):
    merged(work)
    told = github(tmp_path, "merge_group", merge_group={"base_sha": work["later"], "head_sha": ZEROS})
    assert base(work["root"], **told) == work["later"]


def test_a_push(work, tmp_path):
    assert base(work["root"], **pushed(tmp_path, work["fork"])) == work["fork"]


def test_a_push_with_force_is_compared_with_what_was_there(work, tmp_path):
    assert base(work["root"], **pushed(tmp_path, work["later"], forced=True)) == work["later"]


def test_a_push_of_a_new_branch_or_over_a_lost_commit(work, tmp_path):
    git(work["root"], "update-ref", "refs/remotes/origin/main", work["later"])
    assert base(work["root"], **pushed(tmp_path, ZEROS)) == work["fork"]
    assert base(work["root"], **pushed(tmp_path, "1" * 40)) == work["fork"]


def test_the_first_push_of_the_default_branch_makes_everything_new(tree, tmp_path, monkeypatch):
    for name, value in pushed(tmp_path, ZEROS, ref="refs/heads/main").items():
        monkeypatch.setenv(name, value)
    found = new(tree, "--diff")
    assert len([rule for _, _, rule in found if rule == "node-host"]) == 10


def gitlab(**variables):
    return {"GITLAB_CI": "true", "CI_DEFAULT_BRANCH": "main", **variables}


def test_a_merge_request(work):
    told = gitlab(CI_MERGE_REQUEST_DIFF_BASE_SHA=work["fork"], CI_COMMIT_BEFORE_SHA=ZEROS)
    assert base(work["root"], **told) == work["fork"]


def test_a_pipeline_for_merged_results(work):
    merged(work)
    told = gitlab(CI_MERGE_REQUEST_DIFF_BASE_SHA=work["fork"], CI_MERGE_REQUEST_TARGET_BRANCH_SHA=work["later"])
    assert base(work["root"], **told) == work["later"]


def test_a_push_to_gitlab(work):
    assert base(work["root"], **gitlab(CI_COMMIT_BEFORE_SHA=work["fork"], CI_COMMIT_BRANCH="feature")) == work["fork"]


def test_local_work_is_compared_with_the_default_branch_of_origin(work):
    with pytest.raises(UsageError, match="upstream"):
        base(work["root"])
    git(work["root"], "update-ref", "refs/remotes/origin/main", work["later"])
    git(work["root"], "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    assert base(work["root"]) == work["fork"]


def test_local_work_is_compared_with_its_upstream_else(work, tmp_path):
    git(tmp_path, "clone", "--quiet", "--branch=feature", str(work["root"]), "clone")
    clone = tmp_path / "clone"
    git(clone, "remote", "set-head", "origin", "--delete")
    (clone / "c.env").write_text(NODE)
    assert base(clone) == work["feature"]
    assert new(clone, "--diff") == [("c.env", 1, "node-host")]


@pytest.mark.parametrize("event", ["schedule", "workflow_dispatch", "pull_request_target", ""])
def test_events_that_say_nothing_of_a_change(work, tmp_path, event):
    with pytest.raises(UsageError, match="does not say what changed"):
        base(work["root"], **github(tmp_path, event))


@pytest.mark.parametrize(
    "payload", [{}, {"pull_request": []}, {"pull_request": {"base": {"sha": "--output=x"}, "head": {"sha": "x"}}}]
)
def test_payloads_that_name_no_base(work, tmp_path, payload):
    with pytest.raises(UsageError, match="names no base"):
        base(work["root"], **github(tmp_path, "pull_request", **payload))


def test_a_payload_that_cannot_be_read(work, tmp_path):
    told = pull_request(tmp_path, work["fork"], work["feature"])
    (tmp_path / "event.json").write_text("[" * 100_000)
    with pytest.raises(UsageError, match="GITHUB_EVENT_PATH"):
        base(work["root"], **told)


@pytest.fixture
def cut(work, tmp_path):
    """A clone that holds one commit, the merge of the pull request: what actions/checkout makes."""
    merged(work)
    git(work["root"], "checkout", "--quiet", "-b", "merge")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=merge", work["root"].as_uri(), "cut")
    return tmp_path / "cut"


def test_a_shallow_clone_is_refused_with_what_to_set(cut, work, tmp_path, monkeypatch):
    told = pull_request(tmp_path, work["later"], work["feature"])
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    ran = run(cut, "scan", "--diff")
    assert (ran.code, ran.out) == (2, b"")
    assert b"fetch-depth: 0" in ran.err
    for told in (pushed(tmp_path, work["fork"]), pushed(tmp_path, ZEROS)):
        with pytest.raises(UsageError) as error:
            base(cut, **told)
        assert SHALLOW in error.value.hint
    with pytest.raises(UsageError) as error:
        base(cut, **gitlab(CI_MERGE_REQUEST_DIFF_BASE_SHA=work["fork"]))
    assert "GIT_DEPTH" in error.value.hint
    with pytest.raises(UsageError, match="no such commit"):
        base(cut, "main")


def test_a_shallow_clone_that_fetched_the_base_will_do(cut, work, tmp_path):
    git(cut, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", work["later"])
    assert base(cut, **pull_request(tmp_path, work["fork"], work["feature"])) == work["later"]
    assert new(cut, "--diff", work["later"]) == [("b.env", 1, "node-host")]


def test_a_shallow_clone_without_where_the_branch_left_is_refused(cut, work):
    git(cut, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", work["fork"])
    with pytest.raises(UsageError, match="shallow"):
        base(cut, work["fork"])


def test_two_commits_are_enough_for_a_pull_request(work, tmp_path):
    merged(work)
    git(work["root"], "checkout", "--quiet", "-b", "merge")
    git(tmp_path, "clone", "--quiet", "--depth=2", "--branch=merge", work["root"].as_uri(), "two")
    told = pull_request(tmp_path, work["later"], work["feature"])
    assert base(tmp_path / "two", **told) == work["later"]


def test_no_checkout_and_no_commit(tmp_path, monkeypatch):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert run(tmp_path, "scan", "--diff").code == 2
    git(tmp_path, "init", "--quiet")
    ran = run(tmp_path, "scan", "--diff")
    assert (ran.code, b"no commit yet" in ran.err) == (2, True)

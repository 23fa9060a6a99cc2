"""`analyzer suggest` on GitHub: a real repository, a real payload, and a server that checks what is posted."""

import json
import re
from contextlib import ExitStack
from functools import partial

import pytest

from tests.changes import NODES, opened, pushed, suggest, written
from tests.forges import github
from tests.program import run
from tests.repositories import git
from tests.runner import carried_out
from tests.test_cli import POLICY
from tests.test_diff import commit

TWO_LINES = "DB_HOST=10.0.0.121\nDB_PORT=5432\n"
SUGGESTION = re.compile(r"^(`{3,})suggestion\n(.*)\n\1$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def pull(tmp_path, monkeypatch):
    """Opens a pull request of files by path."""
    with ExitStack() as stack:
        yield partial(opened, stack, tmp_path, monkeypatch, github)


def annotations(ran):
    return [(c.properties["file"], c.properties["line"]) for c in carried_out(ran.out.decode())]


def test_a_finding_in_the_change_gets_a_comment_whose_suggestion_is_the_fixed_line(pull):
    change = pull({"new.env": f"# é\n{NODES}"})
    ran = suggest(change)
    (comment,) = change.comments
    assert (comment["path"], comment["line"], comment["side"]) == ("new.env", 2, "RIGHT")
    assert SUGGESTION.search(comment["body"])[2] == "APP_DB_HOST=10.0.0.10"
    assert annotations(ran) == []
    assert b"1 posted" in ran.err


def test_a_second_run_posts_nothing_and_its_exit_code_is_that_of_the_findings(pull):
    change = pull({"new.env": NODES})
    suggest(change)
    ran = suggest(change)
    assert len(change.comments) == 1
    assert b"1 there already" in ran.err
    assert [a.path for a in change.asked if a.method == "POST"] == ["/repos/acme/shop/pulls/7/reviews"]


def test_code_that_moved_since_its_comment_gets_no_other(pull):
    change = pull({"new.env": NODES})
    suggest(change)
    written(change.root, {"new.env": f"# more\n# lines\n{NODES}"})
    change.head = commit(change.root)
    pushed(change)
    suggest(change)
    assert len(change.comments) == 1


def test_what_fails_no_run_is_no_comment(pull):
    change = pull({"notes.md": "The first is 10.0.0.121.\n"})
    ran = suggest(change, code=0)
    assert change.comments == []
    assert annotations(ran) == [("notes.md", "1")]
    suggest(change, "--fail-on", "note")
    assert len(change.comments) == 1


def test_a_fix_of_two_lines_is_a_comment_on_both(pull):
    change = pull({"new.env": f"A=1\n{TWO_LINES}"}, policy=POLICY.replace("port: 5432", "port: 5000"))
    suggest(change)
    (comment,) = change.comments
    assert (comment["start_line"], comment["line"]) == (2, 3)
    assert SUGGESTION.search(comment["body"])[2] == "DB_HOST=10.0.0.10\nDB_PORT=5000"


HOSTILE = {
    "a password": "DATABASE_URL=postgresql://u:made-up@10.0.0.121:5432/app\n",
    "a comment": "DB_HOST=10.0.0.121 # made-up ``` @made-up <!-- --> ::error::made-up\n",
    "a key": "<!--made-up@made-up```DB_HOST=10.0.0.121\n",
    "a line that GitLab would carry out": "/close made-up DB_HOST=10.0.0.121\npsql -h 10.0.0.121\n",
    "CR LF": "A=made-up\r\nDB_HOST=10.0.0.121\r\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_of_a_line_that_may_hold_a_secret_nothing_is_repeated(pull, case):
    change = pull({"x.sh" if case.startswith("a line") else "::error::@made.env": HOSTILE[case]})
    ran = suggest(change, "--dry-run", code=1)
    assert carried_out(ran.out.decode()) == []
    suggest(change)
    assert len(change.comments) > 0
    for comment in change.comments:
        assert "```" not in comment["body"]
        assert "made-up" not in comment["body"]


def test_backticks_in_a_line_make_the_fence_longer(pull):
    change = pull({"a.js": "const { Pool } = require('pg')\nconst p = new Pool({ host: `10.0.0.121` })\n"})
    suggest(change)
    (comment,) = change.comments
    fence, line = SUGGESTION.search(comment["body"]).groups()
    assert line == "const p = new Pool({ host: `10.0.0.10` })"
    assert len(fence) == 3


def test_a_finding_outside_the_hunks_is_an_annotation(pull):
    old = {"old.env": "# analyzer: ignore[node-host] asked by hand\n" + NODES + "A=1\n" * 20}
    change = pull({"old.env": "# no more\n" + NODES + "A=1\n" * 20, "b.env": NODES}, old=old)
    # The tree was changed after the commit, so that git and GitHub differ.
    written(change.root, {"old.env": "A=1\n" * 12 + "NEW_DB_HOST=10.0.0.122\n" + NODES + "A=1\n" * 8})
    ran = suggest(change)
    assert {c["path"] for c in change.comments} == {"b.env", "old.env"}
    assert ("old.env", "13") in annotations(ran)
    assert b"1 outside" in ran.err


def test_a_merge_into_a_base_that_moved_on_shifts_no_comment(pull):
    change = pull({"old.env": "A=1\n" * 20 + NODES + "B=1\nNEW_DB_HOST=10.0.0.122\n"})
    written(change.root, {"old.env": "# base\n" * 5 + "A=1\n" * 20 + NODES + "B=1\nNEW_DB_HOST=10.0.0.122\n"})
    suggest(change)
    (comment,) = change.comments
    assert comment["line"] == 23


def test_a_place_that_is_refused_becomes_an_annotation_and_the_others_comments(pull):
    change = pull({"a.env": NODES, "b.env": NODES, "c.env": NODES})
    change.refused = {"b.env": 422}
    ran = suggest(change)
    assert {c["path"] for c in change.comments} == {"a.env", "c.env"}
    assert annotations(ran) == [("b.env", "1")]
    assert b"2 posted, 1 refused" in ran.err


def test_a_token_that_may_only_read_leaves_annotations_and_advice(pull):
    change = pull({"a.env": NODES})
    change.answers = [("POST", "/reviews", 403, {})]
    ran = suggest(change)
    assert annotations(ran) == [("a.env", "1")]
    assert b"pull-requests: write" in ran.err


def test_what_was_posted_before_all_is_refused_counts(pull):
    change = pull({"a.env": NODES, "b.env": NODES, "c.env": NODES})
    change.answers = [("POST", "/reviews", 422, {})]
    change.refused = {"b.env": 403}
    ran = suggest(change)
    assert [c["path"] for c in change.comments] == ["a.env"]
    assert annotations(ran) == [("b.env", "1"), ("c.env", "1")]


@pytest.mark.parametrize(
    ("status", "headers"),
    [(429, {"Retry-After": "1"}), (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"})],
)
def test_too_many_requests_are_waited_for(pull, status, headers):
    change = pull({"a.env": NODES})
    change.answers = [("POST", "/reviews", status, headers), ("GET", "/files", status, headers)]
    suggest(change)
    assert len(change.comments) == 1


def test_a_wait_that_is_too_long_is_not_made(pull):
    change = pull({"a.env": NODES})
    change.answers = [("POST", "/reviews", 429, {"Retry-After": "3600"})]
    ran = suggest(change)
    assert annotations(ran) == [("a.env", "1")]
    assert b"HTTP status 429" in ran.err


def test_pages_of_comments_and_files_are_read_to_the_end(pull):
    change = pull({f"{n}.env": NODES for n in range(5)})
    change.page = 2
    suggest(change)
    suggest(change)
    assert len(change.comments) == 5


def test_a_mark_of_somebody_else_does_not_count(pull):
    change = pull({"a.env": NODES})
    suggest(change)
    change.comments[0]["user"] = {"login": "mallory", "type": "User"}
    suggest(change)
    assert len(change.comments) == 2


def test_a_person_s_token_counts_that_person_s_comments(pull):
    change = pull({"a.env": NODES})
    change.account = "alice"
    suggest(change)
    suggest(change)
    assert len(change.comments) == 1


def test_no_more_comments_than_asked_for_and_the_rest_is_told(pull):
    change = pull({f"{n}.env": NODES for n in range(5)})
    ran = suggest(change, "--most", "2")
    assert len(change.comments) == 2
    assert len(annotations(ran)) == 3
    assert b"2 posted, 3 more than --most" in ran.err


def test_a_dry_run_shows_and_sends_nothing(pull):
    change = pull({"a.env": NODES})
    ran = suggest(change, "--dry-run")
    assert change.comments == []
    assert b"a.env:1\n" in ran.out
    assert b"  | APP_DB_HOST=10.0.0.10\n" in ran.out
    assert not [a for a in change.asked if a.method != "GET"]


def test_a_newer_commit_is_left_to_its_own_run(pull):
    change = pull({"a.env": NODES})
    written(change.root, {"a.env": f"# pushed since\n{NODES}"})
    change.head = commit(change.root)
    git(change.root, "checkout", "--quiet", "HEAD~1")
    ran = suggest(change)
    assert change.comments == []
    assert annotations(ran) == [("a.env", "1")]


def test_nothing_new_asks_nothing(pull):
    change = pull({"a.env": "A=1\n"})
    suggest(change, code=0)
    assert change.asked == []


def test_a_part_of_the_tree_and_reports(pull, tmp_path):
    change = pull({"a/x.env": NODES, "b/x.env": NODES})
    report = tmp_path / "all.json"
    suggest(change, "a", "--report", f"json={report}")
    assert [c["path"] for c in change.comments] == ["a/x.env"]
    assert len(json.loads(report.read_bytes())["findings"]) == 1


def test_from_a_folder_the_path_is_still_that_of_the_repository(pull):
    change = pull({"a/é x.env": NODES})
    ran = run(change.root / "a", "suggest", "--policy", "../db-endpoints.yaml")
    assert ran.code == 1, ran.err
    assert [c["path"] for c in change.comments] == ["a/é x.env"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GITHUB_EVENT_NAME", "push"),
        ("GITHUB_EVENT_PATH", "/nonexistent"),
        ("GITHUB_REPOSITORY", "acme/../x"),
        ("GITHUB_API_URL", "file:///etc/passwd"),
        ("GITHUB_ACTIONS", "false"),
    ],
)
def test_what_names_no_pull_request_is_refused(pull, monkeypatch, name, value):
    change = pull({"a.env": NODES})
    monkeypatch.setenv(name, value)
    suggest(change, code=2)
    assert change.asked == []


def test_forge_and_base_can_be_named(pull, monkeypatch):
    change = pull({"a.env": NODES})
    monkeypatch.delenv("GITHUB_ACTIONS")
    suggest(change, "--github", "--diff", change.base)
    assert len(change.comments) == 1


def test_without_a_token_findings_are_told_all_the_same(pull, monkeypatch):
    change = pull({"a.env": NODES})
    monkeypatch.delenv("GITHUB_TOKEN")
    ran = suggest(change)
    assert annotations(ran) == [("a.env", "1")]
    assert b"GITHUB_TOKEN is not set" in ran.err
    assert change.asked == []


@pytest.mark.parametrize("token", ["two\nlines", "tök"])
def test_what_cannot_be_a_token_is_not_sent_and_not_shown(pull, monkeypatch, token):
    change = pull({"a.env": NODES})
    monkeypatch.setenv("GITHUB_TOKEN", token)
    ran = suggest(change)
    assert change.asked == []
    assert token.encode() not in ran.out + ran.err

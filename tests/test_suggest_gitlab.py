"""`analyzer suggest` on GitLab: a real repository, and a server that checks what is posted."""

import re
from contextlib import ExitStack
from functools import partial

import pytest

from tests.changes import NODES, opened, suggest, written
from tests.forges import gitlab
from tests.repositories import git
from tests.test_cli import POLICY
from tests.test_diff import commit

BLOCK = re.compile(r"^(`{3,})suggestion:-0\+(\d+)\n(.*)\n\1$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def merge(tmp_path, monkeypatch):
    """Opens a merge request of files by path."""
    with ExitStack() as stack:
        yield partial(opened, stack, tmp_path, monkeypatch, gitlab)


def test_a_finding_in_the_change_gets_a_discussion_with_a_suggestion(merge):
    change = merge({"new.env": f"# é\n{NODES}"})
    ran = suggest(change)
    (comment,) = change.comments
    assert comment["position"]["new_line"] == 2
    assert BLOCK.search(comment["body"]).groups()[1:] == ("0", "APP_DB_HOST=10.0.0.10")
    assert b"1 posted" in ran.err
    assert ran.out == b""


def test_a_second_run_posts_nothing(merge):
    change = merge({"new.env": NODES})
    suggest(change)
    assert b"1 there already" in suggest(change).err
    assert len(change.comments) == 1


def test_a_fix_of_two_lines_says_how_many_it_replaces(merge):
    text = "A=1\nDB_HOST=10.0.0.121\nDB_PORT=5432\n"
    change = merge({"new.env": text}, policy=POLICY.replace("port: 5432", "port: 5000"))
    suggest(change)
    (comment,) = change.comments
    assert comment["position"]["new_line"] == 2
    assert BLOCK.search(comment["body"]).groups()[1:] == ("1", "DB_HOST=10.0.0.10\nDB_PORT=5000")


def test_a_line_that_was_there_before_is_named_by_both_its_numbers(merge):
    old = {"old.env": "A=1\n# analyzer: ignore[node-host] asked by hand\n" + NODES + "B=1\n"}
    change = merge({"old.env": "A=1\n# one\n# two\n" + NODES + "B=1\n"}, old=old)
    suggest(change)
    (comment,) = change.comments
    assert (comment["position"]["old_line"], comment["position"]["new_line"]) == (3, 4)


def test_a_renamed_file_is_named_by_both_its_paths(merge):
    change = merge({})
    git(change.root, "mv", "old.env", "neu é.env")
    written(change.root, {"neu é.env": "A=1\n" * 20 + NODES + "NEW_DB_HOST=10.0.0.122\n"})
    change.head = commit(change.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CI_COMMIT_SHA", change.head)
        suggest(change)
    (comment,) = change.comments
    assert (comment["position"]["old_path"], comment["position"]["new_path"]) == ("old.env", "neu é.env")


def test_what_has_no_place_is_told_as_text(merge):
    change = merge({"a.env": NODES, "b.env": NODES})
    change.refused = {"b.env": 400}
    ran = suggest(change)
    assert [c["position"]["new_path"] for c in change.comments] == ["a.env"]
    assert b"b.env:1:13: error node-host" in ran.out
    assert b"1 posted, 1 refused" in ran.err


def test_a_token_that_may_not_write_leaves_text_and_advice(merge):
    change = merge({"a.env": NODES})
    change.refused = {"a.env": 403}
    ran = suggest(change)
    assert b"a.env:1:13: error node-host" in ran.out
    assert b"scope `api`" in ran.err


def test_pages_of_discussions_and_files_are_read_to_the_end(merge):
    change = merge({f"{n}.env": NODES for n in range(5)})
    change.page = 2
    suggest(change)
    suggest(change)
    assert len(change.comments) == 5


def test_the_mark_of_somebody_else_does_not_count(merge):
    change = merge({"a.env": NODES})
    suggest(change)
    change.comments[0]["author"] = {"id": 12}
    suggest(change)
    assert len(change.comments) == 2


def test_a_pipeline_for_merged_results_and_a_fork_s_project(merge, monkeypatch):
    change = merge({"a.env": NODES})
    monkeypatch.setenv("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", change.head)
    monkeypatch.setenv("CI_COMMIT_SHA", "f" * 40)
    monkeypatch.setenv("CI_PROJECT_ID", "43")
    monkeypatch.setenv("CI_MERGE_REQUEST_PROJECT_ID", "42")
    suggest(change)
    assert len(change.comments) == 1


def test_a_newer_commit_is_left_to_its_own_pipeline(merge, monkeypatch):
    change = merge({"a.env": NODES})
    monkeypatch.setenv("CI_COMMIT_SHA", "f" * 40)
    assert b"newer commit" in suggest(change).err
    assert change.comments == []


@pytest.mark.parametrize("name", ["CI_MERGE_REQUEST_IID", "CI_PROJECT_ID", "CI_API_V4_URL", "CI_COMMIT_SHA"])
def test_what_names_no_merge_request_is_refused(merge, monkeypatch, name):
    change = merge({"a.env": NODES})
    monkeypatch.setenv(name, "../1")
    suggest(change, code=2)
    assert change.asked == []

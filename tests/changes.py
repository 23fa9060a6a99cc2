"""A change under review: a repository with its head checked out, its forge, and the variables of the job."""

import json

from tests.forges import TOKEN, Change, github, serving
from tests.program import run
from tests.repositories import git
from tests.test_cli import POLICY
from tests.test_diff import commit

NODES = "APP_DB_HOST=10.0.0.121\n"


def opened(stack, folder, monkeypatch, answer, files, *, old=None, policy=POLICY):
    """The change that writes these files by path over the `old` ones, on a forge that answers so until `stack` ends."""
    root = folder / "shop"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    written(root, {"db-endpoints.yaml": policy, **(old or {"old.env": "A=1\n" * 20 + NODES})})
    base = commit(root)
    written(root, files)
    change = Change(root, base, commit(root) if files else base)
    address = stack.enter_context(serving(change, answer))
    variables = _github(address, change) if answer is github else _gitlab(address, change)
    for name, value in {**variables, "NO_PROXY": "*"}.items():
        monkeypatch.setenv(name, value)
    return change


def _github(address, change):
    pushed(change)
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(change.root.parent / "event.json"),
        "GITHUB_REPOSITORY": "acme/shop",
        "GITHUB_API_URL": address,
        "GITHUB_TOKEN": TOKEN,
    }


def _gitlab(address, change):
    return {
        "GITLAB_CI": "true",
        "CI_API_V4_URL": address,
        "CI_PROJECT_ID": "42",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": change.base,
        "CI_COMMIT_SHA": change.head,
        "GITLAB_TOKEN": TOKEN,
    }


def pushed(change):
    """The payload of GitHub's event for the head as it is now."""
    told = {"number": 7, "head": {"sha": change.head}, "base": {"sha": change.base}}
    (change.root.parent / "event.json").write_text(json.dumps({"pull_request": told}))


def written(root, files):
    """Files by path, as text or bytes."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode() if isinstance(text, str) else text)


def suggest(change, *arguments, code=1):
    """A run that ends so; the token is in no output."""
    ran = run(change.root, "suggest", *arguments)
    assert ran.code == code, ran.err
    assert TOKEN.encode() not in ran.out + ran.err
    return ran

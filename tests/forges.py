"""Forges on this machine: HTTP servers that answer as GitHub and GitLab do, for one change in a real repository.

Every body that is posted must be valid by the forge's published schema and hold nothing that it does not know; every
place must lie in the hunks of git's own diff. What is asked is written down.
"""

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator

from tests.repositories import git
from tests.trees import ROOT

TOKEN = "made-up-token-5e1f"
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_REVIEW = "/repos/acme/shop/pulls/7"
_MERGE = "/projects/42/merge_requests/7"


@dataclass
class Asked:
    """A request: method, path with its query, headers by their names in small letters, and the object in its body."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict | None


@dataclass
class Change:
    """A change in a repository, from `base` to `head`, and what is written below it. `page`: items of a page.

    `answers` are given instead of the real ones to requests of that method and end of path, one each: status, headers.
    `refused` are paths on which nobody may comment, with the status that says so; `wrong` is what broke a contract.
    """

    root: Path
    base: str
    head: str
    comments: list[dict] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[str, str, int, dict[str, str]]] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    page: int = 100
    account: str | None = None

    def diffs(self) -> list[dict]:
        """Each changed file as git shows it: old and new path, and the hunks."""
        return _diffs(self.root, self.base, self.head)

    def instead(self, asked: Asked) -> tuple[int, object, dict[str, str]]:
        """The answer that was set for a request, once; status 0 where there is none."""
        for at, (method, end, status, headers) in enumerate(self.answers):
            if asked.method == method and asked.path.split("?")[0].endswith(end):
                del self.answers[at]
                return status, {"message": "no"}, headers
        return 0, None, {}

    def shows(self, path: str, first: int, last: int) -> bool:
        """Whether one hunk of the file holds all the lines, by the numbers of the new version."""
        patches = [each["patch"] for each in self.diffs() if each["new"] == path]
        ranges = [(int(m[1]), int(m[1]) + int(m[2] or 1)) for patch in patches for m in _HUNK.finditer(patch)]
        return any(start <= first <= last < end for start, end in ranges)


@cache
def _diffs(root: Path, base: str, head: str) -> list[dict]:
    span = ("--find-renames", base, head)
    told = git(root, "diff", "--name-status", "-z", *span).decode().split("\0")
    found = []
    while told[0]:
        kind, old, *told = told
        new = told.pop(0) if kind.startswith("R") else old
        patch = git(root, "--literal-pathspecs", "diff", *span, "--", old, new).decode()
        at = patch.find("\n@@ ")
        found.append({"old": old, "new": new, "patch": patch[at + 1 :] if at >= 0 else ""})
    return found


@cache
def validator(name: str, part: str = "") -> Validator:
    """The schema of a request body."""
    schema = json.loads((ROOT / "tests" / "data" / name).read_bytes())
    return Draft202012Validator(schema["$defs"][part] if part else schema)


def _known(schema: dict, value: object) -> None:
    """Published schemas let unknown fields pass, and so do the servers, which do nothing with them."""
    if isinstance(value, dict):
        assert set(value) <= set(schema["properties"]), value
        for key, inner in value.items():
            _known(schema["properties"][key], inner)
    for inner in value if isinstance(value, list) else ():
        _known(schema["items"], inner)


def check(valid: Validator, body: object) -> None:
    """Fail for what the schema refuses or does not know."""
    valid.validate(body)
    _known(valid.schema, body)


class _Handler(BaseHTTPRequestHandler):
    """Writes down what is asked, and answers as the server's forge does."""

    def log_message(self, *_arguments):
        """Nothing is printed."""

    def do_GET(self):
        self._respond(None)

    def do_POST(self):
        self._respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _respond(self, body):
        headers = {name.lower(): text for name, text in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body)
        change = self.server.change
        change.asked.append(asked)
        status, value, headers = change.instead(asked)
        if not status:
            status, value = self._told(asked)
            value, headers = _paged(change, asked, value, f"http://{self.headers['Host']}")
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def _told(self, asked):
        try:
            return self.server.answer(self.server.change, asked)
        except (AssertionError, LookupError, TypeError, ValueError, ValidationError) as error:
            self.server.change.wrong.append(f"{type(error).__name__}: {error}")
            return 418, {}


@contextlib.contextmanager
def serving(change: Change, answer) -> Iterator[str]:
    """A server that answers with `answer(change, asked) -> (status, body)`; its address. No request may be wrong."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.change, server.answer = change, answer
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert change.wrong == []


def _paged(change: Change, asked: Asked, value, address: str):
    if not isinstance(value, list):
        return value, {}
    path, _, query = asked.path.partition("?")
    given = dict(part.split("=") for part in query.split("&") if part)
    size, page = min(int(given.get("per_page", 30)), change.page), int(given.get("page", 1))
    following = f'<{address}{path}?per_page={size}&page={page + 1}>; rel="next", <{address}{path}?page=9>; rel="last"'
    more = page * size < len(value)
    return value[(page - 1) * size : page * size], {"Link": following} if more else {}


def github(change: Change, asked: Asked):
    """GitHub's REST interface, as far as reviews go."""
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", asked.headers["x-github-api-version"])
    path = asked.path.split("?")[0]
    return _read(change, path, asked.headers["accept"]) if asked.method == "GET" else _wrote(change, path, asked.body)


def _read(change: Change, path: str, accept: str):
    """Tokens of apps may not ask who they are."""
    if path == _REVIEW and "diff" in accept:
        return 200, git(change.root, "diff", change.base, change.head)
    named = [{"filename": d["new"], "status": "modified", "patch": d["patch"]} for d in change.diffs()]
    me = {"login": change.account, "type": "User"}
    told = {
        "/user": (200, me) if change.account is not None else (403, {}),
        "/repos/acme/shop": (200, {"html_url": "https://github.com/acme/shop"}),
        _REVIEW: (200, {"number": 7, "head": {"sha": change.head}}),
        f"{_REVIEW}/files": (200, [each if each["patch"] else {"filename": each["filename"]} for each in named]),
        f"{_REVIEW}/comments": (200, change.comments),
    }
    return told[path]


def _wrote(change: Change, path: str, body: dict):
    kind = {f"{_REVIEW}/reviews": "review", f"{_REVIEW}/comments": "comment"}[path]
    check(validator("github-pull-comments.json", kind), body)
    assert body["commit_id"] == change.head
    if kind == "review":
        return _reviewed(change, body["comments"])
    if body["path"] in change.refused:
        return change.refused[body["path"]], {"message": "no"}
    status, value = _reviewed(change, [body])
    return (201, value) if status == 200 else (status, value)


def _reviewed(change: Change, comments: list[dict]):
    for each in comments:
        first, last = each.get("start_line", each["line"]), each["line"]
        assert first < last or "start_line" not in each
        if each["path"] in change.refused or not change.shows(each["path"], first, last):
            return 422, {"message": "Validation Failed"}
    user = {"login": change.account or "github-actions[bot]", "type": "User" if change.account else "Bot"}
    change.comments += [{**each, "user": user} for each in comments]
    return 200, {"id": 1}


def gitlab(change: Change, asked: Asked):
    """GitLab's REST interface, as far as discussions go."""
    assert asked.headers["private-token"] == TOKEN
    match asked.method, asked.path.split("?")[0]:
        case "GET", "/user":
            return 200, {"id": 11, "username": "project_42_bot"}
        case "GET", p if p == f"{_MERGE}/versions":
            shas = {"head_commit_sha": change.head, "base_commit_sha": change.base, "start_commit_sha": change.base}
            return 200, [shas, {**shas, "head_commit_sha": "0" * 40}]
        case "GET", p if p == f"{_MERGE}/diffs":
            return 200, [{"old_path": d["old"], "new_path": d["new"], "diff": d["patch"]} for d in change.diffs()]
        case "GET", p if p == f"{_MERGE}/discussions":
            return 200, [{"id": "a", "notes": [note]} for note in change.comments]
        case "POST", p if p == f"{_MERGE}/discussions":
            check(validator("gitlab-merge-request-discussion.json"), asked.body)
            return _discussed(change, asked.body)
    raise AssertionError(f"{asked.method} {asked.path}")


def _discussed(change: Change, body: dict):
    """GitLab makes a line's code of both its numbers, so a line that was there before must name its old one."""
    position = body["position"]
    assert (position["base_sha"], position["head_sha"]) == (change.base, change.head)
    path, number = position["new_path"], position["new_line"]
    if path in change.refused or not change.shows(path, number, number):
        return change.refused.get(path, 400), {"message": '400 Bad request - Note {:line_code=>["can\'t be blank"]}'}
    added = git(change.root, "blame", "-s", f"-L{number},{number}", f"{change.base}..{change.head}", "--", path)
    assert added.startswith(b"^") == ("old_line" in position)
    change.comments.append({"author": {"id": 11}, **body})
    return 201, {"id": "b"}

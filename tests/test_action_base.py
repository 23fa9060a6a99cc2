"""The action's second step, on real repositories: which commit is the base, and that it is there afterwards."""

import base64
import http.server
import threading

import pytest

from tests.actions import runner, shallow
from tests.repositories import git, repository, write

ZEROS = "0" * 40


@pytest.fixture
def history(tmp_path):
    """A repository of three commits; their names, the oldest first."""
    origin = repository(tmp_path / "origin", "a.txt")
    for name in ("b.txt", "c.txt"):
        write(origin, name)
        git(origin, "add", "--all")
        git(origin, "commit", "--quiet", "--message", name)
    return origin, git(origin, "log", "--reverse", "--format=%H").decode().split()


def payloads(base):
    fork = {"head": {"repo": {"fork": True, "full_name": "stranger/shop"}}, "base": {"sha": base}}
    return {
        "pull_request": {"pull_request": {"base": {"sha": base}, "head": {"repo": {"fork": False}}}},
        "fork": {"pull_request": fork},
        "merge_group": {"merge_group": {"base_sha": base, "head_sha": ZEROS}},
        "push": {"before": base, "after": ZEROS},
    }


@pytest.mark.parametrize(
    ("kind", "wanted", "new"),
    [
        ("pull_request", "auto", True),
        ("fork", "auto", True),
        ("merge_group", "auto", True),
        ("push", "auto", False),
        ("push", "true", True),
        ("pull_request", "false", False),
    ],
)
def test_the_base_of_an_event_is_fetched_into_a_shallow_checkout(kind, wanted, new, history, tmp_path):
    origin, commits = history
    checkout = shallow(origin, tmp_path / "work", commits[-1])
    event = "pull_request" if kind == "fork" else kind
    job = runner(tmp_path, checkout, event, **payloads(commits[0])[kind])
    done = job.step("action_base.py", ANALYZER_ONLY_NEW=wanted)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert job.outputs() == {"only-new": str(new).lower()}
    names = git(checkout, "cat-file", "--batch-all-objects", "--batch-check").decode()
    assert (commits[0] in names) is new
    assert git(checkout, "rev-parse", "HEAD").decode().strip() == commits[-1]


def test_the_base_of_a_merge_is_the_commit_merged_into(history, tmp_path):
    origin, commits = history
    git(origin, "checkout", "--quiet", "-b", "change", commits[0])
    git(origin, "commit", "--quiet", "--allow-empty", "--message", "change")
    tip = git(origin, "rev-parse", "HEAD").decode().strip()
    git(origin, "checkout", "--quiet", "--detach", commits[2])
    git(origin, "merge", "--quiet", "--no-ff", "--message", "merge", tip)
    checkout = shallow(origin, tmp_path / "work", git(origin, "rev-parse", "HEAD").decode().strip())
    payload = {"pull_request": {"base": {"sha": commits[1]}, "head": {"sha": tip}}}
    assert runner(tmp_path, checkout, "pull_request", **payload).step("action_base.py").returncode == 0
    names = git(checkout, "cat-file", "--batch-all-objects", "--batch-check").decode()
    assert commits[2] in names
    assert commits[1] not in names


def test_a_whole_history_stays_whole(history, tmp_path):
    origin, commits = history
    git(tmp_path, "clone", "--quiet", str(origin), "work")
    git(origin, "checkout", "--quiet", "-b", "other", commits[0])
    git(origin, "commit", "--quiet", "--allow-empty", "--message", "elsewhere")
    base = git(origin, "rev-parse", "HEAD").decode().strip()
    job = runner(tmp_path, tmp_path / "work", "pull_request", **payloads(base)["pull_request"])
    assert job.step("action_base.py").returncode == 0
    assert git(job.workspace, "rev-list", "--count", "HEAD").strip() == b"3"
    assert git(job.workspace, "rev-parse", "--is-shallow-repository").strip() == b"false"


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("push", {"before": ZEROS}),
        ("schedule", {}),
        ("pull_request", {"pull_request": None}),
        ("pull_request", {"pull_request": {"base": {"sha": "--upload-pack=touch hijacked"}}}),
        ("pull_request_target", {"pull_request": {"base": {"sha": "1" * 40}}}),
    ],
)
def test_an_event_without_a_base_is_scanned_as_a_whole_and_says_so(event, payload, history, tmp_path):
    job = runner(tmp_path, history[0], event, **payload)
    done = job.step("action_base.py", ANALYZER_ONLY_NEW="true")
    assert done.stdout.startswith(b"::notice title=analyzer::This event has no commit to compare with")
    assert job.outputs() == {"only-new": "false"}


def test_a_base_that_cannot_be_fetched_is_told_and_still_asked_for(history, tmp_path):
    job = runner(tmp_path, history[0], "pull_request", **payloads("1" * 40)["pull_request"])
    done = job.step("action_base.py")
    assert done.stdout.startswith(b"::warning title=analyzer::The base commit 1111")
    assert job.outputs() == {"only-new": "true"}


def test_an_input_that_is_none_of_the_three_fails(history, tmp_path):
    done = runner(tmp_path, history[0]).step("action_base.py", ANALYZER_ONLY_NEW="yes")
    assert (done.returncode, done.stdout) == (1, b"::error title=analyzer::only-new must be auto, true or false.\n")


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append(self.headers.get_all("Authorization"))
        self.send_error(404)

    def log_message(self, *_arguments):
        pass


def test_the_token_goes_to_the_server_of_the_event_in_one_header(history, tmp_path):
    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        server.seen = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        checkout = shallow(history[0], tmp_path / "work", history[1][-1])
        git(checkout, "remote", "set-url", "origin", f"{url}/shop/orders")
        git(checkout, "config", f"http.{url}/.extraheader", "AUTHORIZATION: basic left-by-checkout")
        job = runner(tmp_path, checkout, "pull_request", **payloads(history[1][0])["pull_request"])
        done = job.step("action_base.py", ANALYZER_TOKEN="made-up-token", GITHUB_SERVER_URL=url)
        server.shutdown()
    expected = "basic " + base64.b64encode(b"x-access-token:made-up-token").decode()
    assert server.seen
    assert all(header == [expected] for header in server.seen)
    assert b"made-up-token" not in done.stdout + done.stderr
    assert "made-up-token" not in (checkout / ".git" / "config").read_text()

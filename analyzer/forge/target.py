"""Which pull or merge request this run is for, as CI says it in its variables.

Sources: https://docs.github.com/actions/reference/workflows-and-actions/variables,
https://docs.gitlab.com/ci/variables/predefined_variables/. Tokens come from variables only, and are never shown.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from analyzer.discover import payload_of
from analyzer.errors import UsageError
from analyzer.forge.github import HEADERS, GitHub
from analyzer.forge.gitlab import GitLab
from analyzer.forge.http import Client
from analyzer.forge.hunks import Change
from analyzer.forge.placing import Comment

_HINT = "suggest is for CI, in a pull or merge request; elsewhere: analyzer scan --diff"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NUMBER = re.compile(r"[0-9]{1,18}")
_REPOSITORY = re.compile(r"[\w.-]{1,200}/[\w.-]{1,200}", re.ASCII)


class Forge(Protocol):
    """A pull or merge request; every call may raise ForgeError. `advice`: what lets comments through."""

    name: str
    advice: str

    def changes(self) -> dict[str, Change]:
        """What is shown of the changed files, by path from the top of the repository."""

    def marks(self) -> set[str]:
        """The marks of the comments that earlier runs wrote."""

    def post(self, comments: Sequence[Comment]) -> Iterator[Comment]:
        """Post comments, and yield those that are there; the place of the others was refused."""

    def text(self, comment: Comment) -> str:
        """The text of a comment."""


def forge_of(name: str | None, environment: Mapping[str, str]) -> Forge:
    """The request that CI runs for, on the forge of that name or the one found. Raises UsageError for what lacks."""
    if name is None:
        name = next((each for each, (sign, _reader) in _FOUND.items() if environment.get(sign) == "true"), None)
    if name is None:
        raise UsageError("this is neither GitHub Actions nor GitLab CI", _HINT)
    return _FOUND[name][1](environment)


def _github(environment: Mapping[str, str]) -> Forge:
    event = environment.get("GITHUB_EVENT_NAME", "")
    if event != "pull_request":
        raise UsageError(f"GitHub's event {event or '(none)'} is not pull_request", _HINT)
    payload = payload_of(environment.get("GITHUB_EVENT_PATH", ""))
    number, commit = _told(payload)
    repository = _checked("GITHUB_REPOSITORY", environment.get("GITHUB_REPOSITORY", ""), _REPOSITORY)
    token = environment.get("GITHUB_TOKEN", "")
    client = _client(environment, "GITHUB_API_URL", "GITHUB_TOKEN", {**HEADERS, "Authorization": f"Bearer {token}"})
    return GitHub(client, repository, number, commit)


def _told(payload: Any) -> tuple[int, str]:
    try:
        number, commit = payload["pull_request"]["number"], payload["pull_request"]["head"]["sha"]
    except (KeyError, TypeError):
        number, commit = None, ""
    if not isinstance(number, int) or not isinstance(commit, str) or _COMMIT.fullmatch(commit) is None:
        raise UsageError("GitHub's payload of pull_request names no pull request", _HINT)
    return number, commit


def _gitlab(environment: Mapping[str, str]) -> Forge:
    """A pipeline for merged results runs on a commit of its own; the request's is then in another variable."""
    head = environment.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") or environment.get("CI_COMMIT_SHA", "")
    project = environment.get("CI_MERGE_REQUEST_PROJECT_ID") or environment.get("CI_PROJECT_ID", "")
    number = int(_checked("CI_MERGE_REQUEST_IID", environment.get("CI_MERGE_REQUEST_IID", ""), _NUMBER))
    project = _checked("CI_PROJECT_ID", project, _NUMBER)
    client = _client(
        environment, "CI_API_V4_URL", "GITLAB_TOKEN", {"PRIVATE-TOKEN": environment.get("GITLAB_TOKEN", "")}
    )
    return GitLab(client, project, number, _checked("CI_COMMIT_SHA", head, _COMMIT))


def _client(environment: Mapping[str, str], address: str, token: str, headers: Mapping[str, str]) -> Client:
    """A client that says what is missing, where a token is: a fork's run has none, and its findings count as well."""
    base = environment.get(address, "")
    if urlsplit(base).scheme not in {"http", "https"} or not urlsplit(base).hostname:
        raise UsageError(f"the variable {address} holds no address", _HINT)
    secret = environment.get(token, "")
    fault = "" if secret else f"the variable {token} is not set"
    if not secret.isascii() or not secret.isprintable():
        fault = f"the variable {token} holds what cannot be a token"
    return Client(base, headers if not fault else {}, fault)


def _checked(name: str, text: str, form: re.Pattern[str]) -> str:
    if form.fullmatch(text) is None:
        raise UsageError(f"the variable {name} does not say what it should", _HINT)
    return text


_FOUND: dict[str, tuple[str, Callable[[Mapping[str, str]], Forge]]] = {
    "github": ("GITHUB_ACTIONS", _github),
    "gitlab": ("GITLAB_CI", _gitlab),
}
FORGES = tuple(_FOUND)

"""What a CI system says about the change that it runs for. Reads its variables and its payload, asks git nothing.

Sources: https://docs.github.com/en/webhooks/webhook-events-and-payloads,
https://docs.gitlab.com/ci/variables/predefined_variables/
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analyzer.discover.commits import is_object_name
from analyzer.errors import UsageError

_LARGEST = 32 * 1024 * 1024
_GITHUB_HINT = "give actions/checkout `with: {fetch-depth: 0}`"
_GITLAB_HINT = 'set the variable `GIT_DEPTH: "0"` for the job'
_ELSE = "name the base: --diff COMMIT, or scan without --diff"


@dataclass(frozen=True, slots=True)
class Event:
    """A change, as CI tells it: the commit `before` it (empty: there was none).

    `tip` is the commit that CI merged into the base for the run, if it did. `branch` is the default branch, `ref` the
    full name of what was pushed. `exact`: compare with `before` itself, even where history left it. `hint`: how the
    clone gets more history.
    """

    name: str
    before: str
    hint: str
    tip: str = ""
    branch: str = ""
    ref: str = ""
    exact: bool = False


def event_of(environment: Mapping[str, str]) -> Event | None:
    """The event of this run, None where no CI is known. Raises UsageError for one that names no base."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return _github(environment)
    if environment.get("GITLAB_CI") == "true":
        return _gitlab(environment)
    return None


def _github(environment: Mapping[str, str]) -> Event:
    name = environment.get("GITHUB_EVENT_NAME", "")
    reader = _GITHUB.get(name)
    if reader is None:
        raise UsageError(f"GitHub's event {name or '(none)'} does not say what changed", _ELSE)
    payload = payload_of(environment.get("GITHUB_EVENT_PATH", ""))
    try:
        event = reader(payload)
    except (KeyError, TypeError):
        raise UsageError(f"GitHub's payload of {name} names no base", _ELSE) from None
    return _checked(replace(event, name=f"GitHub {name}", hint=_GITHUB_HINT))


def _pull_request(payload: Any) -> Event:
    change = payload["pull_request"]
    return Event("", change["base"]["sha"], "", tip=change["head"]["sha"])


def _merge_group(payload: Any) -> Event:
    return Event("", payload["merge_group"]["base_sha"], "", exact=True)


def _push(payload: Any) -> Event:
    branch = payload["repository"]["default_branch"]
    return Event("", payload["before"], "", branch=branch, ref=payload["ref"], exact=True)


_GITHUB: dict[str, Callable[[Any], Event]] = {
    "pull_request": _pull_request,
    "merge_group": _merge_group,
    "push": _push,
}


def payload_of(path: str) -> Any:
    """The payload of the event, as GitHub left it at `path`. Raises UsageError."""
    try:
        with Path(path).open("rb") as file:
            return json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        raise UsageError("GITHUB_EVENT_PATH names no payload that can be read", _ELSE) from None


def _gitlab(environment: Mapping[str, str]) -> Event:
    """In a pipeline for merged results HEAD holds the target branch as well, so its tip is the base."""
    target = environment.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "")
    base = environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")
    if target or base:
        return _checked(Event("GitLab merge request", target or base, _GITLAB_HINT))
    before = environment.get("CI_COMMIT_BEFORE_SHA", "")
    if not before:
        raise UsageError("this GitLab pipeline does not say what changed", _ELSE)
    pushed, branch = environment.get("CI_COMMIT_BRANCH", ""), environment.get("CI_DEFAULT_BRANCH", "")
    ref = f"refs/heads/{pushed}" if pushed else ""
    return _checked(Event("GitLab push", before, _GITLAB_HINT, branch=branch, ref=ref, exact=True))


def _checked(event: Event) -> Event:
    """The event with an empty `before` for the name of zeros. Raises UsageError for what names no commit."""
    texts = (event.before, event.tip, event.branch, event.ref)
    if not all(isinstance(text, str) for text in texts) or not is_object_name(event.before):
        raise UsageError(f"{event.name} names no base commit", _ELSE)
    return event if event.before.strip("0") else replace(event, before="")

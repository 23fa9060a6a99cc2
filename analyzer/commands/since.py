"""What `scan --diff` and `fix --since` ask for: the base, and the policy there and here.

The policy of a change is not its judge. One that git does not track is no part of a change and is taken as it is.
"""

import argparse
import os
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer import policy as policies
from analyzer.commands.common import Place, place_of, policy_homes, policy_path, request_of
from analyzer.discover import Past, file_at, first_of, past_of
from analyzer.engine import Request, Since
from analyzer.errors import PolicyError
from analyzer.model import Policy, PolicyChange


@dataclass(frozen=True)
class _File:
    """A policy file: its path from the top of the checkout, and its bytes."""

    inner: str
    data: bytes


def since(options: argparse.Namespace, base: str) -> tuple[Request, Since]:
    """The request, by the policy of the base, and with what it is compared. Raises UsageError and PolicyError.

    An empty `base` is what CI says, or where HEAD left the default branch.
    """
    place = place_of(options.paths or ["."])
    past = past_of(place.root, base, os.environ)
    found = _found(options.policy, place, past)
    inner = past.inner(found) if found is not None else None
    then = _then(options.policy, place, past)
    if found is not None and (inner is None or (then is None and not past.tracked(inner))):
        return request_of(options), Since(past)
    now = _File(inner, _bytes(found)) if found is not None and inner is not None else None
    if now == then:
        return request_of(options), Since(past)
    return _changed(options, past, then, now)


def _found(given: str | None, place: Place, past: Past) -> Path | None:
    """The policy file as it is now; one that was named may have been removed by the change."""
    path = policy_path(given, place)
    if path is None or given is None or path.is_file():
        return path
    inner = past.inner(path)
    return None if inner in past.blobs else path


def _bytes(path: Path) -> bytes:
    """One more byte than a policy may have tells that it is too large."""
    with path.open("rb") as file:
        return file.read(policies.LARGEST + 1)


def _then(given: str | None, place: Place, past: Past) -> _File | None:
    """The policy file of the base: the one that was named, else the first that stood where they are looked for."""
    homes = [folder / name for folder in policy_homes(place) for name in policies.NAMES]
    inner = map(past.inner, homes if given is None else [Path(given)])
    path = first_of(past, (each for each in inner if each is not None))
    data = file_at(past, path) if path is not None else None
    return _File(path, data) if path is not None and data is not None else None


def _changed(options: argparse.Namespace, past: Past, then: _File | None, now: _File | None) -> tuple[Request, Since]:
    judge = _loaded(past, then) if then is not None else Policy()
    request = request_of(options, judge)
    proposed, fault = None, ""
    try:
        proposed = _loaded(past, now) if now is not None else None
    except PolicyError as error:
        fault = error.message.split("\n", 1)[0]
    last = now or then
    path = _relative(past, last.inner, request.root) if last is not None else ""
    change = PolicyChange(path, then.data if then else None, now.data if now else None, fault)
    # It names every node, rightly, and is read as a policy only.
    request = replace(request, outputs=(f"/{_plain(path)}",)) if not path.startswith("../") else request
    return request, Since(past, change, proposed)


def _loaded(past: Past, file: _File) -> Policy:
    shown = _relative(past, file.inner, Path.cwd())
    return policies.load(past.checkout.top / file.inner, file.data, shown)


def _relative(past: Past, inner: str, folder: Path) -> str:
    return os.path.relpath(past.checkout.top / inner, os.path.realpath(folder))


def _plain(path: str) -> str:
    """A path as a glob that matches nothing else."""
    return "".join(f"\\{c}" if c in "\\*?[" else c for c in path)

"""What `scan` and `fix` share: their options, the root of a scan, the policy in force, and the exit code."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analyzer import baseline as baselines
from analyzer import policy as policies
from analyzer.commands.progress import progress
from analyzer.engine import Limits, Request
from analyzer.errors import UsageError
from analyzer.model import Finding, Policy, Problem, Severity

FAIL_ON = ("error", "warning", "note", "never")
_RANK = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1}


@dataclass(frozen=True)
class Place:
    """Where a scan happens: its root, and the arguments relative to it."""

    root: Path
    paths: tuple[str, ...]


def add_scan_options(parser: argparse.ArgumentParser, piped: str = "") -> None:
    """Options on what is scanned, by which policy, and what makes the exit code; `piped` says what - stands for."""
    add_tree_options(parser, piped)
    parser.add_argument(
        "--fail-on", choices=FAIL_ON, default="warning", help="lowest severity that makes the exit code 1 (warning)"
    )
    parser.add_argument("--allow-incomplete", action="store_true", help="do not exit 3 when a file could not be read")


def add_tree_options(parser: argparse.ArgumentParser, piped: str = "") -> None:
    """Options on what is scanned and by which policy."""
    add_place_options(parser, piped)
    parser.add_argument("--policy", metavar="FILE", help="policy file (default: db-endpoints.yaml at the root of PATH)")
    parser.add_argument("--baseline", metavar="FILE", help="findings in this baseline do not count")


def add_place_options(parser: argparse.ArgumentParser, piped: str = "") -> None:
    """Options on which files are read, and by how much of the machine."""
    also = f"; {piped}" if piped else ""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help=f"files and folders (default: the working directory){also}"
    )
    parser.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="leave files out; repeatable")
    parser.add_argument("--no-gitignore", action="store_true", help="also scan what git ignores")
    parser.add_argument("--jobs", type=_count, default=os.cpu_count() or 1, metavar="N", help="parallel parsers")
    parser.add_argument("--timeout", type=_seconds, default=10.0, metavar="SECONDS", help="limit for one file (10)")


def request_of(options: argparse.Namespace, policy: Policy | None = None) -> Request:
    """The request that the options ask for, by the policy given or found. Raises UsageError and PolicyError."""
    place = place_of(options.paths or ["."])
    return Request(
        root=place.root,
        paths=place.paths,
        policy=_policy(options.policy, place) if policy is None else policy,
        today=datetime.now(UTC).date(),
        exclude=tuple(options.exclude),
        gitignore=not options.no_gitignore,
        limits=limits_of(options),
        baseline=baselines.load(options.baseline, place.root) if options.baseline else None,
        watch=progress(),
    )


def limits_of(options: argparse.Namespace) -> Limits:
    """How much of the machine the options allow."""
    return Limits(workers=options.jobs, timeout=options.timeout)


def open_findings(findings: Iterable[Finding], fail_on: str) -> list[Finding]:
    """The findings that count: not suppressed, and of a severity that makes the exit code 1."""
    if fail_on == "never":
        return []
    least = _RANK[Severity(fail_on)]
    return [f for f in findings if f.suppressed is None and _RANK[f.severity] >= least]


def exit_code(findings: Sequence[Finding], problems: Sequence[Problem], options: argparse.Namespace) -> int:
    """3 where the scan is incomplete, 1 where an open finding weighs enough, else 0."""
    if any(p.incomplete for p in problems) and not options.allow_incomplete:
        return 3
    return int(bool(open_findings(findings, options.fail_on)))


def say(message: str) -> None:
    """A line for people on standard error."""
    print(message, file=sys.stderr)


def place_of(given: Sequence[str]) -> Place:
    """Scan from the working directory when all arguments lie in it, else from their common folder."""
    here = Path.cwd()
    whole = [Path(os.path.normpath(here / path)) for path in given]
    for path, text in zip(whole, given, strict=True):
        if not os.path.lexists(path):
            raise UsageError(
                f"{text}: no such file or folder", "name what exists, or nothing for the working directory"
            )
    root = here
    if not all(path.is_relative_to(here) for path in whole):
        folders = [path if path.is_dir() else path.parent for path in whole]
        root = Path(os.path.commonpath(folders))
    return Place(root, tuple(path.relative_to(root).as_posix() for path in whole))


def policy_homes(place: Place) -> tuple[Path, ...]:
    """The folders in which a policy is looked for, the first that has one wins."""
    return tuple(dict.fromkeys((*(_folder(place.root / path) for path in place.paths), place.root)))


def policy_path(given: str | None, place: Place) -> Path | None:
    """The policy file in force: the one that was named, else the first that is found."""
    if given is not None:
        return Path(given)
    return next((found for folder in policy_homes(place) if (found := policies.find(folder)) is not None), None)


def _policy(given: str | None, place: Place) -> Policy:
    found = policy_path(given, place)
    if found is None:
        return Policy()
    return policies.load(found, shown=given or os.path.relpath(found))


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 4 or not int(text):
        raise argparse.ArgumentTypeError("must be a number, at least 1")
    return int(text)


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 3600:
        raise argparse.ArgumentTypeError("must be a number of seconds between 0 and 3600")
    return number

"""Findings become comments: those that a change shows, once each, the worst first, as many as are asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.discover import Reader
from analyzer.forge.http import ForgeError
from analyzer.forge.hunks import Change
from analyzer.forge.placing import Comment, File, placed
from analyzer.forge.target import Forge
from analyzer.model import Finding
from analyzer.report.identity import told_apart


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the findings: each is in a comment, `posted` now or `known` before, or is `left`.

    `left` are those `outside` what the forge shows, whose place it `refused`, `over` the most that was asked for, or
    all that a `fault` (in our own words; `status` of HTTP) kept back.
    """

    posted: tuple[Comment, ...] = ()
    known: int = 0
    outside: int = 0
    refused: int = 0
    over: int = 0
    left: tuple[Finding, ...] = ()
    fault: str = ""
    status: int = 0


def publish(
    forge: Forge, found: Sequence[Finding], root: Path, prefix: str, most: int, *, write: bool = True
) -> Outcome:
    """Comment on findings; `prefix` leads from the top of the repository to `root`.

    Without `write` nothing is sent, and `posted` is what would be.
    """
    if not found:
        return Outcome()
    try:
        changes, marks = forge.changes(), forge.marks()
    except ForgeError as error:
        return Outcome(left=tuple(found), fault=error.said, status=error.status)
    fresh = [(finding, mark) for finding, mark in told_apart(found) if mark not in marks]
    comments = _placed(fresh, root, prefix, changes)
    wanted = comments[:most]
    posted, fault = _sent(forge, wanted) if write else (wanted, None)
    done = {comment.mark for comment in posted}
    return Outcome(
        posted=tuple(posted),
        known=len(found) - len(fresh),
        outside=len(fresh) - len(comments),
        refused=len(wanted) - len(posted) if fault is None else 0,
        over=len(comments) - len(wanted),
        left=tuple(finding for finding, mark in fresh if mark not in done),
        fault=fault.said if fault is not None else "",
        status=fault.status if fault is not None else 0,
    )


def _placed(
    found: Sequence[tuple[Finding, str]], root: Path, prefix: str, changes: Mapping[str, Change]
) -> list[Comment]:
    """The comments on those that can have one."""
    with Reader(root) as reader:
        read = {path: reader.read(path) for path in {f.path for f, _mark in found if prefix + f.path in changes}}
    files = {path: File(changes[prefix + path], data) for path, data in read.items() if isinstance(data, bytes)}
    comments = (placed(finding, mark, files[finding.path]) for finding, mark in found if finding.path in files)
    return [comment for comment in comments if comment is not None]


def _sent(forge: Forge, comments: Sequence[Comment]) -> tuple[list[Comment], ForgeError | None]:
    """Those that are there, and what kept the others back if it was not their place."""
    posted: list[Comment] = []
    try:
        posted.extend(forge.post(comments) if comments else ())
    except ForgeError as error:
        return posted, error
    return posted, None

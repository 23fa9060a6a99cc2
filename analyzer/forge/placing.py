"""Findings as comments on a change: where they stand in what the forge shows, and which lines would mend them."""

from collections.abc import Mapping
from dataclasses import dataclass

from analyzer.forge.hunks import Change, Line
from analyzer.model import Edit, Finding, Safety


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to be: on the lines `first` to `last` of the new version, as the forge counts them.

    `mark` tells it from all others. `instead` are the lines that replace them, without their ends: a suggestion.
    """

    finding: Finding
    mark: str
    change: Change
    first: int
    last: int
    instead: tuple[str, ...] | None = None

    @property
    def line(self) -> Line:
        """The first line, as it is shown."""
        return self.change.lines[self.first]


def placed(finding: Finding, mark: str, path: str, data: bytes, changes: Mapping[str, Change]) -> Comment | None:
    """The comment on a finding in the file `data`, at `path` from the top; None where its line is not shown."""
    change = changes.get(path)
    if change is None:
        return None
    # A forge ends lines at LF only.
    lines = [line.removesuffix(b"\r").decode("utf-8", "surrogateescape") for line in data.split(b"\n")]
    edit = _offered(finding, data)
    if edit is not None:
        first, last = _line(data, edit.span.start), _line(data, edit.span.end)
        at, instead = change.place(lines, first, last), _instead(edit, data)
        if at is not None and instead is not None:
            return Comment(finding, mark, change, at, at + last - first, instead)
    first = _line(data, finding.span.start)
    at = change.place(lines, first, first)
    return Comment(finding, mark, change, at, at) if at is not None else None


def _offered(finding: Finding, data: bytes) -> Edit | None:
    """The whole fix as one edit, where it is safe and the file still is what was scanned."""
    fix = finding.fix
    edit = fix.suggestion if fix is not None and fix.safety is Safety.SAFE else None
    return edit if edit is not None and data[edit.span.start : edit.span.end] == edit.old else None


def _instead(edit: Edit, data: bytes) -> tuple[str, ...] | None:
    """The lines after the edit, which says that they may be shown.

    None for lines that end in CR LF: what a forge makes of their ends is not documented.
    """
    start, end = data.rfind(b"\n", 0, edit.span.start) + 1, data.find(b"\n", edit.span.end)
    before, after = data[start : edit.span.start], data[edit.span.end : end if end >= 0 else len(data)]
    try:
        shown, rest, new = before.decode(), after.decode(), edit.new.decode("ascii")
    except UnicodeDecodeError:
        return None
    return None if "\r" in shown + new + rest else tuple(f"{shown}{new}{rest}".split("\n"))


def _line(data: bytes, byte: int) -> int:
    return data.count(b"\n", 0, byte) + 1

"""Findings as comments on a change: where they stand in what the forge shows, and which lines would mend them."""

from dataclasses import dataclass
from functools import cached_property

from analyzer.forge.exposure import repeatable
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


@dataclass(frozen=True)
class File:
    """A changed file as it was scanned."""

    change: Change
    data: bytes

    @cached_property
    def lines(self) -> list[str]:
        """Its lines as a forge ends them, which is at LF only."""
        return [line.removesuffix(b"\r").decode("utf-8", "surrogateescape") for line in self.data.split(b"\n")]

    def line(self, byte: int) -> int:
        """The number of the line in which a byte stands."""
        return self.data.count(b"\n", 0, byte) + 1


def placed(finding: Finding, mark: str, file: File) -> Comment | None:
    """The comment on a finding in the file; None where its line is not shown."""
    edit = _offered(finding, file.data)
    instead = _instead(edit, file.data) if edit is not None else None
    if edit is not None and instead is not None:
        first, last = file.line(edit.span.start), file.line(edit.span.end)
        at = file.change.place(file.lines, first, last)
        if at is not None:
            return Comment(finding, mark, file.change, at, at + last - first, instead)
    first = file.line(finding.span.start)
    at = file.change.place(file.lines, first, first)
    return Comment(finding, mark, file.change, at, at) if at is not None else None


def _offered(finding: Finding, data: bytes) -> Edit | None:
    """The whole fix as one edit, where it is safe and the file still is what was scanned."""
    fix = finding.fix
    edit = fix.suggestion if fix is not None and fix.safety is Safety.SAFE else None
    return edit if edit is not None and data[edit.span.start : edit.span.end] == edit.old else None


def _instead(edit: Edit, data: bytes) -> tuple[str, ...] | None:
    """The lines after the edit; None where they may not be shown, whatever stood there when the file was scanned.

    Lines that end in CR LF get none either: what a forge makes of their ends is not documented.
    """
    start, end = data.rfind(b"\n", 0, edit.span.start) + 1, data.find(b"\n", edit.span.end)
    before, after = data[start : edit.span.start], data[edit.span.end : end if end >= 0 else len(data)]
    try:
        shown, rest, new = before.decode(), after.decode(), edit.new.decode("ascii")
    except UnicodeDecodeError:
        return None
    if "\r" in shown + new + rest or not repeatable(shown, rest):
        return None
    return tuple(f"{shown}{new}{rest}".split("\n"))

"""Edits on bytes: apply them, undo them. Pure; knows nothing of files or fixes."""

from collections.abc import Iterable

from analyzer.errors import AnalyzerError
from analyzer.model import Edit, Span


class RewriteError(AnalyzerError):
    """An edit does not fit its bytes: a fault of the program, never of the file. The message holds offsets only."""

    exit_code = 5


def place(edit: Edit) -> tuple[int, int]:
    """The order of edits: an insertion stands before a replacement that starts there, after one that ends there."""
    return edit.span.start, edit.span.end


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with the edits made, in any order given; insertions at one byte keep their given order.

    Raises RewriteError where an edit's `old` does not stand at its span or where two edits overlap.
    """
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=place):
        start, end = edit.span.start, edit.span.end
        if not at <= start <= end <= len(data):
            raise RewriteError(f"The edit at bytes {start} to {end} overlaps another one or leaves the file")
        if data[start:end] != edit.old:
            raise RewriteError(f"The bytes {start} to {end} are not those that the edit replaces")
        pieces += data[at:start], edit.new
        at = end
    return b"".join((*pieces, data[at:]))


def invert(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that take the new bytes back to the old ones, byte for byte."""
    undo: list[Edit] = []
    grown = 0
    for edit in sorted(edits, key=place):
        start = edit.span.start + grown
        undo.append(Edit(Span(start, start + len(edit.new)), edit.new, edit.old))
        grown += len(edit.new) - len(edit.old)
    return tuple(undo)

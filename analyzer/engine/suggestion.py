"""A fix as one replacement of neighbouring bytes, which is all that a review comment can offer.

Reviewers accept a suggestion whole or not at all, so a fix of host and port must be one. Then the bytes between them
are shown as well: they are only let through where they are punctuation, "name", "value" and the port's own key.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from analyzer.model import Edit, Fix, Safety, Span
from analyzer.source import SourceFile

_MOST = 80  # bytes between two edits
_WORD = re.compile(rb"[A-Za-z0-9_.]+")
_STRUCTURE = re.compile(rb"[ \t\n\"'`,;:=(){}\[\]&-]*")
_PORT_KEY = re.compile(rb"[pP]|PORT|[pP]ort|[A-Za-z][A-Za-z0-9_.]{0,40}(?:[_.]port|_PORT|[a-z0-9]Port)")


def with_suggestion(fix: Fix | None, source: SourceFile) -> Fix | None:
    """The fix with its suggestion where it can have one."""
    if fix is None or not fix.edits or not fix.publishable or fix.safety is Safety.MANUAL:
        return fix
    gaps = list(_gaps(fix, source))
    return replace(fix, suggestion=_joined(fix, gaps)) if all(map(_harmless, gaps)) else fix


def _gaps(fix: Fix, source: SourceFile) -> Iterator[bytes]:
    for one, other in pairwise(fix.edits):
        yield source.slice(Span(one.span.end, other.span.start))


def _harmless(gap: bytes) -> bool:
    words = [word for word in _WORD.findall(gap) if word not in {b"name", b"value"}]
    known = not words or (len(words) == 1 and _PORT_KEY.fullmatch(words[0]) is not None)
    return known and len(gap) <= _MOST and _STRUCTURE.fullmatch(_WORD.sub(b"", gap)) is not None


def _joined(fix: Fix, gaps: list[bytes]) -> Edit:
    first, last = fix.edits[0], fix.edits[-1]
    return Edit(
        Span(first.span.start, last.span.end),
        b"".join(_woven([edit.old for edit in fix.edits], gaps)),
        b"".join(_woven([edit.new for edit in fix.edits], gaps)),
        first.start,
        last.end,
    )


def _woven(pieces: list[bytes], gaps: list[bytes]) -> Iterator[bytes]:
    for piece, gap in zip(pieces, [*gaps, b""], strict=True):
        yield piece
        yield gap

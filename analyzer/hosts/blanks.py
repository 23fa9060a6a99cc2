"""Rows of `key=value` between blanks, as libpq writes them: where keys and values stand, nothing of their meaning.

A value stands bare or in single quotes; a backslash escapes the next character in both.
"""

import re
from dataclasses import dataclass

from analyzer.hosts.parameters import Parameter, folded

_KEY = re.compile(r"\s{0,400}([A-Za-z_][\w.]{0,60})\s{0,8}=\s{0,8}")
_INSIDE_KEY = re.compile(r"[^\S\n]{0,80}([A-Za-z_][\w.]{0,60})[^\S\n]{0,8}=[^\S\n]{0,8}")
_BLANK_ESCAPES = ("\\n", "\\t", "\\r")
_TRAILING = ".,;:)]}"  # stands behind a bare value in prose and programs
_BREAKS = frozenset(",;)]}")  # where programs go on otherwise: `f(host=a, port=b)`


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of one row; the values of `escaped` hold backslashes; `end` is behind the last."""

    items: tuple[Parameter, ...]
    escaped: tuple[Parameter, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Value:
    start: int
    end: int
    after: int
    escaped: bool


def read_pairs(cover: str, at: int, *, stops: str) -> Pairs:
    """The longest run of pairs from `at`. Inside longer text the quotes of `stops` end it, and so does the line."""
    items: list[Parameter] = []
    escaped: list[Parameter] = []
    pattern = _INSIDE_KEY if stops else _KEY
    end = at
    while match := pattern.match(cover, _after_escape(cover, end) if items and stops else end):
        if items and match.start(1) == end:
            break
        value = _value(cover, match.end(), stops)
        if value is None:
            break
        text = cover[value.start : value.end]
        item = Parameter(folded(match[1]), text, match.start(1), value.after, value.start, value.end)
        items.append(item)
        if value.escaped:
            escaped.append(item)
        end = value.after
        if stops and not _BREAKS.isdisjoint(cover[value.end : end]):
            break
    if not stops and not cover[end:].strip():
        end = len(cover)
    return Pairs(tuple(items), tuple(escaped), end)


def _after_escape(cover: str, at: int) -> int:
    r"""Inside source text `\n` is a blank of two characters; the pattern takes the real blanks."""
    return at + 2 if cover.startswith(_BLANK_ESCAPES, at) else at


def _value(cover: str, at: int, stops: str) -> _Value | None:
    if cover.startswith("'", at) and stops != "'":
        return _quoted(cover, at + 1)
    if stops and cover[at : at + 1] in {"\\", *stops}:
        return None
    end, escaped = at, False
    while end < len(cover) and not cover[end].isspace() and cover[end] not in stops:
        if cover[end] == "\\":
            if stops and (cover.startswith(_BLANK_ESCAPES, end) or cover[end + 1 : end + 2] in {"", *stops}):
                break
            escaped = True
            end += 1
        end += 1
    end = min(end, len(cover))
    shown = at + len(cover[at:end].rstrip(_TRAILING)) if stops else end
    return _Value(at, shown, end, escaped)


def _quoted(cover: str, at: int) -> _Value | None:
    end, escaped = at, False
    while end < len(cover) and cover[end] != "'":
        escaped = escaped or cover[end] == "\\"
        end += 2 if cover[end] == "\\" else 1
    return _Value(at, end, end + 1, escaped) if end < len(cover) else None

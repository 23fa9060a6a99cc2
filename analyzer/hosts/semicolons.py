"""Rows of `key=value;` as ADO, ODBC, PDO and DBI write them: where keys and values stand, nothing of their meaning.

https://learn.microsoft.com/en-us/dotnet/framework/data/adonet/connection-string-syntax: a value may stand in
quotes or, for ODBC, in braces; the closing sign is doubled inside.
"""

import re
from collections.abc import Sequence

from analyzer.hosts.members import trimmed
from analyzer.hosts.parameters import Parameter, folded

_KEY = re.compile(r"[\s;]{0,400}([A-Za-z][\w \-.]{0,60}?)[ \t]{0,8}=[ \t]{0,8}")
_INSIDE_KEY = re.compile(r"[ \t;]{0,40}([A-Za-z][\w \-.]{0,60}?)[ \t]{0,8}=[ \t]{0,8}")
_CLOSING = {"'": "'", '"': '"', "{": "}"}


def read_semicolons(text: str, at: int, *, stops: str) -> tuple[Sequence[Parameter], int]:
    """The longest run of pairs from `at` and where it ends; `stops` end a bare value (inside longer text, one line)."""
    items: list[Parameter] = []
    pattern = _INSIDE_KEY if stops else _KEY
    end = at
    while match := pattern.match(text, end):
        if items and ";" not in text[end : match.start(1)]:
            break
        value = _value(text, match.end(), stops)
        if value is None:
            break
        value_start, value_end, end = value
        key = folded(match[1])
        items.append(Parameter(key, text[value_start:value_end], match.start(1), end, value_start, value_end))
    if stops:
        return _cut(text, items, end)
    while end < len(text) and (text[end] == ";" or text[end].isspace()):
        end += 1
    return items, end


def _cut(text: str, items: list[Parameter], end: int) -> tuple[Sequence[Parameter], int]:
    """Where the line ends, and no quote or semicolon, only the first blank tells where the last value does."""
    if not items or items[-1].end < end or text[end : end + 1] not in {"", "\n"}:
        return items, end
    last = items[-1]
    first = last.value.split(maxsplit=1)[:1]
    stop = last.value_start + len(first[0]) if first else last.value_end
    if stop >= last.value_end:
        return items, end
    items[-1] = Parameter(last.key, text[last.value_start : stop], last.start, stop, last.value_start, stop)
    return items, stop


def _value(text: str, at: int, stops: str) -> tuple[int, int, int] | None:
    """Start and end of the value, and where the text goes on; None where it is not one."""
    opening = text[at : at + 1]
    if opening and opening in stops:
        return None
    if opening in _CLOSING:
        return _quoted(text, at + 1, _CLOSING[opening])
    end = at
    while end < len(text) and text[end] != ";" and text[end] not in stops:
        if stops and (text[end] == "\n" or (text[end] == "\\" and text[end + 1 : end + 2] in {"", *stops})):
            break
        end += 1
    return *trimmed(text, at, end), end


def _quoted(text: str, at: int, closing: str) -> tuple[int, int, int] | None:
    end = text.find(closing, at)
    while end >= 0 and text.startswith(closing, end + 1):
        end = text.find(closing, end + 2)
    return (at, end, end + 1) if end >= 0 else None

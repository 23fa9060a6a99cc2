"""Splits what stands behind `scheme://` into user information, hosts and the rest, even where nobody escaped.

Drivers disagree about an unescaped `@`, `/`, `?` or `#` in a password: the host that a person meant is read, with
a doubt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.hosts.members import Row, first_of, read_row
from analyzer.hosts.parts import HostPart

_QUERY = re.compile(r"\?[A-Za-z_][\w.\-]{0,60}=")
_AT = "user information holds an unescaped @: some drivers take another host"
_SLASH = "user information holds an unescaped /, ? or #: some drivers take another host"
_HASH = "a # behind the host: some drivers take it for a part of the host"
LATER = "an unescaped @ behind the host: some drivers take another host"
_MOST_SIGNS = 16


@dataclass(frozen=True, slots=True)
class Authority:
    """The hosts of a URL; `end` is where its path or query starts, `user` whether user information stands before."""

    row: Row
    end: int
    user: bool = False
    doubt: str = ""


def read_authority(cover: str, at: int, ends: str = "/?#") -> Authority:
    """The authority from `at` of a covered text.

    One of `ends` ends it, and its last `@` ends the user information. Where what stands before can be no host and an
    `@` follows, the sign belongs to a password that nobody escaped: the hosts follow the last `@` before the query.
    """
    end = first_of(cover, ends, at, len(cover))
    sign = cover.rfind("@", at, end)
    if sign >= 0:
        doubt = _AT if cover.find("@", at, sign) >= 0 else _HASH if cover.startswith("#", end) else ""
        plain = Authority(_row(cover, sign + 1, end), end, user=True, doubt=doubt)
        return plain if _telling(plain.row.parts) else _late(cover, end, ends) or plain
    row = _row(cover, at, end)
    plain = Authority(row, end, doubt=LATER if row.parts and _misread(cover, at) else "")
    hostlike = _dotted(row.parts) and not _empty_port(cover, row.parts[-1], end)
    late = None if hostlike else _late(cover, end, ends)
    if late and (not row.parts or cover.startswith(":", row.parts[0].end) or _telling(late.row.parts)):
        return late  # `user:1234` of `user:1234/5@host` reads as a host with its port
    return plain


def _late(cover: str, start: int, ends: str) -> Authority | None:
    """The hosts behind the last `@` between `start` and the query; in the query they need a port or a path."""
    query = _QUERY.search(cover, start)
    found = _last(cover, start, query.start() if query else len(cover), ends)
    if found or not query:
        return found
    found = _last(cover, start, len(cover), ends)
    if found and _dotted(found.row.parts) and (_ported(found.row.parts) or cover.startswith("/", found.end)):
        return found
    return None


def _last(cover: str, start: int, limit: int, ends: str) -> Authority | None:
    sign = limit
    for _ in range(_MOST_SIGNS):
        sign = cover.rfind("@", start, sign)
        if sign < 0:
            return None
        end = first_of(cover, ends, sign, len(cover))
        row = _row(cover, sign + 1, end)
        if row.parts:
            return Authority(row, end, user=True, doubt=_SLASH)
    return None


def _row(cover: str, start: int, end: int) -> Row:
    row = read_row(cover, start, end, empty_ports=True)
    return row if row.valid else Row(())


def _telling(parts: Sequence[HostPart]) -> bool:
    """Whether hosts look like hosts: a single word may be the middle of a password with `@` and `/`."""
    return _dotted(parts) or _ported(parts)


def _ported(parts: Sequence[HostPart]) -> bool:
    return any(part.port is not None for part in parts)


def _dotted(parts: Sequence[HostPart]) -> bool:
    return any("." in part.host or part.bracketed for part in parts)


def _empty_port(cover: str, part: HostPart, end: int) -> bool:
    """Whether only `:` stands behind a host: before an `@` it was a user whose password starts with a slash."""
    return part.port is None and cover[part.end : end] == ":"


def _misread(cover: str, at: int) -> bool:
    """Whether drivers that look for the `@` first find one where no user information stands (SQLAlchemy, libpq)."""
    return "@" in cover[at:] and not cover.startswith("/", first_of(cover, ":/@", at, len(cover)))

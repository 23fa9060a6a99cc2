"""Hosts without a scheme: `host`, `host:port`, rows of them or of URLs, and `user:password@host:port/database`."""

from collections.abc import Sequence
from dataclasses import replace

from analyzer.hosts.address import is_address
from analyzer.hosts.holes import covered
from analyzer.hosts.members import ELSEWHERE, Row, read_member, read_row, split, trimmed
from analyzer.hosts.parts import HOLE, HostPart, Parsed, listed, row_pieces, shifted
from analyzer.hosts.uri import read_url
from analyzer.model import Engine

_AT = "user information holds an unescaped @: some drivers take another host"
_MOST = 256  # members of a row


def read_host(text: str, engine: Engine | None = None) -> Parsed | None:
    """`host` or `host:port`, followed by a path at most (`10.0.0.5:1521/ORCL`)."""
    cover = covered(text)
    slash = cover.find("/")
    end = slash if slash > 0 else len(cover)
    part = read_member(cover, 0, end)
    if part is None or (end < len(cover) and not _path(cover[end + 1 :], part)):
        return None
    pieces = row_pieces("", (part,), "" if end == len(cover) else "/…")
    return listed(Parsed("host", "", engine, (part,), end=len(text), pieces=pieces), (part,))


def read_list(text: str, engine: Engine | None = None) -> Parsed | None:
    """Two or more hosts by comma, semicolon or blanks, also as a JSON list."""
    cover = covered(text)
    start, end = (1, len(text) - 1) if text.startswith("[") and text.endswith("]") else (0, len(text))
    for separators in (",", ";", " \t\r\n"):
        spans = [_unquoted(text, *span) for span in split(cover, start, end, separators)]
        spans = [span for span in spans if span[0] < span[1]]
        if 1 < len(spans) <= _MOST or (start and len(spans) == 1):
            found = _hosts(cover, spans, engine, prose=separators.isspace()) or _urls(text, spans, engine)
            if found:
                return replace(found, start=0, end=len(text))
    return None


def read_bare_login(text: str) -> Parsed | None:
    """`user:password@host:port/database` without a scheme; a mail address or an ssh target is none."""
    cover = covered(text)
    sign = cover.rfind("@")
    if sign < 0 or ":" not in cover[:sign] or any(c.isspace() for c in cover):
        return None
    inner = read_host(text[sign + 1 :])
    if inner is None or not (inner.hosts[0].port or inner.pieces[-1].endswith("/…")):
        return None
    doubt = _AT if "@" in cover[:sign] else ""
    inner = replace(inner, form="url", doubt=doubt, pieces=("…@", *inner.pieces[1:]))
    return replace(shifted(inner, sign + 1), start=0)


def _path(rest: str, part: HostPart) -> bool:
    """Whether what follows a slash is a path: no prefix length (`10.0.0.0/24`), nor the slash of `image/name`."""
    if any(c.isspace() for c in rest):
        return False
    return part.port is not None or (is_address(part.host) and not rest[:1].isdecimal())


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    if end - start > 1 and text[start] == text[end - 1] and text[start] in "\"'":
        return trimmed(text, start + 1, end - 1)
    return start, end


def _hosts(cover: str, spans: Sequence[tuple[int, int]], engine: Engine | None, *, prose: bool) -> Parsed | None:
    found: list[HostPart] = []
    for span in spans:  # most texts are no lists, which their first words say
        row = read_row(cover, *span, separators="")
        if not _member(row, cover[slice(*span)]) or (prose and not all(map(_tells, row.parts))):
            return None
        found += row.parts
    if not found:
        return None
    parts = tuple(found)
    doubt = "" if len(parts) == len(spans) else ELSEWHERE
    return listed(Parsed("list", "", engine, parts, doubt=doubt, pieces=row_pieces("", parts, "")), parts)


def _urls(text: str, spans: Sequence[tuple[int, int]], engine: Engine | None) -> Parsed | None:
    """A row of URLs; where a later one has user information the row is no span that may be collapsed."""
    found = [read_url(text[start:end], engine) for start, end in spans]
    urls = [shifted(url, start) for url, (start, _) in zip(found, spans, strict=True) if url]
    if len(urls) < len(spans) or not any(url.hosts for url in urls) or len({url.scheme for url in urls}) > 1:
        return None
    parts = tuple(part for url in urls for part in url.hosts)
    first = urls[0]
    pieces = (first.pieces[0], *(f"{p}," for url in urls for p in url.pieces[1:]))
    row = replace(first, form="list", hosts=parts, drops=(), pieces=(*pieces[:-1], pieces[-1].removesuffix(",")))
    row = replace(row, list_start=-1, list_end=-1, ports_start=-1, ports_end=-1)
    plain = all(url.hosts and "@" not in url.pieces[0] for url in urls[1:])
    return listed(row, parts) if plain else row


def _member(row: Row, text: str) -> bool:
    """Whether a member is a host or stands elsewhere; no socket, whose `@` may be that of a password."""
    return row.valid and (bool(row.parts) or HOLE in text)


def _tells(part: HostPart) -> bool:
    """Whether a word among blanks is a host rather than prose."""
    return part.port is not None or any(c.isdigit() or c == "." for c in part.host[:-1] + part.host[-1:].strip("."))

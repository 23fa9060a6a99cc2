"""The DSN of Go's MySQL driver: `user:password@tcp(host:port)/database?key=value`.

https://github.com/go-sql-driver/mysql#dsn-data-source-name
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.hosts.address import is_address
from analyzer.hosts.holes import LongText, covered
from analyzer.hosts.members import read_member
from analyzer.hosts.parts import HostPart, Parsed, listed, row_pieces, shifted
from analyzer.model import Engine

_ADDRESS = re.compile(r"(?P<lead>@(?:tcp[46]?|unix)?|(?:tcp[46]?|unix))\((?P<address>[^()\s]{0,300})\)(?=/|\Z)")
_INSIDE = re.compile(r"(?P<lead>@(?:tcp[46]?)?|(?<![\w.@])tcp[46]?)\((?P<address>[^()\s\"'`]{1,300})\)/")


def read_dsn(text: str) -> Parsed | None:
    """The Go DSN that fills `text`."""
    return read_address(covered(text), 0)


def read_address(cover: str, at: int) -> Parsed | None:
    """The `tcp(...)` behind `at` in a covered text, None where there is none."""
    match = None
    for found in _ADDRESS.finditer(cover, at):
        if found["lead"].startswith("@") or found.start() == at:
            match = found  # the last: passwords are not escaped
    return replace(_parsed(cover, match), start=0, end=len(cover)) if match else None


def find_dsns(long: LongText) -> Iterator[Parsed]:
    """Go DSNs inside longer text, from the `@` or the network on."""
    for match in _INSIDE.finditer(long.text):
        piece = long.window(match.start())[: match.end() - match.start()]
        inner = _INSIDE.match(piece)
        parsed = _parsed(piece, inner) if inner else None
        if parsed and (match["lead"] != "@" or any(_telling(part) for part in parsed.hosts)):
            yield shifted(parsed, match.start())


def _telling(part: HostPart) -> bool:
    """Whether `@(...)/` holds what program text does not."""
    return part.port is not None or is_address(part.host)


def _parsed(cover: str, match: re.Match[str]) -> Parsed:
    lead = match["lead"]
    part = None if lead.endswith("unix") else read_member(cover, *match.span("address"))
    parts = (part,) if part else ()
    pieces = row_pieces(f"{'…' if lead.startswith('@') else ''}{lead}(", parts, ")/…")
    parsed = Parsed("go-mysql", "", Engine.MYSQL, parts, dsn=True, start=match.start(), end=match.end(), pieces=pieces)
    return listed(parsed, parts)

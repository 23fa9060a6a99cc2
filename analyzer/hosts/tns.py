"""Oracle's connect descriptors: `(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=10.0.0.5)(PORT=1521))(CONNECT_DATA=...))`.

https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/ ("Local Naming Parameters"). The same
bracket syntax serves MySQL and MariaDB Connector/J: `address=(host=10.0.0.5)(port=3306)(type=primary)`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analyzer.hosts.holes import LongText, covered
from analyzer.hosts.members import port_number, read_member, trimmed
from analyzer.hosts.parts import HostPart, Parsed, Range, shifted
from analyzer.model import Engine

_GAP = r"\s{0,40}"
_START = re.compile(rf"\({_GAP}(?:DESCRIPTION|ADDRESS)(?:_LIST)?{_GAP}={_GAP}\(", re.IGNORECASE)
_HOST = re.compile(rf"[(,]{_GAP}HOST{_GAP}={_GAP}([^()\s,]{{1,300}}){_GAP}(?=[),])", re.IGNORECASE)
_PORT = re.compile(rf"[(,]{_GAP}PORT{_GAP}={_GAP}([^()\s,]{{0,40}}){_GAP}(?=[),])", re.IGNORECASE)
_SPREAD = re.compile(rf"\({_GAP}(?:LOAD_BALANCE|FAILOVER){_GAP}={_GAP}\w{{1,8}}{_GAP}\)", re.IGNORECASE)
_MOST = 64  # addresses of one descriptor
_NEAR = 400  # characters of one address


@dataclass(frozen=True, slots=True)
class Address:
    """One server of a descriptor: its host, and the bracketed group it stands in."""

    part: HostPart
    start: int
    end: int


def read_descriptor(text: str) -> Parsed | None:
    """The descriptor that fills `text`."""
    cover = covered(text)
    if not _START.match(cover) or closing(cover, 0) < len(cover):
        return None
    return parse_descriptor(cover, 0, len(cover))


def find_descriptors(long: LongText) -> Iterator[Parsed]:
    """Descriptors inside longer text; one that is not closed within the window is read as far as it goes."""
    at = 0
    while match := _START.search(long.text, at):
        window = long.window(match.start())
        end = closing(window, 0)
        at = max(match.start() + end, match.end())
        yield shifted(parse_descriptor(window, 0, end), match.start())


def parse_descriptor(cover: str, start: int, end: int) -> Parsed:
    """Every host between `start` and `end`, each with the port of its own group; a collapse keeps the first group."""
    found = list(addresses(cover, start, end))
    parts = tuple(address.part for address in found)
    groups = [(a.start, a.end) for a in found[1:]]
    spread = [m.span() for m in _SPREAD.finditer(cover, start, end)]
    first = parts[0] if parts else HostPart("", -1, -1)
    return Parsed(
        "tns",
        "",
        Engine.ORACLE,
        parts,
        list_start=first.start - first.bracketed,
        list_end=first.end + first.bracketed,
        ports_start=first.port_start,
        ports_end=first.port_end,
        drops=tuple(sorted([*groups, *(s for s in spread if not _inside(s, groups))])) if parts else (),
        dsn=True,
        inline_ports=False,
        start=start,
        end=end,
        pieces=bracket_pieces("…", parts),
    )


def addresses(cover: str, start: int, end: int) -> Iterator[Address]:
    """The hosts with their groups, in order."""
    for match in islice(_HOST.finditer(cover, start, end), _MOST):
        part = read_member(cover, *trimmed(cover, *match.span(1)))
        if part is None or part.port is not None:
            continue
        group = _group(cover, match.start(), start, end)
        yield Address(_with_port(part.fixed(), cover, group, match.end()), *group)


def closing(cover: str, at: int) -> int:
    """Behind the bracket that closes the one at `at`, or the end of the text."""
    depth = 0
    for i in range(at, len(cover)):
        depth += {"(": 1, ")": -1}.get(cover[i], 0)
        if depth == 0:
            return i + 1
    return len(cover)


def bracket_pieces(lead: str, parts: Sequence[HostPart]) -> tuple[str, ...]:
    """The words around hosts that stand each in its own brackets."""
    ports = [f")(PORT={part.port})" if part.port is not None else ")" for part in parts]
    if not parts:
        return (f"{lead}(HOST=…)…",)
    return (f"{lead}(HOST=", *(f"{port}…(HOST=" for port in ports[:-1]), f"{ports[-1]}…")


def _with_port(part: HostPart, cover: str, group: Range, after: int) -> HostPart:
    port = _PORT.search(cover, *group)
    if port is None:
        return replace(part, insert_at=after, insert=")(PORT=" if cover.startswith(")", after) else ",PORT=")
    number = port_number(port[1])
    return part if number is None else replace(part, port=number, port_start=port.start(1), port_end=port.end(1))


def _group(cover: str, at: int, start: int, end: int) -> Range:
    """The group around the bracket at `at`: `(ADDRESS=...)`; the whole where no bracket is open around it."""
    depth = 0
    for i in range(at - 1, max(start, at - _NEAR) - 1, -1):
        depth += {")": 1, "(": -1}.get(cover[i], 0)
        if depth < 0:
            return i, min(closing(cover[: at + _NEAR], i), end)
    return start, end


def _inside(span: Range, outer: Sequence[Range]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer)

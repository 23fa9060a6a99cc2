"""Oracle's Easy Connect: `//host:1521/service`, `host:1521:SID`, `tcps://h1:1521,h2:1521/service`.

https://docs.oracle.com/en/database/oracle/oracle-database/19/netag/ ("Easy Connect Plus"). A single word without port
is a TNS alias or an LDAP name and gives no host.
"""

import re
from dataclasses import replace

from analyzer.hosts.holes import covered
from analyzer.hosts.members import Row, read_row
from analyzer.hosts.parts import Parsed, listed, row_pieces
from analyzer.hosts.tns import parse_descriptor
from analyzer.model import Engine

_NETWORK = re.compile(r"(?:tcps?:)?//", re.IGNORECASE)
_OTHER = re.compile(r"[A-Za-z]{1,12}://")
_END = re.compile(r"[/?\s]")
_SID = re.compile(r"(?:[^\[\]:,]{1,253}|\[[^\[\]]{2,60}\]):[^:,]{0,40}(?=:)")


def read_connect(cover: str, start: int, end: int, lead: str) -> Parsed:
    """The descriptor or Easy Connect string between `start` and `end`; `lead` stands before the host in shapes."""
    if cover.startswith("(", start):
        found = parse_descriptor(cover, start, end)
        return replace(found, pieces=(lead + found.pieces[0], *found.pieces[1:]))
    network = _NETWORK.match(cover, start, end)
    at = network.end() if network else start
    stop = _END.search(cover, at, end)
    last = stop.start() if stop else end
    sid = _SID.match(cover, at, last)
    row = read_row(cover, at, sid.end() if sid else last)
    if not row.valid or (not network and _OTHER.match(cover, start, end)) or not (network or sid or _plain(row)):
        row = Row(())
    parsed = Parsed(
        "oracle",
        "",
        Engine.ORACLE,
        row.parts,
        dsn=True,
        doubt=row.doubt,
        start=start,
        end=end,
        pieces=row_pieces(lead + ("//" if network else ""), row.parts, "/…" if stop else ":…" if sid else ""),
    )
    return listed(parsed, row.parts)


def read_login(text: str) -> Parsed | None:
    """`user/password@connect` as sqlplus takes it, or the connect string alone, filling `text`."""
    cover = covered(text)
    sign = cover.rfind("@", 0, connect_end(cover))
    parsed = read_connect(cover, sign + 1, len(cover), "…@" if sign >= 0 else "")
    return replace(parsed, start=0) if parsed.hosts else None


def connect_end(cover: str) -> int:
    """Where to look no further for the `@` before a connect string: at its first bracket."""
    bracket = cover.find("@(")
    return bracket + 1 if bracket >= 0 else len(cover)


def _plain(row: Row) -> bool:
    """Without `//` and SID only a port, a dotted name or an address is more than an alias."""
    return all(part.port is not None or "." in part.host or ":" in part.host for part in row.parts)

r"""The server value of a connection string: `tcp:10.0.0.5\INST,1433`, `10.0.0.5:1521/SERVICE`, a list, a file."""

import re
from dataclasses import dataclass, replace

from analyzer.hosts.members import port_number, read_member, read_row
from analyzer.hosts.oracle import read_connect
from analyzer.hosts.parameters import Parameter
from analyzer.hosts.parts import HOLE, HostPart, Parsed
from analyzer.model import Engine

_FILE = re.compile(r"\.(?:db|db3|sqlite|sqlite3|mdf|mdb|accdb|sdf|fdb|gdb|xlsx?|csv|duckdb|litedb)\Z", re.IGNORECASE)
_PREFIX = re.compile(r"(?:tcp|admin):(?!//)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Server:
    """The hosts of one value. `comma`: the port is written behind a comma; `tail`: what a shape shows behind the host.

    `engine` is what the spelling tells, or what was known; `descriptor` is Oracle's whole reading.
    """

    parts: tuple[HostPart, ...]
    engine: Engine | None
    doubt: str = ""
    tail: str = ""
    comma: bool = False
    descriptor: Parsed | None = None


def read_server(cover: str, item: Parameter, engine: Engine | None, lead: str) -> Server:
    """The value of `item` in a covered text; no hosts where it is a file, a pipe, a socket or a template."""
    start, end = item.value_start, item.value_end
    prefix = _PREFIX.match(cover, start, end)
    if prefix:
        start, engine = prefix.end(), engine or Engine.SQLSERVER
    value = cover[start:end]
    service = item.key == "datasource" and re.search(r":\d{1,5}/", value)
    if value.startswith(("(DESC", "(desc", "(ADDR", "(addr", "//")) or service or engine is Engine.ORACLE:
        return Server((), Engine.ORACLE, descriptor=read_connect(cover, start, end, lead))
    if "://" in value or _FILE.search(value) or value[:1] in {"", ".", "|", ":", "/", "(", "\\"}:
        return Server((), engine)
    backslash, comma = value.find("\\"), value.find(",")
    written = value[comma + 1 :].strip() if comma >= 0 else ""
    if port_number(written) is not None or (written and not written.strip(HOLE)):
        return _with_comma(cover, start, end, engine or Engine.SQLSERVER)
    if backslash >= 0:
        part = read_member(cover, start, start + backslash)
        parts = (replace(part, insert_at=end),) if part else ()
        return Server(parts, engine or Engine.SQLSERVER, tail="\\…")
    slash = value.find("/")
    row = read_row(cover, start, start + slash if slash >= 0 else end)
    return Server(row.parts if row.valid else (), engine, row.doubt)


def _with_comma(cover: str, start: int, end: int, engine: Engine) -> Server:
    r"""`host,1433` and `host\instance,1433`."""
    comma = cover.find(",", start, end)
    backslash = cover.find("\\", start, comma)
    part = read_member(cover, start, backslash if backslash >= 0 else comma)
    if part is None or part.port is not None:
        return Server((), engine)
    part, at = part.fixed(), comma + 1
    while at < end and cover[at].isspace():
        at += 1
    number = port_number(cover[at:end])
    if number is not None:
        part = replace(part, port=number, port_start=at, port_end=end)
    return Server((part,), engine, tail="\\…" if backslash >= 0 else "", comma=True)

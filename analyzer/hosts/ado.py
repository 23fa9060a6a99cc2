r"""ADO.NET, OLE DB and ODBC connection strings: `Server=10.0.0.5,1433;Database=app;User Id=app;...`.

The driver decides how a port is written: `Server=host\instance,1433` (SQL Server), `Port=` (Npgsql, MySQL),
`Data Source=host:1521/service` (Oracle).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.hosts import drivers
from analyzer.hosts.holes import QUOTES, LongText, covered
from analyzer.hosts.members import paired_port, read_row
from analyzer.hosts.parameters import Parameter, drops_of, intent_of
from analyzer.hosts.parts import HostPart, Parsed, Range, listed, row_pieces, shifted
from analyzer.hosts.ports import DEFAULT_PORTS
from analyzer.hosts.semicolons import read_semicolons
from analyzer.hosts.server import Server, read_server
from analyzer.model import Engine

_WORDS = (
    "user id|data source|network address|initial catalog|integrated security|trusted_connection|server|hostname|host|"
    "servername|address|addr|datasource|database|uid|pwd|driver|provider|port|username|password|user"
)
_START = re.compile(rf"(?:(?<![\w.\-])|(?<=:-))(?:{_WORDS})[ \t]{{0,8}}=", re.IGNORECASE)
_PORTS = {str(port) for ports in DEFAULT_PORTS.values() for port in ports}


def read_ado(text: str, engine: Engine | None = None) -> Parsed | None:
    """The connection string that fills `text`: a server and at least one other key of such strings."""
    cover = covered(text)
    items, end = read_semicolons(cover, 0, stops="")
    if end < len(text) or not _is_connection(items):
        return None
    return replace(build(text, cover, items, engine), end=len(text))


def read_data_source(text: str) -> Parsed | None:
    r"""SQL Server's own spelling of a server, alone: `tcp:host`, `host,1433`, `host\instance`."""
    cover, whole = covered(text), Parameter("server", text, 0, len(text), 0, len(text))
    server = read_server(cover, whole, Engine.SQLSERVER, "")
    if len(server.parts) != 1 or any(c.isspace() for c in cover):
        return None
    parts, _ = _ported(server, None, whole, plain=False)
    part = parts[0]
    number = f",{part.port}" if part.port is not None else ",…" if server.comma else ""
    ports = _ports(server, parts, None)
    pieces = ("", server.tail + number)
    return Parsed(
        "datasource",
        "",
        Engine.SQLSERVER,
        (part,),
        ports_start=ports[0],
        ports_end=ports[1],
        inline_ports=False,
        end=len(text),
        pieces=pieces,
    )


def find_ado(long: LongText) -> Iterator[Parsed]:
    """Connection strings inside longer text, each on one line, that no other configuration looks like."""
    if ";" not in long.text:
        return
    at = 0
    while match := _START.search(long.text, at):
        start, cover = match.start(), long.window(match.start())
        items, end = read_semicolons(cover, 0, stops=long.quote(start) or QUOTES + "<>")
        at = max(start + end, match.end())
        if _is_connection(items) and _certain(items):
            parsed = build(long.text[start : start + len(cover)], cover, items, None)
            yield shifted(replace(parsed, end=end), start)


def build(
    text: str, cover: str, items: Sequence[Parameter], engine: Engine | None, *, form: str = "ado", lead: str = ""
) -> Parsed:
    """The reading of pairs that hold a server; `lead` is what stands before them (`mysql:`)."""
    named = {item.key: item for item in items}
    host = next(named[key] for key in drivers.HOST_KEYS if key in named)
    shown = f"{lead}{host.key if lead else drivers.HOST_KEYS[host.key]}="
    server = read_server(cover, host, engine or drivers.engine_of(text, named), shown)
    if server.descriptor:
        drops = tuple(sorted((*server.descriptor.drops, *drops_of(items))))
        return replace(server.descriptor, form=form, dsn=True, intent=intent_of(items), drops=drops, start=0)
    parts, port = _ported(server, named.get("port"), host, plain=bool(lead))
    beside = _partner(cover, named) if parts else []
    pieces = _pieces(shown, server, parts, port, word="port" if lead else "Port")
    if beside:
        pieces = (*pieces[:-1], f"{pieces[-1]};Failover Partner=", *row_pieces("", beside, "", inline=False)[1:])
    ports = _ports(server, parts, port)
    parsed = Parsed(
        form,
        "",
        server.engine,
        (*parts, *beside),
        intent=intent_of(items),
        ports_start=ports[0],
        ports_end=ports[1],
        drops=tuple(drops_of(items)),
        dsn=bool(lead) or _certain(items),
        doubt=server.doubt,
        inline_ports=ports[0] < 0 and not server.comma and all(part.insert in {"", ":"} for part in parts),
        pieces=pieces,
    )
    return listed(parsed, parts)


def _is_connection(items: Sequence[Parameter]) -> bool:
    keys = {item.key for item in items}
    return bool(keys & drivers.HOST_KEYS.keys() and keys & drivers.KNOWN and not keys & drivers.NOT_DATABASES)


def _certain(items: Sequence[Parameter]) -> bool:
    """Whether no program text reads like this: a key of databases only, or one of their ports."""
    named = {item.key: item.value for item in items}
    if named.keys() & drivers.TELLING or ("password" in named and named.keys() & {"server", "datasource"}):
        return True
    return named.get("port") in _PORTS


def _ported(
    server: Server, port: Parameter | None, host: Parameter, *, plain: bool
) -> tuple[list[HostPart], Parameter | None]:
    """The hosts with their ports, and the key that holds these where there is one."""
    parts = list(server.parts)
    if port and parts and not any(part.port is not None for part in parts):
        values = [(port.value, port.value_start)]
        parts = [paired_port(part, i, len(parts), values) for i, part in enumerate(parts)]
        return parts, port if parts[0].port is not None else None
    return [_insertable(part, server.engine, host, plain=plain) for part in parts], None


def _ports(server: Server, parts: Sequence[HostPart], port: Parameter | None) -> Range:
    """Where ports stand apart from the hosts: in a key of their own or behind a comma."""
    if port:
        return port.value_start, port.value_end
    return (parts[0].port_start, parts[0].port_end) if server.comma and parts else (-1, -1)


def _insertable(part: HostPart, engine: Engine | None, host: Parameter, *, plain: bool) -> HostPart:
    if part.insert_at < 0:
        return part
    if engine is Engine.SQLSERVER:
        return replace(part, insert=",", insert_at=host.value_end)
    if engine in drivers.KEY_PORTS:
        return replace(part, insert=";port=" if plain else ";Port=", insert_at=host.end)
    return part if engine is Engine.ORACLE else part.fixed()


def _partner(cover: str, named: dict[str, Parameter]) -> list[HostPart]:
    partner = named.get("failoverpartner")
    if partner is None:
        return []
    return [part.fixed() for part in read_row(cover, partner.value_start, partner.value_end).parts]


def _pieces(
    lead: str, server: Server, parts: Sequence[HostPart], port: Parameter | None, *, word: str
) -> tuple[str, ...]:
    if not parts:
        return (f"{lead}…;…",)
    if server.comma:
        number = f",{parts[0].port}" if parts[0].port is not None else ",…"
        return (lead, f"{server.tail}{number};…")
    ports = f";{word}={parts[0].port}" if port else ""
    return row_pieces(lead, parts, f"{server.tail}{ports};…", inline=any(part.port_end == part.end for part in parts))

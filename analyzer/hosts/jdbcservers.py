"""Two endings of JDBC URLs that are no URL: SQL Server's `;key=value` and MySQL's bracketed addresses.

https://learn.microsoft.com/en-us/sql/connect/jdbc/building-the-connection-url and
https://dev.mysql.com/doc/connector-j/en/connector-j-reference-jdbc-url-format.html
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from analyzer.hosts.members import first_of, paired_port, port_number, read_row
from analyzer.hosts.parameters import Parameter, drops_of, intent_of, query_parameters
from analyzer.hosts.parts import HostPart, Parsed, Range, listed, row_pieces
from analyzer.hosts.tns import addresses, bracket_pieces
from analyzer.model import Engine


def read_sqlserver(cover: str, at: int, lead: str) -> Parsed:
    r"""`host\instance:1433;serverName=..;failoverPartner=..`; jTDS has `/database` before the parameters."""
    semicolon = first_of(cover, ";", at, len(cover))
    host_end = first_of(cover, "/\\", at, semicolon)
    parameters = query_parameters(cover, semicolon + 1, len(cover), ";")
    named = {p.key: p for p in parameters}
    row = read_row(cover, at, host_end)
    parts = list(row.parts) if row.valid else []
    tail = ""
    if cover.startswith("\\", host_end):
        parts, tail = [_behind_instance(part, cover, host_end, semicolon) for part in parts], "\\…"
    if not parts and "servername" in named:
        parts, lead = _named_server(cover, named), f"{lead};serverName="
    partner = named.get("failoverpartner")
    beside = read_row(cover, partner.value_start, partner.value_end).parts if partner and parts else ()
    pieces = row_pieces(lead, parts, ";…" if parameters else "")
    if tail and parts:
        pieces = (pieces[0], tail + pieces[1])
    if beside:
        pieces = (*pieces[:-1], f"{pieces[-1]};failoverPartner=", *row_pieces("", beside, ";…")[1:])
    apart = bool(parts) and (bool(tail) or parts[0].port_start != parts[0].end + parts[0].bracketed + 1)
    apart = apart and parts[0].insert != ":"
    parsed = Parsed(
        "jdbc",
        "",
        Engine.SQLSERVER,
        (*parts, *(part.fixed() for part in beside)),
        intent=intent_of(parameters),
        ports_start=parts[0].port_start if apart else -1,
        ports_end=parts[0].port_end if apart else -1,
        inline_ports=not apart,
        drops=tuple(drops_of(parameters, semicolon)),
        doubt=row.doubt,
        pieces=pieces,
    )
    return listed(parsed, parts)


def read_bracketed(cover: str, at: int, engine: Engine, lead: str) -> Parsed:
    """`address=(host=a)(port=1),address=(host=b)(port=2)` and `(host=a,port=1),(host=b,port=2)`."""
    end = first_of(cover, "/?", at, len(cover))
    sign = cover.rfind("@", at, end)
    groups = list(_top_level(cover, sign + 1 if sign >= 0 else at, end))
    found = [address for start, stop in groups for address in addresses(cover, start, stop)]
    parts = [_lower(address.part) for address in found]
    query = cover.find("?", end)
    parameters = query_parameters(cover, query + 1, len(cover)) if query >= 0 else []
    first = parts[0] if parts and len(parts) == len(groups) else HostPart("", -1, -1)
    others = [(before[1], after[1]) for before, after in pairwise(groups)]
    return Parsed(
        "jdbc",
        "",
        engine,
        tuple(parts),
        intent=intent_of(parameters),
        list_start=first.start - first.bracketed,
        list_end=first.end + first.bracketed,
        ports_start=first.port_start,
        ports_end=first.port_end,
        drops=(*others, *drops_of(parameters, query)),
        inline_ports=False,
        pieces=bracket_pieces(f"{lead}…", parts),
    )


def _behind_instance(part: HostPart, cover: str, backslash: int, end: int) -> HostPart:
    colon = cover.find(":", backslash, end)
    if colon < 0:
        return replace(part, insert_at=end, insert=":")
    number = port_number(cover[colon + 1 : end])
    part = part.fixed()
    return part if number is None else replace(part, port=number, port_start=colon + 1, port_end=end)


def _named_server(cover: str, named: dict[str, Parameter]) -> list[HostPart]:
    server, port = named["servername"], named.get("portnumber") or named.get("port")
    stop = first_of(cover, "\\", server.value_start, server.value_end)
    parts: Sequence[HostPart] = read_row(cover, server.value_start, stop).parts
    if port is None:
        return [replace(part, insert_at=server.end, insert=";portNumber=") for part in parts]
    return [paired_port(part, i, len(parts), [(port.value, port.value_start)]) for i, part in enumerate(parts)]


def _lower(part: HostPart) -> HostPart:
    """These drivers write keys small."""
    return replace(part, insert=part.insert.lower())


def _top_level(cover: str, at: int, end: int) -> Iterator[Range]:
    depth, start = 0, at
    for i in range(at, end):
        depth += {"(": 1, ")": -1}.get(cover[i], 0)
        if cover[i] == "," and depth == 0:
            yield start, i
            start = i + 1
    yield start, end

"""URLs: `scheme://user:password@host:port,host:port/path?key=value`, as libpq, SQLAlchemy, MongoDB and Redis read them.

https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-URIS and
https://www.mongodb.com/docs/manual/reference/connection-string/ give the forms with several hosts.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.hosts import gomysql, schemes
from analyzer.hosts.authority import read_authority
from analyzer.hosts.holes import covered
from analyzer.hosts.members import paired_port, read_row
from analyzer.hosts.parameters import Parameter, drops_of, intent_of, query_parameters
from analyzer.hosts.parts import HostPart, Parsed, listed, row_pieces
from analyzer.model import Engine

_SCHEME = re.compile(r"(?:r2dbcs?(?::[a-z]{1,12}){1,3}|[a-z][\w+.\-]{0,40})://", re.ASCII | re.IGNORECASE)
SRV = "a DNS service record, not a host"
_SENTINEL = "a Sentinel answers here, not the database"
_BOTH = "the query names another host"


def read_url(text: str, engine: Engine | None = None) -> Parsed | None:
    """The URL that fills `text`, None where it is none."""
    match = _SCHEME.match(text)
    if not match:
        return None
    scheme = match.group()[:-3]
    known = schemes.engine_of(scheme)
    form = "uri" if known else "url"
    if known is None and schemes.generic(scheme, engine):
        known = engine
    if schemes.of_files(scheme):
        return hostless(form, scheme, known, len(text))
    cover = covered(text)
    lead = f"{schemes.shown(scheme)}://"
    go = gomysql.read_address(cover, match.end()) if known in {Engine.MYSQL, Engine.MARIADB} else None
    if go is not None:
        return replace(go, scheme=scheme, pieces=(lead + go.pieces[0], *go.pieces[1:]))
    parsed = read_after(cover, match.end(), engine=known, lead=lead)
    return _with_doubt(replace(parsed, form=form, scheme=scheme, dsn=known is not None))


def read_after(cover: str, at: int, *, engine: Engine | None, lead: str) -> Parsed:
    """What stands behind `scheme://` in a covered text: authority, path and query; `lead` begins the shape."""
    authority = read_authority(cover, at)
    row = authority.row
    query = cover.find("?", authority.end)
    stop = cover.find("#", query) if query >= 0 else -1
    parameters = query_parameters(cover, query + 1, stop if stop >= 0 else len(cover)) if query >= 0 else []
    before = f"{lead}…@" if authority.user else lead
    parsed = Parsed(
        "uri",
        "",
        engine,
        row.parts,
        intent=intent_of(parameters),
        drops=tuple(drops_of(parameters, query)),
        doubt=authority.doubt or row.doubt,
        end=len(cover),
        pieces=row_pieces(before, row.parts, "/…" if cover[authority.end :].strip("/ ") else ""),
    )
    named = [p for p in parameters if p.key in {"host", "hostaddr"}]
    if engine is not Engine.POSTGRESQL or not any(read_row(cover, p.value_start, p.value_end).parts for p in named):
        return listed(parsed, row.parts)
    if row.parts:
        return replace(listed(parsed, row.parts), doubt=parsed.doubt or _BOTH)
    return _from_query(parsed, cover, parameters, f"{before}/…?host=")


def hostless(form: str, scheme: str, engine: Engine | None, end: int) -> Parsed:
    """A connection string whose host is a file, a socket or not written."""
    return Parsed(form, scheme, engine, (), dsn=engine is not None, end=end)


def _from_query(parsed: Parsed, cover: str, parameters: Sequence[Parameter], lead: str) -> Parsed:
    """Hosts and ports that stand in the query: libpq's lists by comma, SQLAlchemy's repeated keys.

    Of repeated keys the first stays in a collapse; `hostaddr` names the same server as `host` and goes.
    """
    named = [p for p in parameters if p.key == "host"] or [p for p in parameters if p.key == "hostaddr"]
    beside = [p for p in parameters if p.key in {"host", "hostaddr"} and p not in named]
    ports = [p for p in parameters if p.key == "port"]
    rows = [read_row(cover, p.value_start, p.value_end) for p in (*named, *beside)]
    values = [(p.value, p.value_start) for p in ports]
    first = rows[0].parts
    parts = [part for row in rows[: len(named)] for part in row.parts]
    inline = any(part.port is not None for part in parts)
    spread = parts if inline else [_queried(part, i, len(parts), values, named[0].end) for i, part in enumerate(parts)]
    others = [part.fixed() for row in rows[len(named) :] for part in row.parts]
    parsed = replace(
        parsed,
        hosts=(*spread, *others),
        doubt=parsed.doubt or next((row.doubt for row in rows if row.doubt), ""),
        inline_ports=inline,
        drops=tuple(drops_of(parameters, also=(*named[1:], *beside, *ports[1:]))),
        pieces=row_pieces(lead, [*spread, *others], "", inline=inline),
    )
    parsed = listed(parsed, spread[: len(first)] if first else [])
    if not ports or inline:
        return parsed
    return replace(parsed, ports_start=ports[0].value_start, ports_end=ports[0].value_end)


def _queried(part: HostPart, index: int, count: int, values: Sequence[tuple[str, int]], at: int) -> HostPart:
    if values:
        return paired_port(part, index, count, values)
    return replace(part, insert_at=at, insert="&port=")


def _with_doubt(parsed: Parsed) -> Parsed:
    """Names that are looked up elsewhere before a database is reached."""
    scheme = parsed.scheme.lower()
    if scheme in schemes.SENTINELS:
        return replace(parsed, doubt=parsed.doubt or _SENTINEL)
    if scheme.endswith("+srv"):
        return replace(parsed, hosts=tuple(part.fixed() for part in parsed.hosts), doubt=parsed.doubt or SRV)
    return parsed

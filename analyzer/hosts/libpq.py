"""libpq's keyword form: `host=10.0.0.5 port=5432 user=app dbname=app`, values bare or in single quotes.

https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.hosts.blanks import Pairs, read_pairs
from analyzer.hosts.holes import QUOTES, LongText, covered
from analyzer.hosts.members import paired_port, read_row
from analyzer.hosts.parameters import Parameter, drops_of, folded, intent_of
from analyzer.hosts.parts import HostPart, Parsed, listed, row_pieces, shifted
from analyzer.hosts.ports import DEFAULT_PORTS
from analyzer.hosts.words import words
from analyzer.model import Engine

_COMMON = words("host hostaddr port user password options service")
_DISTINCT = words(
    """dbname sslmode sslcert sslkey sslrootcert sslcrl sslpassword sslnegotiation passfile connect_timeout
    application_name fallback_application_name target_session_attrs load_balance_hosts keepalives keepalives_idle
    keepalives_interval keepalives_count tcp_user_timeout client_encoding gssencmode krbsrvname gsslib channel_binding
    require_auth requirepeer ssl_min_protocol_version ssl_max_protocol_version"""
)
_TELLING = frozenset(map(folded, _DISTINCT))
_KNOWN = _TELLING | _COMMON
_HOSTS = words("host hostaddr")
_START = re.compile(
    r"(?:(?<![\w.\-])|(?<=:-))(?:" + "|".join(sorted(_DISTINCT | _COMMON, key=len, reverse=True)) + r")\s{0,8}="
)
_TAG = re.compile(r"<[A-Za-z][^<>]*\Z")


def read_keywords(text: str, engine: Engine | None = None) -> Parsed | None:
    """The keyword string that fills `text`: a host and at least one other keyword.

    Over several lines it takes a keyword that only libpq has: `host` and `port` stand in any configuration.
    """
    cover = covered(text)
    pairs = read_pairs(cover, 0, stops="")
    if pairs.end < len(text):
        return None
    named = {p.key for p in pairs.items}
    telling = _TELLING if "\n" in text else _KNOWN - _HOSTS
    if not named & _HOSTS or not (named & telling or engine is Engine.POSTGRESQL):
        return None
    return _parsed(cover, pairs)


def find_keywords(long: LongText) -> Iterator[Parsed]:
    """Keyword strings inside longer text, each on one line. `host` and `port` alone are found, but are not certain."""
    at = 0
    while match := _START.search(long.text, at):
        start, window = match.start(), long.window(match.start())
        pairs = read_pairs(window, 0, stops=long.quote(start) or QUOTES)
        at = max(start + pairs.end, match.end())
        named = {p.key for p in pairs.items}
        if named & _HOSTS and named & (_KNOWN - _HOSTS) and not _TAG.search(long.text, max(0, start - 200), start):
            yield shifted(_parsed(window, pairs), start)


def _parsed(cover: str, pairs: Pairs) -> Parsed:
    """The last of repeated keys counts; `hostaddr` beside `host` names the same server and goes in a collapse."""
    last = {p.key: p for p in pairs.items}
    key = "host" if "host" in last else "hostaddr"
    parts, doubt = _hosts(cover, pairs, last.get(key))
    address = last.get("hostaddr") if key == "host" else None
    beside = [part.fixed() for part in _hosts(cover, pairs, address)[0]] if parts else []
    ports = last.get("port")
    parts = [_with_port(part, i, len(parts), ports, last[key].end) for i, part in enumerate(parts)]
    port = ports if parts and parts[0].port is not None else None
    pieces = row_pieces(f"{key}=", parts, f" port={_shown(parts)} …" if port else " …", inline=False)
    if beside:
        pieces = (*pieces[:-1], f"{pieces[-1]} hostaddr=", *row_pieces("", beside, "", inline=False)[1:])
    parsed = Parsed(
        "libpq",
        "",
        Engine.POSTGRESQL,
        (*parts, *beside),
        intent=intent_of(pairs.items),
        ports_start=port.value_start if port else -1,
        ports_end=port.value_end if port else -1,
        drops=tuple(drops_of(pairs.items, also=[address] if address and beside else [])),
        dsn=_certain(pairs.items),
        doubt=doubt,
        inline_ports=False,
        end=pairs.end,
        pieces=pieces,
    )
    return listed(parsed, parts)


def _hosts(cover: str, pairs: Pairs, pair: Parameter | None) -> tuple[Sequence[HostPart], str]:
    if pair is None:
        return (), ""
    row = read_row(cover, pair.value_start, pair.value_end)
    if any(part.port is not None for part in row.parts) or not row.valid:
        return (), ""
    parts = [replace(part, exact=False) for part in row.parts] if pair in pairs.escaped else row.parts
    return parts, row.doubt


def _with_port(part: HostPart, index: int, count: int, ports: Parameter | None, insert_at: int) -> HostPart:
    if ports is None:
        return replace(part, insert_at=insert_at, insert=" port=")
    return paired_port(part, index, count, [(ports.value, ports.value_start)])


def _shown(parts: Sequence[HostPart]) -> str:
    ports = [str(part.port) for part in parts if part.port is not None]
    return ports[0] if len(set(ports)) == 1 else ",".join(ports[:8])


def _certain(items: Sequence[Parameter]) -> bool:
    """Log lines and mail settings have host, port and user too: more is needed."""
    keys = {p.key for p in items}
    port = next((p.value for p in items if p.key == "port"), "")
    if keys & _TELLING or port in {str(number) for number in DEFAULT_PORTS[Engine.POSTGRESQL]}:
        return True
    return words("user password") <= keys <= _KNOWN and not port

"""JDBC URLs: `jdbc:[wrapper:]engine[:mode]://hosts...`, each driver with its own ending.

PostgreSQL and MySQL write a URL, SQL Server `;key=value`, Oracle `thin:@connect`, MySQL and MariaDB also
`address=(host=..)(port=..)`. Testcontainers (`jdbc:tc:`) starts its own database: never a host.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.hosts import oracle, uri
from analyzer.hosts.authority import LATER
from analyzer.hosts.holes import covered
from analyzer.hosts.jdbcservers import read_bracketed, read_sqlserver
from analyzer.hosts.parts import Parsed, Range
from analyzer.hosts.schemes import BASES
from analyzer.hosts.words import words
from analyzer.model import Engine

_WORDS = re.compile(r"jdbc:(?:[A-Za-z][\w+\-]{0,30}:){1,6}", re.IGNORECASE)
_MODES = words("loadbalance replication sequential failover aurora load-balance-read")
_SHOWN = words("jdbc thin oci aws-wrapper jtds microsoft p6spy log4jdbc otel tracing")
_INNER = re.compile(r"(?:(?:https?|grpc|tcp):)?//", re.IGNORECASE)
_BRACKETED = re.compile(r"[^/?]{0,400}\(\s{0,8}host\s{0,8}=", re.IGNORECASE)


def read_jdbc(text: str) -> Parsed | None:
    """The JDBC URL that fills `text`; without hosts where it names none, or no engine that we know."""
    match = _WORDS.match(text)
    if not match:
        return None
    scheme = match.group()[:-1]
    names = scheme.lower().split(":")
    engine = None if "tc" in names else next((BASES[n] for n in map(_bare, names) if n in BASES), None)
    if engine is None:
        return uri.hostless("jdbc", scheme, None, len(text))
    lead = ":".join(n if _bare(n) in BASES.keys() | _MODES | _SHOWN else "…" for n in names if not n.startswith("http"))
    parsed = _rest(covered(text), match.end(), engine, lead)
    if parsed is None:
        return uri.hostless("jdbc", scheme, engine, len(text))
    drops = tuple(sorted([*parsed.drops, *_mode(scheme)]))
    parsed = replace(parsed, form="jdbc", scheme=scheme, engine=engine, drops=drops, dsn=True, start=0, end=len(text))
    return _srv(parsed) if "+srv" in scheme.lower() else parsed


def _rest(cover: str, at: int, engine: Engine, lead: str) -> Parsed | None:
    if engine is Engine.ORACLE:
        sign = cover.rfind("@", at, oracle.connect_end(cover))
        return oracle.read_connect(cover, sign + 1, len(cover), f"{lead}:…@") if sign >= 0 else None
    inner = _INNER.match(cover, at)
    if not inner:
        return None
    lead = f"{lead}://"
    if engine is Engine.SQLSERVER:
        return read_sqlserver(cover, inner.end(), lead)
    if engine in {Engine.MYSQL, Engine.MARIADB} and _BRACKETED.match(cover, inner.end()):
        return read_bracketed(cover, inner.end(), engine, lead)
    parsed = uri.read_after(cover, inner.end(), engine=engine, lead=lead)
    return replace(parsed, doubt="") if parsed.doubt == LATER else parsed


def _mode(scheme: str) -> Iterator[Range]:
    """The sub-protocol that spreads connections, with its colon."""
    at = 0
    for word in scheme.split(":"):
        if word.lower() in _MODES:
            yield at, at + len(word) + 1
        at += len(word) + 1


def _srv(parsed: Parsed) -> Parsed:
    return replace(parsed, hosts=tuple(part.fixed() for part in parsed.hosts), doubt=parsed.doubt or uri.SRV)


def _bare(word: str) -> str:
    return word.split("+", maxsplit=1)[0]

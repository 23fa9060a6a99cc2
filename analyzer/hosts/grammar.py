"""Reads one value as a whole: which family it belongs to. It does not search; `locate` does."""

import re
from dataclasses import replace

from analyzer.hosts import ado, gomysql, jdbc, libpq, lists, oracle, pdo, stackexchange, tns, uri
from analyzer.hosts.holes import covered
from analyzer.hosts.members import trimmed
from analyzer.hosts.parts import WINDOW, Parsed, shifted
from analyzer.model import Engine

_SEVERAL = re.compile(r"[,;\s]\s{0,8}[\"']?[A-Za-z][A-Za-z0-9+.\-]{0,40}://")


def parse(text: str, *, engine: Engine | None = None) -> Parsed | None:
    """The host, `host:port`, list, URL or DSN that fills `text` but for outer blanks; None where it is none of them.

    `engine` is what the caller knows from elsewhere: it lets `http://` be Elasticsearch's and a lone `user/pw@h` be
    Oracle's. A certain DSN whose host is templated or a file gives a reading without hosts. Never raises.
    """
    start, end = trimmed(text, 0, len(text))
    if start == end or end - start > WINDOW:
        return None
    parsed = _family(text[start:end], engine)
    return parsed and replace(shifted(parsed, start), start=start, end=end)


def _family(text: str, engine: Engine | None) -> Parsed | None:
    if text[:5].lower() == "jdbc:":
        return jdbc.read_jdbc(text)
    if "://" in text:
        found = lists.read_list(text, engine) if _SEVERAL.search(text) else None
        found = found or uri.read_url(text, engine)
        if found is not None:
            return found if found.hosts or not any(c.isspace() for c in covered(text)) else None
    if text.startswith("("):
        return tns.read_descriptor(text)
    if "(" in text:
        found = gomysql.read_dsn(text)
        if found is not None:
            return found
    found = pdo.read_pdo(text) if ":" in text else None
    if found is None and "=" in text:
        found = stackexchange.read_configuration(text) or _pairs(text, engine)
    return found or _plain(text, engine)


def _pairs(text: str, engine: Engine | None) -> Parsed | None:
    """`host=x dbname=y` of libpq, or `Host=x;Database=y` of .NET, which Npgsql takes for PostgreSQL."""
    words = libpq.read_keywords(text, engine)
    if words is None or (";" in text and not words.hosts):
        return ado.read_ado(text, engine) or words
    return words


def _plain(text: str, engine: Engine | None) -> Parsed | None:
    if engine is Engine.ORACLE and ("@" in text or "/" in text):
        return oracle.read_login(text)
    if engine is Engine.SQLSERVER and ("," in text or "\\" in text or text[:4].lower() == "tcp:"):
        found = ado.read_data_source(text)
        if found is not None:
            return found
    return lists.read_host(text, engine) or lists.read_list(text, engine) or lists.read_bare_login(text)

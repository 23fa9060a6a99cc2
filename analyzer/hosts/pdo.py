"""PDO and DBI: `mysql:host=10.0.0.5;port=3306;dbname=app`, `dbi:Pg:dbname=app;host=10.0.0.5`.

https://www.php.net/manual/en/pdo.drivers.php, https://metacpan.org/pod/DBI ("connect") and
https://metacpan.org/pod/DBD::mysql, where the database may stand first without a key, and colons separate as well.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.hosts.ado import build
from analyzer.hosts.blanks import read_pairs
from analyzer.hosts.drivers import HOST_KEYS
from analyzer.hosts.holes import QUOTES, LongText, covered
from analyzer.hosts.members import read_member
from analyzer.hosts.oracle import read_connect
from analyzer.hosts.parts import HOLE, Parsed, listed, row_pieces, shifted
from analyzer.hosts.semicolons import read_semicolons
from analyzer.model import Engine

_ENGINES = {
    "mysql": Engine.MYSQL,
    "mariadb": Engine.MARIADB,
    "pgsql": Engine.POSTGRESQL,
    "pg": Engine.POSTGRESQL,
    "pgpp": Engine.POSTGRESQL,
    "sqlsrv": Engine.SQLSERVER,
    "dblib": Engine.SQLSERVER,
    "sybase": Engine.SQLSERVER,
    "oci": Engine.ORACLE,
    "oracle": Engine.ORACLE,
    "odbc": None,
}
_PREFIX = re.compile(
    r"(?:(?<![\w:.\-])|(?<=\\[nrt])|(?<=:-))"
    rf"(?:dbi:(?:mysql|mariadb|pgpp|pg|oracle|odbc|sybase|{HOLE}{{1,80}})(?:\([^()]{{0,60}}\))?:"
    r"|(?:mysql|pgsql|sqlsrv|dblib|oci|odbc|sybase):(?=[A-Za-z_]{1,20}[ \t]?=))",
    re.IGNORECASE,
)
_DATABASE = re.compile(r"[^:;=\s/@\"']{1,64}[;:](?=[A-Za-z_]{1,40}=)")
_COLON = re.compile(r":(?=(?:host|hostname|port|database|dbname|db|user|password|mysql_[a-z_]{1,60})=)", re.IGNORECASE)
_POSITIONAL = re.compile(r"[^:;=\s/@]{1,64}:(?P<address>[^;=\s/@\"']{1,253})\Z")


def read_pdo(text: str) -> Parsed | None:
    """The PDO or DBI string that fills `text`."""
    cover = covered(text)
    prefix = _PREFIX.match(cover)
    if not prefix:
        return None
    parsed, end = _read(text, cover, prefix, stops="")
    parsed = parsed or _positional(cover, prefix)
    return replace(parsed, end=len(text)) if parsed and end in {len(text), prefix.end()} else None


def find_pdo(long: LongText) -> Iterator[Parsed]:
    """PDO and DBI strings inside longer text."""
    at = 0
    while match := _PREFIX.search(long.text, at):
        start, cover = match.start(), long.window(match.start())
        at = match.end()
        prefix = _PREFIX.match(cover)
        if prefix is None:
            continue
        stops = long.quote(start) or QUOTES + "<>)"
        parsed, end = _read(long.text[start : start + len(cover)], cover, prefix, stops=stops)
        at = max(at, start + end)
        if parsed:
            yield shifted(replace(parsed, end=end), start)


def _read(text: str, cover: str, prefix: re.Match[str], *, stops: str) -> tuple[Parsed | None, int]:
    words = prefix.group()[:-1].split("(")[0].lower().split(":")
    engine, lead = _ENGINES.get(words[-1]), ":".join(words if HOLE not in words[-1] else ("dbi", "…")) + ":"
    start = prefix.end()
    if words[0] == "dbi" and engine is not Engine.ORACLE:
        database = _DATABASE.match(cover, start)
        start = database.end() if database else start
        cover = cover[:start] + _COLON.sub(";", cover[start:])
    items, end = read_semicolons(cover, start, stops=stops)
    if engine is Engine.POSTGRESQL and len(items) <= 1:
        blank = read_pairs(cover, prefix.end(), stops=stops)
        items, end = (blank.items, blank.end) if len(blank.items) > len(items) else (items, end)
    named = {item.key: item for item in items}
    if named.keys() & HOST_KEYS.keys():
        # DBD::Oracle takes its port by a key of its own, as PostgreSQL does, and not behind the host
        apart = engine is Engine.ORACLE and words[0] == "dbi"
        found = build(text, cover, items, Engine.POSTGRESQL if apart else engine, form="pdo", lead=lead)
        return replace(found, engine=engine) if apart else found, end
    if engine is Engine.ORACLE and "dbname" in named:
        found = read_connect(cover, named["dbname"].value_start, named["dbname"].value_end, f"{lead}dbname=")
        return replace(found, form="pdo", start=0), end
    return None, end


def _positional(cover: str, prefix: re.Match[str]) -> Parsed | None:
    """`DBI:mysql:database:host:port`, the old form."""
    match = _POSITIONAL.match(cover, prefix.end())
    part = read_member(cover, *match.span("address")) if match else None
    words = prefix.group()[:-1].split("(")[0].lower().split(":")
    if part is None or words[0] != "dbi" or HOLE in words[-1]:
        return None
    pieces = row_pieces(f"{':'.join(words)}:…:", (part,), "")
    return listed(Parsed("pdo", "", _ENGINES.get(words[-1]), (part,), dsn=True, pieces=pieces), (part,))

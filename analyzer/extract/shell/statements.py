"""What the statements of a database client's command are about: the server itself, or what its databases hold.

Its settings, its connections and its files are looked at by an administrator, who means that server. The tables of a
database are the same behind the load balancer, and so is the answer to `select version()`.
"""

import re
from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST = 20_000  # characters of a statement that are looked at
# psql's own commands that look at the server; \copy, \i and the like carry data, \dt shows tables.
_LOOKS = re.compile(r"\\(?:l|du|dg|db|conninfo)(?![a-z])")
_SHOWS = re.compile(
    r"show\s{1,20}(?!tables|databases|schemas)(?:[a-z_.]{1,100}|(?:global\s)?(?:status|variables)\b.{0,200})\Z"
)
_TABLES = re.compile(r"\b(?:from|join)\s{1,20}(?:only\s{1,20})?([\w.\"]{1,200})")
_FUNCTIONS = re.compile(r"\b([a-z_]\w{0,100})\s{0,8}\(")
_CATALOGS = (
    "pg_stat",
    "pg_replication",
    "pg_settings",
    "pg_database",
    "pg_roles",
    "pg_shadow",
    "pg_user",
    "pg_authid",
    "pg_locks",
    "pg_hba_file_rules",
    "pg_file_settings",
    "performance_schema.",
    "mysql.user",
)
_ABOUT = ("pg_", "inet_server_", "inet_client_")
# What an application does with a server, or a job waits for.
_WORKS = ("pg_notify", "pg_advisory_", "pg_try_advisory_", "pg_sleep", "pg_logical_emit_")
_NAMED = frozenset({"version", "current_setting", "current_database", "txid_current"})
_PLAIN = _words(
    "count sum max min avg coalesce round extract now age date_trunc to_char upper lower concat format in and or not "
    "exists filter over as on using interval cast string_agg array_agg"
)


def about_server(statements: Iterable[str]) -> bool:
    """Whether all statements, split at their semicolons, only look at the server; False where there are none."""
    single = [one.strip() for text in statements for one in text[:_LONGEST].lower().split(";") if one.strip()]
    return bool(single) and all(map(_looks, single))


def _looks(statement: str) -> bool:
    if statement.startswith("\\"):
        return _LOOKS.match(statement) is not None
    if statement.startswith("show"):
        return _SHOWS.match(statement) is not None
    if not statement.startswith("select"):
        return False
    tables, functions = _TABLES.findall(statement), set(_FUNCTIONS.findall(statement)) - _PLAIN
    about = {name for name in functions if name.startswith(_ABOUT) and not name.startswith(_WORKS)}
    known = functions - about <= _NAMED and all(
        name.removeprefix("pg_catalog.").startswith(_CATALOGS) for name in tables
    )
    return known and bool(tables or about)

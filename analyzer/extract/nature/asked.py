"""What the statements that a client sends are about: the server itself, or what its databases hold.

Its settings, its connections and its files are looked at by an administrator, who means that server. The tables of a
database are the same behind the load balancer, and so is the answer to `select version()`.
"""

import re
from collections.abc import Iterable

from analyzer.model import Clue, Evidence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_QUERIES = """
    pg_is_in_recovery pg_stat_replication pg_stat_wal_receiver pg_replication_slots pg_promote pg_last_wal_re
    pg_last_xact_replay pg_current_wal_lsn pg_wal_lsn_diff pg_wal_replay pg_is_wal_replay_paused pg_switch_wal
    pg_create_physical_replication_slot pg_create_logical_replication_slot pg_drop_replication_slot pg_stat_archiver
    pg_stat_subscription pg_backup_start pg_start_backup pg_reload_conf pg_hba_file_rules inet_server_addr
    pg_settings max_wal_senders max_replication_slots pg_control_ synchronous_standby_names transaction_read_only
    primary_conninfo wsrep_ rs.status replsetgetstatus rs.hello rs.initiate rs.add rs.stepdown db.hello db.ismaster
    replicaof slaveof
"""
ROLE_QUERIES = (
    *_QUERIES.split(),
    *(f"show {what} status" for what in ("slave", "replica", "master", "binary log")),
    *(f"{what} {which}" for what in ("start", "stop", "reset") for which in ("slave", "replica")),
    "change master to",
    "change replication source",
    "info replication",
    "sentinel ",
    "cluster nodes",
    "cluster info",
    "alter system",
)
"""What is asked of or told to one server of a cluster, in lower case: administration, not an application's work."""

VERBS = "select|insert|update|delete|with|merge|call|create|alter|drop|truncate|copy|vacuum|show|begin|set"
"""How a statement in a program's strings begins, as alternatives of a regex."""

ASKS = Evidence(Clue.OPERATION, "a program that only asks servers for their state")
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

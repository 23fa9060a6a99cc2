"""Table of the database clients that scripts call: how each takes its host, port and connection string.

Sources are the manual pages of PostgreSQL 17, MySQL 8.4, MariaDB 11, Redis 7, MongoDB 8, SQL Server 2022, ClickHouse 24
and Cassandra 5.
"""

from dataclasses import dataclass, replace
from enum import Enum

from analyzer.model import Engine, Intent


class Operand(Enum):
    """What the words of a client that are no options may be."""

    NOTHING = "nothing"
    DSN = "a connection string beside other words"
    SERVER = "host, host:port, host:port/database or a connection string first"
    HOST = "a host first, its port second"
    LOGIN = "user/password@host:port/service"


@dataclass(frozen=True, slots=True)
class Client:
    """How a database client takes its host. The first of `port` is how a missing port may be written.

    `short` are the letters that take a value, `glued` those that take one only without a blank (`-psecret`).
    """

    engine: Engine | None
    short: str = ""
    host: tuple[str, ...] = ("-h", "--host")
    port: tuple[str, ...] = ("-p", "--port")
    dsn: tuple[str, ...] = ()
    operand: Operand = Operand.NOTHING
    variable: str = ""  # the environment's port
    intent: Intent = Intent.UNKNOWN
    glued: str = ""


def _postgres(short: str, dsn: tuple[str, ...] = (), intent: Intent = Intent.UNKNOWN) -> Client:
    operand = Operand.DSN if dsn else Operand.NOTHING
    return Client(Engine.POSTGRESQL, short, dsn=dsn, operand=operand, variable="PGPORT", intent=intent)


_DBNAME = ("-d", "--dbname")
_MYSQL = Client(
    Engine.MYSQL,
    "hPuDSeEroTlI",
    port=("-P", "--port"),
    operand=Operand.DSN,
    variable="MYSQL_TCP_PORT",
    glued="p#",
)
_MARIADB = replace(_MYSQL, engine=Engine.MARIADB)
_REDIS = Client(Engine.REDIS, "hpsautrindXD", dsn=("-u",))
_MONGO_SHELL = Client(Engine.MONGODB, "upf", ("--host", "-host"), ("--port",), operand=Operand.SERVER)
_MONGO_TOOL = Client(
    Engine.MONGODB, "hupdcoqjf", ("-h", "--host"), ("--port",), ("--uri", "--mongodb-uri"), Operand.DSN
)
_SQLCMD = Client(Engine.SQLSERVER, "SUPdqQioshwKaltcCmMeErRVvyYHWzZfFGgxXu", ("-S", "--server"), ())
_CLICKHOUSE = Client(Engine.CLICKHOUSE, "hudqnm", ("-h", "--host"), ("--port",), ("--connection-string",), Operand.DSN)

_MYSQL_PROGRAMS = """mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlslap mysqlpump mysqlbinlog mycli
    mydumper myloader"""
_MARIADB_PROGRAMS = """mariadb mariadb-dump mariadb-admin mariadb-import mariadb-show mariadb-check mariadb-slap
    mariadb-binlog"""
_MONGO_PROGRAMS = "mongodump mongorestore mongoexport mongoimport mongostat mongotop mongofiles"

CLIENTS: dict[str, Client] = {
    "psql": _postgres("cdfvLoFPRThpU", _DBNAME),
    "pgcli": _postgres("hpUudD", _DBNAME),
    "pg_dump": _postgres("fFjnNOStTZdhpUcbZ", _DBNAME),
    "pg_dumpall": _postgres("fdhlpU", _DBNAME),
    "pg_restore": _postgres("dfFIjLnNPStThpU", _DBNAME, Intent.WRITE),
    "pg_isready": _postgres("dhptU", _DBNAME),
    "createdb": _postgres("DElOThpU", intent=Intent.WRITE),
    "dropdb": _postgres("hpU", intent=Intent.WRITE),
    "createuser": _postgres("cgamhpU", intent=Intent.WRITE),
    "dropuser": _postgres("hpU", intent=Intent.WRITE),
    "vacuumdb": _postgres("djnNPthpU", _DBNAME, Intent.WRITE),
    "reindexdb": _postgres("dijStShpU", _DBNAME, Intent.WRITE),
    "clusterdb": _postgres("dthpU", _DBNAME, Intent.WRITE),
    "pgbench": _postgres("FsfbcDjlMnPRtTUdhpL", _DBNAME),
    "pg_amcheck": _postgres("dDisIStTjhpU", _DBNAME),
    "pg_repack": _postgres("dhpUtIsokjTADC", _DBNAME, Intent.WRITE),
    "pg_prove": _postgres("dhpU", _DBNAME),
    "pgloader": Client(None, host=(), port=(), operand=Operand.DSN, intent=Intent.WRITE),
    **dict.fromkeys(_MYSQL_PROGRAMS.split(), _MYSQL),
    "mysqlsh": Client(
        Engine.MYSQL, "hPuDSef", port=("-P", "--port"), dsn=("--uri",), operand=Operand.SERVER, glued="p"
    ),
    **dict.fromkeys(_MARIADB_PROGRAMS.split(), _MARIADB),
    **dict.fromkeys(("redis-cli", "valkey-cli", "keydb-cli", "redis-benchmark", "iredis"), _REDIS),
    **dict.fromkeys(("mongosh", "mongo"), _MONGO_SHELL),
    **dict.fromkeys(_MONGO_PROGRAMS.split(), _MONGO_TOOL),
    **dict.fromkeys(("sqlcmd", "bcp", "osql", "mssql-cli"), _SQLCMD),
    **dict.fromkeys(("clickhouse-client", "clickhouse-local", "clickhouse-benchmark"), _CLICKHOUSE),
    "cqlsh": Client(Engine.CASSANDRA, "ukfepC", host=(), port=(), operand=Operand.HOST, variable="CQLSH_PORT"),
    "dsbulk": Client(Engine.CASSANDRA, "hukt", host=("-h",), port=("-port",)),
    **dict.fromkeys(
        ("sqlplus", "sqlldr", "expdp", "impdp", "rman"), Client(Engine.ORACLE, "", (), (), operand=Operand.LOGIN)
    ),
}
"""Database clients by the name of the program."""

_LONG = """
    --username --user --password --pass --db --database --authenticationDatabase --authenticationMechanism --eval --file
    --execute --command --query --keyspace --collection --out --format --apiVersion --sslCAFile --tlsCAFile --encoding
    --request-timeout --connect-timeout --set --variable --output --schema --table --role
"""
LONG_VALUED = frozenset(_LONG.split())
"""Long options of clients whose value may be the next word."""

STATEMENTS = frozenset({"-c", "--command", "-e", "--execute"})
ACCOUNTS = frozenset({"-U", "--username", "-u", "--user"})
"""Options of clients: what is asked, and who asks."""

DUMPS = frozenset({"pg_dump", "pg_dumpall", "mysqldump", "mariadb-dump", "mysqlpump", "mydumper", "mongodump"})
"""Clients that read whole databases, often from a replica that is chosen for it."""
WHOLE = frozenset({"pg_dumpall", "--all-databases", "-A"})
"""What says that a dump is of all that a server has."""

RESTORES: dict[str, str] = {
    **dict.fromkeys(("pgbackrest", "restic", "pg_probackup"), "restore"),
    **dict.fromkeys(("barman", "barman-cloud-restore"), "recover"),
    **dict.fromkeys(("wal-g", "wal-e"), "backup-fetch"),
    **dict.fromkeys(("pg_restore", "mongorestore", "myloader", "xtrabackup", "mariabackup", "mariadb-backup"), ""),
}
"""Programs that restore a backup, with the word that says so where one is needed."""

PROBES: dict[str, str] = {
    "pg_isready": "",
    **dict.fromkeys(("mysqladmin", "mariadb-admin"), "ping"),
    **dict.fromkeys(("redis-cli", "valkey-cli", "keydb-cli"), "ping"),
}
"""Clients that ask whether a server answers, with the word that says so where one is needed."""

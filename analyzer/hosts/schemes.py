"""Schemes of database URLs: which engine they mean, and which of their words may be shown."""

import re

from analyzer.hosts.words import words
from analyzer.model import Engine

BASES: dict[str, Engine] = {
    **dict.fromkeys(words("postgresql postgres pgsql psql pg pgx pgx4 pgx5 pq postgis"), Engine.POSTGRESQL),
    **dict.fromkeys(words("timescale timescaledb timescalegis edb cockroachdb"), Engine.POSTGRESQL),
    **dict.fromkeys(words("mysql mysql2 mysqls mysqlx mysqlgis mysqli"), Engine.MYSQL),
    "mariadb": Engine.MARIADB,
    "mongodb": Engine.MONGODB,
    **dict.fromkeys(words("redis rediss redis-sentinel rediss-sentinel sentinel"), Engine.REDIS),
    **dict.fromkeys(words("redis-cluster rediss-cluster rediscache valkey valkeys"), Engine.REDIS),
    **dict.fromkeys(words("sqlserver mssql mssqlms"), Engine.SQLSERVER),
    **dict.fromkeys(words("oracle oraclegis"), Engine.ORACLE),
    **dict.fromkeys(words("cassandra scylla scylladb"), Engine.CASSANDRA),
    **dict.fromkeys(words("elasticsearch opensearch"), Engine.ELASTICSEARCH),
    **dict.fromkeys(words("clickhouse clickhouses clickhousedb ch"), Engine.CLICKHOUSE),
}
"""The first word of a scheme, by engine."""

SENTINELS = words("redis-sentinel rediss-sentinel sentinel redis+sentinel rediss+sentinel")
_WRAPPERS = words("db sqla sqlalchemy")  # Celery's `db+postgresql://`
_DRIVERS = words(
    """psycopg psycopg2 psycopg2cffi asyncpg pg8000 pygresql pypostgresql aiopg pymysql aiomysql asyncmy mysqldb
    mysqlconnector mysqlclient cymysql oursql mariadbconnector pyodbc pymssql aioodbc cx_oracle oracledb native http
    https asynch srv sentinel cluster tls ssl ha failover pool r2dbc r2dbcs"""
)
_OTHERS = words(
    """amqp amqps kafka mqtt mqtts nats stomp zookeeper etcd memcached smtp smtps imap ldap ldaps ssh sftp ftp ftps git
    s3 ws wss grpc rtsp rtmp tcp tls ssl udp http https docker consul neo4j bolt couchbase db2 snowflake"""
)
_GENERIC: dict[str, frozenset[Engine]] = {
    **dict.fromkeys(("http", "https"), frozenset({Engine.ELASTICSEARCH, Engine.CLICKHOUSE})),
    **dict.fromkeys(("tcp", "tls", "ssl"), frozenset(Engine)),
}
_FILES = words("socket unix file sqlite sqlite3")

FIND = re.compile(
    r"(?:(?<![A-Za-z0-9+.\-_])|(?<=\\[nrt])|(?<=:-))(?:jdbc\\?:[a-z]|"
    r"(?:(?:db|sqla|sqlalchemy)\+|r2dbcs?:(?:[a-z]{1,12}:){0,2})?(?:"
    + "|".join(sorted(map(re.escape, BASES), key=len, reverse=True))
    + r")(?:\+[a-z0-9_]{1,24}){0,2}(?::[a-z]{1,12})?://)",
    re.IGNORECASE,
)
"""The scheme of a database URL or the start of a JDBC URL inside longer text.

Bounded, and anchored by what may not stand before it. A JDBC URL in a properties file may read `jdbc\\:`.
"""


def engine_of(scheme: str) -> Engine | None:
    """The engine of a scheme as written (`postgresql+asyncpg`, `r2dbc:pool:mysql`), None where it is no database's."""
    modes = scheme.lower().split(":")
    if modes[0] in {"r2dbc", "r2dbcs"}:
        return next((BASES[word] for word in modes[1:] if word in BASES), None)
    if len(modes) > 1:
        return None
    pieces = modes[0].split("+")
    if pieces[0] in _WRAPPERS and len(pieces) > 1:
        pieces = pieces[1:]
    return BASES.get(pieces[0])


def generic(scheme: str, engine: Engine | None) -> bool:
    """Whether a scheme of many uses (http, tcp) can carry connections of `engine`."""
    return engine in _GENERIC.get(scheme.lower(), ())


def of_files(scheme: str) -> bool:
    """Whether what follows is a path: `redis+socket:///run/redis.sock`."""
    return not _FILES.isdisjoint(re.split(r"[+:]", scheme.lower()))


def shown(scheme: str) -> str:
    """The scheme with every word that is not known to us left out."""
    known = BASES.keys() | _WRAPPERS | _DRIVERS | _OTHERS
    return "".join(word if word in "+:" or word.lower() in known else "…" for word in re.split(r"([+:])", scheme))

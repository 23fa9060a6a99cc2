"""Which files of code are worth Semgrep's time: 10 ms a file at best, seconds for a minified library.

A file without declared hosts can only lead to `unmanaged-host`, and that needs two things: a word of a database and
a host that stands for one machine, an address or a qualified name. Knows no policy: its caller knows where a declared
host stands.
"""

from functools import cache

from analyzer.prefilter import Gradual, Hit, Sieve

# A letter before the word is another word: `preDispatch` is no Redis, `clickNext` no Knex.
_WORDS = (
    rb"[^a-z](?:io|handy-?)?(?:redis|valkey|knex|maria|mongo|elastic|opensearch|cassandra|scylla|clickhouse|oracle)",
    rb"[^a-z](?:postgre|mysql|sequelize|typeorm|mssql|sqlserver|database|datasource|dsn|jdbc)",
    rb"[^a-z]pg(?:[^a-z]|x[^a-z]|host|pool|-promise|simple|conn)",
    rb"[^a-z](?:jedis|lettuce|redisson|gocql|cqlsession|hikari|r2dbc|tiberius|sqlx|sqlsrv|oci_|oci8|pdo\()",
    rb"[^a-z](?:contact_?points?|known_?nodes?|connection_?(?:string|multiplexer|uri|url)|sqlconnection|setservername)",
    rb"npgsql|usesqlserver|[^a-z](?:es\.nodes|wgdb|(?:mongo|my|ms|pg|sq)[a-z]{0,9}sql)",
    rb"[^a-z\\](?:[a-z0-9]{1,40}_)?db[^a-z]",
    rb"[^a-z]db_?(?:host|url|uri|addr|server|conn|config|endpoint|name|user|port)",
)
_PYTHON = (
    rb"psycopg|asyncpg|aiopg|pg8000|sqlalchemy|sqlmodel|peewee|pymssql|pyodbc|pytds|aioodbc|motor",
    rb"opensearchpy|databases|tortoise|dj_database_url|arq|asynch",
)
_HOSTS = (
    rb"[^\w.-]\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}[^\w.-]",
    rb"(?:[\"'`@]|(?:[^p]|[^t]p|[^t]tp)s?://)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}[\"'`:/,?]",
    rb"[\"'`@\[][0-9a-f]{0,4}:[0-9a-f:]{2,40}[\"'`\]]",
    rb"(?:host|server|source|addr|address)[ ]?=[ ]?(?:tcp:|//)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}[^\w.(-]",
    rb"(?:@tcp\(|\$\{[\w.-]{1,80}:)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}[:)}]",
)

_LARGE = 450_000  # bytes; hand-written code of this size costs the engine seconds
_MINIFIED = 80_000
_LONG_LINE = 20_000
_LONG_ON_AVERAGE = 400


def heavy(data: bytes) -> bool:
    """Whether the engine would take seconds over a file to little use: a library in one piece, or minified."""
    if len(data) <= _MINIFIED:
        return False
    lines = data.count(b"\n") + 1
    longest = max(map(len, data.split(b"\n")))
    return len(data) > _LARGE or longest > _LONG_LINE or len(data) > _LONG_ON_AVERAGE * lines


@cache  # an engine compiles for up to half a second
def sieve() -> Hit:
    """A function that says whether the bytes of a file may hold a host in a database connection."""
    return Gradual(Sieve((), _WORDS, _HOSTS))


@cache
def speaking() -> Hit:
    """The same for a word of a database or its clients alone, Python's included."""
    return Gradual(Sieve((*_WORDS, *_PYTHON)))


@cache
def naming() -> Hit:
    """The same for a host alone."""
    return Gradual(Sieve(_HOSTS))

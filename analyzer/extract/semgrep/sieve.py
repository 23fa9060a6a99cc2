"""Which files are worth the engine's time: 10 ms a file at best, seconds for a minified library.

A file without declared hosts can only lead to `unmanaged-host`, and that needs two things: a word of a database and
a host that stands for one machine, an address or a qualified name. Knows no policy: its caller knows where a declared
host stands.
"""

from analyzer.prefilter.backends import Hit, Sieve, by_hyperscan, by_re, by_re2

# A letter before the word is another word: `preDispatch` is no Redis, `clickNext` no Knex.
_WORDS = (
    rb"[^a-z](?:io|handy-?)?(?:redis|valkey|knex|maria|mongo|elastic|opensearch|cassandra|scylla|clickhouse|oracle)",
    rb"[^a-z](?:postgre|mysql|sequelize|typeorm|mssql|sqlserver|database|datasource|dsn|jdbc)",
    rb"[^a-z]pg(?:[^a-z]|host|pool|-promise)",
    rb"[^a-z\\](?:[a-z0-9]{1,40}_)?db[^a-z]",
    rb"[^a-z]db_?(?:host|url|uri|addr|server|conn|config|endpoint|name|user|port)",
)
_HOSTS = (
    rb"[^\w.-]\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}[^\w.-]",
    rb"(?:[\"'`@]|(?:[^p]|[^t]p|[^t]tp)s?://)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}[\"'`:/,?]",
    rb"[\"'`@\[][0-9a-f]{0,4}:[0-9a-f:]{2,40}[\"'`\]]",
)


def sieve() -> Hit:
    """A function that says whether the bytes of a file may hold a host in a database connection."""
    both = Sieve((), _WORDS, _HOSTS)
    return by_hyperscan(both) or by_re2(both) or by_re(both)

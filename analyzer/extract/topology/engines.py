"""Which engine servers run, by what stands around them: their ports, the names of groups and sections."""

from collections.abc import Iterable

from analyzer.extract.keyed.keys import engine_of
from analyzer.model import Engine

# Ports that nothing but a database is likely to have; a web server listens on 8443 and 9000 as well.
_PORTS: dict[int, Engine] = {
    5432: Engine.POSTGRESQL,
    6432: Engine.POSTGRESQL,
    3306: Engine.MYSQL,
    6379: Engine.REDIS,
    27017: Engine.MONGODB,
    1433: Engine.SQLSERVER,
    1521: Engine.ORACLE,
    9042: Engine.CASSANDRA,
}
PATRONI = 8008  # Patroni's REST interface, https://patroni.readthedocs.io/en/latest/rest_api.html


def engine_named(names: Iterable[str]) -> Engine | None:
    """The engine that a name tells; `patroni` and `galera` are words of one engine each."""
    for name in names:
        low = name.lower()
        if "patroni" in low:
            return Engine.POSTGRESQL
        if "galera" in low:
            return Engine.MARIADB
        if engine := engine_of(name):
            return engine
    return None


def engine_at(ports: Iterable[int | None]) -> Engine | None:
    """The engine that listens on one of the ports."""
    return next((_PORTS[port] for port in ports if port in _PORTS), None)

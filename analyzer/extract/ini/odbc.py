r"""ODBC data sources (`odbc.ini`): which engine a driver speaks to, and how SQL Server's driver writes a server.

https://www.unixodbc.org/odbcinst.html, and for `tcp:host\instance,port`
https://learn.microsoft.com/sql/connect/odbc/dsn-connection-string-attribute
"""

import re
from collections.abc import Iterator, Sequence

from analyzer.extract.ini.layout import Item, Stretch

# What the driver's name or the file of its library holds, in lower case.
_DRIVERS: tuple[tuple[str, str], ...] = (
    ("psqlodbc", "postgresql"),
    ("postgres", "postgresql"),
    ("myodbc", "mysql"),
    ("mysql", "mysql"),
    ("maodbc", "mariadb"),
    ("mariadb", "mariadb"),
    ("freetds", "sqlserver"),
    ("tdsodbc", "sqlserver"),
    ("msodbcsql", "sqlserver"),
    ("sql server", "sqlserver"),
    ("sqora", "oracle"),
    ("oracle", "oracle"),
    ("clickhouse", "clickhouse"),
    ("mongo", "mongodb"),
    ("cassandra", "cassandra"),
)
_SERVER = re.compile(
    r"(?:tcp:)?(?P<host>[\w.\-]{1,255})(?:\\[\w$]{1,64})?(?:,[ \t]{0,8}(?P<port>\d{1,5}))?", re.IGNORECASE
)
_SERVERS = frozenset({"server", "servername", "address", "addr"})


def driver_engine(items: Sequence[Item], text: str) -> str:
    """The engine that a data source's driver tells, as the word of a key; "odbc" where it tells none."""
    driver = next((text[i:j] for item in items if item.key.lower() == "driver" for i, j in item.value[:1]), "").lower()
    return next((engine for part, engine in _DRIVERS if part in driver), "odbc")


def is_alias(item: Item, items: Sequence[Item], text: str) -> bool:
    """Whether `Servername` names a section of freetds.conf, as it does for FreeTDS's driver."""
    return item.key.lower() == "servername" and driver_engine(items, text) == "sqlserver"


def parts(item: Item, text: str) -> Iterator[tuple[str, Stretch]]:
    """A server with a port behind a comma as two keys with a value each; nothing where it has none."""
    if item.key.lower() not in _SERVERS or len(item.value) != 1:
        return
    start, end = item.value[0]
    server = _SERVER.fullmatch(text, start, end)
    if server is not None and server.span("host") != (start, end):
        yield item.key, server.span("host")
        if server["port"]:
            yield "port", server.span("port")

"""The keys of ADO.NET, OLE DB and ODBC connection strings: which name the server, and which tell the driver."""

from analyzer.hosts.parameters import Parameter
from analyzer.hosts.words import words
from analyzer.model import Engine

HOST_KEYS = {
    "server": "Server",
    "datasource": "Data Source",
    "host": "Host",
    "hostname": "Hostname",
    "servername": "ServerName",
    "address": "Address",
    "addr": "Addr",
    "networkaddress": "Network Address",
}
"""Folded key -> how shapes write it; the first that a string has counts."""

_SQLSERVER = words(
    """initialcatalog integratedsecurity trustedconnection trustservercertificate multipleactiveresultsets
    applicationintent multisubnetfailover attachdbfilename failoverpartner workstationid columnencryptionsetting
    networklibrary"""
)
_MYSQL = words(
    """allowuservariables allowpublickeyretrieval convertzerodatetime allowzerodatetime treattinyasboolean oldguids
    guidformat characterset useaffectedrows allowloadlocalinfile defaultcommandtimeout"""
)
_POSTGRESQL = words(
    "searchpath includeerrordetail nogsscredentials maxautoprepare targetsessionattributes hostrecheckseconds"
)
_CERTAIN = words(
    """database userid uid pwd driver provider connectiontimeout connecttimeout commandtimeout encrypt pooling
    minpoolsize maxpoolsize minimumpoolsize maximumpoolsize persistsecurityinfo sslmode charset applicationname dbq
    servicename loadbalancehosts loadbalance enlist currentlanguage dbname"""
)
_VAGUE = words("user username password port timeout protocol option app keepalive language sid catalog readonly ssl")
TELLING = _CERTAIN | _SQLSERVER | _MYSQL | _POSTGRESQL
"""Keys that only database connections have beside their server."""
KNOWN = TELLING | _VAGUE
NOT_DATABASES = words("virtualhost prefetchcount requestedheartbeat publisherconfirms endpoint")
"""Keys of message brokers, whose strings look alike."""
KEY_PORTS = frozenset(
    {Engine.POSTGRESQL, Engine.MYSQL, Engine.MARIADB, Engine.CLICKHOUSE, Engine.CASSANDRA, Engine.MONGODB}
)
"""Engines whose drivers take the port from a key of its own."""

_DRIVERS = (
    ("sql server", Engine.SQLSERVER),
    ("sqlncli", Engine.SQLSERVER),
    ("sqloledb", Engine.SQLSERVER),
    ("msoledbsql", Engine.SQLSERVER),
    ("freetds", Engine.SQLSERVER),
    ("postgres", Engine.POSTGRESQL),
    ("psqlodbc", Engine.POSTGRESQL),
    ("mariadb", Engine.MARIADB),
    ("mysql", Engine.MYSQL),
    ("oracle", Engine.ORACLE),
    ("oraoledb", Engine.ORACLE),
    ("clickhouse", Engine.CLICKHOUSE),
    ("cassandra", Engine.CASSANDRA),
    ("mongo", Engine.MONGODB),
)
_BY_PORT = {
    "5432": Engine.POSTGRESQL,
    "6432": Engine.POSTGRESQL,
    "3306": Engine.MYSQL,
    "1433": Engine.SQLSERVER,
    "1521": Engine.ORACLE,
}


def engine_of(text: str, named: dict[str, Parameter]) -> Engine | None:
    """The engine that the keys of one string tell; `text` is the string itself, for the driver's name."""
    for key in ("driver", "provider"):
        value = text[named[key].value_start : named[key].value_end].lower() if key in named else ""
        found = next((engine for word, engine in _DRIVERS if word in value), None)
        if found:
            return found
    keys = named.keys()
    for table, engine in ((_POSTGRESQL, Engine.POSTGRESQL), (_SQLSERVER, Engine.SQLSERVER), (_MYSQL, Engine.MYSQL)):
        # SQL Server's client knows neither; Npgsql has some of its other keys: Trust Server Certificate.
        if keys & table and not (engine is Engine.SQLSERVER and keys & {"host", "port"}):
            return engine
    if "port" in named:
        return _BY_PORT.get(named["port"].value)
    npgsql = keys >= words("host username database") or keys >= words("host trustservercertificate")
    return Engine.POSTGRESQL if npgsql else None

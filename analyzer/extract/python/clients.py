"""The table of Python database clients: where the host, the port and the connection string stand in their calls.

A row is found by the imported package and the last name of the call (`psycopg2.pool.SimpleConnectionPool`). Signatures
are those of the libraries' own documentation; keyword names come in the order in which they win. Knows no syntax trees.
"""

from dataclasses import dataclass, replace

from analyzer.model import Engine


@dataclass(frozen=True, slots=True)
class Client:
    """One call. Positions are 0-based, -1 where the argument has none.

    `host` arguments hold a host, a list of hosts, or what the library takes for one (`"h:9200"`, a URL, a dictionary);
    `dsn` arguments a connection string. `unpacked` are keywords whose dictionary holds further keywords. `driver` is
    the argument that names the engine. `operation`: the call asks about the cluster instead of using the database.
    """

    name: str
    engine: Engine | None = None
    host: tuple[str, ...] = ("host",)
    host_at: int = -1
    port: tuple[str, ...] = ("port",)
    port_at: int = -1
    dsn: tuple[str, ...] = ()
    dsn_at: tuple[int, ...] = ()
    unpacked: tuple[str, ...] = ()
    driver: str = ""
    operation: bool = False


_Table = dict[tuple[str, str], Client]


def _rows(package: str, names: str, client: Client) -> _Table:
    """The same signature under several names of a package."""
    shown = client.name or package
    return {(package, name): replace(client, name=f"{shown}.{name.removeprefix('().')}") for name in names.split()}


def _packages(packages: str, names: str, client: Client) -> _Table:
    return {key: row for package in packages.split() for key, row in _rows(package, names, client).items()}


_PG, _MY, _MONGO, _REDIS = Engine.POSTGRESQL, Engine.MYSQL, Engine.MONGODB, Engine.REDIS
_ES, _CH, _ORACLE, _MSSQL = Engine.ELASTICSEARCH, Engine.CLICKHOUSE, Engine.ORACLE, Engine.SQLSERVER

_LIBPQ = Client("", _PG, ("host", "hostaddr"), dsn=("dsn",), dsn_at=(0,))
_POSTGRESQL: _Table = {
    **_packages("psycopg2 psycopg2cffi aiopg asyncpg", "connect", _LIBPQ),
    **_packages("aiopg asyncpg", "create_pool", _LIBPQ),
    **_rows("aiopg", "create_engine", _LIBPQ),
    **_rows(
        "psycopg2",
        "SimpleConnectionPool ThreadedConnectionPool PersistentConnectionPool AbstractConnectionPool",
        replace(_LIBPQ, name="psycopg2.pool", dsn_at=(2,)),
    ),
    **_rows("psycopg", "connect make_conninfo", replace(_LIBPQ, dsn=("conninfo",))),
    **_rows(
        "psycopg_pool",
        "ConnectionPool AsyncConnectionPool NullConnectionPool AsyncNullConnectionPool",
        replace(_LIBPQ, dsn=("conninfo",), unpacked=("kwargs",)),
    ),
    **_rows("pg8000", "connect Connection", Client("", _PG, host_at=1, port_at=3)),
    **_rows("pg", "connect DB", Client("", _PG, host_at=1, port_at=2)),
    **_rows("pgdb", "connect", Client("", _PG, dsn=("dsn",), dsn_at=(0,))),
    **_rows("piccolo", "PostgresEngine", Client("", _PG, unpacked=("config",))),
}

_MYSQL_POSITIONS = Client("", _MY, host_at=0, port_at=4)
_MYSQL: _Table = {
    **_packages("pymysql cymysql MySQLdb", "connect Connect Connection", _MYSQL_POSITIONS),
    **_packages("aiomysql asyncmy", "connect", _MYSQL_POSITIONS),
    **_packages("aiomysql asyncmy", "create_pool create_engine", Client("", _MY)),
    **_rows("mysql", "connect MySQLConnection MySQLConnectionPool", Client("mysql.connector", _MY)),
    **_rows("mysqlx", "get_session get_client", Client("", _MY, dsn=("connection_string",), dsn_at=(0,))),
    **_rows("mariadb", "connect ConnectionPool", Client("", Engine.MARIADB)),
}

_MONGODB: _Table = {
    **_rows(
        "pymongo",
        "MongoClient AsyncMongoClient Connection MongoReplicaSetClient",
        Client("", _MONGO, host_at=0, port_at=1),
    ),
    **_rows("motor", "AsyncIOMotorClient MotorClient", Client("", _MONGO, host_at=0, port_at=1)),
    **_rows("mongoengine", "connect register_connection", Client("", _MONGO)),
    **_rows("flask_pymongo", "PyMongo", Client("", _MONGO, host=(), dsn=("uri",), dsn_at=(1,))),
}

_REDIS_POSITIONS = Client("", _REDIS, host_at=0, port_at=1)
_REDIS_URL = Client("", _REDIS, host=(), dsn=("url",), dsn_at=(0,))
_REDISES: _Table = {
    **_rows("redis", "Redis StrictRedis ClusterNode", _REDIS_POSITIONS),
    **_rows("redis", "ConnectionPool BlockingConnectionPool Connection SSLConnection", Client("", _REDIS)),
    **_rows("redis", "RedisCluster", replace(_REDIS_POSITIONS, host=("host", "startup_nodes"))),
    **_rows("valkey", "Valkey StrictValkey", _REDIS_POSITIONS),
    **_packages("redis valkey aioredis coredis", "from_url", _REDIS_URL),
    **_rows(
        "rediscluster", "RedisCluster StrictRedisCluster", Client("", _REDIS, ("startup_nodes", "host"), host_at=0)
    ),
    **_packages("aioredis coredis", "Redis StrictRedis", _REDIS_POSITIONS),
    **_rows("aioredis", "create_redis create_redis_pool create_pool", Client("", _REDIS, ("address",), host_at=0)),
    **_rows("arq", "RedisSettings", _REDIS_POSITIONS),
    **_rows("huey", "RedisHuey PriorityRedisHuey RedisStorage", Client("", _REDIS)),
    **_packages("redis valkey", "Sentinel", Client("", _REDIS, ("sentinels",), host_at=0, operation=True)),
}

_ODBC = Client("", None, ("server", "host"), dsn=("connectString", "dsn"), dsn_at=(0,))
_SQLSERVER: _Table = {
    **_packages("pyodbc pypyodbc aioodbc", "connect", _ODBC),
    **_rows("aioodbc", "create_pool", _ODBC),
    **_rows("turbodbc", "connect", Client("", None, ("server",), dsn=("connection_string",))),
    **_rows("pymssql", "connect", Client("", _MSSQL, ("server", "host"), host_at=0)),
    **_rows("pytds", "connect", Client("", _MSSQL, ("server", "dsn"), host_at=0)),
    **_rows("mssql_python", "connect", Client("", _MSSQL, ("server",), dsn=("connection_str",), dsn_at=(0,))),
}

_ORACLE_CALL = Client("", _ORACLE, dsn=("dsn",), dsn_at=(0, 2))
_ORACLES: _Table = {
    **_packages("oracledb cx_Oracle", "connect Connection SessionPool", _ORACLE_CALL),
    **_rows("oracledb", "create_pool connect_async create_pool_async", _ORACLE_CALL),
    **_rows("oracledb", "ConnectParams PoolParams", Client("", _ORACLE)),
    **_packages("oracledb cx_Oracle", "makedsn", Client("", _ORACLE, host_at=0, port_at=1)),
}

_CASSANDRA: _Table = {
    **_packages("cassandra dse", "Cluster", Client("", Engine.CASSANDRA, ("contact_points",), host_at=0, port_at=1)),
    **_rows("cassandra", "setup", Client("cassandra.cqlengine.connection", Engine.CASSANDRA, ("hosts",), host_at=0)),
}

_ELASTIC: _Table = {
    **_packages(
        "elasticsearch elasticsearch7 elasticsearch8 elasticsearch9 elasticsearch_async",
        "Elasticsearch AsyncElasticsearch",
        Client("", _ES, ("hosts", "host"), host_at=0),
    ),
    **_rows("opensearchpy", "OpenSearch AsyncOpenSearch", Client("", _ES, ("hosts", "host"), host_at=0)),
    **_packages("elasticsearch_dsl opensearchpy opensearch_dsl", "create_connection", Client("", _ES, ("hosts",))),
}

_CLICKHOUSE: _Table = {
    **_rows(
        "clickhouse_connect",
        "get_client create_client get_async_client create_async_client",
        Client("", _CH, dsn=("dsn",)),
    ),
    **_rows("clickhouse_driver", "Client", Client("", _CH, host_at=0, port_at=1)),
    **_rows("clickhouse_driver", "connect", Client("", _CH, dsn=("dsn",), dsn_at=(0,))),
    **_rows("clickhouse_driver", "from_url", Client("", _CH, host=(), dsn=("url",), dsn_at=(0,))),
    **_rows("asynch", "connect create_pool", Client("", _CH, dsn=("dsn",), dsn_at=(0,))),
    **_rows("infi", "Database", Client("", _CH, host=("db_url",), host_at=1)),
}

_URL = Client("", None, host=(), dsn=("url",), dsn_at=(0,))
_PEEWEE_PG, _PEEWEE_MY = Client("", _PG), Client("", _MY)
_MAPPERS: _Table = {
    **_packages("sqlalchemy sqlmodel", "create_engine", _URL),
    **_rows("sqlalchemy", "create_async_engine create_mock_engine make_url", _URL),
    **_rows("sqlalchemy", "create URL", Client("sqlalchemy.URL", None, host_at=3, port_at=4, driver="drivername")),
    **_packages("peewee playhouse peewee_async", "PostgresqlDatabase PooledPostgresqlDatabase", _PEEWEE_PG),
    **_packages("peewee playhouse peewee_async", "MySQLDatabase PooledMySQLDatabase", _PEEWEE_MY),
    **_rows("playhouse", "PostgresqlExtDatabase PooledPostgresqlExtDatabase", _PEEWEE_PG),
    **_rows("playhouse", "MySQLConnectorDatabase MariaDBConnectorDatabase ReconnectMySQLDatabase", _PEEWEE_MY),
    **_rows("playhouse", "connect", replace(_URL, name="playhouse.db_url")),
    **_rows("peewee", "().init", Client("")),
    **_rows("tortoise", "init register_tortoise RegisterTortoise", Client("", None, host=(), dsn=("db_url",))),
    **_rows("databases", "Database DatabaseURL", _URL),
    **_rows("dataset", "connect", _URL),
    **_rows("records", "Database", replace(_URL, dsn=("db_url",))),
    **_rows("dj_database_url", "parse config", replace(_URL, dsn=("url", "default"))),
    **_rows("pony", "Database ().bind", Client("", None, driver="provider")),
    **_rows("ibis", "connect", Client("", None, dsn=("resource",), dsn_at=(0,))),
}

CLIENTS: _Table = {
    **_POSTGRESQL,
    **_MYSQL,
    **_MONGODB,
    **_REDISES,
    **_SQLSERVER,
    **_ORACLES,
    **_CASSANDRA,
    **_ELASTIC,
    **_CLICKHOUSE,
    **_MAPPERS,
}

_ADDRESS = Client("", None, ("address",), host_at=0, operation=True)
_WEB = Client("", None, ("url",), port=(), host_at=0, operation=True)
_HOST = Client("", None, ("host", "hostname"), host_at=0, port_at=1, operation=True)
OPERATIONS: _Table = {
    **_packages(
        "requests httpx", "get post put patch delete head options ().get ().post ().put ().delete ().head", _WEB
    ),
    **_packages("requests httpx", "request stream ().request", replace(_WEB, host_at=1)),
    **_packages("aiohttp urllib3", "().get ().post ().put ().delete ().head", _WEB),
    **_rows("aiohttp", "().request", replace(_WEB, host_at=1)),
    **_rows("urllib3", "().request request", replace(_WEB, host_at=1)),
    **_packages("urllib urllib2", "urlopen Request", _WEB),
    **_packages("http httplib", "HTTPConnection HTTPSConnection", _HOST),
    **_rows("paramiko", "().connect Transport", replace(_HOST, host=("hostname", "sock"))),
    **_rows("asyncssh", "connect", _HOST),
    **_rows("fabric", "Connection SerialGroup ThreadingGroup", _HOST),
    **_rows("netmiko", "ConnectHandler", _HOST),
    **_rows("sshtunnel", "SSHTunnelForwarder open_tunnel", replace(_HOST, host=("ssh_address_or_host", "ssh_address"))),
    **_rows("socket", "create_connection ().connect ().connect_ex", _ADDRESS),
    **_rows("socket", "gethostbyname getaddrinfo", _HOST),
    **_rows("asyncio", "open_connection", _HOST),
    **_rows("telnetlib", "Telnet", _HOST),
    **_rows("ping3", "ping", replace(_HOST, host=("dest_addr",), port=())),
    **_rows("icmplib", "ping", replace(_HOST, host=("address",), port=())),
}


def client_of(path: str) -> Client | None:
    """The row of a dotted path (`redis.asyncio.Redis`, `paramiko.SSHClient().connect`), or None."""
    package = path.split(".", 1)[0]
    head, _, last = path.rpartition(".")
    if not head:
        return None
    name = f"().{last}" if head.endswith("()") else last
    row = CLIENTS.get((package, name)) or OPERATIONS.get((package, name))
    return row or (CLIENTS.get((package, last)) if name != last and last == "from_url" else None)

"""What keys say: words, roles, engines, intents, and the traps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.keyed.keys import databaselike, engine_of, operates, plain, read_key
from analyzer.extract.keyed.vocabulary import DATABASE, EXPORTERS, FOREIGN, GLUED, INTENTS, QUALIFIERS, ROLES, SERVERS
from analyzer.extract.keyed.words import words
from analyzer.model import Engine, Intent


def names(text):
    return text.split()


DATABASE_HOSTS = names("""
    PGHOST PGHOSTADDR DB_HOST DATABASE_HOST DATABASE_host DB_SERVER DB_SERVER_NAME MYSQL_HOST
    MYSQL_DATABASE_HOST POSTGRES_HOST POSTGRES_WRITE_ADDR POSTGRES_READ_ADDR PG_HOST REDIS_HOST
    VALKEY_ADDR dbhost pghost DBHost dbHost wgDBserver hostForMysqlClient hostForpostgresqlClient
    app_db_host app_dbhost app_pghost app_db_hostname MYSQL_PRIMARY_HOST ODOO_DATABASE_HOST
    POSTGRESQL_CLIENT_DATABASE_HOST DB_POSTGRESDB_HOST GF_DATABASE_HOST KC_DB_URL_HOST
    SENTRY_POSTGRES_HOST DB_PRIMARY PG_LEADER POSTGRES_MASTER db_replica DB_HOST_REPLICA DB_HOST_1
    DB1_HOST DB_HOST2 spring.redis.host externalDatabase.host postgresql.external.host gemDbEndpoint
    mysqlServer postgresqlHost ES_HOST db-host-prod MySQLHost PostgreSQLHost MongoDBHost MYSQLhost
    mydbserver DB_IP DB_NODE MASTER_DB PRIMARY_DB CLICKHOUSE_ENDPOINT ORACLE_HOST MSSQL_SERVER
    CASSANDRA_HOST DB_READ_HOST DB_API_HOST POSTGRES_GITLAB_HOST DB_PROXY_HOST GRAFANA_DB_HOST
    CLICKHOUSE_HTTP_HOST DB_REPORT_HOST
""")
PLAIN_HOSTS = names("""
    host HOST hostname PRIMARY MASTER LEADER REPLICA NODE SERVER ADDR IP ENDPOINT address server_ip
    primaryHost login_host NAS_HOST _GDB_HOST GDB_HOST app_host standby_host node1
""")
OTHER_SYSTEMS = names("""
    SMTP_HOST KAFKA_HOST MQTT_SERVER LDAP_SERVER APP_LDAP_SERVER ZOOKEEPER_HOST ZK_HOSTS
    MEMCACHED_HOST S3_ENDPOINT RABBITMQ_HOST RabbitMQHost LISTEN_ADDRESS DB_LISTEN_ADDRESS BIND_ADDR
    LOG_HOSTNAME DB_LOG_HOSTNAME SENTRY_DSN VAULT_ADDR PROMETHEUS_HOST DB_SSH_HOST DB_SMTP_HOST
    INFLUXDB_HOST InfluxDBHost INFLUX_DB_HOST ovsdb-server OVS_DB_SERVER ALLOWED_HOSTS HTTP_HOST
    API_URL K8S_HOST ELASTIC_APM_SERVER_URL ansible_host SPARK_MASTER rpc_address API_DB_LOG_HOST
    discovery.seed_hosts DISCOVERY_SEED_HOSTS
    PATRONI_HOST GRAFANA_URL ETCD_ENDPOINTS MAIL_HOST POSTGRES_BACKUP_S3_ENDPOINT
""")
NO_ROLE = names("""
    DB_NAME DB_USER DATABASE DB DATABASE_SSL DATABASE_SSL_MODE DB_HOST_KEY DB_HOST_CHECK_INTERVAL
    POSTGRES_DB replicaCount NODE_ENV password PGUSER hosting SERVERLESS hostess report support
    elastic_ip clusterIP loadBalancerIP podIP hostIP ipv4_address connect_address passport transport
    DB_HOSTAGE IS_PRIMARY_KEY master_user read_only DATA_SOURCE_NAME for by
""")


@pytest.mark.parametrize("key", DATABASE_HOSTS)
def test_database_host_keys(key):
    clue = read_key(key)
    assert clue is not None
    assert (clue.role, clue.database, clue.operation, clue.foreign) == ("host", True, False, False)


@pytest.mark.parametrize("key", PLAIN_HOSTS)
def test_host_like_keys_without_a_database(key):
    clue = read_key(key)
    assert clue is not None
    assert (clue.role, clue.database, clue.engine) == ("host", False, None)


@pytest.mark.parametrize("key", OTHER_SYSTEMS)
def test_keys_of_other_systems(key):
    assert read_key(key) is None


@pytest.mark.parametrize("key", NO_ROLE)
def test_keys_without_a_role(key):
    assert read_key(key) is None


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (
            "hosts",
            "CASSANDRA_SERVERS ELASTICSEARCH_HOSTS DB_HOSTS contact_points contact-points contactPoints POSTGRES_SEEDS",
        ),
        ("hosts", "clusterAddrs REDIS_NODES db_replicas hosts DB_ENDPOINTS"),
        ("port", "PGPORT DB_PORT dbPort port POSTGRES_PORT_NUMBER MYSQL_TCP_PORT login_port nodePort DB_PORT_REPLICA"),
        ("url", "DATABASE_URL DB_URI jdbcUrl MONGODB_URI SQLALCHEMY_DATABASE_URI VAULT_JDBC_URL elasticsearch-urls"),
        (
            "dsn",
            "DB_DSN AIRFLOW__DATABASE__SQL_ALCHEMY_CONN connection_string DefaultConnection externalConnectionString",
        ),
        ("dsn", "conninfo DB_CONN_STR primary_conninfo"),
    ],
)
def test_roles(role, keys):
    assert {key: clue.role if (clue := read_key(key)) else None for key in keys.split()} == dict.fromkeys(
        keys.split(), role
    )


@pytest.mark.parametrize(
    ("key", "engine"),
    [
        ("PGHOST", Engine.POSTGRESQL),
        ("pgsql_host", Engine.POSTGRESQL),
        ("DB_POSTGRESDB_HOST", Engine.POSTGRESQL),
        ("MariaDBHost", Engine.MARIADB),
        ("mysqlServer", Engine.MYSQL),
        ("MYSQL2_HOST", Engine.MYSQL),
        ("MONGO_URI", Engine.MONGODB),
        ("VALKEY_ADDR", Engine.REDIS),
        ("MSSQL_SERVER", Engine.SQLSERVER),
        ("ORACLE_DB_HOST", Engine.ORACLE),
        ("SCYLLA_HOSTS", Engine.CASSANDRA),
        ("ES_URL", Engine.ELASTICSEARCH),
        ("opensearch.hosts", Engine.ELASTICSEARCH),
        ("ClickHouseHost", Engine.CLICKHOUSE),
        ("DB_HOST", None),
        ("host", None),
        ("sqlHost", None),
        ("SPAGHETTI_HOST", None),
    ],
)
def test_engines(key, engine):
    clue = read_key(key)
    assert clue is not None
    assert clue.engine is engine


@pytest.mark.parametrize(
    ("intent", "keys"),
    [
        (Intent.READ, "DB_READ_HOST DB_REPLICA_HOST DB_HOST_RO REPLICA POSTGRES_READER_URL db_slave_host standby_host"),
        (Intent.READ, "readOnlyHost read_only_db_host DB_SECONDARY"),
        (Intent.WRITE, "DB_WRITE_HOST PRIMARY DB_PRIMARY_HOST POSTGRES_MASTER db_rw_host PG_LEADER DB_READ_WRITE_HOST"),
        (Intent.WRITE, "readWriteHost WRITER_ENDPOINT"),
        (Intent.UNKNOWN, "DB_HOST host DB_THREAD_HOST READY_HOST PRIMARY_OR_REPLICA_HOST ROUTE_HOST"),
    ],
)
def test_intents(intent, keys):
    assert {key: clue.intent if (clue := read_key(key)) else None for key in keys.split()} == dict.fromkeys(
        keys.split(), intent
    )


@pytest.mark.parametrize(
    ("parents", "key", "database", "engine", "via"),
    [
        (("database",), "host", True, None, "database"),
        (("spring", "redis"), "host", True, Engine.REDIS, "redis"),
        (("mysql_conn",), "host", True, Engine.MYSQL, "mysql_conn"),
        (("main_app", "cassandra"), "hosts", True, Engine.CASSANDRA, "cassandra"),
        (("datastore", "cassandra_client"), "hosts", True, Engine.CASSANDRA, "cassandra_client"),
        (("spec", "database", "primary", "server"), "host", True, None, "database"),
        (("postgres", "a", "b", "c"), "host", False, None, ""),
        (("postgres",), "db_host", True, Engine.POSTGRESQL, ""),
        (("kafka", "database"), "host", True, None, "database"),
        (("database", "kafka"), "host", False, None, "kafka"),
        (("server",), "host", False, None, ""),
        (("elasticsearch", "proxy"), "url", False, Engine.ELASTICSEARCH, "proxy"),
        (("postgresql", "ingress"), "hosts", False, Engine.POSTGRESQL, "ingress"),
        (("i18n", "urls"), "es", False, None, ""),
    ],
)
def test_parents(parents, key, database, engine, via):
    clue = read_key(key, parents)
    assert clue is not None
    assert (clue.database, clue.engine, clue.via) == (database, engine, via)


def test_a_foreign_parent_is_told():
    clue = read_key("host", ("kafka",))
    assert clue is not None
    assert clue.foreign
    unrelated = read_key("host", ("server",))
    assert unrelated is not None
    assert not unrelated.foreign


@pytest.mark.parametrize(
    ("parents", "key", "role"),
    [
        (("DB_HOST",), "value", "host"),
        (("postgres_host",), "default", "host"),
        (("DB_PORT",), "value", "port"),
        (("HOSTS",), "postgres", "host"),
        (("elasticsearch-urls",), "a", "url"),
        (("ConnectionStrings",), "Redis", "dsn"),
    ],
)
def test_a_silent_key_takes_its_parents_role(parents, key, role):
    clue = read_key(key, parents)
    assert clue is not None
    assert (clue.role, clue.foreign) == (role, False)


@pytest.mark.parametrize(
    ("parents", "key"),
    [
        (("config",), "value"),
        (("host",), "name"),
        (("DB_HOST",), "description"),
        (("hosts",), "db-postgres-01"),
        (("nodes",), "postgres"),
        (("extra_hosts",), "db1"),
        ((), "value"),
    ],
)
def test_other_silent_keys_stay_silent(parents, key):
    assert read_key(key, parents) is None


@pytest.mark.parametrize(("key", "hosts"), [("DB_NODES", False), ("postgres_servers", False), ("REDIS_NODES", True)])
def test_rows_of_servers_are_inventories_but_for_clustered_engines(key, hosts):
    clue = read_key(key)
    assert clue is not None
    assert clue.database is hosts


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("DB_HOST", "DB_PORT"),
        ("DB_HOST", "DB_PORT_NUMBER"),
        ("MYSQL_HOST", "MYSQL_TCP_PORT"),
        ("PGHOST", "PGPORT"),
        ("PGHOSTADDR", "PG_PORT"),
        ("dbHost", "db_port"),
        ("host", "port"),
        ("DB_HOST_2", "DB_PORT_2"),
        ("DB_HOST2", "DB_PORT2"),
        ("DB2_HOST", "DB2_PORT"),
        ("DB_HOST_REPLICA", "DB_PORT_REPLICA"),
        ("DB_PRIMARY", "DB_PRIMARY_PORT"),
        ("hostForMysqlClient", "portForMysqlClient"),
        ("spring.redis.host", "spring.redis.port"),
    ],
)
def test_pairs_have_one_stem(host, port):
    first, second = read_key(host), read_key(port)
    assert first is not None
    assert second is not None
    assert first.stem == second.stem


@pytest.mark.parametrize(
    ("host", "port"),
    [("DB_HOST", "PORT"), ("DB1_HOST", "DB2_PORT"), ("DB_HOST", "REDIS_PORT"), ("DB_HOST_1", "DB_PORT")],
)
def test_strangers_have_two(host, port):
    first, second = read_key(host), read_key(port)
    assert first is not None
    assert second is not None
    assert first.stem != second.stem


@pytest.mark.parametrize(
    ("key", "parents", "operation"),
    [
        ("DATA_SOURCE_NAME", (), True),
        ("DATA_SOURCE_URI", (), True),
        ("PG_EXPORTER_URL", (), True),
        ("MYSQLD_EXPORTER_ADDRESS", (), True),
        ("host", ("prometheus-postgres-exporter", "config", "datasource"), True),
        ("address", ("mysqldExporter", "a", "b", "c", "d"), True),
        ("dataSourceName", (), False),
        ("DB_HOST", (), False),
        ("host", ("exported", "config"), False),
        ("DATASOURCE_URL", (), False),
    ],
)
def test_exporters(key, parents, operation):
    assert operates(key, parents) is operation
    clue = read_key(key, parents)
    assert clue is None or clue.operation is operation


@pytest.mark.parametrize(
    ("key", "parents", "operation"),
    [
        ("REDIS_SENTINEL_HOST", (), True),
        ("nodes", ("spring", "redis", "sentinel"), True),
        ("host", ("redis", "sentinels"), True),
        ("REDIS_HOST", (), False),
        ("SENTINEL_DB_HOST", (), False),
        ("host", ("sentinel_postgres",), False),
        ("host", ("sentinel", "redis", "main"), False),
    ],
)
def test_a_sentinel_is_asked_for_the_primary(key, parents, operation):
    assert read_key(key, parents).operation is operation


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("django.db.backends.postgresql", Engine.POSTGRESQL),
        ("org.postgresql.Driver", Engine.POSTGRESQL),
        ("com.mysql.cj.jdbc.Driver", Engine.MYSQL),
        ("postgresql+psycopg2", Engine.POSTGRESQL),
        ("mysql2", Engine.MYSQL),
        ("opensearch", Engine.ELASTICSEARCH),
        ("django.db.backends.sqlite3", None),
        ("smtp", None),
        ("", None),
    ],
)
def test_engine_names(text, engine):
    assert engine_of(text) is engine


def test_database_words_in_names():
    assert databaselike("sql")
    assert databaselike("my-database")
    assert not databaselike("dbus")
    assert not databaselike("mydatabasesaurus")


@pytest.mark.parametrize(
    ("key", "shown"),
    [("DB_HOST", True), ("a.b-c_D9", True), ("", False), ("a b", False), ("x" * 65, False), ("ä", False)],
)
def test_plain(key, shown):
    assert plain(key) is shown


def test_tables_do_not_contradict_each_other():
    assert not set(DATABASE) & (FOREIGN | set(ROLES) | set(INTENTS) | QUALIFIERS | EXPORTERS)
    assert not FOREIGN & (set(ROLES) | set(SERVERS) | set(INTENTS) | QUALIFIERS | GLUED)
    assert not set(ROLES) & (set(SERVERS) | QUALIFIERS)


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_any_key_is_read(key, parents):
    read_key(key, tuple(parents))
    assert all(word == word.lower() and word.isalnum() for word in words(key))


@given(st.text(alphabet="abcDEF019_-.", max_size=40))
def test_words_keep_every_letter(key):
    assert "".join(words(key)) == "".join(c for c in key.lower() if c.isalnum())

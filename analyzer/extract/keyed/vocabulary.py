"""The words of keys: which name a database, which name a host, which belong to another system.

Tables only; how keys are split and read stands in `keys`. Words are lower case, without digits at their end.
Sources: names counted in public charts, manifests, dotenv files and source code.
"""

from typing import Literal

from analyzer.model import Engine, Intent

Role = Literal["host", "hosts", "port", "dsn", "url"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DATABASE: dict[str, Engine | None] = {
    **dict.fromkeys(
        ("db", "dbs", "database", "databases", "datasource", "datastore", "jdbc", "odbc", "rdbms", "sql", "sqlalchemy"),
    ),
    **dict.fromkeys(
        (
            "postgres",
            "postgresql",
            "postgre",
            "postgresdb",
            "pgsql",
            "psql",
            "pg",
            "pgbouncer",
            "timescale",
            "timescaledb",
        ),
        Engine.POSTGRESQL,
    ),
    **dict.fromkeys(("asyncpg", "psycopg", "libpq"), Engine.POSTGRESQL),
    **dict.fromkeys(("mysql", "mysqldb", "mysqli", "pymysql", "percona"), Engine.MYSQL),
    **dict.fromkeys(("mariadb", "maria"), Engine.MARIADB),
    **dict.fromkeys(("mongo", "mongodb", "mongoose"), Engine.MONGODB),
    **dict.fromkeys(("redis", "rediss", "redisson", "jedis", "valkey", "keydb"), Engine.REDIS),
    **dict.fromkeys(("mssql", "sqlserver", "sqlsrv"), Engine.SQLSERVER),
    "oracle": Engine.ORACLE,
    **dict.fromkeys(("cassandra", "scylla", "scylladb", "datastax"), Engine.CASSANDRA),
    **dict.fromkeys(("elasticsearch", "elastic", "opensearch"), Engine.ELASTICSEARCH),
    "clickhouse": Engine.CLICKHOUSE,
}
# Too short to count anywhere but in a key of capitals: ES_HOST. In small letters it is a language.
CAPITALS: dict[str, Engine | None] = {"es": Engine.ELASTICSEARCH}

ROLES: dict[str, Role] = {
    **dict.fromkeys(("host", "hostname", "hostaddr", "addr", "address", "ip", "ipaddr", "ipaddress"), "host"),
    **dict.fromkeys(("server", "servername", "endpoint", "node", "nodename", "seed"), "host"),
    **dict.fromkeys(("hosts", "hostnames", "addrs", "addresses", "ips", "servers", "endpoints", "nodes"), "hosts"),
    **dict.fromkeys(("seeds", "contactpoint", "contactpoints"), "hosts"),
    **dict.fromkeys(("port", "ports", "portnumber", "tcpport"), "port"),
    **dict.fromkeys(("dsn", "dsns", "conninfo", "conn", "connection", "connect", "connstr"), "dsn"),
    **dict.fromkeys(("connstring", "connectstring", "connectionstring", "connectionstrings"), "dsn"),
    **dict.fromkeys(("url", "urls", "uri", "uris"), "url"),
}
# Roles of servers that stand for a host where no other word does: PRIMARY, DB_REPLICA.
SERVERS: dict[str, Role] = {
    **dict.fromkeys(("primary", "master", "leader", "writer"), "host"),
    **dict.fromkeys(("replica", "reader", "slave", "standby", "secondary", "follower"), "host"),
    **dict.fromkeys(("replicas", "slaves", "secondaries", "followers", "masters"), "hosts"),
}
INTENTS: dict[str, Intent] = {
    **dict.fromkeys(("primary", "master", "masters", "leader", "write", "writer", "rw", "readwrite"), Intent.WRITE),
    **dict.fromkeys(("replica", "replicas", "read", "reader", "readers", "ro", "readonly"), Intent.READ),
    **dict.fromkeys(("slave", "slaves", "standby", "secondary", "secondaries", "follower", "followers"), Intent.READ),
}
# Rows of servers: clients of these engines are told several, elsewhere such a row is an inventory (DB_NODES).
INVENTORY = frozenset({"nodes", "servers", "ips"})
# Beside a plural they say the same: db_server_ips.
MEMBERS = frozenset({"node", "nodes", "server", "servers", "member", "members", "peer", "peers"})
CLUSTERED = frozenset(
    {Engine.REDIS, Engine.MONGODB, Engine.CASSANDRA, Engine.ELASTICSEARCH, Engine.CLICKHOUSE},
)
# Addresses of machines: with a server's role, they say which machine has it (LEADER_IP, primary_node).
MACHINES = frozenset({"ip", "ipaddr", "ipaddress", "node", "nodename"})
# Beside a role they tell that it passes from server to server, which no client of a database minds.
PASSING = frozenset({"old", "new", "current", "initial", "former", "original", "actual", "next", "candidate"})
# Above a key they tell what stood or shall stand elsewhere: `before: {PGHOST: x}` in a report.
RECORDS = frozenset({"before", "after", "expected", "actual", "evidence"})
# Keys that tell how monitoring asks a server: {check: tcp, host: x, port: 5432}.
PROBED = _words("type check kind probe method")
# Columns of PostgreSQL's views about sessions and replication, which no configuration has.
COLUMNS = _words(
    "usename client_addr datname backend_start state_change wait_event sync_state sent_lsn replay_lsn replay_lag "
    "write_lag flush_lag receive_lsn received_lsn timeline lag_bytes lag_mb in_recovery pg_is_in_recovery"
)
# What describes a machine and no connection; a role does where it is one of a cluster's.
TRAITS = _words("os rack cores cpu cpus vcpus memory ram vmid mac datacenter location tier role")
# Plurals that give their role to the keys below them: hosts: {postgres: x}.
COLLECTIONS = frozenset(
    {"hosts", "hostnames", "addresses", "addrs", "endpoints", "urls", "uris", "dsns", "connectionstrings"},
)
# Behind the role word they change nothing about it: DB_HOST_PROD, DB_HOST_INTERNAL.
QUALIFIERS = _words(
    "prod production stage staging dev development test testing qa uat local live default main internal external "
    "private public int ext old new current a b c d",
)
# A key of this name says nothing itself, its parent does: DB_HOST: {value: ...}.
TRANSPARENT = frozenset({"value", "default"})
# The words behind one of these belong to the purpose: hostForMysqlClient, hostsByName.
CONNECTIVES = frozenset({"for", "by"})

# Other systems, and places where somebody listens or is let in.
OTHER = _words(
    "smtp imap pop mail mailer email kafka broker brokers zookeeper zk mqtt amqp rabbitmq rabbit nats pulsar activemq "
    "ldap ldaps ad radius kerberos kdc memcached memcache etcd consul nomad oauth oidc sso s3 ec2 minio ceph swift nfs "
    "supermaster supermasters autoprimary autoprimaries "
    "smb ftp sftp ssh rsync telnet ntp dns nameserver resolver dhcp snmp syslog log logs logging logstash fluentd "
    "fluentbit loki graylog gelf statsd graphite carbon influx influxdb tsdb opentsdb neo couchdb couchbase dynamodb "
    "rethinkdb arangodb ovsdb hive hadoop hdfs spark yarn trino presto druid flink mesos k8s kube kubernetes kubelet "
    "apiserver puppet chef salt ansible prometheus alertmanager pushgateway jaeger zipkin otel otlp tempo tracing apm "
    "metrics metric monitor monitoring probe registry docker image git ollama poolcounter rtsp sip xmpp wsrep patroni "
    "discovery listen listener bind broadcast advertise advertised rpc gossip raft nat allowed trusted known whitelist "
    "allowlist denylist blacklist acl hba cors csrf virtual redirect callback webhook bastion jump tunnel aliases "
    "annotations labels tls cert certificate sans apt yum rpm repo repos keyring gpg mirror download downloads "
    "artifact artifacts",
)
# Lists that hosts are compared with, whatever is beside these words: FORBIDDEN_DB_HOSTS.
COMPARED = _words(
    "forbidden blocked banned denied disallowed prohibited rejected allowed permitted allowlist denylist blocklist "
    "blacklist whitelist"
)
# They name another system alone, and only the purpose beside a database word: DB_API_HOST, POSTGRES_GITLAB_HOST.
PURPOSES = _words(
    "http https web www api grpc websocket ws frontend proxy gateway ingress egress cdn report reporting health "
    "healthcheck heartbeat backup backups monitored watched expected keycloak vault grafana "
    "last previous kibana gitlab jenkins sonar sentry zabbix nagios icinga pgadmin adminer phpmyadmin",
)
FOREIGN = OTHER | PURPOSES
# Tables of who leads where: `backends: {mysql: [10.0.0.121:3306]}`.
ROUTES = _words(
    "backend backends upstream upstreams target targets forward forwards forwarding map maps mapping mappings port "
    "ports job jobs"
)
EXPORTERS = frozenset({"exporter", "exporters"})
# Who is asked for the primary, so that a failover needs nobody.
FINDERS = frozenset({"sentinel", "sentinels"})
# What exporters watch beside databases.
WATCHED = _words("mysqld node query blackbox patroni etcd haproxy proxysql maxscale prometheus")
# Neighbours that are one word: MySQL, MongoDB, data_source, HOST_NAME, contact-points. The last are addresses that
# a network or a cluster gives, not hosts that a client is told.
COMPOUNDS = _words(
    "mysql postgresql postgresdb mongodb mariadb mysqldb influxdb couchdb rethinkdb arangodb dynamodb keydb scylladb "
    "timescaledb database datasource datastore sqlalchemy clickhouse elasticsearch opensearch rabbitmq activemq "
    "hostname hostaddr servername nodename ipaddr ipaddress contactpoint contactpoints portnumber tcpport "
    "connectionstring connectionstrings connstring connstr connectstring conninfo readonly readwrite ovsdb k8s "
    "elasticip elasticips clusterip clusterips externalip externalips balancerip podip podips hostip hostips nodeip "
    "ipv4address ipv6address connectaddress username",
)
# Words that are written without a separator between them: dbhost, pghostaddr, mydbserver.
GLUED = frozenset(
    {*DATABASE, *ROLES, *SERVERS, "my", "for", "app", "main", "read", "write"} - {"dbs", "conn", "connect", "maria"},
)

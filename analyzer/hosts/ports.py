"""Ports by engine: where clients connect and where people, exporters and cluster members do."""

from analyzer.model import Engine

DEFAULT_PORTS: dict[Engine, tuple[int, ...]] = {
    Engine.POSTGRESQL: (5432, 6432),
    Engine.MYSQL: (3306, 33060),
    Engine.MARIADB: (3306,),
    Engine.MONGODB: (27017, 27018, 27019),
    Engine.REDIS: (6379, 6380),
    Engine.SQLSERVER: (1433,),
    Engine.ORACLE: (1521, 2484),
    Engine.CASSANDRA: (9042, 9142),
    Engine.ELASTICSEARCH: (9200, 9243),
    Engine.CLICKHOUSE: (9000, 9440, 8123, 8443),
}
"""Ports on which clients of an engine connect, the usual one first; poolers and TLS ports included."""

_EVERYWHERE = (22, 9100)  # ssh, node_exporter

OPERATION_PORTS: dict[Engine, tuple[int, ...]] = {
    Engine.POSTGRESQL: (*_EVERYWHERE, 2379, 2380, 8008, 9187),
    Engine.MYSQL: (*_EVERYWHERE, 4444, 4567, 4568, 6032, 9104, 33061, 33062),
    Engine.MARIADB: (*_EVERYWHERE, 4444, 4567, 4568, 6032, 9104),
    Engine.MONGODB: (*_EVERYWHERE, 9216),
    Engine.REDIS: (*_EVERYWHERE, 9121, 16379, 26379),
    Engine.SQLSERVER: (*_EVERYWHERE, 1434, 3389, 5022, 5985, 5986, 9182, 9399),
    Engine.ORACLE: (*_EVERYWHERE, 1158, 5500, 6200, 9161),
    Engine.CASSANDRA: (*_EVERYWHERE, 7000, 7001, 7199, 9500),
    Engine.ELASTICSEARCH: (*_EVERYWHERE, 9114),  # 9300 serves members and transport clients: neither
    Engine.CLICKHOUSE: (*_EVERYWHERE, 9009, 9116, 9181, 9234, 9363),
}
"""Ports of administration, monitoring, replication and consensus: a host with one of them is no database connection."""

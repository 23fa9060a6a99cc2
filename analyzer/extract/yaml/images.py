"""What a container runs, by its image: a monitoring program, a proxy, a member of a database cluster.

Tables of image names; only the last part of a name counts, so that `postgres-backup-s3` is no PostgreSQL.
"""

import re

from analyzer.extract.keyed.keys import databaselike, operates
from analyzer.extract.yaml.places import shown
from analyzer.model import Clue, Evidence

_VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]{0,127}(?::?-([^{}]{0,200}))?\}")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONITORS = _names(
    "telegraf prometheus alertmanager vmagent netdata cadvisor alloy metricbeat filebeat pmm-client pmm-agent nagios "
    "icinga2 zabbix-agent zabbix-agent2 opentelemetry-collector opentelemetry-collector-contrib otelcol "
    "otel-collector gatus uptime-kuma pgwatch2 pgwatch dd-agent newrelic-infra"
)
_PROXIES = _names(
    "haproxy envoy proxysql maxscale pgpool pgpool-ii pgcat odyssey mysql-router mysqlrouter keepalived vip-manager "
    "twemproxy nutcracker pgbouncer-rr"
)
_CLUSTERS = _names(
    "patroni spilo spilo-15 spilo-16 spilo-17 etcd consul zookeeper repmgr postgresql-repmgr postgresql-ha stolon "
    "pg-auto-failover pg_auto_failover percona-xtradb-cluster mariadb-galera galera orchestrator redis-sentinel "
    "redis-cluster valkey-sentinel valkey-cluster timescaledb-ha mongodb-sharded raft"
)
SERVERS = _names(
    "postgres postgresql postgis timescaledb pgvector citus mysql mysql-server mariadb mariadb-server percona "
    "percona-server mongo mongodb mongodb-community-server redis redis-stack redis-stack-server valkey keydb dragonfly "
    "cassandra scylla elasticsearch opensearch clickhouse clickhouse-server mssql oracle-xe oracle-free cockroach"
)


def image_name(image: str) -> str:
    """The last part of an image's name, without registry, tag and digest; that of its default for a variable."""
    text = _VARIABLE.sub(lambda found: found[1] or "", image)
    return text.split("@", 1)[0].rsplit("/", 1)[-1].split(":", 1)[0].lower()


def image_nature(image: str, service: str = "") -> Evidence | None:
    """Why a container belongs to monitoring or to a cluster's own machinery; `service` is the name it runs under."""
    name = image_name(image)
    text = shown(name) or "container"
    if operates(name) or operates(service) or name in _MONITORS or image.startswith("datadog/agent"):
        return Evidence(Clue.INFRASTRUCTURE, f"monitoring by {text if name else shown(service) or text}")
    if name in _PROXIES:
        return Evidence(Clue.INFRASTRUCTURE, f"proxy {text}")
    if name in _CLUSTERS or (name.endswith(("-cluster", "-ha")) and databaselike(name)):
        return Evidence(Clue.INFRASTRUCTURE, f"member of a cluster ({text})")
    return None

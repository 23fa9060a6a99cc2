"""Which files are infrastructure or documents, and which only look like it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.nature.signatures import SIGNATURES
from analyzer.model import Clue, Evidence

HAPROXY = """\
global
  maxconn 100
listen postgres
  bind *:5432
  option tcp-check
  server db-postgres-01 10.0.0.120:5432 check port 8008
  server db-postgres-02 10.0.0.121:5432 check port 8008
"""
PATRONI = """\
scope: orders-pg17
name: db-postgres-01
restapi:
  listen: 0.0.0.0:8008
  connect_address: 10.0.0.120:8008
etcd3:
  hosts: 10.0.0.120:2379,10.0.0.121:2379
bootstrap:
  dcs:
    ttl: 30
postgresql:
  listen: 0.0.0.0:5432
  connect_address: 10.0.0.120:5432
"""
PG_HBA = """\
# TYPE  DATABASE  USER  ADDRESS         METHOD
local   all       all                   peer
host    all       all   10.0.0.0/24     scram-sha-256
hostssl replication repl 10.0.0.121/32  scram-sha-256
"""
PROMETHEUS = """\
global:
  scrape_interval: 15s
scrape_configs:
  - job_name: postgres
    static_configs:
      - targets: ['10.0.0.120:9187', '10.0.0.121:9187']
"""
ENVOY = """\
resources:
- "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
  endpoints: [{address: {socket_address: {address: 10.0.0.120, port_value: 5432}}}]
"""
SAMPLES = {
    "HAProxy configuration": ("haproxy.cfg", HAPROXY),
    "HAProxy servers": ("add.txt", "  server pg1 10.0.0.120:5432 check port 8008\n  server pg2 10.0.0.121:5432\n"),
    "nginx upstream": ("nginx.conf", "stream {\n  upstream pg {\n    server 10.0.0.120:5432;\n  }\n}\n"),
    "PgBouncer configuration": (
        "pgbouncer.ini",
        "[databases]\na = host=10.0.0.120\nb = host=10.0.0.121\n[pgbouncer]\nport = 1\n",
    ),
    "Pgpool-II configuration": ("pgpool.conf", "backend_hostname0 = '10.0.0.120'\nbackend_port0 = 5432\n"),
    "PgCat configuration": ("pgcat.toml", '[pools.app.shards.0]\nservers = [["10.0.0.120", 5432, "primary"]]\n'),
    "ProxySQL configuration": ("proxysql.cnf", "admin_variables=\n{\n}\nmysql_servers =\n(\n)\n"),
    "MaxScale configuration": ("maxscale.cnf", "[s1]\ntype=server\naddress=10.0.0.20\n[m]\ntype=monitor\n"),
    "keepalived configuration": ("keepalived.conf", "vrrp_instance VI_1 {\n  interface eth0\n}\n"),
    "Patroni configuration": ("patroni.yml", PATRONI),
    "Patroni dynamic configuration": ("dcs.yml", "ttl: 30\nloop_wait: 10\nmaximum_lag_on_failover: 1048576\n"),
    "PostgreSQL server configuration": (
        "postgresql.auto.conf",
        "wal_level = 'replica'\nprimary_conninfo = 'host=10.0.0.120 port=5432 user=repl'\n",
    ),
    "repmgr configuration": ("repmgr.conf", "node_id=1\nconninfo='host=10.0.0.120 user=repmgr dbname=repmgr'\n"),
    "pgBackRest configuration": ("pgbackrest.conf", "[main]\npg1-host=10.0.0.120\npg1-path=/var/lib/postgresql\n"),
    "Barman configuration": ("main.conf", "[main]\nconninfo = host=10.0.0.120 user=barman\nbackup_method = rsync\n"),
    "Bareos or Bacula configuration": (
        "client-db.conf",
        "Client {\n  Name = pg1-fd\n  Address = 10.0.0.120\n  Catalog = MyCatalog\n}\n",
    ),
    "Galera configuration": ("galera.cnf", "[mysqld]\nwsrep_cluster_address=gcomm://10.0.0.20,10.0.0.21\n"),
    "Redis Sentinel configuration": ("sentinel.conf", "port 26379\nsentinel monitor main 10.0.0.30 6379 2\n"),
    "Redis server configuration": ("redis.conf", "port 6379\nreplicaof 10.0.0.30 6379\n"),
    "etcd configuration": (
        "etcd.conf",
        "ETCD_LISTEN_PEER_URLS=http://10.0.0.120:2380\nETCD_INITIAL_CLUSTER=n1=http://10.0.0.120:2380\n",
    ),
    "Prometheus scrape configuration": ("prometheus.yml", PROMETHEUS),
    "Prometheus targets": ("targets.yml", "- targets: ['10.0.0.120:9187']\n  labels: {job: pg}\n"),
    "Telegraf configuration": ("telegraf.conf", '[[inputs.postgresql]]\n  address = "host=10.0.0.120 user=t"\n'),
    "Nagios configuration": ("hosts.cfg", "define host {\n  host_name db1\n  address 10.0.0.120\n}\n"),
    "Zabbix agent configuration": ("zabbix_agentd.conf", "Server=10.0.0.5\nHostname=db-postgres-01\n"),
    "Envoy configuration": ("eds.yaml", ENVOY),
    "Traefik configuration": (
        "pg.yml",
        "tcp:\n  services:\n    pg:\n      loadBalancer:\n        servers:\n        - address: 10.0.0.120:5432\n",
    ),
    "ldirectord configuration": (
        "ldirectord.cf",
        "virtual=10.0.0.10:5432\n  real=10.0.0.120:5432 gate\n  service=pgsql\n",
    ),
    "patronictl configuration": ("patronictl.yaml", "scope: orders\ndcs_api: etcd://10.0.0.120:2379\n"),
    "Grafana agent configuration": (
        "agent.yaml",
        "metrics:\n  configs:\n  - name: a\n    scrape_configs:\n    - job_name: pg\n",
    ),
    "Grafana Alloy configuration": (
        "config.alloy",
        'prometheus.exporter.postgres "pg" {\n  data_source_names = ["postgresql://u@10.0.0.120:5432/postgres"]\n}\n',
    ),
    "Elastic Beats module": ("postgresql.yml", "- module: postgresql\n  metricsets: [x]\n  hosts: [10.0.0.120]\n"),
    "pgwatch sources": (
        "sources.yaml",
        "- name: pg1\n  conn_str: postgresql://u@10.0.0.120/postgres\n  preset_metrics: basic\n",
    ),
    "SQL exporter configuration": (
        "sql_exporter.yml",
        "target:\n  data_source_name: sqlserver://u@10.0.0.30:1433\n  collectors: [a]\n",
    ),
    "Gatus configuration": (
        "config.yaml",
        "endpoints:\n- name: pg\n  url: tcp://10.0.0.120:5432\n  conditions:\n  - '[CONNECTED] == true'\n",
    ),
    "NRPE configuration": ("nrpe.cfg", "command[check_pgsql]=/usr/lib/nagios/plugins/check_pgsql -H 10.0.0.120\n"),
    "Monit configuration": (
        "monitrc",
        "check host pg with address 10.0.0.120\n  if failed port 5432 protocol pgsql then alert\n",
    ),
    "Zabbix agent plugin configuration": (
        "postgresql.conf",
        "Plugins.PostgreSQL.Sessions.pg1.Uri=tcp://10.0.0.120:5432\n",
    ),
    "dnsmasq configuration": ("dnsmasq.conf", "address=/db.corp.internal/10.0.0.120\n"),
    "unbound configuration": ("unbound.conf", 'server:\n  local-data: "db.corp.internal. IN A 10.0.0.120"\n'),
    "blackbox configuration": ("blackbox.yml", "modules:\n  tcp:\n    prober: tcp\n"),
    "Prometheus rules": ("r.yml", "groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: up == 0\n"),
    "SSH client configuration": ("config", "Host db1\n  HostName 10.0.0.120\n  User root\n"),
    "pg_hba rules": ("pg_hba.conf", PG_HBA),
    "hosts file": ("hosts", "127.0.0.1 localhost\n10.0.0.120 db-postgres-01 db1\n"),
    "iptables rules": ("rules.v4", "*filter\n:INPUT DROP [0:0]\n-A INPUT -s 10.0.0.120 -j ACCEPT\nCOMMIT\n"),
    "network policy": (
        "np.yaml",
        "apiVersion: x/v1\nkind: NetworkPolicy\nspec: {egress: [{to: [{ipBlock: {cidr: 10.0.0.120/32}}]}]}\n",
    ),
}  # fmt: skip
INVENTORIES = [
    "[postgres]\ndb-postgres-01 ansible_host=10.0.0.120\ndb-postgres-02 ansible_host=10.0.0.121 ansible_user=root\n",
    "[postgres]\n10.0.0.120\n10.0.0.121\n",
    "[postgres]\ndb-postgres-01\ndb-postgres-02\n\n[web]\nweb1:2222\n",
    "[web]\nrack[1:2]-db-[a:c].lan\nw[1:9:2]\n",
    "[postgres]\ndb-postgres-[01:03]\n\n[all:children]\npostgres\n",
    "[pg]\ndb1\n[pg:vars]\nansible_user=root\npg_version=17\n",
]


@pytest.mark.parametrize("name", SAMPLES)
def test_infrastructure_is_known_by_its_content(name):
    path, text = SAMPLES[name]
    expected = Evidence(Clue.INFRASTRUCTURE, name)
    assert signature(path, text) == expected
    assert signature("", text) == expected
    assert signature("deploy/x.txt", text.replace("\n", "\r\n")) == expected


@pytest.mark.parametrize("text", INVENTORIES)
def test_ansible_inventories(text):
    assert signature("production", text) == Evidence(Clue.INFRASTRUCTURE, "Ansible inventory")


@pytest.mark.parametrize("text", ["[mysql]\nno-auto-rehash\n", "[web]\nserver1\n", "[mysql]\nutf8mb4\nno-beep\n"])
def test_sections_of_bare_words_are_no_inventory(text):
    assert signature("my.cnf", text) is None


def test_a_collector_of_netdata_is_known_by_its_folder():
    text = "jobs:\n  - name: pg1\n    dsn: postgres://u@10.0.0.120:5432/postgres\n"
    assert signature("netdata/go.d/postgres.conf", text) == Evidence(Clue.INFRASTRUCTURE, "Netdata collector")
    assert signature("app/postgres.conf", text) is None


@pytest.mark.parametrize(
    "path", ["report.html", "README.md", "docs/a.rst", "x/notes.adoc", "CHANGELOG", "NEWS.txt", "a/b/report.markdown"]
)
def test_documents(path):
    assert signature(path, HAPROXY) == Evidence(Clue.COMMENT, "document")


def test_a_text_of_prose_is_a_document_and_one_of_settings_is_none():
    document = Evidence(Clue.COMMENT, "document")
    assert signature("notes.txt", "The leader is 10.0.0.120.\nDB_HOST=10.0.0.121\n") == document
    assert signature("env.txt", "# settings\nDB_HOST=10.0.0.121\nDB_PORT = 5432\n\npostgresql://10.0.0.121/a\n") is None
    assert signature("notes.cfg", "The leader is 10.0.0.120.\n") is None


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: app, annotations: {prometheus.io/scrape: "true"}}
spec:
  template:
    spec:
      containers:
      - name: haproxy-exporter
        env:
        - {name: DB_HOST, value: 10.0.0.121}
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.yaml", "database:\n  host: 10.0.0.121\n  server: pg\nbackend: postgres\nlisten: 8080\n"),
        ("values.yaml", "haproxy:\n  enabled: true\n  backend pg: x\nserver: 10.0.0.121\n"),
        ("deploy.yaml", DEPLOYMENT),
        ("all.yaml", SAMPLES["network policy"][1] + "---\n" + DEPLOYMENT),
        ("values.yaml", "postgresql:\n  host: 10.0.0.121\nbootstrap: true\nscope: app\n"),
        ("compose.yml", "services:\n  patroni:\n    environment:\n      DB_HOST: 10.0.0.121\n  haproxy: {}\n"),
        ("app.ini", "[database]\nhost = 10.0.0.121\nport = 5432\n[pgbouncer_stats]\nx = 1\n"),
        ("my.cnf", "[client]\nhost=10.0.0.20\nuser=app\n"),
        ("app.conf", "# see pg_hba.conf: host all all 10.0.0.0/24 md5\ndb_host = 10.0.0.121\n"),
        ("setup.cfg", "[options]\npackages = find:\n[mypy]\nstrict = true\n"),
        ("list", "[todo]\nbuy milk\n"),
        ("playbook.yml", "- hosts: postgres\n  vars:\n    db_host: 10.0.0.121\n  tasks: []\n"),
        ("group_vars/all.yml", "app_db_host: 10.0.0.121\nansible_user: root\n"),
        ("query.sql", "select host, type from server where type = 'server';\n"),
        ("run.py", "scrape_configs = 1\nDB_HOST = '10.0.0.121'\n"),
        ("app.properties", "spring.datasource.url=jdbc:postgresql://10.0.0.121:5432/app\n"),
        ("application.yml", "spring:\n  datasource:\n    url: jdbc:postgresql://10.0.0.121/app\nmetrics: {}\n"),
        ("gateway.yml", "http:\n  port: 8080\ndatabase:\n  loadBalancer: 10.0.0.10\n  servers: [10.0.0.121]\n"),
        ("app.yml", "metrics:\n  enabled: true\ndatabase: {host: 10.0.0.121}\nscrape_configs: false\n"),
        ("api.yml", "endpoints:\n  orders: https://a\ndatabase: {host: 10.0.0.121}\n"),
        ("plugin.yml", "- module: orders\n  database: {host: 10.0.0.121}\n"),
        ("Makefile", "check: lint\n\tpsql -h 10.0.0.121\n"),
        ("app.conf", "address=10.0.0.121\nserver=10.0.0.121\n"),
        ("hosts.py", "10.0.0.120\n"),
        ("env", "ETCD_HOST=10.0.0.120\nDB_HOST=10.0.0.121\n"),
        ("x", ""),
        ("x", "\n\n# only a comment\n"),
    ],
)  # fmt: skip
def test_an_application_that_mentions_the_words(path, text):
    assert signature(path, text) is None


def test_every_row_has_a_name_that_may_be_shown():
    assert all(row.patterns and row.needles and row.name.isprintable() for row in SIGNATURES)


@pytest.mark.parametrize(
    "piece", ["a", " ", "a.", "host ", "server ", "- ", "[", "10.0.0.1 ", "define\t", "{\n", "\n", "x" * 300 + " "]
)
def test_patterns_are_linear(piece):
    for needle in ("server ansible_ scrape_configs: job_name", "define { AAAA SOA", "[[inputs. upstream type ="):
        text = f"{needle}\n" + piece * (50_000 // len(piece))
        start = time.process_time()
        signature("x", text)
        assert time.process_time() - start < 2


@given(st.text(max_size=200), st.text(max_size=20))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_any_text(text, path):
    assert signature(path, text) is None or signature(path, text).text

"""Which reader a configuration file gets, by its name and by its look; Oracle Net's files."""

import pytest

from analyzer.extract import format_of
from analyzer.extract.conf import extract, look_of
from analyzer.extract.tnsnames import extract as extract_tns
from analyzer.model import Clue
from analyzer.prefilter import Prefilter
from analyzer.source import SourceFile
from tests.kit import check, check_none

_ANY = Prefilter((), heuristics=True)


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("[Service]\nEnvironment=DB_HOST=10.0.0.121\n", "systemd"),
        ("# c\n[Unit]\nDescription=x\n", "systemd"),
        ("http {\n  server {\n  }\n}\n", "webserver"),
        ("location ~ \\.php$ {\n  fastcgi_param DB_HOST 10.0.0.121;\n}\n", "webserver"),
        ("<VirtualHost *:80>\nSetEnv DB_HOST 10.0.0.121\n</VirtualHost>\n", "webserver"),
        ("SetEnv DB_HOST 10.0.0.121\n", "webserver"),
        ("[pg]\ndb1 ansible_host=10.0.0.120\n", "inventory"),
        ("net:\n  port: 27017\n  bindIp: 10.0.0.120\n", "yaml"),
        ("# c\ndatabase:\n    hosts:\n    - 10.0.0.121\n", "yaml"),
        ("[a]\ndatabase:\n  host: x\n", "ini"),
        ("db_host: 10.0.0.121\ndb_port: 5432\n", "ini"),
        ("hosts:\n  10.0.0.120\n  10.0.0.121\n", "ini"),
        ('<?xml version="1.0"?>\n<a/>\n', "xml"),
        ('db {\n  url = "jdbc:postgresql://10.0.0.121/app"\n}\n', "hocon"),
        ('[[pools]]\nhost = "10.0.0.121"\n', "toml"),
        ("[database]\nhost=10.0.0.121\n", "ini"),
        ("db_host = 10.0.0.121\n", "ini"),
        ("", "ini"),
    ],
)
def test_looks(text, module):
    assert look_of(text) == module
    assert look_of(text.replace("\n", "\r\n")) == module


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/my.cnf", "configuration"),
        (".my.cnf", "configuration"),
        ("pg_service.conf", "configuration"),
        (".pg_service.conf", "configuration"),
        (".odbc.ini", "configuration"),
        ("setup.cfg", "configuration"),
        ("home/.pgpass", "pgpass"),
        ("tnsnames.ora", "Oracle Net"),
        ("orders.service", "systemd"),
        ("etc/orders.service.d/db.conf", "systemd"),
        ("etc/default/orders", "environment file"),
        ("roles/app/files/etc/sysconfig/orders", "environment file"),
        ("cron.d/backup", "crontab"),
        ("Makefile", "makefile"),
        ("Procfile", "procfile"),
        (".htaccess", "configuration"),
        ("db.properties", "properties"),
    ],
)
def test_names(path, name):
    assert format_of(path, b"").name == name


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("proxysql.cnf", 'mysql_servers =\n(\n  { address="10.0.0.20", port=3306, hostgroup=0 }\n)\n'),
        ("maxscale.cnf", "[s1]\ntype=server\naddress=10.0.0.20\n[m]\ntype=monitor\nmodule=mariadbmon\n"),
        ("pgpool.conf", "backend_hostname0 = '10.0.0.120'\nbackend_port0 = 5432\n"),
        ("keepalived.conf", "vrrp_instance VI_1 {\n  interface eth0\n}\n"),
        ("keepalived.conf", "virtual_server 10.0.0.10 5432 {\n  real_server 10.0.0.120 5432 {\n  }\n}\n"),
        ("galera.cnf", "[mysqld]\nwsrep_cluster_address = gcomm://10.0.0.20,10.0.0.21\n"),
        ("haproxy.cfg", "listen pg\n  bind *:5432\n  server pg1 10.0.0.120:5432 check\n"),
        ("redis.conf", "port 6379\nreplicaof 10.0.0.5 6379\n"),
        ("redis.conf", "bind 10.0.0.5 127.0.0.1\nprotected-mode yes\nport 6379\n"),
        ("sentinel.conf", "sentinel monitor mymaster 10.0.0.5 6379 2\n"),
        ("odyssey.conf", 'storage "pg" {\n  type "remote"\n  host "10.0.0.120"\n  port 5432\n}\n'),
        ("pg_hba.conf", "host all all 10.0.0.121/32 scram-sha-256\n"),
        ("postgresql.conf", "listen_addresses = '10.0.0.120'\nwal_level = replica\n"),
        ("recovery.conf", "standby_mode = on\nprimary_conninfo = 'host=10.0.0.120 user=r'\nprimary_slot_name = x\n"),
        ("repmgr.conf", "node_id=1\nconninfo='host=10.0.0.120 dbname=repmgr'\n"),
        ("zabbix_agentd.conf", "Server=10.0.0.9\nHostname=db1\nUserParameter=pg,psql -h 10.0.0.120 -c 'select 1'\n"),
    ],
)
def test_infrastructure_by_its_look(path, text):
    nature = extract(SourceFile(path, text.encode())).nature
    assert nature is not None
    assert nature.clue is Clue.INFRASTRUCTURE


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("zabbix_server.conf", "DBHost=«10.0.0.121|clue=key»\nDBName=zabbix\nDBPort=⟦5432⟧\nListenIP=10.0.0.9\n"),
        ("grafana.ini", "[database]\ntype = postgres\nhost = «10.0.0.121|clue=key»:⟦5432⟧\n"),
        ("nova.conf", "[database]\nconnection = mysql+pymysql://nova:s3cret@«10.0.0.20|clue=dsn»/nova\n"),
        ("sudoers.conf", "text only, and postgresql://u:s3cret@«10.0.0.121|only=dsn»/app\n"),
    ],
)
def test_applications(path, marked):
    check(extract, marked, path=path, comment="#")


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.121:5433:orders:app:s3cret\n",
        "# c\ndb1.corp.internal:*:*:*:s3cret\n",
        "[client]\nhost=db1.corp.internal\n",
        "[orders]\nhost=db1.corp.internal\nport=5432\n",
        "[connection]\nhostname = db1.corp.internal\n",
        "[ms]\n\thost = db1.corp.internal\n\ttds version = 7.4\n",
    ],
)
def test_files_of_clients_pass_the_prefilter(text):
    assert _ANY.hit(text.encode())
    assert _ANY.hit(text.replace("\n", "\r\n").encode())


@pytest.mark.parametrize("text", ["root:x:0:0:root:/root:/bin/bash\n", "10:30:12 started\n", "host=a\nname=b\n"])
def test_other_files_do_not(text):
    assert not _ANY.hit(text.encode())


TNS = """\
ORDERS =
  (DESCRIPTION =
    (ADDRESS = (PROTOCOL = TCP)(HOST = «10.0.0.80|only=dsn,engine=oracle»)(PORT = ⟦1521⟧))
    (CONNECT_DATA = (SERVICE_NAME = orders)))
# OLD = (DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=10.0.0.81)(PORT=1521)))
EZ = «10.0.0.82|only=dsn»:⟦1521⟧/orders
"""


def test_tnsnames():
    check(extract_tns, TNS.replace("EZ = «10.0.0.82|only=dsn»:⟦1521⟧/orders\n", ""), path="tnsnames.ora", comment="#")
    check_none(extract_tns, "# analyzer: x\nNAMES.DIRECTORY_PATH = (TNSNAMES)\n", path="sqlnet.ora", comment="#")


def test_a_listener_is_infrastructure():
    text = b"LISTENER =\n (DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=10.0.0.80)(PORT=1521)))\n"
    nature = extract_tns(SourceFile("listener.ora", text)).nature
    assert nature is not None
    assert nature.clue is Clue.INFRASTRUCTURE

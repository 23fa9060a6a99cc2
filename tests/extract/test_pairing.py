"""What other keys of a scope say about a host: its port, its engine."""

import pytest

from tests.kit import check_none
from tests.rows import extract_rows, found

# ---- ports of other keys


@pytest.mark.parametrize(
    "sample",
    [
        "PGHOST: «10.0.0.121|port=5432,engine=postgresql,clue=key+port»\nPGPORT: ⟦5432⟧\n",
        "DB_PORT: ⟦6432⟧\nDB_HOST: «10.0.0.121|port=6432,engine=postgresql»\n",
        "DB_HOST: «10.0.0.121|port=5432»\nDB_PORT_NUMBER: ⟦5432⟧\n",
        "MYSQL_HOST: «10.0.0.121|port=3307»\nMYSQL_TCP_PORT: ⟦3307⟧\n",
        "DB_SERVER: «10.0.0.121|port=3306»\nDB_PORT: ⟦3306⟧\n",
        "DB_HOST: «10.0.0.121|port=3306»\nDB_HOST_PORT: ⟦3306⟧\n",
        "dbHost: «10.0.0.121|port=3306»\ndbPort: ⟦3306⟧\n",
        "db_host: «10.0.0.121|port=3306»\ndb_port: ⟦3306⟧\n",
        "host: «10.0.0.121|port=5432,only=name+port+place,engine=postgresql»\nport: ⟦5432⟧\n",
        "host: «10.0.0.121|port=9100,only=name+place»\nport: ⟦9100⟧\n",
        "POSTGRES_SEEDS: «10.0.0.121|port=5432,clue=key»\nDB_PORT: ⟦5432⟧\n",
        "DB_HOST: «10.0.0.121|port=3306,engine=mysql»\nMYSQL_PORT: ⟦3306⟧\n",
        "login_host: «10.0.0.121|port=5432»\nlogin_port: ⟦5432⟧\nport: 80\n",
        "login_host: «10.0.0.121|port=5432»\nport: ⟦5432⟧\n",
        "DB_REPLICA_HOST: «10.0.0.121|port=5432»\nDB_PORT: ⟦5432⟧\n",
        "DB_HOST: «10.0.0.120|port=5000»\nDB_RO_HOST: «10.0.0.121|port=5001»\nDB_PORT: ⟦5000⟧\nDB_RO_PORT: ⟦5001⟧\n",
        "PRIMARY: «10.0.0.122|port=5432»\nPRIMARY_PORT: ⟦5432⟧\n",
        "DB_HOST_1: «10.0.0.120|port=1»\nDB_HOST_2: «10.0.0.121|port=2»\nDB_PORT_1: ⟦1⟧\nDB_PORT_2: ⟦2⟧\n",
        "@database\nhost: «10.0.0.121|port=5432»\nport: ⟦5432⟧\n",
        "@database\ndb_host: «10.0.0.121|port=5432»\nport: ⟦5432⟧\n",
        "DB_HOST: «10.0.0.121|port=6000»:⟦6000⟧\nDB_PORT: 5432\n",
        "DB_HOST: «10.0.0.121|port=5432»\nDB_PORT:   ⟦5432⟧  \n",
    ],
)
def test_ports_under_paired_keys(sample):
    refs = found(sample).refs
    assert all(ref.port is None or ref.port.slot is None or not ref.port.insert for ref in refs)


@pytest.mark.parametrize(
    "sample",
    [
        "DB_HOST: «10.0.0.121|port=none»\nPORT: 3000\n",
        "DB_HOST: «10.0.0.121|port=none»\nREDIS_PORT: 6379\nMYSQL_PORT: 3306\n",
        "REDIS_HOST: «10.0.0.121|port=none»\nDB_PORT: 5432\n",
        "REDIS_HOST: «10.0.0.121|port=none»\nMYSQL_PORT: 6000\n",
        "DB_HOST: «10.0.0.121|port=none»\nDB_EXPORTER_PORT: 9187\n",
        "db_host: «10.0.0.121|port=none»\nport: 8080\n",
        "host: «10.0.0.121|port=none»\nDB_PORT: 5432\n",
        "DB1_HOST: «10.0.0.121|port=none»\nDB2_HOST: «10.0.0.122|port=3306»\nDB2_PORT: 3306\n",
        "DB_HOST: «10.0.0.121|port=none»\nDB_PORT: \n",
        "DB_URL: postgres://u@«10.0.0.121|insert=:»/app\nDB_PORT: 5433\n",
    ],
)
def test_ports_of_strangers(sample):
    found(sample)


def test_ports_that_cannot_be_seen():
    found("PGHOST: «10.0.0.121|hidden=secretKeyRef pg/port,port=none»\nPGPORT: !secretKeyRef pg/port\n")
    found("PGHOST: «10.0.0.121|hidden=a variable»\nPGPORT: ${PORT}\n")
    found("PGHOST: «10.0.0.121|hidden=a variable»\nPGPORT: {{ .Values.port }}\n")
    found("PGHOST: «10.0.0.121|hidden=not a number»\nPGPORT: postgres\n")
    found("PGHOST: «10.0.0.121|port=5432»\nPGPORT: !secretKeyRef pg/port\nPG_PORT: ⟦5432⟧\n")


def test_the_origin_of_a_port_is_its_key():
    ref = found("PGHOST: «10.0.0.121»\nPGPORT: 5432\n").refs[0]
    assert ref.port is not None
    assert ref.port.origin == "PGPORT"


# ---- siblings


@pytest.mark.parametrize(
    "sample",
    [
        "type: postgres\nhost: «10.0.0.121|only=key+place,engine=postgresql»\n",
        "ENGINE: django.db.backends.postgresql\nHOST: «10.0.0.121|clue=key,engine=postgresql»\n",
        "host: «10.0.0.121|clue=key,engine=elasticsearch»\nconn_type: opensearch\n",
        "driver: com.mysql.cj.jdbc.Driver\nserver: «10.0.0.121|clue=key,engine=mysql»\n",
        "driverClassName: org.mariadb.jdbc.Driver\nhost: «10.0.0.121|clue=key,engine=mariadb»\n",
        "dialect: mysql\nhost: «10.0.0.121|clue=key,engine=mysql»\n",
        "DB_CONNECTION: pgsql\nDB_HOST: «10.0.0.121|clue=key,engine=postgresql»\n",
        "APP_DRIVER: mysql\nAPP_HOST: «10.0.0.121|clue=key,engine=mysql»\n",
        "type: sql\nhost: «10.0.0.121|clue=key,engine=none»\n",
        "host: «10.0.0.121|clue=key»\nuser: app\npassword: x\ndatabase: app\n",
        "@kafka\ntype: postgres\nhost: «10.0.0.121|clue=key»\n",
        "scheme: http\n@opensearch\nurl: http://«10.0.0.121|clue=key»:9200\n",
    ],
)
def test_siblings_that_tell(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "CACHE_DRIVER: redis\nHOST: «10.0.0.121|only=name+place,engine=none»\n",
        "type: smtp\nhost: «10.0.0.121|only=name+place»\n",
        "type: postgres is nice\nhost: «10.0.0.121|only=name+place»\n",
        "type: \nhost: «10.0.0.121|only=name+place»\n",
        "type: ClusterIP\nhost: «10.0.0.121|only=name+place»\n",
        "host: «10.0.0.121|only=name+place»\ndatabase: app\n",
        "host: «10.0.0.121|only=name+place»\nuser: app\npassword: x\n",
        "APP_HOST: «10.0.0.121|only=name+place»\nDB_USER: app\nDB_NAME: x\n",
    ],
)
def test_siblings_that_do_not(sample):
    found(sample)


def test_a_weak_sibling_does_not_outweigh_another_system():
    check_none(extract_rows, "@influxdb\nhost: 10.0.0.121\nuser: a\ndatabase: b\n")


def test_sibling_evidence_names_the_sibling():
    ref = found("type: postgres\nhost: «10.0.0.121»\n").refs[0]
    assert ref.evidence[0].text == "host beside type: postgresql"

"""Rows of server lists and keys that count servers, in the forms that all formats share."""

import pytest

from analyzer.extract.keyed.keys import read_key, watches
from tests.kit import check, check_none
from tests.rows import extract_rows, found


@pytest.mark.parametrize(
    "sample",
    [
        "name: db-postgres-01\nhost: «10.0.0.120|only=infrastructure+port+place,port=5432»\nport: ⟦5432⟧\n",
        "@servers\nhostname: «pg1.corp.internal»\nip: «10.0.0.120|only=infrastructure+place»\nrole: replica\n",
        "name: orders-pg-b\nhost: «10.0.0.121|only=infrastructure+port+place,port=5432»\nport: ⟦5432⟧\n",
        "@nodes/db-postgres-02\nip: «10.0.0.121|only=infrastructure+place»\nmemory: 8192\n",
        "hostname: «pgfra1»\nip: «10.0.0.120|only=infrastructure+port+place»\nport: 5432\ndatabase: orders\n",
        "@members/pgfra1\nhost: «pgfra1.corp.internal|only=infrastructure+port+place»\nport: 5432\n",
        "client_addr: «10.0.0.120»\nhost: «10.0.0.121|only=infrastructure+port+place»\nport: 5432\n",
        "@leader\nhost: «10.0.0.120|only=infrastructure+port+place»\nport: 5432\nconnections: 48\n",
    ],
)
def test_a_row_that_names_a_machine_and_its_address(sample):
    check(extract_rows, sample, comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "@database\nname: db1\nhost: «10.0.0.120|clue=key»\nuser: app\n",
        "@database\nname: orders\nhost: «10.0.0.120|clue=key»\n",
        "@database\nname: orders-pg-rw\nhost: «10.0.0.120|clue=key»\n",
        "@database\nname: pg-b\nhost: «10.0.0.120|clue=key»\nuser: app\n",
        "@postgres\nname: orders-b\nhost: «10.0.0.120|clue=key»\n",
        "name: db-postgres-01\nDB_HOST: «10.0.0.120|clue=key»\n",
        "@postgres-1\nhost: «10.0.0.120|clue=key»\npassword: made-up\n",
        "@postgresql\nprimary: «10.0.0.120|clue=key»\n",
        "hostname: «10.0.0.120|clue=key»\nport: 5432\ndatabase: orders\nuser: app\n",
        "@postgres/orders-db\nhost: «orders-db.corp.internal|clue=key»\nport: 5432\n",
        "@leader\nhost: «10.0.0.120|clue=key»\ndatabase: orders\nuser: app\n",
    ],
)
def test_a_connection_that_has_a_name(sample):
    check(extract_rows, sample, comment="#")


def test_a_role_that_is_given_to_a_server():
    found("@postgresql\nprimary: «db-postgres-01|only=text+place»\n")


@pytest.mark.parametrize("key", ["NODE1_IP", "NODE1", "PG_NODE_2", "PG_NODES", "db_server_ips", "NODES", "IPS"])
def test_a_key_that_counts_servers(key):
    clue = read_key(key)
    assert clue is not None
    assert (clue.inventory, clue.database) == (True, False)
    check(extract_rows, f"{key}: «10.0.0.120|only=text+place»\n", comment="#")


@pytest.mark.parametrize("key", ["DB_HOST", "DB_HOSTS", "DB_NODE", "REDIS_NODES", "PRIMARY", "DB_SERVER"])
def test_a_key_that_names_a_host(key):
    clue = read_key(key)
    assert clue is not None
    assert not clue.inventory


@pytest.mark.parametrize(
    "key", ["BACKUP_SERVER", "MONITORED_HOSTS", "EXPECTED_PRIMARY", "FORBIDDEN_HOSTS", "forbidden_db_hosts"]
)
def test_a_key_whose_purpose_is_another(key):
    check_none(extract_rows, f"{key}: 10.0.0.120\n", comment="#")


def test_a_purpose_beside_a_database_word():
    found("BACKUP_DB_HOST: «10.0.0.120|clue=key»\n")


@pytest.mark.parametrize(
    "name", ["quay.io/prometheuscommunity/postgres-exporter:v0.15", "mysqld_exporter", "pgbouncer-exporter"]
)
def test_exporters(name):
    assert watches(name)


@pytest.mark.parametrize("name", ["csv-exporter", "registry/orders-exporter:1", "postgres", "PG_EXPORTER_URL=x"])
def test_applications_that_export(name):
    assert not watches(name)


@pytest.mark.parametrize(
    "key",
    [
        "LEADER_IP",
        "PRIMARY_IP",
        "REPLICA1_IP",
        "LEADER_NODE",
        "primary_node",
        "OLD_LEADER",
        "current_primary",
        "INITIAL_MASTER",
    ],
)
def test_the_machine_that_has_a_role(key):
    check(extract_rows, f"{key}: «10.0.0.120|only=text+place»\nSSH_USER: ops\nREPLICATION_USER: r\n", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "DB_PRIMARY_HOST: «10.0.0.120|clue=key»\n",
        "PG_LEADER_HOST: «10.0.0.120|clue=key»\n",
        "MYSQL_MASTER_IP: «10.0.0.20|clue=key»\n",
        "PRIMARY_HOST: «10.0.0.120|only=name+place»\n",
        "PRIMARY_IP: «10.0.0.120|only=name+place»\nDB_USER: app\nDB_PASSWORD: x\n",
        "PRIMARY_IP: «10.0.0.120|only=name+port+place»\nPRIMARY_PORT: ⟦5432⟧\n",
    ],
)
def test_a_host_of_a_role_that_a_client_is_told(sample):
    check(extract_rows, sample, comment="#")


def test_a_machine_beside_a_list_of_servers():
    sample = "DB_NODES: 10.0.0.120\nPG_MASTER_IP: «10.0.0.120|only=text+place»\nDB_MASTER_HOST: «10.0.0.120|clue=key»\n"
    check(extract_rows, sample.replace("S: 10.0.0.120", "S: «10.0.0.120|only=text+place»"), comment="#")


def test_a_machine_beside_a_database_with_a_host_of_its_own():
    sample = "LEADER_IP: «10.0.0.120|only=text+place»\nDB_HOST: «10.0.0.10|clue=key»\nDB_USER: app\n"
    check(extract_rows, sample, comment="#")


def test_a_description_of_a_machine_may_tell_its_engine():
    row = "name: pg-core-1\nip: «10.0.0.120|only={}»\ntype: postgresql\n"
    check(extract_rows, row.format("infrastructure+place") + "role: primary\n", comment="#")
    check(extract_rows, row.format("infrastructure+place") + "os: debian12\n", comment="#")
    check(extract_rows, row.format("key+place"), comment="#")
    check(extract_rows, row.format("key+place") + "role: admin\n", comment="#")


def test_servers_by_number_and_members_are_no_systems():
    found("redis: «10.0.0.121|clue=key»:⟦6379⟧\n")
    check_none(extract_rows, "pg1: 10.0.0.121:5432\n", comment="#")
    check_none(extract_rows, "@postgresql\n- members: 10.0.0.121:5432\n", comment="#")


def test_a_leader_and_the_members_of_a_cluster():
    found("@core-pg\nleader: «10.0.0.121|only=text+place»\n- members: 10.0.0.122\n")


@pytest.mark.parametrize(
    "sample",
    [
        "MASTER: «10.0.0.120|only=text+place»\nSLAVE1: «10.0.0.121|only=text+place»\nSLAVE2: 10.0.0.10\n",
        "primary_host: «10.0.0.120|only=text+place»\n- standby_hosts: «10.0.0.121|only=text+place»\nssh_user: root\n",
    ],
)
def test_a_leader_and_followers_by_number(sample):
    check(extract_rows, sample.replace("10.0.0.10\n", "«10.0.0.122|only=text+place»\n"), comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "MASTER: «10.0.0.120|only=name+place»\nSLAVE: «10.0.0.121|only=name+place»\n",
        "DB_MASTER: «10.0.0.120|clue=key»\nDB_SLAVE1: «10.0.0.121|clue=key»\n",
        "primary_host: «10.0.0.120|only=name+place»\n- replica_hosts: «10.0.0.121|only=name+place»\nuser: app\n",
    ],
)
def test_two_roles_or_a_login_are_a_clients(sample):
    check(extract_rows, sample, comment="#")


def test_a_probe_of_monitoring():
    check(extract_rows, "type: tcp\nhost: «10.0.0.120|only=infrastructure+port+place»\nport: ⟦5432⟧\n", comment="#")
    check(extract_rows, "type: tcp\nhost: «10.0.0.120|only=key+port+place»\nport: ⟦5432⟧\nuser: app\n", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        (
            "@postgres/replicas\nhost: «db-postgres-02|only=infrastructure+place+port»\n"
            "ip: «10.0.0.121|only=infrastructure+place+port»\nport: ⟦5432⟧\n"
        ),
        "@postgres\nhost: «db-postgres-02|clue=key»\nport: ⟦5432⟧\n",
        "@postgres\nhost: «db-postgres-02|clue=key»\nip: «10.0.0.121|clue=key»\npassword: made-up\n",
    ],
)
def test_a_name_and_an_address_are_told_of_a_machine(sample):
    check(extract_rows, sample, comment="#")


def test_servers_that_are_counted_by_their_addresses():
    found("A: x\nDB_NODES: «10.0.0.120|only=text+place»\nDB1_IP: «10.0.0.120|only=text+place»\n")
    found("DB1_HOST: «10.0.0.120|clue=key»\nDB2_HOST: «10.0.0.121|clue=key»\n")
    found("DB1_IP: «10.0.0.120|clue=key»\nDB1_USER: app\n")


def test_the_master_beside_the_nodes():
    found("POSTGRES_NODES: «10.0.0.120|only=text+place»\nPOSTGRES_MASTER: «10.0.0.120|only=text+place»\n")
    found("REDIS_NODES: «10.0.0.30|clue=key»\nREDIS_MASTER: «10.0.0.30|clue=key»\n")
    found("POSTGRES_MASTER: «10.0.0.120|clue=key»\n")
    found("NODE: «10.0.0.120|only=name+place»\nREPLICA_HOST: «10.0.0.122|only=name+place»\n")


def test_roles_among_counted_servers():
    found("PG_NODES: «10.0.0.120|only=text+place»\nREPLICA_1: «10.0.0.121|only=text+place»\n")
    found("REPLICA_1: «10.0.0.121|only=name+place»\n")
    found("PG_NODES: «10.0.0.120|only=text+place»\nREPLICA: «10.0.0.121|only=name+place»\n")
    found("PG_NODES: «10.0.0.120|only=text+place»\nPRIMARY: «10.0.0.121|only=name+place»\nDB_USER: app\n")

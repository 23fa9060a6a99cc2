"""Accounts of monitoring and backup: who logs in by them is no application, in every form that names one."""

import pytest

from analyzer.extract import python, shell
from analyzer.extract.keyed.accounts import servant
from analyzer.extract.pgpass import extract as read_passwords
from tests.kit import check
from tests.rows import found


@pytest.mark.parametrize(
    "name",
    [
        "monitor",
        "postgres_exporter",
        "zbx_monitor",
        "barman",
        "streaming_barman",
        "pgwatch",
        "dba",
        "dba_mon",
        "dumper",
    ],
)
def test_an_account_that_watches_or_copies(name):
    assert servant(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "app",
        "postgres",
        "replicator",
        "backup",
        "price-monitor",
        "user",
        "orders_exporter_app",
        "stats",
        "dba_app",
        "monitor" * 20,
    ],
)
def test_an_account_that_may_be_an_applications(name):
    assert not servant(name)


@pytest.mark.parametrize(
    "sample",
    [
        "A: postgresql://monitor:made-up@«10.0.0.120|only=operation,port=5432»:⟦5432⟧/postgres\n",
        "A: host=«10.0.0.120|only=operation» user=monitor dbname=postgres\n",
        "@postgres\nhost: «10.0.0.120|only=operation+place»\nuser: monitor\n",
        "A: postgresql://app:monitor@«10.0.0.120|clue=dsn»:⟦5432⟧/postgres\n",
        "A: postgresql://«monitor|clue=dsn»:⟦5432⟧/postgres\n",
        "@postgres\nhost: «10.0.0.120|clue=key»\nuser: app\n",
        "PG_HOST: «10.0.0.120|clue=key»\nPG_USER: app\nMETRICS_USER: monitor\n",
    ],
)
def test_rows(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "psql -h «10.0.0.120|only=operation» -U zabbix -c 'select 1'\nuptime\n",
        "mysql -h «10.0.0.20|only=operation» -u exporter -e 'select 1'\nuptime\n",
        "psql postgresql://monitor@«10.0.0.120|only=operation»/postgres -f x.sql\nuptime\n",
        "psql -h «10.0.0.120|only=command» -U app -v x=zabbix -c 'select 1'\nuptime\n",
    ],
)
def test_clients_of_a_script(sample):
    check(shell.extract, sample, path="run.sh", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "import psycopg2\npsycopg2.connect(host='«10.0.0.120|only=operation»', user='monitor')\n",
        "import psycopg2\npsycopg2.connect(host='«10.0.0.120|only=call»', user='orders')\n",
    ],
)
def test_calls(sample):
    check(python.extract, sample, path="a.py", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "«10.0.0.120|only=operation»:⟦5432⟧:*:barman:made-up\n",
        "«10.0.0.120|only=operation»:⟦5432⟧:replication:r:made-up\n",
        "«10.0.0.120|only=text»:⟦5432⟧:*:postgres:made-up\n«10.0.0.121|only=text»:⟦5432⟧:*:postgres:made-up\n",
        "«10.0.0.120|only=key»:⟦5432⟧:orders:app:made-up\n«10.0.0.121|only=key»:⟦5432⟧:orders:app:made-up\n",
    ],
)
def test_passwords(sample):
    check(read_passwords, sample, path=".pgpass", comment="#")

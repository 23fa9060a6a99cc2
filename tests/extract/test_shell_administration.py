"""Clients in scripts that look at a server itself, or stand in scripts that stop servers; and those that work."""

import pytest

from analyzer.extract.nature.asked import about_server
from analyzer.extract.shell import extract
from tests.kit import check


def found(marked: str) -> None:
    check(extract, marked, path="run.sh", comment="#")


@pytest.mark.parametrize(
    "statement",
    [
        "SHOW max_connections",
        "\\l",
        "\\du+",
        "SELECT version(), pg_postmaster_start_time()",
        "show global status like 'Threads%'",
        "SELECT datname, numbackends FROM pg_stat_database",
        "SELECT count(*) FROM pg_stat_activity WHERE datname='orders'; show work_mem;",
        "select pg_database_size(current_database())",
    ],
)
def test_a_statement_about_the_server(statement):
    assert about_server([statement])
    found(f'psql -h «10.0.0.120|only=operation» -c "{statement}"\nuptime\n')


@pytest.mark.parametrize(
    "statement",
    [
        "select 1",
        "select version()",
        "\\dt",
        "show tables",
        "select * from information_schema.tables",
        "select count(*) from orders",
        "select refresh_reports()",
        "select version(); delete from orders",
        "\\copy orders from 'a.csv'",
        "\\i migrate.sql",
        "select * from pg_class join orders on true",
        "insert into t select version()",
        "show",
        "select pg_notify('orders', 'changed')",
        "select pg_try_advisory_lock(7)",
    ],
)
def test_a_statement_about_more(statement):
    assert not about_server([statement])
    found(f'psql -h «10.0.0.120|only=command» -c "{statement}"\nuptime\n')


def test_no_statement_tells_nothing():
    assert not about_server([])
    assert not about_server([" ; "])
    found("psql -h «10.0.0.120|only=command» -f a.sql\nuptime\n")
    found("psql -h «10.0.0.120|only=command» -c 'show work_mem' <<END\ndelete from orders\nEND\n")


@pytest.mark.parametrize(
    "sample",
    [
        (
            "ssh root@«10.0.0.120|only=operation» systemctl stop patroni\n"
            "psql -h «10.0.0.121|only=operation» -c 'select 1'\n"
        ),
        "A=«10.0.0.120|only=operation»\nssh $A 'sudo systemctl restart postgresql'\npsql -h $A -c 'select 1'\n",
        "patronictl switchover --force\npsql -h «10.0.0.121|only=operation» -c 'insert into drill values (1)'\n",
    ],
)
def test_a_script_that_stops_or_switches_servers(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "ssh root@«10.0.0.5|only=operation» systemctl restart api\npsql -h «10.0.0.121|only=command» -c 'select 1'\n",
        "patronictl list\npsql -h «10.0.0.121|only=command» -c 'select 1'\n",
        "systemctl restart mysqld-exporter\npsql -h «10.0.0.121|only=command» -c 'select 1'\n",
    ],
)
def test_a_script_that_leaves_servers_alone(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "pg_dump -h «10.0.0.122|only=choice» -U backup orders > orders.sql\n",
        "SRC=«10.0.0.122|only=choice»\nfor db in a b; do pg_dump -h $SRC -U pg_dump -Fc -f $db.dump $db; done\n",
        "mysqldump -h «10.0.0.20|only=choice» --all-databases | gzip > shop.sql.gz\n",
        "pg_dumpall -h «10.0.0.122|only=choice» --globals-only > globals.sql\n",
    ],
)
def test_an_administrators_dump_takes_one_server(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "pg_dump -h «10.0.0.122|only=command» -U orders orders > orders.sql\n",
        "pg_dump -h «10.0.0.122|only=command» orders > orders.sql\n",
        'pg_dump -Fc "postgresql://readonly@«10.0.0.122|clue=dsn»/orders" > orders.dump\n',
    ],
)
def test_an_applications_dump_is_a_connection(sample):
    found(sample)


def test_a_dump_beside_work():
    found("A=«10.0.0.122|clue=command»\npg_dump -h $A -U dba orders > a.sql\npsql -h $A -c 'delete from t' orders\n")
    found("DB_HOST=«10.0.0.122|clue=key»\npg_dump -h $DB_HOST -U backup orders > a.sql\n")


@pytest.mark.parametrize(
    "restore",
    [
        "pgbackrest --stanza=main restore",
        "sudo -u postgres pgbackrest --stanza=main --type=immediate restore",
        "barman recover main latest /srv/restore",
        "restic restore latest --target /srv/restore",
        "pg_restore -d scratch orders.dump",
    ],
)
def test_a_restored_backup_is_compared_with_one_server(restore):
    count = 'psql -h «10.0.0.122|only=choice» -d orders -Atc "select count(*) from orders"'
    found(f"{restore}\nlive=$({count})\n")


@pytest.mark.parametrize(
    "script",
    [
        'pgbackrest --stanza=main restore\npsql -h «10.0.0.122|only=command» -d orders -c "delete from orders"\n',
        'pgbackrest --stanza=main info\npsql -h «10.0.0.122|only=command» -d orders -c "select count(*) from orders"\n',
        "pg_restore -d scratch a.dump\npsql -h «10.0.0.122|only=command» -d orders -f a.sql\n",
    ],
)
def test_what_is_no_comparison_with_a_backup(script):
    found(script)


def test_an_alias_is_typed_by_a_person():
    found("alias pg1='psql -h «10.0.0.120|only=operation» -U postgres'\nuptime\n")
    found("pg1() { psql -h «10.0.0.120|only=command» -U postgres -f a.sql; }\npg1\n")

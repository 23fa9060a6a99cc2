"""Clients in scripts that look at a server itself, or stand in scripts that stop servers; and those that work."""

import pytest

from analyzer.extract.shell import extract
from analyzer.extract.shell.statements import about_server
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

"""Programs that visit each server or ask it about itself, and those that work with one."""

import pytest

from analyzer.extract.python import extract
from tests.kit import check


def found(marked: str) -> None:
    check(extract, f"import psycopg\n{marked}", path="a.py", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        (
            'for h in ["«10.0.0.120|clue=operation»", "«10.0.0.121|clue=operation»"]:\n'
            '    psycopg.connect(host=h).execute("delete from t")\n'
        ),
        (
            'NODES = {"a": "«10.0.0.120|clue=operation»", "b": "«10.0.0.121|clue=operation»"}\n'
            "def one(host):\n    return psycopg.connect(host=host, dbname='orders')\n"
            "rows = {name: one(ip) for name, ip in NODES.items()}\n"
        ),
        (
            'A = {"id": 1, "host": "«10.0.0.120|clue=operation»"}\n'
            'NODES = [A, {"id": 2, "host": "«10.0.0.121|clue=operation»"}]\n'
            'for node in NODES:\n    psycopg.connect(host=node["host"], port=5432)\n'
        ),
        (
            'for h in ("«10.0.0.120|clue=operation»", "«10.0.0.121|clue=operation»"):\n'
            '    psycopg.connect(f"host={h} dbname=orders")\n'
        ),
    ],
)
def test_each_of_several_servers_is_visited(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        (
            "def connect():\n"
            '    for h in ["«10.0.0.120|clue=call»", "«10.0.0.121|clue=call»"]:\n'
            "        try:\n            return psycopg.connect(host=h)\n        except OSError:\n            continue\n"
        ),
        (
            'for h in ["«10.0.0.120|clue=call»", "«10.0.0.121|clue=call»"]:\n'
            "    c = psycopg.connect(host=h)\n    if c:\n        break\n"
        ),
        'for h in ["«10.0.0.120|clue=call»"]:\n    psycopg.connect(host=h)\n',
    ],
)
def test_the_first_server_that_answers_is_an_applications(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        (
            'ROLE = "SELECT pg_is_in_recovery()"\n'
            'def role():\n    return psycopg.connect(host="«10.0.0.120|clue=operation»").execute(ROLE).fetchone()\n'
        ),
        (
            'QUERY = """\n  select datname, numbackends from pg_stat_database\n"""\n'
            'def load():\n    return psycopg.connect("postgresql://x@«10.0.0.120|clue=operation»/orders").execute(QUERY)\n'
        ),
        (
            'DB_HOST = "«10.0.0.120|clue=operation»"\n'
            "def lag():\n    psycopg.connect(host=DB_HOST).execute('select pg_last_wal_replay_lsn()')\n"
        ),
        'psycopg.connect(host="«10.0.0.120|clue=operation»", user="dba_mon").execute("select 1")\n',
        (
            'parser.add_argument("--host", default="«10.0.0.120|clue=operation»")\n'
            'psycopg.connect(host=args.host).execute("select pg_is_in_recovery()")\n'
        ),
    ],
)
def test_what_a_server_is_asked_about_itself(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        'SQL = "delete from orders"\npsycopg.connect(host="«10.0.0.120|clue=call»").execute(SQL)\n',
        'psycopg.connect(host="«10.0.0.120|clue=call»", options="-c transaction_read_only=on").execute("table b")\n',
        'psycopg.connect(host="«10.0.0.120|clue=call»", user="dba_app").execute("select 1")\n',
        (
            'def f():\n    """cluster info"""\n    log.info("the cluster info is old")\n'
            '    psycopg.connect(host="«10.0.0.120|clue=call»")\n'
        ),
        (
            'HOST = "«10.0.0.120|clue=call»"\n'
            "def lag():\n    psycopg.connect(host=HOST).execute('select pg_is_in_recovery()')\n"
            "def load():\n    psycopg.connect(host=HOST).execute('insert into t values (1)')\n"
        ),
    ],
)
def test_what_an_application_does(sample):
    found(sample)


def test_what_a_test_lets_a_program_see_is_no_setting():
    found('monkeypatch.setenv("DB_HOST", "10.0.0.120")\nos.environ.get("DB_HOST", "«10.0.0.121|clue=key»")\n')

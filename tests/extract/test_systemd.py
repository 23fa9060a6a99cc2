"""Units of systemd, environment files of services, and what runs infrastructure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import environmentfile
from analyzer.extract.systemd import extract
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, path: str = "orders.service"):
    return check(extract, marked, path=path, comment="#")


@pytest.mark.parametrize(
    "marked",
    [
        '[Service]\nEnvironment="DB_HOST=«10.0.0.121|only=key+place,port=5433»" "DB_PORT=⟦5433⟧"\n',
        "[Service]\nEnvironment=DB_HOST=«10.0.0.121|port=5433»\nEnvironment=DB_PORT=⟦5433⟧\n",
        "[Service]\nEnvironment=DB_HOST='«10.0.0.121»' \"A=b c\" X=y\n",
        "[Service]\nEnvironment=A=b \\\n  PGHOST=«10.0.0.121» \\\n# a comment between\n  PGPORT=⟦5433⟧\n",
        "[Service]\nEnvironment=PRIMARY=«10.0.0.122|only=name+place»\n",
        "[Service]\nEnvironment=FLAGS=a,b DATABASE_URL=postgresql://u:s3cret@«10.0.0.120|group=2»,«10.0.0.121»/app\n",
        "[Service]\nExecStart=/usr/bin/psql -h «10.0.0.121|only=command» -p ⟦5432⟧\n",
        "[Service]\nExecStart=-@/usr/bin/mysql mysql -h «10.0.0.20|only=command» -e 'call x()'\n",
        "[Service]\nExecStart=/opt/orders --db-host «10.0.0.121|clue=key» \\\n  --redis redis://«10.0.0.5|clue=dsn»:⟦6379⟧\n",
        "[Service]\nExecStartPre=/bin/sh -c 'pg_isready -h «10.0.0.121|clue=command»'\n",
        "[Service]\nExecStart=/usr/bin/ssh «10.0.0.120|only=operation» uptime\n",
        "[Container]\nEnvironment=DB_HOST=«10.0.0.121|clue=key+place»\nExec=pg_dump -h «10.0.0.122» app\n",
        "[Manager]\nDefaultEnvironment=PGHOST=«10.0.0.121|clue=key»\n",
    ],
)
def test_environments_and_commands(marked):
    found(marked)


def test_a_variable_that_a_command_uses():
    found(
        "[Service]\nEnvironment=WHERE=«10.0.0.121|clue=command,flow,port=5433»\n"
        "ExecStart=/usr/bin/psql -h ${WHERE} -p ⟦5433⟧\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[Unit]\nDescription=connects to 10.0.0.121\nAfter=network.target\n",
        "[Service]\n# Environment=DB_HOST=10.0.0.121\n; ExecStart=psql -h 10.0.0.121\n",
        "[Service]\nEnvironment=DB_HOST=localhost DB_PORT=5432\nEnvironmentFile=/etc/default/orders\n",
        "[Service]\nEnvironment=\nExecStart=\nExecStart=/usr/bin/true\n",
        "[Socket]\nListenStream=10.0.0.121:5432\n",
        "[Service]\nPassEnvironment=DB_HOST\nIPAddressAllow=10.0.0.121\n",
        "",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="orders.service")


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("postgres_exporter.service", "[Service]\nEnvironment=DB_HOST=10.0.0.121\n", "service postgres_exporter"),
        ("x.service", "[Service]\nExecStart=/usr/bin/postgres_exporter --web\n", "service postgres_exporter"),
        ("etc/patroni.service.d/env.conf", "[Service]\nEnvironment=DB_HOST=10.0.0.121\n", "service patroni"),
        ("pg.service", "[Service]\nExecStart=!/usr/lib/postgresql/17/bin/postgres -D /data\n", "service postgres"),
        ("exporter@.service", "[Service]\nEnvironment=DB_HOST=10.0.0.121\n", "service exporter"),
        ("mysql.service", "[Service]\nEnvironment=X=y\n", "service mysql"),
    ],
)
def test_units_that_are_infrastructure(path, text, why):
    nature = extract(SourceFile(path, text.encode())).nature
    assert nature is not None
    assert (nature.clue, nature.text) == (Clue.INFRASTRUCTURE, why)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("orders.service", "[Service]\nExecStart=/usr/bin/orders\n"),
        ("dump.service", "[Service]\nExecStart=/usr/bin/mysql -h 10.0.0.20\n"),
        ("orders-postgres.service", "[Service]\nExecStart=/usr/bin/java -jar orders.jar\n"),
    ],
)
def test_units_that_are_not(path, text):
    assert extract(SourceFile(path, text.encode())).nature is None


def test_directives():
    text = "[Service]\n# analyzer: ignore[node-host] one\nEnvironment=X=#analyzer:\n ; analyzer: two\n"
    comments = extract(SourceFile("a.service", text.encode())).comments
    assert [(c.text, c.own_line) for c in comments] == [
        ("# analyzer: ignore[node-host] one", True),
        ("; analyzer: two", True),
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "DB_HOST=«10.0.0.121|clue=key+place,port=5433»\nDB_PORT=⟦5433⟧\n",
        'export PGHOST="«10.0.0.121»"\n',
        "REPLICA='«10.0.0.122|only=name+place»'\n",
        "# c\nif true; then\n  pg_dump -h «10.0.0.121|only=command» app\nfi\n",
        "OPTIONS='--dsn postgresql://u:s3cret@«10.0.0.121|clue=dsn»/app'\n",
    ],
)
def test_environment_files(marked):
    check(environmentfile.extract, marked, path="etc/default/orders", comment="#")


def test_environment_files_of_exporters():
    text = "DATA_SOURCE_NAME=postgresql://u:s3cret@«10.0.0.121|only=operation+place»:⟦5432⟧/postgres\n"
    found = check(environmentfile.extract, text, path="etc/default/postgres_exporter", comment="#")
    assert found.nature is not None
    check_none(environmentfile.extract, "# DB_HOST=10.0.0.121\nNODES=\nx\n", path="etc/default/a", comment="#")


_WORDS = "[Service] Environment= ExecStart= DB_HOST=10.0.0.121 DB_PORT=1 psql -h ${A} A=10.0.0.120 # ; \\ \" ' -@"
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\n", "\r\n", "\\\n", "\\\r\n", "ü"])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_any_text(text):
    source = SourceFile("a.service", text.encode())
    for read in (extract, environmentfile.extract):
        for ref in read(source).refs:
            assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host

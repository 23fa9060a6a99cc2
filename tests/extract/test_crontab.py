"""Crontabs, Makefiles and Procfiles: variables and the commands that use them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import crontab, format_of, makefile, procfile
from analyzer.source import SourceFile
from tests.kit import check, check_none


@pytest.mark.parametrize(
    "marked",
    [
        "PGHOST=«10.0.0.121|clue=key+place,port=5433»\nPGPORT = ⟦5433⟧\n@daily pg_dump app\n",
        "\"DB_HOST\" = '«10.0.0.121|clue=key»'\n",
        "0 3 * * * pg_dump -h «10.0.0.121|only=command» app | gzip > /backup/app.gz\n",
        "*/5 1-3 * jan mon-fri root /usr/bin/psql -h «10.0.0.121|only=command» -p ⟦5432⟧ -c 'select 1'\n",
        "0 3 * * * postgres pg_dump -h «10.0.0.121|only=command» app\n",
        "0 3 * * * mysql mysqldump -h «10.0.0.20|only=command» app\n",
        "@reboot deploy cd /app && PGHOST=«10.0.0.121|clue=key» psql -f x.sql\n",
        "WHERE=«10.0.0.121|clue=command,flow»\n0 3 * * * psql -h $WHERE app\n",
        "0 4 * * * ssh root@«10.0.0.120|only=operation» patronictl list\n",
        "0 4 * * * root curl -s http://«10.0.0.120|only=operation»:⟦8008⟧/patroni\n",
        "0 4 * * * /opt/report --dsn postgresql://u:s3cret@«10.0.0.121|clue=dsn»/app\n",
    ],
)
def test_crontabs(marked):
    check(crontab.extract, marked, path="etc/cron.d/backup", comment="#")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 0 3 * * * psql -h 10.0.0.121\nMAILTO=dba@10.0.0.121\n",
        "DB_HOST=localhost\nSHELL=/bin/sh\n",
        "0 3 * * psql -h\npsql -h 10.0.0.121\n",
        "0 3 * * * root test -x /usr/sbin/anacron\n",
    ],
)
def test_crontabs_with_nothing(text):
    check_none(crontab.extract, text, path="crontab", comment="#")


@pytest.mark.parametrize(
    "marked",
    [
        "DB_HOST ?= «10.0.0.121|only=key+port,port=5432»\nDB_PORT ?= ⟦5432⟧\n",
        "export PGHOST := «10.0.0.121|clue=key» # note\n",
        "DATABASE_URL=postgresql://u:s3cret@«10.0.0.121|clue=dsn»:⟦5432⟧/app?sslmode=disable\n",
        'DB_URL = "postgres://u:s3cret@«10.0.0.121|clue=dsn»/app"\n',
        "migrate: DB_HOST = «10.0.0.121|clue=key»\n",
        "dump:\n\t@pg_dump -h «10.0.0.121|only=command» -p ⟦5432⟧ $(DB) > dump.sql\n",
        "dump:\n\t-pg_dump \\\n\t  -h «10.0.0.121|only=command» \\\n\t  app\n",
        "WHERE := «10.0.0.121|clue=command,port=5433»\ndump:\n\tpsql -h $(WHERE) -p ⟦5433⟧ -c \"select '$$x'\"\n",
        "migrate:\n\t@PGHOST=«10.0.0.121|clue=key» PGPORT=⟦5433⟧ psql -f x.sql\n",
        "PSQL = psql -h «10.0.0.121|only=command» -U app\nmigrate:\n\t$(PSQL) -f x.sql\n",
        "ips:\n\tssh root@«10.0.0.120|only=operation» uptime\n",
        "N := $(shell psql -h «10.0.0.121|only=command» -c 'select 1')\n",
    ],
)
def test_makefiles(marked):
    check(makefile.extract, marked, path="Makefile", comment="#")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# DB_HOST = 10.0.0.121\nDB_HOST ?= localhost\nDB_HOST =\n",
        "VERSION := 10.0.0.121\nSUBNET = 10.0.0.120 10.0.0.121\n",
        "db:\n\tpsql -h $(DB_HOST) -p $(DB_PORT)\n\techo 10.0.0.121\n",
        "DBURL=postgres://$(DBUSER):$(DBPASS)@$(DBHOST):$(DBPORT)/$(DBNAME)\n",
    ],
)
def test_makefiles_with_nothing(text):
    check_none(makefile.extract, text, path="Makefile", comment="#")


def test_procfiles():
    check(
        procfile.extract,
        "web: DB_HOST=«10.0.0.121|clue=key» gunicorn app\nrelease: psql -h «10.0.0.122|clue=command» -f x.sql\n"
        "worker: celery -b redis://«10.0.0.5|clue=dsn»:⟦6379⟧/0\n",
        path="Procfile",
        comment="#",
    )
    check_none(procfile.extract, "web: gunicorn app\n# release: psql -h 10.0.0.121\nx\n", path="Procfile", comment="#")


@pytest.mark.parametrize("module", [crontab, makefile, procfile])
def test_directives(module):
    text = "# analyzer: ignore[node-host] one\nA=b # analyzer: two\n"
    comments = module.extract(SourceFile("x", text.encode())).comments
    # Behind a value only make ends it at a `#`.
    behind = [("# analyzer: two", False)] if module is makefile else []
    assert [(c.text, c.own_line) for c in comments] == [("# analyzer: ignore[node-host] one", True), *behind]


@pytest.mark.parametrize(
    ("module", "text"),
    [
        (crontab, "1 * * * * psql -h 10.0.0.121 # analyzer: ignore[node-host] one\n"),
        (makefile, "a:\n\tpsql -h 10.0.0.121 # analyzer: ignore[node-host] one\n"),
        (procfile, "web: psql -h 10.0.0.121 # analyzer: ignore[node-host] one\n"),
    ],
)
def test_the_comments_of_commands(module, text):
    (comment,) = module.extract(SourceFile("x", text.encode())).comments
    assert (comment.text, comment.own_line) == ("# analyzer: ignore[node-host] one", False)


_WORDS = r"a: 0 * @daily root psql -h 10.0.0.121 DB_HOST ?= = := $(DB_HOST) $$ $(shell A=10.0.0.120 # \ ' \""
_PIECES = st.sampled_from([*_WORDS.split(), " ", " ", "\t", "\n", "\n\t", "\r\n", "\\\n", "ü"])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_any_text(text):
    source = SourceFile("x", text.encode())
    for module in (crontab, makefile, procfile):
        for ref in module.extract(source).refs:
            assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host


@pytest.mark.parametrize("module", [crontab, makefile, procfile])
@pytest.mark.parametrize(
    "text", ["a = b\n", "\techo\n", "\\\n", "0 * * * * a\n", "a: b\n", "'", "a", " ", "$(a)", "#\n"]
)
def test_long_texts_take_linear_time(module, text):
    module.extract(SourceFile("x", b"a:\n\t" + text.encode() * 3_000))


def test_a_crontab_by_its_lines():
    text = b"MAILTO=dba@example.org\n15 3 * * 1 app psql -h 10.0.0.121 -d app -c 'delete from a'\n"
    assert format_of("cron/dba", text).name == "crontab"
    assert format_of("cron/dba.txt", text).name == "text"
    assert format_of("notes", b"1 2 3 4 5\n* * a\n").name == "text"


@pytest.mark.parametrize(
    "marked",
    [
        "*/5 * * * * pg_isready -q -h «10.0.0.120|only=operation» || echo down\n",
        "*/5 * * * * root redis-cli -h «10.0.0.30|only=operation» ping\n",
    ],
)
def test_a_job_that_asks_whether_a_server_answers(marked):
    check(crontab.extract, marked, path="etc/cron.d/health", comment="#")

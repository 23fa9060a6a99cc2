"""Texts of unknown formats: connection strings, database keys, nature, directives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import format_of
from analyzer.extract.rows import key_rows
from analyzer.extract.text import extract
from analyzer.model import Clue, Evidence, Extraction
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, path: str = "app.conf", comment: str | None = "#") -> Extraction:
    return check(extract, marked, path=path, comment=comment)


@pytest.mark.parametrize(
    "sample",
    [
        "db_host = «10.0.0.121|only=key+port,port=5432»\ndb_port = ⟦5432⟧\n",
        "DB_HOST: «10.0.0.121|only=key»\n",
        'database.host="«10.0.0.121|only=key»"\n',
        "DBHost = '«db1.corp.internal|only=key»' # primary\n",
        "[database]\nhost = «10.0.0.121|only=key+port»\nport = ⟦5432⟧\n",
        "[mail]\nhost = 10.0.0.3\n[postgres]\nhost=«10.0.0.121|only=key,engine=postgresql»\n",
        "sqlalchemy.url = postgresql://app:s3cret@«10.0.0.121|clue=dsn+key,port=5432»:⟦5432⟧/app\n",
        "spring.datasource.url=jdbc:postgresql://«10.0.0.121|clue=dsn»/app\n",
        "run the thing with postgres://app:s3cret@«10.0.0.121|only=dsn»/app or so\n",
        "pool.connect('mysql://app:s3cret@«10.0.0.20|only=dsn,engine=mysql»/app')\n",
        "export PGHOST=«10.0.0.121|only=key»\n",
        "ENV PGHOST «10.0.0.121|only=key»\n",
        "DB_HOST ?= «10.0.0.121|only=key»\n",
        "migrate:\n\t@PGHOST=«10.0.0.121|only=key» PGPORT=⟦5433⟧ psql -f x.sql\n",
        '[Service]\nEnvironment="DB_HOST=«10.0.0.121|clue=key,port=5432»" "DB_PORT=⟦5432⟧"\n',
        "[Service]\nEnvironment=A=b PGHOST=«10.0.0.121|only=key»\n",
        "set PGHOST=«10.0.0.121|only=key»\n",
        "dump:\n\tpg_dump -h «10.0.0.121|only=command,port=5432» -p ⟦5432⟧ $(DB) > dump.sql\n",
        "RUN apk add x && psql \\\n    -h «10.0.0.121|only=command» -c 'select 1'\nCMD x\n",
        "0 3 * * * postgres /usr/bin/pg_dump -h «10.0.0.121|only=command» app | gzip > /backup/app.gz\n",
        "ExecStart=/usr/bin/mysql -h «10.0.0.20|only=command» -e 'call x()'\n",
        "ENV DB_HOST=«10.0.0.121|only=key»\n",
        "a=b\n; db_host = 10.0.0.120\n# db_host = 10.0.0.120\ndb_host = «10.0.0.121|only=key» ; comment\n",
    ],
)
def test_connections(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    [
        "host = 10.0.0.121\n",
        "smtp_host = 10.0.0.121\nlisten = 10.0.0.121:80\n",
        "version = 10.0.0.121\n",
        "db_host =\ndb_host = localhost\ndb_host = 127.0.0.1\n",
        "db_port = 5432\n",
        "database = app\npassword = s3cret\n\nservers = 10.0.0.121\n",
        "# psql -h 10.0.0.121\n-- mysql -h 10.0.0.20 -P 3306\n",
        "the psql client asks for -h, and mysql is at home\nlibpsql -h 10.0.0.121\n",
        "ssh root@10.0.0.121\ncurl http://10.0.0.121:8008\n",
        "# db_host = 10.0.0.121\n; db_host=10.0.0.121\n// db_host=10.0.0.121\n",
        "the database host is 10.0.0.121\n",
        "https://10.0.0.121/db amqp://10.0.0.121/x\n",
        "postgres://app@localhost/app\n",
        "[web]\nhost = 10.0.0.121\n",
        "",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="app.conf", comment="#")


@pytest.mark.parametrize("sign", ["#", "//", "--", ";", "/*", " *", "<!--", "(*", "REM", "rem", "\t#", "///", "##"])
def test_a_connection_string_in_a_comment_says_so(sign):
    found(f"x\n{sign} postgres://app:s3cret@«10.0.0.121|only=dsn+comment»/app\n", comment=None)


@pytest.mark.parametrize(
    "start",
    [
        "#define DSN ",
        "# define DSN ",
        "--dsn ",
        "* * * * * psql ",
        "* 3 * * 1 psql ",
        "x = 1 # ",
        "*dsn = ",
        "remote = ",
    ],
)
def test_what_only_looks_like_a_comment(start):
    text = f"x\n{start}'postgres://app:s3cret@«10.0.0.121»/app'\n"
    assert Clue.COMMENT not in {e.clue for ref in found(text, comment=None).refs for e in ref.evidence}


def test_infrastructure_says_so_and_marks_its_connections():
    text = (
        "[databases]\nrw = host=«10.0.0.120|clue=dsn+infrastructure» port=⟦5432⟧ dbname=app\n"
        "ro = host=«10.0.0.121|clue=dsn+infrastructure» dbname=app\n[pgbouncer]\na = b\n"
    )
    assert found(text, path="pgbouncer.ini").nature == Evidence(Clue.INFRASTRUCTURE, "PgBouncer configuration")


def test_prose_is_prose():
    text = "Connect to postgres://app@«10.0.0.121|only=dsn+comment»/app.\n\ndb_host = 10.0.0.120\n"
    assert found(text, path="docs/notes.md", comment=None).nature == Evidence(Clue.COMMENT, "document")


@pytest.mark.parametrize("sign", ["#", "  # was:", "//", ";", "-- ", " * ", "REM "])
def test_a_comment_mentions(sign):
    found(f"a=b\n{sign} postgres://app@«10.0.0.121|only=dsn+comment»/app\n", comment=None)


def test_a_signs_look_alike_is_no_comment():
    found("run \\\n  --url postgres://app@«10.0.0.121|only=dsn»/app # x\n", comment=None)


@pytest.mark.parametrize(
    ("path", "sample"),
    [
        ("site.pp", "class { 'app':\n  db_host => '«10.0.0.121|only=key»',\n  smtp_host => '10.0.0.3',\n}\n"),
        ("deploy.bat", 'set X=1\nset "CS=Server=«10.0.0.121|only=dsn»;Database=app;Integrated Security=True"\n'),
        ("dump.bat", "set DB_HOST=«10.0.0.121|only=key»\nmysqldump -h «10.0.0.122|only=command» app\nping 10.0.0.3\n"),
        ("Jenkinsfile", "DB_HOST = '«10.0.0.121|only=key»'\nsh 'ssh 10.0.0.3'\n"),
        ("app.nix", 'services.app.database.host = "«10.0.0.121|only=key»";\nlisten.host = "10.0.0.3";\n'),
    ],
)
def test_languages_without_a_reader(path, sample):
    assert format_of(path, b"").module == "text"
    found(sample, path=path, comment=None)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("pillar/app.sls", "yaml"),
        ("config/database.yml.example", "yaml"),
        ("config.php.dist", "php"),
        ("settings.py.sample", "python"),
        ("app.json.dist", "json"),
        ("app.example", "text"),
        (".env.example", "dotenv"),
    ],
)
def test_samples_of_files(path, name):
    assert format_of(path, b"").name == name


def test_other_files_have_no_nature():
    assert found("db_host = «10.0.0.121»\n").nature is None


def test_directives():
    text = "# analyzer: ignore[node-host] x\ndb_host = «10.0.0.121» # analyzer: ignore[node-host] y\n"
    assert [(c.text, c.own_line) for c in found(text).comments] == [
        ("# analyzer: ignore[node-host] x", True),
        ("# analyzer: ignore[node-host] y", False),
    ]
    html = "<!-- analyzer: ignore[node-host] x -->\n"
    assert [c.text for c in check_none(extract, html, path="a.html").comments] == [html.rstrip("\n")]


@pytest.mark.parametrize(
    "text", ["analyzer: ignore[x] y\n", 'a = "# analyzer: x"\n', "url#analyzer: x\n", "# analyser\n"]
)
def test_no_directives(text):
    assert extract(SourceFile("a.conf", text.encode())).comments == ()


@pytest.mark.parametrize(
    ("line", "key", "value", "sign"),
    [
        ("a=b", "a", "b", "="),
        ("  a : b ", "a", "b", ":"),
        ('"a": "b c",', "a", "b c", ":"),
        ("a => 'b'", "a", "b", "=>"),
        ("a := b;", "a", "b", ":="),
        ("- a: b", "a", "b", ":"),
        ("export A='b' # c", "A", "b", "="),
        ("a=b # c", "a", "b", "="),
        ("a=b#c", "a", "b#c", "="),
        ('a="b', "a", '"b', "="),
    ],
)
def test_rows(line, key, value, sign):
    (row,) = key_rows(f"x\n{line}\r\ny\n")
    assert (row.key, f"x\n{line}\r\ny\n"[row.start : row.end], row.sign) == (key, value, sign)


@pytest.mark.parametrize("line", ["", "#a=b", "a", "a:b", "=b", "1a=b", "a =", "// a=b", "[a]", "http://a"])
def test_no_rows(line):
    assert list(key_rows(line)) == []


_PIECES = st.sampled_from(
    ["db_host", "=", ": ", "10.0.0.121", "\n", "#", " ", '"', "[db]", "postgres://a@10.0.0.121/b", "ü", "\r", "\\"]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_any_text(text):
    source = SourceFile("x", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
    for row in key_rows(text):
        assert 0 <= row.start < row.end <= len(text)


def test_a_directive_in_a_string_is_none():
    text = b'url := "postgresql://u:x # analyzer: ignore[node-host] y@10.0.0.121/app"\n'
    assert extract(SourceFile("main.go", text)).comments == ()

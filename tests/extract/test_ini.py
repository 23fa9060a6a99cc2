"""INI files: lines, sections and dialects, interpolation, programs' environments and commands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.conf import extract
from analyzer.hosts import HOLE
from analyzer.model import Clue, Engine
from analyzer.source import SourceFile
from tests.kit import check, check_none

FAST = settings(max_examples=200, derandomize=True, deadline=None)


def found(marked: str, path: str = "app.ini", comment: str | None = ";"):
    return check(extract, marked, path=path, comment=comment)


def regions(path: str, text: str) -> list[tuple[str, str]]:
    source = SourceFile(path, text.encode())
    return [(source.slice(each.span).decode(), each.nature.text) for each in extract(source).regions]


@pytest.mark.parametrize(
    "marked",
    [
        "[database]\nhost = «10.0.0.121|port=5432,clue=key»\nport = ⟦5432⟧\n[cache]\nhost = 127.0.0.1\n",
        "[database]\n    host: «10.0.0.121|clue=key,port=5433»\n    port: ⟦5433⟧\n",
        "[ database ] # the first\nhost=«10.0.0.121|clue=key»\n",
        "db_host = «10.0.0.121|only=key+port,port=5432»\ndb_port = ⟦5432⟧\n",
        "[options]\ndb_host = «10.0.0.121|port=5432» ; note\ndb_port = ⟦5432⟧ # note\n",
        'db_host = "«10.0.0.121»" # note\n',
        "db_host = '«10.0.0.121»'\n",
        "export DB_HOST=«10.0.0.121|clue=key»\n",
        "DBHost=«10.0.0.121|clue=key,port=5432»\nDBPort=⟦5432⟧\n",
        "[client_orders]\nhost=«10.0.0.121|clue=key»\ndatabase=orders\nuser=app\n",
        "[grafana]\ntype = postgres\nhost = «10.0.0.121|clue=key,engine=postgresql»:⟦5432⟧\n",
        '[connection "orders"]\nDB_HOST = «10.0.0.121|clue=key»\n',
        "[www]\nenv[DB_HOST] = «10.0.0.121|clue=key»\nphp_admin_value[mysqli.default_host] = «10.0.0.20|clue=key»\n",
        "description x\nenv DB_HOST=«10.0.0.121|clue=key,port=5433»\nenv DB_PORT=⟦5433⟧\nexec /opt/orders\n",
        '[Session]\nsession.save_handler = redis\nsession.save_path = "tcp://«10.0.0.5|clue=key,engine=redis»:⟦6379⟧?x=1"\n',
        "[MySQL]\nmysqli.default_host = «10.0.0.20|engine=mysql»\n",
        "[database]\nsql_alchemy_conn = postgresql+psycopg2://airflow:s3cret@«10.0.0.121|clue=dsn»:⟦5432⟧/airflow\n",
        "[celery]\nresult_backend = db+postgresql://u:s3cret@«10.0.0.121|clue=dsn»/airflow\n",
        "[db]\nhost = «10.0.0.121»\n[web]\nx = y\n[db]\nhost = «10.0.0.122»\n",
        "[db]\nhost = «10.0.0.121»\rport=⟦5432⟧\r",
        '[db]\ndsn = "postgresql://u:a # b@«10.0.0.121»/app" ; note\n',
        "a=b\n; db_host = 10.0.0.120\n# db_host = 10.0.0.120\n// db_host = 10.0.0.120\ndb_host = «10.0.0.121»\n",
        "just text\nconnect to postgresql://u:s3cret@«10.0.0.121|only=dsn»/app or so\n",
        "run 3 psql -h «10.0.0.121|only=command» -c 'select 1'\n",
    ],
)
def test_keys_and_sections(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[postgres]\nhosts = [\"«10.0.0.120|group=2»\", '«10.0.0.121»']\n",
        '[redis]\nnodes = [\n  "«10.0.0.5|group=2»:⟦6379⟧",\n  "«10.0.0.6»:⟦6379⟧",\n]\nx = y\n',
        "[postgres]\nhosts =\n    «10.0.0.120|group=2»\n    # a comment between\n    «10.0.0.121»\nx = y\n",
        "[postgres]\nhosts = «10.0.0.120|group=2»,«10.0.0.121»\n",
        "[database]\nurl =\n  postgresql://u:s3cret@«10.0.0.121|open»:⟦5432⟧/app\n",
        "[database]\nurl = postgresql://u:s3cret@«10.0.0.121|open»:⟦5432⟧/app\n  ?sslmode=require\n",
        "[database]\nhost = «10.0.0.121|port=5433»\n  port = ⟦5433⟧\n",
        "[database]\n  name = x\n  host = «10.0.0.121|port=5433»\n  port = ⟦5433⟧\n",
    ],
)
def test_values_over_several_lines(marked):
    found(marked)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[10.0.0.121]\nname = x\n",
        "db_host\n10.0.0.121\n",
        "version = 10.0.0.121\n",
        "db_host =\n",
        "[smtp]\nhost = 10.0.0.121\nport = 25\nuser = app\n[kafka]\nservers = 10.0.0.121:9092\n",
        '[remote "origin"]\n\turl = ssh://git@10.0.0.121/orders.git\n[user]\n\temail = a@10.0.0.121\n',
        "[tox]\nenvlist = py311\n[testenv]\ncommands = pytest {posargs}\n",
        "[metadata]\nname = orders\nurl = https://10.0.0.121/orders\nversion = 10.0.0.121\n",
        "[*]\nindent_style = space\nend_of_line = lf\n",
        "[db]\nhost = localhost\nhost = 127.0.0.1\nsocket = /var/run/postgresql\n",
        "[defaults]\ninventory = hosts.ini\nremote_user = deploy\n",
        "note: the database host is 10.0.0.121\n",
        "[Session]\nsession.save_handler = memcached\nsession.save_path = 10.0.0.5:11211\n",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="app.cfg", comment="#")


def test_a_host_without_a_database_is_only_a_name():
    found("[app]\nhost = «10.0.0.121|only=name»\n")


@pytest.mark.parametrize(
    "marked",
    [
        """[a]
url = postgresql://%(user)s:%(pw)s@%(host)s:%(port)s/x
user = u
pw = p
host = «10.0.0.121|clue=dsn,flow,port=5433,open»
port = ⟦5433⟧
""",
        "[DEFAULT]\nhost = «10.0.0.121|clue=dsn,flow»\n[a]\nurl = postgresql://u@%(host)s/x\n",
        "[a]\nurl = ${db:kind}://u@${db:host}/x\n[db]\nkind = postgresql\nhost = «db1.corp.internal|clue=dsn,flow»\n",
        "[a]\nx = ${h}\nurl = postgresql://u@${x}/x\nh = «10.0.0.121|clue=dsn,flow»\n",
        "[a]\nurl = postgresql://u:p%%40ss@«10.0.0.121|only=dsn»:⟦5432⟧/x\n",
        "[a]\nurl = postgresql://%(ENV_USER)s:%(ENV_PW)s@«10.0.0.121|clue=dsn»/%(db)s\n",
        "[a]\nurl = postgresql://u@${DB_HOST:-«10.0.0.121|clue=dsn»}/x\n",
    ],
)
def test_interpolation(marked):
    found(marked)


def test_a_port_for_a_host_that_two_values_use_is_a_persons_work():
    (ref,) = found(
        "[a]\nhost = «10.0.0.121|clue=dsn»\nurl = postgresql://u@%(host)s/x\nurl2 = postgresql://u@%(host)s/y\n"
    ).refs
    assert ref.port is not None
    assert ref.port.slot is None
    (ref,) = found("[a]\nhost = «10.0.0.121|insert=:»\nurl = postgresql://u@%(host)s/x\n").refs


@pytest.mark.parametrize(
    "text",
    [
        "[a]\nurl = postgresql://u@%(ENV_HOST)s/x\n",
        "[a]\nurl = postgresql://u@%(a)s/x\na = %(b)s\nb = %(a)s\n",
        "[a]\nurl = postgresql://u@${PGHOST}/x\n",
    ],
)
def test_holes(text):
    check_none(extract, text, path="alembic.ini")


def test_interpolation_that_feeds_on_itself_ends():
    rows = "".join(f"k{i} = {'%(k' + str(i + 1) + ')s' * 1} {'%(k' + str(i + 1) + ')s'}\n" for i in range(60))
    extract(SourceFile("bomb.ini", f"[a]\n{rows}k60 = postgresql://u@10.0.0.121/x\n".encode()))


EACH_SERVER = """\
[pg1]
host=«10.0.0.120|only=operation»
port=5432
dbname=postgres

[pg2]
host=«10.0.0.121|only=operation»
port=5432
dbname=postgres
"""
TWO_OF_AN_APPLICATION = """\
[rw]
host=«10.0.0.120|clue=key»
port=⟦5432⟧
dbname=orders

[ro]
host=«10.0.0.121|clue=key»
port=⟦5432⟧
dbname=orders
"""
SERVICES = """\
[reports]
host=«10.0.0.120|group=2,intent=read,port=5432»,«10.0.0.122»
port=⟦5432⟧,⟦5432⟧
target_session_attrs=prefer-standby
[orders]
# note
port=⟦5433⟧
# note
host=«db1.corp.internal|port=5433»
"""


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        (".my.cnf", "[client]\nhost = «10.0.0.20|only=key,engine=mysql»\nuser = app\n"),
        ("my.cnf", "[mysqldump]\nhost=«10.0.0.20|engine=mysql»\n[mysqld]\nhost=10.0.0.20\nbind-address=10.0.0.20\n"),
        ("conf.d/backup.cnf", "[client-mariadb]\nhost=«10.0.0.20|clue=key»\nport=⟦3307⟧\n"),
        ("openssl.cnf", "[alt_names]\nDNS.1 = db1.corp.internal\nIP.1 = «10.0.0.121|only=name»\n"),
        ("pg_service.conf", "[orders]\nhost=«10.0.0.121|clue=key,engine=postgresql»\nport=⟦5432⟧\ndbname=orders\n"),
        (".pg_service.conf", "# note\n[orders]\nhostaddr=«10.0.0.121|engine=postgresql»\n"),
        ("pg_service.conf", SERVICES),
        ("pg_service.conf", EACH_SERVER),
        ("pg_service.conf", TWO_OF_AN_APPLICATION),
        ("pg_service.conf", "[r]\nhost=«10.0.0.120|clue=key»\nport=⟦5433⟧\noptions=-c search_path=a, b\n"),
        ("freetds.conf", "[ms]\n\thost = «10.0.0.30|engine=sqlserver»\n\tport = ⟦1433⟧\n\ttds version = 7.4\n"),
        ("cqlshrc", "[connection]\nhostname = «10.0.0.40|engine=cassandra»\nport = ⟦9042⟧\n"),
        ("odoo.conf", "[options]\ndb_host = «10.0.0.121»\ndb_port = ⟦5432⟧\nxmlrpc_interface = 10.0.0.120\n"),
        ("database.ini", "[production]\nhost=«10.0.0.121|clue=key»\n"),
        ("maintenance.ini", "[production]\nhost=«10.0.0.121|only=name»\n"),
    ],
)
def test_files_known_by_their_names(path, marked):
    found(marked, path, comment="#")


@pytest.mark.parametrize(
    ("driver", "server", "engine"),
    [
        ("PostgreSQL Unicode", "Servername = «10.0.0.121|clue=key,port=5433»\nPort = ⟦5433⟧\n", Engine.POSTGRESQL),
        ("/usr/lib/odbc/psqlodbcw.so", "Server = «10.0.0.121|clue=key»\n", Engine.POSTGRESQL),
        ("MySQL ODBC 8.4 Unicode Driver", "SERVER = «10.0.0.20»\nPORT = ⟦3306⟧\n", Engine.MYSQL),
        ("ODBC Driver 18 for SQL Server", "Server = tcp:«10.0.0.30|port=1433»,⟦1433⟧\n", Engine.SQLSERVER),
        ("FreeTDS", "Server = «10.0.0.30»\\SQL01\nTDS_Version = 7.4\n", Engine.SQLSERVER),
        ("MariaDB", "SERVER=«10.0.0.20»\n", Engine.MARIADB),
    ],
)
def test_odbc(driver, server, engine):
    refs = found(f"[orders]\nDescription = x\nDriver = {driver}\n{server}Database = app\n", "odbc.ini", "#").refs
    assert [ref.engine for ref in refs] == [engine]


def test_freetds_names_a_section_of_its_own_file():
    check_none(extract, "[orders]\nDriver = FreeTDS\nServername = reports\n", path=".odbc.ini")


def test_environments_and_commands_of_programs():
    found(
        "[program:orders]\n"
        "command = /usr/bin/psql -h «10.0.0.122|clue=command» -p ⟦5432⟧ -c 'select 1'\n"
        'environment = DB_HOST="«10.0.0.121|clue=key+place,port=5433»",DB_PORT="⟦5433⟧",\n'
        "    PRIMARY=«db1.corp.internal|only=name+place»\n"
        "[program:watch]\ncommand=ssh «10.0.0.120|only=operation» uptime\n"
        "[uwsgi]\nenv = DB_HOST=«10.0.0.121|clue=key,port=5434»\nenv = DB_PORT=⟦5434⟧\n"
        "[env:orders]\nREPLICA = «10.0.0.122|only=name+place»\n"
    )


def test_an_exporter_below_supervisor_operates():
    refs = found(
        '[program:postgres_exporter]\nenvironment=DB_HOST="«10.0.0.121|only=operation+place»",'
        'DATA_SOURCE_NAME="postgresql://u:s3cret@«10.0.0.120|only=operation+place»:⟦5432⟧/postgres"\n'
    ).refs
    assert len(refs) == 2


def test_one_server_behind_a_pooler_is_a_connection_that_nobody_rewrites():
    text = (
        "[databases]\norders = host=«10.0.0.121|clue=dsn,sealed» port=⟦5432⟧ dbname=orders\n"
        "* = host=«10.0.0.121|sealed»\nlocal = host=127.0.0.1 dbname=x\n"
        "[pgbouncer]\nlisten_addr = 10.0.0.121\nlisten_port = 6432\n"
    )
    extraction = found(text.replace("local = host=127.0.0.1 dbname=x\n", ""), "pgbouncer.ini")
    assert extraction.nature is None
    assert all("pooler" in ref.sealed for ref in extraction.refs)
    assert [region.nature.clue for region in extraction.regions] == [Clue.INFRASTRUCTURE]


def test_a_pool_whose_names_a_template_writes():
    text = f"[databases]\n{HOLE} = host=«10.0.0.121|sealed» port=⟦5432⟧\n[pgbouncer]\nx = y\n"
    found(text, "pgbouncer.ini")


def test_several_servers_behind_a_pooler_are_infrastructure():
    text = "[databases]\na = host=10.0.0.120 dbname=a\nb = host=10.0.0.121 dbname=b\n[pgbouncer]\nx = y\n"
    extraction = extract(SourceFile("pgbouncer.ini", text.encode()))
    assert extraction.nature is not None
    assert extraction.nature.clue is Clue.INFRASTRUCTURE


def test_what_configures_a_server_is_a_region():
    assert regions("my.cnf", "[client]\nuser=x\n[mysqld]\nreport_host=10.0.0.20\n\n[mysql]\nx=y\n") == [
        ("[mysqld]\nreport_host=10.0.0.20", "section of a server")
    ]
    assert regions("app.ini", "[a]\nbind-address = 10.0.0.121\nx = y\n") == [("10.0.0.121", "setting of a server")]
    assert regions("standby.conf", "primary_conninfo = 'host=10.0.0.120 user=repl'\n") == [
        ("host=10.0.0.120 user=repl", "setting of a server")
    ]


def test_replication_of_a_server_is_no_connection_of_an_application():
    check_none(extract, "primary_conninfo = 'host=10.0.0.120 user=repl dbname=x'\n", path="standby.auto.conf")


def test_directives():
    text = (
        "# analyzer: ignore[node-host] one\nx = '# analyzer: two'\n ; analyzer: ignore[node-host] three\n"
        'host = 10.0.0.121 ; analyzer: ignore[node-host] four\ny = "a # analyzer: five"\n'
        "[x] # analyzer: ignore[node-host] six\n"
    )
    comments = extract(SourceFile("app.ini", text.encode())).comments
    assert [(c.text.rsplit(" ", 1)[-1], c.own_line) for c in comments] == [
        ("one", True),
        ("three", True),
        ("four", False),
        ("six", False),
    ]


_WORDS = (
    "[a] [client] [pgbouncer] [databases] [program:x] environment command = : ; # %(h)s ${a:h} %% h db_host 10.0.0.121"
)
_PIECES = st.sampled_from(
    [
        *_WORDS.split(),
        "postgresql://u@",
        "/x",
        " ",
        "\n",
        "\n  ",
        "\r\n",
        '"',
        "'",
        "[",
        "]",
        ",",
        "host=",
        "port=5432",
        "ü",
    ]
)


@FAST
@given(st.lists(_PIECES, max_size=24).map("".join), st.sampled_from(["a.ini", "my.cnf", "odbc.ini", "pgbouncer.ini"]))
def test_any_text(text, path):
    source = SourceFile(path, text.encode())
    extraction = extract(source)
    for ref in extraction.refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
        if ref.port and ref.port.slot and ref.port.value is not None:
            assert int(source.slice(ref.port.slot.span)) == ref.port.value


@pytest.mark.parametrize(
    "line", ["[a]\n", "a = b\n", "  a\n", "# a\n", "a = [\n", 'a = "\n', "%(a)s", "[a", " ; ", "a:"]
)
def test_long_texts_take_linear_time(line):
    extract(SourceFile("a.ini", b"[x]\na = b\n" + line.encode() * 10_000))

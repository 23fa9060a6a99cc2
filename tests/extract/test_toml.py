"""TOML: tables and the four kinds of strings, legitimate twins, and what is no TOML."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.conf import look_of
from analyzer.extract.toml import BROKEN, extract
from analyzer.extract.toml.tree import read_tree
from analyzer.model import Clue
from analyzer.source import SourceFile
from analyzer.yamltree import Mapping, Scalar, Sequence
from tests.kit import check, check_none

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def found(marked, path="config.toml", **options):
    return check(extract, marked, path=path, comment="#", **options)


@pytest.mark.parametrize(
    "sample",
    [
        '[database]\nhost = "«10.0.0.121|clue=key,port=5432»" # primary\nport = ⟦5432⟧\n[cache]\nhost = "127.0.0.1"\n',
        "[databases.orders]\nserver = '«10.0.0.121|clue=key»'\n",
        'database.host = "«10.0.0.121|port=5432»"\ndatabase.port = ⟦5432⟧\n',
        'db = {host = "«10.0.0.121|port=6432»", port = ⟦6432⟧, name.x = 1}\n',
        '[[postgres.replicas]]\nhost = "«10.0.0.121|intent=read»"\n[[postgres.replicas]]\nhost = "«10.0.0.122»"\n',
        '[default.databases.orders]\nurl = "postgres://u:made-up@«10.0.0.121|clue=dsn+key,insert=:»/orders"\n',
        '[global.databases]\npg = { url = "postgres://u@«10.0.0.121»/x", pool_size = 2 }\n',
        "[redis]\nhosts = [ # all of them\n  \"«10.0.3.1|group=2»\",\n  '«10.0.3.2»',\n]\n",
        '"db_host" = "«10.0.0.121»"\n',
        "['postgres']\n\"host\" = '«10.0.0.121»'\n",
        'url = """\npostgres://u@«10.0.0.121»/x"""\n',
        "[a]\nconf = '''\n[database]\nhost = \"«10.0.0.121|clue=key»\"\n'''\n",
        '[tasks.migrate]\nrun = """\nset -e\npsql -h «10.0.0.121|clue=command» orders\n"""\n',
        '[env]\nPRIMARY = "«10.0.0.121|only=name+place»"\n',
        '[x]\nenv = ["DATABASE_URL=postgres://u@«10.0.0.121»/x"]\n',
        '[sinks.ch]\ntype = "clickhouse"\nendpoint = "http://«10.0.9.1|engine=clickhouse»:⟦8123⟧"\n',
        '[storage]\ntype = "postgres"\n[storage.options]\nhost = "«10.0.0.121|engine=postgresql»"\n',
    ],
)
def test_connections(sample):
    found(sample)


@pytest.mark.parametrize(
    ("path", "sample"),
    [
        ("pyproject.toml", '[tool.poe.tasks]\nmigrate = "psql -h «10.0.0.121|clue=command»"\n'),
        ("Pipfile", '[scripts]\ndump = "pg_dump -h «10.0.0.121|clue=command» orders"\n'),
        ("fly.toml", '[deploy]\nrelease_command = "psql -h «10.0.0.121|clue=command» -f a.sql"\n'),
        ("postgres.toml", 'host = "«10.0.0.121|clue=key»"\n'),
    ],
)
def test_files_with_a_name(path, sample):
    found(sample, path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Cargo.lock", '[[package]]\nname = "a"\nsource = "registry+postgres://u@10.0.0.121/x"\n'),
        ("poetry.lock", '[[package]]\nurl = "postgres://u@10.0.0.121/x"\n'),
        (
            "pyproject.toml",
            '[project]\nname = "psycopg"\nversion = "10.0.0.121"\n[[tool.poetry.source]]\nurl = "https://10.7.0.1/pypi"\n',
        ),
        (
            "Cargo.toml",
            '[package]\nversion = "1.0.0"\n[dependencies]\nsqlx = {version = "0.8", features = ["postgres"]}\n',
        ),
        ("a.toml", '# db_host = "10.0.0.121"\n[db] # host = "10.0.0.121"\nport = 5432\nhost = "localhost"\n'),
        ("a.toml", '[server]\nversion = "10.0.0.121"\nallowed = ["10.0.0.121"]\nseen = 1979-05-27T07:32:00Z\n'),
        ("a.toml", ""),
    ],
)
def test_nothing(path, text):
    check_none(extract, text, path=path, comment="#")


def test_a_host_with_a_list_of_ports_is_no_clients():
    text = '[database]\nserver = "«192.168.1.1|only=name»"\nports = [ 8001, 8001, 8002 ]\nenabled = true\n'
    found(text)
    found('[database]\nserver = "«10.0.0.121|clue=key»"\nports = [ 5432, 6432 ]\n')


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[[tcp.services.db.loadBalancer.servers]]\naddress = "10.0.0.121:5432"\n', "Traefik configuration"),
        ('[http.routers.a]\nrule = "x"\n', "Traefik configuration"),
        ('[pools.orders]\nserver_host = "10.0.0.121"\n', "PgDoorman configuration"),
        ('[pools.orders.shards.0]\nservers = [["10.0.0.121", 5432, "primary"]]\n', "PgCat configuration"),
        ('[[inputs.postgresql]]\naddress = "postgres://u@10.0.0.121/x"\n', "Telegraf configuration"),
    ],
)
def test_infrastructure(text, name):
    nature = extract(SourceFile("a.toml", text.encode())).nature
    assert nature is not None
    assert (nature.clue, nature.text) == (Clue.INFRASTRUCTURE, name)


def test_sources_of_metrics_are_monitoring():
    found(
        '[sources.pg]\ntype = "postgresql_metrics"\nendpoints = ["postgresql://u@«10.0.0.121|clue=infrastructure»/x"]\n'
        '[sinks.pg]\ntype = "postgres"\nendpoint = "postgres://u@«10.0.0.122|only=dsn+key»/x"\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        'dsn = "password=\\"made up\\" host=«10.0.0.121|open» port=⟦5432⟧ dbname=orders"\n',
        'url = "postgres://u:\\u0070@«10.0.0.121|open»/x"\n',
        'db_host = «"10.0.0.\\x31"|host=10.0.0.1,sealed»\n',
        'url = """postgres://u@\\\n   «10.0.0.121|open»/x"""\n',
        "l = 'server=«10.0.0.20|open»;uid=u;pwd=\\x;database=orders'\n",
    ],
)
def test_spellings(text):
    found(text)


def test_tables_of_toml_1_1():
    found('db = {\n  # the primary\n  host = "«10.0.0.121|port=5432»", # here\n  port = ⟦5432⟧,\n}\nx = "}"\n')


def test_directives():
    text = (
        "# analyzer: ignore[node-host] one\n"
        'db_host = "«10.0.0.121»" # analyzer: ignore[node-host] two\n'
        'x = "# analyzer: ignore[node-host] three"\ny = [ # analyzer: ignore[node-host] four\n 1]\n'
    )
    told = [(c.text.rsplit(" ", 1)[-1], c.own_line) for c in found(text).comments]
    assert told == [("one", True), ("two", False), ("four", False)]


def test_what_is_no_toml_is_told_and_searched():
    text = (
        '[db]\nhost = "«10.0.0.121|open»"\nurl = postgres://u@«10.0.0.122|sealed»/x\n[pg]\nhost = "«10.0.0.120|open»"\n'
    )
    extraction = found(text, problems=1)
    assert {ref.sealed for ref in extraction.refs} == {"", BROKEN}
    (problem,) = check(extract, text, path="a.toml", problems=1).problems
    assert (problem.line, problem.incomplete) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        '[db]\nhost = "«10.0.0.121|hidden»"\nport = {{ port }}\n{% if a %}\nname = "{{ "x" }}"\n{% endif %}\n',
        '[db]\nhost = "«10.0.0.121|hidden»"\nport = ${DB_PORT}\nuser = @USER@\n',
    ],
)
def test_templates(text):
    found(text)


def test_too_much_is_told():
    text = "a" + ".a" * 200 + ' = 1\ndb_host = "10.0.0.121"\n'
    (problem,) = extract(SourceFile("a.toml", text.encode())).problems
    assert problem.incomplete
    (problem,) = extract(SourceFile("a.toml", b"a = " + b"[" * 200 + b"]" * 200)).problems
    assert problem.incomplete


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ('[agent]\n  interval = "10s"\n[[inputs.cpu]]\n  percpu = true\n', "toml"),
        ("[[not]]\nkey: value\n", "toml"),
        ('[db]\nhost = "10.0.0.121"\n', "ini"),
        ("[mysqld]\nuser = mysql\n[[x]]\n", "ini"),
    ],
)
def test_texts_called_conf(text, module):
    assert look_of(text) == module


@pytest.mark.parametrize(
    "piece", ['"', "'", "[", "{", "a=", "a.", "[[a]]\n", 'a="""', "a = {a = 1, ", "\\", '"\\', "{{", "#"]
)
def test_hostile_repetition_ends(piece):
    extract(SourceFile("a.toml", (piece * 3_001).encode()))


def _plain(node):
    if isinstance(node, Mapping):
        return {key.value: _plain(value) for key, value in node.pairs if isinstance(key, Scalar)}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return node.value if isinstance(node, Scalar) and node.style else None


def _strings(value):
    if isinstance(value, dict):
        return {key: _strings(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_strings(inner) for inner in value]
    return value if isinstance(value, str) else None


_LINES = st.sampled_from(
    [
        "a = 1",
        'b.c = "x"',
        "b.\"d e\" = 'y\\'",
        "[t]",
        "[t.u]",
        "[[l]]",
        "[l.m]",
        's = """a\\n "b" \\\n   c"""',
        "r = '''\n 'x' '''",
        'e = "\\u00fc\\t\\\\ \\"q\\""',
        'i = {a = "1", b.c = \'z\', d = [1, "2", {x = "3"}]}',
        'n = [ "a", # no\n "b", ]',
        "# note",
        "k-1 = 1979-05-27",
        "f = inf",
    ]
)


@FAST
@given(st.lists(_LINES, max_size=8, unique=True), st.sampled_from(["\n", "\r\n"]))
def test_every_valid_file_reads_as_it_does_elsewhere(lines, end):
    text = end.join(line.replace("\n", end) for line in lines) + end
    try:
        wanted = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    tree = read_tree(text.encode(), text.encode())
    assert tree.errors == ()
    # tomllib makes every line end one character.
    assert _plain(tree.root) == _strings(wanted) or _unified(_plain(tree.root)) == _strings(wanted)


def _unified(value):
    if isinstance(value, dict):
        return {key: _unified(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_unified(inner) for inner in value]
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


@FAST
@given(st.text(alphabet="ab=.[]{}#\"'\\ ,\n\r10xü", max_size=60))
def test_any_text_is_read(text):
    source = SourceFile("a.toml", f'db_host = "10.0.0.121"\n{text}'.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host

"""HOCON: objects in pieces, values put together, and which files called `*.conf` are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.conf import look_of
from analyzer.extract.hocon import extract, looks_like_hocon
from analyzer.extract.hocon.parse import MAX_DEPTH, parse
from analyzer.source import SourceFile
from analyzer.yamltree import Mapping, Scalar, Sequence
from analyzer.yamltree.nodes import Buffer
from tests.kit import check, check_none

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def found(marked, path="application.conf", **options):
    return check(extract, marked, path=path, comment="//", **options)


@pytest.mark.parametrize(
    "sample",
    [
        'db {\n  url = "jdbc:postgresql://«10.0.0.121|clue=dsn+key»:⟦5432⟧/orders"\n  url = ${?DB_URL}\n}\n',
        'slick.dbs.default.db.url="jdbc:postgresql://«10.0.0.121|insert=:»/orders"\n',
        'db.host = "«10.0.0.121|port=5432,clue=key»"\ndb { port = ⟦5432⟧ }\n',
        "db { host = «10.0.0.121|port=5432», port : ⟦5432⟧ }\n",
        "db : {\n  host : «db-postgres-01.corp.internal»\n}\n",
        "db\n{\n  host\n  =\n  «10.0.0.121»\n}\n",
        '{\n  "db" : { "host" : "«10.0.0.121»" },\n}\n',
        (
            'orders = {\n  dataSourceClass = "org.postgresql.ds.PGSimpleDataSource"\n  properties = {\n'
            '    serverName = "«10.0.0.121|port=5432,engine=postgresql,clue=key»"\n    portNumber = "⟦5432⟧"\n  }\n}\n'
        ),
        'cassandra.default {\n  contact-points = ["«10.0.6.1|group=2»"\n    "«10.0.6.2»"]\n}\n',
        'datastax-java-driver.basic.contact-points += "«10.0.6.1|engine=cassandra»:⟦9042⟧"\n',
        'url = "jdbc:postgresql://«10.0.0.121|clue=dsn»:⟦5432⟧/"${name}"?user="${user}\n',
        'url = """jdbc:postgresql://«10.0.0.121»/orders"""\n',
        'include "base"\ninclude required(file("x"))\nredis { include "r", host = "«10.0.3.1|engine=redis»" }\n',
        'store {\n  mode = "db"\n  redis { host = "«10.0.3.1|port=6379»" # note\n    port = "⟦6379⟧" }\n}\n',
        'text = """\n[database]\nhost = «10.0.0.121|clue=key»\n"""\n',
    ],
)
def test_connections(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    [
        'akka.remote.netty.tcp { port = 2552 }\nakka.cluster.seed-nodes = ["akka.tcp://x@10.0.0.121:2552"]\n',
        'db.url = ${DATABASE_URL}\ndb.host = ""\n',
        'db { url = "jdbc:h2:mem:test" }\n',
        '# db.host = "10.0.0.121"\n// db { host = "10.0.0.121" }\nname = "10.0.0.121"\n',
        'db { host = "localhost" }\n',
        "",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="application.conf", comment="#")


def test_directives():
    text = (
        "// analyzer: ignore[node-host] one\n"
        'db.host = "«10.0.0.121»" # analyzer: ignore[node-host] two\n'
        'x = "// analyzer: ignore[node-host] three"\n'
    )
    told = [(c.text.rsplit(" ", 1)[-1], c.own_line) for c in found(text).comments]
    assert told == [("one", True), ("two", False)]


@pytest.mark.parametrize(
    ("text", "line", "stops"),
    [
        ('db { host = "«10.0.0.121»"\n', 1, True),
        ('db { host = "«10.0.0.121»" }\n}\nurl = postgres://u@«10.0.0.122»/x\n', 2, True),
        ('db { host = "«10.0.0.121»" }\nx = "a\n', 2, True),
        ("= 1\n", 1, True),
        ("db { host = «10.0.0.121» }\nword\nother = 1\n", 2, False),
    ],
)
def test_what_is_wrong_is_told(text, line, stops):
    (problem,) = check(extract, text, path="application.conf", problems=1).problems
    assert (problem.line, problem.incomplete) == (line, stops)


def test_templates():
    found(
        'db {\n  host = "«10.0.0.121|hidden»"\n  port = {{ port }}\n  {% if a %}\n  x = "{{ "y" }}"\n  {% endif %}\n}\n'
    )


def test_too_much_is_told():
    for text in ("a {" * (MAX_DEPTH + 1), "a" + ".a" * 200 + " = 1\n", "a = " + "[" * 200):
        (problem,) = extract(SourceFile("a.conf", text.encode())).problems
        assert problem.incomplete


def _plain(node):
    if isinstance(node, Mapping):
        return {key.value: _plain(value) for key, value in node.pairs if isinstance(key, Scalar)}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a = null bar 42 baz", {"a": "null bar 42 baz"}),
        ('a = "x" "y"  z # n', {"a": "x y  z"}),
        ("a.b.c = 1\na.b { d = 2 }\na { e : [1, 2\n 3] }", {"a": {"b": {"c": "1", "d": "2"}, "e": ["1", "2", "3"]}}),
        ('"a.b".c = 1', {"a.b": {"c": "1"}}),
        ('a = """b"c""""', {"a": 'b"c"'}),
        ("a = ${b}-c", {"a": "\ufffc-c"}),
        ('{ "a" : { "b" : [ { c = 1 } ] } }', {"a": {"b": [{"c": "1"}]}}),
        ("a = ${b} { c = 1 }", {"a": {"c": "1"}}),
        ("a += 1\nb = [] [1]", {"a": "1", "b": ["1"]}),
    ],
)
def test_values(text, value):
    data = text.encode()
    parsed = parse(Buffer(data, data))
    assert parsed.faults == ()
    assert _plain(parsed.root) == value


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ('play {\n  server {\n    http {\n      port = 8080\n    }\n  }\n}\ndb.url = "x"\n', "hocon"),
        ('include "application.conf"\ndb.default.url="jdbc:postgresql://h/x"\n', "hocon"),
        ("db.default.url = ${?DATABASE_URL}\n", "hocon"),
        ('registry {\n  # file, nacos\n  type = "file"\n}\n', "hocon"),
        ("server {\n  listen 80;\n  location / {\n    proxy_pass http://10.0.0.121;\n  }\n}\n", "webserver"),
        ("[database]\nhost = 10.0.0.121\n", "ini"),
        ("listen_addresses = '*'\nport = 5432\n", "ini"),
        ("port 6379\nreplicaof 10.0.3.1 6379\n", "ini"),
        ('input {\n  jdbc {\n    jdbc_connection_string => "jdbc:postgresql://h/x"\n  }\n}\n', "ini"),
        ('mysql_servers =\n(\n  { address="10.0.0.30", port=3306 }\n)\nmysql_variables={ threads=4 }\n', "ini"),
        ("[[inputs.cpu]]\n  a = {\n  b = 1\n", "toml"),
        ('options {\n  directory "/var";\n};\n', "ini"),
    ],
)
def test_texts_called_conf(text, module):
    assert look_of(text) == module
    assert looks_like_hocon(text) == (module == "hocon")


@pytest.mark.parametrize(
    "piece", ['"', '"""', "[", "{", "a {", "a=", "a.", "${", "a = ", ",", "+=", "//", "include ", "\n"]
)
def test_hostile_repetition_ends(piece):
    extract(SourceFile("a.conf", (piece * 3_001).encode()))


@FAST
@given(st.text(alphabet='ab=:.[]{}#"\\$+/, \n\r10ü', max_size=60))
def test_any_text_is_read(text):
    source = SourceFile("a.conf", f'db.host = "10.0.0.121"\n{text}'.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host

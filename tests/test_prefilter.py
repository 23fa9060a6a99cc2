"""The prefilter lets through every form in which a connection is written, and says the same by every engine."""

import re
import time
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _parser as sre  # type: ignore[attr-defined]  # the one way to see what a pattern is made of
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import pyclients, shellclients
from analyzer.extract.vocabulary import DATABASE, ROLES, SERVERS
from analyzer.hosts import schemes
from analyzer.model import Cluster, Endpoint, Engine, Intent, Node, Policy
from analyzer.prefilter import Prefilter, backends, heuristics, sieve_of
from analyzer.prefilter.backends import Sieve, by_hyperscan, by_re, by_re2
from analyzer.resolve import Resolver

quick = settings(derandomize=True, max_examples=300, deadline=None)
POLICY = Policy(
    (
        Cluster(
            "orders",
            Engine.POSTGRESQL,
            (Node("10.0.0.120", ("db-postgres-01.corp.internal",)), Node("10.0.0.121-10.0.0.122"), Node("10.4.0.0/16")),
            (Endpoint(Intent.WRITE, "10.0.0.10", 5432),),
            (5432,),
            (22,),
        ),
    )
)
NEEDLES = Resolver(POLICY).needles()
SIEVES = {
    "policy": sieve_of(NEEDLES, heuristics=False),
    "policy and heuristics": sieve_of(NEEDLES, heuristics=True),
    "heuristics": sieve_of((), heuristics=True),
}
BUILDERS = (by_hyperscan, by_re2, by_re)
HITS = {name: [hit for build in BUILDERS if (hit := build(sieve)) is not None] for name, sieve in SIEVES.items()}
ANY = Prefilter((), heuristics=True)

CONNECTIONS = [
    # connection strings
    "postgresql://u:x@db1.corp.internal:5432/app", "postgres://u:x@db1/app", "postgresql+asyncpg://u:x@db1.corp.internal/app",
    "mysql://u:%s@db1.corp.internal/app", "mysql+mysqldb://db1.corp.internal", "db+postgresql://db1.corp.internal",
    "postgresql://{{ u }}:{{ p }}@db1.corp.internal/{{ db }}", "postgresql:///app?host=db1.corp.internal",
    "host=db1.corp.internal port=5432 user=u dbname=app", "hostaddr = '10.99.0.5'", "dbname=app host=db1",
    "host=db1.corp.internal user=u password=x", 'dsn := "host=db1.corp.internal user=u"', "mysql://u:x@tcp(db1:3306)/app",
    "u:x@tcp(db1.corp.internal:3306)/app", "u:x@(db1.corp.internal:3306)/", "jdbc:postgresql://db1/app",
    "jdbc:mysql:loadbalance://a:3306,b:3306/app", "jdbc:oracle:thin:@db1:1521:SID", "jdbc\\:mysql\\://db1/app",
    "jdbc:sqlserver://db1:1433;databaseName=app", "r2dbc:postgresql://db1.corp.internal/app", "r2dbcs:mysql://db1",
    "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db1.corp.internal)(PORT=1521)))", "mongodb://a:27017,b:27017/app",
    "mongodb+srv://db1.corp.internal/app", "redis://db1:6379/0", "rediss://db1", "redis-sentinel://a:26379,b:26379/m",
    "valkey://db1", "mysql:host=db1;dbname=app", "pgsql:host=db1;port=5432", "dbi:Pg:dbname=app;host=db1",
    "Server=db1.corp.internal;Port=3306;Uid=app", "Data Source=db1\\INST,1433;", "Data Source=db1.corp.internal;Uid=x",
    "Server = db1, 1433; Database = app", "Host=db1.corp.internal;Username=x", "db1:6379,db2:6379,password=x,ssl=false",
    "clickhouse://db1", "ch://db1", "cassandra://db1", "sqlserver://db1", "mssql+pyodbc://u:x@db1/app",
    "postgresql:\\/\\/u:x@db1\\/app", "postgresql%3A%2F%2Fu%3Ax%40db1", "POSTGRESQL://DB1",
    # keys
    "DB_HOST=db1.corp.internal", "export PGHOST=db1", "PGHOSTADDR=10.99.0.5", "DATABASE_URL=db1", "dbhost: db1", "pghost: db1",
    "wgDBserver = 'db1'", "hostForMysqlClient: db1", "hostForpostgresqlClient: db1", "jdbcUrl = x", "app_db_uri: db1",
    "MYSQL_DATABASE_HOST: db1", "POSTGRES_WRITE_ADDR=db1", "CASSANDRA_SERVERS=a;b;c", "contact_points: [a]",
    "contact-points: a", "clusterAddrs: db1 # redis", "spring:\n  redis:\n    host: db1.corp.internal\n",
    "spring.redis.host=db1", "database:\n  host: db1.corp.internal", "mysql_conn:\n  host: db1.corp.internal",
    "type: postgres\nhost: db1.corp.internal", "conn_type: opensearch\nhost: db1.corp.internal", "$DB['SERVER'] = 'db1';",
    "elasticsearch-urls:\n  a: https://db1.corp.internal", "datastore:\n  cassandra_client:\n    hosts: [db1]",
    "- name: DB_HOST\n  value: db1.corp.internal\n", "{name: MONGO_HOST, value: db1}", '<property name="dbHost" value="db1"/>',
    "ENV REDIS_HOST db1", "docker run -e MYSQL_HOST=db1", "--set externalDatabase.host=db1", "ES_HOST=db1", "es.url=db1",
    "database: {\n type: x\n}\nprimary: db1", "sqlalchemy.url = x", "[database]\nconnection = db1", "db {\n  url = \"db1\"\n}",
    'variable "postgres_host" {\n  default = "db1.corp.internal"\n}', 'name = "externalDatabase.host" value = "db1"',
    '"ConnectionStrings": {"Default": "Server=db1;Database=app"}', "'hostname' => 'db1', 'dbdriver' => 'mysqli'",
    # code
    "psycopg2.connect(\n    host='db1.corp.internal')", "PG = {'host': '10.99.0.5', 'database': 'app'}",
    "os.getenv('PGHOST', 'db1.corp.internal')", "'host': lambda: _get('PG_HOST', 'db1')", "redis.StrictRedis(host='db1')",
    "from cassandra.cluster import Cluster\nCluster(['10.99.0.5'])", "import elasticsearch\nx = Elasticsearch(['10.99.0.5'])",
    "cx_Oracle.makedsn('10.99.0.5', 1521)", "pymongo.MongoClient('10.99.0.5', 27017)", "const pool = new Pool({host: process.env.DB_HOST || 'db1'})",
    "mysql.createConnection({ host: 'db1' })", "const pg = require('pg')\nnew Client({ host: 'db1.corp.internal' })",
    "mongoose.connect('10.99.0.5')", "redis.NewClient(&redis.Options{Addr: \"db1:6379\"})", "define('DB_HOST','db1')",
    "mysqli_connect('10.99.0.5:3306', $u)", "new PDO('mysql:host=db1;dbname=app')", "env('DB_HOST', 'db1')",
    "Mysql2::Client.new(:host => \"db1\")", "PG.connect(host: 'db1.corp.internal')", "ConnectionMultiplexer.Connect(\"db1:6379,db2:6379\")",
    "new HttpHost(\"10.99.0.5\", 9200) // elasticsearch", "setJdbcUrl(\"jdbc:mysql://db1\")", "@Value(\"${db.host:db1}\")",
    "builder.Add(\"Host\", \"10.99.0.5\") // Npgsql postgres",
    # commands
    "psql -h db1.corp.internal", "psql -h \"$NAS\"", "mysql -u root -hdb1", "mysqldump --host db1", '["psql","-h","db1"]',
    "redis-cli -h db1", "mongosh --host db1", "sqlcmd -S db1,1433", "clickhouse-client --host db1", "pg_dump -h db1", "cqlsh db1",
    "vault write database/config/x connection_url='postgresql://{{username}}:{{password}}@db1:5432/x'",
    # hidden
    "kind: Secret\ndata:\n  a: YQ==\n", '{"kind": "Secret"}', "kind:   'Secret'", "kind: SealedSecret", "a: !!binary YQ==",
]  # fmt: skip
QUIET = [
    "", "hello, world\n", "def add(a, b):\n    return a + b\n", "# Notes\n\nRedistribution and use in source and binary forms\n",
    "body { color: #fff; }\n", "import os\nprint(os.path.join('a', 'b'))\n", "host: example\nport: 80\n", "server.listen(8080)\n",
    "kind: ConfigMap\ndata:\n  a: b\n", "apiVersion: apps/v1\nkind: Deployment\n", "ssh root@10.0.0.9\n", "fadb0c1de2\n",
    "secret: true\nkind: none\n", "curl https://example.com/index.html\n", "url = base + path\n",
]  # fmt: skip


@pytest.mark.parametrize("text", CONNECTIONS)
def test_connections_pass(text):
    for data in (text.encode(), text.upper().encode(), b"x\n" * 500 + text.encode() + b"\nx" * 500):
        assert ANY.hit(data)


@pytest.mark.parametrize("text", QUIET)
def test_other_text_does_not_pass(text):
    assert not ANY.hit(text.encode())


@pytest.mark.parametrize("frame", ["{}=db1", "name: {}\nvalue: db1", "x('{}') || 'db1'", '"{}": "db1"', "{} db1"])
def test_no_key_of_the_extractors_is_held_back(frame):
    roles = [word for word, role in {**ROLES, **SERVERS}.items() if role != "port"]
    for database in DATABASE:
        for role in roles:
            for key in (f"{database}_{role}", f"{database}{role.title()}", f"APP_{database}_MAIN_{role}".upper()):
                assert ANY.hit(frame.format(key).encode()), key


def test_no_client_program_of_the_extractors_is_held_back():
    for program in shellclients.CLIENTS:
        for text in (f"{program} -h db1", f"/usr/bin/{program} \\\n  -h db1", f'["{program}", "-h", "db1"]'):
            assert ANY.hit(text.encode()), text


def test_no_client_call_of_the_extractors_is_held_back():
    for package, name in pyclients.CLIENTS:
        call = name.removeprefix("().")
        for text in (f"import {package}\nx = {package}.{call}('db1')", f"from {package} import {call}\n{call}(\n  'db1')"):
            assert ANY.hit(text.encode()), text


def test_no_scheme_of_the_grammar_is_held_back():
    for scheme in schemes.BASES:
        for text in (f"{scheme}://db1", f"{scheme}+driver://db1", f"db+{scheme}://db1"):
            assert schemes.FIND.search(text)
            assert ANY.hit(text.encode()), text


def test_policy_hosts_pass_without_heuristics():
    prefilter = Prefilter(NEEDLES, heuristics=False)
    for text in ("10.0.0.121", "DB-POSTGRES-01", "10.4.77.1", "lb=10.0.0.10", "10%2E0.0.121", "kind: Secret"):
        assert prefilter.hit(text.encode())
    assert prefilter.hit(b64encode(b"postgresql://u:x@10.0.0.121/app"))
    for text in ("10.0.0.99", "DB_HOST=db1.corp.internal", "postgresql://db1/app", ""):
        assert not prefilter.hit(text.encode())


def test_nothing_passes_where_nothing_is_wanted():
    prefilter = Prefilter((), heuristics=False)
    assert not any(prefilter.hit(text.encode()) for text in CONNECTIONS)


def agree(data: bytes) -> None:
    for name, hits in HITS.items():
        assert len({hit(data) for hit in hits}) == 1, name


def test_two_engines_are_compared():
    assert all(len(hits) >= 2 for hits in HITS.values())


@quick
@given(st.binary(max_size=300))
def test_engines_agree_on_any_bytes(data):
    agree(data)


FRAGMENTS = [
    *CONNECTIONS, *QUIET, "10.0.0.120", "10.0.121", "db-postgres-01", "0x0a000079", "%2e", "%31", "\\x31", "\\u0031", "host", "=",
    ":", "db", "_", ".", "url", "postgres", "redis", "t", "K", "ſ", "İ", "\u212a", "１", "。", "\u200b", "\u00ad", "0", "10.",
    "\n", "\r", "\x0b", "\x0c", "\x00", " ", "'", '"', "kind", "secret", "//", "pg", "es", "@(", "(host", "6379", ",", ";a",
]  # fmt: skip


@quick
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join), st.booleans())
def test_engines_agree_on_text_that_nearly_matches(text, upper):
    agree((text.upper() if upper else text).encode("utf-8", "surrogatepass"))


PATTERNS = sorted({*NEEDLES, *heuristics.ENCODED, *heuristics.ALONE, *heuristics.SUBJECTS, *heuristics.PLACES})


@settings(derandomize=True, max_examples=5, deadline=None)
@given(st.data())
def test_engines_agree_on_what_each_pattern_means(data):
    for pattern in PATTERNS:
        agree(data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE))))


def test_engines_agree_on_a_tree():
    root = Path(__file__).parents[1]
    files = [p for part in ("analyzer", "tests", "fixtures", "rules") for p in (root / part).rglob("*") if p.is_file()]
    contents = [path.read_bytes() for path in sorted(files) if path.stat().st_size < 200_000]
    assert len(contents) > 50
    passed = [[hit(data) for data in contents] for hit in HITS["policy and heuristics"]]
    assert passed[0] == passed[-1]
    assert any(passed[0])
    assert not all(passed[0])


def operations(tree: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    for operation, argument in tree:
        yield str(operation), argument
        inner = argument if isinstance(argument, tuple) else (argument,)
        for part in inner:
            if isinstance(part, sre.SubPattern):
                yield from operations(part)
            elif isinstance(part, list):
                yield from operations(
                    step for entry in part for step in ([entry] if isinstance(entry, tuple) else entry)
                )


def test_patterns_keep_to_the_common_syntax():
    common = {"LITERAL", "NOT_LITERAL", "IN", "RANGE", "NEGATE", "BRANCH", "SUBPATTERN", "MAX_REPEAT", "AT"}
    for pattern in PATTERNS:
        found = list(operations(sre.parse(pattern)))
        assert {name for name, _ in found} <= common, pattern
        assert all(argument[1] <= 255 for name, argument in found if name == "MAX_REPEAT"), pattern
        assert {str(argument) for name, argument in found if name == "AT"} <= {"AT_BEGINNING", "AT_END"}, pattern


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__)
def test_each_engine_alone(builder):
    hit = builder(Sieve((b"alone",), (b"subject",), (b"place", b"spot$")))
    if hit is None:
        pytest.skip("this engine is not installed")
    for data, passes in (
        (b"", False), (b"alone", True), (b"xALONEx", True), (b"subject", False), (b"place", False), (b"place subject", True),
        (b"subject subject", False), (b"Subject spot", True), (b"subject spot x", False), (b"place place", False),
    ):  # fmt: skip
        assert hit(data) is passes


def test_where_nothing_is_installed_re_serves(monkeypatch):
    monkeypatch.setattr(backends, "_module", lambda name: None)
    prefilter = Prefilter(NEEDLES, heuristics=True)
    assert by_hyperscan(SIEVES["policy"]) is None
    assert by_re2(SIEVES["policy"]) is None
    assert all(prefilter.hit(text.encode()) for text in CONNECTIONS)


def test_hyperscan_gives_way_where_it_cannot_compile():
    assert by_hyperscan(Sieve((b"a(?=b)",))) is None


ATTACKS = [
    b"a" * 50_000, b" " * 50_000, b"a." * 25_000, b"a://b:" * 9_000, b"${" * 25_000, b"db" * 25_000, b"host" * 12_000, b"sql_" * 12_000,
    b"host=" * 10_000, b"host=a" * 9_000, b"server=a" * 6_000, b"kind:" * 10_000, b"kind" + b" " * 50_000, b"0." * 25_000, b"1" * 50_000,
    b"00." * 17_000, b"1.00" * 12_000, b"redis" * 10_000, b"mysql:" * 9_000, b"%2e" * 17_000, b"postgres+" * 6_000, b"dbdbhos" * 7_000,
    b"'" * 50_000, b":" * 50_000, b"\\" * 50_000, b"10.0." * 10_000, b"0x0" * 17_000, b"host = 'a' b" * 4_000, b"addr=a.b,c;" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda data: data[:12].decode())
def test_no_pattern_is_slow_on_any_text(attack):
    for pattern in (re.compile(pattern) for pattern in PATTERNS):
        started = time.process_time()
        pattern.search(attack)
        assert time.process_time() - started < 0.5, pattern.pattern

"""The prefilter lets through every form in which a connection is written: the extractors' own tables are the proof."""

from base64 import b64encode

import pytest

from analyzer.extract.keyed.vocabulary import DATABASE, ROLES, SERVERS
from analyzer.extract.perl import clients as perlclients
from analyzer.extract.powershell import cmdlets
from analyzer.extract.python import clients as pyclients
from analyzer.extract.shell import clients as shellclients
from analyzer.hosts import schemes
from analyzer.model import Cluster, Endpoint, Engine, Intent, Node, Policy
from analyzer.prefilter import Prefilter
from analyzer.resolve import Resolver

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
ANY = Prefilter((), heuristics=True)


def rows(block: str) -> list[str]:
    """Samples of a block, between bars; ⏎ is a line end."""
    return [row.strip(" ").replace("⏎", "\n") for line in block.strip().split("\n") for row in line.split("¦")]


CONNECTIONS = rows(
    r"""
    postgresql://u:x@db1.corp.internal:5432/app ¦ postgres://u:x@db1/app
    postgresql+asyncpg://u:x@db1.corp.internal/app ¦ mysql://u:%s@db1.corp.internal/app
    mysql+mysqldb://db1.corp.internal ¦ db+postgresql://db1.corp.internal
    postgresql://{{ u }}:{{ p }}@db1.corp.internal/{{ db }} ¦ postgresql:///app?host=db1.corp.internal
    host=db1.corp.internal port=5432 user=u dbname=app ¦ hostaddr = '10.99.0.5' ¦ dbname=app host=db1
    host=db1.corp.internal user=u password=x ¦ dsn := "host=db1.corp.internal user=u"
    mysql://u:x@tcp(db1:3306)/app ¦ u:x@tcp(db1.corp.internal:3306)/app ¦ u:x@(db1.corp.internal:3306)/
    jdbc:postgresql://db1/app ¦ jdbc:mysql:loadbalance://a:3306,b:3306/app ¦ jdbc:oracle:thin:@db1:1521:SID
    jdbc\:mysql\://db1/app ¦ jdbc:sqlserver://db1:1433;databaseName=app ¦ r2dbc:postgresql://db1.corp.internal/app
    r2dbcs:mysql://db1 ¦ (DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db1.corp.internal)(PORT=1521)))
    mongodb://a:27017,b:27017/app ¦ mongodb+srv://db1.corp.internal/app ¦ redis://db1:6379/0 ¦ rediss://db1
    redis-sentinel://a:26379,b:26379/m ¦ valkey://db1 ¦ mysql:host=db1;dbname=app ¦ pgsql:host=db1;port=5432
    dbi:Pg:dbname=app;host=db1 ¦ Server=db1.corp.internal;Port=3306;Uid=app ¦ Data Source=db1\INST,1433;
    Data Source=db1.corp.internal;Uid=x ¦ Server = db1, 1433; Database = app ¦ Host=db1.corp.internal;Username=x
    db1:6379,db2:6379,password=x,ssl=false ¦ clickhouse://db1 ¦ ch://db1 ¦ cassandra://db1 ¦ sqlserver://db1
    mssql+pyodbc://u:x@db1/app ¦ postgresql:\/\/u:x@db1\/app ¦ postgresql%3A%2F%2Fu%3Ax%40db1 ¦ POSTGRESQL://DB1
    DB_HOST=db1.corp.internal ¦ export PGHOST=db1 ¦ PGHOSTADDR=10.99.0.5 ¦ DATABASE_URL=db1 ¦ dbhost: db1
    pghost: db1 ¦ wgDBserver = 'db1' ¦ hostForMysqlClient: db1 ¦ hostForpostgresqlClient: db1 ¦ jdbcUrl = x
    app_db_uri: db1 ¦ MYSQL_DATABASE_HOST: db1 ¦ POSTGRES_WRITE_ADDR=db1 ¦ CASSANDRA_SERVERS=a;b;c
    contact_points: [a] ¦ contact-points: a ¦ clusterAddrs: db1 # redis
    spring:⏎  redis:⏎    host: db1.corp.internal⏎ ¦ spring.redis.host=db1 ¦ database:⏎  host: db1.corp.internal
    mysql_conn:⏎  host: db1.corp.internal ¦ type: postgres⏎host: db1.corp.internal
    conn_type: opensearch⏎host: db1.corp.internal ¦ $DB['SERVER'] = 'db1';
    elasticsearch-urls:⏎  a: https://db1.corp.internal ¦ datastore:⏎  cassandra_client:⏎    hosts: [db1]
    - name: DB_HOST⏎  value: db1.corp.internal⏎ ¦ {name: MONGO_HOST, value: db1}
    <property name="dbHost" value="db1"/> ¦ ENV REDIS_HOST db1 ¦ docker run -e MYSQL_HOST=db1
    --set externalDatabase.host=db1 ¦ ES_HOST=db1 ¦ es.url=db1 ¦ database: {⏎ type: x⏎}⏎primary: db1
    sqlalchemy.url = x ¦ [database]⏎connection = db1 ¦ db {⏎  url = "db1"⏎}
    variable "postgres_host" {⏎  default = "db1.corp.internal"⏎} ¦ name = "externalDatabase.host" value = "db1"
    "ConnectionStrings": {"Default": "Server=db1;Database=app"} ¦ 'hostname' => 'db1', 'dbdriver' => 'mysqli'
    psycopg2.connect(⏎    host='db1.corp.internal') ¦ PG = {'host': '10.99.0.5', 'database': 'app'}
    os.getenv('PGHOST', 'db1.corp.internal') ¦ 'host': lambda: _get('PG_HOST', 'db1')
    redis.StrictRedis(host='db1') ¦ from cassandra.cluster import Cluster⏎Cluster(['10.99.0.5'])
    import elasticsearch⏎x = Elasticsearch(['10.99.0.5']) ¦ cx_Oracle.makedsn('10.99.0.5', 1521)
    pymongo.MongoClient('10.99.0.5', 27017) ¦ const pool = new Pool({host: process.env.DB_HOST || 'db1'})
    mysql.createConnection({ host: 'db1' }) ¦ const pg = require('pg')⏎new Client({ host: 'db1.corp.internal' })
    mongoose.connect('10.99.0.5') ¦ redis.NewClient(&redis.Options{Addr: "db1:6379"}) ¦ define('DB_HOST','db1')
    mysqli_connect('10.99.0.5:3306', $u) ¦ new PDO('mysql:host=db1;dbname=app') ¦ env('DB_HOST', 'db1')
    Mysql2::Client.new(:host => "db1") ¦ PG.connect(host: 'db1.corp.internal')
    ConnectionMultiplexer.Connect("db1:6379,db2:6379") ¦ new HttpHost("10.99.0.5", 9200) // elasticsearch
    setJdbcUrl("jdbc:mysql://db1") ¦ @Value("${db.host:db1}") ¦ builder.Add("Host", "10.99.0.5") // Npgsql postgres
    psql -h db1.corp.internal ¦ psql -h "$NAS" ¦ mysql -u root -hdb1 ¦ mysqldump --host db1 ¦ ["psql","-h","db1"]
    redis-cli -h db1 ¦ mongosh --host db1 ¦ sqlcmd -S db1,1433 ¦ clickhouse-client --host db1 ¦ pg_dump -h db1
    cqlsh db1 ¦ vault write database/config/x connection_url='postgresql://{{username}}:{{password}}@db1:5432/x'
    kind: Secret⏎data:⏎  a: YQ==⏎ ¦ {"kind": "Secret"} ¦ kind:   'Secret' ¦ kind: SealedSecret ¦ a: !!binary YQ==
    """
)
QUIET = rows(
    r"""
    hello, world⏎ ¦ def add(a, b):⏎    return a + b⏎ ¦ # Notes⏎⏎Redistribution and use in source and binary forms⏎
    body { color: #fff; }⏎ ¦ import os⏎print(os.path.join('a', 'b'))⏎ ¦ host: example⏎port: 80⏎
    server.listen(8080)⏎ ¦ kind: ConfigMap⏎data:⏎  a: b⏎ ¦ apiVersion: apps/v1⏎kind: Deployment⏎
    ssh root@10.0.0.9⏎ ¦ fadb0c1de2⏎ ¦ secret: true⏎kind: none⏎ ¦ curl https://example.com/index.html⏎
    url = base + path⏎
    """
)


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


def test_no_cmdlet_of_the_extractors_is_held_back():
    for name, cmdlet in cmdlets.CONNECTS.items():
        for parameter in cmdlet.host:
            assert ANY.hit(f"{name} {parameter} db1".encode()), f"{name} {parameter}"


def test_no_client_call_of_the_extractors_is_held_back():
    for (package, name), client in pyclients.CLIENTS.items():
        call = name.removeprefix("().")
        written = [f"{keyword}='db1'" for keyword in client.host]
        written += [f"{'1, ' * client.host_at}'db1'"] if client.host_at >= 0 else []
        for argument in written:
            for text in (
                f"import {package}\nx = {package}.{call}({argument})",
                f"from {package} import {call}\n{call}(\n  {argument})",
            ):
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


@pytest.mark.parametrize("name", sorted(name for name, client in perlclients.CONNECTS.items() if client.host))
def test_every_client_of_perl_passes(name):
    for key in perlclients.CONNECTS[name].host:
        assert ANY.hit(f"my $store = {name}({key} => 'db1.corp.internal');\n".encode())


@pytest.mark.parametrize(
    "dsn", ["dbi:mysql:shop:db1.corp.internal", "DBI:$driver:dbname=a;host=db1", "dbi:Pg(a=>1):host=b"]
)
def test_every_spelling_of_dbi_passes(dsn):
    assert ANY.hit(f'my $dbh = DBI->connect("{dsn}");\n'.encode())

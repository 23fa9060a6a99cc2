r"""Values read as a whole: every form of the grammar with the exact places of hosts, ports, lists and drops."""

import pytest

from analyzer.hosts import HOLE, parse
from analyzer.model import Engine, Intent
from tests.hosts.marks import check, marked

PG, MY, MA, MO, RE = Engine.POSTGRESQL, Engine.MYSQL, Engine.MARIADB, Engine.MONGODB, Engine.REDIS
MS, OR, CH, ES, CA = Engine.SQLSERVER, Engine.ORACLE, Engine.CLICKHOUSE, Engine.ELASTICSEARCH, Engine.CASSANDRA

URLS = [
    ("postgresql://app:pw@⟦«10.0.0.121»:⟨5432⟩⟧/app", PG),
    ("postgres://app:pw@⟦«10.0.0.121»⟧/app?sslmode=require", PG),
    ("postgresql+asyncpg://app:pw@⟦«db1.corp.internal»⟧/app", PG),
    ("postgresql+psycopg2://⟦«10.0.0.121»:⟨5432⟩⟧", PG),
    ("db+postgresql://app@⟦«10.0.0.121»⟧/results", PG),
    ("postgis://app:pw@⟦«10.0.0.121»:⟨5432⟩⟧/app", PG),
    ("POSTGRESQL://APP:PW@⟦«DB1.Corp.Internal»:⟨5432⟩⟧/APP", PG),
    ("postgresql://app:p%40ss%2Fword@⟦«10.0.0.121»:⟨5432⟩⟧/app", PG),
    ("postgresql://app@⟦[«fd00::121»]:⟨5432⟩⟧/app", PG),
    ("postgresql://app@⟦[«fd00::121»]⟧/app", PG),
    ("postgresql://app@⟦«10.0.0.121»:⟧/app", PG),
    ("postgresql://app:pw@⟦«10.0.0.121»:⟨5432⟩,«10.0.0.122»:⟨5433⟩⟧/app‹?target_session_attrs=read-write›", PG),
    ("postgresql://⟦«a.corp.net»,«b.corp.net»⟧/app?‹target_session_attrs=any&›sslmode=require", PG),
    ("postgresql://⟦«10.0.0.121»⟧/app?sslmode=require‹&load_balance_hosts=random›‹&target_session_attrs=primary›", PG),
    ("postgresql://⟦«10.0.0.121»⟧/app?‹target_session_attrs=any&›sslmode=off‹&load_balance_hosts=random›", PG),
    ("postgresql:///app?host=⟦«10.0.0.121»⟧", PG),
    ("postgresql://app@/app?host=⟦«10.0.0.121»⟧&port=⟨6432⟩", PG),
    ("postgresql:///app?host=⟦«10.0.0.121»,«10.0.0.122»⟧&port=⟨5432⟩,⟨5433⟩", PG),
    ("postgresql:///app?user=a&host=⟦«10.0.0.121»,«10.0.0.122»⟧&port=⟨5432⟩‹&target_session_attrs=any›", PG),
    ("postgresql+psycopg://u:p@/app?host=⟦«a.corp.net»:⟨5432⟩⟧‹&host=«b.corp.net»:⟨5433⟩›", PG),
    ("postgresql:///app?hostaddr=⟦«10.0.0.121»⟧", PG),
    ("mysql://app:pw@⟦«10.0.0.121»:⟨3306⟩⟧/app", MY),
    ("mysql+pymysql://app:pw@⟦«10.0.0.121»⟧/app?charset=utf8mb4", MY),
    ("mysql2://app:pw@⟦«10.0.0.121»⟧/app", MY),
    ("mariadb+mariadbconnector://app:pw@⟦«10.0.0.20»:⟨3306⟩⟧/app", MA),
    ("mysql://app:pw@tcp(⟦«10.0.0.121»:⟨3306⟩⟧)/app?parseTime=true", MY),
    ("mongodb://app:pw@⟦«10.0.0.1»:⟨27017⟩,«10.0.0.2»:⟨27018⟩⟧/app?‹replicaSet=rs0&›w=majority", MO),
    ("mongodb://⟦«10.0.0.1»,«10.0.0.2»⟧", MO),
    ("redis://⟦«10.0.0.121»:⟨6379⟩⟧/0", RE),
    ("rediss://:pw@⟦«10.0.0.121»:⟨6380⟩⟧", RE),
    ("valkey://⟦«10.0.0.121»⟧", RE),
    ("mssql+pyodbc://sa:pw@⟦«10.0.0.121»:⟨1433⟩⟧/app?driver=ODBC+Driver+17+for+SQL+Server", MS),
    ("sqlserver://sa:pw@⟦«10.0.0.121»:⟨1433⟩⟧?database=app", MS),
    ("oracle+cx_oracle://app:pw@⟦«10.0.0.121»:⟨1521⟩⟧/?service_name=ORCL", OR),
    ("clickhouse+native://default:@⟦«10.0.0.121»:⟨9000⟩⟧/app", CH),
    ("cassandra://⟦«10.0.0.121»,«10.0.0.122»⟧/keyspace", CA),
    ("r2dbc:postgresql://app:pw@⟦«10.0.0.121»:⟨5432⟩⟧/app", PG),
    ("r2dbc:pool:mysql://⟦«10.0.0.121»⟧/app", MY),
]

TEMPLATED = [
    ("postgresql://{{username}}:{{password}}@⟦«10.0.0.121»:⟨5432⟩⟧/postgres", PG),
    ("postgresql://{{ .u }}:{{ .p | urlquery }}@⟦«db1.corp.internal»⟧/{{ .db }}", PG),
    ("postgresql://${U}:${P:-a@b/c}@⟦«10.0.0.121»⟧/${DB}", PG),
    ("postgresql://$(U):$(P)@⟦«10.0.0.121»⟧/$(DB)", PG),
    ("postgresql://$U:$P@⟦«10.0.0.121»⟧/$DB", PG),
    ("mysql://app:%s@⟦«10.0.0.121»:⟨3306⟩⟧/%s", MY),
    ("mysql://%(user)s:%(pw)s@⟦«10.0.0.121»⟧/%(db)s", MY),
    ("mysql://app:<PASSWORD>@⟦«db1.corp.internal»⟧/app", MY),
    ("mysql://{user}:{password}@⟦«10.0.0.121»⟧/{db}", MY),
    ("mysql://{0}:{1}@⟦«10.0.0.121»⟧/{2}", MY),
    (f"postgresql://{HOLE}:{HOLE}@⟦«10.0.0.121»⟧:{HOLE}/{HOLE}", PG),
    ("postgresql://<%= user %>:<%= pw %>@⟦«10.0.0.121»⟧/<%= db %>", PG),
    ("postgresql://#{user}:#{pw}@⟦«10.0.0.121»⟧:#{port}/#{db}", PG),
    ("redis://:${PW}@⟦«10.0.0.121»⟧:${PORT}/0", RE),
    ("jdbc:postgresql://⟦«db1.corp.internal»⟧/$name", PG),
    ("jdbc:mysql://⟦«10.0.0.121»⟧:${PORT}/${DB}?user=${U}", MY),
    ("host=⟦«10.0.0.121»⟧ port={{ .port }} user={{ .user }} password={{ .password }} dbname=app", PG),
    ("host=⟦«10.0.0.121»⟧ user=%s password=%s dbname=%s", PG),
    ("Server=⟦«10.0.0.121»⟧;Database=${DB};Uid=${U};Pwd=${P};", None),
    ("Server=⟦«10.0.0.121»⟧,${PORT};Database=app", MS),
    ("{{ .u }}:{{ .p }}@tcp(⟦«10.0.0.121»:⟨3306⟩⟧)/{{ .db }}", MY),
]

JDBC = [
    ("jdbc:postgresql://⟦«10.0.0.121»:⟨5432⟩⟧/app", PG),
    ("jdbc:postgresql://⟦«10.0.0.121»⟧/app?user=app&password=p@ss", PG),
    (
        "jdbc:postgresql://⟦«10.0.0.1»:⟨5432⟩,«10.0.0.2»:⟨5432⟩⟧/app?‹targetServerType=primary&›‹loadBalanceHosts=true&›ssl=true",
        PG,
    ),
    ("jdbc:postgresql://⟦«10.0.0.1»,«10.0.0.2»⟧/app‹?targetServerType=primary&hostRecheckSeconds=2›", PG),
    ("jdbc:pgsql://⟦«10.0.0.121»⟧/app", PG),
    ("jdbc:aws-wrapper:postgresql://⟦«10.0.0.121»:⟨5432⟩⟧/app", PG),
    ("jdbc:mysql://⟦«10.0.0.121»⟧/app?useSSL=false", MY),
    ("jdbc:mysql:‹loadbalance:›//⟦«10.0.0.1»:⟨3306⟩,«10.0.0.2»:⟨3306⟩⟧/app", MY),
    ("jdbc:mysql:‹replication:›//⟦«10.0.0.1»,«10.0.0.2»⟧/app?a=b‹&loadBalanceStrategy=random›", MY),
    ("jdbc:mariadb:‹sequential:›//⟦«10.0.0.1»,«10.0.0.2»⟧/app", MA),
    ("jdbc:mysql://app:pw@address=(host=⟦«10.0.0.1»⟧)(port=⟨3306⟩)/app", MY),
    (
        "jdbc:mariadb://address=(host=⟦«10.0.0.1»⟧)(port=⟨3306⟩)(type=primary)‹,address=(host=«10.0.0.2»)(port=⟨3307⟩)›/app",
        MA,
    ),
    ("jdbc:mysql://(host=⟦«10.0.0.1»⟧,port=⟨3306⟩,user=a)‹,(host=«10.0.0.2»,port=⟨3306⟩)›/app", MY),
    ("jdbc:sqlserver://⟦«10.0.0.121»:⟨1433⟩⟧;databaseName=app;encrypt=true", MS),
    ("jdbc:sqlserver://⟦«10.0.0.121»⟧;databaseName=app", MS),
    ("jdbc:sqlserver://⟦«10.0.0.121»⟧\\INST:⟨1433⟩;databaseName=app", MS),
    ("jdbc:sqlserver://;serverName=⟦«10.0.0.121»⟧;portNumber=⟨1433⟩;databaseName=app", MS),
    ("jdbc:sqlserver://⟦«10.0.0.1»⟧;databaseName=app‹;failoverPartner=«10.0.0.2»›‹;multiSubnetFailover=true›", MS),
    ("jdbc:jtds:sqlserver://⟦«10.0.0.121»:⟨1433⟩⟧/app;instance=X", MS),
    ("jdbc:oracle:thin:@⟦«10.0.0.121»:⟨1521⟩⟧:ORCL", OR),
    ("jdbc:oracle:thin:@//⟦«db1.corp.internal»:⟨1521⟩⟧/SVC", OR),
    ("jdbc:oracle:thin:@⟦«10.0.0.121»:⟨1521⟩⟧/SVC", OR),
    ("jdbc:oracle:thin:app/p@ss@⟦«10.0.0.121»:⟨1521⟩⟧/SVC", OR),
    ("jdbc:oracle:thin:@tcps://⟦«10.0.0.1»:⟨1521⟩,«10.0.0.2»:⟨1522⟩⟧/SVC", OR),
    ("jdbc:oracle:oci:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=⟦«10.0.0.121»⟧)(PORT=⟨1521⟩)))", OR),
    ("jdbc:ch://⟦«10.0.0.121»:⟨8123⟩⟧/app", CH),
    ("jdbc:clickhouse:http://⟦«10.0.0.121»:⟨8123⟩⟧/app", CH),
    ("jdbc:otel:postgresql://⟦«10.0.0.121»⟧/app", PG),
]

KEYWORDS = [
    ("host=⟦«10.0.0.121»⟧ port=⟨5432⟩ user=app password=pw dbname=app", PG),
    ("dbname=app user=app password='p w' host=⟦«10.0.0.121»⟧", PG),
    ("host = ⟦«10.0.0.121»⟧ port = ⟨5432⟩ dbname = app", PG),
    ("host='⟦«10.0.0.121»⟧' dbname='my app'", PG),
    ("host=⟦«10.0.0.1»,«10.0.0.2»⟧ port=⟨5432⟩,⟨5433⟩ ‹target_session_attrs=read-write ›dbname=app", PG),
    ("host=⟦«10.0.0.1»,«10.0.0.2»⟧ port=⟨5432⟩ dbname=app‹ target_session_attrs=any›", PG),
    ("host=⟦«db1.corp.net»⟧ ‹hostaddr=«10.0.0.121» ›dbname=app", PG),
    ("hostaddr=⟦«10.0.0.121»⟧ dbname=app", PG),
    ("host=⟦«fd00::1»⟧ dbname=app", PG),
    ("\n  host=⟦«10.0.0.121»⟧\n  port=⟨5432⟩\n  dbname=app\n", PG),
    ("host=⟦«10.0.0.121»⟧ user=app TimeZone=Asia/Shanghai sslmode=disable", PG),
]

SEMICOLONS = [
    ("Server=⟦«10.0.0.121»⟧;Port=⟨3306⟩;Database=app;Uid=app;Pwd=pw", MY),
    ("Server=⟦«10.0.0.121»⟧\\INST,⟨1433⟩;Database=app", MS),
    ("Server=tcp:⟦«10.0.0.121»⟧,⟨1433⟩;Initial Catalog=app;Encrypt=True;", MS),
    ("Data Source=⟦«10.0.0.121»⟧;Initial Catalog=app;Integrated Security=True", MS),
    ("Network Address=⟦«10.0.0.121»⟧;Initial Catalog=app", MS),
    ("addr=⟦«10.0.0.121»⟧;database=app;trusted_connection=yes", MS),
    ("Host=⟦«10.0.0.121»⟧;Port=⟨5432⟩;Database=a;Username=u;SSL Mode=Require;Trust Server Certificate=true", PG),
    ("Host=⟦«10.0.0.121»⟧;Username=app;Password=pw;Database=app", PG),
    ("Host=⟦«a.corp.net»,«b.corp.net»⟧;Database=app;‹Target Session Attributes=primary;›Username=app", PG),
    ("Host=⟦«10.0.0.1»:⟨5432⟩,«10.0.0.2»:⟨5433⟩⟧;Username=app;Database=app‹;Load Balance Hosts=true›", PG),
    ("DRIVER={ODBC Driver 17 for SQL Server};SERVER=⟦«10.0.0.121»⟧,⟨1433⟩;DATABASE=app;UID=sa;PWD={p;w}", MS),
    ("Driver={PostgreSQL Unicode};Server=⟦«10.0.0.121»⟧;Port=⟨5432⟩;Database=app", PG),
    ("Driver={MySQL ODBC 8.0 Unicode Driver};Server=⟦«10.0.0.121»⟧;Database=app", MY),
    ("Driver=FreeTDS;Server=⟦«10.0.0.121»⟧;Port=⟨1433⟩;Database=app", MS),
    ("Data Source=⟦«10.0.0.121»:⟨1521⟩⟧/ORCL;User Id=app;Password=pw", OR),
    ("User Id=app;Password=pw;Data Source=//⟦«10.0.0.121»:⟨1521⟩⟧/ORCL", OR),
    ("Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=⟦«10.0.0.121»⟧)(PORT=⟨1521⟩)));User Id=app", OR),
    ("Password='p;Server=x';Server=⟦«10.0.0.121»⟧;Database=app", None),
    ("Server=⟦«10.0.0.1»⟧;‹Failover Partner=«10.0.0.2»;›Database=app;Integrated Security=SSPI", MS),
    ("mysql:host=⟦«10.0.0.121»⟧;dbname=app", MY),
    ("mysql:dbname=app;charset=utf8;host=⟦«10.0.0.121»⟧", MY),
    ("mysql:host=⟦«10.0.0.121»⟧;port=⟨3306⟩;dbname=app", MY),
    ("pgsql:host=⟦«10.0.0.121»⟧;port=⟨5432⟩;dbname=app", PG),
    ("pgsql:host=⟦«10.0.0.121»⟧ port=⟨5432⟩ dbname=app user=app", PG),
    ("dbi:Pg:dbname=app;host=⟦«10.0.0.121»⟧", PG),
    ("DBI:mysql:app;host=⟦«10.0.0.20»⟧;port=⟨3306⟩", MY),
    ("dbi:mysql:host=⟦«10.0.0.20»⟧:port=⟨3306⟩:database=app", MY),
    ("DBI:MariaDB:database=app:host=⟦«10.0.0.20»⟧", MA),
    ("dbi:Oracle:host=⟦«10.0.0.80»⟧;sid=ORCL;port=⟨1521⟩", OR),
    ("DBI:$driver:dbname=app;host=⟦«10.0.0.121»⟧", None),
    ("DBI:mysql:database=app;host=⟦«10.0.0.121»⟧;port=⟨3306⟩", MY),
    ("DBI:mysql:app:⟦«10.0.0.121»:⟨3306⟩⟧", MY),
    ("sqlsrv:Server=⟦«10.0.0.121»⟧,⟨1433⟩;Database=app", MS),
    ("oci:dbname=//⟦«10.0.0.121»:⟨1521⟩⟧/SVC;charset=UTF8", OR),
]

REST = [
    ("app:pw@tcp(⟦«10.0.0.121»:⟨3306⟩⟧)/app", MY),
    ("app:p@s(s@tcp(⟦«10.0.0.121»⟧)/app?tls=true", MY),
    ("app:pw@(⟦«10.0.0.121»:⟨3306⟩⟧)/", MY),
    ("tcp(⟦[«fd00::1»]:⟨3306⟩⟧)/app", MY),
    ("(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=⟦«10.0.0.121»⟧)(PORT=⟨1521⟩))(CONNECT_DATA=(SERVICE_NAME=S)))", OR),
    (
        "(DESCRIPTION=‹(FAILOVER=on)›(ADDRESS = (HOST = ⟦«10.0.0.1»⟧)(PORT=⟨1521⟩))‹(ADDRESS=(HOST=«10.0.0.2»))›(A=b))",
        OR,
    ),
    ("⟦«10.0.0.1»:⟨6379⟩,«10.0.0.2»:⟨6379⟩⟧,password=pw,ssl=false", RE),
    ("⟦«cache.corp.net»⟧,abortConnect=false", RE),
    ("⟦«10.0.0.121»⟧", None),
    ("  ⟦«10.0.0.121»⟧\n", None),
    ("⟦«10.0.0.121»:⟨5432⟩⟧", None),
    ("⟦«db1.corp.internal»:⟨5432⟩⟧", None),
    ("⟦«db-postgres-01»⟧", None),
    ("⟦[«fd00::1»]:⟨5432⟩⟧", None),
    ("⟦«fd00::1»⟧", None),
    ("⟦«10.0.0.121»:⟨1521⟩⟧/ORCL", None),
    ("⟦«10.0.0.121»⟧:${PORT}", None),
    ("app:pw@⟦«10.0.0.121»:⟨3306⟩⟧/app", None),
    ("⟦«10.0.0.1»,«10.0.0.2»⟧", None),
    ("⟦«10.0.0.121.»⟧", None),
    ("[⟦«10.0.0.1»⟧]", None),
    ("⟦«10.0.0.1»:⟨9042⟩, «10.0.0.2»:⟨9043⟩⟧", None),
    ("⟦«a»;«b»;«c»⟧", None),
    ("⟦«10.0.0.1» «10.0.0.2»  «db-postgres-03»⟧", None),
    ('["⟦«10.0.0.1»", "«10.0.0.2»⟧"]', None),
    ("http://⟦«10.0.0.1»:⟨9200⟩,http://«10.0.0.2»:⟨9200⟩⟧", None),
    ('["http://⟦«10.0.0.1»:⟨9200⟩⟧"]', None),
    ("http://⟦«10.0.0.121»:⟨9200⟩⟧/_cluster", None),
    ("amqp://guest:guest@⟦«10.0.0.121»:⟨5672⟩⟧/%2F", None),
]


@pytest.mark.parametrize(("sample", "engine"), URLS + TEMPLATED + JDBC + KEYWORDS + SEMICOLONS + REST)
def test_marked(sample, engine):
    want = marked(sample)
    parsed = parse(want.text)
    check(parsed, want)
    assert parsed.engine is engine


@pytest.mark.parametrize("sample", [sample for sample, _ in URLS + JDBC + SEMICOLONS])
def test_database_strings_are_certain(sample):
    parsed = parse(marked(sample).text)
    assert parsed.dsn
    assert not parsed.doubt


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "10.0.0.1200", "10.0.0", "5432", "0.5", "10.0.0.0/24", "10.0.0.1-10.0.0.5", "2024-01-01", "1.2.3"),
        *("1.25.3.2-5", "hello world", "a b c", "Hello, nice world!", "user@corp.com", "root@10.0.0.120", "key: value"),
        *("/var/run/postgresql", "./data", "C:\\data", "10.0.0.5:/export", "library/postgres", "text/plain", "${HOST}"),
        *("{{ .Values.host }}", "%s:%d", "$(DB_HOST)", f"{HOLE}:5432", "<HOST>", "${H:-10.0.0.121}", "-10.0.0.1"),
        *("host=10.0.0.121", "port=5432 user=app", "a=b", "x=1;y=2", "(a)", "f(10.0.0.121)", "10.0.0.121..", ":5432"),
        *("10.0.0.121:port", "10.0.0.121:5432:x", "[fd00::1", "db..corp", "-db", "db1{{ .env }}.corp.net"),
        *("10.0.0.12{{ $i }}", "a" * 300, "joe@corp.com,ann@corp.com", "level=info host=a", "'u'@'10.99.0.%'"),
    ],
)
def test_nothing_to_read(text):
    parsed = parse(text)
    assert parsed is None


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("postgresql://${USER}:${PASSWORD}@${HOST}:5432/app", PG),
        ("postgresql://u:p@db1{{ env }}.corp.internal/app", PG),
        ("postgresql:///app", PG),
        ("postgresql://%2Fvar%2Frun%2Fpostgresql/app", PG),
        ("postgresql:///app?host=/var/run/postgresql", PG),
        ("redis+socket:///run/redis.sock", RE),
        ("jdbc:tc:postgresql:15:///app", None),
        ("jdbc:h2:mem:test", None),
        ("jdbc:hive2://10.0.0.121:10000/app", None),
        ("jdbc:oracle:thin:@ORCL", OR),
        ("jdbc:oracle:thin:@ldap://ldap.corp.net:389/orcl", OR),
        ("host=/var/run/postgresql dbname=app", PG),
        ("host=%s port=5432 dbname=app", PG),
        ("host={{ .host }} dbname=app", PG),
        ("Data Source=app.db;Password=pw", None),
        ("Data Source=:memory:;Pooling=true", None),
        ("Data Source=|DataDirectory|\\app.mdf;Integrated Security=True", MS),
        ("Data Source=/var/lib/app.sqlite;Pooling=true", None),
        ("Server=.;Database=app", None),
        ("Server=.\\SQLEXPRESS;Database=app", None),
        ("Server=(localdb)\\mssqllocaldb;Database=app", None),
        ("Server=${HOST};Database=app", None),
        ("Server={0};Database=app", None),
        ("app:pw@unix(/run/mysqld.sock)/app", MY),
        ("app:pw@tcp(%s)/app", MY),
        ("(DESCRIPTION=(ADDRESS=(HOST=${H})(PORT=1521)))", OR),
    ],
)
def test_connection_strings_without_a_literal_host(text, engine):
    parsed = parse(text)
    assert parsed is not None
    assert parsed.hosts == ()
    assert parsed.engine is engine
    assert (parsed.list_start, parsed.list_end) == (-1, -1)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("postgresql://10.0.0.1/app?target_session_attrs=read-write", Intent.WRITE),
        ("postgresql://10.0.0.1/app?target_session_attrs=primary", Intent.WRITE),
        ("postgresql://10.0.0.1/app?target_session_attrs=read-only", Intent.READ),
        ("host=10.0.0.1 dbname=a target_session_attrs=standby", Intent.READ),
        ("host=10.0.0.1 dbname=a target_session_attrs=prefer-standby", Intent.READ),
        ("host=10.0.0.1 dbname=a target_session_attrs=any", Intent.UNKNOWN),
        ("host=10.0.0.1 dbname=a options='-c default_transaction_read_only=on'", Intent.READ),
        ("jdbc:postgresql://10.0.0.1/a?targetServerType=master", Intent.WRITE),
        ("jdbc:postgresql://10.0.0.1/a?targetServerType=preferSecondary", Intent.READ),
        ("jdbc:postgresql://10.0.0.1/a?readOnly=true", Intent.READ),
        ("jdbc:postgresql://10.0.0.1/a?readOnly=false", Intent.UNKNOWN),
        ("mongodb://10.0.0.1/a?readPreference=secondaryPreferred", Intent.READ),
        ("mongodb://10.0.0.1/a?readPreference=primary", Intent.WRITE),
        ("mongodb://10.0.0.1/a?readPreference=nearest", Intent.UNKNOWN),
        ("Server=10.0.0.1;Database=a;ApplicationIntent=ReadOnly", Intent.READ),
        ("Server=10.0.0.1;Database=a;Application Intent=ReadWrite", Intent.WRITE),
        ("Host=10.0.0.1;Database=a;Username=u;Target Session Attributes=prefer-standby", Intent.READ),
        ("jdbc:sqlserver://10.0.0.1;applicationIntent=ReadOnly", Intent.READ),
        ("postgresql://10.0.0.1/app", Intent.UNKNOWN),
    ],
)
def test_intent(text, intent):
    assert parse(text).intent is intent


@pytest.mark.parametrize(
    ("sample", "why"),
    [
        ("postgresql://u:p@ss@«10.0.0.121»/app", "unescaped @"),
        ("postgresql://u:p/ss@«10.0.0.121»/app", "unescaped /"),
        ("postgresql://u:p#ss@«10.0.0.121»/app", "unescaped /"),
        ("postgresql://u:p?ss@«10.0.0.121»/app", "unescaped /"),
        ("postgresql://u:12/34@«10.0.0.121»/app", "unescaped /"),
        ("postgresql://«10.0.0.121»?user=a&password=p@ss", "unescaped @"),
        ("postgresql://«10.0.0.121»:⟨5432⟩/app?password=p@ss", "unescaped @"),
        ("u:p@ss@«10.0.0.121»:⟨3306⟩/app", "unescaped @"),
        ("mongodb+srv://u:p@«db.corp.net»/app", "DNS service record"),
        ("redis-sentinel://«10.0.0.1»:⟨26379⟩,«10.0.0.2»:⟨26379⟩/mymaster", "Sentinel"),
        ("postgresql://«10.0.0.121»,${OTHER}/app", "elsewhere"),
        ("postgresql://«10.0.0.121»/app?host=10.0.0.122", "query"),
        ("host=/tmp,«10.0.0.121» dbname=app", "socket"),
    ],
)
def test_doubts(sample, why):
    want = marked(sample)
    parsed = parse(want.text)
    check(parsed, want)
    assert why in parsed.doubt


@pytest.mark.parametrize(
    "text",
    [
        *("postgresql://10.0.0.121/db@x", "postgresql://u:p%40@10.0.0.121/app", "redis://10.0.0.121/0?password=p@ss"),
        *("jdbc:postgresql://10.0.0.121:5432/app?user=a&password=p@ss", "jdbc:mysql://10.0.0.121?password=p@ss"),
        *("postgresql://u:a b@10.0.0.121/app", "postgresql://10.0.0.121/app?user=a&password=p@10.0.0.9"),
    ],
)
def test_an_at_sign_elsewhere_is_no_doubt(text):
    parsed = parse(text)
    assert [part.host for part in parsed.hosts] == ["10.0.0.121"]
    assert parsed.doubt == ""


@pytest.mark.parametrize(
    "text",
    [
        *("postgresql://10.0.0.1:${P},10.0.0.2:${P}/app", "mongodb://10.0.0.1:27017,10.0.0.2:{{ .p }}"),
        *("http://10.0.0.1:9200,http://u:p@10.0.0.2:9200", "10.0.0.1:$P,10.0.0.2:$P"),
    ],
)
def test_lists_that_no_edit_may_collapse(text):
    parsed = parse(text)
    assert len(parsed.hosts) == 2
    assert (parsed.list_start, parsed.list_end) == (-1, -1)


def test_percent_encoded_hosts_are_decoded_and_marked():
    parsed = parse("postgresql://u@10%2E0%2E0%2E121:5432/app")
    (part,) = parsed.hosts
    assert (part.host, part.exact) == ("10.0.0.121", False)
    assert parsed.list_end == len("postgresql://u@10%2E0%2E0%2E121:5432")


@pytest.mark.parametrize(
    ("text", "engine", "known"),
    [
        ("http://10.0.0.121:9200", ES, ES),
        ("https://10.0.0.121:8443", CH, CH),
        ("http://10.0.0.121:8080", RE, None),
        ("tcp://10.0.0.121:6379", RE, RE),
        ("tcp://10.0.0.121:6379", None, None),
        ("10.0.0.121:9042", CA, CA),
        ("10.0.0.1,10.0.0.2", CA, CA),
        ("app/pw@10.0.0.121:1521/ORCL", OR, OR),
        ("//10.0.0.121:1521/ORCL", OR, OR),
        ("10.0.0.121,1433", MS, MS),
        ("tcp:10.0.0.121,1433", MS, MS),
        (r"10.0.0.121\SQL", MS, MS),
        (r"admin:10.0.0.121\SQL,1433", MS, MS),
        ("10.0.0.1,10.0.0.2", MS, MS),
    ],
)
def test_what_the_caller_knows(text, engine, known):
    parsed = parse(text, engine=engine)
    assert parsed.hosts[0].host.startswith("10.0.0.1")
    assert parsed.engine is known


@pytest.mark.parametrize(
    ("text", "insert", "with_port"),
    [
        ("postgresql://u@10.0.0.1/a", ":", "postgresql://u@10.0.0.1:7/a"),
        ("postgresql://u@[fd00::1]/a", ":", "postgresql://u@[fd00::1]:7/a"),
        ("postgresql://u@10.0.0.1:/a", "", "postgresql://u@10.0.0.1:7/a"),
        ("postgresql:///a?host=10.0.0.1", "&port=", "postgresql:///a?host=10.0.0.1&port=7"),
        ("host=10.0.0.1 dbname=a", " port=", "host=10.0.0.1 port=7 dbname=a"),
        ("host='10.0.0.1' dbname=a", " port=", "host='10.0.0.1' port=7 dbname=a"),
        ("Host=10.0.0.1;Username=u;Database=a", ";Port=", "Host=10.0.0.1;Port=7;Username=u;Database=a"),
        ("Server=10.0.0.1;Initial Catalog=a", ",", "Server=10.0.0.1,7;Initial Catalog=a"),
        ("Server=10.0.0.1\\I;Initial Catalog=a", ",", "Server=10.0.0.1\\I,7;Initial Catalog=a"),
        ("mysql:host=10.0.0.1;dbname=a", ";port=", "mysql:host=10.0.0.1;port=7;dbname=a"),
        ("u:p@tcp(10.0.0.1)/a", ":", "u:p@tcp(10.0.0.1:7)/a"),
        ("(DESCRIPTION=(ADDRESS=(HOST=10.0.0.1)))", ")(PORT=", "(DESCRIPTION=(ADDRESS=(HOST=10.0.0.1)(PORT=7)))"),
        ("jdbc:sqlserver://10.0.0.1\\I;a=b", ":", "jdbc:sqlserver://10.0.0.1\\I:7;a=b"),
        ("jdbc:mysql://(host=10.0.0.1,user=a)/a", ",port=", "jdbc:mysql://(host=10.0.0.1,port=7,user=a)/a"),
    ],
)
def test_where_a_missing_port_goes(text, insert, with_port):
    (part,) = parse(text).hosts
    assert (part.port, part.insert) == (None, insert)
    assert text[: part.insert_at] + part.insert + "7" + text[part.insert_at :] == with_port
    assert parse(with_port).hosts[0].port == 7


@pytest.mark.parametrize(
    "text",
    ["postgresql://10.0.0.1:${PORT}/a", "host=10.0.0.1 port=%s dbname=a", "Server=10.0.0.1;Database=a", "10.0.0.1:$P"],
)
def test_where_no_port_may_be_written(text):
    (part,) = parse(text).hosts
    assert (part.port, part.insert_at) == (None, -1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Host=10.0.0.121;Username=app;Database=app", ["10.0.0.121"]),
        ("Host=10.0.0.121,10.0.0.122;Database=app;Username=app", ["10.0.0.121", "10.0.0.122"]),
        ("Server=10.0.0.121;Port=5432;Database=app;User Id=app;", ["10.0.0.121"]),
        ("host=10.0.0.121 dbname=app options='-c a=b;c'", ["10.0.0.121"]),
        ("host=/var/run/postgresql dbname=app password=a;b", []),
    ],
)
def test_npgsql_and_libpq_are_told_apart_where_the_engine_is_known(text, found):
    parsed = parse(text, engine=PG)
    assert parsed is not None
    assert [part.host for part in parsed.hosts] == found

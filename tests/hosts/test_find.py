r"""Connection strings inside commands, prose and code; and text that looks like them and must not be found."""

import pytest

from analyzer.hosts import find
from analyzer.model import Engine, Intent
from tests.hosts.marks import check, marked

FOUND = [
    # URLs
    'DATABASE_URL="postgresql://app:pw@«10.0.0.121»:⟨5432⟩/app"',
    "psql postgresql://app:pw@«10.0.0.121»/app -c 'select 1'",
    "see (redis://«10.0.0.121»:⟨6379⟩) and postgres://«10.0.0.122»/a.",
    "redis://«10.0.0.1»:⟨6379⟩, redis://«10.0.0.2»:⟨6379⟩",
    "redis://«10.0.0.1»:⟨6379⟩,redis://«10.0.0.2»:⟨6379⟩",
    "redis+sentinel://«10.0.0.1»:⟨26379⟩;sentinel://«10.0.0.2»:⟨26379⟩",
    "[link](postgresql://«10.0.0.121»:⟨5432⟩)",
    "<url>jdbc:mysql://«10.0.0.121»:⟨3306⟩/app</url>",
    '<property name="url" value="jdbc:mysql://«10.0.0.121»/app?a=b&amp;c=d"/>',
    "redis://«10.0.0.121»:⟨6379⟩<br>",
    "**postgresql://«10.0.0.121»:⟨5432⟩**",
    "`postgres://${u}:${p}@«10.0.0.121»/app`",
    "${DATABASE_URL:-postgresql://app:pw@«10.0.0.121»:⟨5432⟩/app}",
    '@Value("${db.url:jdbc:postgresql://«10.0.0.121»:⟨5432⟩/app}")',
    r'echo "export DB=\"mysql://app:pw@tcp(«10.0.0.121»:⟨3306⟩)/app\"" >> f',
    r'"line\npostgresql://app@«10.0.0.121»/app\n"',
    "connection_url='postgresql://{{username}}:{{password}}@«10.0.0.121»:⟨5432⟩/postgres'",
    'x = "postgresql://app:p w@«10.0.0.121»/app" + y',
    'x = "postgresql://app:1234 5@«10.0.0.121»/app"',
    'x = "postgresql://app:p\'w@«10.0.0.121»/app"',
    "java -Dspring.datasource.url=jdbc:mysql://«10.0.0.121»:⟨3306⟩/app -jar app.jar",
    r"spring.datasource.url=jdbc\:mysql\://«10.0.0.121»\:⟨3306⟩/app",
    "jdbc:sqlserver://«10.0.0.121»:⟨1433⟩;databaseName=app;user=sa",
    "url: jdbc:oracle:thin:@(DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = «10.0.0.121»)(PORT = ⟨1521⟩)))",
    "mongosh mongodb://«10.0.0.1»:⟨27017⟩,«10.0.0.2»:⟨27017⟩/app?replicaSet=rs0 --quiet",
    # libpq
    'dsn := "host=«10.0.0.121» user=app password=pw dbname=app port=⟨5432⟩ sslmode=disable"',
    'fmt.Sprintf("host=«10.0.0.121» port=%d user=%s password=%s", p, u, w)',
    "psql 'host=«10.0.0.121» user=postgres'",
    "psql \"host='«10.0.0.121»' dbname='app'\"",
    "CREATE SUBSCRIPTION s CONNECTION 'host=«10.0.0.121» port=⟨5432⟩ dbname=app' PUBLICATION p;",
    "user=app password=pw host=«10.0.0.121»\nother text",
    r'"host=«10.0.0.121» port=⟨5432⟩ dbname=app\n"',
    "${DSN:-host=«10.0.0.121» dbname=app}",
    # ADO, ODBC, PDO, DBI
    'var c = "Server=«10.0.0.121»;Port=⟨3306⟩;Database=app;Uid=a;Pwd=b";',
    '"Default": "Server=tcp:«10.0.0.121»,⟨1433⟩;Initial Catalog=app;Encrypt=True;"',
    '@"Data Source=«10.0.0.121»\\INST;Initial Catalog=app"',
    'pyodbc.connect("DRIVER={ODBC Driver 17 for SQL Server};SERVER=«10.0.0.121»;DATABASE=app;UID=a;PWD=b")',
    "ConnectionString: Server=«10.0.0.121»;Database=app;User Id=a;Password=b",
    'add connectionString="Data Source=«10.0.0.121»;User Id=a;Password=b" />',
    "new PDO('mysql:host=«10.0.0.121»;dbname=app', $u, $p)",
    "'dsn' => 'pgsql:host=«10.0.0.121»;port=⟨5432⟩;dbname=app',",
    'DBI->connect("dbi:Pg:dbname=app;host=«10.0.0.121»", $u, $p)',
    # the rest
    'sql.Open("mysql", "app:pw@tcp(«10.0.0.121»:⟨3306⟩)/app")',
    'dsn = "app:" + pw + "@tcp(«10.0.0.121»:⟨3306⟩)/app"',
    "ORCL = (DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = «10.0.0.121»)(PORT = ⟨1521⟩))\n  (DATA = (SID = X)))",
    'ConnectionMultiplexer.Connect("«10.0.0.1»:⟨6379⟩,«10.0.0.2»:⟨6379⟩,password=pw,ssl=false")',
]

NOT_FOUND = [
    # other services
    "http://10.0.0.121:9200 https://db1.corp.net:9243/x amqp://g:g@10.0.0.121:5672 kafka://10.0.0.121:9092",
    "ssh://root@10.0.0.121 ftp://10.0.0.121 rtsp://10.0.0.121/stream mqtt://10.0.0.121 tcp://10.0.0.121:9092",
    "BACKEND_REDIS_URL=http://redis-api.corp.net:8080",
    "host=rabbit.corp.net;username=guest;password=guest;virtualHost=/",
    'smtp("host=mail.corp.net")',
    "level=info host=10.0.0.121 msg=started",
    # operations and mentions
    *("ssh root@10.0.0.120", "curl http://10.0.0.122:8008/patroni", "server pg1 10.0.0.120:5432 check port 8008"),
    *("- targets: ['10.0.0.120:9187', '10.0.0.121:9187']", "host all all 10.0.0.0/24 md5", "10.0.0.121 db1 # primary"),
    # files, sockets, containers
    *("sqlite:///app.db", "Data Source=app.db;Version=3;Password=x", "postgresql://%2Fvar%2Frun/app"),
    *("host=/var/run/postgresql dbname=app", "app:pw@unix(/run/mysqld.sock)/app", "jdbc:tc:mysql:8.0.36:///app"),
    *("jdbc:h2:tcp://10.0.0.121/app", "jdbc:derby://10.0.0.121/app", "Server=(localdb)\\x;Database=app"),
    # placeholders where the host should be
    *("postgresql://user:password@${HOST}:5432/app", "postgresql://u:p@{{ .host }}/a", "mysql://u:p@%s:3306/a"),
    *(
        "jdbc:postgresql://$(DB_HOST):5432/app",
        "host=%s port=5432 dbname=app",
        "Server=${DB};Database=app",
        "tcp(%s:%d)/",
    ),
    *("postgresql://<HOST>:5432/app", "u:p@tcp(${H}:3306)/app", "postgresql://u:p@db1{{ .env }}.corp.net/app"),
    # versions, OIDs, ranges
    *("assembly 1.0.0.0, server 9.1.2.2, tool 2.0.1.0", "1.25.3.2-5", "1.3.6.1.4.1.2021.10", "10.0.0.121/24"),
    # program text
    *("host = config.host; port = config.port;", "const server = http.createServer; const user = a;"),
    *("connect(host=conn.host, port=conn.port, user=me)", "f(host=db1.corp.net, port=5432)", "f(port=5432, host=a.b)"),
    *("connect(host='10.0.0.121', port=5432, user='app')", "server = app.listen(port);", "host=a\nport=b\nuser=c\n"),
    *("host: 10.0.0.121", "f(tcp(x))", "<server host='10.0.0.121' port='5432' user='a'/>", "@(condition)/path"),
    *("GRANT ALL ON app.* TO 'u'@'10.99.0.%'", "_GDB_HOST=x;ovsdb-server=y", "mypostgresql://10.0.0.121/app"),
    *("x.postgresql://10.0.0.121/app", "mysql:latest", "postgres:16", "redis: host=x", "dbi:pg", "://10.0.0.121/app"),
]


@pytest.mark.parametrize("sample", FOUND)
def test_found(sample):
    want = marked(sample)
    found = list(find(want.text))
    assert [(p.start, p.end) for r in found for p in r.hosts] == want.hosts()
    ports = sorted({(p.port_start, p.port_end) for r in found for p in r.hosts if p.port_start >= 0})
    assert ports == want.spans["⟨"]
    for reading in found:
        assert reading.start <= reading.hosts[0].start
        assert reading.hosts[-1].end <= reading.end <= len(want.text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text):
    assert list(find(text)) == []


def test_offsets_count_from_the_start_of_the_text():
    prose = "größer ✓ " * 200
    sample = marked(f"{prose} postgresql://u:p@⟦«10.0.0.1»:⟨5432⟩,«10.0.0.2»⟧/a‹?target_session_attrs=any› {prose}")
    (reading,) = find(sample.text)
    check(reading, sample)
    assert sample.text[reading.start : reading.end].startswith("postgresql://")
    assert sample.text[reading.start : reading.end].endswith("=any")


def test_a_drop_does_not_reach_beyond_the_string():
    sample = marked("run --db Server=«10.0.0.1»;Initial Catalog=a‹;MultiSubnetFailover=true› --verbose")
    (reading,) = find(sample.text)
    check(reading, sample)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("host=10.0.0.121 port=8080", False),
        ("host=10.0.0.121 port=5432", True),
        ("host=10.0.0.121 user=app", False),
        ("host=10.0.0.121 user=app password=pw", True),
        ("host=10.0.0.121 user=app password=pw port=25", False),
        ("host=10.0.0.121 dbname=app", True),
    ],
)
def test_how_certain_keywords_are(text, certain):
    (reading,) = find(text)
    assert (reading.form, reading.dsn) == ("libpq", certain)


def test_one_string_inside_another_is_not_found_twice():
    (reading,) = find("jdbc:sqlserver://10.0.0.1:1433;databaseName=a;server=10.0.0.9;user=b")
    assert reading.form == "jdbc"
    (reading,) = find("Data Source=(DESCRIPTION=(ADDRESS=(HOST=10.0.0.1)(PORT=1521)));User Id=a;Password=b")
    assert (reading.form, reading.engine) == ("ado", Engine.ORACLE)


def test_hosts_of_a_hidden_string_are_not_read_from_its_inside():
    assert list(find("postgresql://u:host=10.0.0.9&x@${HOST}/a?host=%s")) == []


def test_a_very_long_string_is_read_within_its_window():
    (reading,) = find("postgresql://" + ",".join(f"10.0.{i // 250}.{i % 250}" for i in range(2000)) + "/a")
    assert 200 < len(reading.hosts) < 500
    assert reading.intent is Intent.UNKNOWN

"""The sieve before the Semgrep engine: every sample that a rule finds passes, libraries without databases do not."""

import re

import pytest

from analyzer.extract.strangers import heavy, sieve
from tests.trees import ROOT

HIT = sieve()
SAMPLES = sorted(p for p in (ROOT / "rules").rglob("*.*") if p.suffix != ".yaml")
# An address or a qualified name: the rest cannot be more than a mention without a policy.
STRANGER = re.compile(rb"10\.\d+\.\d+\.\d+|[a-z0-9-]+\.corp\.internal")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_every_annotated_sample_with_a_real_host_passes(sample):
    data = sample.read_bytes()
    if STRANGER.search(data) and b"ruleid" in data and sample.stem != "http":
        assert HIT(data)


@pytest.mark.parametrize(
    "text",
    [
        "const pool = new Pool({ host: '10.0.0.121' }); require('pg')",
        "import Redis from 'ioredis'; new Redis(6379, 'cache.corp.internal')",
        "const DB_HOST = '10.0.0.121'",
        "const dbHost = process.env.X || 'db.corp.internal'",
        "let u = `postgres://${u}:${p}@10.0.0.121/app`",
        "mongoose.connect('mongodb://10.0.0.121/app')",
        'PGSimpleDataSource s; s.setServerName("10.0.0.121");',
        'new JedisPool(config, "10.0.0.121", 6379);',
        'new SqlConnection("Server=sql1.corp.internal;Database=orders");',
        'options.UseNpgsql("Host=10.0.0.121;Username=app")',
        "new PDO('mysql:host=db1.corp.internal;dbname=orders')",
        "mysqli_connect('10.0.0.121', 'app')",
        "PG.connect(host: '10.0.0.121')",
        "Mysql2::Client.new(host: '10.0.0.121')",
        'gocql.NewCluster("10.0.0.121")',
        'sql.Open("mysql", "app:x@tcp(db1.corp.internal:3306)/orders")',
        'tokio_postgres::connect("host=db1.corp.internal user=app")',
        '@Value("${db.host:db1.corp.internal}")',
        'conf.set("es.nodes", "10.0.0.121")',
        "const userDb = {host: '[fd00::10]'}; createClient({url: 'redis://[fd00::10]'})",
    ],
)
def test_connections_pass(text):
    assert HIT(f"\n{text}\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        "jQuery.fn.init = function () { preDispatch(); version = '3.1.1' }",
        "clickNext('Events.wheel')",
        "const pool = new Pool({ host: process.env.PGHOST }); require('pg')",
        "fetch('https://api.corp.internal/orders')",
        "new Redis('redis')",
        'server.listen("10.0.0.121", 8080)',
        "mail.host = 'mail.corp.internal'",
        'new PDO("sqlite:orders.db")',
        'sql.Open("postgres", os.Getenv("DATABASE_URL"))',
    ],
)
def test_what_can_lead_to_no_finding_does_not(text):
    assert not HIT(text.encode())


LINE = b"const host = '10.0.0.121';\n"


@pytest.mark.parametrize("data", [LINE * 20_000, b"x;" * 50_000, LINE * 2000 + b"y" * 30_000])
def test_libraries_and_minified_files_are_heavy(data):
    assert heavy(data)


@pytest.mark.parametrize("data", [b"", LINE, LINE * 10_000, b"x;" * 15_000, LINE * 2000 + b"y" * 4000])
def test_code_is_not_heavy(data):
    assert not heavy(data)

# ruff: noqa: E501  samples of code keep their lines
"""Samples of the other languages, whole files through the real engine: flows, lists, placeholders, tags."""

from functools import cache

import pytest

from analyzer.extract.semgrep import Target, scan
from analyzer.model import Extraction
from analyzer.source import SourceFile
from tests.kit import check, disguises, parse_sample

SAMPLES = {
    "a.go": """
package store

const place = "«10.0.0.121|clue=call+dsn,engine=postgresql,flow»"

// ruled out: const other = "10.0.0.122"
func open() {
	pgxpool.New(ctx, fmt.Sprintf("postgres://app@%s:⟦6432⟧/orders", place))
	gocql.NewCluster("«10.0.0.120|group=2,clue=call»", "«10.0.0.122|group=2»")
}

type DatabaseConfig struct {
	Host string `env:"DB_HOST" envDefault:"«10.0.0.123|clue=key»"`
	Port int    `env:"DB_PORT" envDefault:"⟦5432⟧"`
	Mail string `env:"MAIL" envDefault:"10.0.0.124"`
}
""",
    "a.java": """
class Store {
    private static final String PLACE = "«10.0.0.121|clue=dsn+call,flow»";
    @Value("${db.host:«10.0.0.122|clue=key»}") private String host;
    @Value("${mail.sender:10.0.0.124}") private String mail;

    void open() {
        DriverManager.getConnection("jdbc:postgresql://" + PLACE + ":⟦5432⟧/orders");
        b.addContactPoint(new InetSocketAddress("«10.0.0.120|clue=call,port=9042»", ⟦9042⟧));
    }

    void other(String PLACE) { log.info("jdbc of " + PLACE); }
}
""",
    "a.kt": """
package store

data class DatabaseConfig(val host: String = "«10.0.0.121|clue=key,port=5432»", val port: Int = ⟦5432⟧)

class Injected(@Value("\\${db.host:«10.0.0.122|clue=key»}") val host: String)
// @Value("\\${db.host:10.0.0.124}")
""",
    "a.scala": """
object Store {
  val Place = "«10.0.0.121|clue=dsn,flow»"
  def open() = Database.forURL(s"jdbc:postgresql://$Place:⟦5432⟧/orders", driver = "org.postgresql.Driver")
}
""",
    "a.cs": """
class Store
{
    private const string Place = "«10.0.0.121|clue=dsn+call,flow,port=5432»";

    void Open()
    {
        var a = new NpgsqlConnection($"Host={Place};Port=⟦5432⟧;Username=app;Password={secret}");
        var b = new ConfigurationOptions { EndPoints = { "«10.0.0.120|group=2»:⟦6379⟧", { "«10.0.0.122|group=2,port=6379»", ⟦6379⟧ } } };
        var c = new SqlConnectionStringBuilder();
        c["Data Source"] = "«10.0.0.123|clue=call»";
    }
}
""",
    "a.php": """<?php
class Store {
    private const PLACE = '«10.0.0.121|clue=dsn+call,flow»';
    function open() { return new PDO('pgsql:host=' . self::PLACE . ';port=⟦5432⟧;dbname=orders'); }
}
putenv('DB_HOST=«10.0.0.122|clue=key»');
$db['default'] = array('hostname' => '«10.0.0.120|clue=key,engine=mysql,port=3306»', 'dbdriver' => 'mysqli', 'port' => ⟦3306⟧);
""",
    "a.rb": """
PLACE = "«10.0.0.121|clue=dsn,flow»"
Sequel.connect("postgres://app@#{PLACE}:⟦5432⟧/orders")
options = { host: "«10.0.0.122|clue=call»", port: ⟦3306⟧ }
Mysql2::Client.new(options)
""",
    "a.rs": """
const PLACE: &str = "«10.0.0.121|clue=dsn,flow»";
fn open() {
    let pool = PgPool::connect(&format!("postgres://app@{PLACE}:⟦5432⟧/orders"));
    let config = RedisConfig { host: "«10.0.0.122|clue=key,port=6379»".into(), port: ⟦6379⟧ };
}
""",
    "a.ts": """
const PLACE = '«10.0.0.121|clue=dsn+call,flow»';
mongoose.connect(`mongodb://app@${PLACE}:⟦27017⟧/orders`);
const options = { contactPoints: ['«10.0.0.120|group=2,engine=cassandra»', '«10.0.0.122|group=2»'] };
new Queue('mails', { connection: { host: '«10.0.0.123|clue=call,port=6379»', port: ⟦6379⟧ } });
""",
}
LANGUAGES = {"go": "go", "java": "java", "kt": "kotlin", "scala": "scala", "cs": "csharp", "php": "php"} | {
    "rb": "ruby",
    "rs": "rust",
    "ts": "typescript",
}


@cache
def _all() -> dict[bytes, Extraction]:
    """Every disguise of every sample, read by one run."""
    targets = []
    for path, marked in SAMPLES.items():
        for name, disguised, bom in disguises(parse_sample(marked), None):
            data = bom + disguised.text.encode()
            targets.append(Target(SourceFile(f"{name}/{path}", data), LANGUAGES[path.split(".")[1]]))
    found = scan(targets, jobs=2)
    return {target.source.data: found[target.source.path] for target in targets}


@pytest.mark.parametrize("path", SAMPLES)
def test_hosts_are_found_at_their_bytes(path):
    check(lambda source: _all()[source.data], SAMPLES[path], path=path)

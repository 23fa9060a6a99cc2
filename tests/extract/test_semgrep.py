"""Samples of JavaScript and TypeScript, all disguises of all of them read by one run of the real engine."""

from functools import cache

import pytest

from analyzer.extract.semgrep import Target, scan
from analyzer.model import Extraction
from analyzer.source import BOM, SourceFile
from tests.kit import check, disguises, parse_sample

SAMPLES = {
    # clients
    "pg, object over lines": """
import { Pool } from 'pg';
export const pool = new Pool({
  user: 'app',
  host: '«10.0.0.121|clue=call,engine=postgresql,port=5432,open»', // the primary
  port: ⟦5432⟧,
});
""",
    "pg, port before host, quoted keys": """
const pg = require('pg');
new pg.Client({ "port": "⟦6432⟧", 'host': "«db-postgres-01.corp.internal|clue=call,port=6432»" });
""",
    "pg, default of a variable": """
import pg from 'pg';
const pool = new pg.Pool({
  host: process.env.PGHOST || '«10.0.0.122|clue=call+key,port=5432»',
  port: Number(process.env.PGPORT ?? ⟦5432⟧),
});
""",
    "pg, port hidden": """
const { Pool } = require('pg');
new Pool({ host: '«10.0.0.121|hidden=process.env.PGPORT»', port: process.env.PGPORT });
new Pool({ host: '«10.0.0.122|hidden=an expression»', port: ports.of('pg') });
""",
    "pg, template as connection string": """
const { Pool } = require('pg');
new Pool({ connectionString: `postgres://${user}:${encode(secret)}@«10.0.0.121|clue=dsn+call,insert=:»/app` });
""",
    "pg, template that ends in a hole": """
const { Client } = require('pg');
const client = new Client(`postgresql://${user}@«10.0.0.121|port=5432,clue=dsn+call»:⟦5432⟧/${name}`);
""",
    "pg, several hosts": """
const { Client } = require('pg');
new Client('postgresql://app@«10.0.0.120|group=3»:5432,«10.0.0.121|group=3»:5432,«10.0.0.122|group=3»:5432/app');
""",
    "pg, class by another name": """
import { Pool as Connections } from 'pg';
class Store {
  #pool = new Connections({ host: '«10.0.0.121|clue=call»' });
}
""",
    "pg, typed": """
import { Pool, type PoolConfig } from 'pg';
const pool: Pool = new Pool({ host: (process.env.PGHOST ?? '«10.0.0.121|clue=call+key»') as string } as PoolConfig);
""",
    "mysql": """
const mysql = require('mysql2/promise');
const pool = mysql.createPool({ host: '«10.0.0.20|clue=call,engine=mysql,port=3306»', port: ⟦3306⟧ });
const one = await mysql.createConnection({ host: process.env.DB_HOST || "«10.0.0.20|clue=call+key»" });
""",
    "mongodb": """
mongoose.connect('mongodb://app:secret@«10.0.0.120|group,clue=call+dsn»:27017,«10.0.0.121|group»:27017/app');
const client = new MongoClient(`mongodb://«10.0.0.120|engine=mongodb,insert=:»/app`);
""",
    "redis, host second": """
const cache = new Redis(⟦6379⟧, '«10.0.0.120|clue=call,port=6379,engine=redis»');
""",
    "redis, socket and URL": """
import { createClient } from 'redis';
createClient({ socket: { host: '«10.0.0.120|clue=call,port=6379»', port: ⟦6379⟧ } });
createClient({ url: 'redis://:secret@«10.0.0.121|clue=call+dsn»:⟦6379⟧' });
""",
    "redis, cluster": """
new Redis.Cluster([
  { host: '«10.0.0.120|group=2,port=7000»', port: 7000 },
  { host: '«10.0.0.121|group=2,port=7001»', port: 7001 },
]);
""",
    "knex": """
module.exports = {
  production: {
    client: 'pg',
    connection: { host: '«10.0.0.121|clue=call,engine=postgresql,port=5432»', port: ⟦5432⟧ },
  },
  staging: { client: 'mysql2', connection: 'mysql://app@«10.0.0.20|clue=call+dsn»/app' },
};
""",
    "sequelize": """
new Sequelize('app', 'app', secret, { host: '«10.0.0.121|clue=call+key,engine=postgresql»', dialect: 'postgres' });
""",
    "sequelize, replication": """
new Sequelize('app', null, null, {
  dialect: 'postgres',
  replication: { read: [{ host: '«10.0.0.121|intent=read,clue=call»' }], write: { host: '«10.0.0.120|intent=write»' } },
});
""",
    "typeorm": """
export const source = new DataSource({ type: 'postgres', host: '«10.0.0.121|clue=call+key,port=5432»', port: ⟦5432⟧ });
@Module({ imports: [TypeOrmModule.forRoot({ type: 'mysql', host: '«10.0.0.20|clue=call,engine=mysql»' })] })
export class AppModule {}
""",
    "elasticsearch": """
const { Client } = require('@elastic/elasticsearch');
new Client({ node: 'http://«10.0.0.120|clue=call,engine=elasticsearch,port=9200»:9200' });
new Client({ nodes: ['http://«10.0.0.120|group=2»:9200', 'http://«10.0.0.121|group=2»:9200'] });
""",
    "mssql": """
const sql = require('mssql');
new sql.ConnectionPool({ server: '«10.0.0.30|clue=call,engine=sqlserver,port=1433»', port: ⟦1433⟧ });
""",
    # flow
    "constant flows into a call": """
const { Pool } = require('pg');
const HOST = '«10.0.0.121|clue=call,flow,engine=postgresql,open»';
function connect() {
  return new Pool({ host: HOST, port: 5432 });
}
""",
    "options in a variable": """
const { Pool } = require('pg');
const options = { host: '«10.0.0.121|clue=call,flow,port=5432»', port: ⟦5432⟧ };
module.exports = new Pool(options);
""",
    "connection string in a variable": """
const url = process.env.DATABASE_URL || 'mongodb://«10.0.0.120|clue=call+dsn+key»/app';
mongoose.connect(url);
""",
    # keys
    "defaults of variables": """
const host = process.env.DB_HOST || '«10.0.0.121|clue=key,port=5432»';
const port = process.env.DB_PORT || ⟦5432⟧;
start(process.env['PGHOST'] ?? '«10.0.0.122|clue=key,engine=postgresql»');
""",
    "keys under a database": """
export default {
  database: { primary: { host: '«10.0.0.120|clue=key,intent=write,port=5432»', port: ⟦5432⟧ } },
  redis: { host: '«10.0.0.121|clue=key,engine=redis»' },
};
""",
    "keys beside a dialect": """
module.exports = { dialect: 'mysql', host: '«10.0.0.20|clue=key,engine=mysql»', database: 'app', username: 'app' };
""",
    "environment of a process manager": """
module.exports = {
  apps: [{ name: 'api', env: { REDIS_HOST: '«10.0.0.120|clue=key»', DB_HOST: "«10.0.0.121|clue=key»" } }],
};
""",
    "schema of a configuration": """
const schema = z.object({
  DB_HOST: z.string().default('«10.0.0.121|clue=key,port=5432»'),
  DB_PORT: z.coerce.number().default(⟦5432⟧),
});
""",
    "host name only": """
const server = { host: '«10.0.0.121|only=name»' };
""",
    "alternatives": """
const dbHost = production ? '«10.0.0.121|clue=key»' : '«10.0.0.122|clue=key»';
""",
    # strings
    "connection strings anywhere": """
run('postgresql://app@«10.0.0.121|clue=dsn,port=5432»:⟦5432⟧/app');
const joined = 'postgres://' + user + ':' + secret + '@«10.0.0.121|clue=dsn»:⟦5432⟧/' + name;
""",
    "host written with escapes": r"""
const DB_HOST = «'10.0.0.12\x31'|host=10.0.0.121,sealed»;
""",
    "host in pieces": """
const DB_HOST = «'10.0.0.' + '121'|host=10.0.0.121,sealed»;
""",
    "non-ASCII in the same literal": """
connect('postgres://größe:pässwort@«10.0.0.121|clue=dsn,open»:5432/ä');
""",
    # operations
    "requests to an interface for operation": """
await fetch('http://«10.0.0.121|only=operation,port=8008»:8008/leader');
await axios.get(`http://«10.0.0.120|only=operation»:8008/${path}`);
""",
}

NOTHING = {
    "comments": """
// new Pool({ host: '10.0.0.121' })
/* process.env.DB_HOST || '10.0.0.121' */
""",
    "text": """
console.log('the database moved from 10.0.0.121 to the load balancer');
const version = '10.0.0.1';
""",
    "no literal": """
const { Pool } = require('pg');
new Pool({ host: process.env.PGHOST, port: 5432 });
new Pool({ host: config.get('database').host });
const dbHost = readHost() || undefined;
""",
    "loopback": """
const DB_HOST = process.env.DB_HOST || 'localhost';
mongoose.connect('mongodb://127.0.0.1:27017/app');
""",
    "hole in place of the host": """
const url = `postgres://${user}:${secret}@${host}:5432/app`;
const other = 'postgres://app@' + host + '/app';
""",
    "table names": """
sql.connect('users');
knex({ client: 'sqlite3', connection: 'app' });
""",
    "ports and numbers": """
const port = 5432;
server.listen({ port: 8080, backlog: 511 });
""",
    "other systems": """
const kafka = { kafka: { host: '10.0.0.121' } };
const url = 'amqp://10.0.0.121';
""",
}


def _language(name: str) -> str:
    return "typescript" if name in {"typeorm", "pg, typed"} else "javascript"


@cache
def _read() -> dict[tuple[str, bytes], Extraction]:
    """(sample, bytes of a disguise) -> what one engine run over all of them found."""
    targets, keys = [], []
    for name, marked in {**SAMPLES, **NOTHING}.items():
        for _, sample, bom in disguises(parse_sample(marked), "//"):
            data = bom + sample.text.encode()
            targets.append(Target(SourceFile(f"{len(targets)}.{_language(name)[0]}s", data), _language(name)))
            keys.append((name, data))
    found = scan(targets, jobs=2)
    return {key: found[target.source.path] for key, target in zip(keys, targets, strict=True)}


@pytest.mark.parametrize("name", SAMPLES)
def test_hosts_are_found_at_their_bytes(name):
    assert "«" in SAMPLES[name]
    check(lambda source: _read()[name, source.data], SAMPLES[name], comment="//")


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_found(name):
    found = check(lambda source: _read()[name, source.data], NOTHING[name], comment="//")
    assert found.refs == ()


def _one(text: str, path: str = "a.js", language: str = "javascript") -> Extraction:
    return scan([Target(SourceFile(path, text.encode()), language)])[path]


def test_a_flow_names_the_call_and_its_place():
    text = "const { Pool } = require('pg');\nconst H = '10.0.0.121';\nconst p = new Pool({ host: H });\n"
    (ref,) = _one(text).refs
    steps = [text[step.span.start : step.span.end] for step in ref.flow]
    assert steps == ["new Pool", "H"]
    assert [step.text for step in ref.flow] == ["new Pool", "host"]


def test_shapes_hold_no_secret():
    text = """
const { Pool } = require('pg');
new Pool({ connectionString: `postgres://app:hunter2@10.0.0.121/app` });
new Pool({ password: 'hunter2', host: '10.0.0.122' });
const text = 'postgres://hunter2:hunter2@10.0.0.123/hunter2?password=hunter2';
fetch('http://hunter2:hunter2@10.0.0.124:8008/hunter2');
const DB = 'postgres://' + 'app:hunter2' + '@10.0.0.125/app';
"""
    found = _one(text)
    assert len(found.refs) == 5
    assert "hunter2" not in str(found)
    assert found.refs[2].shape == "postgres://…@«10.0.0.123»/…"


def test_files_in_two_languages_and_with_odd_names_are_told_apart():
    text = b"mongoose.connect('mongodb://10.0.0.120/app');\n"
    paths = [
        "a.js",
        "sub dir/b.ts",
        "c.min.js",
        "../-e.tsx",
        "größe.mjs",
        "test/.semgrepignore.js",
        "caf\udce9.js",
        "noext",
    ]
    targets = [Target(SourceFile(path, text), "typescript" if ".t" in path else "javascript") for path in paths]
    found = scan(targets)
    assert list(found) == paths
    for path in paths:
        assert [ref.host for ref in found[path].refs] == ["10.0.0.120"], path
        assert found[path].problems == (), path


def test_jsx_and_casts_are_parsed_by_their_suffix():
    jsx = "const A = () => <b>{x ? 'a' : 'b'}</b>;\nmongoose.connect('mongodb://10.0.0.120/app');\n"
    cast = "const x = <Config>{ redis: { host: '10.0.0.121' } };\n"
    assert _one(jsx, "a.tsx", "typescript").problems == ()
    assert [ref.host for ref in _one(jsx, "a.tsx", "typescript").refs] == ["10.0.0.120"]
    assert [ref.host for ref in _one(cast, "a.ts", "typescript").refs] == ["10.0.0.121"]


def test_nosemgrep_does_not_hide_anything():
    assert len(_one("mongoose.connect('mongodb://10.0.0.120/app'); // nosemgrep\n").refs) == 1


def test_bytes_that_are_not_utf8_are_read_around():
    data = BOM + b"// caf\xe9\nconst DB_HOST = '10.0.0.121'; // \xff\nconst s = 'postgres://\xe9@10.0.0.122/app';\n"
    source = SourceFile("a.js", data)
    found = scan([Target(source, "javascript")])["a.js"]
    assert [source.slice(ref.slot.span) for ref in found.refs] == [b"10.0.0.121", b"10.0.0.122"]


def test_nothing_to_read():
    assert scan([]) == {}
    assert scan([Target(SourceFile("a.js", b""), "javascript")]) == {"a.js": Extraction()}
    assert scan([Target(SourceFile("a.zz", b"x"), "no-such-language")]) == {"a.zz": Extraction()}


def test_a_part_that_does_not_parse_is_searched_as_text_and_the_rest_is_read():
    broken = "function x( { { 'postgresql://app@10.0.0.121:5432/orders' {\n\nf(1);\n"
    found = _one(f"mongoose.connect('mongodb://10.0.0.120/app');\n{broken}")
    assert [(ref.host, bool(ref.sealed)) for ref in found.refs] == [("10.0.0.120", False), ("10.0.0.121", True)]
    (problem,) = found.problems
    assert (problem.path, problem.stage, problem.line, problem.incomplete) == ("a.js", "semgrep", 2, False)
    assert problem.message == "a part of the file could not be parsed; it was searched as text"


def test_a_file_that_does_not_parse_is_searched_as_text():
    source = SourceFile("A.java", b'class { "jdbc:postgresql://10.0.0.121:5432/orders" ((((\n')
    found = scan([Target(source, "java")])["A.java"]
    assert [(ref.host, bool(ref.sealed)) for ref in found.refs] == [("10.0.0.121", True)]
    assert {problem.message for problem in found.problems} == {"the file could not be parsed; it was searched as text"}


def test_the_same_answer_with_one_thread_and_with_two():
    text = b"const { Pool } = require('pg');\nnew Pool({ host: '10.0.0.121', port: 5432 });\n"
    targets = [Target(SourceFile(f"{i}.js", text * (i + 1)), "javascript") for i in range(6)]
    assert scan(targets, jobs=1) == scan(targets, jobs=2)

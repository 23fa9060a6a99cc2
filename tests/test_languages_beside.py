# ruff: noqa: E501  samples of code keep their lines
"""Doc comments, test code and containers of tests in every language, end to end: what they say connects to nothing."""

import json
import re

import pytest

from tests.program import run

STRANGER, NODE = "10.7.0.4", "10.0.0.121"
POLICY = "version: 1\nclusters: [{name: a, engine: postgresql, nodes: [10.0.0.121], endpoints: {write: {host: 10.0.0.10, port: 5432}}}]\n"
COMMENTS = {
    "a.py": '"""postgresql://app:made-up@H/x\n\n>>> psycopg2.connect(host="H")\n"""\nimport psycopg2\n\n\nclass A:\n'
    "    \"\"\"mysql://u:made-up@H/x\"\"\"\n\n    def f(self):\n        '''DB_HOST=H redis://H:6379'''\n\n"
    'async def g():\n    """psql -h H"""\n    # psycopg2.connect(host="H")\n',
    "a.js": "/**\n * @example\n * new Pool({ host: 'H' });\n * mongoose.connect('mongodb://u:made-up@H/x')\n */\n"
    "function f(pool) {} // mysql://u:made-up@H/x\n",
    "a.ts": "/** @param url e.g. postgresql://app:made-up@H/x */\nfunction f(url: string) {}\n// new Pool({ host: 'H' })\n",
    "A.java": '/** {@code jdbc:postgresql://H:5432/x} <pre>DriverManager.getConnection("jdbc:postgresql://H/x");</pre> */\n'
    'class A { // DriverManager.getConnection("jdbc:postgresql://H:5432/x");\n}\n',
    "A.kt": '/** [jdbc:postgresql://H:5432/x] */\nclass A // DriverManager.getConnection("jdbc:postgresql://H/x")\n',
    "A.scala": '/** jdbc:postgresql://H:5432/x */\nclass A // Database.forURL("jdbc:postgresql://H:5432/x")\n',
    "a.rs": '//! postgres://app:made-up@H/x\n/// ```\n/// redis::Client::open("redis://H/")\n/// ```\nfn f() {}\n',
    "A.cs": "/// <summary>Server=H;Database=x;User Id=sa;Password=made-up;</summary>\nclass A {\n"
    '  // new NpgsqlConnection("Host=H;Database=x;Username=u;Password=made-up")\n}\n',
    "a.php": "<?php\n/**\n * new PDO('mysql:host=H;dbname=x', 'u', 'made-up');\n */\n# mysql://u:made-up@H/x\nfunction f() {}\n",
    "a.rb": "=begin\nPG.connect(host: 'H')\npostgresql://app:made-up@H/x\n=end\n# Sequel.connect('postgres://u:made-up@H/x')\n"
    "def f; end\n",
    "a.go": '// Package a uses postgres://app:made-up@H/x.\npackage a\n\n/* sql.Open("mysql", "u:made-up@tcp(H:3306)/x") */\n',
    "a.sh": "# psql -h H postgres://app:made-up@H/x\n: <<'END'\npsql -h H postgres://app:made-up@H/x\nEND\n",
    "a.sql": "-- postgresql://app:made-up@H/x\nSELECT 1;\n",
    "a.groovy": "// jdbc:postgresql://H:5432/x\n/*\n * jdbc:postgresql://H:5432/x\n */\n",
    "a.lua": "-- postgresql://app:made-up@H/x\nlocal x = 1\n",
}
TESTS = {
    "tests/load.py": 'import psycopg2\npsycopg2.connect(host="H")\n',
    "src/db.spec.ts": "import { Pool } from 'pg';\nconst pool = new Pool({ host: 'H', port: 5432 });\n",
    "src/test/java/DbIT.java": 'class DbIT { Object c = java.sql.DriverManager.getConnection("jdbc:postgresql://H/x"); }\n',
    "store/db_test.go": 'package store\n\nfunc f() { sql.Open("pgx", "postgres://app:made-up@H/x") }\n',
    "spec/db_spec.rb": "require 'pg'\nPG.connect(host: 'H')\n",
    "Shop.Tests/DbTests.cs": 'class DbTests { object c = new NpgsqlConnection("Host=H;Database=x;Username=u"); }\n',
    "tests/DbTest.php": "<?php\n$c = new PDO('pgsql:host=H;dbname=x', 'u', 'made-up');\n",
    "tests/db.rs": 'fn f() { postgres::Client::connect("postgres://app:made-up@H/x", NoTls); }\n',
    "app/fixtures/db.json": '{"db_host": "H"}\n',
    "examples/app.env": "DB_HOST=H\n",
    "tests/load.ipynb": '{"cells": [{"cell_type": "code", "source": "DB_HOST = \'H\'"}]}\n',
}
INSIDE = """
pub fn open() -> Client { Client::connect("postgres://app:made-up@10.0.0.121/x", NoTls) }

#[cfg(test)]
#[allow(unused)]
mod tests {
    // }
    const OTHER: &str = "}";
    fn open() -> Client { Client::connect("postgres://app:made-up@10.0.0.121/x", NoTls) }
}

pub fn again() -> Client { Client::connect("postgres://app:made-up@10.0.0.121/x", NoTls) }
"""
CONTAINERS = {
    "Db.java": "import org.testcontainers.containers.PostgreSQLContainer;\nclass Db {\n"
    '  static PostgreSQLContainer<?> pg = new PostgreSQLContainer<>("postgres:17").withNetworkAliases("orders");\n'
    "  Object a = DriverManager.getConnection(pg.getJdbcUrl());\n"
    '  Object b = DriverManager.getConnection("jdbc:postgresql://" + pg.getHost() + ":" + pg.getMappedPort(5432) + "/x");\n'
    '  Object c = DriverManager.getConnection("jdbc:tc:postgresql:17://db1.corp.internal:5432/x?TC_DAEMON=true");\n'
    '  Object d = DriverManager.getConnection("jdbc:postgresql://host.testcontainers.internal:5432/x");\n'
    '  Object e = DriverManager.getConnection("jdbc:postgresql://orders:5432/x");\n}\n',
    "application.yml": "spring:\n  datasource:\n    url: jdbc:tc:mysql:8.0://db1.corp.internal:3306/orders\n",
    "application.properties": "spring.datasource.url=jdbc:tc:postgis:15-3.4://db1.corp.internal/orders\n",
    "db.go": 'package db\n\nfunc f() {\n\tc, _ := postgres.Run(ctx, "postgres:17")\n\thost, _ := c.Host(ctx)\n'
    '\tsql.Open("pgx", fmt.Sprintf("postgres://app:made-up@%s:%s/x", host, port.Port()))\n}\n',
    "db.ts": "const c = await new PostgreSqlContainer('postgres:17').start();\n"
    "const pool = new Pool({ host: c.getHost(), port: c.getMappedPort(5432) });\n",
    "db.py": "import psycopg2\nfrom testcontainers.postgres import PostgresContainer\n"
    'with PostgresContainer("postgres:17") as pg:\n    psycopg2.connect(host=pg.get_container_host_ip(), port=1)\n'
    '    psycopg2.connect(f"postgresql://app:made-up@{pg.get_container_host_ip()}:{pg.get_exposed_port(5432)}/x")\n',
    "Db.cs": 'class Db { object f(PostgreSqlContainer c) =>\n  new NpgsqlConnection($"Host={c.Hostname};Port=1;Database=x"); }\n',
}


@pytest.fixture
def findings(tmp_path):
    def scan(files):
        (tmp_path / "policy.yaml").write_text(POLICY)
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        ran = run(tmp_path, "scan", "--policy", "policy.yaml", "--fail-on", "never", "--format", "json")
        report = json.loads(ran.out)
        assert report["problems"] == []
        return report["findings"]

    return scan


def put(samples, host):
    """The samples with a host for each `H`."""
    return {path: re.sub(r"\bH\b", host, text) for path, text in samples.items()}


def test_doc_comments_never_connect(findings):
    found = findings(put(COMMENTS, STRANGER) | {f"node/{path}": text for path, text in put(COMMENTS, NODE).items()})
    assert {f["path"].removeprefix("node/") for f in found} == set(COMMENTS)
    assert {(f["rule"], f["severity"], f["host"]) for f in found} == {("node-mention", "note", NODE)}


def test_tests_examples_and_fixtures_weigh_one_less_and_say_so(findings):
    strangers = {f"strange/{path}": text for path, text in put(TESTS, STRANGER).items()}
    found = {f["path"]: f for f in findings(put(TESTS, NODE) | strangers)}
    assert set(found) == {*TESTS, *strangers}
    for path, finding in found.items():
        expected = ("unmanaged-host", "note") if path in strangers else ("node-host", "warning")
        assert (finding["rule"], finding["severity"]) == expected, path
        assert "(one severity lower: " in finding["message"]


def test_the_same_code_weighs_in_full_elsewhere(findings):
    moved = {f"app{n}/main.{path.rsplit('.', 1)[-1]}": text for n, (path, text) in enumerate(put(TESTS, NODE).items())}
    assert {f["severity"] for f in findings(moved)} == {"error"}


def test_databases_in_containers_of_tests_are_no_strangers(findings):
    assert findings(CONTAINERS) == []


def test_tests_of_rust_stand_in_the_file_that_they_test(findings):
    found = findings({"src/main.rs": "use postgres::{Client, NoTls};\n" + INSIDE})
    assert [f["severity"] for f in found] == ["error", "warning", "error"]
    assert "(one severity lower: test code)" in found[1]["message"]

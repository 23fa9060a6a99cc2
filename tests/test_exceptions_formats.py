"""Directives in the comments of every format: behind the host, on the line above, and never inside a string.

In each sample `¤` is a comment with a directive and `%` the bare directive, inside a literal of the format.
"""

import json
from dataclasses import dataclass

import pytest

from tests.program import run
from tests.test_cli import POLICY

SAID = "analyzer: ignore[RULE] run by hand"


@dataclass(frozen=True)
class Row:
    """How a format writes comments: `sign` and what ends one, and samples; `trailing` is "" where it has no such."""

    name: str
    path: str
    above: str
    trailing: str = ""
    literal: str = ""
    sign: str = "#"
    end: str = ""
    rule: str = "node-host"


URL = "postgresql://app:made-up@10.0.0.121:5432/app"
ROWS = (
    Row("dotenv", "app.env", "¤\nDB_HOST=10.0.0.121\n", "DB_HOST=10.0.0.121 ¤\n", f'DATABASE_URL="{URL}?a=# %"\n'),
    Row("YAML", "app.yaml", "db:\n  ¤\n  db_host: 10.0.0.121\n", "db_host: 10.0.0.121 ¤\n", f'url: "{URL}?a=# %"\n'),
    Row("YAML in JSON style", "flow.yaml", "¤\n{db_host: 10.0.0.121}\n", "{db_host: 10.0.0.121} ¤\n"),
    Row("JSON //", "a.jsonc", '{\n  ¤\n  "db_host": "10.0.0.121"}\n', '{\n"db_host": "10.0.0.121" ¤\n}\n', f'{{"url": "{URL}?a=// %"}}\n', "//"),
    Row("JSON /*", "b.json5", '{\n  ¤\n  "db_host": "10.0.0.121"}\n', '{"db_host": "10.0.0.121" ¤}\n', f'{{"url": "{URL}?a=/* % */"}}\n', "/*", " */"),
    Row("TOML", "a.toml", '¤\ndb_host = "10.0.0.121"\n', 'db_host = "10.0.0.121" ¤\n', f'url = "{URL}?a=# %"\n'),
    Row("INI ;", "a.ini", "[db]\n¤\ndb_host = 10.0.0.121\n", "[db]\ndb_host = 10.0.0.121 ¤\n", f'[db]\nurl = "{URL}?a=; %"\n', ";"),
    Row("INI #", "b.ini", "[db]\n¤\ndb_host = 10.0.0.121\n", "", f'[db]\nurl = "{URL}?a=# %"\n'),
    Row("my.cnf", "my.cnf", "[client]\n¤\nhost = 10.0.0.121\n", "[client]\nhost = 10.0.0.121 ¤\n"),
    Row("properties #", "a.properties", "¤\ndb.host=10.0.0.121\n", "", f"db.url={URL}?a= # %\n"),
    Row("properties !", "b.properties", "¤\ndb.host=10.0.0.121\n", "", f"db.url={URL}?a= ! %\n", "!"),
    Row("XML", "a.xml", "<c>\n¤\n<db_host>10.0.0.121</db_host>\n</c>\n", "<c>\n<db_host>10.0.0.121</db_host> ¤\n</c>\n", f"<c><![CDATA[<!-- % -->]]><db_url>{URL}</db_url></c>\n", "<!--", " -->"),
    Row("HCL #", "a.tf", 'locals {\n  ¤\n  db_host = "10.0.0.121"\n}\n', 'locals {\n  db_host = "10.0.0.121" ¤\n}\n', f'locals {{\n  db_url = "{URL}?a=# %"\n}}\n'),
    Row("HCL //", "b.tf", 'locals {\n  ¤\n  db_host = "10.0.0.121"\n}\n', 'locals {\n  db_host = "10.0.0.121" ¤\n}\n', f'locals {{\n  db_url = "{URL}?a=// %"\n}}\n', "//"),
    Row("HCL /*", "c.tf", 'locals {\n  ¤\n  db_host = "10.0.0.121"\n}\n', 'locals {\n  db_host = "10.0.0.121" ¤\n}\n', f'locals {{\n  db_url = "{URL}?a=/* % */"\n}}\n', "/*", " */"),
    Row("Dockerfile", "Dockerfile", "FROM a\n¤\nENV DB_HOST=10.0.0.121\n", "FROM a\nRUN psql -h 10.0.0.121 ¤\n", f'FROM a\nENV DB_URL="{URL}?a=# %"\n'),
    Row("shell", "a.sh", "¤\nDB_HOST=10.0.0.121\n", "psql -h 10.0.0.121 ¤\n", f'DB_URL="{URL}?a= # %"\n'),
    Row("Makefile", "Makefile", "¤\nDB_HOST = 10.0.0.121\n", "DB_HOST = 10.0.0.121 ¤\n", f"a:\n\tpsql '{URL}?a= # %'\n"),
    Row("crontab", "a.crontab", "¤\n1 * * * * psql -h 10.0.0.121\n", "1 * * * * psql -h 10.0.0.121 ¤\n", f"1 * * * * psql '{URL}?a= # %'\n"),
    Row("systemd #", "a.service", "[Service]\n¤\nEnvironment=DB_HOST=10.0.0.121\n", "", f'[Service]\nEnvironment="DB_URL={URL}?a= # %"\n'),
    Row("systemd ;", "b.service", "[Service]\n¤\nEnvironment=DB_HOST=10.0.0.121\n", "", f'[Service]\nEnvironment="DB_URL={URL}?a= ; %"\n', ";"),
    Row("HOCON #", "application.conf", 'db {\n  ¤\n  db_host = "10.0.0.121"\n}\n', 'db {\n  db_host = "10.0.0.121" ¤\n}\n', f'db {{\n  url = "{URL}?a=# %"\n}}\n'),
    Row("HOCON //", "a.hocon", 'db {\n  ¤\n  db_host = "10.0.0.121"\n}\n', 'db {\n  db_host = "10.0.0.121" ¤\n}\n', f'db {{\n  url = "{URL}?a=// %"\n}}\n', "//"),
    Row("SQL", "a.sql", f"¤\nCREATE SUBSCRIPTION s CONNECTION '{URL}';\n", f"CREATE SUBSCRIPTION s CONNECTION '{URL}'; ¤\n", f"SELECT '{URL}?a= -- %';\n", "--"),
    Row("Python", "a.py", f'¤\nurl = "{URL}"\n', f'url = "{URL}" ¤\n', f'url = "{URL}?a= # %"\n'),
    Row("JavaScript //", "a.js", f'¤\nconst url = "{URL}"\n', f'const url = "{URL}" ¤\n', f'const url = "{URL}?a= // %"\n', "//"),
    Row("TypeScript /*", "a.ts", f'¤\nconst url = "{URL}"\n', f'const url = "{URL}" ¤\n', f'const url = "{URL}?a= /* % */"\n', "/*", " */"),
    Row("Go", "a.go", f'package a\n\n¤\nvar url = "{URL}"\n', f'package a\n\nvar url = "{URL}" ¤\n', f'package a\n\nvar url = `{URL}?a= // %`\n', "//"),
    Row("Java", "A.java", f'class A {{\n  ¤\n  String url = "{URL}";\n}}\n', f'class A {{\n  String url = "{URL}"; ¤\n}}\n', f'class A {{\n  String url = "{URL}?a= // %";\n}}\n', "//"),
    Row("Java /*", "B.java", f'class B {{\n  ¤\n  String url = "{URL}";\n}}\n', f'class B {{\n  String url = "{URL}"; ¤\n}}\n', f'class B {{\n  String url = "{URL}?a= /* % */";\n}}\n', "/*", " */"),
    Row("Kotlin", "a.kt", f'¤\nval url = "{URL}"\n', f'val url = "{URL}" ¤\n', f'val url = "{URL}?a= // %"\n', "//"),
    Row("Scala", "a.scala", f'object A {{\n  ¤\n  val url = "{URL}"\n}}\n', f'object A {{\n  val url = "{URL}" ¤\n}}\n', f'object A {{\n  val url = "{URL}?a= // %"\n}}\n', "//"),
    Row("PHP #", "a.php", f'<?php\n¤\n$url = "{URL}";\n', f'<?php\n$url = "{URL}"; ¤\n', f'<?php\n$url = "{URL}?a= # %";\n'),
    Row("PHP //", "b.php", f'<?php\n¤\n$url = "{URL}";\n', f'<?php\n$url = "{URL}"; ¤\n', f'<?php\n$url = "{URL}?a= // %";\n', "//"),
    Row("PHP /*", "c.php", f'<?php\n¤\n$url = "{URL}";\n', f'<?php\n$url = "{URL}"; ¤\n', f'<?php\n$url = "{URL}?a= /* % */";\n', "/*", " */"),
    Row("Ruby", "a.rb", f'¤\nurl = "{URL}"\n', f'url = "{URL}" ¤\n', f'url = "{URL}?a= # %"\n'),
    Row("C#", "a.cs", f'class A {{\n  ¤\n  string url = "{URL}";\n}}\n', f'class A {{\n  string url = "{URL}"; ¤\n}}\n', f'class A {{\n  string url = "{URL}?a= // %";\n}}\n', "//"),
    Row("Rust", "a.rs", f'¤\nconst URL: &str = "{URL}";\n', f'const URL: &str = "{URL}"; ¤\n', f'const URL: &str = "{URL}?a= // %";\n', "//"),
    Row("Jinja in dotenv", "app.env.j2", "¤\nDB_HOST=10.0.0.121\n", "DB_HOST=10.0.0.121 ¤\n", "DB_HOST={{ x | default('{# % #}') }}10.0.0.121\n", "{#", " #}"),
    Row("Jinja in YAML", "app.yaml.j2", "¤\ndb_host: 10.0.0.121\n", "db_host: 10.0.0.121 ¤\n", "", "{#", " #}"),
    Row("Go template", "charts/a/templates/a.yaml", "¤\ndb_host: 10.0.0.121\n", "db_host: 10.0.0.121 ¤\n", "", "{{/*", " */}}"),
    Row("Go template in dotenv", "a.env.gotmpl", "¤\nDB_HOST=10.0.0.121\n", "DB_HOST=10.0.0.121 ¤\n", "", "{{/*", " */}}"),
    Row("ERB", "app.env.erb", "¤\nDB_HOST=10.0.0.121\n", "DB_HOST=10.0.0.121 ¤\n", "", "<%#", " %>"),
    Row("ERB in YAML", "database.yml.erb", "¤\ndb_host: 10.0.0.121\n", "db_host: 10.0.0.121 ¤\n", "", "<%#", " %>"),
    Row("Markdown", "a.md", "¤\nThe primary is 10.0.0.121.\n", "The primary is 10.0.0.121. ¤\n", "The primary is 10.0.0.121, `<!-- % -->`.\n", "<!--", " -->", "node-mention"),
    Row("nginx", "nginx.conf", "server {\n  ¤\n  fastcgi_param DB_HOST 10.0.0.121;\n}\n", "server {\n  fastcgi_param DB_HOST 10.0.0.121; ¤\n}\n", f'server {{\n  fastcgi_param DB_URL "{URL}?a= # %";\n}}\n'),
    Row("Apache", ".htaccess", "¤\nSetEnv DB_HOST 10.0.0.121\n", "", f'SetEnv DB_URL "{URL}?a= # %"\n'),
    Row("haproxy", "haproxy.cfg", "listen a\n  ¤\n  server a 10.0.0.121:5432\n"),
    Row("pgpass", ".pgpass", "¤\n10.0.0.121:5432:app:app:made-up\n", "", "10.0.0.121:5432:app:app:made-up # %\n"),
    Row("tnsnames", "tnsnames.ora", "¤\na = (DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=10.0.0.121)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=a)))\n"),
    Row("environment file", "etc/default/app", "¤\nDB_HOST=10.0.0.121\n", "", f'DB_URL="{URL}?a= # %"\n'),
    Row("Procfile", "Procfile", "¤\nweb: psql -h 10.0.0.121\n", "", f"web: psql '{URL}?a= # %'\n"),
)  # fmt: skip


def samples():
    for number, row in enumerate(ROWS):
        said = SAID.replace("RULE", row.rule)
        comment = f"{row.sign} {said}{row.end}"
        forms = {
            "above": row.above.replace("¤", comment),
            "trailing": row.trailing.replace("¤", comment),
            "literal": row.literal.replace("%", said),
            "plain": row.above.replace("¤", ""),
        }
        for form, text in forms.items():
            if text:
                yield pytest.param(f"{number}/{form}/{row.path}", form, text, id=f"{row.name}-{form}")


SAMPLES = list(samples())


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """All samples in one scan, by folder."""
    tree = tmp_path_factory.mktemp("formats")
    for path, _form, text in (sample.values for sample in SAMPLES):
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text)
    (tree / "db-endpoints.yaml").write_text(POLICY)
    document = json.loads(run(tree, "scan", "--format", "json", "--allow-incomplete").out)
    found = {}
    for finding in document["findings"]:
        found.setdefault(finding["path"], []).append(finding)
    return found


@pytest.mark.parametrize(("path", "form", "text"), SAMPLES)
def test_directives(findings, path, form, text):
    about = [f for f in findings.get(path, []) if f["host"] == "10.0.0.121"]
    told = [f["message"] for f in findings.get(path, []) if f["rule"] == "unused-suppression"]
    if form in ("above", "trailing"):
        assert [f["suppressed"] and f["suppressed"]["kind"] for f in about] == ["inline"] * max(len(about), 1)
        assert told == []
    else:
        assert [f["suppressed"] for f in about] == [None] * max(len(about), 1)
        assert told == []

"""Places where people write database passwords: one file each, an entry for every password.

An entry may name its number `%(n)s`, `%(user)s`, `%(password)s` and `%(database)s`, or the three as a PostgreSQL DSN of
a node `%(pg)s`; that in base64, in one line `%(pg64)s` or wrapped `%(lines64)s`; a dotenv file in base64 `%(env64)s`.
"""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tests.passwords import Secret, secret

_NODE = "10.0.0.121:5432"


@dataclass(frozen=True)
class Carrier:
    """`escape` is what a careful author does to a password; `rule` is what must be found at each tame one.

    In `without` are the passwords that the format itself ends: what follows is a key, a host or a comment to readers.
    """

    path: str
    entry: str
    escape: Callable[[str], str] = str
    head: str = ""
    foot: str = ""
    rule: str = "node-host"
    without: tuple[str, ...] = ()

    def entries(self, names: Sequence[str]) -> Iterator[tuple[str, Secret, str]]:
        """For each password that is written here: its name, the secret, the entry's text."""
        for number, name in enumerate(name for name in names if name not in self.without):
            made = secret(self.path, name)
            yield name, made, self.entry % _fields(made, self.escape(made.password), number)

    def text(self, names: Sequence[str]) -> str:
        return self.head + "".join(text for _, _, text in self.entries(names)) + self.foot


def _fields(made: Secret, password: str, number: int) -> dict[str, object]:
    pg = f"postgresql://{made.user}:{password}@{_NODE}/{made.database}"
    env = f"DB_USER={made.user}\nDB_PASSWORD={password}\nDB_HOST=10.0.0.121\nDB_NAME={made.database}\n"
    pg64 = _base64(pg)
    return {
        "n": number,
        "user": made.user,
        "password": password,
        "database": made.database,
        "pg": pg,
        "pg64": pg64,
        "env64": _base64(env),
        "lines64": "\n".join(f"    {pg64[i : i + 64]}" for i in range(0, len(pg64), 64)),
    }


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def double_quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def ascii_quoted(text: str) -> str:
    return double_quoted(text.encode("ascii", "ignore").decode())


def in_a_cell(text: str) -> str:
    """A literal of Python in a JSON string."""
    return double_quoted(double_quoted(text))


def f_string(text: str) -> str:
    return double_quoted(text).replace("{", "{{").replace("}", "}}")


def single_quoted_yaml(text: str) -> str:
    return one_line(text).replace("'", "''")


def single_quoted_shell(text: str) -> str:
    return text.replace("'", "'\\''")


def double_quoted_shell(text: str) -> str:
    return "".join(f"\\{char}" if char in '\\"$`' else char for char in text)


def single_quoted_powershell(text: str) -> str:
    return text.replace("'", "''")


def double_quoted_powershell(text: str) -> str:
    return "".join(f"`{char}" if char in '"$`' else char for char in text)


def single_quoted_perl(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def double_quoted_perl(text: str) -> str:
    return "".join(f"\\{char}" if char in '\\"$@' else char for char in text)


def template_literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")


def libpq_value(text: str) -> str:
    return double_quoted(text.replace("\\", "\\\\").replace("'", "\\'"))


def percent(text: str) -> str:
    return quote(text, safe="")


def xml(text: str) -> str:
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def indented(text: str) -> str:
    return text.replace("\r", "\n").replace("\n", "\n      ")


_MANIFEST = "---\napiVersion: v1\nkind: %s\nmetadata: {name: app-%%(n)s}\n"
_SECRET = _MANIFEST % "Secret"
_CONFIG_MAP = _MANIFEST % "ConfigMap"

_DOTENV = (
    Carrier("plain.env", "APP%(n)s_DATABASE_URL=%(pg)s\n"),
    Carrier("double.env", 'APP%(n)s_DATABASE_URL="%(pg)s"\n', double_quoted),
    Carrier("encoded.env", "APP%(n)s_DATABASE_URL=%(pg)s\n", percent),
    Carrier(
        "libpq.env",
        "APP%(n)s_CONNINFO=\"host=10.0.0.121 user=%(user)s password='%(password)s' dbname=%(database)s\"\n",
        libpq_value,
    ),
    Carrier(
        "libpq-bare.env",
        "APP%(n)s_CONNINFO=host=10.0.0.121 user=%(user)s password=%(password)s dbname=%(database)s\n",
        without=("host-word", "directive"),
    ),
    Carrier(
        "ado.env",
        'APP%(n)s_DB="Server=10.0.0.121;Port=5432;User Id=%(user)s;Password=%(password)s;Database=%(database)s"\n',
        double_quoted,
        without=("server-word",),
    ),
    Carrier(
        "ado-quoted.env",
        'APP%(n)s_DB=Host=10.0.0.121;Username=%(user)s;Password="%(password)s";Database=%(database)s\n',
    ),
    Carrier(
        "jdbc.env",
        "APP%(n)s_URL=jdbc:postgresql://10.0.0.121:5432/%(database)s?user=%(user)s&password=%(password)s\n",
        without=("directive",),
    ),
    Carrier("go.env", "APP%(n)s_MYSQL_DSN=%(user)s:%(password)s@tcp(10.0.1.121:3306)/%(database)s?parseTime=true\n"),
    Carrier("oracle.env", "APP%(n)s_ORACLE_DSN=%(user)s/%(password)s@10.0.2.121:1521/%(database)s\n"),
    Carrier("mysql.env", "APP%(n)s_DATABASE_URL=mysql://%(user)s:%(password)s@10.0.1.121:3306/%(database)s\n"),
    Carrier("redis.env", "APP%(n)s_REDIS_URL=redis://:%(password)s@10.0.3.121:6379/0?client_name=%(database)s\n"),
    Carrier("token.env", "APP%(n)s_DATABASE_URL=postgresql://%(password)s@10.0.0.121/%(database)s\n"),
    Carrier(
        "mongodb.env",
        "APP%(n)s_MONGO_URL=mongodb://%(user)s:%(password)s@10.0.4.121:27017,10.0.4.122:27017/%(database)s\n",
        rule="multi-host-dsn",
    ),
    Carrier(
        "several.env",
        "APP%(n)s_DATABASE_URL=postgresql://%(user)s:%(password)s@10.0.0.121:5432,10.0.0.122:5432/%(database)s"
        "?target_session_attrs=read-write&options=%(user)s\n",
        rule="multi-host-dsn",
    ),
    Carrier(
        "separate.env", "APP%(n)s_DB_USER=%(user)s\nAPP%(n)s_DB_PASSWORD=%(password)s\nAPP%(n)s_DB_HOST=10.0.0.121\n"
    ),
    Carrier("comment.env", "# APP%(n)s_DATABASE_URL=%(pg)s\n", one_line, rule="node-mention"),
)
_YAML = (
    Carrier("string-data.yaml", _SECRET + "stringData:\n  DATABASE_URL: '%(pg)s'\n", single_quoted_yaml),
    Carrier("string-data-double.yaml", _SECRET + 'stringData:\n  DATABASE_URL: "%(pg)s"\n', double_quoted),
    Carrier("data.yaml", _SECRET + "data:\n  DATABASE_URL: %(pg64)s\n"),
    Carrier("data-wrapped.yaml", _SECRET + "data:\n  DATABASE_URL: |\n%(lines64)s\n"),
    Carrier("data-file.yaml", _SECRET + "data:\n  app.env: %(env64)s\n"),
    Carrier(
        "config-map.yaml",
        _CONFIG_MAP + "data:\n  app.properties: |\n    spring.datasource.url="
        "jdbc:postgresql://10.0.0.121:5432/%(database)s?user=%(user)s&password=%(password)s\n    other=x\n",
        indented,
    ),
    Carrier("config-map-env.yaml", _CONFIG_MAP + "data:\n  .env: |\n    DB_PASSWORD=x\n    DB_URL=%(pg)s\n", indented),
    Carrier(
        "deployment.yaml",
        "---\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          env:\n"
        '            - {name: DB_PASSWORD, value: "%(password)s"}\n'
        '            - name: DATABASE_URL\n              value: "%(pg)s"\n',
        double_quoted,
    ),
    Carrier(
        "block.yaml",
        "app%(n)s:\n  database:\n    host: 10.0.0.121\n    user: %(user)s\n"
        '    password: "%(password)s"\n    name: %(database)s\n',
        double_quoted,
    ),
    Carrier(
        "flow.yaml",
        'app%(n)s: {database: {host: 10.0.0.121, user: %(user)s, password: "%(password)s", url: "%(pg)s"}}\n',
        double_quoted,
    ),
    Carrier("plain.yaml", "app%(n)s_database_url: %(pg)s\n", one_line),
    Carrier("comment.yaml", "# database_url: %(pg)s\nname%(n)s: x\n", one_line, rule="node-mention"),
    Carrier(
        "template.yaml",
        '{{- if .Values.db%(n)s }}\nurl%(n)s: {{ .Values.url | default "%(pg)s" }}\n{{- end }}\n',
        double_quoted,
    ),
)
_PYTHON = (
    Carrier("literal.py", 'DATABASE_URL = "%(pg)s"\n', double_quoted),
    Carrier("bytes.py", 'DATABASE_URL = b"%(pg)s"\n', ascii_quoted),
    Carrier(
        "formatted.py",
        'DATABASE_URL = f"postgresql://{user}:%(password)s@10.0.0.121:5432/%(database)s"\n',
        f_string,
        head="user = 'app'\n",
    ),
    Carrier(
        "concatenated.py",
        'DATABASE_URL = "postgresql://%(user)s:" + "%(password)s" + "@10.0.0.121:5432/" + "%(database)s"\n',
        double_quoted,
    ),
    Carrier(
        "adjacent.py",
        'DATABASE_URL = ("postgresql://%(user)s:%(password)s"\n    "@10.0.0.121:5432/%(database)s")\n',
        double_quoted,
    ),
    Carrier(
        "call.py",
        'psycopg2.connect(host="10.0.0.121", user="%(user)s", password="%(password)s", dbname="%(database)s")\n',
        double_quoted,
        head="import psycopg2\n",
    ),
    Carrier(
        "conninfo.py",
        "psycopg2.connect(\"host=10.0.0.121 user=%(user)s password='%(password)s' dbname=%(database)s\")\n",
        libpq_value,
        head="import psycopg2\n",
    ),
    Carrier(
        "flow.py",
        'URL%(n)s = "%(pg)s"\nengine = create_engine(URL%(n)s, connect_args={"password": "%(password)s"})\n',
        double_quoted,
        head="from sqlalchemy import create_engine\n",
    ),
    Carrier(
        "settings.py",
        '    "app%(n)s": {"ENGINE": "django.db.backends.postgresql", "HOST": "10.0.0.121", "USER": "%(user)s",'
        ' "PASSWORD": "%(password)s", "NAME": "%(database)s"},\n',
        double_quoted,
        head="DATABASES = {\n",
        foot="}\n",
    ),
    Carrier("default.py", 'url = os.environ.get("DATABASE_URL", "%(pg)s")\n', double_quoted, head="import os\n"),
    Carrier("command.py", 'subprocess.run(["psql", "%(pg)s"])\n', double_quoted, head="import subprocess\n"),
    Carrier("comment.py", "# DATABASE_URL = '%(pg)s'\n", one_line, rule="node-mention"),
    Carrier(
        "docstring.py", 'def f%(n)s():\n    """Connects to %(pg)s always."""\n', double_quoted, rule="node-mention"
    ),
)
_POOL = "const { Pool } = require('pg');\n"
_JAVASCRIPT = (
    Carrier(
        "object.js",
        'new Pool({host: "10.0.0.121", user: "%(user)s", password: "%(password)s", database: "%(database)s"});\n',
        double_quoted,
        head=_POOL,
    ),
    Carrier(
        "template.js",
        "new Pool({connectionString: `postgresql://${user}:%(password)s@10.0.0.121:5432/%(database)s`});\n",
        template_literal,
        head=_POOL,
    ),
    Carrier(
        "dsn.js",
        'const url%(n)s = "%(pg)s";\nnew Pool({connectionString: url%(n)s});\n',
        double_quoted,
        head=_POOL,
    ),
    Carrier(
        "default.ts",
        'new Pool({connectionString: process.env.DATABASE_URL || "%(pg)s"});\n',
        double_quoted,
        head="import { Pool } from 'pg';\n",
    ),
    Carrier("comment.js", "// %(pg)s\n", one_line, rule="node-mention"),
)
_SHELL = (
    Carrier("argument.sh", "psql '%(pg)s' -c 'select 1'\n", single_quoted_shell),
    Carrier(
        "client.sh", "PGPASSWORD='%(password)s' psql -h 10.0.0.121 -U %(user)s %(database)s\n", single_quoted_shell
    ),
    Carrier("assignment.sh", 'DATABASE_URL="%(pg)s"\npsql "$DATABASE_URL"\n', double_quoted_shell),
    Carrier(
        "variable.sh",
        'PRIMARY=10.0.0.121\nPASS=\'%(password)s\'\nPGPASSWORD="$PASS" psql -h "$PRIMARY" -U %(user)s\n',
        single_quoted_shell,
    ),
    Carrier("heredoc.sh", "cat > .env <<'EOF'\nDB_PASSWORD=%(password)s\nDATABASE_URL=%(pg)s\nEOF\n"),
    Carrier(
        "vault.sh",
        "vault write database/config/app%(n)s plugin_name=postgresql-database-plugin \\\n"
        "    connection_url='%(pg)s' username='%(user)s' password='%(password)s'\n",
        single_quoted_shell,
    ),
    Carrier("mysql.sh", "mysql -h10.0.1.121 -u%(user)s -p'%(password)s' %(database)s\n", single_quoted_shell),
    Carrier("redis.sh", "redis-cli -h 10.0.3.121 -a '%(password)s' get %(database)s\n", single_quoted_shell),
    Carrier(
        "mongo.sh",
        "mongosh 'mongodb://%(user)s:%(password)s@10.0.4.121:27017/%(database)s'\n",
        single_quoted_shell,
    ),
    Carrier("container.sh", "docker run -e DATABASE_URL='%(pg)s' app\n", single_quoted_shell),
    Carrier(
        "remote.sh",
        "ssh deploy@10.0.0.99 \"psql -h 10.0.0.121 'user=%(user)s password=%(password)s'\"\n",
        double_quoted_shell,
        without=("host-word",),
    ),
    Carrier("comment.sh", "# psql '%(pg)s'\n", one_line, rule="node-mention"),
)
_POWERSHELL = (
    Carrier("argument.ps1", "psql '%(pg)s' -c 'select 1'\n", single_quoted_powershell),
    Carrier("assignment.ps1", '$env:DATABASE_URL = "%(pg)s"\nnode migrate.js\n', double_quoted_powershell),
    Carrier(
        "odbc.ps1",
        "$Target = '10.0.0.121'\n$Secret = '%(password)s'\n"
        '$cs = "Driver={PostgreSQL Unicode(x64)};Server=$Target;Database=%(database)s;Uid=%(user)s;Pwd=$Secret"\n',
        single_quoted_powershell,
    ),
    Carrier(
        "cmdlet.ps1",
        "Open-PostGreConnection -Server 10.0.0.121 -UserName '%(user)s' -Password '%(password)s'\n",
        single_quoted_powershell,
    ),
    Carrier(
        "table.ps1",
        "$app = @{ DbHost = '10.0.0.121'; User = '%(user)s'; Password = '%(password)s' }\n",
        single_quoted_powershell,
    ),
    Carrier("comment.ps1", "# psql '%(pg)s'\n", one_line, rule="node-mention"),
)
_PERL = (
    Carrier("argument.pl", "system('psql', '%(pg)s');\n", single_quoted_perl),
    Carrier("assignment.pl", 'my $url = "%(pg)s";\nmy $pg = Mojo::Pg->new($url);\n', double_quoted_perl),
    Carrier(
        "dbi.pl",
        "my $dbh = DBI->connect('dbi:Pg:dbname=app;host=10.0.0.121', '%(user)s', '%(password)s');\n",
        single_quoted_perl,
    ),
    Carrier("table.pl", "my %%db = (host => '10.0.0.121', password => '%(password)s');\n", single_quoted_perl),
    Carrier("comment.pl", "# psql '%(pg)s'\n", one_line, rule="node-mention"),
)
_TEXT = (
    Carrier("main.tf", '  connection_url = "%(pg)s"\n  password = "%(password)s"\n', double_quoted),
    Carrier("notes.text", "connect with %(pg)s please\n"),
    Carrier("README.md", "    psql %(pg)s\n", rule="node-mention"),
    Carrier(
        "config.ini",
        "[app%(n)s]\nhost = 10.0.0.121\nport = 5432\nuser = %(user)s\npassword = %(password)s\n",
        without=("server-word",),
    ),
    Carrier(
        "application.properties",
        "app%(n)s.url=jdbc:postgresql://10.0.0.121:5432/%(database)s\napp%(n)s.password=%(password)s\n",
        one_line,
    ),
    Carrier(
        "appsettings.json",
        '"app%(n)s": "Host=10.0.0.121;Username=%(user)s;Password=%(password)s;Database=%(database)s",\n',
        double_quoted,
        head="{\n",
        foot='"last": ""}\n',
        without=("server-word", "directive"),
    ),
    Carrier(
        "context.xml",
        '<Resource url="jdbc:postgresql://10.0.0.121:5432/app" username="%(user)s" password="%(password)s"/>\n',
        xml,
        head="<Context>\n",
        foot="</Context>\n",
        without=("directive",),
    ),
    Carrier(
        "load.ipynb",
        '{"cell_type": "code", "outputs": ["%(pg)s"], "source": ["DATABASE_URL = \\"%(pg)s\\"\\n"]},\n',
        in_a_cell,
        head='{"cells": [\n',
        foot='{"cell_type": "raw", "source": ""}]}\n',
    ),
    Carrier(
        "magic.ipynb",
        '{"cell_type": "code", "source": "%%%%sql %(pg)s\\nSELECT 1"},\n',
        double_quoted,
        head='{"cells": [\n',
        foot='{"cell_type": "raw", "source": ""}]}\n',
    ),
    Carrier(".pgpass", "10.0.0.121:5432:%(database)s:%(user)s:%(password)s\n", one_line, without=("directive",)),
    Carrier("Dockerfile", "ENV DATABASE_URL=%(pg)s\n"),
    Carrier(
        "main.go",
        'var db%(n)s, _ = sql.Open("mysql", "%(user)s:%(password)s@tcp(10.0.1.121:3306)/%(database)s")\n',
        double_quoted,
        without=("directive",),
    ),
    Carrier(
        "tnsnames.ora",
        "app=%(user)s/%(password)s@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=10.0.2.121)(PORT=1521))"
        "(CONNECT_DATA=(SERVICE_NAME=%(database)s)))\n",
        without=("directive",),
    ),
)
CARRIERS = (*_DOTENV, *_YAML, *_PYTHON, *_JAVASCRIPT, *_SHELL, *_POWERSHELL, *_PERL, *_TEXT)

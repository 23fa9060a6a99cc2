"""Constants of one file that another uses: where the finding stands, and what must not be guessed.

A sample is a project: `=== path` starts a file; the expected host stands between « and » in the file that writes it.
"""

import re
import time
from datetime import date

import pytest

from analyzer.engine import Request, scan
from analyzer.extract.linking.modules import Project
from analyzer.extract.linking.statements import Import, imports
from analyzer.extract.python import bundle_references
from analyzer.extract.python.annex import annexed
from analyzer.model import Policy
from analyzer.source import SourceFile

TODAY = date(2026, 11, 1)
_FILE = re.compile(r"^=== (\S+)\n", re.MULTILINE)


def files_of(sample):
    _, *parts = _FILE.split(sample)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def expected(files):
    found = set()
    for path, text in files.items():
        for match in re.finditer("«([^»]*)»", text):
            before = text[: match.start()].replace("«", "").replace("»", "")
            found.add((path, len(before.encode()), match[1]))
    return found


def scanned(folder, files):
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.replace("«", "").replace("»", "").encode())
    return scan(Request(root=folder, paths=(".",), policy=Policy(), today=TODAY)).report


FOUND = {
    "python-from": """
=== shop/settings.py
LEADER = "«10.7.0.1»"  # für alle
=== shop/db.py
import psycopg2
from shop.settings import LEADER
psycopg2.connect(host=LEADER)
""",
    "python-relative-renamed": """
=== shop/settings.py
LEADER = "«10.7.0.1»"
=== shop/db.py
import psycopg2
from .settings import LEADER as WHO

def connect():
    return psycopg2.connect(host=WHO)
""",
    "python-module": """
=== shop/__init__.py
=== shop/settings.py
LEADER = "«10.7.0.1»"
=== shop/db.py
import redis
from shop import settings
redis.Redis(host=settings.LEADER)
""",
    "python-dotted-module": """
=== shop/settings.py
LEADER = "«10.7.0.1»"
=== main.py
import redis
import shop.settings
redis.Redis(host=shop.settings.LEADER)
""",
    "python-star": """
=== settings.py
LEADER = "«10.7.0.1»"
=== db.py
import redis
from settings import *
redis.Redis(host=LEADER)
""",
    "python-class-and-dictionary": """
=== settings.py
import os
class Main:
    server = os.environ.get("SERVER", "«10.7.0.1»")
OPTIONS = {"host": "«10.7.0.2»", "port": 5433}
=== db.py
import psycopg2
from settings import Main, OPTIONS
psycopg2.connect(host=Main.server)
psycopg2.connect(**OPTIONS)
""",
    "python-made-of-others": """
=== settings.py
import os
LEADER = "«10.7.0.1»"
LINK = f"//app:{os.environ['PW']}@{LEADER}:5432/shop"
=== db.py
from sqlalchemy import create_engine
import settings
create_engine(f"postgresql:{settings.LINK}")
""",
    "javascript-require": """
=== lib/config.js
const LEADER = '«10.7.0.1»';
module.exports = { main: { server: '«10.7.0.2»' }, LEADER };
=== app.js
const { Pool } = require('pg');
const config = require('./lib/config');
const { LEADER } = require('./lib/config');
new Pool({ host: LEADER, port: 5432 });
new Pool({ host: config.main.server });
""",
    "javascript-require-inline": """
=== lib/config.js
exports.main = { server: '«10.7.0.2»' };
=== app.js
const { Pool } = require('pg');
new Pool({ host: require('./lib/config').main.server });
""",
    "typescript-import": """
=== lib/config.ts
export const LEADER: string = "«10.7.0.1»";
const config = { main: { server: '«10.7.0.2»' } } as const;
export default config;
=== app.ts
import { Pool } from 'pg';
import config, { LEADER as WHO } from './lib/config';
export const a = new Pool({ host: WHO });
export const b = new Pool({ host: config.main.server });
""",
    "typescript-namespace-index": """
=== lib/index.ts
export const LEADER = "«10.7.0.1»";
=== app.ts
import { Pool } from 'pg';
import * as lib from './lib';
export const a = new Pool({ host: lib.LEADER });
""",
    "go-package": """
=== main.go
package main

import "github.com/redis/go-redis/v9"

func main() {
	redis.NewClient(&redis.Options{Addr: leader})
}
=== hosts.go
package main

const leader = "«10.7.0.1»:6379"
""",
    "go-import": """
=== go.mod
module example.com/shop
=== cmd/main.go
package main

import (
	"github.com/redis/go-redis/v9"
	cfg "example.com/shop/internal/config"
)

func main() {
	redis.NewClient(&redis.Options{Addr: cfg.Leader})
}
=== internal/config/config.go
package config

var Leader = "«10.7.0.1»:6379"
""",
    "java-static-final": """
=== src/shop/Hosts.java
package shop;
public final class Hosts {
    public static final String LEADER = "«10.7.0.1»";
}
=== src/shop/Db.java
package shop;
import redis.clients.jedis.Jedis;
class Db { void open() { new Jedis(Hosts.LEADER, 6379); } }
""",
    "java-static-import": """
=== src/shop/Hosts.java
package shop;
public final class Hosts {
    public static final String LEADER = "«10.7.0.1»";
}
=== src/other/Db.java
package other;
import static shop.Hosts.LEADER;
import redis.clients.jedis.Jedis;
class Db { void open() { new Jedis(LEADER, 6379); } }
""",
    "kotlin-object": """
=== Hosts.kt
object Hosts { const val LEADER = "«10.7.0.1»" }
=== Db.kt
import redis.clients.jedis.Jedis
fun open() = Jedis(Hosts.LEADER, 6379)
""",
    "kotlin-same-package": """
=== app/Hosts.kt
package app
const val LEADER = "«10.7.0.1»"
=== app/Db.kt
package app
import redis.clients.jedis.Jedis
fun open() = Jedis(LEADER, 6379)
""",
    "kotlin-other-package": """
=== src/main/kotlin/shop/config/Hosts.kt
package shop.config
const val LEADER = "«10.7.0.1»"
=== src/main/kotlin/shop/db/Db.kt
package shop.db
import redis.clients.jedis.Jedis
import shop.config.LEADER as FIRST
fun open() = Jedis(FIRST, 6379)
""",
    "kotlin-whole-package": """
=== src/config/Hosts.kt
package shop.config
const val LEADER = "«10.7.0.1»"
=== src/db/Db.kt
package shop.db
import redis.clients.jedis.Jedis
import shop.config.*
fun open() = Jedis(LEADER, 6379)
""",
    "scala-object": """
=== Hosts.scala
object Hosts { val Leader = "«10.7.0.1»" }
=== Db.scala
import redis.clients.jedis.Jedis
object Db { def open = new Jedis(Hosts.Leader, 6379) }
""",
    "csharp-const": """
=== Hosts.cs
namespace Shop { static class Hosts { public const string Leader = "«10.7.0.1»:6379"; } }
=== Db.cs
using StackExchange.Redis;
namespace Shop { class Db { void Open() { ConnectionMultiplexer.Connect(Hosts.Leader); } } }
""",
    "php-class": """
=== Hosts.php
<?php
class Hosts { const LEADER = '«10.7.0.1»'; }
=== db.php
<?php
$link = mysqli_connect(Hosts::LEADER, 'app', getenv('PW'));
""",
    "php-define": """
=== inc/servers.php
<?php
define('LEADER', '«10.7.0.1»');
=== db.php
<?php
require_once __DIR__ . '/inc/servers.php';
$link = mysqli_connect(LEADER, 'app', getenv('PW'));
""",
    "php-const": """
=== inc/servers.php
<?php
const LEADER = '«10.7.0.1»';
=== db.php
<?php
require_once __DIR__ . '/inc/servers.php';
$link = mysqli_connect(LEADER, 'app', getenv('PW'));
""",
    "php-include": """
=== inc/servers.php
<?php
$leader = '«10.7.0.1»';
=== db.php
<?php
require_once __DIR__ . '/inc/servers.php';
$link = mysqli_connect($leader, 'app', getenv('PW'));
""",
    "ruby-module": """
=== hosts.rb
module Hosts
  LEADER = '«10.7.0.1»'
end
=== db.rb
require 'pg'
require_relative 'hosts'
PG.connect(host: Hosts::LEADER)
""",
    "rust-module": """
=== src/hosts.rs
pub const LEADER: &str = "redis://«10.7.0.1»:6379";
=== src/main.rs
mod hosts;
fn main() { let client = redis::Client::open(hosts::LEADER); }
""",
}
SILENT = {
    "python-nobody-connects": """
=== settings.py
LEADER = "10.7.0.1"
=== db.py
import redis
from settings import LEADER
print(LEADER)
""",
    "python-hidden-by-a-parameter": """
=== settings.py
LEADER = "10.7.0.1"
=== db.py
import redis
from settings import LEADER
def connect(LEADER):
    return redis.Redis(host=LEADER)
""",
    "python-another-module-is-nearer": """
=== settings.py
LEADER = "10.7.0.1"
=== shop/settings.py
import os
LEADER = os.environ["LEADER"]
=== shop/db.py
import redis
from settings import LEADER
redis.Redis(host=LEADER)
""",
    "python-out-of-the-tree": """
=== settings.py
LEADER = "10.7.0.1"
=== db.py
import redis
from ..settings import LEADER
redis.Redis(host=LEADER)
""",
    "javascript-parameter": """
=== config.js
exports.LEADER = '10.7.0.1';
=== app.js
const { Pool } = require('pg');
const { LEADER } = require('./config');
const open = (LEADER) => new Pool({ host: LEADER });
""",
    "javascript-inside-a-function": """
=== config.js
function local() { const LEADER = '10.7.0.1'; return LEADER; }
module.exports = { local };
=== app.js
const { Pool } = require('pg');
const config = require('./config');
new Pool({ host: config.LEADER });
""",
    "go-another-package": """
=== a/hosts.go
package a

const leader = "10.7.0.1:6379"
=== b/main.go
package b

import "github.com/redis/go-redis/v9"

func main() {
	redis.NewClient(&redis.Options{Addr: leader})
}
""",
    "kotlin-another-package": """
=== a/Hosts.kt
package a
const val LEADER = "10.7.0.1"
=== b/Db.kt
package b
import redis.clients.jedis.Jedis
fun open() = Jedis(LEADER, 6379)
""",
    "kotlin-two-files-of-one-package": """
=== a/Hosts.kt
package a
const val LEADER = "10.7.0.1"
=== a/Other.kt
package a
const val LEADER = "10.7.0.2"
=== a/Db.kt
package a
import redis.clients.jedis.Jedis
fun open() = Jedis(LEADER, 6379)
""",
    "kotlin-private": """
=== a/Hosts.kt
package a
private const val LEADER = "10.7.0.1"
=== a/Db.kt
package a
import redis.clients.jedis.Jedis
fun open() = Jedis(LEADER, 6379)
""",
    "php-defined-twice": """
=== inc/servers.php
<?php
if (getenv('LIVE')) { define('LEADER', '10.7.0.1'); } else { define('LEADER', '10.7.0.2'); }
=== db.php
<?php
require_once __DIR__ . '/inc/servers.php';
$link = mysqli_connect(LEADER, 'app', getenv('PW'));
""",
    "java-two-classes-of-that-name": """
=== a/Hosts.java
package a;
public final class Hosts { public static final String LEADER = "10.7.0.1"; }
=== b/Hosts.java
package b;
public final class Hosts { public static final String LEADER = System.getenv("LEADER"); }
=== c/Db.java
package c;
import redis.clients.jedis.Jedis;
class Db { void open() { new Jedis(Hosts.LEADER, 6379); } }
""",
    "java-local-variable": """
=== Hosts.java
final class Hosts { void f() { String LEADER = "10.7.0.1"; } }
=== Db.java
import redis.clients.jedis.Jedis;
class Db { void open() { new Jedis(Hosts.LEADER, 6379); } }
""",
    "ruby-another-module": """
=== hosts.rb
module Hosts
  LEADER = '10.7.0.1'
end
=== db.rb
require 'pg'
PG.connect(host: Other::LEADER)
""",
    "php-not-included": """
=== inc/servers.php
<?php
$leader = '10.7.0.1';
=== db.php
<?php
$link = mysqli_connect($leader, 'app', getenv('PW'));
""",
}


@pytest.mark.parametrize("name", FOUND)
def test_a_constant_is_found_where_it_is_written(name, tmp_path):
    files = files_of(FOUND[name])
    report = scanned(tmp_path, files)
    assert {(f.path, f.span.start, f.host) for f in report.findings} == expected(files)
    for finding in report.findings:
        assert any(step.path not in {"", finding.path} for step in finding.related)
    assert not report.problems


@pytest.mark.parametrize("name", SILENT)
def test_what_cannot_be_decided_is_not_guessed(name, tmp_path):
    assert not scanned(tmp_path, files_of(SILENT[name])).findings


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("python", "from a.b import (X,\n  Y as Z)\n", [(("X",), "a.b", ("X",)), (("Z",), "a.b", ("Y",))]),
        ("python", "import a.b as c, d\n", [(("c",), "a.b", ()), (("d",), "d", ())]),
        ("javascript", "import A, { b as c } from '../x.js'", [(("A",), "../x.js", ()), (("c",), "../x.js", ("b",))]),
        ("javascript", "import A from 'library'", []),
        ("go", 'import (\n\t_ "x/y"\n\tz "x/w/v"\n)', [((), ".", ()), (("_",), "x/y", ()), (("z",), "x/w/v", ())]),
        ("java", "import static a.B.C;\n", [(("C",), "B", ("B", "C"))]),
        ("rust", "use crate::a::{B, C as D};", [(("B",), "a", ("B",)), (("D",), "a", ("C",))]),
        ("php", "<?php include('x/y.php');", [((), "x/y.php", ())]),
        ("shell", "source ./x.sh", []),
    ],
)
def test_import_statements(language, text, told):
    found = imports(text, language)
    assert {Import(*each) for each in told} <= set(found)
    assert bool(found) == bool(told)


@pytest.mark.parametrize(
    ("language", "module", "user", "paths", "found"),
    [
        ("python", "..c", "a/b/x.py", {"a/c.py", "a/b/c.py"}, ["a/c.py"]),
        ("python", ".....c", "a/b/x.py", {"c.py"}, []),
        ("python", "p", "a/x.py", {"a/p/__init__.py"}, ["a/p/__init__.py"]),
        ("python", "p.q", "tools/x.py", {"src/p/q.py"}, ["src/p/q.py"]),
        ("javascript", "../../c", "a/x.js", {"c.js"}, []),
        ("typescript", "./c.js", "a/x.ts", {"a/c.ts"}, ["a/c.ts"]),
        ("go", "example.com/m/a/c", "cmd/x.go", {"a/c/1.go", "a/c/2.go", "a/c/1_test.go"}, ["a/c/1.go", "a/c/2.go"]),
        ("rust", "c", "src/x.rs", {"src/c/mod.rs"}, ["src/c/mod.rs"]),
        ("ruby", "DbConfig", "x.rb", {"lib/db_config.rb"}, ["lib/db_config.rb"]),
        ("java", "C", "a/X.java", {"a/C.java", "b/C.java"}, ["a/C.java"]),
        ("java", "C", "x/X.java", {"a/C.java", "b/C.java"}, []),
    ],
)
def test_the_file_that_an_import_means(language, module, user, paths, found):
    assert list(Project(frozenset({user, *paths})).files(module, user, language)) == found


@pytest.mark.parametrize("language", ["python", "javascript", "go", "java", "php", "rust"])
@pytest.mark.parametrize(
    "piece",
    ["import ", "from a import (", "use a::", "require('./", "const {", "A.b ", "import {a,", "include ((((", " "],
)
def test_hostile_imports_are_read_in_linear_time(language, piece):
    start = time.process_time()
    imports(piece * 60_000, language)
    assert time.process_time() - start < 10


SETTINGS = b'HOST = "10.0.0.121"\n\ndef connection():\n    return None\n'
USES = b"import psycopg2\nfrom settings import HOST\npsycopg2.connect(host=HOST)\n"


def test_modules_with_the_same_bytes_keep_their_own_places():
    for folder in ("a", "b"):
        files = SourceFile(f"{folder}/use.py", USES), SourceFile(f"{folder}/settings.py", SETTINGS)
        found = bundle_references("", files)
        assert [(path, ref.host) for path, told in found.items() for ref in told.refs] == [
            (f"{folder}/settings.py", "10.0.0.121")
        ]


@pytest.mark.parametrize("name", ["connection", "missing"])
def test_imports_of_what_is_no_constant_lead_nowhere(name):
    user = SourceFile("use.py", USES.replace(b"import HOST", f"import {name}".encode()))
    assert annexed(user, [SourceFile("settings.py", SETTINGS)]) is None

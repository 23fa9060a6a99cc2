"""No password leaves: a table of passwords in a table of places, through every command, output and error.

What is looked for are pieces of six bytes of the markers in users, passwords and database names, in any escape.
"""

import base64
import json
import os
import resource
import stat
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.carriers import CARRIERS, Carrier
from tests.passwords import PASSWORDS, TAME, Watch, secret
from tests.program import Ran, run

POLICY = """\
version: 1
clusters:
  - {name: pg, engine: postgresql, nodes: [10.0.0.120-10.0.0.122], endpoints: {write: {host: 10.0.0.10, port: 5432}}}
  - {name: my, engine: mysql, nodes: [10.0.1.121], endpoints: {write: {host: 10.0.1.10, port: 3306}}}
  - {name: ora, engine: oracle, nodes: [10.0.2.121], endpoints: {write: {host: 10.0.2.10, port: 1521}}}
  - {name: red, engine: redis, nodes: [10.0.3.121], endpoints: {write: {host: 10.0.3.10, port: 6379}}}
  - {name: mon, engine: mongodb, nodes: [10.0.4.121, 10.0.4.122], endpoints: {write: {host: 10.0.4.10, port: 27017}}}
"""
ALL = tuple(PASSWORDS)
FORMATS = ("text", "json", "sarif")
# Base64 of text with control characters is taken for binary data, and its hosts are not looked for.
HIDDEN = {
    "data.yaml": {"escape", "newline", "newline-key"},
    "data-wrapped.yaml": {"escape", "newline", "newline-key"},
    "data-file.yaml": {"escape"},
}


def plant(folder: Path, rows: dict[Carrier, tuple[str, ...]]) -> Watch:
    """A tree of carriers with these passwords and a policy; answers with the watch on their markers."""
    markers = {}
    for carrier, names in rows.items():
        (folder / carrier.path).write_bytes(carrier.text(names).encode())
        for _name, made, _text in carrier.entries(names):
            markers |= made.markers
    (folder / "db-endpoints.yaml").write_text(POLICY)
    return Watch(markers)


def few(carriers=CARRIERS):
    """Two tame passwords and a few wild ones for each carrier, other ones for each."""
    wild = [name for name in ALL if name not in TAME]
    return {
        carrier: ("plain", "char-7e", *(wild[(5 * at + i) % len(wild)] for i in range(5)))
        for at, carrier in enumerate(carriers)
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The whole table, scanned once by the installed program: folder, watch, output and reports."""
    folder, reports = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("reports")
    watch = plant(folder, dict.fromkeys(CARRIERS, ALL))
    program = Path(sys.executable).parent / "analyzer"
    options = [part for form in FORMATS for part in ("--report", f"{form}={reports / form}")]
    done = subprocess.run([program, "scan", "--debug", *options], cwd=folder, capture_output=True, check=False)
    ran = Ran(done.returncode, done.stdout, done.stderr)
    return watch, ran, {form: (reports / form).read_bytes() for form in FORMATS}


@pytest.fixture(scope="module")
def rules(whole):
    """Of the scan of the whole table: the rules by path and by the byte where the host stands."""
    found = defaultdict(dict)
    for finding in json.loads(whole[2]["json"])["findings"]:
        found[finding["path"]].setdefault(finding["start_byte"], set()).add(finding["rule"])
    return found


@pytest.fixture
def planted(tmp_path):
    """A smaller tree for one command."""
    return tmp_path, plant(tmp_path, few())


def test_nothing_of_a_secret_is_in_any_output_of_a_scan(whole):
    watch, ran, reports = whole
    assert ran.code in {1, 3}
    assert ran.err == b""
    assert ran.out == reports["text"]
    assert {form: watch.leaks(report) for form, report in reports.items()} == {form: set() for form in FORMATS}


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.path)
def test_the_hosts_beside_the_secrets_are_found(rules, carrier):
    at = len(carrier.head.encode())
    for name, _secret, text in carrier.entries(ALL):
        end = at + len(text.encode())
        found = set().union(*(there for start, there in rules[carrier.path].items() if at <= start < end))
        assert found or name in HIDDEN.get(carrier.path, ()), name
        assert name not in TAME or carrier.rule in found, name
        at = end


@pytest.mark.parametrize("form", FORMATS)
def test_scan_prints_nothing_of_a_secret(planted, form):
    folder, watch = planted
    ran = run(folder, "scan", "--format", form, "--jobs", "1")
    assert b"10.0.0.121" in ran.out
    assert not watch.leaks(ran.out, ran.err)


def test_standard_input_leaks_nothing(tmp_path):
    for carrier in (CARRIERS[0], *(c for c in CARRIERS if c.path in {"data.yaml", "call.py", "object.js"})):
        watch = plant(tmp_path, {carrier: ALL})
        ran = run(tmp_path, "scan", "-", "--stdin-filename", carrier.path, stdin=carrier.text(ALL).encode())
        assert b"10.0.0.121" in ran.out
        assert not watch.leaks(ran.out, ran.err)


def without_javascript(folder):
    """Semgrep costs more than all else."""
    return plant(folder, few(c for c in CARRIERS if not c.path.endswith((".js", ".ts"))))


def test_fix_check_says_nothing_of_a_secret(planted):
    folder, watch = planted
    before = {path: path.read_bytes() for path in folder.iterdir()}
    ran = run(folder, "fix", "--check")
    assert b" would change" in ran.err
    assert not watch.leaks(ran.out, ran.err)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("flags", [(), ("--unsafe", "--debug")])
def test_fix_says_nothing_of_a_secret(tmp_path, flags):
    watch = without_javascript(tmp_path)
    ran = run(tmp_path, "fix", *flags)
    assert b"fixed encoded.env" in ran.err
    assert b"left (" in ran.err
    assert not watch.leaks(ran.out, ran.err)
    assert b"10.0.0.121" not in (tmp_path / "encoded.env").read_bytes()


def test_a_diff_holds_lines_and_nothing_else_does(tmp_path):
    watch = without_javascript(tmp_path)
    ran = run(tmp_path, "fix", "--diff")
    assert watch.leaks(ran.out), "a diff carries whole lines, else it is none"
    assert not watch.leaks(ran.err)


def test_a_patch_goes_to_its_file_only(tmp_path, tmp_path_factory):
    watch = without_javascript(tmp_path)
    patch = tmp_path_factory.mktemp("patch") / "fix.patch"
    patch.write_bytes(b"older and longer")
    patch.chmod(0o666)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    ran = run(tmp_path, "fix", "--patch", str(patch))
    assert watch.leaks(patch.read_bytes())
    assert stat.S_IMODE(patch.stat().st_mode) == 0o600
    assert not watch.leaks(ran.out, ran.err)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("target", ["missing/fix.patch", "link.patch"])
def test_a_patch_that_cannot_be_written_leaks_nothing(tmp_path, target):
    watch = plant(tmp_path, {CARRIERS[0]: ALL})
    (tmp_path / "link.patch").symlink_to(tmp_path / "elsewhere")
    ran = run(tmp_path, "fix", "--patch", target)
    assert ran.code == 2
    assert target.encode() in ran.err
    assert not watch.leaks(ran.out, ran.err)
    assert not (tmp_path / "elsewhere").exists()


BROKEN = {
    "value.yaml": 'database_url: "%(pg)s\nother: x\n',
    "mapping.yaml": "database_url: %(pg)s: [%(pg)s\n- x\n",
    "anchor.yaml": "database_url: *%(password)s\nurl: &a %(pg)s\n",
    "tag.yaml": "database_url: !<%(pg)s> x\nother: !!binary '%(pg)s'\n",
    "template.yaml": "url: {{ if %(pg)s\nDB_HOST: 10.0.0.121\n",
    "secret.yaml": "kind: Secret\ndata:\n  DATABASE_URL: %(pg64)s$$\n  OTHER: %(pg)s\n",
    "literal.py": "url = 'postgresql://%(user)s:%(password)s@10.0.0.121\nx = 1\n",
    "call.py": 'connect("%(pg)s" "%(password)s\n',
    "python2.py": "print '%(pg)s'\n",
    "indent.py": "def f():\nurl = '%(pg)s'\n",
    "cookie.py": "# coding: %(password)s\nurl = '%(pg)s'\n",
    "string.js": "const { Pool } = require('pg'); new Pool({host: '10.0.0.121', password: '%(password)s\n",
    "class.ts": "import pg from 'pg'; class { url = '%(pg)s' %(password)s ((\n",
    "quote.sh": "psql '%(pg)s -c 'select 1\nfi done\n",
    "substitution.sh": 'psql -h 10.0.0.121 "$(cat %(password)s\n',
    "quote.env": 'DATABASE_URL="%(pg)s\nDB_HOST=10.0.0.121\n',
    "no-key.env": "%(pg)s\n=%(pg)s\nDB_HOST 10.0.0.121 %(password)s\n",
}


def broken_tree(folder):
    rows = {Carrier(path, text): ("plain", "char-27", "char-5c", "newline") for path, text in BROKEN.items()}
    return plant(folder, rows)


@pytest.mark.parametrize("command", [("scan",), ("scan", "--format", "json"), ("fix", "--debug")])
def test_files_that_do_not_parse_leak_nothing(tmp_path, command):
    watch = broken_tree(tmp_path)
    ran = run(tmp_path, *command)
    assert ran.code == 3
    told = ran.out + ran.err
    for path in ("value.yaml", "literal.py", "class.ts", "no-key.env"):
        assert path.encode() in told
    assert not watch.leaks(told)


def test_files_that_are_not_utf_8_leak_nothing(tmp_path):
    watch = without_javascript(tmp_path)
    for carrier, names in few().items():
        (tmp_path / carrier.path).write_bytes(b"# caf\xe9\n" + carrier.text(names).encode("latin-1", "replace"))
    for form in FORMATS:
        ran = run(tmp_path, "scan", "--format", form)
        assert b"not valid UTF-8" in ran.out
        assert not watch.leaks(ran.out, ran.err)


@pytest.mark.parametrize("command", [("scan",), ("scan", "--format", "sarif"), ("fix", "--debug")])
def test_a_parser_that_does_not_end_leaks_nothing(planted, command):
    folder, watch = planted
    ran = run(folder, *command, "--timeout", "0.01")
    assert ran.code == 3
    assert b"still running after 0.01 s" in ran.out + ran.err
    assert not watch.leaks(ran.out, ran.err)


CRASHING = """\
import sys
sys.argv[1:] = []
import analyzer.extract.dotenv, analyzer.extract.yaml, analyzer.extract.python, analyzer.extract.shell
def crash(source):
    print(source.text)
    print(source.text, file=sys.stderr)
    %s
for module in (analyzer.extract.dotenv, analyzer.extract.yaml, analyzer.extract.python, analyzer.extract.shell):
    module.extract = crash
from analyzer.workers.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("raise ValueError(source.text)", "its parser failed (ValueError)"),
        ("raise type(source.text[:9], (Exception,), {})(source.text)", "its parser"),
        ("import os; os.abort()", "its parser ended the process"),
        ("import os; os.write(1, source.data); os._exit(0)", "its parser ended the process"),
    ],
    ids=["raises", "raises-named", "aborts", "exits"],
)
def test_a_parser_that_crashes_leaks_nothing(tmp_path, tmp_path_factory, monkeypatch, end, told):
    watch = plant(tmp_path, {c: TAME for c in CARRIERS if c.path in {"plain.env", "data.yaml", "call.py", "mysql.sh"}})
    worker = tmp_path_factory.mktemp("worker") / "python"
    worker.write_text(f"#!/bin/sh\nexec {sys.executable} -I -c '{CRASHING % end}'\n")
    worker.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(worker))
    ran = run(tmp_path, "scan", "--debug")
    assert ran.code == 3
    assert told.encode() in ran.out
    assert not watch.leaks(ran.out, ran.err)


@pytest.mark.parametrize("flags", [(), ("--debug",)])
def test_an_internal_error_shows_our_code_and_no_text(planted, monkeypatch, flags):
    folder, watch = planted

    def crash(source, *_rest):
        raise ValueError(source.text) from KeyError(source.text)

    monkeypatch.setattr(sys.modules["analyzer.engine.scan"], "judge_file", crash)
    ran = run(folder, "scan", *flags)
    assert ran.code == 5
    assert b"internal error (ValueError)" in ran.err
    assert (b"in crash" in ran.err or b".crash" in ran.err) == bool(flags)
    assert not watch.leaks(ran.out, ran.err)


def test_an_interrupt_prints_no_trace(planted, monkeypatch):
    folder, watch = planted

    def interrupt(source, *_rest):
        raise KeyboardInterrupt(source.text)

    monkeypatch.setattr(sys.modules["analyzer.engine.scan"], "judge_file", interrupt)
    ran = run(folder, "scan", "--debug")
    assert ran.code == 130
    assert not watch.leaks(ran.out, ran.err)


@pytest.fixture
def full_disk():
    """No file may grow beyond a few bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_refused_files_leak_nothing(tmp_path):
    watch = plant(tmp_path, few(CARRIERS[:8]))
    os.link(tmp_path / "double.env", tmp_path / "other-name")
    (tmp_path / "encoded.env").chmod(0o444)
    ran = run(tmp_path, "fix", "--debug")
    assert ran.code == 4
    assert b"double.env: write: refused" in ran.err
    assert b"encoded.env: write: refused" in ran.err
    assert not watch.leaks(ran.out, ran.err)


def test_a_full_disk_leaks_nothing_and_changes_nothing(tmp_path, request):
    watch = plant(tmp_path, few(CARRIERS[:8]))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    request.getfixturevalue("full_disk")
    ran = run(tmp_path, "fix", "--debug")
    assert ran.code == 4
    assert b"double.env: write: failed" in ran.err
    assert not watch.leaks(ran.out, ran.err)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


_CLUSTER = "version: 1\nclusters: [{name: a, engine: mysql, nodes: [a1], %s}]\n"
_ALLOW = "version: 1\nclusters: []\nallow: [{paths: ['a'], reason: x, %s}]\n"
PLACES_IN_A_POLICY = {
    "unknown key": "<>: 1\nversion: 1\n",
    "version": "version: <>\n",
    "no YAML": 'version: 1\nclusters: "<>\n  - x: [\n',
    "tag": "version: !<<>> 1\n",
    "alias": "version: 1\nclusters: *<>\n",
    "text alone": "<>\n",
    "engine": "version: 1\nclusters: [{name: a, engine: '<>', nodes: [10.0.0.1], endpoints: {}}]\n",
    "node": "version: 1\nclusters: [{name: a, engine: mysql, nodes: ['<>'], endpoints: {}}]\n",
    "name of a node": "version: 1\nclusters: [{name: a, engine: mysql, nodes: [{host: a, names: ['<>']}]}]\n",
    "endpoint": _CLUSTER % "endpoints: {write: '<>'}",
    "host of an endpoint": _CLUSTER % "endpoints: {write: {host: '<>', port: 1}}",
    "port": _CLUSTER % "endpoints: {write: {host: b1, port: '<>'}}",
    "intent": _CLUSTER % "endpoints: {'<>': {host: b1, port: 1}}",
    "ports": _CLUSTER % "endpoints: {}, ports: {database: ['<>']}",
    "lists": _CLUSTER % "endpoints: {}, multi_host_dsn: '<>'",
    "key of a cluster": _CLUSTER % "endpoints: {}, '<>': 1",
    "rule": "version: 1\nclusters: []\nseverity: {'<>': off}\n",
    "severity": "version: 1\nclusters: []\nseverity: {node-host: '<>'}\n",
    "expires": _ALLOW % "hosts: [a1], expires: '<>'",
    "allowed host": _ALLOW % "hosts: ['<>']",
    "twice": "version: 1\n'<>': 1\n'<>': 2\n",
}


@pytest.mark.parametrize("place", PLACES_IN_A_POLICY)
@pytest.mark.parametrize("name", ["plain", "char-27", "char-23", "host-word", "escape"])
def test_errors_of_a_policy_leak_no_dsn(tmp_path, place, name):
    made = secret("policy", name)
    dsn = f"postgresql://{made.user}:{made.password}@10.0.0.121:5432/{made.database}".replace("'", "''")
    text = PLACES_IN_A_POLICY[place].replace("<>", dsn)
    (tmp_path / "db-endpoints.yaml").write_text(text)
    for command in (("policy", "check"), ("scan", "--debug")):
        ran = run(tmp_path, *command)
        assert ran.code == 2, ran.err
        assert b"db-endpoints.yaml" in ran.err
        assert not Watch(made.markers).leaks(ran.out, ran.err)


def test_child_processes_get_no_secret_as_argument_or_environment(planted, monkeypatch, tmp_path_factory):
    folder, watch = planted
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    started = []

    class Recorded(subprocess.Popen):
        def __init__(self, command, **options):
            started.append(repr((command, options.get("env"))).encode())
            super().__init__(command, **options)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    run(folder, "fix", "--check")
    assert any(b"analyzer.workers" in command for command in started)
    assert any(b"semgrep" in command for command in started)
    assert not watch.leaks(*started)
    assert not list(scratch.iterdir()), "what was staged is still there"


ESCAPES = {
    "plain": str,
    "part": lambda text: text[1:7],
    "upper case": str.upper,
    "percent": lambda text: "".join(f"%{ord(c):02X}" for c in text),
    "quoted": lambda text: quote(f"<{text}>"),
    "hexadecimal": lambda text: text.encode().hex(),
    "shifted hexadecimal": lambda text: f"a{text.encode().hex()}b",
    "JSON": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "hex escapes": lambda text: "".join(f"\\x{ord(c):02x}" for c in text),
    "HTML": lambda text: "".join(f"&#{ord(c)};" for c in text),
    **{
        f"base64 after {before}": lambda text, n=before: base64.b64encode(b"://"[:n] + text.encode() + b"@x").decode()
        for before in range(4)
    },
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(f"a{text}".encode()).decode(),
}


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("name", ["plain", "at-host"])
def test_the_watch_sees_every_escape(escape, name):
    made = secret("oracle", name)
    for marker, origin in made.markers.items():
        assert Watch(made.markers).leaks(f'{{"text": "{ESCAPES[escape](marker)}"}}'.encode()) == {origin}


def test_the_watch_is_silent_without_a_leak(whole):
    _watch, _ran, reports = whole
    assert not Watch(secret("nowhere", "plain").markers).leaks(*reports.values())

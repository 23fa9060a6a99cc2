"""No password leaves by an error: of a file, a parser, the disk, the policy, the program itself."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.carriers import CARRIERS, Carrier
from tests.passwords import TAME, Watch, secret
from tests.planted import few, plant, without_javascript
from tests.program import run

FORMATS = ("text", "json", "sarif")


@pytest.fixture
def planted(tmp_path):
    """A small tree, all formats in it."""
    return tmp_path, without_javascript(tmp_path)


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


def test_files_that_are_not_utf_8_leak_nothing(tmp_path, tmp_path_factory):
    watch = without_javascript(tmp_path)
    for carrier, names in few().items():
        (tmp_path / carrier.path).write_bytes(b"# caf\xe9\n" + carrier.text(names).encode("latin-1", "replace"))
    options = [part for form in FORMATS for part in ("--report", f"{form}={tmp_path_factory.getbasetemp() / form}")]
    ran = run(tmp_path, "scan", *options)
    assert ran.out.count(b"not valid UTF-8") > 20
    assert not watch.leaks(
        ran.out, ran.err, *((tmp_path_factory.getbasetemp() / form).read_bytes() for form in FORMATS)
    )


@pytest.mark.parametrize("command", [("scan",), ("scan", "--format", "sarif"), ("fix", "--debug")])
def test_a_parser_that_does_not_end_leaks_nothing(planted, command):
    folder, watch = planted
    ran = run(folder, *command, "--timeout", "0.01")
    assert ran.code == 3
    assert b"still running after 0.01 s" in ran.out + ran.err
    assert not watch.leaks(ran.out, ran.err)


CRASHING = """\
import sys
from pathlib import Path
import analyzer.extract
def crash(source):
    print(source.text)
    print(source.text, file=sys.stderr)
    %s
analyzer.extract.Format.load = lambda row: crash
sys.argv[1:] = []
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


def test_refused_files_leak_nothing(tmp_path):
    watch = plant(tmp_path, few(CARRIERS[:8]))
    os.link(tmp_path / "double.env", tmp_path / "other-name")
    (tmp_path / "encoded.env").chmod(0o444)
    ran = run(tmp_path, "fix", "--debug")
    assert ran.code == 4
    assert b"double.env: write: refused" in ran.err
    assert b"encoded.env: write: refused" in ran.err
    assert not watch.leaks(ran.out, ran.err)


def test_a_full_disk_leaks_nothing_and_changes_nothing(tmp_path):
    watch = plant(tmp_path, few(CARRIERS[:8]))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    command = [Path(sys.executable).parent / "analyzer", "fix", "--debug"]
    # In a process of its own: the limit would hit the test runner's own output as well.
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, preexec_fn=_fill_the_disk)
    assert done.returncode == 4
    assert b"double.env: write: failed" in done.stderr
    assert not watch.leaks(done.stdout, done.stderr)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def _fill_the_disk():
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))


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
    "name of an endpoint": _CLUSTER % "endpoints: {write: {host: b1, port: 1, names: ['<>']}}",
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
@pytest.mark.parametrize("name", ["plain", "char-27", "escape"])
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

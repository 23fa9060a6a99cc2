"""No password leaves: a table of passwords in a table of places, through every command, output and error.

What is looked for are pieces of six bytes of the markers in users, passwords and database names, in any escape.
"""

import base64
import json
import stat
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

import pytest

from analyzer.report import REPORTS
from tests.carriers import CARRIERS
from tests.passwords import TAME, Watch, secret
from tests.planted import ALL, few, plant, without_javascript
from tests.program import Ran, run

FORMATS = tuple(REPORTS)
# Base64 of text with control characters is taken for binary data, and its hosts are not looked for.
HIDDEN = {
    "data.yaml": {"escape", "newline", "newline-key"},
    "data-wrapped.yaml": {"escape", "newline", "newline-key"},
    "data-file.yaml": {"escape"},
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


def test_what_is_printed_is_what_a_report_holds(tmp_path, tmp_path_factory):
    watch = without_javascript(tmp_path)
    reports = tmp_path_factory.mktemp("reports")
    ran = run(tmp_path, "scan", "--format", "github", *(f"--report={form}={reports / form}" for form in FORMATS))
    assert ran.out == (reports / "github").read_bytes()
    assert not watch.leaks(ran.out, ran.err, *((reports / form).read_bytes() for form in FORMATS))


def test_standard_input_leaks_nothing(tmp_path):
    for carrier in (CARRIERS[0], *(c for c in CARRIERS if c.path in {"data.yaml", "call.py", "object.js"})):
        watch = plant(tmp_path, {carrier: ALL})
        ran = run(tmp_path, "scan", "-", "--stdin-filename", carrier.path, stdin=carrier.text(ALL).encode())
        assert b"10.0.0.121" in ran.out
        assert not watch.leaks(ran.out, ran.err)


def test_an_inventory_holds_nothing_of_a_secret(tmp_path, tmp_path_factory):
    watch = without_javascript(tmp_path)
    reports = tmp_path_factory.mktemp("reports")
    forms = ("text", "markdown", "json", "csv", "html")
    ran = run(tmp_path, "audit", "--verbose", *(f"--report={form}={reports / form}" for form in forms))
    assert all(b"10.0.0.121" in (reports / form).read_bytes() for form in forms)
    assert not watch.leaks(ran.out, ran.err, *((reports / form).read_bytes() for form in forms))


def test_the_guard_says_and_logs_nothing_of_a_secret(tmp_path, tmp_path_factory):
    watch = without_javascript(tmp_path)
    log = tmp_path_factory.mktemp("log") / "guard.log"
    ran = run(tmp_path, "guard", "--fail-on", "note", "--log", str(log), "--jobs", "1")
    assert b"10.0.0.121" in ran.out
    assert not watch.leaks(ran.out, ran.err, log.read_bytes())


@pytest.mark.parametrize("name", ["data.yaml", "object.js"])
def test_the_guard_says_nothing_of_a_secret_in_a_pipe(tmp_path, name):
    (carrier,) = (carrier for carrier in CARRIERS if carrier.path == name)
    watch = plant(tmp_path, {carrier: ALL})
    ran = run(tmp_path, "guard", "-", "--fail-on", "note", stdin=carrier.text(ALL).encode())
    assert ran.code in {1, 3}
    assert not watch.leaks(ran.out, ran.err)


def test_fix_says_nothing_of_a_secret(tmp_path):
    watch = without_javascript(tmp_path)
    ran = run(tmp_path, "fix", "--unsafe", "--debug")
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


def test_fix_check_and_its_processes_show_nothing_of_a_secret(planted, monkeypatch, tmp_path_factory):
    folder, watch = planted
    before = {path: path.read_bytes() for path in folder.iterdir()}
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    started = []

    class Recorded(subprocess.Popen):
        def __init__(self, command, **options):
            started.append(repr((command, options.get("env"))).encode())
            super().__init__(command, **options)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    ran = run(folder, "fix", "--check")
    assert b" would change" in ran.err
    assert any(b"analyzer.workers" in command for command in started)
    assert any(b"semgrep" in command for command in started)
    assert not watch.leaks(ran.out, ran.err, *started)
    assert not list(scratch.iterdir()), "what was staged is still there"
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


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
    assert not Watch(secret("nowhere", "plain").markers).leaks(reports["text"])

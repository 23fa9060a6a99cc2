"""Hostile trees through the real command line: whatever stands in one file, it is contained, said, and the rest is read."""

import codecs
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.engine.judging import Bench, judge_file
from analyzer.extract import FORMATS, TEXT
from analyzer.model import Coverage, HostRef, Report
from analyzer.policy import load
from analyzer.report import REPORTS
from analyzer.resolve import Resolver
from analyzer.source import SourceFile
from analyzer.visible import inert, visible, visible_path
from tests.carriers import CARRIERS
from tests.passwords import PASSWORDS
from tests.program import run
from tests.repositories import git, repository, write
from tests.shapes import SHAPES, SLOW

POLICY = """\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122]
    endpoints: {write: {host: 10.0.0.10, port: 5432}}
"""
ROW = b"DB_HOST=10.0.0.121\n"
FORMATS_OF_REPORTS = ("text", "json", "sarif")


@pytest.fixture
def tree(tmp_path):
    """A tree with a policy and one good file, which must be found whatever stands beside it."""
    (tmp_path / "db-endpoints.yaml").write_text(POLICY)
    (tmp_path / "good.env").write_bytes(ROW)
    return tmp_path


def scan(folder, *options):
    """Exit code, report, and the paths with findings; the good file is always among them."""
    ran = run(folder, "scan", "--format", "json", *options)
    report = json.loads(ran.out)
    assert ran.err == b""
    assert "good.env" in {f["path"] for f in report["findings"]}
    return ran.code, report


def paths(report, part="findings"):
    return {entry["path"] for entry in report[part]} - {"good.env"}


def commands(output: bytes) -> list[str]:
    """The lines that a GitHub runner would carry out (actions/runner, ActionCommand.cs), or that hide something."""
    lines = re.split(r"\r\n|\n|\r", output.decode("utf-8"))
    return [
        line
        for line in lines
        if line.strip().startswith("::")
        or "##[" in line
        or any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in line)
    ]


NAMES = [
    b"new\nline",
    b"x\n::add-mask::a",
    b"x\r::error::y",
    b"::error::x",
    b"  ::stop-commands::x",
    b"##[error]x",
    b"a##[add-mask]b",
    b"%0A::error::x",
    b"escape\x1b[31m\x1b]0;x\x07",
    b"c1\xc2\x9b31m",
    b"latin\xe9",
    b"\xff\xfe\xfd",
    b"half\xe6\xbc",
    "right\u202etoleft".encode(),
    "line\u2028separator".encode(),
    "\u00a0blank\u3000".encode(),
    "\u6f22\u5b57\U0001f418".encode(),
    "e\u0301".encode(),
    b"back\\slash\\x1b",
    b"tab\tand\x0bmore\x7f",
    b"<img src=x onerror=alert(1)>",
    b"[link](javascript:x)",
    b"`code` | {brace} @team",
    b"quote'\"",
    b"$(touch canary)",
    b"; touch canary",
    b"-rf",
    b"--config=x",
    b"@file",
    b"*?[a]",
    b"#anchor?query=1",
    b"trailing ",
    b"a" * 251,
    "\u00e9".encode() * 125,
]


@pytest.fixture
def named(tree):
    """A dotenv file under each name, in a folder of such a name too."""
    for name in NAMES:
        (tree / os.fsdecode(name + b".env")).write_bytes(ROW)
    folder = tree / os.fsdecode(b"\n::error::dir\xff")
    folder.mkdir()
    (folder / "app.env").write_bytes(ROW)
    return tree, {*(name + b".env" for name in NAMES), b"\n::error::dir\xff/app.env"}


def test_hostile_names_stay_on_one_line_of_text(named):
    folder, names = named
    ran = run(folder, "scan")
    assert not commands(ran.out)
    found = {line.partition(": error node-host")[0] for line in ran.out.decode().split("\n") if ": error " in line}
    assert found == {f"{visible_path(os.fsdecode(name))}:1:9" for name in (*names, b"good.env")}


def test_hostile_names_are_exact_in_json(named):
    folder, names = named
    ran = run(folder, "scan", "--format", "json")
    assert not commands(ran.out)
    assert paths(json.loads(ran.out)) == {name.decode("utf-8", "backslashreplace") for name in names}


def test_hostile_names_are_exact_in_sarif(named):
    folder, names = named
    ran = run(folder, "scan", "--format", "sarif")
    assert not commands(ran.out)
    (log,) = json.loads(ran.out)["runs"]
    places = [place["physicalLocation"]["artifactLocation"] for r in log["results"] for place in r["locations"]]
    assert all(re.fullmatch(r"[A-Za-z0-9%/._~-]+", place["uri"]) for place in places)
    assert {unquote_to_bytes(place["uri"]) for place in places} == {*names, b"good.env"}


def test_hostile_names_are_fixed_like_others(named):
    folder, names = named
    ran = run(folder, "fix")
    assert ran.code == 0
    assert not commands(ran.err)
    assert ran.err.count(b"fixed ") == len(names) + 1
    assert {(folder / os.fsdecode(name)).read_bytes() for name in names} == {b"DB_HOST=10.0.0.10\n"}
    assert not list(folder.rglob("canary"))


def test_hostile_names_in_problems_and_messages(tree):
    for name in NAMES[:-2]:
        (tree / os.fsdecode(name + b".yaml")).write_bytes(b"host: [10.0.0.121\n- x\n")
    for form in FORMATS_OF_REPORTS:
        ran = run(tree, "scan", "--format", form)
        assert ran.code == 3
        assert not commands(ran.out)
    ran = run(tree, "fix", "--check")
    assert ran.err.count(b".yaml") == len(NAMES) - 2
    assert not commands(ran.err)
    missing = run(tree, "scan", "x\n::error::y\x1b[31m")
    assert missing.code == 2
    assert not commands(missing.err)


HOSTILE_TEXT = {
    "keys.env": "##[error]_DB_HOST=10.0.0.121\n::error::DB_HOST=10.0.0.121\nA\x1b[31m_DB_HOST=10.0.0.121\n",
    "hosts.env": "DB_HOST=db\x1b[31m.corp.test\nPG_URL=postgresql://u:p@db##[error].corp.net/x\nDB_SERVER=::error::.net\n",
    "names.env": "DB_HOST=d\u202eb.corp.net\nPG_HOST=b\u00fccher.corp.net\nDB_ADDR=\u2028x.corp.net\n",
    "keys.yaml": 'database:\n  "host\\e[31m": 10.0.0.121\n  "##[error]db_host": 10.0.0.121\n  "\\n::error::db_url": 10.0.0.121\n',
    "names.py": "import psycopg2\nd\u00e9_host = '10.0.0.121'\npsycopg2.connect(host=d\u00e9_host)\nDB_HOST = 'a##[error]b.corp.net'\n",
    "reason.env": "DB_HOST=10.0.0.121 # analyzer: ignore[node-host] ##[error] \x1b[31m \u202e x\n",
    "calls.sh": "psql -h '10.0.0.121' '##[error]'\n'##[error]' -h 10.0.0.121\npsql -h $'\\e[31mx.corp.net'\n",
}


def test_hostile_text_is_inert_in_every_output(tree):
    for name, text in HOSTILE_TEXT.items():
        (tree / name).write_text(text)
    for form in FORMATS_OF_REPORTS:
        ran = run(tree, "scan", "--format", form)
        assert ran.out.count(b"10.0.0.121") > 6
        assert not commands(ran.out)
    ran = run(tree, "fix", "--check")
    assert not commands(ran.err)


@given(st.text(st.characters(), max_size=40))
def test_inert_json_says_the_same(text):
    document = json.dumps({text: [text, "##[error]"]}, ensure_ascii=False, indent=2)
    assert json.loads(inert(document)) == json.loads(document)
    assert not commands(inert(document).encode())


@given(st.text(st.characters(), max_size=40))
def test_no_path_starts_a_command(path):
    assert not commands(visible_path(path).encode())
    assert visible_path(path).removeprefix("./") == visible(path).removeprefix("./")


def test_deep_and_endless_shapes_are_said_and_the_rest_is_read(tree):
    for name, text in SHAPES.items():
        (tree / name).write_text(text)
    code, report = scan(tree)
    assert code == 3
    assert {p["stage"] for p in report["problems"]} <= {"parse", "extract", "semgrep"}
    told = {p["path"] for p in report["problems"]}
    assert {"brackets.yaml", "parentheses.py", "aliases.yaml", "expansions.sh"} <= told
    assert set(SHAPES) - paths(report) - told == set()
    assert {"cycle.yaml", "bomb.yaml", "merge-bomb.yaml", "names.py", "users.txt"} <= paths(report)


def test_slow_files_end_at_the_limit_and_the_rest_is_read(tree):
    (tree / "slow.js").write_text(SLOW)
    (tree / "slow.py").write_text("x = [" + "1," * 300_000 + "]\nu = 'postgresql://u@10.0.0.121'\n")
    (tree / "good.js").write_text("const { Pool } = require('pg');\nnew Pool({host: '10.0.0.121'});\n")
    (tree / "good.py").write_text("import psycopg2\npsycopg2.connect(host='10.0.0.121')\n")
    begun = time.monotonic()
    code, report = scan(tree, "--timeout", "1")
    assert time.monotonic() - begun < 30
    assert code == 3
    assert paths(report, "problems") == {"slow.js", "slow.py"}
    assert {"good.js", "good.py"} <= paths(report)


LONG = b"x" * 5_000_000


@pytest.mark.parametrize("name", ["app.env", "app.yaml", "app.py", "app.sh", "app.json", "app.js", "app.md"])
def test_a_line_of_five_megabytes(tree, name):
    data = {
        "app.env": b'A="' + LONG + b'"\nDB_HOST=10.0.0.121\n',
        "app.yaml": b"a: " + LONG + b"\ndb_host: 10.0.0.121\n",
        "app.py": b"a = '" + LONG + b"'\nDB_HOST = '10.0.0.121'\n",
        "app.sh": b"a='" + LONG + b"'\npsql -h 10.0.0.121\n",
    }.get(name, b'"' + LONG + b'", "postgresql://u:p@10.0.0.121:5432/x"\n')
    (tree / name).write_bytes(data)
    _code, report = scan(tree)
    assert {name} == paths(report) | paths(report, "problems")


ODD = {
    "carriage-returns.env": b"A=1\rDB_HOST=10.0.0.121\rB=2\r",
    "carriage-returns.yaml": b"a: 1\rdb_host: 10.0.0.121\rb: 2\r",
    "carriage-returns.py": b"a = 1\rDB_HOST = '10.0.0.121'\r",
    "carriage-returns.sh": b"a=1\rpsql -h 10.0.0.121\r",
    "mark.env": codecs.BOM_UTF8 + ROW,
    "marks.env": codecs.BOM_UTF8 * 2 + ROW,
    "latin.yaml": b"a: caf\xe9\ndb_host: 10.0.0.121\n",
    "latin-cookie.py": b"# coding: latin-1\na = 'caf\xe9'\nDB_HOST = '10.0.0.121'\n",
    "rot13-cookie.py": b"# coding: rot13\nDB_HOST = '10.0.0.121'\n",
    "utf-7-cookie.py": b"# coding: utf-7\nDB_HOST = '10.0.0.121'\n",
    "no-cookie.py": b"# coding: none-such\nDB_HOST = '10.0.0.121'\n",
    "separators.yaml": "a: \u0085x\u2028y\u2029z\ndb_host: 10.0.0.121\n".encode(),
    "form-feed.py": b"\x0ca = 1\n\x0cDB_HOST = '10.0.0.121'\n",
    "late-nul.env": b"A=" + b"x" * 9_000 + b"\0\n" + ROW,
    "late-nul.yaml": b"a: " + b"x" * 9_000 + b"\0\ndb_host: 10.0.0.121\n",
    "late-nul.py": b"a = '" + b"x" * 9_000 + b"\0'\nDB_HOST = '10.0.0.121'\n",
    "late-nul.js": b"//" + b"x" * 9_000 + b"\0\nnew Pool({host: '10.0.0.121'})\n",
    "controls.env": bytes(range(1, 10)) + b"\n" + ROW,
    "surrogates.env": b"A=\xed\xa0\x80\xed\xb0\x80\n" + ROW,
    "overlong.env": b"A=\xc0\xaf\xf8\x88\x80\x80\x80\n" + ROW,
}


def test_odd_bytes_are_read_or_said(tree):
    for name, data in ODD.items():
        (tree / name).write_bytes(data)
    _code, report = scan(tree)
    assert set(ODD) - paths(report) - paths(report, "problems") == set()
    assert {name for name in ODD if name.startswith(("carriage", "mark", "controls"))} <= paths(report)


def test_what_is_no_text_is_counted(tree):
    (tree / "wide.env").write_bytes(codecs.BOM_UTF16_LE + "DB_HOST=10.0.0.121\n".encode("utf-16-le"))
    (tree / "wide.yaml").write_bytes(codecs.BOM_UTF16_BE + "db_host: 10.0.0.121\n".encode("utf-16-be"))
    (tree / "nul.env").write_bytes(b"\0" + ROW)
    (tree / "large.env").write_bytes(ROW + b"#" * (10 << 20))
    (tree / "archive.py").write_bytes(b"PK\x03\x04\0\0" + ROW)
    code, report = scan(tree)
    assert code == 3
    assert paths(report, "problems") == {"wide.env", "wide.yaml", "large.env"}
    skipped = report["summary"]["skipped"]
    assert skipped == {"UTF-16 text; save it as UTF-8": 2, "binary": 2, "larger than 10 MiB": 1, "the policy itself": 1}


def test_what_is_no_file_is_not_opened(tree, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.env").write_bytes(ROW)
    links = {
        "loop.env": "loop.env",
        "ping.env": "pong.env",
        "pong.env": "ping.env",
        "zero.env": "/dev/zero",
        "input.env": "/dev/stdin",
        "outside.env": str(outside / "secret.env"),
        "outside": str(outside),
        "self": ".",
        "dangling.env": "nowhere",
        "environment.env": "/proc/self/environ",
        "to-fifo.env": "fifo.env",
    }
    for name, target in links.items():
        (tree / name).symlink_to(target)
    os.mkfifo(tree / "fifo.env")
    before = (outside / "secret.env").stat()
    begun = time.monotonic()
    code, report = scan(tree)
    assert run(tree, "fix").code == 0
    assert time.monotonic() - begun < 20
    assert (code, paths(report), report["problems"]) == (1, set(), [])
    skipped = report["summary"]["skipped"]
    assert skipped == {"not a regular file": 1, "symbolic link": len(links), "the policy itself": 1}
    assert (outside / "secret.env").stat() == replace_access_time(before, outside / "secret.env")
    named = run(tree, "scan", "zero.env", "fifo.env", "outside.env")
    assert named.code == 0
    assert b"3 skipped" not in named.out
    assert b"No findings." in named.out


def replace_access_time(before, path):
    """Reading a file may move its access time; nothing else may differ."""
    now = path.stat()
    return (
        now
        if (now.st_mtime_ns, now.st_size, now.st_ino) == (before.st_mtime_ns, before.st_size, before.st_ino)
        else before
    )


def test_a_policy_that_is_a_link_or_a_fifo_is_refused(tree):
    policy = tree / "db-endpoints.yaml"
    policy.unlink()
    policy.symlink_to("/dev/zero")
    assert run(tree, "scan").code == 2
    policy.unlink()
    os.mkfifo(policy)
    assert run(tree, "scan").code == 2
    assert run(tree, "policy", "check").code == 2


MODULES = (
    "analyzer",
    "dataclasses",
    "dotenv",
    "hyperscan",
    "json",
    "jsonschema",
    "libcst",
    "msgspec",
    "re",
    "semgrep",
    "sitecustomize",
    "typing",
    "usercustomize",
    "yaml",
)


def test_modules_of_the_tree_are_not_imported(tree):
    canary = tree / "canary"
    payload = f"open({str(canary)!r}, 'a').write(__file__)\nraise SystemExit(77)\n"
    for name in MODULES:
        (tree / f"{name}.py").write_text(payload)
        (tree / name).mkdir()
        (tree / name / "__init__.py").write_text(payload)
    (tree / "pyvenv.cfg").write_text("home = .\n")
    (tree / ".semgrepignore").write_text("*\n")
    (tree / "app.js").write_text("const { Pool } = require('pg');\nnew Pool({host: '10.0.0.121'});\n")
    (tree / "app.py").write_text("import psycopg2\npsycopg2.connect(host='10.0.0.121')\n")
    program = Path(sys.executable).parent / "analyzer"
    done = subprocess.run([program, "scan", "--format", "json"], cwd=tree, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert {"app.js", "app.py", "good.env"} <= {f["path"] for f in json.loads(done.stdout)["findings"]}
    assert not canary.exists()
    attack = subprocess.run([sys.executable, "-m", "yaml"], cwd=tree, capture_output=True, check=False)
    assert attack.returncode == 77
    assert canary.exists(), "the attack is none, so the test proves nothing"


def test_a_bare_repository_in_the_tree_runs_nothing(tree):
    canary = tree.parent / "canary"
    repository(tree)
    bare = tree / "svc"
    bare.mkdir()
    git(bare, "init", "--quiet", "--bare", "--initial-branch=main")
    config = f'[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\nfsmonitor = "touch {canary}"\n'
    write(bare, "config", text=config)
    (bare / "app.env").write_bytes(ROW)
    git(tree, "-c", "safe.bareRepository=all", "add", "--all", "--force")
    for folder in (tree, bare):
        ran = run(folder, "scan", "--format", "json", "--policy", str(tree / "db-endpoints.yaml"))
        assert ran.code == 1
        assert any(f["path"].endswith("app.env") for f in json.loads(ran.out)["findings"])
    assert "svc/app.env" in paths(scan(tree, "svc", "good.env")[1])
    assert run(bare, "fix", "--check", "--policy", "../db-endpoints.yaml").code == 1
    assert not canary.exists()
    subprocess.run(["git", "status"], cwd=bare, capture_output=True, check=False)
    assert canary.exists(), "the attack is none, so the test proves nothing"


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "db-endpoints.yaml"
    path.write_text(POLICY)
    policy = load(path)
    return Bench(policy, Resolver(policy), date(2026, 1, 1))


ROWS = [row for row in (*FORMATS, TEXT) if row.semgrep is None]
SEEDS = {row.name: [] for row in ROWS}
for carrier in CARRIERS:
    name = next((r.name for r in ROWS if any(carrier.path.endswith(glob.lstrip("*")) for glob in r.globs)), TEXT.name)
    SEEDS[name].append(carrier.text(tuple(PASSWORDS)[::9]).encode()[:3000])

PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"10.0.0.121", b"\r", b"\n", b"'", b'"', b"\\", b"${", b"}", b"@", b"://", b"\xef\xbb\xbf", b"#", b": "]
    ),
)
"""What is put into samples."""


@st.composite
def damaged(draw, seeds):
    """A sample of a format with pieces taken out, doubled and put in; or bytes without any sense."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=200))
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 5))):
        at, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        middle = draw(st.sampled_from([b"", data[at : at + 40] * 2])) if end - at < 200 else data[at:end]
        data = data[:at] + draw(PIECES) + middle + data[end:]
    return data


def slots(ref: HostRef):
    yield ref.slot
    if ref.port is not None and ref.port.slot is not None:
        yield ref.port.slot
    if ref.group is not None:
        yield from (slot for slot in (ref.group.hosts, ref.group.ports, *ref.group.drops) if slot is not None)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_bytes_make_an_extractor_or_a_report_fail(row, bench):
    extract = row.load()

    @settings(max_examples=60)
    @given(damaged(SEEDS[row.name] or [ROW]))
    def holds(data):
        source = SourceFile(f"sample.{row.name}", data)
        extraction = extract(source)
        for ref in extraction.refs:
            for slot in slots(ref):
                outer = slot.container.span if slot.container is not None else slot.span
                assert 0 <= outer.start <= outer.end <= len(data)
                assert slot.container is not None or not ref.slot.span.start > ref.slot.span.end
            assert all(0 <= step.span.start <= step.span.end <= len(data) for step in ref.flow)
        for comment in extraction.comments:
            assert data[comment.span.start : comment.span.end].decode("utf-8", "surrogateescape") == comment.text
        findings = judge_file(source, extraction, bench, source.path)
        for finding in findings:
            for edit in finding.fix.edits if finding.fix else ():
                assert data[edit.span.start : edit.span.end] == edit.old
        report = Report("0", None, Coverage(1, 1, 0, ()), findings, extraction.problems)
        for render in REPORTS.values():
            assert not commands(render(report).encode("utf-8", "backslashreplace"))

    holds()


def test_damaged_javascript_in_one_run(tree):
    seeds = SEEDS.get("javascript") or [
        c.text(("plain",)).encode() for c in CARRIERS if c.path.endswith((".js", ".ts"))
    ]
    for number in range(60):
        seed = seeds[number % len(seeds)]
        cut = number * 7 % len(seed)
        (tree / f"a{number}.js").write_bytes(seed[:cut] + bytes([number * 37 % 255 + 1]) * 3 + seed[cut + number % 5 :])
    _code, report = scan(tree)
    assert all(f["host"] == "10.0.0.121" for f in report["findings"])

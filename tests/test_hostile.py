"""Hostile names and texts through the real command line: exact for programs, inert for terminals and CI runners."""

import json
import os
import re
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.visible import inert, visible, visible_path
from tests.hostility import ROW, commands, grown, paths
from tests.program import run

FORMATS = ("text", "json", "sarif")


@pytest.fixture
def tree(tmp_path):
    return grown(tmp_path)


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
    for form in FORMATS:
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
    "hosts.env": "DB_HOST=db\x1b[31m.corp.net\nPG_URL=postgresql://u:p@db##[error].corp.net/x\nDB_SERVER=::error::.net\n",
    "names.env": "DB_HOST=d\u202eb.corp.net\nPG_HOST=b\u00fccher.corp.net\nDB_ADDR=\u2028x.corp.net\n",
    "keys.yaml": (
        'database:\n  "host\\e[31m": 10.0.0.121\n  "##[error]db_host": 10.0.0.121\n  "\\n::error::db_url": 10.0.0.121\n'
    ),
    "names.py": (
        "import psycopg2\nd\u00e9_host = '10.0.0.121'\npsycopg2.connect(host=d\u00e9_host)\n"
        "DB_HOST = 'a##[error]b.corp.net'\n"
    ),
    "reason.env": "DB_HOST=10.0.0.121 # analyzer: ignore[node-host] ##[error] \x1b[31m \u202e x\n",
    "calls.sh": "psql -h '10.0.0.121' '##[error]'\n'##[error]' -h 10.0.0.121\npsql -h $'\\e[31mx.corp.net'\n",
}


def test_hostile_text_is_inert_in_every_output(tree):
    for name, text in HOSTILE_TEXT.items():
        (tree / name).write_text(text)
    for form in FORMATS:
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

"""The extractor as a whole: prose, directives, files that do not parse, hostile input, secrets."""

import re
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.python import extract
from analyzer.extract.python import legacy as pylegacy
from analyzer.model import Extraction, HostRef
from analyzer.source import SourceFile
from tests.kit import check

STORY = """\
import os
import psycopg2

# the leader was 10.0.0.120 before the failover
HOST = "«10.0.0.121|clue=call,flow»"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.getenv("PGHOST", "«10.0.0.122|clue=key»"),
        "PORT": os.getenv("PGPORT", "⟦5432⟧"),
    }
}


def connect():
    return psycopg2.connect(
        dbname="app",
        user="app",
        password="made-up",
        host=HOST,
        port=⟦5432⟧,
    )


ENGINE = f"postgresql://{os.environ['U']}:{os.environ['P']}@«10.0.0.120|clue=dsn»:⟦5432⟧/app"
"""


def _read(text: str | bytes) -> Extraction:
    return extract(SourceFile("a.py", text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text))


def test_a_service() -> None:
    check(extract, STORY, path="service.py", comment="#")


PROSE = [
    '"""Connects to postgresql://u@«10.0.0.121|only=dsn+comment»/app."""\n',
    'def f():\n    """host=«10.0.0.121|clue=comment» dbname=app"""\n',
    'x = 1\n"mysql://u@«10.0.0.121|clue=comment»/app"\n',
    'print("postgresql://u@«10.0.0.121|clue=comment»/app")\n',
    'log.info("trying postgresql://u@«10.0.0.121|clue=comment»/%s", name)\n',
    'raise ValueError("not postgresql://u@«10.0.0.121|clue=comment»/app")\n',
    'assert url, "write postgresql://u@«10.0.0.121|clue=comment»/app"\n',
    'parser.add_argument("--dsn", help="such as postgresql://u@«10.0.0.121|clue=comment»/app")\n',
]
USED = [
    'URL = "postgresql://u@«10.0.0.121|only=dsn»/app"\nlog.info("using %s" % URL)\n',
    'URL = "postgresql://u@«10.0.0.121|only=dsn»/app"\nraise ValueError(f"no answer from {URL}")\n',
    'print(psycopg2.connect("host=«10.0.0.121|only=dsn» dbname=app"))\n',
]


@pytest.mark.parametrize("sample", USED)
def test_a_message_that_shows_a_host_does_not_make_it_prose(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")


@pytest.mark.parametrize("sample", PROSE)
def test_connection_strings_in_prose_are_mentions(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")


def test_comments_hold_no_references() -> None:
    check(extract, "# postgresql://u@10.0.0.121/app\nx = 1  # DB_HOST = '10.0.0.121'\n", path="a.py", comment="#")


def test_directives_are_comment_tokens_only() -> None:
    text = (
        'u = "# analyzer: ignore[node-host] no"  # analyzer: ignore[node-host] yes\n'
        "\t# analyzer: ignore[x] alone\n"
        '"""\n# analyzer: ignore[node-host] no\n"""\n'
        "# nothing for us\n"
    )
    for data in (text.encode(), b"\xef\xbb\xbf# gr\xc3\xb6\xc3\x9fe\r\n" + text.replace("\n", "\r\n").encode()):
        source = SourceFile("a.py", data)
        found = extract(source).comments
        assert [(c.text, c.own_line) for c in found] == [
            ("# analyzer: ignore[node-host] yes", False),
            ("# analyzer: ignore[x] alone", True),
        ]
        assert [source.slice(c.span).decode() for c in found] == [c.text for c in found]


def test_directives_of_a_file_that_does_not_parse() -> None:
    assert [c.text for c in _read("# analyzer: ignore[x] reason\nprint 'x'\ny = (\n").comments] == [
        "# analyzer: ignore[x] reason"
    ]


BROKEN = [
    'print "x"\nDB_HOST = "«10.0.0.121|sealed,clue=key,port=5433»"\nDB_PORT = "5433"\n',
    'u = "postgresql://u:made-up@«10.0.0.121|sealed,clue=dsn»:5432/app"\nprint u\n',
    "x = (\nconn = connect(db_host='«10.0.0.121|sealed,clue=key»')\n",
    "exec 'x' in y\nDATABASES = {'db_host': '«10.0.0.121|sealed,clue=key»'}\n",
    "    x = 1\n  y = 2\n# postgresql://u@«10.0.0.121|sealed»/app\n",
    "print 'nothing here'\n",
]


@pytest.mark.parametrize("sample", BROKEN)
def test_a_file_that_does_not_parse_is_read_as_text(sample: str) -> None:
    (problem,) = check(extract, sample, path="a.py", comment="#", problems=1).problems
    assert problem.stage == "parse"
    assert problem.line
    if problem.incomplete:
        assert problem.message in ("not valid Python 3 (SyntaxError)", "not valid Python 3 (IndentationError)")
    else:
        assert problem.message == "Python 2: read, never rewritten"


PYTHON_2 = """\
import MySQLdb as mdb
try:
    con = mdb.connect('«10.0.0.121|sealed,clue=call»', 'u', 'made-up', 'app', ⟦3307⟧)
except (mdb.Error, IOError), e:
    print >>sys.stderr, "Error %d" % e.args[0],
    raise ValueError, "no"
if con <> None and os.chmod(path, 0755) or 10L:
    exec "x = 1" in scope
    print "name:", ur"x", con
DB_HOST = '«10.0.0.122|sealed,clue=key»'
"""


def test_python_2_is_read_but_not_edited() -> None:
    (problem,) = check(extract, PYTHON_2, path="a.py", comment="#", problems=1).problems
    assert (problem.message, problem.incomplete) == ("Python 2: read, never rewritten", False)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PYTHON_2.replace("\n", " \n ").split(" ")), max_size=30).map(" ".join))
def test_reading_python_2_moves_no_character(text: str) -> None:
    rewritten = pylegacy._rewritten(text)
    assert len(rewritten) == len(text)
    assert rewritten.count("\n") == text.count("\n")


_REPEATED = ("a", " ", "a.", "a://b:", "${", "print ", "except (", "raise a", "%(", "{", "\\", "'", "host=", "0", "f(")


def test_no_pattern_is_slow() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith("analyzer.extract.python")]
    patterns = [value for module in modules for value in vars(module).values() if isinstance(value, re.Pattern)]
    assert len(patterns) > 10
    for pattern in patterns:
        for piece in _REPEATED:
            start = time.process_time()
            for _ in pattern.finditer(piece * (50_000 // len(piece))):
                pass
            assert time.process_time() - start < 0.5, (pattern.pattern, piece)


def test_the_line_of_the_fault_is_told() -> None:
    assert [p.line for p in _read("x = 1\r\ny = 2\r\nprint x\r\n").problems] == [3]
    assert [p.line for p in _read("x = 1\ny = '\0'\n").problems] == [2]


HOSTILE = {
    "parentheses": "(" * 1300 + ")" * 1300,
    "unclosed": "(" * 100_000,
    "calls": "f(" * 1300 + ")" * 1300,
    "dictionaries": "{1:" * 1300 + "1" + "}" * 1300,
    "lambdas": "lambda:" * 4000 + "1",
    "not": "not " * 9000 + "x",
    "minus": "-" * 9000 + "1",
    "elif": "if a:\n    pass\n" + "elif b:\n    pass\n" * 3000,
    "attributes": "a" + ".a" * 10_000,
    "sums": "a+" * 10_000 + "a",
    "strings": "+".join(['"postgresql://u@10.0.0.121/app"'] * 3000),
    "subscripts": "a" + "[0]" * 5000,
    "numbers": "x = [" + "1," * 100_000 + "]",
    "comments": "# analyzer: x\n" * 30_000,
    "large number": "x = " + "9" * 5000,
    "nested f-string": 'x = f"postgresql://u@10.0.0.121/{' + "-" * 3900 + '1}"',
    "doubling names": "a0 = 'postgresql://u@10.0.0.121/'\n" + "".join(f"a{i + 1} = a{i} + a{i}\n" for i in range(60)),
    "doubling lists": "a0 = ['10.0.0.121']\n" + "".join(f"a{i + 1} = a{i} + a{i}\n" for i in range(60)),
    "doubling dictionaries": "a0 = {'db_host': '10.0.0.121'}\n"
    + "".join(f"a{i + 1} = {{'db': a{i}, **a{i}}}\n" for i in range(60)),
    "cycle": "DB_HOST = DB_HOST\na = b\nb = a\nc = [*c]\nd = {**d}\ne = e['x']['y']\nDB_URL = f'{DB_URL}'\n",
    "functions in a circle": "def f():\n    return g()\ndef g():\n    return f()\nDB_HOST = f()\n",
    "alternatives": "\n".join(f"if x{i}:\n    h = '10.0.0.{i}'" for i in range(200)) + "\nDB_HOST = h + h + h\n",
    "a long line": "x = '" + "a" * 1_000_000 + "'",
    "schemes": "x = '" + "a://b:" * 20_000 + "'",
    "NUL": "x = 1\0",
    "surrogates": "x = '\ud800'",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_shapes_are_read_or_refused_in_time(name: str) -> None:
    start = time.process_time()
    found = _read(HOSTILE[name])
    assert time.process_time() - start < 8
    for problem in found.problems:
        assert problem.stage == "parse"
        assert problem.incomplete


@pytest.mark.parametrize("name", ["parentheses", "unclosed", "calls", "lambdas", "NUL"])
def test_what_is_nested_too_deep_is_no_silent_skip(name: str) -> None:
    found = _read("u = 'postgresql://u@10.0.0.121/app'\n" + HOSTILE[name])
    assert [p.stage for p in found.problems] == ["parse"]
    assert [(r.host, bool(r.sealed)) for r in found.refs] == [("10.0.0.121", True)]


def test_a_host_behind_deep_code_is_found() -> None:
    refs = _read("x = " + "a" + ".a" * 900 + "\n" + "DB_HOST = '10.0.0.121'\n").refs
    assert [r.host for r in refs] == ["10.0.0.121"]


_PYTHON = r"""
import psycopg2|from redis import Redis as R
|psycopg2.connect(|R(|host=|port=|**PG|PG|HOST|5432|= |+ |% |.format(|(|)|[|]
|{|}|:|,|def f(h):|class C:|self.x|return |for h in |if x: |else: |lambda: |or |await |with |as |global HOST|print |x[0]
|'10.0.0.121'|"10.0.0.122"|'postgresql://u@10.0.0.121/x'|os.getenv('PGHOST', |'host': |f"postgresql://u:{pw}@{HOST}/x"
|'''|#|.items()
"""
_WORDS = st.sampled_from([*_PYTHON.replace("\n", "").split("|"), '"""', "\\", "\n", "\n    ", "\r\n", "\ufeff", "é"])


@settings(max_examples=250, derandomize=True, deadline=None)
@given(st.lists(_WORDS, max_size=30).map("".join))
def test_words_of_python_in_any_order_never_raise(text: str) -> None:
    _slices_hold(SourceFile("a.py", text.encode()))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.binary(max_size=120))
def test_any_bytes_never_raise(data: bytes) -> None:
    _slices_hold(SourceFile("a.py", data))


def _slices_hold(source: SourceFile) -> None:
    for ref in extract(source).refs:
        assert ref.evidence
        if not ref.sealed:
            assert source.slice(ref.slot.span).decode() == ref.host
        if ref.port and ref.port.slot and ref.port.value is not None:
            assert source.slice(ref.port.slot.span) == str(ref.port.value).encode()


_SECRET = st.text(alphabet="sS3cr@:/?#[]%&;='\" \\{}é$,", min_size=6, max_size=16).map(lambda text: f"zq{text}qz")


@settings(max_examples=80, derandomize=True, deadline=None)
@given(_SECRET)
def test_no_secret_stands_in_a_reference(secret: str) -> None:
    literal = repr(secret)
    text = (
        "import psycopg2, cx_Oracle\n"
        f"PW = {literal}\n"
        f"psycopg2.connect(host='10.0.0.121', password={literal}, user=PW)\n"
        f"A = f'postgresql://u:{{PW}}@10.0.0.121/x'\n"
        f"B = 'host=10.0.0.121 password=%s' % PW\n"
        f"cx_Oracle.connect('u/' + PW + '@10.0.0.121:1521/x')\n"
        f"C = {{'host': '10.0.0.121', 'password': {literal}, {literal}: '10.0.0.121'}}\n"
        f"D = ['psql', '-h', '10.0.0.121', PW]\n"
        f"DB_PASSWORD = os.getenv('DB_PASSWORD', {literal})\n"
    )
    for ref in _read(text).refs:
        assert "zq" not in _said(ref)


def _said(ref: HostRef) -> str:
    port = (ref.port.origin, ref.port.hidden, ref.port.insert) if ref.port else ()
    return repr((ref.host, ref.evidence, ref.shape, [s.text for s in ref.flow], port, ref.sealed, ref.group))

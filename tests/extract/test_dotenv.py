"""Dotenv files: rows, quotes, comments, defaults, faulty rows, SOPS, hostile input."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzer.extract import dotenv
from analyzer.extract.dotenv import extract
from analyzer.extract.keyed import defaults, keys, words
from analyzer.model import Span
from analyzer.source import BOM, SourceFile
from tests.kit import check, check_none, place


def found(marked, problems=0):
    return check(extract, marked, path=".env", comment="#", problems=problems)


def test_a_file_of_an_application():
    found(
        """
# the orders service
DEBUG=false
PGHOST=«10.0.0.121|only=key+port+place,port=5432,engine=postgresql»
PGPORT=⟦5432⟧
PGUSER=orders
PGPASSWORD=s3cret#not-a-comment
DATABASE_URL=postgresql://orders:p%40ss@«10.0.0.121|only=dsn+key+place,port=5432»:⟦5432⟧/orders?sslmode=require

export DB_READ_HOST="«10.0.0.122|intent=read»" # the replica, 10.0.0.122
REDIS_URL='redis://«10.0.0.121|engine=redis,port=6379»:⟦6379⟧/0'
SMTP_HOST=10.0.0.121
LOG_HOSTNAME=10.0.0.121
"""
    )


@pytest.mark.parametrize(
    "sample",
    [
        "DB_HOST=«10.0.0.121»\n",
        "DB_HOST = «10.0.0.121»\n",
        "  DB_HOST=«10.0.0.121»   \n",
        "export DB_HOST=«10.0.0.121»\n",
        "export\tDB_HOST\t=\t«10.0.0.121»\n",
        "DB_HOST='«10.0.0.121»'\n",
        'DB_HOST="«10.0.0.121»"\n',
        'DB_HOST=" «10.0.0.121» "\n',
        "'DB_HOST'=«10.0.0.121»\n",
        "DB_HOST=«10.0.0.121» # 10.0.0.122\n",
        "DB_HOST='«10.0.0.121»' # 10.0.0.122\n",
        'DB_HOST="«10.0.0.121»"# 10.0.0.122\n',
        "DB_HOST=${DB_HOST:-«10.0.0.121|open»}\n",
        "DB_HOST='${DB_HOST:-«10.0.0.121|open»}'\n",
        "DATABASE_URL=postgres://u:${P}@${H:-«10.0.0.121|open»}:5432/app\n",
        "DB_HOST=«db1.corp.internal»\nDB_PORT='⟦5433⟧'\n",
        "GRÖSSE=ä DB_HOST=10.0.0.9\nDB_HOST=«10.0.0.121»\nB=mysql://«10.0.0.122|clue=dsn»/x\n",
        'DATABASE_URL="postgres://u:a\\"b\\\\c@«10.0.0.121|open»/app"\n',
        'A="x\ny"\nDB_HOST=«10.0.0.121»\n',
        'A="first\npostgres://u@«10.0.0.121|clue=dsn»/app\nlast"\n',
        "DB_HOST=10.0.0.9#c\nDB_HOST=«10.0.0.121»\n",
        "\n\n\n   \nDB_HOST=«10.0.0.121»\n\n",
        "PRIMARY=«10.0.0.122|only=name+place,intent=write»\n",
        "DB_HOSTS=«10.0.0.120|group=3»,«10.0.0.121|group=3»,«10.0.0.122|group=3»\nDB_PORT=⟦5432⟧\n",
        "DATA_SOURCE_NAME=postgresql://u@«10.0.0.121|only=operation+place»:5432/postgres\n",
    ],
)
def test_rows(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "",
        "\n",
        "# DB_HOST=10.0.0.121\n",
        "#DATABASE_URL=postgres://u@10.0.0.121/app\n",
        "DB_HOST= # 10.0.0.121\n",
        "DB_HOST=\n",
        "DB_HOST\n",
        "export DB_HOST\n",
        "DB_HOST=127.0.0.1\n",
        "DB_HOST=${DB_HOST}\n",
        "DB_HOST=$DB_HOST\n",
        "SMTP_HOST=10.0.0.121\n",
        "API_URL=http://10.0.0.121:8080\n",
        "PATRONI=http://10.0.0.121:8008/patroni\n",
        "VERSION=10.0.0.121\n",
        "DB_PASSWORD=10.0.0.121\n",
        "DB_HOST=10.0.0.9#c\n",
        "A=1\nB=two # DB_HOST=10.0.0.121\n",
        "DB_HOST=ENC[AES256_GCM,data:abc=,iv:def=,tag:ghi=,type:str]\n",
    ],
)
def test_nothing_stands_here(sample):
    check_none(extract, sample, path=".env", comment="#")


def test_the_kit_reads_every_disguise():
    data = b"DB_HOST=10.0.0.121"
    refs = extract(SourceFile(".env", BOM + data)).refs
    assert [place(ref) for ref in refs] == [Span(11, 21)]


def test_a_lone_carriage_return_ends_a_row():
    refs = extract(SourceFile(".env", b"A=1\rDB_HOST=10.0.0.121\rDB_PORT=5432\r")).refs
    assert [(ref.host, ref.port.value if ref.port else None) for ref in refs] == [("10.0.0.121", 5432)]


def test_a_faulty_row_is_told_and_the_others_count():
    result = found("A=1\nDB_HOST: 10.0.0.121\n\nDATABASE_URL=postgres://«10.0.0.122»/x\n", problems=1)
    problem = result.problems[0]
    assert (problem.path, problem.line, problem.incomplete) == (".env", 2, False)


def test_an_assignment_that_cannot_be_read_is_a_hole_in_the_scan():
    result = found("A=1\n\n\nDB_HOST='10.0.0.121\nDB_URL=postgres://«10.0.0.122»/x\n", problems=1)
    assert (result.problems[0].line, result.problems[0].incomplete) == (4, True)


def test_a_shell_script_for_direnv_has_its_assignments_read():
    source = SourceFile(".envrc", b'use flake\nexport PGHOST=10.0.0.121\n[ "$A" = b ] && true\n')
    result = extract(source)
    assert [ref.host for ref in result.refs] == ["10.0.0.121"]
    assert [problem.incomplete for problem in result.problems] == [False, False]


def test_many_faulty_rows_are_counted():
    result = extract(SourceFile(".env", b"a b c\n" * 100 + b"DB_HOST=10.0.0.121\n"))
    assert len(result.refs) == 1
    assert len(result.problems) == 21
    assert result.problems[-1].message == "80 more rows are no dotenv rows"


def test_problems_hold_nothing_of_the_file():
    result = extract(SourceFile(".env", b"DB_PASSWORD='hunter2\nhunter2: x\n"))
    assert result.problems
    assert "hunter2" not in repr(result)


@pytest.mark.parametrize(
    ("text", "comment", "own_line"),
    [
        ("# analyzer: ignore[node-host] reason\n", "# analyzer: ignore[node-host] reason", True),
        ("\n\n   # analyzer: ignore[node-host] reason\nA=1\n", "# analyzer: ignore[node-host] reason", True),
        ("A=1 # analyzer: ignore[node-host] r\n", "# analyzer: ignore[node-host] r", False),
        ("A='1' # analyzer: ignore[node-host] r", "# analyzer: ignore[node-host] r", False),
        ("A='x # y' # analyzer: r\n", "# analyzer: r", False),
        ("A= # analyzer: r\n", "# analyzer: r", False),
        ("Ä=ö # analyzer: größer\n", "# analyzer: größer", False),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_directives(text, comment, own_line, end):
    source = SourceFile(".env", BOM + text.replace("\n", end).encode())
    comments = extract(source).comments
    assert [(c.text, c.own_line) for c in comments] == [(comment, own_line)]
    assert source.slice(comments[0].span).decode() == comment


@pytest.mark.parametrize(
    "text",
    [
        "# a plain comment\n",
        "A='# analyzer: ignore[node-host] r'\n",
        'A="x\n# analyzer: ignore[node-host] r\n"\n',
        "A=x#analyzer: ignore[node-host] r\n",
        "analyzer: ignore\n",
    ],
)
def test_no_directives(text):
    assert not extract(SourceFile(".env", text.encode())).comments


def test_sops_seals_every_value():
    refs = found("DB_HOST=«10.0.0.121|sealed»\nA=postgres://«10.0.0.122|sealed»/x\nsops_mac=ENC[x]\n").refs
    assert {ref.sealed for ref in refs} == {"encrypted by SOPS; its MAC covers this value"}


def test_sops_with_a_mac_over_ciphertext_only_does_not():
    found("DB_HOST=«10.0.0.121|open»\nsops_mac=ENC[x]\nsops_mac_only_encrypted=true\n")
    found("DB_HOST=«10.0.0.121|open»\nsops_version=3.9.0\n")


def test_escapes_that_hide_the_host_seal_it():
    source = SourceFile(".env", b'DB_HOST="10.0.0.\\n121"\nDB_URL="postgres://u:\\"@10.0.0.121/10.0.0.121"\n')
    refs = extract(source).refs
    assert [(ref.host, bool(ref.sealed)) for ref in refs] == [("10.0.0.121", True)]
    assert source.slice(refs[0].slot.span).startswith(b"postgres://")


def test_two_byte_order_marks():
    source = SourceFile(".env", BOM + BOM + b"DB_HOST=10.0.0.121\n")
    assert [source.slice(ref.slot.span) for ref in extract(source).refs] == [b"10.0.0.121"]


def test_bytes_that_are_no_utf8():
    source = SourceFile(".env", b"A=\xff\xfe\nDB_HOST=10.0.0.121\nDB_USER='\xe9'\nDB_PORT=5432 # \xc3\n")
    (ref,) = extract(source).refs
    assert source.slice(ref.slot.span) == b"10.0.0.121"
    assert ref.port is not None
    assert ref.port.slot is not None
    assert source.slice(ref.port.slot.span) == b"5432"


def test_nothing_of_our_environment_is_read(monkeypatch):
    monkeypatch.setenv("STOLEN", "10.0.0.121")
    assert not extract(SourceFile(".env", b"DB_HOST=${STOLEN}\nDB_HOST='${STOLEN}'\n")).refs


# ---- hostile input

PIECES = (
    ("DB_HOST", "=", "10.0.0.121", "'", '"', "\\", "\n", "\r\n", "\r", "#", " ", "export ", "${X:-", "}", "é", "\x85"),
    (
        "postgres://u:p@",
        "/app",
        ":5432",
        "DB_PORT",
        "\u2028",
        "\ufeff",
        "\x00",
        ",",
        "analyzer: ignore[x] y",
        "sops_mac",
    ),
)
ROWS = st.sampled_from([piece for pieces in PIECES for piece in pieces])


def _check_any(data):
    source = SourceFile(".env", data)
    result = extract(source)
    for ref in result.refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
        if ref.port and ref.port.slot and ref.port.value is not None:
            assert int(source.slice(ref.port.slot.span)) == ref.port.value
        if ref.group and ref.group.hosts:
            hosts = ref.group.hosts.span
            assert hosts.start <= ref.slot.span.start
            assert ref.slot.span.end <= hosts.end
    for comment in result.comments:
        assert source.slice(comment.span).decode("utf-8", "surrogateescape") == comment.text
        assert comment.text.startswith("#")


@given(st.binary(max_size=200))
@example(BOM)
@example(BOM * 3 + b"DB_HOST=10.0.0.121")
@example(b"\xff=\xff")
def test_any_bytes(data):
    _check_any(data)


@settings(max_examples=400)
@given(st.lists(ROWS, max_size=30).map("".join))
def test_any_rows(text):
    _check_any(text.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    "attack",
    [
        "a" * 50_000,
        " " * 50_000,
        "A=b" + " " * 50_000 + "c",
        "a." * 50_000,
        "a://b:" * 20_000,
        "A=" + "${" * 20_000,
        "A=" + "${X:-" * 20_000,
        "DB_HOST=" + "${X:-10.0.0.121}" * 5_000,
        "A='" * 20_000,
        'A="\\' * 20_000,
        "A=\n" * 20_000,
        "DB_HOST=" + "10.0.0.1," * 10_000,
        "#" * 50_000,
        "k" * 50_000 + "=10.0.0.121",
        "DbHost" * 10_000 + "=10.0.0.121",
        "\t\n" * 20_000,
        "'" * 50_000,
        "export " * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(attack):
    start = time.process_time()
    extract(SourceFile(".env", attack.encode()))
    assert time.process_time() - start < 3


def test_a_run_of_blanks_that_the_parser_would_choke_on_is_refused():
    result = extract(SourceFile(".env", b"DB_HOST=10.0.0.121" + b" " * 2_000_000 + b"x\n"))
    assert [problem.incomplete for problem in result.problems] == [True]
    assert not result.refs


ATTACKS = ("a" * 50_000, " " * 50_000, "a." * 50_000, "a://b:" * 20_000, "${" * 20_000, "A" * 50_000, "aA" * 25_000)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: text[:6])
def test_no_pattern_is_quadratic(attack):
    start = time.process_time()
    for searching in (dotenv._BLANKS, defaults._OPENER, words._CHUNK, words._HUMP):
        list(searching.finditer(attack))
    for anchored in (dotenv._HEAD, dotenv._QUOTED, defaults._SHELL, defaults._SPRING, defaults._REFERENCE, keys._PLAIN):
        anchored.match(attack)
        anchored.match("${" + attack)
        anchored.match("'" + attack)
    assert time.process_time() - start < 0.5


def test_a_bare_ipv6_host_takes_its_port_from_the_other_key():
    check(extract, "DB_HOST=«fd00::121|port=5432»\nDB_PORT=⟦5432⟧\n", path=".env", comment="#")

"""Mentions in raw bytes: a host stands alone or not at all, and the search stays linear."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Cluster, Endpoint, Engine, Intent, Node, Policy, Span
from analyzer.resolve import Resolver

quick = settings(derandomize=True, max_examples=200, deadline=None)
ENDPOINT = Endpoint(Intent.WRITE, "10.0.0.10", 5432)
CLUSTER = Cluster(
    "orders",
    Engine.POSTGRESQL,
    (
        Node("10.0.0.120", ("db-postgres-01", "db-postgres-01.corp.internal")),
        Node("10.0.0.121-10.0.0.122"),
        Node("db-postgres-0[2-3]"),
        Node("172.16.8.0/24"),
        Node("fd00::120"),
        Node("es-*.corp.internal"),
    ),
    (ENDPOINT,),
    (5432,),
    (22,),
)
RESOLVER = Resolver(Policy((CLUSTER,)))


def mentions(data: bytes) -> list[bytes]:
    found = list(RESOLVER.mentions(data))
    assert all(data[span.start : span.end] == host.encode() for span, host in found)
    assert [span.start for span, _ in found] == sorted(span.start for span, _ in found)
    return [host.encode() for _, host in found]


@pytest.mark.parametrize(
    "around",
    [
        b"%b",
        b"ssh root@%b",
        b"http://%b:8008/patroni",
        b"(%b)",
        b'"%b"',
        b"'%b'",
        b"`%b`",
        b"[%b]",
        b"{%b}",
        b"<%b>",
        b"a,%b;b",
        b"x=%b",
        b"x:%b",
        b"%b/24",
        b"/%b/",
        b"the node %b.",
        b"%b. Then",
        b"%b...",
        b"%b\n",
        b"\t%b\r\n",
        b"|%b|",
        b"%b's",
        b"%b!",
        b"%b\\SQL01,1433",
        b"\\\\%b\\share",
        b"\xc3\xa9%b\xc3\xa9",
        b"\xef\xbc\x88%b\xef\xbc\x89",
        b"\xff%b\xff",
        b"\x00%b\x00",
        b"LIKE '%%%b%%'",
        b'"line\\n%b"',
        b'"\\t%b"',
        b"\\x20%b",
        b"\\u0020%b",
        b"u%%40%b",
        b"x%%2F%%2f%b",
        b"${%b}",
        b"$%b",
        b"*%b*",
        b"#%b",
        b"+%b",
        b"~%b",
        b"^%b$",
        b"%b#",
        b"%b\xe3\x80\x82",
    ],
)
@pytest.mark.parametrize("host", [b"10.0.0.120", b"10.0.0.122", b"db-postgres-01", b"DB-Postgres-03", b"172.16.8.77"])
def test_a_host_that_stands_alone(around, host):
    assert mentions(around % host) == [host]


@pytest.mark.parametrize(
    "around",
    [
        b"1%b",
        b"v%b",
        b"%b0",
        b"%b.5",
        b"1.3.6.%b",
        b"%b-beta",
        b"foo-%b",
        b"%b.tar.gz",
        b"%b_x",
        b"_%b",
        b"x%b",
        b"%bx",
        b"..%b",
        b"-%b",
        b"%b-",
        b"%b-metrics",
        b"my-%b",
        b"%b%%2e5",
        b"a.%b",
        b"%b.x",
    ],
)
@pytest.mark.parametrize("host", [b"10.0.0.120", b"10.0.0.122", b"db-postgres-01", b"db-postgres-03", b"172.16.8.77"])
def test_a_part_of_something_longer(around, host):
    assert mentions(around % host) == []


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"110.0.0.120 10.0.0.1200 10.0.0.120.5 v10.0.0.120 db-postgres-01-metrics", []),
        (b"10.0.0.123 10.0.0.119 172.16.9.1 db-postgres-04 es-1.example.com", []),
        (b"10.121 167772281 0x0a000079 10.0.121 010.0.0.121", []),
        (
            b"db-postgres-01.corp.internal db-postgres-02.corp.internal.",
            [b"db-postgres-01.corp.internal", b"db-postgres-02.corp.internal"],
        ),
        (b"/etc/db-postgres-01.conf db-postgres-01.example.com", []),
        (
            b"es-1.corp.internal ES-a-b.CORP.internal es-1.a.corp.internal",
            [b"es-1.corp.internal", b"ES-a-b.CORP.internal"],
        ),
        (b"10%2E0%2e0.120", [b"10%2E0%2e0.120"]),
        (b"10.0.0.10:5432", []),
        (b"10.0.0.120,10.0.0.121;10.0.0.122", [b"10.0.0.120", b"10.0.0.121", b"10.0.0.122"]),
        (b"10.0.0.120:10.0.0.121", [b"10.0.0.120", b"10.0.0.121"]),
        (b"[fd00::120]:5432 FD00:0::0120", [b"fd00::120", b"FD00:0::0120"]),
        (b"fd00::120: x", [b"fd00::120"]),
        (b"fd00::1200 afd00::120 fd00::120:1 fd00::120.5", []),
        (b"::ffff:10.0.0.120", [b"::ffff:10.0.0.120"]),
        (b"a:b:10.0.0.120:5432", [b"10.0.0.120"]),
        (b"12:30:45 00:1a:2b:3c:4d:5e :: ::1 a::b", []),
        (b"%10.0.0.120", [b"10.0.0.120"]),
        (b"", []),
    ],
)
def test_samples(data, found):
    assert mentions(data) == found


def test_spans_and_endpoints():
    data = b"server 10.0.0.120\nendpoint 10.0.0.10\n"
    assert list(RESOLVER.mentions(data)) == [(Span(7, 17), "10.0.0.120")]
    assert list(RESOLVER.mentions(data, endpoints=True)) == [(Span(7, 17), "10.0.0.120"), (Span(27, 36), "10.0.0.10")]


HOSTS = ["10.0.0.120", "10.0.0.121", "10.0.0.122", "db-postgres-01", "db-postgres-02", "db-postgres-01.corp.internal"]
PIECES = [
    *HOSTS,
    "0",
    "1",
    ".",
    "-",
    "_",
    "x",
    "Z",
    " ",
    "/",
    "@",
    ",",
    '"',
    "(",
    "10.0.0",
    "db",
    "corp",
    ".5",
    "\n",
    "é",
]


@quick
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_boundaries_are_those_of_the_written_rule(text):
    data = text.encode()
    names = b"|".join(re.escape(h.encode()) for h in sorted(HOSTS, key=len, reverse=True))
    rule = re.compile(rb"(?<![0-9A-Za-z_.\-])(?:" + names + rb")(?![0-9A-Za-z_\-]|\.[0-9A-Za-z_])")
    assert [span for span, _ in RESOLVER.mentions(data)] == [Span(*m.span()) for m in rule.finditer(data)]


@quick
@given(st.binary(max_size=200))
def test_any_bytes(data):
    mentions(data)


MANY = Resolver(Policy((Cluster("a", Engine.REDIS, tuple(Node(f"h{n}x-{n}") for n in range(1500)), (), (), ()),)))
ANY = Resolver(Policy((Cluster("a", Engine.REDIS, (Node("*-db"), Node("0.0.0.0/0")), (), (), ()),)))
ATTACKS = [
    b"a" * 50_000,
    b" " * 50_000,
    b"a." * 25_000,
    b"10.0.0." * 8_000,
    b"10.0.0.120." * 5_000,
    b"10.0.0.120" * 5_000,
    b":" * 50_000,
    b"a://b:" * 9_000,
    b"${" * 25_000,
    b"%2e" * 17_000,
    b"1%2e" * 12_000,
    b"db-" * 17_000,
    b"fd00:" * 10_000,
    b"\\n" * 25_000,
    b"%40" * 17_000,
    b"-" * 50_000,
    b"_." * 25_000,
    b"\\x20" * 12_000,
    b"a:" * 25_000,
    b"0:" * 25_000,
    b"h1x-1 " * 8_000,
    b"x-db " * 10_000,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda data: data[:12].decode())
def test_the_search_is_linear(attack):
    for resolver in (RESOLVER, MANY, ANY):
        started = time.process_time()
        list(resolver.mentions(attack))
        assert time.process_time() - started < 5

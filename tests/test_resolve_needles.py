"""Needles: whatever way a declared host is written, one of them stands in the file; in other files, hardly one does."""

import re
from base64 import b64encode
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Cluster, Endpoint, Engine, Intent, Node, Policy
from analyzer.resolve import Resolver

quick = settings(derandomize=True, max_examples=200, deadline=None)


def resolver_of(*nodes: str, endpoint: str = "") -> Resolver:
    doors = (Endpoint(Intent.WRITE, endpoint, 5432),) if endpoint else ()
    return Resolver(Policy((Cluster("a", Engine.POSTGRESQL, tuple(map(Node, nodes)), doors, (5432,), ()),)))


def hit(resolver: Resolver, data: bytes) -> bool:
    return any(re.search(needle, data, re.IGNORECASE) for needle in resolver.needles())


STORY = resolver_of(
    "10.0.0.120", "10.0.0.121-10.0.0.122", "db-postgres-0[2-3]", "db-postgres-01.corp.internal", endpoint="10.0.0.10"
)
SPELLINGS = [
    "10.0.0.120",
    "10.0.0.122",
    "10.0.0.10",
    "db-postgres-02",
    "DB-POSTGRES-01.Corp.Internal",
    "db-postgres-01",
    "::ffff:10.0.0.120",
    "64:ff9b::10.0.0.121",
    "10.0.121",
    "10.121",
    "167772281",
    "0x0a000079",
    "0x0A.0.0.121",
    "0xa.0x0.0x79",
    "012.0.0.0171",
    "10.000.000.121",
    "01200000171",
    "１０.０.０.１２１",
    "10。0。0。121",
    "10%2E0%2e0.121",
    "%31%30.0.0.121",
    "10.0.0.12%31",
    "db%2Dpostgres-01",
    "d%62-postgres-01",
    "db\u200b-postgres-01",
    "10.0.0\u00ad.121",
    r"10.0.0.\x31\x32\x31",
    r"10\u002e0\u002e0\u002e121",
]
FRAMES = ["%b", "DB_HOST=%b\n", "psql -h %b", "//u:p@%b:5432/db", "'%b'", "host: %b # x", "%b, 10.9.9.9"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_of_a_declared_host(host, frame):
    assert hit(STORY, frame.encode() % host.encode())


@quick
@given(
    st.sampled_from(["10.0.0.120", "10.0.0.10", "db-postgres-02", "DB-POSTGRES-03", "db-postgres-01.corp.internal"]),
    st.binary(max_size=30),
    st.binary(max_size=30),
)
def test_base64_of_any_text_around_a_host(host, before, after):
    encoded = b64encode(before + host.encode() + after)
    literal = [needle for needle in STORY.needles() if needle.replace(b"\\", b"").isascii()]
    assert any(re.search(needle, encoded) for needle in literal)


@pytest.mark.parametrize(
    ("declared", "inside", "outside"),
    [
        ("10.0.0.0/16", b"10.0.200.7", b"10.1.200.7"),
        ("10.0.0.0-10.0.3.255", b"10.0.2.7", b"11.0.2.7"),
        ("0.0.0.0/0", b"8.8.8.8", b"8.8.8"),
        ("10.0.*.5", b"10.0.17.5", b"10.1.17.9"),
        ("fd00::/64", b"FD00::1", b"fd01::1"),
        ("fd00::/15", b"fd01:2::1", b"fd01"),
        ("::1:0/112", b"::1:2", b"a:b"),
        ("es-*.corp.internal", b"es-77.corp.internal", b"es-77.corp.example"),
        ("*-pg.lan", b"a-pg.lan", b"a-pg.lab"),
        ("pg[0-9]x.lan", b"pg7x.lan", b"pg7.lan"),
    ],
)
def test_wide_declarations(declared, inside, outside):
    resolver = resolver_of(declared)
    assert resolver.resolve(inside.decode()) is not None
    assert hit(resolver, b"host=" + inside)
    assert not hit(resolver, b"host=" + outside)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"10.0.0.9 10.0.0.11 10.1.0.121",
        b"db-mysql-01 postgres-02",
        b"version = 10.12.1\n",
        b"0x0b000078",
        b"printf('%5d %s %-3d %02x', n)",
        b"https://example.com/a%20b%2Fc",
        "Füße, 日本語。次".encode(),
        b"10.0.1200",
        b"\\n\\t\\\\x",
        b"MTkyLjE2OC43Ljc=",
    ],
)
def test_other_text(data):
    assert not hit(STORY, data)


@pytest.mark.parametrize("spelling", ["pg.corp.internal", "PG.Corp.Internal", "10.0.0.11", "%31%30.0.0.11"])
def test_names_of_an_endpoint(spelling):
    door = Endpoint(Intent.WRITE, "10.0.0.10", 5432, ("pg.corp.internal", "10.0.0.11"))
    resolver = Resolver(Policy((Cluster("a", Engine.POSTGRESQL, (), (door,), (5432,), ()),)))
    assert hit(resolver, f"//app@{spelling}:5432/db".encode())
    assert hit(resolver, b64encode(b"pg.corp.internal"))
    assert not hit(resolver, b"//app@pg.corp.example:5432/db")


def test_percent_encoding_whole_urls_changes_nothing():
    url = quote("postgresql://app:s3cret@10.0.0.121:5432/orders", safe="")
    assert hit(STORY, url.encode())


def test_many_nodes_stay_few_needles():
    assert len(resolver_of("10.0.0.0/8", "172.16.0.0/24", "fd00::/32").needles()) < 20
    assert len(resolver_of(*(f"10.0.{n // 250}.{n % 250}" for n in range(1_000))).needles()) < 4_500

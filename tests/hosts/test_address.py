"""One host: its syntax, its comparison key, its borders in text, and the hosts that nobody wants to hear of."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.hosts import DEFAULT_PORTS, HOLE, OPERATION_PORTS, bounded, canonical, is_host, parse, uninteresting
from analyzer.model import Engine

SAME = [
    (
        "10.0.0.121",
        ["10.0.0.121", "[::ffff:10.0.0.121]", "::ffff:a00:79", "::FFFF:10.0.0.121", " 10.0.0.121 ", "10.0.0.121."],
    ),
    ("10.0.0.121", ["１０.０.０.１２１", "10。0。0。121", "①⓪.0.0.121", "10.0.0.121\u200b", "10.\u00ad0.0.121"]),
    (
        "10.0.0.121",
        ["0x0a.0.0.121", "0x0a000079", "167772281", "10.121", "10.0.121", "64:ff9b::10.0.0.121", "2002:a00:79::"],
    ),
    ("fd00::1", ["fd00::1", "FD00:0:0:0::1", "[fd00::1]", "fd00::1%eth0"]),
    (
        "db1.corp.internal",
        ["DB1.Corp.Internal", "db1.corp.internal.", "ｄｂ1.corp.internal", "db1.corp.\u200binternal"],
    ),
    ("db-postgres-01", ["DB-Postgres-01", "db-postgres-01."]),
]


@pytest.mark.parametrize(("key", "spelling"), [(key, spelling) for key, spellings in SAME for spelling in spellings])
def test_equivalent_spellings_have_one_key(key, spelling):
    assert canonical(spelling) == key


@pytest.mark.parametrize(
    "spelling",
    [
        *("010.0.0.121", "10.0.0.0121", "012.0.0.0171", "10.0.0.121.5", "110.0.0.121", "10.0.0.1210"),
        *("10.0.0.121/24", "fd00::2", "db-postgres-01-metrics", "db-postgres-011", "pоstgres", "x10.0.0.121"),
    ],
)
def test_other_hosts_have_other_keys(spelling):
    assert canonical(spelling) not in {key for key, _ in SAME} | {"postgres"}


@given(st.ip_addresses(v=4))
def test_a_key_is_its_own_key(address):
    assert canonical(str(address)) == str(address)
    assert canonical(f"::ffff:{address}") == str(address)
    assert canonical(str(int(address))) == str(address)


@given(st.text(max_size=40), st.from_regex(r"[A-Za-z0-9０-９.。-]{1,20}", fullmatch=True))
def test_canonical_never_raises_and_is_stable(text, host):
    assert canonical(text) == canonical(f" {text} ")
    assert canonical(canonical(host)) == canonical(host) or not is_host(host)


@pytest.mark.parametrize(
    "text",
    [
        *("10.0.0.121", "fd00::1", "::ffff:10.0.0.121", "db1", "db_1", "db-postgres-01.corp.internal"),
        *("db1.corp.internal.", "xn--dtenbank-3za.corp.net", "datenbänke.corp.net", "010.0.0.121", "0x0a000079"),
        *("167772281", "１０.０.０.１２１"),
    ],
)
def test_hosts(text):
    assert is_host(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "10.0.0", "10.0.0.256", "10.0.0.1.5", "5432", "1.2", "1.25.3.2-5", "a..b", "-a", "a b", "a/b"),
        *("a:1", "a,b", "fd00::1::2", "%2Fvar", "x" * 64, ".".join(["abc"] * 80), HOLE, f"db{HOLE}", "'u'"),
        *("10.0.0.1-10.0.0.5", "db.1"),
    ],
)
def test_not_hosts(text):
    assert not is_host(text)


@pytest.mark.parametrize(
    "text",
    [
        *("110.0.0.121", "10.0.0.1210", "10.0.0.121.5", "v10.0.0.121", "1.3.6.1.10.0.0.121", "10.0.0.121-beta"),
        *("foo-10.0.0.121.tar.gz", "10.0.0.121_1", "x.10.0.0.121"),
    ],
)
def test_inside_a_longer_token(text):
    start = text.index("10.0.0.121")
    assert not bounded(text, start, start + len("10.0.0.121"))


@pytest.mark.parametrize(
    "text",
    [
        *("10.0.0.121", "@10.0.0.121:5432", "'10.0.0.121'", "10.0.0.121.", "10.0.0.121. Then", "(10.0.0.121)"),
        *("=10.0.0.121;", "10.0.0.121\\SQL01,1433", "//10.0.0.121/", "[10.0.0.121]", "a,10.0.0.121,b"),
    ],
)
def test_alone(text):
    start = text.index("10.0.0.121")
    assert bounded(text, start, start + len("10.0.0.121"))


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        *[
            (host, "loopback")
            for host in ("127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost", "LOCALHOST", "app.localhost")
        ],
        *[(host, "loopback") for host in ("localhost.localdomain", "::ffff:127.0.0.1", "ip6-localhost")],
        *[(host, "unspecified") for host in ("0.0.0.0", "::")],
        *[(host, "documentation") for host in ("192.0.2.7", "198.51.100.1", "203.0.113.9", "2001:db8::5")],
        *[(host, "reserved") for host in ("db.example", "attacker.example", "sni.test", "db.invalid", "255.255.255.0")],
        *[(host, "link-local") for host in ("169.254.169.254", "fe80::1")],
        *[
            (host, "placeholder")
            for host in ("example.com", "pg.example.com", "db.example.org", "mongo.example.de", "1.2.3.4")
        ],
        *[
            (host, "placeholder")
            for host in ("#", "<HOST>", "host", "10.x.x.x", "192.168.x.x", "xxx.xxx.xxx.xxx", "*", "%s")
        ],
        *[
            (host, "placeholder")
            for host in ("your-postgres-host", "my-es-host", "replace-me.com", "db.yourdomain.com", "FOO")
        ],
        *[
            (host, "placeholder")
            for host in ("xxxx.region.rds.amazonaws.com", "$(DB_HOST)", "${DB_HOST}", "%s-postgresql")
        ],
        *[
            (host, "placeholder")
            for host in ("{{ .host }}", "DB_HOST", "changeme", "db.changeme.internal", "", " ", HOLE)
        ],
        *[(host, "placeholder") for host in ("my.host.name", "db.host.name")],
        *[
            (host, "container")
            for host in (
                "host.docker.internal",
                "gateway.docker.internal",
                "host.containers.internal",
                "host.testcontainers.internal",
            )
        ],
        *[(host, "service") for host in ("pg.data.svc", "pg.data.svc.cluster.local", "pg-rw.data", "redis.default")],
        *[
            (host, "service")
            for host in ("postgres.service.consul", "postgres", "db1", "mysql-primary", "myredis", "host1")
        ],
        *[(host, "service") for host in ("shop.dev.mysql", "shop.dev.mysql57", "shop.dev.elasticsearch710")],
        *[(host, "network or version") for host in ("1.0.0.0", "10.0.0.0")],
        *[(host, "socket") for host in ("/var/run/postgresql", "/cloudsql/x", "@abstract")],
        *[
            (host, "name in code")
            for host in ("redis.host", "app.jdbc.url", "app.datasource.params.host", "my.db.server")
        ],
        *[(host, "file") for host in ("app.db", "data.sqlite3")],
    ],
)
def test_uninteresting(host, reason):
    said = uninteresting(host)
    assert said is not None
    assert reason in said or (reason == "placeholder" and host in {"host", "FOO"} and "single-label" in said)


@pytest.mark.parametrize(
    "host",
    [
        *("10.0.0.121", "192.168.56.102", "172.16.4.2", "8.8.4.4", "fd00::121", "db1.corp.internal"),
        *("b27dbvl033.preprod.local", "A01DBVL037.adeo.no", "sn11.galaxyproject.eu"),
        *("orders.abcxyz123.eu-west-1.rds.amazonaws.com", "db.internal", "x.postgres.database.azure.com"),
        *("pg1.node.consul", "db-postgres-01.corp.lan", "db1.prod.acme-corp.net", "mysql.shop.dev", "db1.shop.host"),
    ],
)
def test_real_hosts_are_interesting(host):
    assert uninteresting(host) is None


@given(st.text(max_size=60))
def test_uninteresting_never_raises(text):
    assert uninteresting(text) is None or uninteresting(text)


def test_every_engine_has_ports_and_none_is_both():
    for engine in Engine:
        assert DEFAULT_PORTS[engine]
        assert 22 in OPERATION_PORTS[engine]
        assert not set(DEFAULT_PORTS[engine]) & set(OPERATION_PORTS[engine])
    assert {8008, 2379, 9100, 9187} <= set(OPERATION_PORTS[Engine.POSTGRESQL])
    transport = (*DEFAULT_PORTS[Engine.ELASTICSEARCH], *OPERATION_PORTS[Engine.ELASTICSEARCH])
    assert 9300 not in transport  # clients and members speak there


@given(st.ip_addresses())
def test_every_address_is_read_back(address):
    written = f"[{address}]:5432" if isinstance(address, ipaddress.IPv6Address) else f"{address}:5432"
    (part,) = parse(written).hosts
    assert (part.host, part.port) == (str(address), 5432)

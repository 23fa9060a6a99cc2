"""Which host is which: spellings of nodes and endpoints against strangers that look like them."""

from ipaddress import IPv4Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Cluster, Endpoint, Engine, Intent, Match, Node, Policy, Resolution
from analyzer.resolve import HostSet, Resolver

quick = settings(derandomize=True, max_examples=150, deadline=None)
WRITE, READ = Endpoint(Intent.WRITE, "10.0.0.10", 5432), Endpoint(Intent.READ, "10.0.0.10", 5433)


def cluster(name: str, *nodes: Node | str, endpoints: tuple[Endpoint, ...] = (), engine: Engine = Engine.POSTGRESQL):
    declared = tuple(Node(node) if isinstance(node, str) else node for node in nodes)
    return Cluster(name, engine, declared, endpoints, (5432, 6432), (22, 8008))


ORDERS = cluster(
    "orders",
    Node("10.0.0.120", ("db-postgres-01", "db-postgres-01.corp.internal")),
    "10.0.0.121-10.0.0.122",
    "db-postgres-0[2-3]",
    "fd00::120",
    "oberon.lan",
    "pg7.dc.example",
    endpoints=(WRITE, READ),
)
ERP = cluster("erp", "10.0.0.20", engine=Engine.MARIADB)
RESOLVER = Resolver(Policy((ORDERS, ERP)))


def node_of(host: str) -> tuple[str | None, Match] | None:
    found = RESOLVER.resolve(host)
    return None if found is None else (found.node, found.match)


@pytest.mark.parametrize(
    ("host", "node"),
    [
        ("10.0.0.120", "10.0.0.120"),
        ("10.0.0.121", "10.0.0.121"),
        ("10.0.0.122", "10.0.0.122"),
        ("10.0.0.20", "10.0.0.20"),
        ("db-postgres-01", "10.0.0.120"),
        ("DB-Postgres-01", "10.0.0.120"),
        ("db-postgres-01.corp.internal", "10.0.0.120"),
        ("db-postgres-01.corp.internal.", "10.0.0.120"),
        ("db-postgres-01.lan", "10.0.0.120"),
        ("db-postgres-02", "db-postgres-02"),
        ("db-postgres-03.corp.internal", "db-postgres-03.corp.internal"),
        ("fd00::120", "fd00::120"),
        ("[fd00::120]", "fd00::120"),
        ("FD00:0:0:0:0:0:0:120", "fd00::120"),
        ("fd00:0000::0120", "fd00::120"),
        ("oberon.lan", "oberon.lan"),
        ("pg7.dc.example", "pg7.dc.example"),
        ("pg7", "pg7.dc.example"),
    ],
)
def test_ordinary_spellings(host, node):
    assert node_of(host) == (node, Match.EXACT)


@pytest.mark.parametrize(
    ("host", "node"),
    [
        ("::ffff:10.0.0.120", "10.0.0.120"),
        ("[::ffff:10.0.0.120]", "10.0.0.120"),
        ("::ffff:a00:79", "10.0.0.121"),
        ("64:ff9b::10.0.0.121", "10.0.0.121"),
        ("2002:a00:79::", "10.0.0.121"),
        ("fd00::120%eth0", "fd00::120"),
        ("10.0.0.120.", "10.0.0.120"),
        ("10.0.121", "10.0.0.121"),
        ("10.121", "10.0.0.121"),
        ("167772281", "10.0.0.121"),
        ("0x0a000079", "10.0.0.121"),
        ("0x0A.0.0.121", "10.0.0.121"),
        ("012.0.0.0171", "10.0.0.121"),
        ("10.000.000.121", "10.0.0.121"),
        ("１０.０.０.１２１", "10.0.0.121"),
        ("10。0。0。121", "10.0.0.121"),
        ("①⓪.0.0.121", "10.0.0.121"),
        ("10%2E0%2e0.121", "10.0.0.121"),
        ("%31%30.0.0.121", "10.0.0.121"),
        ("db%2Dpostgres-01", "10.0.0.120"),
        ("db\u200b-postgres-01", "10.0.0.120"),
        ("ｄｂ-postgres-01", "10.0.0.120"),
        (" 10.0.0.120", "10.0.0.120"),
        ("[db-postgres-01]", "10.0.0.120"),
    ],
)
def test_disguised_spellings(host, node):
    assert node_of(host) == (node, Match.DISGUISED)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "10.0.0.119",
        "10.0.0.123",
        "110.0.0.120",
        "10.0.0.1200",
        "10.0.0.120.5",
        "v10.0.0.120",
        "010.0.0.121",
        "10.0.0.0121",
        "10.0.0.121/24",
        "10.0.0.121:5432",
        "db-postgres-01-metrics",
        "db-postgres-011",
        "my-db-postgres-01",
        "db_postgres_01",
        "db-postgres-04",
        "db-postgres-01.example.com",
        "db-postgres-01.corp",
        "db-postgres-01.corp.internal.example",
        "db-postgres-01..",
        "oberon",
        "pg7.dc",
        "fd00::121",
        "::10.0.0.120",
        "p\u043estgres",
        "10.0.0.120\n10.0.0.121",
        "%",
        "%zz",
        "[",
        "x" * 100_000,
        "1" * 100_000,
        "\udcff10.0.0.120",
    ],
)
def test_strangers(host):
    assert RESOLVER.resolve(host) is None


def test_an_endpoint():
    assert RESOLVER.resolve("10.0.0.10") == Resolution(ORDERS, Match.EXACT, endpoints=(WRITE, READ))
    assert RESOLVER.resolve("::ffff:10.0.0.10") == Resolution(ORDERS, Match.DISGUISED, endpoints=(WRITE, READ))


def test_a_shared_endpoint_belongs_to_the_engine_that_asks():
    door, other = Endpoint(Intent.WRITE, "lb.corp.internal", 5432), Endpoint(Intent.WRITE, "lb.corp.internal", 3306)
    one = cluster("one", "10.0.0.1", endpoints=(door,))
    two = cluster("two", "10.0.0.2", endpoints=(other,), engine=Engine.MARIADB)
    resolver = Resolver(Policy((one, two)))
    assert resolver.resolve("lb.corp.internal") == Resolution(one, Match.EXACT, endpoints=(door, other))
    assert resolver.resolve("LB.corp.internal", Engine.MARIADB) == Resolution(two, Match.EXACT, endpoints=(other,))
    assert resolver.resolve("lb.corp.internal", Engine.REDIS) == Resolution(one, Match.EXACT, endpoints=(door, other))
    assert resolver.resolve("lb") is None


@pytest.mark.parametrize(
    ("first", "second", "host", "found"),
    [
        pytest.param("db-01.a.example", "db-01.b.example", "db-01", None, id="two-meanings"),
        pytest.param("db-01", "db-01.b.example", "db-01", "one", id="declared-wins"),
        pytest.param("db-01.a.example", "db-01", "db-01", "two", id="declared-wins-later"),
        pytest.param("db-01.a.example", "db-01.b.example", "db-01.b.example", "two", id="qualified-is-clear"),
        pytest.param("db-0*", "db-01.b.example", "db-01", "one", id="glob-before-short"),
        pytest.param("10.0.0.0/24", "10.1.0.0/24", "10.1.0.7", "two", id="networks"),
    ],
)
def test_which_cluster(first, second, host, found):
    resolution = Resolver(Policy((cluster("one", first), cluster("two", second)))).resolve(host)
    assert (resolution.cluster.name if resolution else None) == found


def test_a_short_name_of_one_cluster_may_have_two_domains():
    resolver = Resolver(Policy((cluster("one", Node("10.0.0.1", ("db-01.a.example", "db-01.b.example"))),)))
    found = resolver.resolve("db-01")
    assert found is not None
    assert found.node == "10.0.0.1"


def test_endpoints_tell_the_domain_too():
    door = Endpoint(Intent.WRITE, "pg.corp.internal", 5432)
    resolver = Resolver(Policy((cluster("one", "db-01", endpoints=(door,)),)))
    found = resolver.resolve("db-01.corp.internal")
    assert found is not None
    assert found.node == "db-01"


@pytest.mark.parametrize(
    ("host", "doors", "match"),
    [
        ("pg.corp.internal", "both", Match.EXACT),
        ("PG.corp.internal.", "both", Match.EXACT),
        ("pg-rw", "write", Match.EXACT),
        ("pg-rw.corp.internal", "write", Match.EXACT),
        ("10.0.0.11", "read", Match.EXACT),
        ("::ffff:10.0.0.11", "read", Match.DISGUISED),
        ("pg", None, None),
        ("pg.corp.internal.example", None, None),
        ("10.0.0.12", None, None),
    ],
)
def test_any_name_of_an_endpoint_is_the_endpoint(host, doors, match):
    write = Endpoint(Intent.WRITE, "10.0.0.10", 5432, ("pg.corp.internal", "pg-rw.corp.internal", "pg-rw.dc.example"))
    read = Endpoint(Intent.READ, "10.0.0.10", 5433, ("pg.corp.internal", "10.0.0.11"))
    orders = cluster("orders", "10.0.0.1", endpoints=(write, read))
    resolver = Resolver(Policy((orders,)))
    wanted = {"both": (write, read), "write": (write,), "read": (read,)}
    found = Resolution(orders, match, endpoints=wanted[doors]) if doors else None
    assert resolver.resolve(host) == found
    assert bool([*resolver.mentions(host.encode(), endpoints=True)]) is (found is not None)


def test_without_a_policy_all_are_strangers():
    resolver = Resolver(Policy())
    assert resolver.resolve("10.0.0.120") is None
    assert resolver.needles() == ()
    assert list(resolver.mentions(b"10.0.0.120 db-postgres-01")) == []


@pytest.mark.parametrize(
    ("port", "kind"),
    [
        (5432, "database"),
        (6432, "database"),
        (5433, "database"),
        (22, "operation"),
        (8008, "operation"),
        (80, "unknown"),
    ],
)
def test_port_kind(port, kind):
    assert RESOLVER.port_kind(ORDERS, port) == kind


@quick
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_exactly_the_addresses_of_a_range_are_nodes(one, other, number):
    low, high = sorted((one, other))
    resolver = Resolver(Policy((cluster("a", f"{IPv4Address(low)}-{IPv4Address(high)}"),)))
    for candidate in (low, high, number, max(low - 1, 0), min(high + 1, 2**32 - 1)):
        found = resolver.resolve(str(IPv4Address(candidate)))
        assert (found is not None) == (low <= candidate <= high)


@quick
@given(st.text(max_size=40) | st.text("0123456789abcdefx.:%[]-", max_size=40))
def test_no_text_breaks_it(host):
    RESOLVER.resolve(host)
    HostSet(["10.0.0.0/8", "db-*"]).contains(host)


def test_many_different_hosts_do_not_fill_the_memory():
    resolver = Resolver(Policy((ERP,)))
    for number in range(10_000):
        resolver.resolve(f"host-{number}")
    assert len(resolver._known) < 5_000
    assert resolver.resolve("10.0.0.20") is not None


@pytest.mark.parametrize(
    ("hosts", "host", "inside"),
    [
        (["10.0.0.120-10.0.0.122"], "10.0.0.121", True),
        (["10.0.0.120-10.0.0.122"], "::ffff:10.0.0.121", True),
        (["10.0.0.120-10.0.0.122"], "10.0.0.123", False),
        (["10.0.0.120-10.0.0.122"], "db-postgres-01", False),
        (["db-*.corp.internal"], "DB-01.corp.internal.", True),
        (["db-*.corp.internal"], "db-01.example.com", False),
        (["db-01", "pg.corp.internal"], "db-01.corp.internal", True),
        ([], "10.0.0.121", False),
    ],
)
def test_host_sets(hosts, host, inside):
    assert HostSet(hosts).contains(host) is inside

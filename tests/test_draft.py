"""Whatever rosters say, the draft of a policy is a valid one."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.draft import Told, drafted, policy_text
from analyzer.hosts import canonical
from analyzer.model import Bind, Engine, Intent, Roster, RosterKind, Server, Span
from analyzer.policy import load
from analyzer.source import SourceFile

AT = Span(0, 1)
HOSTS = st.one_of(
    st.builds("10.0.{}.{}".format, st.integers(0, 2), st.integers(0, 9)),
    st.sampled_from(
        (
            *(
                "db-1",
                "db-1.corp",
                "DB-2.Corp.",
                "db-2",
                "db-2.lan",
                "fd00::1",
                "::ffff:10.0.0.1",
                "127.0.0.1",
                "localhost",
            ),
            *("null", "on", "1.2.3.4.5", "x_y", "-a", "010.0.0.1", "\x00", "a b", "ü.de", "203.0.113.5", "a" * 300),
        )
    ),
)
PORTS = st.one_of(st.none(), st.sampled_from([5432, 5433, 3306, 6379, 22, 8008, 65535, 99999, 0]))
NAMES = st.one_of(HOSTS, st.sampled_from(["", "orders", "orders-pg17", "my cluster", "#", "a: b", "true", "9" * 80]))
SERVERS = st.builds(
    Server,
    HOSTS,
    st.just(AT),
    port=PORTS,
    names=st.lists(NAMES, max_size=2).map(tuple),
    label=NAMES,
    check_port=PORTS,
)
BINDS = st.builds(Bind, st.one_of(st.just(""), HOSTS), PORTS, st.just(AT))
ROSTERS = st.builds(
    Roster,
    st.sampled_from(RosterKind),
    st.sampled_from(["HAProxy listen orders_write", "HAProxy backend x", "Patroni member a", "y\nz: 1"]),
    st.just(AT),
    servers=st.lists(SERVERS, max_size=4).map(tuple),
    name=NAMES,
    engine=st.one_of(st.none(), st.sampled_from([Engine.POSTGRESQL, Engine.MYSQL, Engine.MARIADB, Engine.REDIS])),
    intent=st.sampled_from(Intent),
    binds=st.lists(BINDS, max_size=2).map(tuple),
)
TOLD = st.lists(st.builds(Told, st.just(SourceFile("a\nb: c.cfg", b"x")), ROSTERS), max_size=6)


@settings(max_examples=150, deadline=None)
@given(TOLD)
def test_a_draft_is_a_valid_policy(told):
    draft = drafted(told)
    policy = load(Path("db-endpoints.yaml"), policy_text(draft).encode())
    assert [cluster.name for cluster in policy.clusters] == [cluster.name for cluster in draft.clusters]
    known = {canonical(host) for each in told for s in each.roster.servers for host in (s.host, s.label, *s.names)}
    assert {host for c in policy.clusters for node in c.nodes for host in (node.host, *node.names)} <= known


@settings(max_examples=50, deadline=None)
@given(TOLD)
def test_the_order_of_the_files_decides_nothing_about_which_machines_are_one(told):
    def machines(draft):
        return {frozenset((node.host, *node.names)) for cluster in draft.clusters for node in cluster.nodes}

    proxies = [each for each in told if each.roster.kind is RosterKind.PROXY and each.roster.engine is Engine.REDIS]
    assert machines(drafted(proxies)) == machines(drafted(proxies[::-1]))

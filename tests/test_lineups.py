"""Proxies and lists of servers, held against a policy: proxy-health-check and policy-drift."""

import pytest

from tests.rosters import POLICY, remarks

SERVERS = (
    "  server a 10.0.0.120:5432 check{0}\n  server b 10.0.0.121:5432 check{0}\n  server c 10.0.0.122:5432 check{0}\n"
)
PATRONI = SERVERS.format(" port 8008")
PLAIN = SERVERS.format("")
HTTP = "  option httpchk GET {}\n"


def listen(name, *lines, bind="10.0.0.10:5432"):
    return f"listen {name}\n  bind {bind}\n" + "".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        listen("orders_write", PLAIN),
        listen("orders_write", "  option tcp-check\n", PLAIN),
        listen("orders_write", "  option tcp-check\n  tcp-check connect\n", PLAIN),
        listen("orders_write", "  option pgsql-check user x\n", PLAIN),
        listen("orders_write", HTTP.format("/health"), PATRONI),
        listen("orders_write", HTTP.format("/replica"), PATRONI),
        listen("orders_write", HTTP.format("/primary"), PLAIN),
        listen("orders_write", HTTP.format("/primary"), PATRONI.replace(" check port", " port")),
        listen("orders_write", HTTP.format("/primary"), PATRONI.replace("122:5432 check", "122:5432")),
        listen("whatever", "  option tcp-check\n", PLAIN),
        listen("whatever", "  option tcp-check\n", PLAIN, bind="*:5432"),
        listen("aliases", "  server a pg-a.lan:5432 check\n  server b pg-b.lan:5432 check\n"),
        listen("pg-master", "  option tcp-check\n", PLAIN, bind="*:5000")
        + listen("pg2", HTTP.format("/replica"), PATRONI, bind="*:5001"),
        listen("only", "  option tcp-check\n", PLAIN, bind="*:5000"),
        listen("orders_read", "  option tcp-check\n", PLAIN, bind="10.0.0.10:5433"),
        "frontend f\n  bind 10.0.0.10:5432\n  default_backend n\nbackend n\n" + PLAIN,
        "frontend f\n  bind *:1\n  use_backend pg_ro if { dst_port 1 }\nbackend pg_ro\n" + PLAIN,
        "defaults\n  option pgsql-check user x\n" + listen("orders_write", PLAIN),
        listen(
            "erp",
            "  option mysql-check user x\n  server a 10.0.0.20:3306 check\n  server b 10.0.0.21:3306 check\n",
            bind="*:3306",
        ),
        listen(
            "erp", "  option httpchk\n  server a 10.0.0.20:3306 check\n  server b 10.0.0.21:3306 check\n", bind="*:3306"
        ),
        listen(
            "redis",
            "  option redis-check\n  server a 10.0.0.30:6379 check\n  server b 10.0.0.31:6379 check\n",
            bind="*:6379",
        ),
    ],
)
def test_a_proxy_that_cannot_tell_the_roles(text):
    ((place, message),) = remarks("proxy-health-check", text)
    assert place.startswith(("listen", "backend"))
    assert "; write `" in message


@pytest.mark.parametrize(
    "text",
    [
        *(
            listen("orders_write", HTTP.format(path), PATRONI)
            for path in ("/primary", "/master", "/leader", "/read-write", "/", "/standby-leader", "/my-own-check")
        ),
        *(
            listen("orders_read", HTTP.format(path), PATRONI, bind="10.0.0.10:5433")
            for path in ("/replica", "/replica?lag=1MB", "/read-only", "/async", "/primary")
        ),
        listen("orders_write", HTTP.format("/health"), "  http-check expect rstring primary\n", PATRONI),
        listen(
            "orders_write", "  option httpchk\n  http-check connect port 8008\n  http-check send uri /primary\n", PLAIN
        ),
        listen("orders_write", HTTP.format("/primary"), SERVERS.format(" port ${REST_PORT}")),
        listen("orders_write", "  option external-check\n  external-check command /x\n", PLAIN),
        listen("orders_write", "  option tcp-check\n  tcp-check expect binary 66\n", PLAIN),
        listen("orders_write", PLAIN.replace(" check", " track leader/a")),
        listen("grafana", PLAIN.replace(":5432", ":3000"), bind="*:3000"),
        listen("ssh", "  server a 10.0.0.120:22 check\n  server b 10.0.0.121:22 check\n", bind="*:22"),
        listen("strangers", "  server a 10.7.0.1:5432 check\n  server b 10.7.0.2:5432 check\n", bind="*:5000"),
        listen("one_write", "  server a 10.0.0.120:5432 check\n", bind="*:5001"),
        "frontend f\n  bind *:1\n  use_backend n if { src 10.1.1.1 }\nbackend n\n" + PLAIN,
        listen(
            "erp",
            "  option httpchk\n  server a 10.0.0.20:3306 check port 9200\n  server b 10.0.0.21:3306 check port 9200\n",
        ),
        listen(
            "redis",
            "  option tcp-check\n  tcp-check expect string role:master\n  tcp-check expect string +OK\n",
            "  server a 10.0.0.30:6379 check\n",
            "  server b 10.0.0.31:6379 check\n",
        ),
    ],
)
def test_a_proxy_that_tells_the_roles_or_is_not_judged(text):
    assert remarks("proxy-health-check", text) == []


def test_the_message_shows_the_lines_to_write():
    ((_, write),) = remarks("proxy-health-check", listen("orders_write", PLAIN))
    for line in (
        "option httpchk GET /primary",
        "http-check expect status 200",
        "check port 8008",
        "on-marked-down shutdown-sessions",
    ):
        assert line in write
    ((_, read),) = remarks("proxy-health-check", listen("orders_read", PLAIN, bind="10.0.0.10:5433"))
    assert "GET /replica" in read
    assert len(write) < 500
    assert len(read) < 500


@pytest.mark.parametrize("servers", [PLAIN, PATRONI.replace(" check", "")])
def test_a_right_check_is_not_written_again(servers):
    ((_, message),) = remarks("proxy-health-check", listen("orders_write", HTTP.format("/primary"), servers))
    assert message.endswith("; write `check port 8008` (Patroni's REST port) on each `server`")


def drift(text, path="haproxy.cfg", policy=POLICY):
    return remarks("policy-drift", text, path, policy)


def test_a_server_that_the_policy_lacks():
    ((place, message),) = drift(listen("orders_write", PLAIN, "  server d 10.0.0.123:5432 check\n"))
    assert place == "10.0.0.123"
    assert "add it to `nodes` of orders-pg17 (db-endpoints.yaml:5)" in message


def test_a_node_that_a_whole_list_lacks():
    two = PLAIN.replace("  server c 10.0.0.122:5432 check\n", "")
    ((place, message),) = drift(listen("orders_write", two))
    assert place == "listen orders_write"
    assert "10.0.0.122" in message
    assert drift(listen("orders_write", two) + listen("orders_read", PLAIN, bind="10.0.0.10:5433")) == []
    assert drift(listen("orders_write", two, "  server c ${PG3}:5432 check\n")) == []
    assert drift(listen("orders_write", two, "  # server c 10.0.0.122:5432 check\n")) == []
    assert drift(listen("orders_write", "  server a 10.0.0.120:5432 check\n")) == []


def test_names_and_addresses_of_the_same_servers_are_not_asked_of_each_other():
    by_name = "".join(f"  server s{i} db-postgres-0{i}:5432 check\n" for i in (1, 2, 3))
    assert drift(listen("orders_write", by_name)) == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (listen("orders_write", PLAIN, bind="10.0.0.10:5000"), "10.0.0.10", "the policy says 10.0.0.10:5432"),
        (
            listen("orders_write", PLAIN, bind="10.0.0.9:5432"),
            "10.0.0.9",
            "change `endpoints.write` (db-endpoints.yaml:6)",
        ),
        (listen("orders_write", PLAIN, bind="10.0.0.10:5433"), "10.0.0.10", "as the read endpoint"),
        (
            listen(
                "redis", "  server a 10.0.0.30:6379 check\n  server b 10.0.0.31:6379 check\n", bind="10.0.0.12:6379"
            ),
            "10.0.0.12",
            "the policy declares none",
        ),
    ],
)
def test_an_endpoint_elsewhere(text, place, words):
    ((found, message),) = drift(text)
    assert found == place
    assert words in message


@pytest.mark.parametrize("bind", ["*:5000", "127.0.0.1:5000", "/run/pg.sock", "10.0.0.10:5432", "${VIP}:5000"])
def test_a_bind_that_says_no_other_endpoint(bind):
    assert drift(listen("orders_write", PLAIN, bind=bind)) == []


def test_a_bind_on_another_name_of_the_endpoint():
    text = listen("orders_write", PLAIN, bind="10.0.0.9:5432")
    assert drift(text, policy=POLICY.replace(b"port: 5432}", b"port: 5432, names: [10.0.0.9]}")) == []


def test_a_second_listener_of_an_endpoint_that_is_served():
    text = listen("orders_write", PLAIN) + listen("orders_write_local", PLAIN, bind="10.0.0.9:5432")
    assert drift(text) == []


def test_a_member_is_of_the_cluster_whose_name_is_its_scope():
    text = (
        "scope: {}\nname: n\nrestapi: {{connect_address: 10.0.0.124:8008}}\n"
        "postgresql: {{connect_address: 10.0.0.124:5432}}\n"
    )
    ((place, _),) = drift(text.format("orders-pg17"), "patroni.yml")
    assert place == "10.0.0.124:5432"
    assert drift(text.format("other"), "patroni.yml") == []


def test_a_group_of_which_most_is_unknown_is_another_one():
    head = "[postgres]\n10.0.0.120\n10.0.0.121\n"
    assert [place for place, _ in drift(head + "10.0.0.125\n", "hosts.ini")] == ["10.0.0.125"]
    assert drift(head + "10.0.0.125\n10.0.0.126\n", "hosts.ini") == []


def test_another_engine_on_a_node_is_none_of_the_cluster():
    assert (
        drift("sentinel monitor x 10.0.0.120 6379 2\nsentinel known-replica x 10.9.9.9 6379\n", "sentinel.conf") == []
    )

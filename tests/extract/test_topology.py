"""What every other format tells of clusters, alone and inside other files."""

import pytest

from analyzer.model import Engine, RosterKind
from tests.rosters import rosters

SECTION = """\
listen orders_write
  bind 10.0.0.10:5432
  server a 10.0.0.120:5432 check
"""


def indented(text, by):
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("haproxy.cfg", SECTION),
        (
            "play.yml",
            "- hosts: lb\n  tasks:\n    - copy:\n        dest: /x/proxy.cfg\n        content: |\n"
            + indented(SECTION, 10),
        ),
        (
            "play.yml",
            "- hosts: lb\n  tasks:\n    - blockinfile:\n        path: /etc/haproxy/haproxy.cfg\n        block: |\n"
            + indented(SECTION, 10),
        ),
        (
            "cm.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  haproxy.cfg: |\n" + indented(SECTION, 4),
        ),
        ("compose.yaml", "services: {a: {image: haproxy}}\nconfigs:\n  x:\n    content: |\n" + indented(SECTION, 6)),
        ("main.tf", 'resource "local_file" "x" {\n  content = <<-EOT\n' + indented(SECTION, 4) + "  EOT\n}\n"),
        ("Dockerfile", "FROM haproxy\nCOPY <<EOF /usr/local/etc/haproxy/haproxy.cfg\n" + SECTION + "EOF\n"),
        (
            "deploy.sh",
            "#!/bin/sh\ncat > /etc/haproxy/x.cfg <<EOF\n" + SECTION + "EOF\nsystemctl reload haproxy\n",
        ),
        ("haproxy.cfg.j2", "{% if x %}\n" + SECTION + "{% endif %}\n"),
    ],
)
def test_a_proxy_inside_of_other_files(path, text):
    (found,) = rosters(text, path)
    data = text.encode()
    assert found.what == "HAProxy listen orders_write"
    assert data[found.span.start : found.span.end] == b"listen orders_write"
    assert data[found.servers[0].span.start : found.servers[0].span.end] == b"10.0.0.120"


def test_here_documents_of_one_script_are_texts_of_their_own():
    rest = "tee -a /etc/haproxy/haproxy.cfg <<EOF\n  server b 10.0.0.121:5432 check\nEOF\n"
    (found,) = rosters("# größer\ncat > x.cfg <<'EOF'\n" + SECTION + "EOF\n" + rest, "deploy.sh")
    assert [server.host for server in found.servers] == ["10.0.0.120"]


def test_a_document_that_quotes_a_proxy_is_none():
    assert rosters("```\n" + SECTION + "```\n", "README.md") == ()


def told(roster):
    return (roster.kind, roster.name, roster.engine, [(s.host, s.port, s.names) for s in roster.servers])


def test_patroni():
    (found,) = rosters(
        "scope: orders\nname: db-01\nrestapi:\n  connect_address: 10.0.0.120:8008\n"
        "postgresql:\n  connect_address: 10.0.0.120:5432\n",
        "patroni.yml",
    )
    assert told(found) == (RosterKind.MEMBER, "orders", Engine.POSTGRESQL, [("10.0.0.120", 5432, ("db-01",))])
    assert found.servers[0].check_port == 8008


def test_patroni_of_a_template_has_no_literal_server():
    text = (
        'name: "{{ inventory_hostname }}"\nrestapi: {connect_address: "{{ ip }}:8008"}\n'
        'postgresql: {connect_address: "{{ ip }}:5432"}\n'
    )
    assert rosters(text, "patroni.yml.j2") == ()


def test_patronictl_list_of_two_clusters():
    rows = (
        '[{"Cluster": "a", "Member": "m1", "Host": "10.0.0.1", "Role": "Leader"},'
        ' {"Cluster": "b", "Member": "m2", "Host": "10.0.0.2:5433", "Role": "Leader"},'
        ' {"Cluster": "a", "Member": "m3", "Host": "10.0.0.3", "Role": "Replica"}]'
    )
    a, b = rosters(rows, "list.json")
    assert told(a) == (
        RosterKind.MEMBERS,
        "a",
        Engine.POSTGRESQL,
        [("10.0.0.1", None, ("m1",)), ("10.0.0.3", None, ("m3",))],
    )
    assert told(b)[3] == [("10.0.0.2", 5433, ("m2",))]
    assert a.whole


def test_a_member_that_is_down_leaves_the_others():
    rows = '[{"Cluster": "a", "Member": "m1", "Host": "10.0.0.1"}, {"Cluster": "a", "Member": "m2", "Host": ""}]'
    (found,) = rosters(rows, "list.json")
    assert ([server.host for server in found.servers], found.whole) == (["10.0.0.1"], False)


def test_each_group_of_citus_fails_over_for_itself():
    rows = (
        '[{"Cluster": "a", "Group": 0, "Member": "c1", "Host": "10.0.0.1"},'
        ' {"Cluster": "a", "Group": 1, "Member": "w1", "Host": "10.0.0.2"}]'
    )
    assert [found.name for found in rosters(rows, "list.json")] == ["a-0", "a-1"]


def test_the_cluster_of_the_rest_interface():
    text = (
        '{"members": [{"name": "m1", "role": "leader", "host": "10.0.0.1", '
        '"port": 5432, "api_url": "http://10.0.0.1:8008/patroni"}], "scope": "a"}'
    )
    (found,) = rosters(text, "cluster.json")
    assert found.servers[0].check_port == 8008
    assert told(found) == (RosterKind.MEMBERS, "a", Engine.POSTGRESQL, [("10.0.0.1", 5432, ("m1",))])


def test_members_of_anything_else_are_none():
    assert rosters('{"members": [{"name": "Ann"}, {"name": "Bob"}]}', "team.json") == ()


def test_sentinel():
    text = (
        "port 26379\nsentinel monitor cache 10.0.0.30 6379 2\nsentinel auth-pass cache made-up\n"
        "sentinel known-replica cache 10.0.0.31 6379\n"
    )
    (found,) = rosters(text, "sentinel.conf")
    hosts = [("10.0.0.30", 6379, ()), ("10.0.0.31", 6379, ())]
    assert told(found) == (RosterKind.MEMBERS, "cache", Engine.REDIS, hosts)
    (alone,) = rosters("sentinel monitor cache 10.0.0.30 6379 2\n", "sentinel.conf")
    assert (alone.kind, alone.whole) == (RosterKind.SEEDS, False)


def test_galera():
    text = (
        "[mysqld]\nwsrep_cluster_name=erp\n"
        'wsrep_cluster_address="gcomm://10.0.0.20:4567,10.0.0.21?pc.wait_prim=no"\nwsrep_node_name=n1\n'
        "wsrep_node_address=10.0.0.20\n"
    )
    seeds, own = rosters(text, "galera.cnf")
    assert told(seeds)[:3] == (RosterKind.SEEDS, "erp", Engine.MARIADB)
    assert [s.host for s in seeds.servers] == ["10.0.0.20", "10.0.0.21"]
    assert told(own)[3] == [("10.0.0.20", None, ("n1",))]


def test_proxysql_joins_the_groups_that_a_row_pairs():
    text = (
        'admin_variables= { admin_credentials="admin:made-up" }\n'
        'mysql_variables= { interfaces="0.0.0.0:6033;10.0.0.9:6033" }\n'
        "mysql_servers = (\n"
        '  { address="10.0.0.20", port=3306, hostgroup=10 }, # { address="10.0.0.99", hostgroup=10 }\n'
        '  { address="10.0.0.21", port=3306, hostgroup=20 },\n'
        '  { address="10.0.0.40", port=3306, hostgroup=30 } )\n'
        "mysql_replication_hostgroups = ( { writer_hostgroup=10, reader_hostgroup=20 } )\n"
    )
    pair, other = rosters(text, "proxysql.cnf")
    assert [s.host for s in pair.servers] == ["10.0.0.20", "10.0.0.21"]
    assert [s.host for s in other.servers] == ["10.0.0.40"]
    assert [(b.host, b.port) for b in pair.binds] == [("", 6033), ("10.0.0.9", 6033)]


def test_pgbouncer_lists_of_one_database():
    text = (
        "[databases]\na = host=10.0.0.1,10.0.0.2 port=5433 dbname=a\n* = host=10.0.0.3\n[pgbouncer]\n"
        "listen_port = 6432\n"
    )
    several, single = rosters(text, "pgbouncer.ini")
    assert told(several) == (RosterKind.SEEDS, "", Engine.POSTGRESQL, [("10.0.0.1", 5433, ()), ("10.0.0.2", 5433, ())])
    assert (single.kind, single.what) == (RosterKind.GROUP, "PgBouncer database")


def test_keepalived():
    text = (
        "vrrp_instance V {\n    virtual_ipaddress {\n        10.0.0.10/24 dev eth0 # vip\n        fd00::10\n    }\n}\n"
    )
    (found,) = rosters(text, "keepalived.conf")
    assert (found.kind, [b.host for b in found.binds]) == (RosterKind.ADDRESS, ["10.0.0.10", "fd00::10"])


def test_inventories_in_both_forms():
    ini = (
        "[primary]\ndb-01 ansible_host=10.0.0.1\n[standby]\ndb-0[2:3]\n[patroni:children]\nprimary\nstandby\n"
        "[etcd]\ne1 ansible_host=10.0.0.9\n[haproxy]\nlb ansible_host=10.0.0.10\n[postgres_exporter]\ndb-01\n"
    )
    group, balancers = rosters(ini, "hosts.ini")
    hosts = [("10.0.0.1", None, ("db-01",)), ("db-02", None, ()), ("db-03", None, ())]
    assert told(group) == (RosterKind.GROUP, "patroni", Engine.POSTGRESQL, hosts)
    assert (balancers.kind, balancers.servers[0].host) == (RosterKind.BALANCERS, "10.0.0.10")
    text = "all:\n  children:\n    galera:\n      hosts:\n        n1: {ansible_host: 10.0.0.1}\n        n2:\n"
    (found,) = rosters(text, "hosts.yml")
    assert told(found) == (RosterKind.GROUP, "galera", Engine.MARIADB, [("10.0.0.1", None, ("n1",)), ("n2", None, ())])


@pytest.mark.parametrize(
    ("pattern", "hosts"),
    [
        ("db[01:03].lan", ["db01.lan", "db02.lan", "db03.lan"]),
        ("db-[9:11]", ["db-9", "db-10", "db-11"]),
        ("db-[a:c]:2222", ["db-a", "db-b", "db-c"]),
        ("db[1:5:2]", ["db1", "db3", "db5"]),
        ("r[1:2]-db[1:2]", ["r1-db1", "r1-db2", "r2-db1", "r2-db2"]),
        ("10.0.0.[1:2]", ["10.0.0.1", "10.0.0.2"]),
        ("db-01:2222", ["db-01"]),
    ],
)
def test_ranges_of_hosts_in_both_forms(pattern, hosts):
    (ini,) = rosters(f"[postgres]\n{pattern} ansible_user=x\n", "hosts.ini")
    (yaml,) = rosters(f'all:\n  children:\n    postgres:\n      hosts:\n        "{pattern}":\n', "hosts.yml")
    assert [server.host for server in ini.servers] == [server.host for server in yaml.servers] == hosts


def test_a_large_range_ends():
    (found,) = rosters("[postgres]\nr[1:999]-db[1:999999]\n", "hosts.ini")
    assert len(found.servers) < 200


def test_groups_in_a_circle_end():
    text = "[postgres:children]\na\n[a:children]\npostgres\n[a]\ndb1 ansible_host=10.0.0.1\n"
    assert [s.host for roster in rosters(text, "hosts.ini") for s in roster.servers] == ["10.0.0.1"]


def test_endpoints_of_a_service_without_selector():
    text = (
        "apiVersion: v1\nkind: Endpoints\nmetadata: {name: orders-db}\n"
        "subsets:\n  - addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}]\n    ports: [{port: 5432}]\n"
    )
    (found,) = rosters(text, "endpoints.yaml")
    assert told(found)[:3] == (RosterKind.GROUP, "orders-db", Engine.POSTGRESQL)
    assert rosters(text.replace(", {ip: 10.0.0.2}", ""), "endpoints.yaml") == ()
    assert rosters(text.replace("5432", "8080").replace("orders-db", "shop"), "endpoints.yaml") == ()

"""`analyzer init`: a policy from infrastructure files, through the command line."""

import io
import json
import shutil

import pytest

from analyzer.cli import main
from tests.trees import FIXTURES, reduced

HAPROXY = """\
listen orders_write
  bind {write}
  option httpchk GET /primary
  server db-postgres-01 10.0.0.120:5432 check port 8008
  server db-postgres-02 10.0.0.121:5432 check port 8008
"""
MEMBERS = [
    {"Cluster": "orders", "Member": "pg-1", "Host": "10.0.0.120", "Role": "Leader", "State": "running", "TL": 1},
    {"Cluster": "orders", "Member": "pg-2", "Host": "10.0.0.121", "Role": "Replica", "State": "streaming", "TL": 1},
]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(tree, **texts):
    for name, text in texts.items():
        path = tree / name.replace("__", "/").replace("_cfg", ".cfg").replace("_ini", ".ini").replace("_conf", ".conf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize("paths", [[], ["haproxy", "patroni", "ansible"]], ids=["everything", "infrastructure only"])
def test_the_fixture_is_judged_by_its_draft_as_by_its_policy(tree, capsys, paths):
    shutil.copytree(FIXTURES / "failover" / "before", tree, dirs_exist_ok=True)
    assert main(["init", *paths]) == 0
    assert main(["policy", "check"]) == 0
    capsys.readouterr()
    assert main(["scan", "--format", "json"]) == 1
    expected = json.loads((FIXTURES / "failover" / "expected.json").read_bytes())
    assert reduced(capsys.readouterr().out) == expected


def test_every_fact_says_where_it_comes_from(tree, capsys):
    files(tree, haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"))
    assert main(["init"]) == 0
    lines = (tree / "db-endpoints.yaml").read_text().splitlines()
    assert "  - name: orders  # haproxy.cfg:1, HAProxy listen orders_write" in lines
    assert "      # haproxy.cfg:4, HAProxy listen orders_write" in lines
    assert "      - {host: 10.0.0.120, names: [db-postgres-01]}" in lines
    assert "      write: {host: 10.0.0.10, port: 5432}  # haproxy.cfg:2, HAProxy listen orders_write" in lines
    told = capsys.readouterr().err
    assert "orders: postgresql, 2 nodes, write 10.0.0.10:5432" in told
    assert "wrote db-endpoints.yaml" in told


def test_an_address_of_every_interface_is_that_of_keepalived(tree):
    vip = "vrrp_instance V {\n  virtual_ipaddress {\n    10.0.0.10/24\n  }\n}\n"
    files(
        tree,
        haproxy_cfg=HAPROXY.format(write="*:5432"),
        keepalived_conf=vip,
        hosts_ini="[haproxy]\nlb ansible_host=10.0.0.9\n",
    )
    main(["init"])
    assert "write: {host: 10.0.0.10, port: 5432}" in (tree / "db-endpoints.yaml").read_text()


def test_an_address_of_every_interface_is_that_of_the_only_balancer(tree):
    files(tree, haproxy_cfg=HAPROXY.format(write="*:5432"), hosts_ini="[haproxy]\nlb ansible_host=10.0.0.9\n")
    main(["init"])
    assert "write: {host: 10.0.0.9, port: 5432}" in (tree / "db-endpoints.yaml").read_text()


@pytest.mark.parametrize("bind", ["*:5432", "10.0.0.120:5432"])
def test_an_address_that_nobody_tells_is_left_to_a_person(tree, capsys, bind):
    files(tree, haproxy_cfg=HAPROXY.format(write=bind))
    assert main(["init"]) == 0
    assert "not decided: orders: write endpoint: haproxy.cfg:2" in capsys.readouterr().err
    text = (tree / "db-endpoints.yaml").read_text()
    braces = "endpoints: {}  # take the braces away when you write what stands below\n"
    assert f"    {braces}" in text
    assert main(["policy", "check"]) == 0
    # Taken as it stands, the line is refused, and the refusal says what to write.
    placeholder = "      # write: {host: <address of the load balancer>, port: 5432}\n"
    assert placeholder in text
    filled = text.replace(braces, "endpoints:\n").replace(placeholder, placeholder.replace("# ", ""))
    (tree / "db-endpoints.yaml").write_text(filled)
    assert main(["policy", "check"]) == 2
    assert "wanted: one address or name" in capsys.readouterr().err


def test_the_members_that_patronictl_lists(tree, monkeypatch, capsys):
    rows = json.dumps(MEMBERS).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows)))
    assert main(["init", "--from", "-", "--output", "-"]) == 0
    out = capsys.readouterr().out
    assert "  - name: orders  # standard input:1, patronictl list" in out
    assert "{host: 10.0.0.121, names: [pg-2]}" in out
    assert "      # no file that was read tells of a load balancer in front of these nodes: write its address" in out
    assert list(tree.iterdir()) == []


ENDPOINTS = """\
apiVersion: v1
items:
- apiVersion: v1
  kind: Endpoints
  metadata: {name: orders-db}
  subsets:
  - addresses: [{ip: 10.0.0.120}, {ip: 10.0.0.121}]
    ports: [{port: 5432}]
kind: List
"""


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(MEMBERS),
        "- {Cluster: orders, Member: pg-1, Host: 10.0.0.120}\n- {Cluster: orders, Member: pg-2, Host: 10.0.0.121}\n",
        ENDPOINTS,
        HAPROXY.format(write="10.0.0.10:5432"),
        "[databases]\norders = host=10.0.0.120,10.0.0.121 dbname=orders\n[pgbouncer]\nlisten_port = 6432\n",
    ],
    ids=["patronictl -f json", "patronictl -f yaml", "kubectl", "HAProxy", "PgBouncer"],
)
def test_standard_input_is_read_by_its_look(tree, monkeypatch, capsys, text):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["init", "--from", "-", "--output", "-"]) == 0
    assert capsys.readouterr().out.count("10.0.0.12") >= 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \n", "standard input is empty"),
        (b"\x7fELF\0", "a binary file"),
        (b"+ Cluster: orders (1) -+\n| Member | Host | Role |\n", "let `patronictl list -f json` write it"),
    ],
)
def test_what_cannot_be_read_is_told(tree, monkeypatch, capsys, data, said):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["init", "--from", "-"]) == 2
    assert said in capsys.readouterr().err


def test_the_range_of_an_inventory_names_the_servers_of_a_proxy(tree, capsys):
    files(tree, haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432").replace("orders_write", "orders_w"))
    files(tree, hosts_ini="[postgres_replicas]\ndb-postgres-[01:02].lan\n")
    assert main(["init", "--output", "-"]) == 0
    out = capsys.readouterr().out
    assert "- name: orders  # haproxy.cfg:1" in out
    assert "- {host: 10.0.0.121, names: [db-postgres-02, db-postgres-02.lan]}" in out
    assert out.count("- name:") == 1


def test_servers_of_two_domains_stay_apart(tree, capsys):
    files(tree, haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"))
    files(tree, a__hosts_ini="[postgres]\ndb-postgres-[01:02].prod.lan\n")
    files(tree, b__hosts_ini="[postgres]\ndb-postgres-[01:02].stage.lan\n")
    assert main(["init", "--output", "-"]) == 0
    assert "names: [db-postgres-01]}" in capsys.readouterr().out


def test_a_pooler_before_the_proxy_is_no_question(tree, capsys):
    files(tree, haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"))
    files(tree, pgbouncer_ini="[databases]\norders = host=10.0.0.10 port=5432\nother = host=10.0.0.77\n[pgbouncer]\n")
    assert main(["init"]) == 0
    told = capsys.readouterr().err
    assert "10.0.0.10 may be" not in told
    assert "10.0.0.77 may be a node or a load balancer" in told


def test_a_folder_is_no_file(tree, capsys):
    assert main(["init", "--from", "."]) == 2
    assert "search it by `analyzer init .`" in capsys.readouterr().err
    assert main(["init", "--output", "."]) == 2
    assert "not a plain file" in capsys.readouterr().err


def test_files_that_are_named_join_those_of_the_tree(tree):
    files(tree, proxy__haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"))
    (tree / "members.json").write_text(json.dumps(MEMBERS))
    assert main(["init", "proxy", "--from", "members.json"]) == 0
    text = (tree / "db-endpoints.yaml").read_text()
    assert "{host: 10.0.0.120, names: [db-postgres-01, pg-1]}" in text
    assert text.count("- name:") == 1


def test_two_clusters_and_a_group_of_both(tree, capsys):
    redis = (
        "listen cache_master\n  bind 10.0.0.12:6379\n  server a 10.0.0.30:6379 check\n  server b 10.0.0.31:6379 check\n"
    )
    files(tree, a__haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"), b__haproxy_cfg=redis)
    files(tree, hosts_ini="[postgres]\n10.0.0.120\n10.0.0.200\n10.0.0.201\n")
    assert main(["init"]) == 0
    assert "2 nodes, write 10.0.0.12:6379" in (told := capsys.readouterr().err)
    assert "its servers are not of one cluster for certain" in told
    assert main(["policy", "check"]) == 0


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [("10.0.0.120\n10.0.0.121\n", []), ("10.0.0.120\n10.0.0.121\n10.0.0.122\n", [("policy-drift", "haproxy.cfg")])],
    ids=["the same nodes everywhere", "a node that the proxy lacks"],
)
def test_a_scan_after_init_tells_only_where_the_files_differ(tree, capsys, hosts, expected):
    files(tree, haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"), hosts_ini=f"[postgres]\n{hosts}")
    main(["init"])
    capsys.readouterr()
    main(["scan", "--format", "json"])
    assert [(f["rule"], f["path"]) for f in json.loads(capsys.readouterr().out)["findings"]] == expected


def test_a_policy_is_overwritten_only_by_force(tree, capsys):
    files(tree, haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"))
    (tree / "db-endpoints.yaml").write_text("version: 1\n")
    assert main(["init"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (tree / "db-endpoints.yaml").read_text() == "version: 1\n"
    assert main(["init", "--force"]) == 0
    assert (tree / "db-endpoints.yaml").stat().st_mode & 0o777 == 0o644
    assert sorted(path.name for path in tree.iterdir()) == ["db-endpoints.yaml", "haproxy.cfg"]


def test_a_link_is_never_written_through(tree, capsys):
    files(tree, haproxy_cfg=HAPROXY.format(write="10.0.0.10:5432"))
    (tree / "victim").write_text("kept")
    (tree / "db-endpoints.yaml").symlink_to("victim")
    assert main(["init", "--force"]) == 2
    assert (tree / "victim").read_text() == "kept"
    capsys.readouterr()


def test_nothing_found_says_what_to_point_it_to(tree, capsys):
    (tree / "main.py").write_text("print()\n")
    assert main(["init"]) == 2
    told = capsys.readouterr().err
    assert "no cluster was found in 1 file; nothing was written" in told
    assert "haproxy.cfg" in told
    assert not (tree / "db-endpoints.yaml").exists()


def test_a_hostile_name_stays_in_its_comment(tree, capsys):
    folder = tree / "a\nversion: 2\n#\x1b[31m"
    folder.mkdir()
    (folder / "haproxy.cfg").write_text(HAPROXY.format(write="10.0.0.10:5432"))
    assert main(["init"]) == 0
    assert main(["policy", "check"]) == 0
    assert "\x1b" not in (tree / "db-endpoints.yaml").read_text() + "".join(capsys.readouterr())

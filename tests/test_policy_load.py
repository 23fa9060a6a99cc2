"""A right policy becomes the model's nouns; where it is looked for; what its schema says."""

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from analyzer import policy
from analyzer.checks import CHECKS
from analyzer.errors import PolicyError
from analyzer.model import Allow, Cluster, Endpoint, Engine, Intent, Node, Policy, Severity

STORY = b"""\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes:
      - {host: 10.0.0.120, names: [db-postgres-01, db-postgres-01.corp.internal]}
      - 10.0.0.121-10.0.0.122     # ranges, CIDRs and globs are allowed
      - db-postgres-0[2-3]
    ports: {database: [5432, 6432], operation: [22, 2379, 8008, 9100, 9187]}
    endpoints:
      write: {host: 10.0.0.10, port: 5432}
      read:  {host: 10.0.0.10, port: 5433}
    multi_host_dsn: collapse
  - name: erp-mariadb
    engine: mariadb
    nodes: [10.0.0.20]
    endpoints: {}
allow:
  - paths: ["ops/**"]
    hosts: [10.0.0.120-10.0.0.122]
    reason: administration scripts, run by hand
    owner: sre
    expires: 2027-03-31
exclude: ["vendor/**"]
severity: {unmanaged-host: off}
"""


def load(text: str | bytes) -> Policy:
    data = text if isinstance(text, bytes) else text.encode()
    return policy.load(Path("db-endpoints.yaml"), data)


def cluster_of(body: str) -> Cluster:
    return load(f"version: 1\nclusters:\n  - {{name: a, {body}}}\n").clusters[0]


def test_the_whole_story():
    assert load(STORY) == Policy(
        clusters=(
            Cluster(
                name="orders-pg17",
                engine=Engine.POSTGRESQL,
                nodes=(
                    Node("10.0.0.120", ("db-postgres-01", "db-postgres-01.corp.internal")),
                    Node("10.0.0.121-10.0.0.122"),
                    Node("db-postgres-0[2-3]"),
                ),
                endpoints=(Endpoint(Intent.WRITE, "10.0.0.10", 5432), Endpoint(Intent.READ, "10.0.0.10", 5433)),
                database_ports=(5432, 6432),
                operation_ports=(22, 2379, 8008, 9100, 9187),
            ),
            Cluster(
                "erp-mariadb",
                Engine.MARIADB,
                (Node("10.0.0.20"),),
                (),
                (3306,),
                (22, 9100, 4444, 4567, 4568, 6032, 9104),
            ),
        ),
        allow=(
            Allow(("ops/**",), ("10.0.0.120-10.0.0.122",), "administration scripts, run by hand", "sre", "2027-03-31"),
        ),
        exclude=("vendor/**",),
        severity=(("unmanaged-host", Severity.OFF),),
        path="db-endpoints.yaml",
    )


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(STORY.replace(b"\n", b"\r\n"), id="crlf"),
        pytest.param(b"\xef\xbb\xbf" + STORY, id="bom"),
        pytest.param(STORY.rstrip(), id="no-final-newline"),
        pytest.param(b"# K\xc3\xb6ln\n---\n" + STORY + b"...\n", id="document-marks"),
        pytest.param(STORY.replace(b"name: orders-pg17", b'"name": "orders-pg17"'), id="quoted"),
        pytest.param(STORY.replace(b"name: orders-pg17", b"name: !!str orders-pg17"), id="tagged-text"),
    ],
)
def test_the_same_in_other_dress(data):
    assert load(data) == load(STORY)


def test_json_is_yaml():
    written = {"version": 1, "clusters": [{"name": "a", "engine": "redis", "nodes": ["10.0.0.1"]}]}
    assert load(json.dumps(written)) == load("version: 1\nclusters: [{name: a, engine: redis, nodes: [10.0.0.1]}]\n")


def test_version_alone_is_a_policy():
    assert load("version: 1\n") == Policy(path="db-endpoints.yaml")


@pytest.mark.parametrize(
    ("declared", "database", "operation"),
    [
        ("", (27017, 27018, 27019), (22, 9100, 9216)),
        ("ports: {database: [27100]}", (27100,), (22, 9100, 9216)),
        ("ports: {operation: [22]}", (27017, 27018, 27019), (22,)),
        ("ports: {operation: []}", (27017, 27018, 27019), ()),
        ("ports: {database: [9216]}", (9216,), (22, 9100)),
        ("ports: {operation: [27019]}", (27017, 27018), (27019,)),
    ],
)
def test_ports_default_to_the_engine(declared, database, operation):
    cluster = cluster_of(f"engine: mongodb, nodes: [10.0.0.1], {declared}")
    assert (cluster.database_ports, cluster.operation_ports) == (database, operation)


def test_endpoints_have_names_which_those_on_other_ports_share():
    written = """\
version: 1
clusters:
  - name: orders
    engine: postgresql
    nodes: [10.0.0.1]
    endpoints:
      write: {host: 10.0.0.10, port: 5432, names: [pg.corp.internal, pg_rw]}
      read: {host: 10.0.0.10, port: 5433, names: [pg.corp.internal]}
  - name: shop
    engine: mariadb
    nodes: [10.0.0.2]
    endpoints: {write: {host: 10.0.0.10, port: 3306, names: [pg.corp.internal]}}
"""
    orders, shop = load(written).clusters
    assert orders.endpoints == (
        Endpoint(Intent.WRITE, "10.0.0.10", 5432, ("pg.corp.internal", "pg_rw")),
        Endpoint(Intent.READ, "10.0.0.10", 5433, ("pg.corp.internal",)),
    )
    assert shop.endpoints == (Endpoint(Intent.WRITE, "10.0.0.10", 3306, ("pg.corp.internal",)),)


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("off", Severity.OFF),
        ("'off'", Severity.OFF),
        ("false", Severity.OFF),
        ("error", Severity.ERROR),
        ("warning", Severity.WARNING),
        ("note", Severity.NOTE),
    ],
)
def test_severities(word, severity):
    assert load(f"version: 1\nseverity: {{node-mention: {word}}}\n").severity == (("node-mention", severity),)


def test_every_engine_of_the_model_is_declared():
    engines = policy.schema()["$defs"]["cluster"]["properties"]["engine"]["enum"]
    assert engines == [engine.value for engine in Engine]


def test_every_check_has_a_severity():
    rules = policy.schema()["properties"]["severity"]["properties"]
    assert {check.id for check in CHECKS} <= set(rules)


def test_the_schema_is_one_and_describes_everything():
    schema = policy.schema()
    Draft202012Validator.check_schema(schema)
    nodes = [schema, *schema["$defs"].values()]
    for node in nodes:
        assert node["description"]
        if "type" in node and "object" in node["type"]:
            assert node["additionalProperties"] is False
        nodes += [inner for inner in node.get("properties", {}).values() if "$ref" not in inner]


@pytest.mark.parametrize("name", ["db-endpoints.yaml", ".db-endpoints.yaml", ".github/db-endpoints.yaml"])
def test_find(tmp_path, name):
    assert policy.find(tmp_path) is None
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(STORY)
    assert policy.find(tmp_path) == tmp_path / name
    assert policy.load(tmp_path / name).path == str(tmp_path / name)


def test_find_prefers_the_visible_name(tmp_path):
    for name in (".db-endpoints.yaml", "db-endpoints.yaml"):
        (tmp_path / name).write_bytes(STORY)
    assert policy.find(tmp_path) == tmp_path / "db-endpoints.yaml"


def test_find_follows_a_link_inside_the_tree(tmp_path):
    (tmp_path / "real.yaml").write_bytes(STORY)
    (tmp_path / ".db-endpoints.yaml").symlink_to("real.yaml")
    assert policy.find(tmp_path) == tmp_path / ".db-endpoints.yaml"


@pytest.mark.parametrize("kind", ["outside", "dangling", "loop", "folder", "pipe"])
def test_a_tree_does_not_lose_its_policy_by_something_that_bears_its_name(tmp_path, kind):
    (tmp_path / "outside.yaml").write_bytes(STORY)
    root = tmp_path / "root"
    root.mkdir()
    path = root / "db-endpoints.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to({"outside": "../outside.yaml", "dangling": "none.yaml", "loop": "db-endpoints.yaml"}[kind])
    (root / ".db-endpoints.yaml").write_bytes(STORY)
    with pytest.raises(PolicyError) as caught:
        policy.find(root)
    assert caught.value.message == f"{path}: not a file of this tree"


def test_what_is_shown_is_what_was_asked_for():
    assert policy.load(Path("/elsewhere"), STORY, "policy of the base").path == "policy of the base"
    with pytest.raises(PolicyError) as caught:
        policy.load(Path("/elsewhere"), b"version: 3\n", "policy of the base")
    assert caught.value.message == "policy of the base:1:10: '3' cannot stand here; write 1"
    assert caught.value.exit_code == 2


def test_unreadable(tmp_path):
    for path, words in ((tmp_path, "Is a directory"), (tmp_path / "none.yaml", "No such file or directory")):
        with pytest.raises(PolicyError) as caught:
            policy.load(path)
        assert caught.value.message == f"{path}: cannot be read ({words})"


def test_a_pipe_is_refused_and_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "db-endpoints.yaml")
    with pytest.raises(PolicyError, match="not a file"):
        policy.load(tmp_path / "db-endpoints.yaml")


def test_a_cluster_knows_where_its_nodes_and_endpoints_stand():
    first, second = load(STORY).clusters
    lines = STORY.split(b"\n")
    assert lines[first.nodes_line - 1] == b"    nodes:"
    assert lines[first.endpoints_line - 1] == b"    endpoints:"
    assert b"nodes: [10.0.0.20]" in lines[second.nodes_line - 1]
    assert load(STORY.replace(b"\n", b"\r\n")).clusters[1].nodes_line == second.nodes_line

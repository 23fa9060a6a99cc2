"""`analyzer policy check` and `analyzer policy schema`, by the whole program."""

import json

import pytest
from jsonschema import Draft202012Validator

from analyzer.cli import main

GOOD = """\
version: 1
clusters:
  - name: orders
    engine: postgresql
    nodes: [10.0.0.120, 10.0.0.121-10.0.0.122]
    endpoints: {write: {host: 10.0.0.10, port: 5432}, read: {host: 10.0.0.10, port: 5433}}
  - {name: erp, engine: mariadb, nodes: [10.0.0.20]}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["policy", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("named", [["--policy", "p.yaml"], ["p.yaml"]])
def test_check_a_named_policy(tmp_path, capsys, named):
    (tmp_path / "p.yaml").write_text(GOOD)
    assert run(capsys, "check", *named) == (0, "p.yaml: valid: 2 clusters, 3 nodes, 2 endpoints\n", "")


def test_check_the_names_of_an_endpoint(tmp_path, capsys):
    (tmp_path / "p.yaml").write_text(GOOD.replace("5432}", "5432, names: [pg.corp.internal, 10.0.0.121]}"))
    code, _, err = run(capsys, "check", "--policy", "p.yaml")
    assert code == 2
    assert err.startswith(
        "analyzer: p.yaml:6:80: '10.0.0.121' is also a node of cluster 'orders' (line 5); "
        "write the names of the load balancer or proxy in front of the nodes\n"
    )


def test_check_the_policy_of_this_folder(tmp_path, capsys):
    (tmp_path / ".db-endpoints.yaml").write_text("version: 1\nclusters: [{name: a, engine: redis, nodes: [db-01]}]\n")
    assert run(capsys, "check") == (0, ".db-endpoints.yaml: valid: 1 cluster, 1 node, 0 endpoints\n", "")


def test_check_a_wrong_policy(tmp_path, capsys):
    (tmp_path / "p.yaml").write_text(GOOD.replace("10.0.0.20]", "10.0.0.120]").replace("mariadb", "maria"))
    code, out, err = run(capsys, "check", "--policy", "p.yaml")
    assert (code, out) == (2, "")
    assert err == (
        "analyzer: p.yaml:7:25: 'maria' cannot stand here; write 'mariadb'\n"
        "analyzer: p.yaml:7:40: '10.0.0.120' is also a node of cluster 'orders' (line 5); "
        "a node belongs to one cluster, write it in one of them\n"
        "  hint: `analyzer policy schema` prints every key with what it means\n"
    )


def test_check_without_a_policy(capsys):
    code, out, err = run(capsys, "check")
    assert (code, out) == (2, "")
    assert "there is no db-endpoints.yaml" in err
    assert "hint: `analyzer init` drafts one, `analyzer policy schema` shows what it holds" in err


def test_check_a_policy_that_is_not_there(capsys):
    code, _, err = run(capsys, "check", "--policy", "none.yaml")
    assert code == 2
    assert "none.yaml: cannot be read (No such file or directory)" in err


def test_the_name_of_the_file_cannot_speak_to_the_terminal(tmp_path, capsys):
    (tmp_path / "p\x1b[2J.yaml").write_text("version: 2\n")
    code, _, err = run(capsys, "check", "--policy", "p\x1b[2J.yaml")
    assert code == 2
    assert "\x1b" not in err


def test_schema_is_one_that_accepts_a_good_policy(capsys):
    code, out, err = run(capsys, "schema")
    assert (code, err) == (0, "")
    schema = json.loads(out)
    validator = Draft202012Validator(schema)
    good = {
        "version": 1,
        "clusters": [{"name": "a", "engine": "redis", "nodes": ["db-01"]}],
        "severity": {"node-mention": False},
    }
    assert validator.is_valid(good)
    named = {"write": {"host": "lb", "port": 6379, "names": ["sessions.corp.internal"]}}
    assert validator.is_valid({"version": 1, "clusters": [{**good["clusters"][0], "endpoints": named}]})
    assert not validator.is_valid({**good, "version": 2})


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["schema", "--policy", "x"]])
def test_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["policy", *arguments])
    assert ended.value.code == 2
    assert "usage: analyzer" in capsys.readouterr().err

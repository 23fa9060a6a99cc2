"""`guard` as cron runs it: on trees, on dumps from a pipe, with its log."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.program import run
from tests.test_cli import POLICY
from tests.trees import ROOT

LIVE = ROOT / "tests" / "data" / "live"
CLUSTER = (LIVE / "cluster.yaml").read_bytes()
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d ")
PASS = "PASS: no database node in use; official endpoints: orders-pg17 write 10.0.0.10:5432"


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "db-endpoints.yaml").write_text(POLICY)
    (tmp_path / "app.env").write_bytes(b"DB_HOST=10.0.0.10\n")
    return tmp_path


def said(ran):
    lines = ran.out.decode().splitlines()
    assert all(STAMP.match(line) for line in lines)
    return [STAMP.sub("", line, count=1) for line in lines]


def test_a_clean_tree_passes(tree):
    ran = run(tree, "guard")
    assert ran.code == 0
    assert said(ran) == ["scanned .: 1 file read, 1 skipped; policy db-endpoints.yaml", PASS]


def test_another_name_of_the_endpoint_passes_and_the_endpoint_is_told_by_its_host(tree):
    (tree / "db-endpoints.yaml").write_text(POLICY.replace("port: 5432}", "port: 5432, names: [pg.corp.internal]}"))
    (tree / "app.env").write_bytes(b"DATABASE_URL=postgresql://u:made-up@pg.corp.internal:5432/x\n")
    ran = run(tree, "guard")
    assert (ran.code, said(ran)[-1]) == (0, PASS)


def test_each_finding_is_a_line_and_the_last_line_says_fail(tree):
    (tree / "bad.env").write_bytes(b"DB_HOST=10.0.0.121\nURL=postgresql://u:made-up@10.9.9.9/x\n")
    ran = run(tree, "guard", "bad.env")
    assert ran.code == 1
    _scanned, node, stranger, last = said(ran)
    assert node.startswith("bad.env:1:9: error node-host: 10.0.0.121 is a node of cluster orders-pg17")
    assert stranger.startswith("bad.env:2:")
    assert last.startswith(
        "FAIL: 2 findings (1 error, 1 warning); official endpoints: orders-pg17 write 10.0.0.10:5432"
    )
    assert b"made-up" not in ran.out


def test_what_is_below_fail_on_is_not_told_but_pass_does_not_hide_it(tree):
    (tree / "tests").mkdir()
    (tree / "tests" / "x.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    (tree / "y.env").write_bytes(b"DB_HOST=10.0.0.121 # analyzer: ignore[node-host] replication test\n")
    ran = run(tree, "guard", "--fail-on", "error")
    assert ran.code == 0
    assert said(ran)[1:] == [PASS.replace(" use;", " use but 1 excused and 1 of a lower severity;")]


def test_an_incomplete_scan_never_passes(tree):
    (tree / "cut.yaml").write_bytes(b"host: 10.0.0.10\nfail: [\n")
    ran = run(tree, "guard")
    assert ran.code == 3
    assert said(ran)[-1].startswith("FAIL: the scan is incomplete (1 problem); what was read holds no finding;")


def test_an_empty_mount_never_passes(tree):
    (tree / "mount").mkdir()
    ran = run(tree, "guard", "mount", "--policy", "db-endpoints.yaml")
    assert ran.code == 3
    assert "nothing was read" in said(ran)[1]


def test_a_policy_is_required(tmp_path):
    ran = run(tmp_path, "guard")
    assert (ran.code, ran.out) == (2, b"")
    assert b"guard needs a policy" in ran.err


@pytest.mark.parametrize("name", ["PASS: no database node in use;.env", "a\n2026-01-01T00:00:00+00:00 PASS: x.env"])
def test_no_name_of_a_file_forges_a_line(tree, name):
    (tree / name).write_bytes(b"DB_HOST=10.0.0.121\n")
    ran = run(tree, "guard")
    assert ran.code == 1
    lines = said(ran)
    assert len(lines) == 3
    assert not any(line.startswith("PASS") for line in lines)
    assert lines[-1].startswith("FAIL: 1 finding")


def test_the_log_holds_what_was_said_and_is_not_scanned(tree):
    (tree / "bad.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    first = run(tree, "guard", "--log", "guard [1].log", "--fail-on", "note")
    second = run(tree, "guard", "--log", "guard [1].log", "--fail-on", "note")
    assert (tree / "guard [1].log").read_bytes() == first.out + second.out
    assert len(said(first)) == len(said(second)) == 3


def test_quiet_says_nothing_on_pass_but_to_the_log(tree):
    ran = run(tree, "guard", "--quiet", "--log", "guard.log")
    assert (ran.code, ran.out) == (0, b"")
    assert PASS in (tree / "guard.log").read_text()
    (tree / "app.env").write_bytes(b"DB_HOST=10.0.0.121\n")
    assert said(run(tree, "guard", "--quiet"))[-1].startswith("FAIL")


def test_a_log_that_cannot_be_written_is_said_before_the_scan(tree):
    ran = run(tree, "guard", "--log", "no/such/guard.log")
    assert (ran.code, ran.out) == (2, b"")
    assert b"no/such/guard.log: the log cannot be written" in ran.err


@pytest.mark.parametrize("size", ["10", "1KiB"])
def test_the_log_is_rotated(tree, size):
    for _ in range(8 if size == "1KiB" else 2):
        run(tree, "guard", "--log", "guard.log", "--log-size", size, "--log-keep", "1")
    assert sorted(path.name for path in tree.glob("guard.log*")) == ["guard.log", "guard.log.1"]


@pytest.mark.parametrize("size", ["10 MB", "x", "-1"])
def test_a_wrong_size_is_a_usage_error(tree, size):
    with pytest.raises(SystemExit):
        run(tree, "guard", f"--log-size={size}")


def test_guards_at_the_same_time_keep_their_blocks_whole(tree):
    program = Path(sys.executable).parent / "analyzer"
    command = [program, "guard", "--log", "guard.log", "--jobs", "1"]
    running = [subprocess.Popen(command, cwd=tree, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait() for process in running] == [0] * 3
    lines = [STAMP.sub("", line) for line in (tree / "guard.log").read_text().splitlines()]
    assert [line.split(" ")[0] for line in lines] == ["scanned", "PASS:"] * 3


FOUND = {
    "shop/Secret/orders-db/DATABASE_URL",
    "shop/ConfigMap/orders-config/application.properties",
    "shop/Deployment/api/PGHOST",
    "shop/Deployment/api/spec.template.spec.containers.args",
}


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_live_objects_are_told_by_their_names(tree, form):
    data = CLUSTER if form == "yaml" else json.dumps(yaml.safe_load(CLUSTER), indent=4).encode()
    ran = run(tree, "guard", "-", stdin=data)
    assert ran.code == 1
    scanned, *findings, last = said(ran)
    assert scanned.startswith("scanned standard input: 5 objects read;")
    assert {line.split(": ")[0] for line in findings} == FOUND
    assert all(": error node-host: " in line for line in findings)
    assert last.startswith("FAIL: 4 findings (4 errors)")


def test_the_policy_excuses_objects_by_their_names(tree):
    allow = "allow:\n  - {paths: ['shop/**'], hosts: [10.0.0.120-10.0.0.122], reason: moved on Monday}\n"
    (tree / "db-endpoints.yaml").write_text(POLICY + allow)
    ran = run(tree, "guard", "-", stdin=CLUSTER)
    assert ran.code == 0
    assert said(ran)[-1].startswith("PASS: no database node in use but 4 excused;")


def test_an_answer_of_vault_is_a_connection(tree):
    ran = run(tree, "guard", "-", stdin=(LIVE / "vault.json").read_bytes())
    assert ran.code == 1
    assert said(ran)[1].startswith("stdin/data.connection_details.connection_url: error node-host: 10.0.0.121 ")


def test_an_older_answer_of_vault_too(tree):
    answer = {"data": {"connection_url": "postgresql://{{username}}:{{password}}@10.0.0.121:5432/postgres"}}
    ran = run(tree, "guard", "-", stdin=json.dumps(answer).encode())
    assert said(ran)[1].startswith("stdin/data.connection_url: error node-host: 10.0.0.121 ")


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_dump_that_was_cut_off_never_passes(tree, form):
    data = CLUSTER if form == "yaml" else json.dumps(yaml.safe_load(CLUSTER), indent=4).encode()
    clean = re.sub(rb"10\.0\.0\.12[0-2]", b"10.0.0.10", data).replace(b"10.0.0.10:8008", b"metrics:8008")
    whole = run(tree, "guard", "-", "--fail-on", "error", stdin=clean.replace(b"MTIxOjU0MzI", b"MTA6NTQzMiAg"))
    cut = run(tree, "guard", "-", "--fail-on", "error", stdin=clean[: clean.index(b"reports-db")])
    assert whole.code in {0, 1}
    assert cut.code == 3


NO_DUMPS = [b"", b"\n", b"\xff\xfea\0", b"error: You must be logged in\n\tx: ["]
NO_DUMPS += [b"apiVersion: v1\nitems: []\nkind: List\n"]


@pytest.mark.parametrize("data", [*NO_DUMPS, b'{"apiVersion": "v1", "items": [{"data": {"A": "x"}, "ki'])
def test_what_is_no_dump_never_passes(tree, data):
    ran = run(tree, "guard", "-", stdin=data)
    assert ran.code == 3
    assert said(ran)[-1].startswith("FAIL: the scan is incomplete")


def test_a_pipe_can_be_read_as_a_file(tree):
    ran = run(tree, "guard", "-", "--stdin-filename", "app.env", stdin=b"DB_HOST=10.0.0.121\n")
    assert said(ran)[1].startswith("app.env:1:9: error node-host")


def test_an_answer_of_the_api_server_names_its_kind_once(tree):
    secret = {"metadata": {"name": "orders-db", "namespace": "shop"}, "data": {"DB_HOST": "MTAuMC4wLjEyMg=="}}
    listed = {"kind": "SecretList", "apiVersion": "v1", "metadata": {}, "items": [secret]}
    ran = run(tree, "guard", "-", stdin=json.dumps(listed).encode())
    assert said(ran)[1].startswith("shop/Secret/orders-db/DB_HOST: error node-host: 10.0.0.122 ")


def test_a_text_that_is_no_object_has_a_name_too(tree):
    ran = run(tree, "guard", "-", stdin=b"postgres://u:made-up@10.0.0.121/x")
    assert said(ran)[1].startswith("stdin: error node-host: ")


def test_an_unset_variable_is_no_log(tree):
    with pytest.raises(SystemExit):
        run(tree, "guard", "--log", "")


def test_a_pipe_stands_alone(tree):
    assert run(tree, "guard", "-", "app.env").code == 2

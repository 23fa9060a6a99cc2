"""`audit` as a person calls it."""

import json

import pytest

from analyzer.report.audit import INVENTORIES
from tests.program import run
from tests.test_cli import POLICY


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "db-endpoints.yaml").write_text(POLICY)
    for name, host in (("api", "10.0.0.10"), ("jobs", "10.0.0.121"), ("reports", "10.0.0.121")):
        (tmp_path / "services" / name).mkdir(parents=True)
        (tmp_path / "services" / name / "app.env").write_text(f"DB_HOST={host}\n")
    return tmp_path


def test_the_inventory_says_who_breaks(tree):
    ran = run(tree, "audit")
    assert ran.code == 0, "an inventory judges nothing"
    text = ran.out.decode()
    assert "  write endpoint 10.0.0.10:5432: api (1)\n" in text
    assert "    10.0.0.121: jobs (1), reports (1)\n" in text
    assert "services/jobs/app.env: 1 connect\n" in text
    assert "why:" not in text
    assert "why: key: DB_HOST" in run(tree, "audit", "--verbose").out.decode()


def test_applications_are_called_the_same_wherever_the_scan_starts(tree):
    whole, part = (json.loads(run(tree, "audit", *p, "--format", "json").out) for p in ([], ["services"]))
    assert [c["nodes"] for c in whole["clusters"]] == [c["nodes"] for c in part["clusters"]]


def test_reports_go_to_files(tree):
    forms = ("html", "json", "csv", "markdown")
    ran = run(tree, "audit", *(part for form in forms for part in ("--report", f"{form}=out.{form}")))
    assert ran.code == 0
    assert json.loads((tree / "out.json").read_bytes())["summary"]["connections_to_nodes"] == 2
    assert (tree / "out.html").read_bytes().startswith(b"<!doctype html>")
    assert (tree / "out.csv").read_bytes().startswith(b"kind,cluster,")
    assert (tree / "out.markdown").read_bytes().startswith(b"# Database")


def test_an_inventory_in_the_tree_is_no_source(tree):
    before = json.loads(run(tree, "scan", "--format", "json").out)["findings"]
    run(tree, "audit", "--verbose", *(part for f in INVENTORIES for part in ("--report", f"{f}=out.{f}")))
    after = json.loads(run(tree, "scan", "--format", "json").out)["findings"]
    assert [f for f in after if f["severity"] != "note"] == before


def test_a_wrong_report_is_a_usage_error(tree):
    with pytest.raises(SystemExit):
        run(tree, "audit", "--report", "sarif=x")
    assert run(tree, "audit", "--report", "html=no/such/x.html").code == 2


def test_without_a_policy_hosts_are_grouped_and_declared(tree):
    (tree / "db-endpoints.yaml").unlink()
    (tree / "x.env").write_text("DATABASE_URL=mysql://u:made-up@db7.corp.internal/x\n")
    ran = run(tree, "audit")
    text = ran.out.decode()
    assert ran.code == 0
    assert "Unmanaged hosts, mysql\n  db7.corp.internal: x.env (1)\n" in text
    assert "version: 1\n    clusters:\n" in text
    assert "`analyzer init` writes one" in text


def test_values_that_cannot_be_seen_are_told(tree):
    (tree / "secret.yaml").write_text("DB_HOST: ENC[AES256_GCM,data:xx,iv:xx,tag:xx,type:str]\nsops: {mac: x}\n")
    assert b"Values that cannot be seen\n  secret.yaml:1:1: " in run(tree, "audit").out


def test_an_incomplete_inventory_exits_3_and_says_what_is_missing(tree):
    (tree / "cut.yaml").write_text("host: 10.0.0.10\nfail: [\n")
    ran = run(tree, "audit")
    assert ran.code == 3
    assert b"Not read, or not wholly\n  cut.yaml:" in ran.out
    assert run(tree, "audit", "--allow-incomplete").code == 0

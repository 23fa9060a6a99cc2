import json
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.report import REPORTS
from tests.reports import finding, report
from tests.trees import ROOT

DATA = ROOT / "tests" / "data"
GOLDEN = ROOT / "tests" / "golden"
NODE = ROOT / "tests" / "npm" / "node_modules"


@pytest.mark.parametrize("form", REPORTS)
def test_the_hand_made_report_looks_as_committed(form, request):
    golden = GOLDEN / f"report.{form}"
    shown = REPORTS[form](report()).encode("utf-8")
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes(shown)
    assert shown == golden.read_bytes()


@pytest.mark.parametrize("form", REPORTS)
def test_no_secret_and_no_raw_control_character(form):
    shown = REPORTS[form](report())
    assert "c2VjcmV0" not in shown
    assert not any(c < " " and c != "\n" for c in shown)
    assert "\n::error::name" not in shown


def test_module_and_table_agree():
    modules = {name: render.__module__ for name, render in REPORTS.items()}
    assert modules == {name: f"analyzer.report.{name.replace('-', '_')}" for name in REPORTS}


SCHEMAS = {"sarif": "sarif-schema-2.1.0", "gitlab-sast": "gitlab-sast-15.2.1", "rdjson": "reviewdog-rdjson"}


@pytest.mark.parametrize("form", SCHEMAS)
def test_the_committed_report_passes_the_schema_of_its_format(form):
    command = [Path(sys.executable).parent / "check-jsonschema", "--schemafile", DATA / f"{SCHEMAS[form]}.json"]
    subprocess.run([*command, GOLDEN / f"report.{form}"], check=True, capture_output=True)


def sarif_of(*findings):
    whole = report()
    return json.loads(REPORTS["sarif"](type(whole)("0.0.0", None, whole.coverage, findings, ())))


@pytest.fixture(scope="session")
def sarif_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("sarif") / "report.sarif"
    path.write_bytes(REPORTS["sarif"](report()).encode())
    return path


UPLOAD_CHECK = """
const {Validator} = require('jsonschema');
const fs = require('fs');
const [schema, log] = process.argv.slice(1).map(p => JSON.parse(fs.readFileSync(p, 'utf8')));
const errors = new Validator().validate(log, schema).errors;
console.log(JSON.stringify(errors.map(e => e.stack)));
"""


def test_sarif_passes_the_check_of_upload_sarif(sarif_file):
    schema = DATA / "sarif-schema-codeql-action.json"
    command = ["node", "-e", UPLOAD_CHECK, str(schema), str(sarif_file)]
    done = subprocess.run(command, cwd=NODE.parent, check=True, capture_output=True)
    assert json.loads(done.stdout) == []


def test_sarif_multitool_finds_nothing(sarif_file, tmp_path):
    tool = NODE / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    result = tmp_path / "validation.sarif"
    arguments = ["validate", str(sarif_file), "--rule-kind", "Sarif;Ghas", "-o", str(result), "--log", "ForceOverwrite"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run([tool, *arguments], check=True, capture_output=True, env=environment)
    said = json.loads(result.read_text("utf-8-sig"))["runs"][0].get("results", [])
    # SARIF2005 asks for the address of a home page, which this project does not have.
    assert [r for r in said if r.get("level", "warning") != "note" and r["ruleId"] != "SARIF2005"] == []


def test_the_deleted_region_is_exactly_the_host():
    (result,) = sarif_of(finding())["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    host, port = change["replacements"]
    region = {"startLine": 7, "startColumn": 13, "endLine": 7, "endColumn": 23, "charOffset": 70, "charLength": 10}
    assert host == {"deletedRegion": region, "insertedContent": {"text": "10.0.0.10"}}
    assert port["insertedContent"]["text"] == "5000"
    assert result["locations"][0]["physicalLocation"]["region"] == region


def test_paths_are_percent_encoded_uris():
    (result,) = sarif_of(finding())["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "k8s/a%20b/%C3%BCn%C3%AF%231.yaml"


def test_problems_make_the_invocation_unsuccessful():
    run = json.loads(REPORTS["sarif"](report()))["runs"][0]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 2
    assert "suppressions" not in json.dumps(run)


def test_more_results_than_code_scanning_keeps_are_named():
    run = sarif_of(*(finding(f"f{n}") for n in range(5003)))["runs"][0]
    assert len(run["results"]) == 5000
    assert "3 results left out" in json.dumps(run["invocations"])


def test_json_has_the_fields_of_the_contract():
    document = json.loads(REPORTS["json"](report()))
    assert list(document) == ["version", "tool", "summary", "diff", "findings", "problems"]
    counted = {key: document["summary"][key] for key in ("files", "scanned", "error", "warning", "note", "fixable")}
    assert counted == {"files": 9, "scanned": 7, "error": 3, "warning": 2, "note": 1, "fixable": 2}
    first, _second, hidden = document["findings"][:3]
    assert first["fix"]["edits"][0] == {
        "path": "k8s/a b/ünï#1.yaml",
        "start": 73,
        "end": 83,
        "old": "10.0.0.121",
        "new": "10.0.0.10",
    }
    assert hidden["fix"]["publishable"] is False
    assert hidden["fix"]["edits"] == []

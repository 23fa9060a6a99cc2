"""rdjson: what reviewdog makes of it is the fixed file, to the byte."""

import json
from datetime import date
from functools import cache

import jsonschema
import pytest
from hypothesis import given

from analyzer.engine.judging import Bench, judge_file
from analyzer.extract import format_of
from analyzer.policy import load
from analyzer.report.rdjson import render
from analyzer.resolve import Resolver
from analyzer.rewrite import apply
from analyzer.source import SourceFile
from tests.reporting import hostile_reports, of
from tests.trees import ROOT

SCHEMA = json.loads((ROOT / "tests" / "data" / "reviewdog-rdjson.json").read_bytes())
POLICY = """\
version: 1
clusters:
  - name: orders
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122]
    endpoints: {write: {host: 10.0.0.10, port: 5000}}
"""
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  containers:
    - name: é
      env:
        - name: DB_HOST
          value: 10.0.0.121
        - name: DB_PORT
          value: '5432'
"""
SECRET = """\
apiVersion: v1
kind: Secret
metadata: {name: x}
data:
  DATABASE_URL: cG9zdGdyZXNxbDovL3U6bWFkZS11cEAxMC4wLjAuMTIxOjU0MzIvYXBw
"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "db-endpoints.yaml"
    path.write_text(POLICY)
    policy = load(path)
    return Bench(policy, Resolver(policy), date(2026, 1, 1))


@cache
def validator():
    return jsonschema.validators.validator_for(SCHEMA)(SCHEMA)


@given(hostile_reports())
def test_every_report_is_valid(whole):
    validator().validate(json.loads(render(whole)))


def scanned(bench, name, data):
    """The findings of one file, and its diagnostics."""
    source = SourceFile(name, data)
    findings = judge_file(source, format_of(name, data).load()(source), bench, name).findings
    return findings, json.loads(render(of(*findings)))["diagnostics"]


def accepted(data, suggestion):
    """The file after a reviewer takes a suggestion: whole lines are replaced (reviewdog, service/github/github.go)."""
    lines = data.split(b"\n")
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    first, last = lines[start["line"] - 1], lines[end["line"] - 1]
    new = first[: start["column"] - 1] + suggestion["text"].encode() + last[end["column"] - 1 :]
    return b"\n".join([*lines[: start["line"] - 1], new, *lines[end["line"] :]])


SUGGESTED = {
    "url": ("a.env", "DATABASE_URL=postgresql://u:made-up@10.0.0.121:5432/app\n"),
    "non-ASCII before the host": ("a.env", "# é\nDATABASE_URL='postgresql://ü漢🐘:made-up@10.0.0.121:5432/app' # é\n"),
    "byte order mark": ("a.env", "\ufeffDATABASE_URL=postgresql://u:made-up@10.0.0.121:5432/app\n"),
    "CR LF": ("a.env", "A=1\r\nDATABASE_URL=postgresql://u:made-up@10.0.0.121:5432/app\r\nB=2\r\n"),
    "two lines": ("a.env", "A=é\nDB_HOST=10.0.0.121\nDB_PORT=5432\nB=2\n"),
    "YAML": ("a.yaml", "database:\n  postgres:\n    host: 10.0.0.121\n    port: 5432\n    user: é\n"),
    "container": ("pod.yaml", POD),
}


@pytest.mark.parametrize("case", SUGGESTED)
def test_a_suggestion_is_the_whole_fix(bench, case):
    name, text = SUGGESTED[case]
    data = text.encode()
    (finding,), (diagnostic,) = scanned(bench, name, data)
    (suggestion,) = diagnostic["suggestions"]
    assert len(finding.fix.edits) == 2
    assert accepted(data, suggestion) == apply(data, finding.fix.edits)


NONE = {
    "a password between": ("a.env", "DB_DSN='host=10.0.0.121 password=made-up port=5432 dbname=app'\n"),
    "a user between": ("a.env", "DB_HOST=10.0.0.121\nDB_USER=app\nDB_PORT=5432\n"),
    "two lines with CR LF": ("a.env", "DB_HOST=10.0.0.121\r\nDB_PORT=5432\r\n"),
    "not UTF-8": ("a.env", b"NAME=caf\xe9\nDATABASE_URL=postgresql://u:made-up@10.0.0.121:5432/app\n"),
    "base64": ("secret.yaml", SECRET),
}


@pytest.mark.parametrize("case", NONE)
def test_what_would_show_more_than_host_and_port_is_not_suggested(bench, case):
    name, text = NONE[case]
    data = text if isinstance(text, bytes) else text.encode()
    (finding,), (diagnostic,) = scanned(bench, name, data)
    assert finding.fix.edits
    assert "suggestions" not in diagnostic
    assert "analyzer fix" in diagnostic["message"]


def test_columns_are_bytes(bench):
    data = "DATABASE_URL='postgresql://ü漢🐘:made-up@10.0.0.121:5432/app'\n".encode()
    _findings, (diagnostic,) = scanned(bench, "a.env", data)
    start, end = (diagnostic["location"]["range"][side]["column"] - 1 for side in ("start", "end"))
    assert data[start:end] == b"10.0.0.121"

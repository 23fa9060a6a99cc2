"""GitLab's two reports pass GitLab's own schemas, whatever was scanned; no item drops or replaces another."""

import json
import uuid
from datetime import date
from functools import cache

import jsonschema
import pytest
from hypothesis import given

from analyzer.checks import check_named
from analyzer.model import Severity
from analyzer.report import gitlab_codequality, gitlab_sast
from tests.reporting import hostile_reports, of
from tests.reports import finding, report
from tests.trees import ROOT

DATA = ROOT / "tests" / "data"


@cache
def validator(name):
    schema = json.loads((DATA / name).read_bytes())
    return jsonschema.validators.validator_for(schema)(schema)


def items(whole):
    """The items that GitLab keeps: up to the first one that is not valid, the last of each fingerprint."""
    kept = {}
    for item in json.loads(gitlab_codequality.render(whole)):
        if not validator("gitlab-codequality-item.json").is_valid(item):
            break
        kept[item["fingerprint"]] = item
    return list(kept.values())


@given(hostile_reports())
def test_gitlab_keeps_every_item(whole):
    assert [i["check_name"] for i in items(whole)] == [f.rule for f in whole.findings]


@given(hostile_reports())
def test_a_sast_report_is_valid(whole):
    validator("gitlab-sast-15.2.1.json").validate(json.loads(gitlab_sast.render(whole)))


def test_findings_with_one_fingerprint_stay_apart():
    twins = of(*(finding() for _ in range(5)))
    assert len(items(twins)) == 5
    assert len({v["id"] for v in json.loads(gitlab_sast.render(twins))["vulnerabilities"]}) == 5


def test_another_finding_changes_no_fingerprint():
    few, more = (items(of(*found)) for found in ([finding("b")], [finding("a", fingerprint="f" * 32), finding("b")]))
    assert few[0] in more


def test_a_clean_scan_is_an_empty_array():
    assert gitlab_codequality.render(of()).encode() == b"[]\n"
    assert json.loads(gitlab_sast.render(of()))["vulnerabilities"] == []


@pytest.mark.parametrize(
    ("severity", "quality", "sast"),
    [(Severity.ERROR, "major", "High"), (Severity.WARNING, "minor", "Medium"), (Severity.NOTE, "info", "Info")],
)
def test_severities(severity, quality, sast):
    whole = of(finding(severity=severity))
    assert items(whole)[0]["severity"] == quality
    assert json.loads(gitlab_sast.render(whole))["vulnerabilities"][0]["severity"] == sast


def test_the_line_is_that_of_the_host_and_there_is_no_column():
    (item,) = items(of(finding()))
    assert item["location"] == {"path": "k8s/a b/ünï#1.yaml", "lines": {"begin": 7}}


def test_the_times_are_the_day_of_the_scan_and_nothing_else_changes_with_it():
    one, other = (json.loads(gitlab_sast.render(of(finding(), today=date(2026, 1, day)))) for day in (2, 3))
    assert one["scan"]["start_time"] == one["scan"]["end_time"] == "2026-01-02T00:00:00"
    assert one["vulnerabilities"] == other["vulnerabilities"]


def test_identifiers_are_rules_and_ids_are_uuids():
    for vulnerability in json.loads(gitlab_sast.render(report()))["vulnerabilities"]:
        assert check_named(vulnerability["identifiers"][0]["value"]) is not None
        assert uuid.UUID(vulnerability["id"]).version == 5


def test_problems_are_messages_of_the_scan():
    messages = json.loads(gitlab_sast.render(report()))["scan"]["messages"]
    assert [m["level"] for m in messages] == ["warn", "info"]

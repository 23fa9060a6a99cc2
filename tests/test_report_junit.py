"""JUnit XML: well-formed whatever was scanned, no case hides another."""

from xml.etree import ElementTree as ET

from hypothesis import given

from analyzer.model import Severity
from analyzer.report.junit import render
from analyzer.visible import visible
from tests.reporting import hostile_reports, of
from tests.reports import finding, report


def cases(whole):
    return ET.fromstring(render(whole)).findall("testsuite/testcase")


@given(hostile_reports())
def test_any_text_is_well_formed_and_comes_back(whole):
    found = cases(whole)
    assert [case.get("file") for case in found[1:]] == [visible(p, 4096) for p in paths(whole)]
    assert len({(case.get("classname"), case.get("name")) for case in found}) == len(found) == 5


def paths(whole):
    return [*(f.path for f in whole.findings), *(p.path for p in whole.problems)]


def test_a_clean_scan_has_one_case_that_passes():
    (case,) = cases(of())
    assert list(case) == []


def test_cases_of_one_place_are_told_apart():
    names = [case.get("name") for case in cases(of(*(finding("a.env") for _ in range(3))))[1:]]
    assert names == ["a.env:7:12 10.0.0.121", "a.env:7:12 10.0.0.121 (2)", "a.env:7:12 10.0.0.121 (3)"]


def test_errors_and_warnings_fail_and_notes_pass():
    one = ET.fromstring(render(of(*(finding(severity=s) for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE)))))
    (suite,) = one
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "0")


def test_an_incomplete_scan_is_an_error():
    (suite,) = ET.fromstring(render(report()))
    assert suite.get("errors") == "1"

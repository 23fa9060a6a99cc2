"""Annotations: the runner carries out ours and nothing else."""

from hypothesis import given

from analyzer.model import Problem, Severity
from analyzer.report.github import render
from analyzer.visible import visible
from tests.reporting import hostile_reports, of
from tests.reports import finding, report
from tests.runner import carried_out


def test_what_the_runner_reads_is_what_was_found():
    first = carried_out(render(of(finding())))[0]
    assert first.name == "error"
    assert first.properties == {
        "file": "k8s/a b/ünï#1.yaml",
        "line": "7",
        "endLine": "7",
        "col": "12",
        "endColumn": "22",
        "title": "analyzer node-host",
    }
    assert first.message.split("\n")[1].startswith("Why: key: DB_HOST;")


@given(hostile_reports())
def test_no_scanned_text_is_a_command(whole):
    shown = render(whole)
    told = carried_out(shown)
    assert [c.name for c in told] == ["error", "error", "warning", "notice"]
    assert [c.properties.get("file") for c in told[1:]] == [visible(f.path, 4096) for f in whole.findings]
    assert all(set(c.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"} for c in told)
    assert [visible(f.shape, 300) for f in whole.findings] == [c.message.split("\n")[-1] for c in told[1:]]


def test_ten_of_a_kind_and_a_line_on_the_rest():
    many = [
        finding(f"{severity}{n:02}", severity=severity)
        for severity, count in ((Severity.NOTE, 12), (Severity.ERROR, 13), (Severity.WARNING, 10))
        for n in range(count)
    ]
    shown = render(of(*many))
    names = [c.name for c in carried_out(shown)]
    assert names == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert "not annotated: 3 errors, 2 notes" in shown
    assert "markdown, sarif and json" in shown


def test_what_is_not_annotated_is_only_said_where_there_is_some():
    assert "not annotated" not in render(report())


def test_an_incomplete_scan_is_the_first_error_and_takes_one_place():
    problems = [Problem(f"p{n}.yaml", "parse", "not valid YAML") for n in range(7)]
    told = carried_out(render(of(*(finding(f"f{n}") for n in range(10)), problems=problems)))
    assert len(told) == 10
    assert told[0].message == (
        "The scan is incomplete: 7 files could not be read or parsed: p0.yaml, p1.yaml, p2.yaml, p3.yaml, p4.yaml"
        " and 2 more."
    )


def test_columns_are_left_out_where_a_host_spans_lines():
    one = finding()
    (told,) = carried_out(render(of(finding(end=one.fix.edits[1].end))))
    assert told.properties["endLine"] == "8"
    assert "col" not in told.properties


def test_suppressed_findings_are_not_annotated():
    assert "ops/x.sh" not in render(report())


def test_nothing_found_is_said():
    assert render(of()) == "analyzer: no findings.\n"

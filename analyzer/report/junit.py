"""JUnit XML, as GitLab, Jenkins and Azure read it: a test case for each finding, and one that passes.

Errors and warnings fail, notes pass and say what they are. Of two cases with one class and name GitLab keeps the
first, so names are told apart. XML 1.0 has no control characters; `visible` leaves none.
"""

from collections import Counter
from xml.etree import ElementTree as ET

from analyzer.model import Finding, Problem, Report, Severity
from analyzer.report.phrases import many, open_findings, story
from analyzer.visible import visible


def render(report: Report) -> str:
    """One test suite with a final newline."""
    cases = [_passing(report), *map(_case, open_findings(report))]
    cases += [_problem(p) for p in report.problems if p.incomplete]
    _tell_apart(cases)
    root = ET.Element("testsuites")
    suite = ET.SubElement(root, "testsuite", name="analyzer", tests=str(len(cases)))
    for kind, name in (("failure", "failures"), ("error", "errors")):
        suite.set(name, str(sum(case.find(kind) is not None for case in cases)))
    suite.extend(cases)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _passing(report: Report) -> ET.Element:
    coverage = report.coverage
    read = coverage.examined + coverage.nothing
    return ET.Element("testcase", classname="analyzer", name=f"{many(read, 'file')} of {coverage.files} read", time="0")


def _case(finding: Finding) -> ET.Element:
    path = visible(finding.path, 4096)
    name = f"{path}:{finding.start.line}:{finding.start.column} {visible(finding.host)}".rstrip()
    case = ET.Element("testcase", classname=finding.rule, name=name, file=path, time="0")
    told = story(finding)
    if finding.severity is Severity.NOTE:
        ET.SubElement(case, "system-out").text = "\n".join(told)
    else:
        ET.SubElement(case, "failure", type=finding.severity, message=told[0]).text = "\n".join(told)
    return case


def _problem(problem: Problem) -> ET.Element:
    path = visible(problem.path, 4096)
    name = f"{path}:{problem.line}" if problem.line else path
    case = ET.Element("testcase", classname=f"analyzer.{problem.stage}", name=name, file=path, time="0")
    ET.SubElement(case, "error", type=problem.stage, message=visible(problem.message, 500))
    return case


def _tell_apart(cases: list[ET.Element]) -> None:
    """Number the names that another case of the class has already."""
    seen: Counter[tuple[str, str]] = Counter()
    for case in cases:
        key = (case.attrib["classname"], case.attrib["name"])
        seen[key] += 1
        if seen[key] > 1:
            case.set("name", f"{key[1]} ({seen[key]})")

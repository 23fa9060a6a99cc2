"""GitLab's SAST report, schema 15.2.1 (gitlab-org/security-products/security-report-schemas).

The times of the scan are midnight of the day that expiry dates were held against: reports of the same input are equal.
There are no `remediations`. Their diffs carry whole lines with those around them, and a password may stand in any;
GitLab documents them for dependency and container scanning only.
"""

import json
import uuid

from analyzer.checks import check_named
from analyzer.model import Finding, Problem, Report, Severity
from analyzer.report.identity import told_apart
from analyzer.report.json import exact_path
from analyzer.report.phrases import open_findings, remedy, story
from analyzer.visible import inert, visible

Json = dict[str, object]

_VERSION = "15.2.1"
_NAMESPACE = uuid.UUID("5b0f4c0e-5a0a-5c53-9d63-0d9f7a4c1e55")
_SEVERITIES = {Severity.ERROR: "High", Severity.WARNING: "Medium", Severity.NOTE: "Info", Severity.OFF: "Info"}


def render(report: Report) -> str:
    """The open findings as one JSON document with a final newline."""
    document = {
        "version": _VERSION,
        "scan": _scan(report),
        "vulnerabilities": [_vulnerability(f, fingerprint) for f, fingerprint in told_apart(open_findings(report))],
    }
    return inert(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _scan(report: Report) -> Json:
    tool = {"id": "analyzer", "name": "analyzer", "version": report.version, "vendor": {"name": "analyzer"}}
    midnight = f"{report.today.isoformat()}T00:00:00"
    return {
        "type": "sast",
        "status": "success",
        "analyzer": tool,
        "scanner": tool,
        "start_time": midnight,
        "end_time": midnight,
        "messages": [_message(problem) for problem in report.problems],
    }


def _message(problem: Problem) -> Json:
    line = f":{problem.line}" if problem.line else ""
    said = f"{visible(problem.path, 4096)}{line}: {problem.stage}: {visible(problem.message, 500)}"
    return {"level": "warn" if problem.incomplete else "info", "value": said}


def _vulnerability(finding: Finding, fingerprint: str) -> Json:
    check, solution = check_named(finding.rule), remedy(finding)
    named = check.summary if check is not None else finding.rule
    shown: Json = {
        "id": str(uuid.uuid5(_NAMESPACE, fingerprint)),
        "name": f"{named[:1].upper()}{named[1:]}"[:255],
        "description": " ".join(story(finding)),
        "severity": _SEVERITIES[finding.severity],
        "identifiers": [{"type": "analyzer_rule", "name": f"analyzer {finding.rule}", "value": finding.rule}],
        "location": {
            "file": exact_path(finding.path),
            "start_line": finding.start.line,
            "end_line": finding.end.line,
        },
    }
    return {**shown, "solution": solution} if solution else shown

"""GitLab's Code Quality report: an array of findings, `[]` when there is none.

Source: gitlab-org/gitlab, lib/gitlab/ci/parsers/codequality/code_climate.rb. The first item that is not valid drops all
that follow, and a later item with the fingerprint of an earlier one replaces it. There are lines and no columns.
"""

import json

from analyzer.model import Finding, Report, Severity
from analyzer.report.identity import told_apart
from analyzer.report.json import exact_path
from analyzer.report.phrases import open_findings, story
from analyzer.visible import inert

Json = dict[str, object]

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info", Severity.OFF: "info"}


def render(report: Report) -> str:
    """The open findings as one JSON array with a final newline."""
    items = [_item(finding, fingerprint) for finding, fingerprint in told_apart(open_findings(report))]
    return inert(json.dumps(items, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _item(finding: Finding, fingerprint: str) -> Json:
    return {
        "description": " ".join(story(finding)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": exact_path(finding.path), "lines": {"begin": finding.start.line}},
    }

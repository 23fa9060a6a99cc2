"""reviewdog's diagnostics as one JSON document (rdjson), for review comments with suggestions.

Schema: reviewdog, proto/rdf/jsonschema/DiagnosticResult.json. Columns count the bytes of the line from 1, a byte order
mark included, ends are exclusive. reviewdog posts each suggestion as a block of its own that replaces whole lines of
the file, so a diagnostic has one suggestion, which is the whole fix, or none.
"""

import json

from analyzer.model import Edit, Finding, Position, Related, Report, Safety, Severity
from analyzer.report.json import exact_path
from analyzer.report.phrases import open_findings, story
from analyzer.visible import inert, visible

Json = dict[str, object]

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO", Severity.OFF: "INFO"}


def render(report: Report) -> str:
    """The open findings as one DiagnosticResult with a final newline."""
    result = {"source": {"name": "analyzer"}, "diagnostics": [_diagnostic(f) for f in open_findings(report)]}
    return inert(json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _diagnostic(finding: Finding) -> Json:
    fix = finding.fix
    suggested = fix.suggestion if fix is not None and fix.safety is Safety.SAFE else None
    shown: Json = {
        "message": " ".join(story(finding)),
        "location": {"path": exact_path(finding.path), "range": _range(finding.start, finding.end)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    if finding.related:
        shown["related_locations"] = [_related(step, finding.path) for step in finding.related]
    if suggested is not None:
        shown["suggestions"] = [_suggestion(suggested)]
    return shown


def _related(step: Related, path: str) -> Json:
    start = {"line": step.line}
    return {
        "message": visible(step.text),
        "location": {"path": exact_path(step.path or path), "range": {"start": start}},
    }


def _suggestion(edit: Edit) -> Json:
    return {"range": _range(edit.start, edit.end), "text": edit.new.decode("ascii")}


def _range(start: Position | None, end: Position | None) -> Json:
    return {} if start is None or end is None else {"start": _place(start), "end": _place(end)}


def _place(position: Position) -> Json:
    return {"line": position.line, "column": position.byte}

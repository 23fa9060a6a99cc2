"""The program's own JSON, version 1: the contract for other programs.

Field names and types do not change within a version. Spans are bytes (0-based, half-open), lines and columns 1-based;
columns count characters. Escaped is only what terminals and CI runners act on. A fix that is not publishable is shown
without its bytes.
"""

import json
from collections import Counter

from analyzer.model import Edit, Finding, Fix, Problem, Related, Report, Safety, Severity
from analyzer.visible import inert, visible

Json = dict[str, object]


def render(report: Report) -> str:
    """The whole report as one JSON document with a final newline."""
    document = {
        "version": 1,
        "tool": {"name": "analyzer", "version": report.version, "policy": report.policy, "baseline": _baseline(report)},
        "summary": _summary(report),
        "diff": _difference(report),
        "findings": [_finding(f) for f in report.findings],
        "problems": [_problem(p) for p in report.problems],
    }
    return inert(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _summary(report: Report) -> Json:
    open_ones = [f for f in report.findings if f.suppressed is None]
    severities = Counter(f.severity for f in open_ones)
    coverage = report.coverage
    return {
        "files": coverage.files,
        "scanned": coverage.examined + coverage.nothing,
        "examined": coverage.examined,
        "skipped": dict(coverage.skipped),
        "error": severities[Severity.ERROR],
        "warning": severities[Severity.WARNING],
        "note": severities[Severity.NOTE],
        "suppressed": len(report.findings) - len(open_ones),
        "suppressed_by": dict(sorted(Counter(f.suppressed.kind for f in report.findings if f.suppressed).items())),
        "fixable": sum(1 for f in open_ones if f.fix is not None and f.fix.safety is not Safety.MANUAL),
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "path": exact_path(finding.path),
        "line": finding.start.line,
        "column": finding.start.column,
        "end_line": finding.end.line,
        "end_column": finding.end.column,
        "start_byte": finding.span.start,
        "end_byte": finding.span.end,
        "host": finding.host,
        "port": finding.port,
        "cluster": finding.cluster,
        "node": finding.node,
        "engine": finding.engine,
        "use": finding.use,
        "intent": finding.intent,
        "evidence": list(finding.evidence),
        "shape": finding.shape,
        "related": [_related(related, finding.path) for related in finding.related],
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "suppressed": _suppressed(finding),
        "fix": _fix(finding.fix, finding.path) if finding.fix is not None else None,
    }


def _related(related: Related, path: str) -> Json:
    return {"path": related.path or path, "line": related.line, "column": related.column, "text": related.text}


def _suppressed(finding: Finding) -> Json | None:
    why = finding.suppressed
    if why is None:
        return None
    shown: Json = {"kind": why.kind, "reason": visible(why.reason), "line": why.line}
    named = {"owner": visible(why.owner), "expires": why.expires}
    return {**shown, **{name: value for name, value in named.items() if value}}


def _baseline(report: Report) -> Json | None:
    known = report.baseline
    return None if known is None else {"path": exact_path(known.path), "gone": known.gone}


def _difference(report: Report) -> Json | None:
    found = report.difference
    return None if found is None else {"base": found.base, "older": found.older}


def _fix(fix: Fix, path: str) -> Json:
    edits = [_edit(e, path) for e in fix.edits] if fix.publishable else []
    shown: Json = {
        "title": fix.title,
        "safety": fix.safety,
        "publishable": fix.publishable,
        "edits": edits,
    }
    return {**shown, "reason": fix.reason} if fix.reason else shown


def _edit(edit: Edit, path: str) -> Json:
    return {
        "path": exact_path(path),
        "start": edit.span.start,
        "end": edit.span.end,
        "old": edit.old.decode("utf-8", "replace"),
        "new": edit.new.decode("utf-8", "replace"),
    }


def _problem(problem: Problem) -> Json:
    return {
        "path": exact_path(problem.path),
        "stage": problem.stage,
        "message": problem.message,
        "line": problem.line,
    }


def exact_path(path: str) -> str:
    """A path as JSON can carry it: bytes that are not UTF-8 are written as backslash escapes, all else stays."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

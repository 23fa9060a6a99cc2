"""SARIF 2.1.0 for code scanning (OASIS Standard, Errata 01), with the parts that GitHub reads.

One run; regions are exactly the host, in UTF-16 columns and character offsets of the file; `fixes` hold the
edits. No snippet and no context region: nothing of a line leaves. Suppressed findings are left out because GitHub would
show them as open.
"""

import json
from collections.abc import Sequence
from urllib.parse import quote

from analyzer.checks import CHECKS, Check
from analyzer.model import Edit, Finding, Position, Problem, Report, Safety, Severity
from analyzer.visible import inert, visible

Json = dict[str, object]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
# GitHub keeps 5,000 results of a run; those that weigh most come first when there are more.
_MOST = 5000
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2, Severity.OFF: 3}


def render(report: Report) -> str:
    """The whole report as one SARIF log with a final newline."""
    shown = [f for f in report.findings if f.suppressed is None]
    kept = shown if len(shown) <= _MOST else sorted(shown, key=lambda f: _WEIGHT[f.severity])[:_MOST]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, kept, len(shown) - len(kept))]}
    return inert(json.dumps(log, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _run(report: Report, findings: Sequence[Finding], dropped: int) -> Json:
    return {
        "tool": {"driver": _driver(report.version)},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the scanned tree."}}},
        "invocations": [_invocation(report.problems, dropped)],
        "results": [_result(f) for f in findings],
    }


def _driver(version: str) -> Json:
    return {
        "name": "analyzer",
        "semanticVersion": version,
        "rules": [_rule(check) for check in CHECKS],
    }


def _rule(check: Check) -> Json:
    text = f"{check.why} Fix: {check.fix}."
    markdown = f"{check.why}\n\n**Bad**\n\n```\n{check.bad.text}```\n\n**Good**\n\n```\n{check.good.text}```\n"
    return {
        "id": check.id,
        "name": "".join(part.title() for part in check.id.split("-")),
        "shortDescription": {"text": _sentence(check.summary)},
        "fullDescription": {"text": check.why},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": check.severity},
        "properties": {
            "tags": ["database", "high-availability", "reliability"],
            "precision": "high" if check.severity is not Severity.NOTE else "medium",
            "problem.severity": "recommendation" if check.severity is Severity.NOTE else check.severity,
        },
    }


def _invocation(problems: Sequence[Problem], dropped: int) -> Json:
    notes: list[Json] = [_notification(p) for p in problems]
    if dropped:
        notes.append(
            {"level": "warning", "message": {"text": f"{dropped} results left out: code scanning keeps {_MOST}."}}
        )
    invocation: Json = {"executionSuccessful": not any(p.incomplete for p in problems)}
    return {**invocation, "toolExecutionNotifications": notes} if notes else invocation


def _notification(problem: Problem) -> Json:
    place: Json = {"artifactLocation": _artifact(problem.path)}
    if problem.line:
        place["region"] = {"startLine": problem.line}
    return {
        "level": "error" if problem.incomplete else "note",
        "message": {"text": _escaped(f"{problem.stage}: {problem.message}")},
        "locations": [{"physicalLocation": place}],
    }


def _result(finding: Finding) -> Json:
    ids = [check.id for check in CHECKS]
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": finding.severity,
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(finding.path),
                    "region": _region(finding.start, finding.end),
                }
            }
        ],
        "partialFingerprints": _fingerprints(finding),
        "properties": {"host": finding.host, "use": finding.use, "intent": finding.intent},
    }
    if finding.related:
        result["relatedLocations"] = _related(finding, numbered=True)
        result["codeFlows"] = [{"threadFlows": [{"locations": _flow(finding)}]}]
    if fix := _fix(finding):
        result["fixes"] = [fix]
    return result


def _fingerprints(finding: Finding) -> Json:
    own: Json = {"analyzer/v1": finding.fingerprint}
    return {"primaryLocationLineHash": finding.line_hash, **own} if finding.line_hash else own


def _message(finding: Finding) -> str:
    why = "; ".join(finding.evidence)
    links = "".join(f" Used [here]({number + 1})." for number in range(len(finding.related)))
    hidden = finding.fix is not None and not finding.fix.publishable and finding.fix.safety is not Safety.MANUAL
    more = " There is a fix that cannot be shown here: run `analyzer fix`." if hidden else ""
    evidence = f" Evidence: {why}." if why else ""
    return _escaped(f"{_sentence(finding.message)}{evidence}") + links + more


def _related(finding: Finding, *, numbered: bool) -> list[Json]:
    places: list[Json] = []
    for number, step in enumerate(finding.related):
        region = {"startLine": step.line, "startColumn": step.column}
        place: Json = {
            "physicalLocation": {"artifactLocation": _artifact(step.path or finding.path), "region": region},
            "message": {"text": _escaped(step.text)},
        }
        places.append({"id": number + 1, **place} if numbered else place)
    return places


def _flow(finding: Finding) -> list[Json]:
    here = {"artifactLocation": _artifact(finding.path), "region": _region(finding.start, finding.end)}
    first: Json = {"physicalLocation": here, "message": {"text": "the host is written here"}}
    return [{"location": place} for place in (first, *_related(finding, numbered=False))]


def _fix(finding: Finding) -> Json | None:
    fix = finding.fix
    if fix is None or not fix.publishable or not fix.edits:
        return None
    replacements = [_replacement(e) for e in fix.edits]
    change = {"artifactLocation": _artifact(finding.path), "replacements": replacements}
    return {"description": {"text": _escaped(_sentence(fix.title))}, "artifactChanges": [change]}


def _replacement(edit: Edit) -> Json:
    return {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": edit.new.decode("ascii")}}


def _region(start: Position | None, end: Position | None) -> Json:
    if start is None or end is None:
        return {}
    return {
        "startLine": start.line,
        "startColumn": start.utf16,
        "endLine": end.line,
        "endColumn": end.utf16,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
    }


def _artifact(path: str) -> Json:
    uri = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    return {"uri": uri, "uriBaseId": _ROOT}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _escaped(text: str) -> str:
    """Message text: one visible line; brackets and braces mean links and placeholders there (SARIF 3.11.6)."""
    shown = visible(text, 1000)
    return "".join("{{" if c == "{" else "}}" if c == "}" else f"\\{c}" if c in "[]" else c for c in shown)

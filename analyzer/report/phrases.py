"""What several formats say in the same words: plain text on one line, safe to show, not yet escaped for a format."""

from collections import Counter
from collections.abc import Iterable

from analyzer.model import Finding, Report, Safety, Severity
from analyzer.visible import visible

WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2, Severity.OFF: 3}
_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def open_findings(report: Report) -> list[Finding]:
    """What is not suppressed, the worst first, then by path and byte as the report has it."""
    return sorted((f for f in report.findings if f.suppressed is None), key=lambda f: WEIGHT[f.severity])


def sentence(text: str) -> str:
    """A phrase of the program as a sentence."""
    shown = visible(text, 500)
    return f"{shown[:1].upper()}{shown[1:]}."


def older(report: Report) -> str:
    """What a comparison with a base leaves out; empty where there is none."""
    found = report.difference
    if found is None:
        return ""
    return f"Compared with {found.base[:12]}: {many(found.older, 'older finding')} not shown."


def story(finding: Finding) -> list[str]:
    """The finding in sentences: what, why, and what to do where something can be done."""
    why = reasons(finding)
    return [part for part in (sentence(finding.message), f"Why: {why}." if why else "", remedy(finding)) if part]


def reasons(finding: Finding) -> str:
    """Why the finding is thought to be one; may be empty."""
    return visible("; ".join(finding.evidence), 500)


def remedy(finding: Finding) -> str:
    """What to do, as a sentence; empty where nothing can be written."""
    fix = finding.fix
    if fix is None:
        return ""
    reason = f": {visible(fix.reason)}" if fix.reason else ""
    if fix.safety is Safety.MANUAL:
        return f"By hand: {visible(fix.title)}{reason}."
    flag = " --unsafe" if fix.safety is Safety.UNSAFE else ""
    return f"{sentence(fix.title)[:-1]}{reason}: `analyzer fix{flag}`."


def totals(findings: Iterable[Finding]) -> str:
    """How many of each severity: "3 errors, 1 note"; empty for none."""
    counts = Counter(f.severity for f in findings)
    return ", ".join(many(counts[severity], noun) for severity, noun in _NOUNS.items() if counts[severity])


def many(number: int, noun: str) -> str:
    """A number and its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""A summary in GitHub's Markdown, for `$GITHUB_STEP_SUMMARY` and comments: totals, then a table for each rule.

GitHub takes 1 MiB from a step and refuses more, so the rows that weigh least are left out, and a line says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from analyzer.checks import CHECKS
from analyzer.model import Finding, Problem, Report, Severity
from analyzer.report.markdown.escape import code, escaped
from analyzer.report.phrases import many, older, open_findings, reasons, remedy, sentence, totals
from analyzer.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

# Of 1 MiB, in bytes; the rest is for the frame and for what else the step writes.
_FINDINGS = 900 * 1024
_PROBLEMS = 50 * 1024


def render(report: Report) -> str:
    """The whole summary with a final newline."""
    found = open_findings(report)
    rows = _fitting((_row(f) for f in found), _FINDINGS)
    unread = [p for p in report.problems if p.incomplete]
    problems = _fitting((_problem(p) for p in unread), _PROBLEMS)
    return (
        _templates()
        .get_template("summary.md.jinja")
        .render(
            report=report,
            total=totals(found) or "no findings",
            suppressed=len(report.findings) - len(found),
            groups=_groups(found, rows),
            left=totals(found[len(rows) :]),
            unread=many(len(unread), "problem") if unread else "",
            problems=problems,
            untold=len(unread) - len(problems),
            older=older(report),
            read=report.coverage.examined + report.coverage.nothing,
            policy=visible(report.policy, 4096) if report.policy is not None else None,
        )
    )


@cache
def _templates() -> "Environment":
    """Templates whose every expression is escaped for Markdown, unless it is markup already."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  most runs write no Markdown

    return Environment(
        loader=PackageLoader(__name__, ""),
        autoescape=True,
        finalize=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _fitting(lines: Iterable[Markup], room: int) -> list[Markup]:
    """As many lines from the first on as fit into `room` bytes."""
    kept = []
    for line in lines:
        room -= len(line.encode())
        if room < 0:
            break
        kept.append(line)
    return kept


def _row(finding: Finding) -> Markup:
    """One row of a table, its line end included."""
    return _rendered(
        "row.md.jinja",
        place=code(f"{visible(finding.path, 4096)}:{finding.start.line}:{finding.start.column}"),
        message=sentence(finding.message),
        shape=code(visible(finding.shape, 300)),
        why=reasons(finding),
        remedy=remedy(finding),
    )


def _problem(problem: Problem) -> Markup:
    """One item of a list, its line end included."""
    place = visible(problem.path, 4096) + (f":{problem.line}" if problem.line else "")
    return _rendered("problem.md.jinja", place=code(place), stage=problem.stage, message=visible(problem.message, 500))


def _rendered(name: str, **values: str) -> Markup:
    return Markup(_templates().get_template(name).render(values))  # noqa: S704  the template escapes


def _groups(findings: Sequence[Finding], rows: Sequence[Markup]) -> list[dict[str, object]]:
    """The rows by severity and rule, the worst first; `count` counts those that are left out as well."""
    order = {check.id: at for at, check in enumerate(CHECKS)}
    counts: dict[tuple[Severity, str], int] = defaultdict(int)
    kept: dict[tuple[Severity, str], list[Markup]] = defaultdict(list)
    for at, finding in enumerate(findings):
        counts[finding.severity, finding.rule] += 1
        kept[finding.severity, finding.rule] += rows[at : at + 1]
    severities = list(dict.fromkeys(f.severity for f in findings))
    keys = sorted(counts, key=lambda key: (severities.index(key[0]), order.get(key[1], len(order))))
    summaries = {check.id: check.summary for check in CHECKS}
    return [
        {
            "rule": rule,
            "total": many(counts[severity, rule], severity),
            "summary": summaries.get(rule, ""),
            "rows": kept[severity, rule],
            "open": severity is Severity.ERROR,
        }
        for severity, rule in keys
        if kept[severity, rule]
    ]

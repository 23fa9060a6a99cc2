"""The report for people: where, how bad, what, why we think so, what to do. Never a source line.

Colour is not decided here: the command wraps lines if its output is a terminal.
"""

from collections import Counter
from collections.abc import Iterator

from analyzer.model import Finding, Problem, Report, Safety, Severity, Use
from analyzer.report.phrases import many, older
from analyzer.visible import visible, visible_path

_KINDS = {"inline": "inline", "policy": "by policy", "baseline": "in the baseline"}


def render(report: Report) -> str:
    """The whole report in order of path and byte, notes on one line; a summary and the coverage last."""
    lines: list[str] = []
    for finding in report.findings:
        if finding.suppressed is None:
            lines += _finding(finding)
    if lines:
        lines.append("")
    lines += [_problem(p) for p in report.problems]
    if report.problems:
        lines.append("")
    lines += _summary(report)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding) -> Iterator[str]:
    where = f"{visible_path(finding.path)}:{finding.start.line}:{finding.start.column}"
    yield f"{where}: {finding.severity} {finding.rule}: {visible(finding.message, 500)}"
    if finding.severity is Severity.NOTE:
        return
    yield f"    {visible(finding.shape, 300)}"
    if finding.evidence:
        yield f"    why: {visible('; '.join(finding.evidence), 500)}"
    for step in finding.related:
        where = f"{visible_path(step.path)}:{step.line}" if step.path not in {"", finding.path} else f"line {step.line}"
        verb = "used at" if finding.use is not Use.OPERATES else "see"
        yield f"    {verb} {where}: {visible(step.text)}"
    yield from _fix(finding)


def _fix(finding: Finding) -> Iterator[str]:
    fix = finding.fix
    if fix is None:
        return
    reason = f": {visible(fix.reason)}" if fix.reason else ""
    if fix.safety is Safety.MANUAL:
        yield f"    fix by hand ({visible(fix.title)}){reason}"
        return
    yield f"    fix ({fix.safety}): {visible(fix.title)}{reason}"


def _problem(problem: Problem) -> str:
    line = f":{problem.line}" if problem.line else ""
    word = "problem" if problem.incomplete else "remark"
    return f"{visible_path(problem.path)}{line}: {word} ({problem.stage}): {visible(problem.message, 500)}"


def _summary(report: Report) -> Iterator[str]:
    shown = [f for f in report.findings if f.suppressed is None]
    counts = Counter(f.severity for f in shown)
    if not shown:
        yield "No findings." if report.difference is None else "No new findings."
    else:
        parts = [many(counts[s], s.value) for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE) if counts[s]]
        yield f"{many(len(shown), 'finding')}: {', '.join(parts)}."
    if report.difference is not None:
        yield older(report)
    yield from _suppressed(report)
    yield from _fixable(shown)
    yield _coverage(report)
    yield from _incomplete(report)
    yield _policy(report)
    yield from _baseline(report)


def _suppressed(report: Report) -> Iterator[str]:
    kinds = Counter(f.suppressed.kind for f in report.findings if f.suppressed is not None)
    if kinds:
        parts = [f"{kinds[kind]} {words}" for kind, words in _KINDS.items() if kinds[kind]]
        yield f"{many(kinds.total(), 'finding')} suppressed: {', '.join(parts)}."


def _fixable(shown: list[Finding]) -> Iterator[str]:
    safe = sum(1 for f in shown if f.fix is not None and f.fix.safety is Safety.SAFE)
    unsafe = sum(1 for f in shown if f.fix is not None and f.fix.safety is Safety.UNSAFE)
    if safe:
        yield f"{safe} can be fixed with `analyzer fix`."
    if unsafe:
        yield f"{unsafe} more can be fixed with `analyzer fix --unsafe`; read the reasons first."


def _coverage(report: Report) -> str:
    coverage = report.coverage
    skipped = "".join(f", {count} skipped ({reason})" for reason, count in coverage.skipped)
    read = coverage.examined + coverage.nothing
    return f"{many(coverage.files, 'file')}: {read} read, {coverage.examined} of them examined closely{skipped}."


def _incomplete(report: Report) -> Iterator[str]:
    paths = {problem.path for problem in report.problems if problem.incomplete}
    if paths:
        what = f"Incomplete: {many(len(paths), 'file')} not read, or not wholly."
        yield f"{what} Mend what is said above, or leave it out by `exclude` in the policy or --exclude."


def _policy(report: Report) -> str:
    if report.policy is not None:
        return f"Policy: {visible(report.policy, 4096)}"
    unknown = "No policy: clusters are unknown, so only literal database hosts are reported."
    return f"{unknown} `analyzer init` drafts a policy."


def _baseline(report: Report) -> Iterator[str]:
    known = report.baseline
    if known is None:
        return
    gone = ""
    if known.gone:
        entries = "1 entry no longer occurs" if known.gone == 1 else f"{known.gone} entries no longer occur"
        gone = f"; {entries}: run `analyzer scan --write-baseline`"
    yield f"Baseline: {visible_path(known.path)}{gone}."

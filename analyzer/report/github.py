"""Annotations of a pull request: GitHub's workflow commands, one a line.

Escapes: `%`, CR and LF everywhere, `:` and `,` in properties as well (actions/toolkit, command.ts). GitHub shows ten
errors, ten warnings and ten notices of a step and drops the rest in silence, so the worst come first and the last
line says what is missing. Lines and columns count from 1; columns are characters.
"""

from collections.abc import Iterator, Sequence

from analyzer.model import Finding, Problem, Report, Severity
from analyzer.report.phrases import many, open_findings, story, totals
from analyzer.visible import visible

_MOST = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_NAMED = 5


def render(report: Report) -> str:
    """Commands, the worst first, then lines for people."""
    found = open_findings(report)
    unread = [p for p in report.problems if p.incomplete]
    lines, left = [_incomplete(unread)] if unread else [], []
    for severity, command in _COMMANDS.items():
        wanted = [f for f in found if f.severity is severity]
        room = _MOST - (1 if unread and severity is Severity.ERROR else 0)
        lines += (_annotation(command, finding) for finding in wanted[:room])
        left += wanted[room:]
    return "\n".join((*lines, *_closing(found, left))) + "\n"


def _annotation(command: str, finding: Finding) -> str:
    start, end = finding.start, finding.end
    place = {"file": visible(finding.path, 4096), "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:
        place |= {"col": str(start.column), "endColumn": str(end.column)}
    said = "\n".join((*story(finding), visible(finding.shape, 300)))
    return _command(command, {**place, "title": f"analyzer {finding.rule}"}, said)


def _incomplete(problems: Sequence[Problem]) -> str:
    paths = sorted({visible(p.path, 500) for p in problems})
    named = ", ".join(paths[:_NAMED]) + (f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else "")
    said = f"The scan is incomplete: {many(len(paths), 'file')} could not be read or parsed: {named}."
    return _command("error", {"title": "analyzer"}, said)


def _closing(found: Sequence[Finding], left: Sequence[Finding]) -> Iterator[str]:
    yield f"analyzer: {totals(found) or 'no findings'}."
    if left:
        shown = f"GitHub shows {_MOST} of each kind in a step"
        yield f"analyzer: not annotated: {totals(left)} ({shown}); the markdown, sarif and json reports hold all."


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

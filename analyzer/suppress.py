"""Which findings do not count: inline comments and the policy's `allow` entries. Marks findings, never drops them.

A comment `analyzer: ignore[rule, rule] reason until 2027-01-31` covers its own line, or the next line where it stands
alone. Without a reason it covers nothing. Extractors hand over comments only, so text inside a string never counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analyzer.discover import Globs
from analyzer.model import Allow, Comment, Finding, Policy, Suppression
from analyzer.resolve import HostSet
from analyzer.source import SourceFile

_DIRECTIVE = re.compile(r"\banalyzer:[ \t]{0,8}ignore\[([a-z, -]{1,200})\]([^\r\n]{0,500})")
_UNTIL = re.compile(r"\buntil[ \t]{1,8}(\d{4}-\d{2}-\d{2})\b")
_CLOSERS = re.compile(r"[ \t]*(?:\*/|-->|#\}|%>)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Directive:
    """One inline suppression: the line that it covers, its rules, its reason, its last day (ISO) or an empty string."""

    line: int
    covers: int
    rules: tuple[str, ...]
    reason: str
    until: str


def mark(
    findings: Sequence[Finding], comments: Sequence[Comment], source: SourceFile, policy: Policy, today: date
) -> list[Finding]:
    """The same findings, those that a comment or the policy excuses marked with the reason."""
    directives = [d for c in comments for d in directives_of(c, source)]
    return [replace(f, suppressed=_inline(f, directives, today) or _allowed(f, policy.allow, today)) for f in findings]


def directives_of(comment: Comment, source: SourceFile) -> list[Directive]:
    """The directives of one comment; those without a reason are left out."""
    line = source.position(comment.span.start).line
    found = []
    for match in _DIRECTIVE.finditer(comment.text):
        rules = tuple(filter(None, (rule.strip() for rule in match[1].split(","))))
        text = _CLOSERS.sub("", match[2])
        until = _UNTIL.search(text)
        reason = _UNTIL.sub("", text).strip(" \t-,;:()")
        if rules and reason:
            covers = line + 1 if comment.own_line else line
            found.append(Directive(line, covers, rules, reason, until[1] if until else ""))
    return found


def _inline(finding: Finding, directives: Sequence[Directive], today: date) -> Suppression | None:
    for directive in directives:
        if finding.rule in directive.rules and directive.covers == finding.start.line and _runs(directive.until, today):
            return Suppression("inline", directive.reason, directive.line)
    return None


def _allowed(finding: Finding, entries: Sequence[Allow], today: date) -> Suppression | None:
    for entry in entries:
        if not _runs(entry.expires, today) or Globs(entry.paths).covering(finding.path) is None:
            continue
        if HostSet(entry.hosts).contains(finding.host):
            return Suppression("policy", entry.reason)
    return None


def _runs(last_day: str, today: date) -> bool:
    return not last_day or today.isoformat() <= last_day

"""Which findings do not count: inline comments and the policy's `allow` entries. Marks findings, never drops them.

A comment `analyzer: ignore[rule, rule] reason until 2027-01-31` covers its own line, or the next line where it stands
alone. Without a reason it covers nothing. Extractors hand over comments only, so text inside a string never counts.
"""

import re
from collections import defaultdict
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


@dataclass(frozen=True)
class _Entry:
    """One `allow` entry that still runs, ready to be asked."""

    allow: Allow
    paths: Globs
    hosts: HostSet


def mark(
    findings: Sequence[Finding], comments: Sequence[Comment], source: SourceFile, policy: Policy, today: date
) -> list[Finding]:
    """The same findings, those that a comment or the policy excuses marked with the reason."""
    directives: dict[int, list[Directive]] = defaultdict(list)
    for directive in (d for c in comments for d in directives_of(c, source)):
        directives[directive.covers].append(directive)
    entries = [
        _Entry(e, Globs(e.paths), HostSet(e.hosts)) for e in policy.allow if findings and _runs(e.expires, today)
    ]
    return [
        replace(f, suppressed=_inline(f, directives.get(f.start.line, ()), today) or _allowed(f, entries))
        for f in findings
    ]


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
        if finding.rule in directive.rules and _runs(directive.until, today):
            return Suppression("inline", directive.reason, directive.line)
    return None


def _allowed(finding: Finding, entries: Sequence[_Entry]) -> Suppression | None:
    for entry in entries:
        if entry.paths.covering(finding.path) is not None and entry.hosts.contains(finding.host):
            return Suppression("policy", entry.allow.reason)
    return None


def _runs(last_day: str, today: date) -> bool:
    return not last_day or today.isoformat() <= last_day

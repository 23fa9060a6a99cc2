"""Findings of one file, marked by what excuses them, and what is to be said of the file's own directives."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from analyzer.model import Exemption, Extraction, Finding, Span, Suppression
from analyzer.source import SourceFile
from analyzer.suppress.allowances import Allowance, over
from analyzer.suppress.directives import Directive, directives_of
from analyzer.suppress.lines import Reach

_LONG = 200  # lines of one finding
_MOST = 20  # directives of one comment
_NEAR = 30  # lines between a directive and the finding that it was meant for


@dataclass(frozen=True, slots=True)
class Marked:
    """The findings in their order, what is wrong with directives, and the numbers of the `allow` entries met."""

    findings: tuple[Finding, ...]
    exemptions: tuple[Exemption, ...]
    met: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A directive in its file: the bytes and the line of its comment, and the findings (by number) on its lines."""

    directive: Directive
    span: Span
    line: int
    ended: bool
    beside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all files of a scan: `allow` entries, the day, the ids of all rules.

    `found` are the rules of which a scan finds all that there is: of them alone an exception can be found unneeded.
    """

    entries: tuple[Allowance, ...]
    today: date
    known: tuple[str, ...]
    found: frozenset[str]


def mark(findings: Sequence[Finding], extraction: Extraction, source: SourceFile, terms: Terms) -> Marked:
    """Mark what a comment or the policy excuses. Comments come first; every exception that fits counts as needed.

    `findings` are in the order of their bytes.
    """
    placed = list(_placed(findings, extraction, source, terms))
    inline = _inline(findings, placed)
    met: set[int] = set()
    marked = []
    for number, finding in enumerate(findings):
        allowed = [entry for entry in terms.entries if entry.fits(finding)]
        met.update(entry.number for entry in allowed)
        marked.append(replace(finding, suppressed=inline.get(number) or _allowed(allowed)))
    complete = not any(problem.incomplete for problem in extraction.problems)
    tell = _Telling(marked, terms.found if complete else frozenset())
    return Marked(tuple(marked), tuple(filter(None, map(tell.of, placed))), frozenset(met))


def _placed(findings: Sequence[Finding], extraction: Extraction, source: SourceFile, terms: Terms) -> Iterator[_Placed]:
    if not extraction.comments:
        return
    by_line: dict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        for line in range(finding.start.line, min(finding.end.line, finding.start.line + _LONG) + 1):
            by_line[line].append(number)
    reach = Reach(source, extraction.comments, extraction.unbroken)
    starts = [finding.span.start for finding in findings]
    for comment in extraction.comments:
        line = source.position(comment.span.start).line
        if comment.covers is not None:
            beside = tuple(range(bisect_left(starts, comment.covers.start), bisect_left(starts, comment.covers.end)))
        else:
            lines = reach.of(comment)
            beside = tuple(dict.fromkeys(number for at in lines for number in by_line.get(at, ())))
        for directive in islice(directives_of(comment, terms.known), _MOST):
            yield _Placed(directive, comment.span, line, over(directive.until, terms.today), beside)


def _inline(findings: Sequence[Finding], placed: Sequence[_Placed]) -> dict[int, Suppression]:
    """What excuses findings, by their numbers; the first directive counts."""
    found: dict[int, Suppression] = {}
    for each in placed:
        directive = each.directive
        if directive.void or each.ended:
            continue
        for number in each.beside:
            if findings[number].rule in directive.rules:
                found.setdefault(number, Suppression("inline", directive.reason, each.line, expires=directive.until))
    return found


def _allowed(entries: Sequence[Allowance]) -> Suppression | None:
    return next((entry.suppression for entry in entries if not entry.ended), None)


class _Telling:
    """What is to be said of directives, once all findings are marked."""

    def __init__(self, findings: Sequence[Finding], judged: Collection[str]) -> None:
        self._findings = findings
        self._judged = judged
        self._open: dict[str, list[int]] = defaultdict(list)
        for finding in findings:
            if finding.suppressed is None:
                self._open[finding.rule].append(finding.start.line)

    def of(self, each: _Placed) -> Exemption | None:
        """What is wrong with one directive, or None."""
        directive = each.directive
        ended = directive.until if each.ended else ""
        met = {self._findings[number].rule for number in each.beside}
        idle = tuple(rule for rule in directive.rules if rule in self._judged and rule not in met)
        if directive.void or ended or not idle:
            told = bool(directive.faults or ended)
            return Exemption("inline", each.span, directive.shape, directive.faults, ended) if told else None
        nearest = self._nearest(each.line, idle)
        return Exemption(
            "inline", each.span, directive.shape, directive.faults, unused=True, rules=idle, nearest=nearest
        )

    def _nearest(self, line: int, rules: Sequence[str]) -> int | None:
        """The line of the nearest open finding of some rules, if it stands near enough to be the one that is meant."""
        found: list[int] = []
        for rule in rules:
            lines = self._open.get(rule, [])
            at = bisect_left(lines, line)
            found += lines[max(at - 1, 0) : at + 1]
        nearest = min(found, key=lambda other: abs(other - line), default=line + _NEAR + 1)
        return nearest if abs(nearest - line) <= _NEAR else None

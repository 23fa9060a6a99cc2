"""One file, judged: extraction -> findings with fixes. Pure: no file, no process, no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from analyzer import fixes, sidecode, suppress
from analyzer.checks import CHECKS, Subject
from analyzer.engine.findings import (
    Case,
    exemption_finding,
    finding_of,
    hidden_finding,
    identified,
    lineup_finding,
    sighting_of,
    weighed,
)
from analyzer.engine.lineups import lineups
from analyzer.engine.subjects import subjects_of
from analyzer.engine.suggestion import with_suggestion
from analyzer.engine.sweeping import Natures, swept
from analyzer.model import (
    Clue,
    Evidence,
    Exemption,
    Extraction,
    Finding,
    Policy,
    Severity,
    Sighting,
    Span,
)
from analyzer.resolve import Resolver
from analyzer.source import SourceFile


@dataclass(frozen=True)
class Bench:
    """What every judgement needs besides the file: the policy, its resolver, and the day for expiry dates.

    `others` are files that a flow may lead to, by path. `partial`: files are read without what stands beside them, so
    that what is not found says nothing.
    """

    policy: Policy
    resolver: Resolver
    today: date
    others: Mapping[str, SourceFile] = field(default_factory=dict)
    partial: bool = False

    @cached_property
    def terms(self) -> suppress.Terms:
        """What holds for exceptions in all files."""
        severities = dict(self.policy.severity)
        known = tuple(check.id for check in CHECKS)
        # Without clusters most rules are silent, and one that is switched off is.
        found = () if self.partial or not self.policy.clusters else known
        judged = frozenset(rule for rule in found if severities.get(rule) is not Severity.OFF)
        return suppress.Terms(suppress.allowances(self.policy, self.today), self.today, known, judged)

    def declares(self, data: bytes) -> bool:
        """Whether a node or an endpoint of the policy stands in some bytes."""
        return next(self.resolver.mentions(data, endpoints=True), None) is not None


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong in a file, and every place in it that names a member of a cluster, both in order of their bytes.

    `met` are the numbers of the policy's `allow` entries that a finding met; `read` is what was judged, where a
    rewrite may need it.
    """

    findings: tuple[Finding, ...]
    sightings: tuple[Sighting, ...]
    met: frozenset[int] = frozenset()
    read: Extraction | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """What is code beside the product in a file: all of it by its `path`, or regions of it."""

    path: Evidence | None
    natures: Natures

    def of(self, finding: Finding) -> Evidence | None:
        """Why a finding weighs less, or None."""
        region = self.natures.around(finding.span)
        nature = region.nature if region is not None else None
        return self.path or (nature if nature is not None and nature.clue is Clue.TEST else None)


def judge_file(source: SourceFile, extraction: Extraction, bench: Bench, inner_path: str) -> Judged:
    """Judge one file; `inner_path` is relative to what is scanned."""
    refs = (*extraction.refs, *swept(source, extraction, bench.resolver))
    side = _Side(sidecode.side_code(inner_path), Natures(extraction.regions))
    nature = [e for e in (extraction.nature, side.path) if e is not None]
    refs = tuple(replace(r, evidence=(*r.evidence, *nature)) for r in refs)
    subjects = list(subjects_of(refs, bench.policy, bench.resolver))
    found = [
        *_about_references(source, subjects, bench),
        *_about_hidden(source, extraction),
        *_about_lineups(source, extraction, bench),
    ]
    marked = suppress.mark(_weighed(found, bench, side), extraction, source, bench.terms)
    told = _weighed(about_exemptions(source, marked.exemptions), bench, side)
    findings = identified(source, sorted((*marked.findings, *told), key=_order))
    seen = [s for s in (sighting_of(source, subject) for subject in subjects) if s is not None]
    sightings = tuple(sorted(seen, key=lambda s: (s.start.offset, s.host)))
    return Judged(findings, sightings, marked.met, extraction if any(f.fix for f in findings) else None)


def about_exemptions(source: SourceFile, exemptions: Iterable[Exemption]) -> Iterator[Finding]:
    """What is said about exceptions that stand in a file."""
    for exemption in exemptions:
        for check in CHECKS:
            verdict = check.judge_exemption(exemption)
            if verdict is not None:
                yield exemption_finding(source, exemption, check, verdict)


def _weighed(findings: Iterable[Finding], bench: Bench, side: _Side) -> list[Finding]:
    """The findings with their severities in order, without those of rules that are switched off."""
    found = (weighed(finding, bench.policy, side.of(finding)) for finding in findings)
    return sorted((finding for finding in found if finding.severity is not Severity.OFF), key=_order)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return finding.span.start, finding.span.end, finding.rule, finding.host


def _about_references(source: SourceFile, subjects: Sequence[Subject], bench: Bench) -> Iterator[Finding]:
    cases = [_first_verdict(subject) for subject in subjects]
    plans = fixes.guard_shared_ports([s.ref for s in subjects], [_plan(case) for case in cases])
    files = {**bench.others, source.path: source}
    for case, fix in zip(cases, fixes.build(plans, source), strict=True):
        if case is not None:
            yield finding_of(source, case, with_suggestion(fix, source), files)


def _about_hidden(source: SourceFile, extraction: Extraction) -> Iterator[Finding]:
    """What is said about values that cannot be seen; nothing in files that no application reads."""
    if extraction.nature is not None:
        return
    for opaque in extraction.opaque:
        for check in CHECKS:
            verdict = check.judge_opaque(opaque)
            if verdict is not None:
                yield hidden_finding(source, opaque, check, verdict)


def _about_lineups(source: SourceFile, extraction: Extraction, bench: Bench) -> Iterator[Finding]:
    """What is said about proxies and lists of servers, each thing once however many readings tell it."""
    said: set[tuple[str, Span, str]] = set()
    for lineup in lineups(source.data, extraction.rosters, bench.policy, bench.resolver):
        for check in CHECKS:
            for remark in check.judge_lineup(lineup):
                key = (check.id, remark.span, remark.host)
                if key not in said:
                    said.add(key)
                    yield lineup_finding(source, lineup, check, remark)


def _first_verdict(subject: Subject) -> Case | None:
    for check in CHECKS:
        verdict = check.judge(subject)
        if verdict is not None:
            return Case(subject, check, verdict)
    return None


def _plan(case: Case | None) -> fixes.Plan | None:
    resolution = case.subject.resolution if case is not None else None
    if case is None or resolution is None or not case.subject.usage.writable:
        return None
    return fixes.plan(case.subject.ref, resolution, case.verdict, case.subject.port_kind)

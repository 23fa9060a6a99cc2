"""One file, judged: extraction -> findings with fixes. Pure: no file, no process, no clock."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial

from analyzer import fixes, suppress, usage
from analyzer.checks import CHECKS, Check, Subject
from analyzer.engine.sweeping import swept
from analyzer.hosts import DEFAULT_PORTS, HOLE, OPERATION_PORTS, canonical
from analyzer.linehash import line_hashes
from analyzer.model import (
    Clue,
    Engine,
    Evidence,
    Extraction,
    Finding,
    Fix,
    FlowStep,
    HostRef,
    Intent,
    Opaque,
    Policy,
    Related,
    Resolution,
    Severity,
    Slot,
    Span,
    Use,
    Verdict,
)
from analyzer.resolve import Resolver
from analyzer.source import SourceFile

_LOWER = {
    Severity.ERROR: Severity.WARNING,
    Severity.WARNING: Severity.NOTE,
    Severity.NOTE: Severity.NOTE,
    Severity.OFF: Severity.OFF,
}


@dataclass(frozen=True)
class Bench:
    """What every judgement needs besides the file: the policy, its resolver, and the day for expiry dates.

    `others` are files that a flow may lead to, by path.
    """

    policy: Policy
    resolver: Resolver
    today: date
    others: Mapping[str, SourceFile] = field(default_factory=dict)

    def declares(self, data: bytes) -> bool:
        """Whether a node or an endpoint of the policy stands in some bytes."""
        return next(self.resolver.mentions(data, endpoints=True), None) is not None


@dataclass(frozen=True, slots=True)
class _Case:
    subject: Subject
    check: Check
    verdict: Verdict


def judge_file(source: SourceFile, extraction: Extraction, bench: Bench, inner_path: str) -> tuple[Finding, ...]:
    """Findings of one file in the order of their bytes; `inner_path` is relative to what is scanned."""
    refs = (*extraction.refs, *swept(source, extraction, bench.resolver))
    side = usage.side_code(inner_path)
    nature = [e for e in (extraction.nature, side) if e is not None]
    refs = tuple(replace(r, evidence=(*r.evidence, *nature)) for r in refs)
    cases = [_first_verdict(subject) for subject in _subjects(refs, bench.resolver)]
    plans = fixes.guard_shared_ports(refs, [_plan(case) for case in cases])
    built = fixes.build(plans, source)
    files = {**bench.others, source.path: source}
    findings = [_finding(source, case, fix, files) for case, fix in zip(cases, built, strict=True) if case is not None]
    findings += _hidden(source, extraction)
    findings = [f for f in (_weighed(f, bench.policy, side) for f in findings) if f.severity is not Severity.OFF]
    findings.sort(key=lambda f: (f.span.start, f.span.end, f.rule, f.host))
    marked = suppress.mark(findings, extraction.comments, source, bench.policy, bench.today)
    return _identified(source, marked)


def _subjects(refs: Sequence[HostRef], resolver: Resolver) -> Iterator[Subject]:
    led: set[Slot] = set()
    known = lru_cache(maxsize=4096)(partial(_known, resolver))
    for ref in refs:
        resolution = known(ref.host, ref.engine)
        kind = _port_kind(ref, resolution, resolver)
        members: tuple[Resolution | None, ...] = ()
        leads = True
        if ref.group is not None:
            members = tuple(known(host, ref.engine) for host in ref.group.members)
            leads = ref.group.hosts is None or ref.group.hosts not in led
            if ref.group.hosts is not None:
                led.add(ref.group.hosts)
        yield Subject(ref, usage.judge(ref, kind), resolution, members, leads, kind)


def _known(resolver: Resolver, host: str, engine: Engine | None) -> Resolution | None:
    """The cluster's member, unless the place speaks to another engine: a Redis on a PostgreSQL node is none of it."""
    found = resolver.resolve(host, engine)
    if found is None or engine is None or _family(engine) == _family(found.cluster.engine):
        return found
    return None


def _family(engine: Engine) -> Engine:
    return Engine.MYSQL if engine is Engine.MARIADB else engine


def _port_kind(ref: HostRef, resolution: Resolution | None, resolver: Resolver) -> str:
    port = ref.port.value if ref.port is not None else None
    if port is None:
        return "unknown"
    if resolution is not None:
        return resolver.port_kind(resolution.cluster, port)
    if ref.engine is not None and port in DEFAULT_PORTS[ref.engine]:
        return "database"
    if ref.engine is not None and port in OPERATION_PORTS[ref.engine]:
        return "operation"
    return "unknown"


def _first_verdict(subject: Subject) -> _Case | None:
    for check in CHECKS:
        verdict = check.judge(subject)
        if verdict is not None:
            return _Case(subject, check, verdict)
    return None


def _plan(case: _Case | None) -> fixes.Plan | None:
    resolution = case.subject.resolution if case is not None else None
    if case is None or resolution is None or not case.subject.usage.writable:
        return None
    return fixes.plan(case.subject.ref, resolution, case.verdict, case.subject.port_kind)


def _finding(source: SourceFile, case: _Case, fix: Fix | None, files: Mapping[str, SourceFile]) -> Finding:
    ref, judged, resolution = case.subject.ref, case.subject.usage, case.subject.resolution
    whole = ref.group.hosts if case.verdict.collapse and ref.group is not None else None
    span = _outer(whole or ref.slot)
    return Finding(
        rule=case.check.id,
        severity=case.verdict.severity,
        path=source.path,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        host=ref.host.replace(HOLE, "…"),
        port=ref.port.value if ref.port is not None else None,
        cluster=resolution.cluster.name if resolution else None,
        node=resolution.node if resolution else None,
        engine=resolution.cluster.engine if resolution else ref.engine,
        use=judged.use,
        intent=judged.intent,
        evidence=tuple(f"{e.clue}: {e.text}" for e in judged.evidence),
        message=case.verdict.message,
        shape=ref.shape,
        fingerprint="",
        related=tuple(_related(step, source, files) for step in ref.flow if (step.path or source.path) in files),
        fix=fix,
    )


def _hidden(source: SourceFile, extraction: Extraction) -> Iterator[Finding]:
    """What is said about values that cannot be seen; nothing in files that no application reads."""
    if extraction.nature is not None:
        return
    for opaque in extraction.opaque:
        for check in CHECKS:
            verdict = check.judge_opaque(opaque)
            if verdict is not None:
                yield _unseen(source, opaque, check, verdict)


def _unseen(source: SourceFile, opaque: Opaque, check: Check, verdict: Verdict) -> Finding:
    return Finding(
        rule=check.id,
        severity=verdict.severity,
        path=source.path,
        span=opaque.span,
        start=source.position(opaque.span.start),
        end=source.position(opaque.span.end),
        host="",
        engine=opaque.engine,
        use=Use.CONNECTS,
        intent=Intent.UNKNOWN,
        evidence=(f"{Clue.KEY}: {opaque.key}",) if opaque.key else (),
        message=verdict.message,
        shape=opaque.shape,
        fingerprint="",
    )


def _related(step: FlowStep, source: SourceFile, files: Mapping[str, SourceFile]) -> Related:
    path = step.path or source.path
    at = files[path].position(step.span.start)
    return Related(at.line, at.column, step.text, path)


def _weighed(finding: Finding, policy: Policy, side: Evidence | None) -> Finding:
    severity = finding.severity
    declared = dict(policy.severity).get(finding.rule)
    if declared is not None:
        severity = declared
    if side is None or severity is _LOWER[severity]:
        return replace(finding, severity=severity)
    said = f"{finding.message} (one severity lower: {side.text})"
    return replace(finding, severity=_LOWER[severity], message=said)


def _identified(source: SourceFile, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give each finding its fingerprint and its line's hash.

    The fingerprint is made of rule, path, host (or the shape of a value that cannot be seen) and its ordinal in the
    file: of no content.
    """
    seen: Counter[tuple[str, str]] = Counter()
    hashes = line_hashes(source.data, {f.start.line for f in findings}) if findings else {}
    done = []
    for finding in findings:
        host = canonical(finding.host) or finding.shape
        seen[finding.rule, host] += 1
        parts = (finding.rule, finding.path, host, str(seen[finding.rule, host]))
        print_of = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        done.append(replace(finding, fingerprint=print_of, line_hash=hashes.get(finding.start.line, "")))
    return tuple(done)


def _outer(slot: Slot) -> Span:
    return slot.container.span if slot.container is not None else slot.span

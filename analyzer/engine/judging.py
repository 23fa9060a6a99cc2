"""One file, judged: extraction -> findings with fixes. Pure: no file, no process, no clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial

from analyzer import fixes, suppress, usage
from analyzer.checks import CHECKS, Subject
from analyzer.engine.findings import Case, finding_of, hidden_finding, identified, sighting_of, weighed
from analyzer.engine.sweeping import swept
from analyzer.hosts import DEFAULT_PORTS, OPERATION_PORTS
from analyzer.model import Engine, Extraction, Finding, HostRef, Policy, Resolution, Severity, Sighting, Slot
from analyzer.resolve import Resolver
from analyzer.source import SourceFile


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
class Judged:
    """What is wrong in a file, and every place in it that names a member of a cluster, both in order of their bytes."""

    findings: tuple[Finding, ...]
    sightings: tuple[Sighting, ...]


def judge_file(source: SourceFile, extraction: Extraction, bench: Bench, inner_path: str) -> Judged:
    """Judge one file; `inner_path` is relative to what is scanned."""
    refs = (*extraction.refs, *swept(source, extraction, bench.resolver))
    side = usage.side_code(inner_path)
    nature = [e for e in (extraction.nature, side) if e is not None]
    refs = tuple(replace(r, evidence=(*r.evidence, *nature)) for r in refs)
    subjects = list(_subjects(refs, bench.resolver))
    found = [*_about_references(source, subjects, bench), *_about_hidden(source, extraction)]
    found = [f for f in (weighed(f, bench.policy, side) for f in found) if f.severity is not Severity.OFF]
    found.sort(key=lambda f: (f.span.start, f.span.end, f.rule, f.host))
    marked = suppress.mark(found, extraction.comments, source, bench.policy, bench.today)
    seen = [s for s in (sighting_of(source, subject) for subject in subjects) if s is not None]
    return Judged(identified(source, marked), tuple(sorted(seen, key=lambda s: (s.start.offset, s.host))))


def _about_references(source: SourceFile, subjects: Sequence[Subject], bench: Bench) -> Iterator[Finding]:
    cases = [_first_verdict(subject) for subject in subjects]
    plans = fixes.guard_shared_ports([s.ref for s in subjects], [_plan(case) for case in cases])
    files = {**bench.others, source.path: source}
    for case, fix in zip(cases, fixes.build(plans, source), strict=True):
        if case is not None:
            yield finding_of(source, case, fix, files)


def _about_hidden(source: SourceFile, extraction: Extraction) -> Iterator[Finding]:
    """What is said about values that cannot be seen; nothing in files that no application reads."""
    if extraction.nature is not None:
        return
    for opaque in extraction.opaque:
        for check in CHECKS:
            verdict = check.judge_opaque(opaque)
            if verdict is not None:
                yield hidden_finding(source, opaque, check, verdict)


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
        elsewhere = known(ref.host, None) if resolution is None and ref.engine is not None else None
        elsewhere = elsewhere if elsewhere is not None and elsewhere.node is not None else None
        yield Subject(ref, usage.judge(ref, kind), resolution, members, leads, kind, elsewhere)


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

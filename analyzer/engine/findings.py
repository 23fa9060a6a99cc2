"""Findings, put together: position, evidence, severity, fingerprint. Pure."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.checks import Check, Lineup, Remark, Subject
from analyzer.hosts import HOLE, canonical
from analyzer.linehash import line_hashes
from analyzer.model import (
    Clue,
    Evidence,
    Exemption,
    Finding,
    Fix,
    FlowStep,
    Intent,
    Opaque,
    Policy,
    Related,
    Severity,
    Sighting,
    Slot,
    Span,
    Use,
    Verdict,
)
from analyzer.source import SourceFile

_LOWER = {
    Severity.ERROR: Severity.WARNING,
    Severity.WARNING: Severity.NOTE,
    Severity.NOTE: Severity.NOTE,
    Severity.OFF: Severity.OFF,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A reference about which a check has something to say."""

    subject: Subject
    check: Check
    verdict: Verdict


def finding_of(source: SourceFile, case: Case, fix: Fix | None, files: Mapping[str, SourceFile]) -> Finding:
    """What is wrong with a reference. `files` are those that its flow may lead to, by path."""
    ref, judged, resolution = case.subject.ref, case.subject.usage, case.subject.resolution
    whole = ref.group.hosts if case.verdict.collapse and ref.group is not None else None
    return replace(
        _finding(source, _outer(whole or ref.slot), case.check, case.verdict, ref.shape),
        host=ref.host.replace(HOLE, "…"),
        port=ref.port.value if ref.port is not None else None,
        cluster=resolution.cluster.name if resolution else None,
        node=resolution.node if resolution else None,
        engine=resolution.cluster.engine if resolution else ref.engine,
        use=judged.use,
        intent=judged.intent,
        evidence=tuple(f"{e.clue}: {e.text}" for e in judged.evidence),
        related=tuple(_related(step, source, files) for step in ref.flow if (step.path or source.path) in files),
        fix=fix,
    )


def hidden_finding(source: SourceFile, opaque: Opaque, check: Check, verdict: Verdict) -> Finding:
    """What is said about a value that cannot be seen."""
    told = _finding(source, opaque.span, check, verdict, opaque.shape)
    evidence = (f"{Clue.KEY}: {opaque.key}",) if opaque.key else ()
    return replace(told, engine=opaque.engine, use=Use.CONNECTS, evidence=evidence)


def exemption_finding(source: SourceFile, exemption: Exemption, check: Check, verdict: Verdict) -> Finding:
    """What is said about an exception, where it is written."""
    return _finding(source, exemption.span, check, verdict, exemption.shape)


def change_finding(source: SourceFile, span: Span, check: Check, verdict: Verdict) -> Finding:
    """What is said about a change of the policy, whose new bytes are `source`."""
    return _finding(source, span, check, verdict, "policy")


def lineup_finding(source: SourceFile, lineup: Lineup, check: Check, remark: Remark) -> Finding:
    """What is wrong with servers that a file names together, or with how a proxy asks them."""
    seen = ((source.position(span.start), text) for span, text in remark.see)
    return replace(
        _finding(source, remark.span, check, remark.verdict, lineup.roster.what),
        host=remark.host,
        cluster=lineup.cluster.name,
        engine=lineup.cluster.engine,
        use=Use.OPERATES,
        intent=remark.intent,
        evidence=(f"{Clue.INFRASTRUCTURE}: {_belonging(lineup)}",),
        related=tuple(Related(at.line, at.column, text, source.path) for at, text in seen),
    )


def _finding(source: SourceFile, span: Span, check: Check, verdict: Verdict, shape: str) -> Finding:
    """A finding that names no host and knows of no use."""
    return Finding(
        rule=check.id,
        severity=verdict.severity,
        path=source.path,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        host="",
        use=Use.MENTIONS,
        intent=Intent.UNKNOWN,
        evidence=(),
        message=verdict.message,
        shape=shape,
        fingerprint="",
    )


def _belonging(lineup: Lineup) -> str:
    """Why a roster is one of its cluster."""
    if len(lineup.roster.servers) == len(lineup.nodes) == 1:
        return f"its server is a node of {lineup.cluster.name}"
    if lineup.nodes:
        return f"{len(lineup.nodes)} of {len(lineup.roster.servers)} servers are nodes of {lineup.cluster.name}"
    told = "listens where the policy declares the endpoint" if lineup.doors else "bears the cluster's name"
    return f"{told} of {lineup.cluster.name}" if lineup.doors else told


def sighting_of(source: SourceFile, subject: Subject) -> Sighting | None:
    """A reference to a member of a cluster, for inventories; None for any other host."""
    resolution = subject.resolution
    if resolution is None or resolution.possible:
        return None
    return Sighting(
        path=source.path,
        start=source.position(_outer(subject.ref.slot).start),
        host=subject.ref.host,
        port=subject.ref.port.value if subject.ref.port is not None else None,
        cluster=resolution.cluster.name,
        node=resolution.node,
        endpoints=tuple(e.intent for e in resolution.endpoints),
        use=subject.usage.use,
        intent=subject.usage.intent,
        evidence=tuple(f"{e.clue}: {e.text}" for e in subject.usage.evidence),
    )


def weighed(finding: Finding, policy: Policy, side: Evidence | None) -> Finding:
    """The finding with the severity that the policy declares, one lower in side code, which the message then says."""
    severity = dict(policy.severity).get(finding.rule, finding.severity)
    if side is None or severity is _LOWER[severity]:
        return replace(finding, severity=severity)
    said = f"{finding.message} (one severity lower: {side.text})"
    return replace(finding, severity=_LOWER[severity], message=said)


def identified(source: SourceFile, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give each finding its identity in the file, its fingerprint and its line's hash.

    The identity is made of rule, host and shape (key names, scheme and hosts, never a secret), and of an ordinal among
    those that have all of them in common: neither lines above nor another key with the same host change it. The
    fingerprint is that with the path.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    hashes = line_hashes(source.data, {f.start.line for f in findings}) if findings else {}
    done = []
    for finding in findings:
        same = (finding.rule, canonical(finding.host), finding.shape)
        seen[same] += 1
        identity = _digest(*same, str(seen[same]))
        fingerprint = _digest(finding.path, identity)
        line_hash = hashes.get(finding.start.line, "")
        done.append(replace(finding, identity=identity, fingerprint=fingerprint, line_hash=line_hash))
    return tuple(done)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _related(step: FlowStep, source: SourceFile, files: Mapping[str, SourceFile]) -> Related:
    path = step.path or source.path
    at = files[path].position(step.span.start)
    return Related(at.line, at.column, step.text, path)


def _outer(slot: Slot) -> Span:
    return slot.container.span if slot.container is not None else slot.span

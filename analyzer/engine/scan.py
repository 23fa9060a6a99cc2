"""A whole scan: which files, which of them can hold anything, what stands in them, what is wrong with it.

Every listed file is read once and ends in exactly one count of `Coverage`.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from analyzer import __version__
from analyzer.discover import DiscoverOptions, Reader, Refusal, Skip, discover
from analyzer.engine.judging import Bench, Judged, judge_file
from analyzer.engine.places import Limits, extract_sources
from analyzer.engine.together import Loaded, load
from analyzer.model import Coverage, Finding, Policy, Problem, Report, Severity, Sighting
from analyzer.prefilter import Prefilter
from analyzer.resolve import Resolver
from analyzer.source import SourceFile


@dataclass(frozen=True)
class Request:
    """What to scan and by which policy. `paths` are as the user gave them, below `root`; `today` decides on expiry."""

    root: Path
    paths: tuple[str, ...]
    policy: Policy
    today: date
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Scan:
    """A report and what a rewrite needs: the bytes of the files that hold findings, by path.

    `sightings` are all places that name a member of a cluster, in order of path and byte.
    """

    report: Report
    sources: dict[str, SourceFile]
    bench: Bench
    bundles: tuple[Loaded, ...] = ()
    sightings: tuple[Sighting, ...] = ()


@dataclass(frozen=True)
class _Sieve:
    """The files that may hold something, and where the others went."""

    candidates: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    files: int
    nothing: int
    skipped: tuple[tuple[str, int], ...]
    bundles: tuple[Loaded, ...]


def scan(request: Request) -> Scan:
    """Scan files below the root. Raises AnalyzerError for faults of the run, never for those of a file."""
    bench = Bench(request.policy, Resolver(request.policy), request.today)
    sieve = _sieve(request, bench)
    judged, problems = _judged(sieve.candidates, bench, request, sieve.bundles)
    coverage = Coverage(sieve.files, len(sieve.candidates), sieve.nothing, sieve.skipped)
    report = _report(request.policy, coverage, judged.findings, (*sieve.problems, *problems))
    holding = {f.path for f in judged.findings}
    sources = {s.path: s for s in sieve.candidates if s.path in holding}
    return Scan(report, sources, bench, sieve.bundles, judged.sightings)


def scan_bytes(source: SourceFile, request: Request) -> Scan:
    """Scan one file that is already in memory, under the path that it carries."""
    bench = Bench(request.policy, Resolver(request.policy), request.today)
    judged, problems = _judged((source,), bench, request)
    report = _report(request.policy, Coverage(1, 1, 0, ()), judged.findings, problems)
    return Scan(report, {source.path: source}, bench, sightings=judged.sightings)


def _sieve(request: Request, bench: Bench) -> _Sieve:
    exclude = (*request.policy.exclude, *request.exclude)
    options = DiscoverOptions(root=request.root, exclude=exclude, gitignore=request.gitignore)
    listing = discover([str(request.root / path) for path in request.paths], options)
    off = {rule for rule, severity in request.policy.severity if severity is Severity.OFF}
    prefilter = Prefilter(
        bench.resolver.needles(), heuristics="unmanaged-host" not in off, hidden="opaque-value" not in off
    )
    candidates: list[SourceFile] = []
    left_out = list(listing.skipped)
    nothing = 0
    own = _policy_file(request)
    with Reader(request.root) as reader:
        for path in listing.files:
            if path == own:
                left_out.append(Skip(path, "the policy itself"))
                continue
            data = reader.read(path)
            if isinstance(data, Refusal):
                left_out.append(Skip(path, data.reason, data.incomplete))
            elif prefilter.hit(data):
                candidates.append(SourceFile(path, data))
            else:
                nothing += 1
        bundles = load(listing.files, candidates, reader)
    problems = [Problem(s.path, "read", f"not read: {s.reason}") for s in left_out if s.incomplete]
    skipped = tuple(sorted(Counter(s.reason for s in left_out).items()))
    total = len(listing.files) + len(listing.skipped)
    return _Sieve(tuple(candidates), tuple(problems), total, nothing, skipped, bundles)


def _policy_file(request: Request) -> str | None:
    """The policy's path relative to the root: it names every node, rightly."""
    if request.policy.path is None:
        return None
    return os.path.relpath(os.path.realpath(request.policy.path), os.path.realpath(request.root))


def _judged(
    sources: Sequence[SourceFile], bench: Bench, request: Request, bundles: Sequence[Loaded] = ()
) -> tuple[Judged, tuple[Problem, ...]]:
    findings: list[Finding] = []
    sightings: list[Sighting] = []
    problems: list[Problem] = []
    extractions = extract_sources(sources, request.limits, bench.declares, bundles)
    bench = replace(bench, others={file.path: file for bundle in bundles for file in bundle.files})
    for source, extraction in zip(sources, extractions.values(), strict=True):
        judged = judge_file(source, extraction, bench, _inner(source.path, request.paths))
        findings += judged.findings
        sightings += judged.sightings
        problems += extraction.problems
    return Judged(tuple(findings), tuple(sightings)), tuple(problems)


def _inner(path: str, roots: Sequence[str]) -> str:
    """The path below the argument that led to it: a scan of `examples/shop` does not treat all of it as examples."""
    for root in sorted(roots, key=len, reverse=True):
        stem = root.rstrip("/").removeprefix("./")
        if stem and path.startswith(f"{stem}/"):
            return path[len(stem) + 1 :]
    return path


def _report(policy: Policy, coverage: Coverage, findings: Sequence[Finding], problems: Sequence[Problem]) -> Report:
    ordered = sorted(
        findings, key=lambda f: (f.path.encode("utf-8", "surrogateescape"), f.span.start, f.span.end, f.rule)
    )
    told = sorted(
        set(problems), key=lambda p: (p.path.encode("utf-8", "surrogateescape"), p.line or 0, p.stage, p.message)
    )
    return Report(__version__, policy.path, coverage, tuple(ordered), tuple(told))

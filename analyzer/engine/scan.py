"""A whole scan: which files, which of them can hold anything, what stands in them, what is wrong with it.

Every listed file is read once and ends in exactly one count of `Coverage`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer import __version__
from analyzer.engine.judging import Bench, Judged, judge_file
from analyzer.engine.places import extract_sources
from analyzer.engine.request import Request
from analyzer.engine.sieving import sieve
from analyzer.engine.together import Loaded
from analyzer.model import Coverage, Finding, Policy, Problem, Report, Sighting
from analyzer.resolve import Resolver
from analyzer.source import SourceFile


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


def scan(request: Request) -> Scan:
    """Scan files below the root. Raises AnalyzerError for faults of the run, never for those of a file."""
    bench = Bench(request.policy, Resolver(request.policy), request.today)
    sieved = sieve(request, bench.resolver)
    judged, problems = _judged(sieved.candidates, bench, request, sieved.bundles)
    coverage = Coverage(sieved.files, len(sieved.candidates), sieved.nothing, sieved.skipped)
    report = _report(request.policy, coverage, judged.findings, (*sieved.problems, *problems))
    holding = {f.path for f in judged.findings}
    sources = {s.path: s for s in sieved.candidates if s.path in holding}
    return Scan(report, sources, bench, sieved.bundles, judged.sightings)


def scan_bytes(source: SourceFile, request: Request) -> Scan:
    """Scan one file that is already in memory, under the path that it carries."""
    bench = Bench(request.policy, Resolver(request.policy), request.today)
    judged, problems = _judged((source,), bench, request)
    report = _report(request.policy, Coverage(1, 1, 0, ()), judged.findings, problems)
    return Scan(report, {source.path: source}, bench, sightings=judged.sightings)


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

"""A whole scan: which files, which of them can hold anything, what stands in them, what is wrong with it.

Every listed file is read once and ends in exactly one count of `Coverage`.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from analyzer import __version__
from analyzer.discover import inner_path
from analyzer.engine.comparing import compared
from analyzer.engine.exceptions import about_entries
from analyzer.engine.judging import Bench, Judged, judge_file
from analyzer.engine.places import extract_sources
from analyzer.engine.request import Request, policy_file
from analyzer.engine.sieving import sieve
from analyzer.engine.together import Loaded
from analyzer.model import Coverage, Finding, Problem, Report, Sighting
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
    with closing(request.watch):
        return _scan(request)


def _scan(request: Request) -> Scan:
    alone = not all((request.root / path).is_dir() for path in request.paths)
    bench = Bench(request.policy, Resolver(request.policy), request.today, partial=alone)
    sieved = sieve(request, bench.resolver)
    judged, told = _judged(sieved.candidates, bench, request, sieved.bundles)
    problems = (*sieved.problems, *told)
    whole = request.scope.whole and not any(problem.incomplete for problem in problems)
    entries = about_entries(policy_file(request), bench, judged.met, whole=whole)
    coverage = Coverage(sieved.files, len(sieved.candidates), sieved.nothing, sieved.skipped)
    report = report_of(request, coverage, (*judged.findings, *entries), problems)
    holding = {f.path for f in judged.findings}
    sources = {s.path: s for s in sieved.candidates if s.path in holding}
    return Scan(report, sources, bench, sieved.bundles, judged.sightings)


def scan_bytes(source: SourceFile, request: Request) -> Scan:
    """Scan one file that is already in memory, under the path that it carries."""
    bench = Bench(request.policy, Resolver(request.policy), request.today, partial=True)
    judged, problems = _judged((source,), bench, request)
    entries = about_entries(policy_file(request), bench, judged.met, whole=False)
    report = report_of(request, Coverage(1, 1, 0, ()), (*judged.findings, *entries), problems)
    return Scan(report, {source.path: source}, bench, sightings=judged.sightings)


def _judged(
    sources: Sequence[SourceFile], bench: Bench, request: Request, bundles: Sequence[Loaded] = ()
) -> tuple[Judged, tuple[Problem, ...]]:
    findings: list[Finding] = []
    sightings: list[Sighting] = []
    met: set[int] = set()
    problems: list[Problem] = []
    extractions = extract_sources(sources, request.limits, bench.declares, bundles, request.watch)
    bench = replace(bench, others={file.path: file for bundle in bundles for file in bundle.files})
    for source, extraction in zip(sources, extractions.values(), strict=True):
        judged = judge_file(source, extraction, bench, inner_path(source.path, request.paths))
        findings += judged.findings
        sightings += judged.sightings
        met |= judged.met
        problems += extraction.problems
    return Judged(tuple(findings), tuple(sightings), frozenset(met)), tuple(problems)


def report_of(request: Request, coverage: Coverage, findings: Sequence[Finding], problems: Sequence[Problem]) -> Report:
    """The report with all that was found, in stable order, held against the baseline."""
    ordered = sorted(
        findings, key=lambda f: (f.path.encode("utf-8", "surrogateescape"), f.span.start, f.span.end, f.rule)
    )
    told = sorted(
        set(problems), key=lambda p: (p.path.encode("utf-8", "surrogateescape"), p.line or 0, p.stage, p.message)
    )
    baseline = None
    if request.baseline is not None:
        ordered, baseline = compared(ordered, request.baseline, request.scope)
    return Report(__version__, request.policy.path, coverage, tuple(ordered), tuple(told), request.today, baseline)

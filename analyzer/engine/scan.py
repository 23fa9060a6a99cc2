"""A whole scan: which files, which of them can hold anything, what stands in them, what is wrong with it.

Every listed file is read once and ends in exactly one count of `Coverage`.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain

from analyzer import __version__
from analyzer.discover import inner_path
from analyzer.engine.comparing import compared
from analyzer.engine.exceptions import about_entries
from analyzer.engine.judging import Bench, Judged, judge_file
from analyzer.engine.places import extract_sources
from analyzer.engine.request import Request, policy_file
from analyzer.engine.sieving import Sieved, sieve
from analyzer.engine.together import Loaded
from analyzer.model import Coverage, Extraction, Finding, Problem, Report, Sighting
from analyzer.resolve import Resolver
from analyzer.source import SourceFile


@dataclass(frozen=True)
class Scan:
    """A report and what a rewrite needs: of the files that hold findings, by path, the bytes and what was read there.

    `sightings` are all places that name a member of a cluster, in order of path and byte; `older` are findings that
    were there before the change that the report is about.
    """

    report: Report
    sources: dict[str, SourceFile]
    bench: Bench
    bundles: tuple[Loaded, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    older: tuple[Finding, ...] = ()
    read: Mapping[str, Extraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What a tree holds: its sieved files, each judged, by path, and what is said about the policy's own exceptions."""

    bench: Bench
    sieved: Sieved
    judged: Mapping[str, Judged]
    entries: tuple[Finding, ...]
    problems: tuple[Problem, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, in no particular order."""
        return (*chain.from_iterable(judged.findings for judged in self.judged.values()), *self.entries)


def scan(request: Request) -> Scan:
    """Scan files below the root. Raises AnalyzerError for faults of the run, never for those of a file."""
    with closing(request.watch):
        seen = look(request)
    return scan_of(report_on(request, seen), seen)


def scan_of(report: Report, seen: Look) -> Scan:
    """A report on what was seen, and what a rewrite of it needs."""
    sources = {s.path: s for s in seen.sieved.candidates if seen.judged[s.path].findings}
    sightings = tuple(chain.from_iterable(judged.sightings for judged in seen.judged.values()))
    read = {path: judged.read for path, judged in seen.judged.items() if judged.read is not None}
    return Scan(report, sources, seen.bench, seen.sieved.bundles, sightings, read=read)


def look(request: Request) -> Look:
    """Find and judge what a request asks for, on the disk."""
    alone = not all((request.root / path).is_dir() for path in request.paths)
    bench = Bench(request.policy, Resolver(request.policy), request.today, partial=alone)
    return looked(request, bench, sieve(request, bench.resolver), {})


def looked(request: Request, bench: Bench, sieved: Sieved, known: Mapping[str, Judged]) -> Look:
    """Judge the candidates, but for those that are `known`, by path."""
    fresh = tuple(source for source in sieved.candidates if source.path not in known)
    wanted = {source.path for source in fresh}
    bundles = tuple(b for b in sieved.bundles if any(file.path in wanted for file in b.files))
    new, told = _judged(fresh, bench, request, bundles)
    judged = {
        source.path: new[source.path] if source.path in new else known[source.path] for source in sieved.candidates
    }
    problems = (*sieved.problems, *told)
    whole = request.scope.whole and not any(problem.incomplete for problem in problems)
    met = frozenset(chain.from_iterable(each.met for each in judged.values()))
    entries = about_entries(policy_file(request), bench, met, whole=whole)
    return Look(bench, sieved, judged, entries, problems)


def scan_bytes(source: SourceFile, request: Request) -> Scan:
    """Scan one file that is already in memory, under the path that it carries."""
    bench = Bench(request.policy, Resolver(request.policy), request.today, partial=True)
    seen = looked(replace(request, paths=()), bench, Sieved((source,), (), 1, 0, (), ()), {})
    sightings = seen.judged[source.path].sightings
    return Scan(report_on(request, seen), {source.path: source}, bench, sightings=sightings)


def _judged(
    sources: Sequence[SourceFile], bench: Bench, request: Request, bundles: Sequence[Loaded]
) -> tuple[dict[str, Judged], tuple[Problem, ...]]:
    judged: dict[str, Judged] = {}
    problems: list[Problem] = []
    extractions = extract_sources(sources, request.limits, bench.declares, bundles, request.watch)
    bench = replace(bench, others={file.path: file for bundle in bundles for file in bundle.files})
    for source, extraction in zip(sources, extractions.values(), strict=True):
        judged[source.path] = judge_file(source, extraction, bench, inner_path(source.path, request.paths))
        problems += extraction.problems
    return judged, tuple(problems)


def report_on(request: Request, seen: Look) -> Report:
    """The report on what was seen."""
    sieved = seen.sieved
    coverage = Coverage(sieved.files, len(sieved.candidates), sieved.nothing, sieved.skipped)
    return report_of(request, coverage, seen.findings, seen.problems)


def report_of(request: Request, coverage: Coverage, findings: Sequence[Finding], problems: Sequence[Problem]) -> Report:
    """The report with all that was found, in stable order, held against the baseline."""
    ordered = sorted(findings, key=place_in_report)
    told = sorted(
        set(problems), key=lambda p: (p.path.encode("utf-8", "surrogateescape"), p.line or 0, p.stage, p.message)
    )
    baseline = None
    if request.baseline is not None:
        ordered, baseline = compared(ordered, request.baseline, request.scope)
    return Report(__version__, request.policy.path, coverage, tuple(ordered), tuple(told), request.today, baseline)


def place_in_report(finding: Finding) -> tuple[bytes, int, int, str]:
    """By what findings are sorted: path, bytes, rule."""
    return finding.path.encode("utf-8", "surrogateescape"), finding.span.start, finding.span.end, finding.rule

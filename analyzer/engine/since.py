"""A change, scanned: the tree as it is and as it was, by one policy, and what is new.

Only what can differ is read twice: files that changed, and files that are read together with one that did.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from analyzer.checks import CHECKS
from analyzer.discover import Listing, Past, PastReader, Reader
from analyzer.engine.aligning import kept_lines
from analyzer.engine.comparing import RANK, Scope
from analyzer.engine.findings import change_finding, identified, weighed
from analyzer.engine.judging import Judged
from analyzer.engine.newer import Before
from analyzer.engine.request import Request
from analyzer.engine.scan import Look, Scan, look, looked, place_in_report, report_on, scan, scan_of
from analyzer.engine.sieving import Sieved, sift
from analyzer.model import Difference, Finding, Policy, PolicyChange, Problem, Severity, Span
from analyzer.source import SourceFile

_PROPOSED = "policy: only the policy as this change leaves it finds this"


@dataclass(frozen=True)
class Since:
    """With what a scan is compared. `change` is what happened to the policy, `proposed` the policy that it leaves."""

    past: Past
    change: PolicyChange | None = None
    proposed: Policy | None = None


def scan_since(request: Request, since: Since) -> Scan:
    """Scan, by the policy of the base; the report holds what is new. Raises AnalyzerError for faults of the run."""
    with closing(request.watch):
        now = look(request)
        then = _look_then(request, since.past, now)
    report = report_on(request, now)
    before = Before(then.findings, _sources(then.sieved), since.past.renamed)
    new = before.newer(report.findings, _sources(now.sieved))
    fresh = set(map(id, new))
    older = tuple(finding for finding in report.findings if id(finding) not in fresh)
    if since.change is not None:
        entries = {finding.fingerprint for finding in now.entries}
        new = [finding for finding in new if finding.fingerprint not in entries]
        new += (*_told(since.change, request.policy), *_by_new_policy(request, since.proposed, before, now))
    report = replace(
        report,
        findings=tuple(sorted(new, key=place_in_report)),
        problems=(*report.problems, *_unread(then, now)),
        difference=Difference(since.past.commit, len(older)),
    )
    return replace(scan_of(report, now), older=older)


def _look_then(request: Request, past: Past, now: Look) -> Look:
    """The tree before the change, by the same policy."""
    listing = Listing(tuple(sorted(_listed(request, past, now.sieved), key=_by_bytes)), ())
    with Reader(request.root) as disk, PastReader(past, disk) as reader:
        sieved = sift(listing, reader, request, now.bench.resolver)
    return looked(request, now.bench, sieved, _unaffected(now, sieved))


def _listed(request: Request, past: Past, sieved: Sieved) -> set[str]:
    """The files of the base that the same scan would have read, those that were renamed since, those that git ignores.

    What git ignores is no part of a change: it counts as it is.
    """
    scope = Scope(request.paths, request.excluded)
    found = {path for path in past.paths if scope.holds(path)}
    found |= {old for new, old in past.renamed.items() if scope.holds(new)}
    return found | {path for path in sieved.listed if not past.is_part(path)}


def _unaffected(now: Look, then: Sieved) -> Mapping[str, Judged]:
    """What is said of files that are the same, and are read together with the same."""
    bundles = {(bundle.kind, bundle.root): bundle for bundle in then.bundles}
    same = [bundle for bundle in now.sieved.bundles if bundles.get((bundle.kind, bundle.root)) == bundle]
    kept = {(bundle.kind, bundle.root) for bundle in same}
    other = [bundle for bundle in (*now.sieved.bundles, *then.bundles) if (bundle.kind, bundle.root) not in kept]
    touched = {file.path for bundle in other for file in bundle.files}
    old = _sources(then)
    return {
        source.path: now.judged[source.path]
        for source in now.sieved.candidates
        if source.path not in touched and old.get(source.path) == source
    }


def _by_new_policy(request: Request, proposed: Policy | None, before: Before, now: Look) -> Iterator[Finding]:
    """What the policy finds as the change leaves it, where that of the base finds nothing that weighs as much."""
    if proposed is None:
        return
    known: dict[tuple[str, int], int] = {}
    for finding in (each for each in now.findings if each.suppressed is None):
        place = (finding.path, finding.start.line)
        known[place] = max(known.get(place, 0), RANK[finding.severity])
    found = scan(replace(request, policy=proposed))
    for finding in before.newer(found.report.findings, found.sources):
        weight = known.get((finding.path, finding.start.line), 0)
        if finding.suppressed is None and RANK[finding.severity] > weight:
            yield replace(finding, evidence=(*finding.evidence, _PROPOSED))


def _told(change: PolicyChange, policy: Policy) -> tuple[Finding, ...]:
    source = SourceFile(change.path, change.new or b"")
    span = _first_change(change, source)
    verdicts = ((check, check.judge_change(change)) for check in CHECKS)
    found = [weighed(change_finding(source, span, check, said), policy, None) for check, said in verdicts if said]
    return identified(source, [finding for finding in found if finding.severity is not Severity.OFF])


def _first_change(change: PolicyChange, source: SourceFile) -> Span:
    """The first line that the change wrote; where it only took some away, the line that follows the first."""
    old, new = ((data or b"").splitlines(keepends=True) for data in (change.old, change.new))
    kept = kept_lines(old, new)
    pairs = [kept.get(number) for number in range(len(new))]
    added = next((number for number, line in enumerate(pairs) if line is None), None)
    moved = next((number for number, line in enumerate(pairs) if line != number), max(len(new) - 1, 0))
    number = moved if added is None else added
    start = len(b"".join(new[:number]))
    return Span(start, start + len(source.line(number + 1)))


def _unread(then: Look, now: Look) -> Sequence[Problem]:
    """Files whose older version could not be read, so that all in them counts as new."""
    paths = {p.path for p in then.problems if p.incomplete} - {p.path for p in now.problems if p.incomplete}
    said = "its older version could not be read, so all that it holds counts as new"
    return [Problem(path, "diff", said, None, incomplete=False) for path in sorted(paths, key=_by_bytes)]


def _sources(sieved: Sieved) -> dict[str, SourceFile]:
    return {source.path: source for source in sieved.candidates}


def _by_bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")

"""Rewrites, and the proof that each changes hosts and ports and nothing else. Nothing is written here.

A rewrite holds when its inverse gives the old bytes back, when the new file parses no worse and yields the same
references but for the replaced hosts, and when a second fix of the new bytes would change nothing.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from analyzer.engine.judging import Bench, judge_file
from analyzer.engine.places import Limits, extract_sources
from analyzer.engine.together import Loaded, changed
from analyzer.model import Edit, Extraction, Finding, Fix, HostRef, Problem, Safety, Span
from analyzer.resolve import Resolver
from analyzer.rewrite import apply, invert, merge
from analyzer.source import SourceFile


@dataclass(frozen=True)
class Rewrite:
    """One file before and after the accepted fixes; `spared` is where findings start that are left on purpose."""

    source: SourceFile
    new: bytes
    edits: tuple[Edit, ...]
    fixes: tuple[Fix, ...]
    spared: frozenset[int] = frozenset()


def rewrites(
    findings: Sequence[Finding], sources: dict[str, SourceFile], *, unsafe: bool, older: Sequence[Finding] = ()
) -> tuple[tuple[Rewrite, ...], tuple[Problem, ...]]:
    """Merge the fixes of each file; a fix that conflicts with an earlier one is a Problem.

    What the baseline excuses, and what is `older` than a change, is left.
    """
    wanted = {Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE}
    by_path: dict[str, list[Fix]] = defaultdict(list)
    for finding in findings:
        if finding.fix is not None and finding.fix.safety in wanted and finding.suppressed is None:
            by_path[finding.path].append(finding.fix)
    excused = (f for f in findings if f.suppressed is not None and f.suppressed.kind == "baseline")
    spared: dict[str, set[int]] = defaultdict(set)
    for finding in (*excused, *older):
        spared[finding.path].add(finding.span.start)
    done, problems = [], []
    for path, fixes in by_path.items():
        merged = merge(fixes)
        problems += [Problem(path, "fix", f"{fix.title}: {why}") for fix, why in merged.rejected]
        if merged.edits:
            source = sources[path]
            new = apply(source.data, merged.edits)
            done.append(Rewrite(source, new, merged.edits, merged.accepted, frozenset(spared[path])))
    return tuple(done), tuple(problems)


def prove(
    changes: Sequence[Rewrite],
    bench: Bench,
    limits: Limits,
    bundles: Sequence[Loaded] = (),
    read: Mapping[str, Extraction] | None = None,
) -> tuple[tuple[Rewrite, ...], tuple[Problem, ...]]:
    """Keep the rewrites that hold; each other one is a Problem that says which promise it would break.

    `read` is what a scan has read in the old files, by path; the others are read here.
    """
    paths = {c.source.path for c in changes}
    bundles = [b for b in bundles if not paths.isdisjoint(f.path for f in b.files)]
    old = dict(read or {})
    unread = [c.source for c in changes if c.source.path not in old]
    old |= extract_sources(unread, limits, bench.declares, bundles) if unread else {}
    fresh = [SourceFile(c.source.path, c.new) for c in changes]
    new = extract_sources(fresh, limits, bench.declares, changed(bundles, fresh))
    kept, problems = [], []
    for change, after in zip(changes, fresh, strict=True):
        path = change.source.path
        why = _broken(change, after, (old[path], new[path]), bench)
        if why:
            problems.append(Problem(path, "fix", f"not rewritten: {why}"))
        else:
            kept.append(change)
    return tuple(kept), tuple(problems)


def _broken(change: Rewrite, after: SourceFile, extractions: tuple[Extraction, Extraction], bench: Bench) -> str:
    old, new = extractions
    if apply(change.new, invert(change.edits)) != change.source.data:
        return "undoing the edits would not restore the file"
    if Counter(p.stage for p in new.problems) != Counter(p.stage for p in old.problems):
        return "the changed file would not parse as before"
    if _untouched(old.refs, change.edits, moved=True) != _untouched(new.refs, _inverse(change), moved=False):
        return "other hosts of the file would be read differently"
    if not _replaced(old.refs, new.refs, change, bench.resolver):
        return "the new host would not be read as the endpoint"
    again = judge_file(after, new, bench, after.path).findings
    spared = set(map(_shift(change.edits), change.spared))
    wanted = (f for f in again if f.suppressed is None and f.span.start not in spared)
    if any(f.fix is not None and f.fix.safety is Safety.SAFE for f in wanted):
        return "a second fix would change the file again"
    return ""


def _untouched(
    refs: Iterable[HostRef], edits: Sequence[Edit], *, moved: bool
) -> list[tuple[int, str, tuple[str, ...]]]:
    """References outside of the edits: where (in the new file), host, clues."""
    ordered = sorted(edits, key=_start)
    touched = _Places([(e.span, "") for e in ordered])
    shift = _shift(ordered if moved else ())
    kept = []
    for ref in refs:
        span = _outer(ref)
        if next(touched.meeting(Span(span.start - 1, span.end + 1)), None) is None:
            kept.append((shift(span.start), ref.host, tuple(sorted({e.clue.value for e in ref.evidence}))))
    return sorted(kept)


def _shift(edits: Iterable[Edit]) -> Callable[[int], int]:
    """Where a byte of the old file that no edit touches stands in the new one."""
    ordered = sorted(edits, key=_start)
    starts = [edit.span.start for edit in ordered]
    grown = [0, *accumulate(len(edit.new) - len(edit.old) for edit in ordered)]
    return lambda at: at + grown[bisect_left(starts, at)]


def _inverse(change: Rewrite) -> tuple[Edit, ...]:
    return tuple(invert(change.edits))


def _replaced(old: Iterable[HostRef], new: Iterable[HostRef], change: Rewrite, resolver: Resolver) -> bool:
    """Where an edit took a host away, the new bytes are read as a host that the policy declares as an endpoint."""
    before = _Places([(_outer(ref), ref.host) for ref in old])
    after = _Places([(_outer(ref), ref.host) for ref in new])
    for edit, undo in zip(sorted(change.edits, key=_start), sorted(_inverse(change), key=_start), strict=True):
        if next(before.meeting(edit.span), None) is None:
            continue
        read = [resolver.resolve(host) for host in after.meeting(undo.span)]
        if not any(found is not None and found.endpoints for found in read):
            return False
    return True


class _Places:
    """Hosts (or nothing) by their spans, asked for those that share a byte with another span."""

    def __init__(self, spans: Iterable[tuple[Span, str]]) -> None:
        self._spans = sorted(spans, key=lambda entry: (entry[0].start, entry[0].end))
        self._starts = [span.start for span, _ in self._spans]
        self._reach = list(accumulate((span.end for span, _ in self._spans), max, initial=0))

    def meeting(self, wanted: Span) -> Iterator[str]:
        at = bisect_left(self._starts, wanted.end)
        while at and self._reach[at] > wanted.start:
            at -= 1
            span, host = self._spans[at]
            if span.end > wanted.start:
                yield host


def _start(edit: Edit) -> int:
    return edit.span.start


def _outer(ref: HostRef) -> Span:
    return ref.slot.container.span if ref.slot.container is not None else ref.slot.span

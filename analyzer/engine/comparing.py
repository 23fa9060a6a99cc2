"""A scan held against a baseline, and the baseline that a scan would write."""

import os
from collections.abc import Sequence
from dataclasses import replace

from analyzer import baseline
from analyzer.baseline import Baseline
from analyzer.discover import Globs
from analyzer.model import Compared, Finding, Report, Severity

RANK = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1, Severity.OFF: 0}


class Scope:
    """Which files a scan looked at: those below `paths` that `exclude` leaves, relative to the root.

    `whole`: everything below the root.
    """

    def __init__(self, paths: Sequence[str], exclude: Sequence[str]) -> None:
        self._paths = tuple(os.path.normpath(path) for path in paths)
        self._exclude = Globs(exclude)
        self.whole = "." in self._paths and not exclude

    def holds(self, path: str) -> bool:
        """Whether the scan would have told what stands in a file at `path`."""
        inside = any(above in {".", path} or path.startswith(f"{above}/") for above in self._paths)
        return inside and not path.startswith("../") and self._exclude.covering(path) is None


def compared(findings: Sequence[Finding], known: Baseline, scope: Scope) -> tuple[list[Finding], Compared]:
    """The findings with those that the baseline knows marked, and how many of its entries no longer occur."""
    gone = {e.path for e in known.entries if not os.path.lexists(f"{known.folder}/{e.path}")}
    marked, left = baseline.compare(findings, known, gone)
    lost = sum(scope.holds(baseline.scanned_path(entry, known)) for entry in left)
    return marked, Compared(known.path, lost)


def rewritten(report: Report, known: Baseline, scope: Scope, least: Severity) -> Baseline:
    """The baseline with what the scan found, from severity `least` up, and with what it did not look at as it was."""
    kept = {entry for entry in known.entries if not scope.holds(baseline.scanned_path(entry, known))}
    found = {baseline.entry_of(f, known) for f in report.findings if _counts(f, least)}
    return replace(known, entries=frozenset(kept | found))


def accepted(report: Report, known: Baseline) -> Report:
    """The same report, held against a baseline that has just been written from it."""
    marked, _ = baseline.compare(report.findings, known, ())
    return replace(report, findings=tuple(marked), baseline=Compared(known.path, 0))


def _counts(finding: Finding, least: Severity) -> bool:
    excused = finding.suppressed is not None and finding.suppressed.kind != "baseline"
    return not excused and RANK[finding.severity] >= RANK[least]

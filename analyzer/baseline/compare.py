"""Findings held against a baseline: which are known, and which entries no finding met."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from analyzer.baseline.file import Baseline
from analyzer.baseline.form import Entry
from analyzer.model import Finding, Suppression


def entry_of(finding: Finding, baseline: Baseline) -> Entry:
    """The entry of a finding of a scan in this baseline."""
    path = os.path.relpath(f"{baseline.root}/{finding.path}", baseline.folder)
    return Entry(path, finding.rule, finding.host or "-", finding.identity)


def scanned_path(entry: Entry, baseline: Baseline) -> str:
    """The path of an entry's file relative to the root of the scan."""
    return os.path.relpath(f"{baseline.folder}/{entry.path}", baseline.root)


def compare(
    findings: Sequence[Finding], known: Baseline, gone: Collection[str]
) -> tuple[list[Finding], frozenset[Entry]]:
    """The findings, open ones that the baseline knows marked; and the entries that no finding met.

    `gone` are paths of entries whose file is no more: their findings may have moved to another file, each once.
    """
    left = set(known.entries)
    done = list(findings)
    for number, entry in _open(done, known):
        if entry in left:
            left.remove(entry)
            done[number] = _known(done[number])
    moved: dict[Entry, list[Entry]] = {}
    for entry in sorted(left, key=lambda e: e.path):
        if entry.path in gone:
            moved.setdefault(replace(entry, path=""), []).append(entry)
    for number, entry in _open(done, known) if moved else ():
        if old := moved.get(replace(entry, path="")):
            left.remove(old.pop())
            done[number] = _known(done[number])
    return done, frozenset(left)


def _open(findings: Sequence[Finding], baseline: Baseline) -> Iterator[tuple[int, Entry]]:
    for number, finding in enumerate(findings):
        if finding.suppressed is None:
            yield number, entry_of(finding, baseline)


def _known(finding: Finding) -> Finding:
    return replace(finding, suppressed=Suppression("baseline", "known when the baseline was written"))

"""The baseline: findings that a team knows and lives with for now, in a file that merges well."""

from analyzer.baseline.compare import compare, entry_of, scanned_path
from analyzer.baseline.file import NAME, Baseline, existing, load, write
from analyzer.baseline.form import Entry, is_baseline, parse, render

__all__ = [
    "NAME",
    "Baseline",
    "Entry",
    "compare",
    "entry_of",
    "existing",
    "is_baseline",
    "load",
    "parse",
    "render",
    "scanned_path",
    "write",
]

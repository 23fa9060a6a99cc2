"""Fingerprints that no two findings of a report share: consumers keep one finding for each."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from analyzer.model import Finding


def told_apart(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint; of several with the same one, those after the first get one made from it."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.fingerprint] += 1
        yield finding, _numbered(finding.fingerprint, seen[finding.fingerprint])


def _numbered(fingerprint: str, ordinal: int) -> str:
    if ordinal == 1:
        return fingerprint
    return hashlib.sha256(f"{fingerprint}/{ordinal}".encode()).hexdigest()[:32]

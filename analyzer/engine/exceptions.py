"""The policy's own exceptions after a scan: entries that have ended, and those that nothing needed."""

from collections.abc import Collection

from analyzer.engine.findings import identified, weighed
from analyzer.engine.judging import Bench, about_exemptions
from analyzer.model import Finding, Severity
from analyzer.source import SourceFile
from analyzer.suppress import entries_told

_HOMES = ("", ".github/")  # folders in which the policy of a tree may stand


def about_entries(path: str | None, bench: Bench, met: Collection[int], *, whole: bool) -> tuple[Finding, ...]:
    """What is said about `allow` entries, in the policy file at `path` relative to the root of the scan.

    `met` are the numbers of those that findings met; `whole`: everything below the root was scanned and understood. A
    policy that stands elsewhere serves other trees too: its entries may be needed there.
    """
    if path is None:
        return ()
    name = path.rsplit("/", 1)[-1]
    source = SourceFile(path, bench.policy.data)
    told = entries_told(bench.terms.entries, met, whole=whole and path.removesuffix(name) in _HOMES)
    found = (weighed(finding, bench.policy, None) for finding in about_exemptions(source, told))
    return identified(source, [finding for finding in found if finding.severity is not Severity.OFF])

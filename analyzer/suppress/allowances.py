"""The policy's `allow` entries, ready to be asked, and what is said of those that are over or were not needed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.discover import Globs
from analyzer.model import Allow, Exemption, Finding, Policy, Suppression
from analyzer.resolve import HostSet
from analyzer.source import SourceFile

_SHOWN = 3  # paths and hosts of an entry


@dataclass(frozen=True)
class Allowance:
    """One entry: which findings it excuses, or would if it had not ended."""

    number: int
    entry: Allow
    paths: Globs
    hosts: HostSet
    ended: bool
    suppression: Suppression

    def fits(self, finding: Finding) -> bool:
        """Whether the entry speaks of this finding."""
        return self.paths.covering(finding.path) is not None and self.hosts.contains(finding.host)


def allowances(policy: Policy, today: date) -> tuple[Allowance, ...]:
    """The entries of a policy in their order."""
    source = SourceFile("", policy.data)
    return tuple(
        Allowance(
            number,
            entry,
            Globs(entry.paths),
            HostSet(entry.hosts),
            ended=over(entry.expires, today),
            suppression=Suppression(
                "policy",
                entry.reason,
                source.position(entry.span.start).line if policy.data else None,
                entry.owner,
                entry.expires,
            ),
        )
        for number, entry in enumerate(policy.allow)
    )


def entries_told(entries: Sequence[Allowance], met: Collection[int], *, whole: bool) -> Iterator[Exemption]:
    """What is wrong with entries; `met` are the numbers of those that a finding met.

    A scan of the `whole` tree alone knows what is not needed. One that has ended is told where it matters.
    """
    for each in entries:
        if each.ended and (whole or each.number in met):
            yield Exemption("policy", each.entry.span, _shape(each.entry), ended=each.entry.expires)
        elif whole and each.number not in met:
            yield Exemption("policy", each.entry.span, _shape(each.entry), unused=True)


def _shape(entry: Allow) -> str:
    return f"allow: paths {_first(entry.paths)}, hosts {_first(entry.hosts)}"


def _first(texts: Sequence[str]) -> str:
    more = len(texts) - _SHOWN
    return " ".join(texts[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def over(last_day: str, today: date) -> bool:
    """Whether an exception with this last day (ISO, or none) has ended."""
    return bool(last_day) and today.isoformat() > last_day

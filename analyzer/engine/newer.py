"""Which findings a change made: those that the tree before it does not have. Pure.

A finding that only moved is old, by lines above it, to another place of its file, or with its file. Which of several
alike is the new one, the lines tell: those that stayed kept theirs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.engine.aligning import kept_lines
from analyzer.hosts import canonical
from analyzer.model import Finding
from analyzer.source import SourceFile

Kind = tuple[str, str, str]


class Before:
    """The findings before the change, and the files that held some, by the paths that they had; `renamed` since."""

    def __init__(
        self, findings: Iterable[Finding], sources: Mapping[str, SourceFile], renamed: Mapping[str, str]
    ) -> None:
        self._sources = sources
        self._renamed = renamed
        self._found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self._found[finding.path].append(finding)

    def newer(self, findings: Sequence[Finding], sources: Mapping[str, SourceFile]) -> list[Finding]:
        """Those of the findings after the change, in their order, that were not there; `sources` are their files.

        An open finding is only known by an open one: an exception that went makes it new.
        """
        files: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            files[finding.path].append(finding)
        fresh = {id(each) for path, found in files.items() for each in self._newer(path, found, sources.get(path))}
        return [finding for finding in findings if id(finding) in fresh]

    def _newer(self, path: str, found: Sequence[Finding], source: SourceFile | None) -> Iterator[Finding]:
        before = self._renamed.get(path, path)
        known, old = self._found.get(before, []), self._sources.get(before)
        if not known or found == known:
            yield from () if known else found
            return
        kept, alike = _kept(old, source), _by_kind(known)
        for kind, after in _by_kind(found).items():
            yield from _unmet(after, alike.get(kind, []), kept)


def _unmet(after: Sequence[Finding], known: Sequence[Finding], kept: Mapping[int, int]) -> Iterator[Finding]:
    """Findings of one kind that meet none before: first on lines that stayed, then anywhere, in order."""
    lines = Counter((each.start.line, _is_open(each)) for each in known)
    waiting = []
    for finding in after:
        line = kept.get(finding.start.line, 0)
        met = next((place for place in ((line, opened) for opened in _meets(finding)) if lines[place] > 0), None)
        if met is None:
            waiting.append(finding)
        else:
            lines[met] -= 1
    spare: Counter[bool] = Counter()
    for (_, opened), count in lines.items():
        spare[opened] += count
    for finding in waiting:
        other = next((opened for opened in _meets(finding) if spare[opened] > 0), None)
        if other is None:
            yield finding
        else:
            spare[other] -= 1


def _is_open(finding: Finding) -> bool:
    return finding.suppressed is None


def _meets(finding: Finding) -> tuple[bool, ...]:
    """Whether the finding before must have been open to be this one, the better first."""
    return (True,) if _is_open(finding) else (False, True)


def _by_kind(findings: Iterable[Finding]) -> dict[Kind, list[Finding]]:
    kinds: defaultdict[Kind, list[Finding]] = defaultdict(list)
    for finding in findings:
        kinds[_kind(finding)].append(finding)
    return kinds


def _kind(finding: Finding) -> Kind:
    """What two findings that can be one have in common: all of the identity but the ordinal."""
    return finding.rule, canonical(finding.host), finding.shape


def _kept(old: SourceFile | None, new: SourceFile | None) -> dict[int, int]:
    """By line of the new file: the line of the old one, both from 1."""
    if old is None or new is None:
        return {}
    pairs = kept_lines(old.data.splitlines(), new.data.splitlines())
    return {after + 1: before + 1 for after, before in pairs.items()}

"""What the readers of one file found, put together as its extraction."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from analyzer.extract.gathering.directivelines import directives
from analyzer.extract.gathering.merging import merged
from analyzer.model import Evidence, Extraction, HostRef, Opaque, Problem, Region, Roster, Span
from analyzer.source import SourceFile

Item: TypeAlias = HostRef | Problem | Opaque | Region | Roster


def assembled(
    source: SourceFile, found: Iterable[Item], comments: Sequence[Span], nature: Evidence | None, *, sealed: str = ""
) -> Extraction:
    """The extraction of a file; `comments` are the bytes of all its comments, `sealed` says why none may be edited."""
    items = list(found)
    refs = merged(item for item in items if isinstance(item, HostRef))
    return Extraction(
        refs=tuple(replace(ref, sealed=ref.sealed or sealed) for ref in refs) if sealed else tuple(refs),
        problems=tuple(item for item in items if isinstance(item, Problem)),
        comments=tuple(directives(source.data, comments)),
        nature=nature,
        opaque=tuple(item for item in items if isinstance(item, Opaque)),
        regions=tuple(item for item in items if isinstance(item, Region)),
        rosters=tuple(dict.fromkeys(item for item in items if isinstance(item, Roster))),
    )

"""What one extractor read from one file."""

from dataclasses import dataclass

from analyzer.model.place import Comment, Evidence, HostRef, Label, Opaque, Problem, Region, Span
from analyzer.model.topology import Roster


@dataclass(frozen=True, slots=True)
class Extraction:
    """All of one file.

    `nature` is set where the whole file is infrastructure or prose; `unbroken` are literals of several lines, between
    whose lines no comment can stand, told where a file holds directives; `rosters` are what it tells of clusters;
    `labels` name the parts of an object that has no lines.
    """

    refs: tuple[HostRef, ...] = ()
    problems: tuple[Problem, ...] = ()
    comments: tuple[Comment, ...] = ()
    nature: Evidence | None = None
    opaque: tuple[Opaque, ...] = ()
    regions: tuple[Region, ...] = ()
    unbroken: tuple[Span, ...] = ()
    rosters: tuple[Roster, ...] = ()
    labels: tuple[Label, ...] = ()

"""Constants of other files that a file uses, behind its own bytes in one space of addresses.

Where a name may come from two files, it stands for nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from analyzer.extract.linking import Link, Segment, Space, links
from analyzer.extract.linking.modules import Project
from analyzer.extract.semgrep.constants import Constants
from analyzer.extract.semgrep.literal import Literal
from analyzer.extract.semgrep.quotes import Home
from analyzer.model import Span
from analyzer.source import SourceFile


@dataclass(frozen=True)
class Neighbours:
    """The files beside `user`, all in one language; nothing is read before the first question."""

    user: SourceFile
    language: str
    files: tuple[SourceFile, ...]

    def lookup(self, path: tuple[str, ...]) -> Sequence[Literal]:
        """What a name of another file may stand for, by the name that it has in the using file."""
        found = {(link.path, name) for link in self._links for name in _names(link, path)}
        told = [literals for file, name in sorted(found) if (literals := self._exported(file, name))]
        return told[0] if len(told) == 1 else ()

    @cached_property
    def space(self) -> Space:
        """The addresses of all bytes: the user's own, then those of each file."""
        files = (self.user, *self.files)
        sizes = [len(file.data) for file in files]
        starts = accumulate((size + 1 for size in sizes[:-1]), initial=0)
        pairs = zip(files, starts, sizes, strict=True)
        return Space(tuple(Segment(Span(start, start + size), file.path, 0) for file, start, size in pairs))

    @cached_property
    def _links(self) -> list[Link]:
        return links(self.user, self.language, Project(frozenset(file.path for file in (self.user, *self.files))))

    @cached_property
    def _constants(self) -> dict[str, Constants]:
        return {file.path: Constants(file, self.language) for file in self.files}

    def _exported(self, path: str, name: tuple[str, ...]) -> list[Literal]:
        start = next(s.span.start for s in self.space.segments if s.path == path)
        constants = self._constants.get(path)
        return [_moved(literal, start) for literal in constants.exported(name)] if constants else []


def _names(link: Link, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What a name is called in the file that a link leads to."""
    if path[: len(link.local)] == link.local and len(path) + len(link.name) > len(link.local):
        yield (*link.name, *path[len(link.local) :])


def _moved(literal: Literal, by: int) -> Literal:
    runs = tuple(replace(run, home=_home(run.home, by)) for run in literal.runs)
    return replace(literal, home=_home(literal.home, by), runs=runs)


def _home(home: Home | None, by: int) -> Home | None:
    return Home(home.text, home.start + by) if home else None

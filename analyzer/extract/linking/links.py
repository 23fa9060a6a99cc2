"""Which files use constants of which others. It runs in the parent as well: nothing is parsed, and all is limited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from analyzer.extract.linking.modules import Project
from analyzer.extract.linking.statements import imports
from analyzer.source import SourceFile

MAX_FILES = 24  # whose constants one file may use
MAX_USERS = 2000
_LARGEST = 1 << 19  # bytes of a file that is looked at


@dataclass(frozen=True, slots=True)
class Link:
    """A name of one file that another file gives: `local` here is `name` in `path`.

    An empty `local` stands for every name, an empty `name` for the file itself.
    """

    local: tuple[str, ...]
    path: str
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class User:
    """A file, and the paths of those whose constants it may use."""

    path: str
    exporters: tuple[str, ...]


def links(source: SourceFile, language: str, project: Project) -> list[Link]:
    """The links of one file to other files of the project."""
    if len(source.data) > _LARGEST:
        return []
    told = imports(source.text, language)
    return [Link(i.local, path, i.name) for i in told for path in project.files(i.module, source.path, language)]


def users(
    listed: Iterable[str], exporters: Iterable[SourceFile], using: Sequence[tuple[SourceFile, str]]
) -> Iterator[User]:
    """Of the files in `using` (with their languages), those that take something from an exporter."""
    project = Project(frozenset(listed))
    giving = {source.path for source in exporters}
    if not giving:
        return
    for source, language in islice(using, MAX_USERS):
        found = dict.fromkeys(link.path for link in links(source, language, project) if link.path in giving)
        if found:
            yield User(source.path, tuple(islice(found, MAX_FILES)))

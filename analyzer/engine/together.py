"""Bundles, read: the files that tell what a candidate's values feed, though they hold no host themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.discover import Readable, Refusal
from analyzer.extract.together import KINDS, Bundle
from analyzer.source import SourceFile
from analyzer.workers import Job

_PATIENCE = 3  # times the limit of a single file


@dataclass(frozen=True)
class Loaded:
    """A bundle with its files' bytes; files that cannot be read are missing."""

    kind: str
    root: str
    files: tuple[SourceFile, ...]


def load(
    listed: Sequence[str], candidates: Sequence[SourceFile], quiet: Sequence[SourceFile], reader: Readable
) -> tuple[Loaded, ...]:
    """The bundles that can tell more about the candidates. `listed` are all paths of the scan.

    `quiet` are files of code that hold nothing by themselves.
    """
    known = {source.path: source for source in (*candidates, *quiet)}
    planned = (bundle for kind in KINDS for bundle in kind.plan(listed, candidates, quiet))
    return tuple(Loaded(b.kind, b.root, tuple(_sources(b, known, reader))) for b in planned)


def _sources(bundle: Bundle, known: Mapping[str, SourceFile], reader: Readable) -> Iterator[SourceFile]:
    for path in bundle.paths:
        data = known[path].data if path in known else reader.read(path)
        if not isinstance(data, Refusal):
            yield known.get(path) or SourceFile(path, data)


def beside(bundles: Iterable[Loaded]) -> dict[str, tuple[SourceFile, ...]]:
    """By the path of each file that Semgrep reads in a bundle: itself, and the files beside it."""
    read = {kind.name for kind in KINDS if not kind.reads}
    return {b.root: b.files for b in bundles if b.kind in read and b.files and b.files[0].path == b.root}


def changed(bundles: Iterable[Loaded], files: Iterable[SourceFile]) -> tuple[Loaded, ...]:
    """The same bundles with other bytes in some of their files."""
    new = {file.path: file for file in files}
    return tuple(replace(b, files=tuple(new.get(f.path, f) for f in b.files)) for b in bundles)


def bundle_jobs(bundles: Iterable[Loaded]) -> list[Job]:
    """What workers are asked about bundles; a file may stand in several."""
    read = {kind.name for kind in KINDS if kind.reads}
    return [Job(b.files, b.kind, b.root, _PATIENCE) for b in bundles if b.files and b.kind in read]

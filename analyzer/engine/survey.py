"""What the files of a tree tell of clusters, without any policy: the material of a new one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.discover import DiscoverOptions, Listing, Reader, Refusal, discover
from analyzer.draft import Told
from analyzer.engine.fullnames import finder, short_names, spelled_out
from analyzer.engine.request import Request
from analyzer.extract import TEXT, Format, format_of
from analyzer.model import Problem
from analyzer.source import SourceFile
from analyzer.workers import Job, extract_all

# What a file must hold that tells of a cluster: words of the formats that are read for rosters, and Secrets.
_MARKS = re.compile(
    rb"^[ \t]*server[ \t]|connect_address|virtual_ipaddress|wsrep|sentinel[ \t]+monitor|(?:my|pg)sql_servers"
    rb"|^[ \t]*\[[\w.:-]+\]|\"?Member\"?:|\"?members\"?:|\"?kind\"?:[ \t]*\"?(?:Endpoint|Secret)|^[ \t\"]*hosts\"?:"
    rb"|server[ \t]+\S+[ \t]+\S+:\d",
    re.MULTILINE | re.IGNORECASE,
)
_STARTS = (
    ("json", re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}(?:\{|\[\s{0,1000}[\[\]{])")),
    ("yaml", re.compile(rb"(?:[ \t]{0,1000}(?:#[^\n]{0,1000})?\r?\n){0,100}(?:---|- |[\w.-]{1,100}:(?:[ \t\r\n]|\Z))")),
)
_CODE = frozenset({"python", "javascript", "typescript"})


@dataclass(frozen=True, slots=True)
class Survey:
    """The rosters that were found, in order of path and byte; `files` were listed, `examined` read closely."""

    told: tuple[Told, ...]
    problems: tuple[Problem, ...]
    files: int
    examined: int


def survey(request: Request, given: Sequence[SourceFile] = ()) -> Survey:
    """Read the files of a request, and some that are already in memory. Its policy does not matter.

    Raises AnalyzerError for faults of the run, never for those of a file.
    """
    read = _read(request)
    sources = [*given, *read.sources]
    problems = list(read.problems)
    jobs = [Job((source,), _row(source, named=at < len(given))) for at, source in enumerate(sources)]
    told: list[Told] = []
    for job, (found,) in extract_all(jobs, workers=request.limits.workers, timeout=request.limits.timeout):
        problems += [problem for problem in found.problems if problem.incomplete]
        told += [Told(job.sources[0], roster) for roster in found.rosters]
    told += _full_names(request, told)
    told.sort(key=lambda each: (each.source.path, each.roster.span.start))
    return Survey(tuple(told), tuple(problems), read.files + len(given), len(sources))


@dataclass(frozen=True, slots=True)
class _Read:
    """The files that may tell something, what could not be read, how many were listed."""

    sources: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: int = 0


def _read(request: Request) -> _Read:
    if not request.paths:
        return _Read()
    listing = _listing(request, request.paths)
    refused = [(skip.path, skip.reason) for skip in listing.skipped if skip.incomplete]
    sources = []
    with Reader(request.root) as reader:
        for path in listing.files:
            data = reader.read(path)
            if isinstance(data, Refusal):
                refused += [(path, data.reason)] if data.incomplete else []
            elif _MARKS.search(data) and not _is_code(format_of(path, data[:256])):
                sources.append(SourceFile(path, data))
    problems = tuple(Problem(path, "read", f"not read: {reason}") for path, reason in refused)
    return _Read(tuple(sources), problems, len(listing.files) + len(listing.skipped))


def _full_names(request: Request, told: Sequence[Told]) -> list[Told]:
    """The full names of the servers that were told, in all files of the root, for which the policy will hold."""
    names = short_names(told)
    found = list(spelled_out(names, told))
    if not names or not request.paths:
        return found
    find = finder(names)
    with Reader(request.root) as reader:
        for path in _listing(request, (".",)).files:
            data = reader.read(path)
            if not isinstance(data, Refusal):
                found += find(SourceFile(path, data))
    return found


def _listing(request: Request, paths: Sequence[str]) -> Listing:
    options = DiscoverOptions(root=request.root, exclude=request.exclude, gitignore=request.gitignore)
    return discover([str(request.root / path) for path in paths], options)


def _row(source: SourceFile, *, named: bool) -> str:
    """The format of a file; of one that the user named and that has no telling name, by how it starts."""
    row = format_of(source.path, source.data[:256]).name
    if row != TEXT.name or not named:
        return row
    return next((name for name, start in _STARTS if start.match(source.data)), row)


def _is_code(row: Format) -> bool:
    return row.semgrep is not None or row.name in _CODE

"""Which of the listed files can hold anything; each is read once and ends in exactly one count."""

from collections import Counter
from dataclasses import dataclass, field

from analyzer.baseline import is_baseline
from analyzer.discover import WIDE, DiscoverOptions, Listing, Readable, Reader, Refusal, Skip, discover
from analyzer.engine.request import Request, policy_file
from analyzer.engine.together import Loaded, load
from analyzer.extract import TEXT, format_of
from analyzer.extract.linking.sieve import Ties
from analyzer.model import Problem, Severity
from analyzer.prefilter import Prefilter
from analyzer.resolve import Resolver
from analyzer.source import SourceFile


@dataclass(frozen=True)
class Sieved:
    """The files that may hold something, in the order of their paths, and where the others went.

    `listed` are the paths of all files that were to be read.
    """

    candidates: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    files: int
    nothing: int
    skipped: tuple[tuple[str, int], ...]
    bundles: tuple[Loaded, ...]
    listed: tuple[str, ...] = ()


@dataclass
class _Read:
    """Files by what their bytes say: `quiet` ones are code that may give a host to another file, or take one."""

    candidates: list[SourceFile] = field(default_factory=list)
    quiet: list[SourceFile] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    nothing: int = 0


def sieve(request: Request, resolver: Resolver) -> Sieved:
    """List, read and sift the files of a request. Raises AnalyzerError for a path that cannot be scanned."""
    options = DiscoverOptions(root=request.root, exclude=request.excluded, gitignore=request.gitignore)
    listing = discover([str(request.root / path) for path in request.paths], options)
    with Reader(request.root) as reader:
        return sift(listing, reader, request, resolver)


def sift(listing: Listing, reader: Readable, request: Request, resolver: Resolver) -> Sieved:
    """Read and sift listed files."""
    read = _read(listing, reader, prefilter_of(request, resolver), request)
    bundles = load(listing.files, read.candidates, read.quiet, reader)
    used = {file.path for bundle in bundles for file in bundle.files}
    heard = [source for source in read.quiet if source.path in used]
    skipped = (*listing.skipped, *read.skipped)
    return Sieved(
        candidates=tuple(sorted((*read.candidates, *heard), key=_by_bytes)),
        problems=tuple(Problem(s.path, "read", f"not read: {s.reason}") for s in skipped if s.incomplete),
        files=len(listing.files) + len(listing.skipped),
        nothing=read.nothing + len(read.quiet) - len(heard),
        skipped=tuple(sorted(Counter(s.reason for s in skipped).items())),
        bundles=bundles,
        listed=listing.files,
    )


def prefilter_of(request: Request, resolver: Resolver) -> Prefilter:
    """What lets through all that the policy of a request wants to hear of."""
    off = {rule for rule, severity in request.policy.severity if severity is Severity.OFF}
    return Prefilter(
        resolver.needles(),
        heuristics="unmanaged-host" not in off,
        hidden="opaque-value" not in off,
        exceptions=not off.issuperset(("expired-allow", "unused-suppression")),
    )


def _read(listing: Listing, reader: Readable, prefilter: Prefilter, request: Request) -> _Read:
    read, ties, own = _Read(), Ties(), policy_file(request)
    for done, path in enumerate(listing.files):
        request.watch.step("reading", done, len(listing.files))
        if path == own:  # it names every node, rightly
            read.skipped.append(Skip(path, "the policy itself"))
            continue
        data = reader.read(path)
        if isinstance(data, Refusal):
            # A text of a kind that nobody reads here is left out like a binary file.
            strange = data.reason == WIDE and format_of(path, b"") is TEXT
            read.skipped.append(Skip(path, data.reason, data.incomplete and not strange))
        elif is_baseline(data):
            read.skipped.append(Skip(path, "a baseline"))
        elif prefilter.hit(data):
            read.candidates.append(SourceFile(path, data))
        elif ties.wants(path, data):
            read.quiet.append(SourceFile(path, data))
        else:
            read.nothing += 1
    return read


def _by_bytes(source: SourceFile) -> bytes:
    return source.path.encode("utf-8", "surrogateescape")

"""A scan of objects that were read from a running system: the answer of kubectl or of Vault, on standard input.

Each object is read and judged for itself, so that a dump of any size keeps to the limits of one file, and is told by
its name instead of lines that nobody knows.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from analyzer.discover import LIMIT
from analyzer.engine.exceptions import about_entries
from analyzer.engine.judging import Bench, Judged, judge_file
from analyzer.engine.places import extract_objects
from analyzer.engine.request import Request, policy_file
from analyzer.engine.scan import Scan, report_of
from analyzer.engine.sieving import prefilter_of
from analyzer.extract.live import JSON_NAME, YAML_NAME
from analyzer.extract.live.pieces import Piece, pieces
from analyzer.model import Coverage, Extraction, Finding, Label, Problem, Sighting
from analyzer.resolve import Resolver
from analyzer.source import SourceFile

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LARGE = f"not read: an object larger than {LIMIT // (1024 * 1024)} MiB"
_FOREIGN = "this is no object of Kubernetes and no answer of Vault; --stdin-filename NAME reads any other file"
_ENDS = "this ends without its `kind`: what wrote it was cut off, and objects may be missing"


@dataclass(slots=True)
class _Sieve:
    """The pieces that may hold something, and where the others went."""

    candidates: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    objects: int = 0
    nothing: int = 0
    large: int = 0


def scan_objects(data: bytes, name: str, request: Request) -> Scan:
    """Scan a dump of objects as JSON or YAML; `name` is the path of what has no name of its own."""
    bench = Bench(request.policy, Resolver(request.policy), request.today, partial=True)
    sieve = _sieve(data, name, request, bench)
    sources = [SourceFile(JSON_NAME if piece.json else YAML_NAME, piece.data) for piece in sieve.candidates]
    findings: list[Finding] = []
    sightings: list[Sighting] = []
    met: set[int] = set()
    extractions = extract_objects(sources, request.limits)
    for piece, source, extraction in zip(sieve.candidates, sources, extractions, strict=True):
        judged = _judged(source, extraction, bench, name)
        findings += judged.findings
        sightings += judged.sightings
        met |= judged.met
        sieve.problems += _placed(extraction, piece, name)
    examined = sum(not piece.around for piece in sieve.candidates)
    skipped = (("too large", sieve.large),) if sieve.large else ()
    coverage = Coverage(sieve.objects, examined, sieve.nothing, skipped)
    findings += about_entries(policy_file(request), bench, met, whole=False)
    report = report_of(request, coverage, findings, sieve.problems)
    return Scan(report, {}, bench, sightings=tuple(sightings))


def _sieve(data: bytes, name: str, request: Request, bench: Bench) -> _Sieve:
    sieve = _Sieve()
    if data.startswith(_UTF_16):
        sieve.problems.append(Problem(name, "read", "not read: UTF-16 text; write UTF-8 to the pipe"))
        return sieve
    prefilter = prefilter_of(request, bench.resolver)
    for piece in pieces(data):
        sieve.objects += not piece.around
        if len(piece.data) > LIMIT:
            sieve.problems.append(Problem(name, "read", _LARGE, piece.line))
            sieve.large += not piece.around
        elif piece.around or piece.unclosed or prefilter.hit(piece.data):
            sieve.candidates.append(piece)
        else:
            sieve.nothing += 1
        for wrong, said in ((piece.foreign and not piece.around, _FOREIGN), (piece.cut_off, _ENDS)):
            if wrong:
                sieve.problems.append(Problem(name, "read", said, piece.line))
    return sieve


def _judged(source: SourceFile, extraction: Extraction, bench: Bench, name: str) -> Judged:
    """The object judged under its own name; folders of tests are no matter here."""
    names = _Names(extraction.labels, name)
    own = replace(source, path=names.whole)
    judged = judge_file(own, extraction, bench, "")
    return replace(judged, findings=tuple(replace(f, path=names.at(f.span.start)) for f in judged.findings))


def _placed(extraction: Extraction, piece: Piece, name: str) -> Iterator[Problem]:
    """The problems of a piece, at the lines of the dump."""
    for problem in extraction.problems:
        yield replace(problem, path=name, line=piece.line + (problem.line or 1) - 1)


class _Names:
    """What the stretches of an object are called; they nest or lie apart."""

    def __init__(self, labels: Sequence[Label], name: str) -> None:
        self._labels = sorted(labels, key=lambda label: (label.span.start, -label.span.end))
        self._starts = [label.span.start for label in self._labels]
        self._name = name
        self._outer: list[int] = []
        nested: list[int] = []
        for at, label in enumerate(self._labels):
            while nested and self._labels[nested[-1]].span.end <= label.span.start:
                nested.pop()
            self._outer.append(nested[-1] if nested else -1)
            nested.append(at)

    @property
    def whole(self) -> str:
        """The name of the object itself."""
        first = self._labels[0].name if self._labels else "/"
        return self._name if first.startswith("/") else first

    def at(self, byte: int) -> str:
        """The name of the innermost stretch around a byte."""
        at = bisect_right(self._starts, byte) - 1
        while at >= 0 and self._labels[at].span.end <= byte:
            at = self._outer[at]
        return self._full(self._labels[at].name) if at >= 0 else self._name

    def _full(self, name: str) -> str:
        return f"{self._name}{name}" if name.startswith("/") else name or self._name

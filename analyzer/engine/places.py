"""Files -> extractions: the worker pool for the parsers, one Semgrep run for the languages it reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from analyzer.engine.together import Loaded, beside, bundle_jobs
from analyzer.engine.watch import Unwatched, Watch
from analyzer.extract import LIVE, format_of
from analyzer.model import Clue, Extraction, HostRef, Problem
from analyzer.source import SourceFile
from analyzer.workers import Job, extract_all

_UNCERTAIN = frozenset({Clue.KEY, Clue.NAME, Clue.COMMAND, Clue.CHOICE, Clue.PORT, Clue.PLACE, Clue.TEXT})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine a run may use; `timeout` is seconds of wall clock for one file."""

    workers: int = 2
    timeout: float = 10.0


def extract_sources(
    sources: Sequence[SourceFile],
    limits: Limits,
    declares: Callable[[bytes], bool],
    bundles: Sequence[Loaded] = (),
    watch: Watch | None = None,
) -> dict[str, Extraction]:
    """Extract every file; the answer has one entry a path, whatever happened to its parser.

    `bundles` are files that are read together and tell more about some of the sources. `declares` says whether a host
    of the policy stands in some bytes: Semgrep reads such files, and of the others those that may connect to a
    stranger.
    """
    formats = {s.path: format_of(s.path, s.data[:256]) for s in sources}
    jobs = [*(Job((s,), formats[s.path].name) for s in sources), *bundle_jobs(bundles)]
    watch = watch or Unwatched()
    languages = {path: row.semgrep for path, row in formats.items() if row.semgrep is not None}
    if languages:
        watch.step("reading code with Semgrep", 0, len(languages))
    # First, because a rule that does not load must end the run before anything else is read.
    by_rules = _by_semgrep(sources, languages, limits, declares, beside(bundles))
    told: dict[str, list[Extraction]] = {source.path: [] for source in sources}
    for done, (job, extractions) in enumerate(extract_all(jobs, workers=limits.workers, timeout=limits.timeout), 1):
        for source, extraction in zip(job.sources, extractions, strict=True):
            told.get(source.path, []).append(extraction)
        watch.step("parsing", done, len(jobs))
    for path, extraction in by_rules.items():
        told.get(path, []).append(extraction)
    found = {path: reduce(_joined, extractions) for path, extractions in told.items()}
    return {s.path: _checked(s, found[s.path], known=formats[s.path].name != "text") for s in sources}


def extract_objects(sources: Sequence[SourceFile], limits: Limits) -> Iterator[Extraction]:
    """Extract objects of a running system, in order; `limits` hold for each of them."""
    jobs = [Job((s,), LIVE.name) for s in sources]
    done = extract_all(jobs, workers=limits.workers, timeout=limits.timeout)
    return (_checked(job.sources[0], extraction, known=True) for job, (extraction,) in done)


def _by_semgrep(
    sources: Sequence[SourceFile],
    languages: Mapping[str, str],
    limits: Limits,
    declares: Callable[[bytes], bool],
    together: Mapping[str, tuple[SourceFile, ...]],
) -> dict[str, Extraction]:
    if not languages and not together:
        return {}
    from analyzer.extract import semgrep  # noqa: PLC0415  loads rules and schemas that most runs do not need

    strangers = semgrep.sieve()
    alone = (s for s in sources if s.path in languages and s.path not in together)
    wanted = [s for s in alone if declares(s.data) or strangers(s.data)]
    targets = [semgrep.Target(source, languages[source.path]) for source in wanted]
    for user, *others in together.values():
        language = format_of(user.path, user.data[:256]).semgrep
        targets += [semgrep.Target(user, language, tuple(others))] if language else []
    return semgrep.scan(targets, jobs=limits.workers, timeout=limits.timeout)


def _joined(first: Extraction, second: Extraction) -> Extraction:
    return Extraction(
        refs=first.refs + second.refs,
        problems=first.problems + second.problems,
        comments=first.comments + second.comments,
        nature=first.nature or second.nature,
        opaque=first.opaque + second.opaque,
        regions=first.regions + second.regions,
        unbroken=first.unbroken + second.unbroken,
        rosters=tuple(dict.fromkeys(first.rosters + second.rosters)),
    )


def _checked(source: SourceFile, extraction: Extraction, *, known: bool) -> Extraction:
    """One reference a place, in order; a file that is not UTF-8 is told once."""
    problems = extraction.problems
    if source.invalid_at is not None and known:
        line = source.position(source.invalid_at).line
        told = Problem(source.path, "decode", "not valid UTF-8; read byte by byte", line, incomplete=False)
        problems = (*problems, told)
    recognised = known or bool(extraction.regions)  # an inventory tells its parts, whatever it is called
    refs = extraction.refs if recognised else tuple(filter(_certain, extraction.refs))
    return replace(extraction, refs=_merged(refs), problems=problems)


def _certain(ref: HostRef) -> bool:
    """Whether a text of an unknown format says enough: a connection string, or a place that connects to nothing."""
    return not _UNCERTAIN.issuperset(evidence.clue for evidence in ref.evidence)


def _merged(refs: Sequence[HostRef]) -> tuple[HostRef, ...]:
    """References to the same bytes become one that carries the evidence and the flow of all."""
    places: dict[tuple[object, ...], HostRef] = {}
    for ref in refs:
        key = (ref.slot, ref.host)
        known = places.get(key)
        places[key] = ref if known is None else _both(known, ref)
    return tuple(sorted(places.values(), key=_order))


def _both(one: HostRef, other: HostRef) -> HostRef:
    richer, poorer = (one, other) if len(one.evidence) >= len(other.evidence) else (other, one)
    return replace(
        richer,
        evidence=tuple(dict.fromkeys(richer.evidence + poorer.evidence)),
        flow=tuple(dict.fromkeys(richer.flow + poorer.flow)),
        port=richer.port or poorer.port,
        engine=richer.engine or poorer.engine,
        group=richer.group or poorer.group,
        sealed=richer.sealed or poorer.sealed,
    )


def _order(ref: HostRef) -> tuple[int, int, str]:
    outer = ref.slot.container.span.start if ref.slot.container else ref.slot.span.start
    return (outer, ref.slot.span.start, ref.host)

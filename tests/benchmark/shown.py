"""What is printed of a tree's times: a table for people, or JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from tests.benchmark.clock import Spread
from tests.benchmark.programs import Missing
from tests.benchmark.rounds import Timed
from tests.benchmark.trees import Tree

Json = dict[str, object]
_NAME = 36


@dataclass(frozen=True)
class Outcome:
    """All that was measured on one tree. `candidates` are the files behind the prefilter, by the kind of scan."""

    tree: Tree
    candidates: Mapping[str, int]
    rows: Sequence[Timed]
    missing: Sequence[Missing]
    stages: Mapping[str, Mapping[str, Spread]]

    @property
    def ours(self) -> list[Timed]:
        return [row for row in self.rows if row.program.own and not row.fault]

    @property
    def peers(self) -> list[Timed]:
        return [row for row in self.rows if not row.program.own and not row.fault]

    @property
    def failed(self) -> list[Timed]:
        return [row for row in self.rows if row.fault]


def table(outcome: Outcome) -> Iterator[str]:
    """The lines of the table."""
    tree = outcome.tree
    passed = "; ".join(f"{count} {kind}" for kind, count in outcome.candidates.items()) or "not known"
    yield f"tree      {tree.name}: {len(tree.listed)} files, {tree.size / 1e6:.1f} MB"
    yield f"behind the prefilter: {passed}"
    yield ""
    yield f"{'':{_NAME}}  median    least     most      CPU   memory"
    yield from map(_row, (*outcome.ours, *outcome.peers))
    yield from (f"{row.program.name:{_NAME}}  failed: {row.fault}" for row in outcome.failed)
    yield from (f"{each.name:{_NAME}}  {each.why}" for each in outcome.missing)
    yield ""
    yield f"{'times as long as':{_NAME}}" + "".join(f"{peer.program.name:>15}" for peer in outcome.peers)
    for row in outcome.ours:
        ratios = "".join(f"{row.slower_than(peer).median:15.2f}" for peer in outcome.peers)
        yield f"{row.program.name:{_NAME}}{ratios}"
    for kind, stages in outcome.stages.items():
        yield ""
        yield f"stages of a scan {kind}, in one process with its workers"
        yield from (f"  {name:{_NAME}}{_seconds(found.median)}" for name, found in stages.items())


def _row(row: Timed) -> str:
    seconds, (cpu, peak) = row.seconds, _costs(row)
    spread = "".join(map(_seconds, (seconds.median, seconds.least, seconds.most, cpu)))
    return f"{row.program.name:{_NAME}}{spread}" + (f"{peak / 1e6:6.0f} MB" if peak is not None else f"{'-':>9}")


def _seconds(seconds: float) -> str:
    return f"{seconds:7.2f} s" if seconds >= 0.1 else f"{seconds * 1000:6.1f} ms"


def _costs(row: Timed) -> tuple[float, int | None]:
    """Seconds of all processors, and bytes of the largest process where they are known; at most."""
    peaks = [each.peak for each in row.runs if each.peak is not None]
    return max(each.cpu for each in row.runs), max(peaks, default=None)


def document(outcome: Outcome) -> Json:
    """The same as JSON; seconds and bytes."""
    tree = outcome.tree
    return {
        "tree": {
            "name": tree.name,
            "files": len(tree.listed),
            "bytes": tree.size,
            "candidates": dict(outcome.candidates),
        },
        "programs": [*map(_program, outcome.rows), *map(_absent, outcome.missing)],
        "ratios": [_ratio(row, peer) for row in outcome.ours for peer in outcome.peers],
        "stages": {
            kind: {name: asdict(found) for name, found in stages.items()} for kind, stages in outcome.stages.items()
        },
    }


def _program(row: Timed) -> Json:
    told: Json = {"name": row.program.name, "own": row.program.own, "command": list(row.program.command)}
    if row.fault:
        return {**told, "status": "failed", "why": row.fault}
    cpu, peak = _costs(row)
    runs = [each.seconds for each in row.runs]
    return {**told, "status": "timed", "seconds": asdict(row.seconds), "runs": runs, "cpu": cpu, "peak": peak}


def _absent(missing: Missing) -> Json:
    return {"name": missing.name, "own": missing.own, "status": "missing", "why": missing.why}


def _ratio(row: Timed, peer: Timed) -> Json:
    return {"program": row.program.name, "peer": peer.program.name, **asdict(row.slower_than(peer))}

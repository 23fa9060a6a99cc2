"""Where the time of a scan goes: the stages that it tells to whoever watches it."""

import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from analyzer.engine import Limits, Request, scan
from analyzer.model import Policy
from tests.benchmark.clock import Spread, spread

_LIST, _JUDGE = "listing the files", "judging"
_READ = "reading"
# The engine reads code before the first job of a parser is done, so its stage holds that job as well.
NAMES = {
    _LIST: "list files, build the prefilter",
    _READ: "read and prefilter",
    "reading code with Semgrep": "Semgrep and the start of the workers",
    "parsing": "parse in workers",
    _JUDGE: "judge",
}


class StageClock:
    """A watch that notes when each step was told."""

    def __init__(self) -> None:
        self.steps = [(_LIST, time.perf_counter())]

    def step(self, what: str, done: int, total: int) -> None:
        """Note the time."""
        last = what == "parsing" and done == total
        self.steps.append((_JUDGE if last else what, time.perf_counter()))

    def close(self) -> None:
        """The scan is over."""
        self.steps.append(("", time.perf_counter()))

    def stages(self) -> dict[str, float]:
        """Seconds by the stage that began with a step."""
        found = dict.fromkeys(NAMES, 0.0)
        for (what, start), (_, end) in pairwise(self.steps):
            found[what] += end - start
        return found


def stages(tree: Path, policy: Policy, jobs: int, runs: int) -> dict[str, Spread]:
    """The stages of a scan in this process, by their names."""
    each = list(_clocked(tree, policy, jobs, runs))
    return {name: spread([one[stage] for one in each]) for stage, name in NAMES.items()}


def _clocked(tree: Path, policy: Policy, jobs: int, runs: int) -> Iterator[dict[str, float]]:
    for _ in range(runs):
        clock = StageClock()
        scan(Request(tree, (".",), policy, date(2026, 1, 1), limits=Limits(workers=jobs, timeout=60), watch=clock))
        yield clock.stages()

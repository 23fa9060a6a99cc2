"""One run of the benchmark: every program is tried out, then all are timed in turns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.benchmark.clock import Run, Spread, run, spread
from tests.benchmark.programs import Missing, NonsenseError, Program

Say = Callable[[str], None]


@dataclass
class Timed:
    """A program and its counted runs; `fault` is why its times mean nothing, or empty."""

    program: Program
    runs: list[Run] = field(default_factory=list)
    fault: str = ""

    @property
    def seconds(self) -> Spread:
        return spread([each.seconds for each in self.runs])

    def slower_than(self, other: "Timed") -> Spread:
        """How many times as long as another program, by the ratio of each round."""
        return spread([mine.seconds / its.seconds for mine, its in zip(self.runs, other.runs, strict=True)])


@dataclass(frozen=True, slots=True)
class Course:
    """How programs are timed: `runs` of each, none longer than `limit` seconds, with these `settings`."""

    runs: int
    limit: float
    settings: Mapping[str, str]
    say: Say


def timed(programs: Sequence[Program], trial: Path, course: Course) -> list[Timed]:
    """Time the programs. A round lets each of them run once, so that all meet the same noise of the machine.

    The first round is not counted: it fills caches. Every run's output is checked; who fails drops out of the rounds.
    """
    rows = [Timed(program) for program in programs]
    for row in rows:
        if row.program.trial is not None:
            tried = replace(row.program, place=trial, answer=row.program.trial)
            row.fault = _fault(_once(tried, course), tried, "on a trial tree of three files, ")
    for number in range(course.runs + 1):
        course.say(f"round {number} of {course.runs}")
        turn = rows if number % 2 else rows[::-1]  # nobody always follows the same program
        for row in turn:
            if not row.fault:
                done = _once(row.program, course)
                row.fault = _fault(done, row.program)
                row.runs += [done] if number else []
    return rows


def _once(program: Program, course: Course) -> Run | None:
    try:
        return run(program.command, program.place, course.limit, course.settings)
    except OSError:
        return None


def _fault(done: Run | None, program: Program, where: str = "") -> str:
    """Why a run does not count, or nothing. What the program printed is not repeated."""
    if done is None:
        return f"{where}it cannot be started"
    if not done.ended:
        return f"{where}it was still running after {done.seconds:.0f} s"
    if done.code not in program.codes:
        return f"{where}it ended with {done.code}"
    try:
        named = program.named(done.output)
    except NonsenseError:
        return f"{where}its output cannot be read"
    if program.answer is not None and not program.answer.fits(named):
        lacking, strange = len(program.answer.must - named), len(named - program.answer.may)
        return f"{where}it named {lacking} files too few and {strange} too many"
    return ""


def present(found: Sequence[Program | Missing]) -> tuple[list[Program], list[Missing]]:
    """The programs that can be timed, and the others."""
    return [p for p in found if isinstance(p, Program)], [m for m in found if isinstance(m, Missing)]

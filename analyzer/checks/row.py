"""A row of the table of checks: who asks which question, in which words the answer is explained."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analyzer.checks.subject import Lineup, Remark, Subject
from analyzer.model import Exemption, Opaque, PolicyChange, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Example:
    """A file that shows a check: its name and text."""

    name: str
    text: str


def _silent(_asked: object) -> None:
    return None


def _nothing(_asked: object) -> tuple[Remark, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One row: kebab-case id naming the bad thing, default severity, texts, examples, and the question itself.

    `judge` asks about a reference, `judge_opaque` about a value that cannot be seen, `judge_exemption` about a comment
    or an entry of the policy that makes an exception, `judge_lineup` about servers that a file names together,
    `judge_change` about what a change does to the policy.
    """

    id: str
    severity: Severity
    summary: str
    why: str
    fix: str
    bad: Example
    good: Example
    judge: Callable[[Subject], Verdict | None] = _silent
    judge_opaque: Callable[[Opaque], Verdict | None] = _silent
    judge_exemption: Callable[[Exemption], Verdict | None] = _silent
    judge_lineup: Callable[[Lineup], Iterable[Remark]] = _nothing
    judge_change: Callable[[PolicyChange], Verdict | None] = _silent

"""What a Semgrep engine answers: matches, troubles, scanned files. Offsets only, never text of a file.

The nouns that the two ways of running Semgrep share. Byte offsets are those of the staged file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzer.model import Span


@dataclass(frozen=True, slots=True)
class Capture:
    """What a metavariable is bound to; `definition`: the value of the constant that stands there."""

    span: Span
    definition: Span | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match; `captures` by metavariable, dollar included."""

    rule: str
    file: str
    span: Span
    captures: Mapping[str, Capture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the engine could not do: its own word for it, the file, the lines and the rule where it tells them.

    `lines` are the first and the last of each part that is meant, 1-based.
    """

    kind: str
    file: str
    lines: tuple[tuple[int, int], ...] = ()
    rule: str = ""

    @property
    def line(self) -> int | None:
        """The first line that is meant."""
        return self.lines[0][0] if self.lines else None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one run said; `scanned` are the names of the files that it went through."""

    matches: tuple[Match, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    scanned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """`jobs` threads, `timeout` seconds for one file, `wall` seconds for the run, `output` bytes of its answer."""

    jobs: int
    timeout: float
    wall: float
    output: int


class EngineDiedError(Exception):
    """The engine ended, hung or said too much over these files: fewer of them may go well."""


class EngineUnusableError(Exception):
    """The engine is missing, does not start or speaks another dialect: no file would go well."""

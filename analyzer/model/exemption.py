"""An exception as somebody wrote it, and what came of it."""

from dataclasses import dataclass
from typing import Literal

from analyzer.model.place import Span


@dataclass(frozen=True, slots=True)
class Exemption:
    """A directive in a comment (`inline`) or an `allow` entry (`policy`), with what a scan says of it.

    `shape` shows it by rules, or by paths and hosts.

    `faults` say what makes it void, in whole or in part, and what to write. `ended` is the last day of one that is
    over.
    `unused`: it excused nothing; of a directive, `rules` are those of which it excused nothing, and `nearest` is the
    line of an open finding of one of them.
    """

    kind: Literal["inline", "policy"]
    span: Span
    shape: str
    faults: tuple[str, ...] = ()
    ended: str = ""
    unused: bool = False
    rules: tuple[str, ...] = ()
    nearest: int | None = None

"""Shell text in YAML: lines of one script that stand in several values, and the variables that the script is given.

`script: [a, b]` runs as one script; `env: {PRIMARY: x}` beside it is read as if the script began with the assignment.
What a shell does with its commands is told by `shell`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from analyzer.extract.yaml.scalars import Reading
from analyzer.model import Slot
from analyzer.templates.cover import covered

_USED = re.compile(r"\$(?:\{[!#]?)?([A-Za-z_][A-Za-z0-9_]{0,127})")
# A CI expression or a Jinja expression that is a variable and nothing else; the escape of Compose, `$$NAME`; the sign
# before a CI expression that was read as the literal in it.
_PRINTED = re.compile(
    r"\$\{\{ ?(?:env|vars|inputs|matrix|variables)\.([A-Za-z_][A-Za-z0-9_]{0,127}) ?\}\}"
    r"|(?<!\$)\{\{ ?(?!(?:else|end|endif|endfor|endraw|raw|break|continue)[ }])([A-Za-z_][A-Za-z0-9_]{0,127}) ?\}\}"
    r"|\$(?=\$\{?[A-Za-z_])|(\$)(?=[A-Za-z0-9])"
)
_BARE = re.compile(r"[A-Za-z0-9_.:/@%+,=\-]{1,2000}")
_QUOTABLE = re.compile(r"[^'\"`\\\x00-\x1f]{1,2000}")
_MOST_NAMES = 200


@dataclass(frozen=True)
class Variable:
    """A variable that a script's surroundings give it."""

    name: str
    value: Reading


Given: TypeAlias = Callable[[frozenset[str]], Iterable[Variable]]
"""Answers which of some names its surroundings give a script, the nearest definition last."""


@dataclass(frozen=True)
class _Piece:
    """A part of a script: characters from `start` on of a reading, or our own where there is none.

    `instead`: where the expression stands that the text was put for.
    """

    text: str
    reading: Reading | None = None
    start: int = 0
    instead: Slot | None = None

    def locate(self, start: int, end: int) -> Slot | None:
        """The bytes of `text[start:end]`; those of the expression for a whole text that was put for one."""
        if self.reading is None or end > len(self.text):
            return self.instead if end - start == len(self.text) else None
        return self.reading.locate(self.start + start, self.start + end)


class Script:
    """Shell text put together; `locate` leads back to the bytes of the values that it was made of."""

    def __init__(self, readings: Sequence[Reading], given: Given) -> None:
        body = [piece for reading in readings for piece in (*_pieces(reading), _Piece("\n"))]
        used = _used(body)
        variables = {variable.name: variable for variable in given(used)} if used else {}
        pieces = [piece for variable in list(variables.values())[:_MOST_NAMES] for piece in _assignment(variable)]
        self._pieces = [*pieces, *body]
        self._starts = list(accumulate((len(piece.text) for piece in self._pieces), initial=0))
        self.text = "".join(piece.text for piece in self._pieces)

    def locate(self, start: int, end: int) -> Slot | None:
        """The bytes of `text[start:end]` where they lie in one value; an empty stretch stands behind what precedes."""
        at = bisect_right(self._starts, start) - 1
        if start == end and at > 0 and start == self._starts[at]:
            at -= 1
        if at >= len(self._pieces):
            return None
        return self._pieces[at].locate(start - self._starts[at], end - self._starts[at])


def _pieces(reading: Reading) -> Iterator[_Piece]:
    """A reading with the expressions that print a variable as that variable, and all others covered."""
    text, at = reading.text, 0
    for found in _PRINTED.finditer(text) if "$" in text or "{{" in text else ():
        if found[3] and not _before_action(reading, found.start()):
            continue
        yield _Piece(covered(text[at : found.start()]), reading, at)
        if found[1] or found[2]:
            yield _Piece("${" + (found[1] or found[2]) + "}", instead=reading.around(*found.span()))
        at = found.end()
    yield _Piece(covered(text[at:]), reading, at)


def _before_action(reading: Reading, at: int) -> bool:
    """Whether a template action stands behind a character, whatever was read for it."""
    slot = reading.locate(at, at + 1)
    return slot is not None and reading.data.startswith(b"{{", slot.span.end)


def _used(pieces: Iterable[_Piece]) -> frozenset[str]:
    return frozenset(found[1] for piece in pieces if "$" in piece.text for found in _USED.finditer(piece.text))


def _assignment(variable: Variable) -> Iterator[_Piece]:
    """`NAME=value`, quoted as the value needs; nothing for a value that a shell would read as something else."""
    text = variable.value.text
    quote = _quote(text)
    if quote is not None:
        yield _Piece(f"{variable.name}={quote}")
        yield _Piece(text, variable.value)
        yield _Piece(f"{quote}\n")


def _quote(text: str) -> str | None:
    if _BARE.fullmatch(text):
        return ""
    return '"' if _QUOTABLE.fullmatch(text) and "{{" not in text and "$(" not in text else None

"""Text with `${NAME:-default}` pieces, as the program that reads it sees it.

`postgresql://u@${H:-10.0.0.121}:${P:-5432}/app` becomes `postgresql://u@10.0.0.121:5432/app`; a reference without a
default becomes one `HOLE`. Each character keeps its place in the original, so that what is found can be edited there.
Nothing is looked up anywhere.
"""

import re
from dataclasses import dataclass

from analyzer.hosts import HOLE

_OPENER = re.compile(r"\$[{(]")
_DEFAULT = r"(?P<default>[^${}\r\n]{0,500})\}"
_SHELL = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]{0,127}(?::[-=]|[-=])" + _DEFAULT)
# Spring's placeholders: dots and dashes in the name, a colon before the default.
_SPRING = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_.-]{0,127}:(?![-=?+])" + _DEFAULT)
_REFERENCE = re.compile(r"\$\{[^{}\r\n]{0,200}\}|\$\([A-Za-z_][A-Za-z0-9_.-]{0,127}\)")


@dataclass(frozen=True, slots=True)
class Expanded:
    """The text read, and where each of its characters stands in the original; None: nothing was replaced."""

    text: str
    places: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int] | None:
        """The characters of the original, or None where `start` to `end` is not one piece there."""
        if self.places is None:
            return start, end
        if start == end:
            at = self.places[start] if start < len(self.places) else self.places[-1] + 1
            return at, at
        first, last = self.places[start], self.places[end - 1]
        whole = last - first == end - 1 - start and HOLE not in self.text[start:end]
        return (first, last + 1) if whole else None


def expand(text: str) -> Expanded:
    """The text with defaults in place and other references as holes."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for opener in _OPENER.finditer(text):
        start = opener.start()
        match = None if start < at else _piece(text, start)
        if match is None:
            continue
        i, j = match.span("default") if "default" in match.re.groupindex else (start, start)
        pieces += [text[at:start], text[i:j] or HOLE]
        places += [*range(at, start), *(range(i, j) if i < j else [start])]
        at = match.end()
    if not at:
        return Expanded(text, None)
    pieces.append(text[at:])
    return Expanded("".join(pieces), (*places, *range(at, len(text))))


def _piece(text: str, start: int) -> re.Match[str] | None:
    # ${X-10.0.0.121:5432} is shell, ${db-main.host:10.0.0.121} is Spring: variables of shells are upper case.
    name = text[start + 2 : start + 4]
    first, second = (_SHELL, _SPRING) if name.isupper() or ":-" in text[start : start + 140] else (_SPRING, _SHELL)
    return first.match(text, start) or second.match(text, start) or _REFERENCE.match(text, start)

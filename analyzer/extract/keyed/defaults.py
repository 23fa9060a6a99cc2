"""Text with `${NAME:-default}` pieces, as the program that reads it sees it.

`postgresql://u@${H:-10.0.0.121}:${P:-5432}/app` becomes `postgresql://u@10.0.0.121:5432/app`; a reference without a
default becomes one `HOLE`, and so does what a default leaves open. Each character keeps its place in the original, so
that what is found can be edited there. Nothing is looked up anywhere.

Shell, Compose: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06_02
Spring: https://docs.spring.io/spring-framework/reference/core/beans/environment.html
"""

import re
from dataclasses import dataclass, field

from analyzer.hosts import HOLE

_OPENER = re.compile(r"\$[{(]")
_SHELL = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]{0,127}(?P<operator>:?[-=+?])")
# Spring's placeholders: dots and dashes in the name, a colon before the default.
_SPRING = re.compile(
    # Serverless's `${self:custom.host}` names a place, it has no default.
    r"\$\{(?!(?:self|opt|param|ssm|cf|sls|s3|aws|file|vault|terraform)[:(])"
    r"[A-Za-z_][A-Za-z0-9_.-]{0,127}(?P<operator>:)(?![-=?+])"
)
# OpenTelemetry's and Log4j's `${env:X:-default}`, Serverless's `${env:X, 'default'}`.
_PREFIXED = re.compile(
    r"\$\{(?:env|opt|param|self|sys|ssm):[A-Za-z_/][A-Za-z0-9_./-]{0,127}(?P<operator>:-|[ ]?,[ ]{0,8})"
)
_REFERENCE = re.compile(r"\$\{[^{}\r\n]{0,200}\}|\$\([A-Za-z_][A-Za-z0-9_.-]{0,127}\)")
_SIGN = re.compile(r"[${}\r\n]")
_LONGEST = 1_000  # characters of a default, those inside it included
_DEEPEST = 6  # defaults in defaults


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


@dataclass(slots=True)
class _Read:
    """What was read so far."""

    pieces: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def text(self, source: str, start: int, end: int) -> None:
        self.pieces.append(source[start:end])
        self.places += range(start, end)

    def hole(self, at: int) -> None:
        self.pieces.append(HOLE)
        self.places.append(at)

    def unquoted(self) -> "_Read":
        """The same without the quotes around all of it."""
        text = "".join(self.pieces)
        if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'":
            return self
        return _Read([text[1:-1]], self.places[1:-1])

    def add(self, other: "_Read") -> None:
        self.pieces += other.pieces
        self.places += other.places


def expand(text: str) -> Expanded:
    """The text with defaults in place and other references as holes."""
    read, at = _Read(), 0
    for opener in _OPENER.finditer(text):
        start = opener.start()
        found = _piece(text, start, start + _LONGEST, 0) if start >= at else None
        if found is not None:
            inner, end = found
            escaped = text.startswith("$$", start - 1) and start > at  # Compose's `$${X}` is the container's `${X}`
            read.text(text, at, start - escaped)
            read.add(inner)
            at = end
    if not at:
        return Expanded(text, None)
    read.text(text, at, len(text))
    return Expanded("".join(read.pieces), tuple(read.places))


def _piece(text: str, start: int, stop: int, depth: int) -> tuple[_Read, int] | None:
    """The reference that starts here, and its end; None where there is none, or one that is nested too deeply."""
    head = _head(text, start)
    found = _default(text, head.end(), stop, depth) if head and depth < _DEEPEST else None
    if found is not None and head is not None and not head["operator"].endswith("?"):
        inner, end = found
        if not inner.places:
            inner.hole(start)
        return inner, end
    reference = _REFERENCE.match(text, start)
    end = found[1] if found is not None else reference.end() if reference else 0
    if not end:
        return None
    read = _Read()
    read.hole(start)
    return read, end


def _head(text: str, start: int) -> re.Match[str] | None:
    # ${X-10.0.0.121:5432} is shell, ${db-main.host:10.0.0.121} is Spring: variables of shells are upper case.
    name = text[start + 2 : start + 4]
    first, second = (_SHELL, _SPRING) if name.isupper() or ":-" in text[start : start + 140] else (_SPRING, _SHELL)
    return _PREFIXED.match(text, start) or first.match(text, start) or second.match(text, start)


def _default(text: str, at: int, stop: int, depth: int) -> tuple[_Read, int] | None:
    """What stands up to the closing brace, references in it read as well."""
    read = _Read()
    while sign := _SIGN.search(text, at, stop):
        place = sign.start()
        read.text(text, at, place)
        if sign.group() == "}":
            return read.unquoted(), place + 1
        if not _OPENER.match(text, place):
            if sign.group() != "$":
                return None
            read.text(text, place, place + 1)
            at = place + 1
            continue
        nested = _piece(text, place, stop, depth + 1)
        if nested is None:
            return None
        read.add(nested[0])
        at = nested[1]
    return None

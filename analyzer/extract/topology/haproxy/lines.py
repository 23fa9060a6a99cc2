"""HAProxy's lines as words: quotes, escapes, comments.

Manual: https://docs.haproxy.org/3.0/configuration.html#2.2
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 4096  # characters of one line
_LINE = re.compile(r"[^\r\n]+")
_TOKEN = re.compile(
    r"(?P<blank>[ \t]+)|(?P<comment>\#)|'(?P<strong>[^']*)'|\"(?P<weak>(?:[^\"\\]|\\.)*)\"|\\(?P<escape>.)"
    r"|(?P<plain>[^ \t\#'\"\\]+)|(?P<loose>.)"
)
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word without its quotes and escapes; characters `start` to `end` of the text spell it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line, at least one."""

    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """Where its first word starts."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.words[-1].end

    def text(self, at: int) -> str:
        """The word at an index, or nothing where the line is shorter."""
        return self.words[at].text if at < len(self.words) else ""

    def starts(self, *words: str) -> bool:
        """Whether the line begins with these words."""
        return tuple(word.text for word in self.words[: len(words)]) == words


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a configuration that say something; those of conditional blocks (`.if`) are left out."""
    for found in _LINE.finditer(text):
        words = tuple(_words(text, found.start(), min(found.end(), found.start() + _LONGEST)))
        if words and not words[0].text.startswith("."):
            yield Line(words)


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    pieces: list[str] = []
    began = at = start
    for found in _TOKEN.finditer(text, start, end):
        if found["blank"] or found["comment"]:
            if pieces:
                yield Word("".join(pieces), began, found.start())
                pieces = []
            if found["comment"]:
                return
            continue
        if not pieces:
            began = found.start()
        pieces.append(_piece(found))
        at = found.end()
    if pieces:
        yield Word("".join(pieces), began, at)


def _piece(found: re.Match[str]) -> str:
    if found["weak"] is not None:
        return _ESCAPE.sub(r"\1", found["weak"])
    return next((found[kind] for kind in ("strong", "escape", "plain", "loose") if found[kind] is not None), "")

"""Directives of nginx and Apache: words with their places, and the block that each stands in.

nginx ends a directive with `;` and knows no lines; Apache ends it with the line and opens blocks with `<Name ...>`.
What directives mean is not known here. https://nginx.org/en/docs/beginners_guide.html#conf_structure and
https://httpd.apache.org/docs/2.4/configuring.html#syntax
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

Stretch: TypeAlias = tuple[int, int]  # characters of the text, half-open

_QUOTED = r"\"(?P<double>(?>(?:[^\"\\\r\n]|\\\r\n|\\.)*))\"|'(?P<single>(?>(?:[^'\\\r\n]|\\\r\n|\\.)*))'"
_NGINX = re.compile(
    rf"(?P<blank>\s+)|(?P<comment>\#[^\r\n]*)|{_QUOTED}|(?P<mark>[{{}};])"
    r"|(?P<word>(?>(?:\$\{\w{1,100}\}|\\.|[^\s;{}\\])+))|(?P<other>.)",
    re.DOTALL,
)
_APACHE_LINE = re.compile(r"(?>(?:[^\\\r\n]|\\\r\n|\\.)+)", re.DOTALL)
_APACHE_WORD = re.compile(rf"{_QUOTED}|(?P<word>\S+)", re.DOTALL)
_APACHE = re.compile(
    r"^[ \t]{0,40}(?:</?[A-Z][A-Za-z]{2,30}\b[^\n]{0,400}>|[A-Z][A-Za-z]{3,40}[ \t][^\n]{0,400}[^;{\s])[ \t]{0,40}\r?$",
    re.MULTILINE,
)
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Directive:
    """The words of a directive without quotes, its name first; `start` and `end` enclose it without what ends it.

    `block` is the number of the block around it, 0 for none.
    """

    words: tuple[Stretch, ...]
    start: int
    end: int
    block: int


@dataclass
class Directives:
    """The directives of a text in order, and its comments with their marks."""

    found: list[Directive] = field(default_factory=list)
    comments: list[Stretch] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _blocks: int = 0

    def add(self, words: list[Stretch], end: int) -> None:
        """A directive of these words."""
        if words:
            block = self._open[-1] if self._open else 0
            self.found.append(Directive(tuple(words), words[0][0], end, block))

    def enter(self) -> None:
        """What follows stands in a block."""
        self._blocks += 1
        if len(self._open) < _DEEPEST:
            self._open.append(self._blocks)

    def leave(self) -> None:
        """The innermost block is closed."""
        if self._open:
            self._open.pop()


def read_directives(text: str) -> Directives:
    """The directives of a text that one of the two writes; it never fails."""
    return _read_apache(text) if _APACHE.search(text) else _read_nginx(text)


def _read_nginx(text: str) -> Directives:
    found = Directives()
    words: list[Stretch] = []
    for token in _NGINX.finditer(text):
        kind = token.lastgroup or ""
        if kind == "comment":
            found.comments.append(token.span())
        elif kind in {"double", "single", "word"}:
            words.append(token.span(kind))
        elif kind == "mark":
            if token.group() == "}":
                found.leave()
            else:
                found.add(words, token.start())
            if token.group() == "{":
                found.enter()
            words = []
    return found


def _read_apache(text: str) -> Directives:
    found = Directives()
    for line in _APACHE_LINE.finditer(text):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        if text.startswith("#", start):
            found.comments.append((start, line.end()))
        elif text.startswith("</", start):
            found.leave()
        else:
            words = [word.span(word.lastgroup or 0) for word in _APACHE_WORD.finditer(text, start, line.end())]
            found.add(words, line.end())
            if text.startswith("<", start) and words:
                found.enter()
    return found

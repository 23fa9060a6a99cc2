"""Cuts HCL into tokens with their places: words, strings without quotes, here-documents, comments, signs.

From left to right, once. What it cannot follow is skipped, so every text has tokens. Syntax:
https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]* | //[^\n]*)
    | (?P<long>/\*)
    | (?P<heredoc><<(?P<cut>-?)(?P<mark>[A-Za-z_][A-Za-z0-9_]{0,100})[ \t]{0,20}\r?\n)
    | (?P<quote>")
    | (?P<word>[^\W\d][\w-]*)
    | (?P<number>\d[\w.]*)
    | (?P<sign>\n|=>|==|!=|<=|>=|&&|\|\||\.{3}|[{}\[\]()=:,;?.])
    """,
    re.VERBOSE,
)
_INSIDE = re.compile(r"[\"\\\n{}]|[$%]\{")
_LONGEST = 20_000  # characters of a string that goes on over lines inside `${...}`


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    STRING = "string"
    HEREDOC = "heredoc"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """Characters `start` to `end` of the text; of a string without its quotes, of a here-document the body.

    `text` is the sign or the word itself; of a here-document "-" where its indentation is cut.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text in order, its comments (start, end) apart, and where strings start that are not closed."""

    tokens: tuple[Token, ...]
    comments: tuple[tuple[int, int], ...]
    faults: tuple[int, ...] = ()


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of `text[start:end]`; offsets are those of `text`."""
    comments: list[tuple[int, int]] = []
    strings = _Strings(text, len(text) if end is None else end)
    return Tokens(tuple(_tokens(text, start, strings, comments)), tuple(comments), tuple(strings.faults))


def _tokens(text: str, at: int, strings: "_Strings", comments: list[tuple[int, int]]) -> Iterator[Token]:
    stop = strings.stop
    while match := _TOKEN.search(text, at, stop):
        start, at = match.span()
        kind = match.lastgroup
        if kind == "word":
            yield Token(Kind.WORD, start, at, match.group())
        elif kind == "number":
            yield Token(Kind.NUMBER, start, at, match.group())
        elif kind == "quote":
            end = strings.end(at)
            yield Token(Kind.STRING, at, end)
            at = end + (text[end : end + 1] == '"')
        elif kind == "sign":
            yield Token(Kind.SIGN, start, at, match.group())
        elif kind == "heredoc":
            end, following = _heredoc(text, at, stop, match["mark"])
            yield Token(Kind.HEREDOC, at, end, match["cut"])
            at = following
        else:
            at = _comment_end(text, start, at, stop)
            comments.append((start, at))


def _comment_end(text: str, start: int, at: int, stop: int) -> int:
    if not text.startswith("/*", start):
        return at
    close = text.find("*/", at, stop)
    return stop if close < 0 else close + 2


class _Strings:
    """Finds the ends of strings; once one is not closed, none of the others may go on over a line end."""

    def __init__(self, text: str, stop: int) -> None:
        self.stop = stop
        self.faults: list[int] = []
        self._text = text

    def end(self, start: int) -> int:
        """Where the string from `start` on ends: at its quote, or at the line end where it has none."""
        line = self._text.find("\n", start, self.stop)
        line = self.stop if line < 0 else line
        limit = line if self.faults else min(self.stop, start + _LONGEST)
        end = _closing(self._text, start, max(limit, line))
        if end is None:
            self.faults.append(start)
            return line
        return end


def hole_end(text: str, at: int, stop: int) -> int | None:
    """Where `${...}` or `%{...}` ends, the brace included; `at` stands behind its opening brace."""
    return _closing(text, at, min(stop, at + _LONGEST), inside=1)


def _closing(text: str, at: int, stop: int, inside: int = 0) -> int | None:
    """The quote that closes a string (`inside` 0), or the end of `${...}`, which may hold strings of its own."""
    whole = inside
    around: list[int] = []  # open braces of each `${` around the innermost string
    while match := _INSIDE.search(text, at, stop):
        found, at = match.group(), match.end()
        if inside == 0 and found == '"':
            if not around:
                return match.start()
            inside = around.pop()
        elif inside == 0:
            if found == "\n":
                return None
            at += found == "\\"
            inside = int(len(found) == 2 and text[match.start() - 1] != found[0])
        elif found == '"':
            around.append(inside)
            inside = 0
        else:
            inside += found.endswith("{") - (found == "}")
            if whole and not inside and not around:
                return at
    return None


def _heredoc(text: str, at: int, stop: int, mark: str) -> tuple[int, int]:
    """Where the body ends and where the text goes on."""
    while at < stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        if text[at:end].strip() == mark:
            return at, end
        at = end + 1
    return stop, stop

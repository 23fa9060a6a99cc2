"""Cuts HCL into tokens with their places: words, strings without quotes, here-documents, comments, signs.

From left to right, once. What it cannot follow is skipped, so every text has tokens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]* | //[^\n]*)
    | (?P<long>/\*)
    | (?P<heredoc><<-?(?P<mark>[A-Za-z_][A-Za-z0-9_]{0,100})[ \t]{0,20}\r?\n)
    | (?P<quote>")
    | (?P<word>[A-Za-z0-9_][A-Za-z0-9_.\-]*)
    | (?P<sign>[{}\[\]=:,\n])
    """,
    re.VERBOSE,
)
_INSIDE = re.compile(r"[\"\\\n{}]|[$%]\{")


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    STRING = "string"
    HEREDOC = "heredoc"
    COMMENT = "comment"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """Characters `start` to `end` of the text; of a string without its quotes, of a here-document the body."""

    kind: Kind
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order."""
    at = 0
    while match := _TOKEN.search(text, at):
        start, at = match.span()
        if match["comment"] is not None:
            yield Token(Kind.COMMENT, start, at)
        elif match["long"] is not None:
            close = text.find("*/", at)
            at = len(text) if close < 0 else close + 2
            yield Token(Kind.COMMENT, start, at)
        elif match["heredoc"] is not None:
            end, following = _heredoc(text, at, match["mark"])
            yield Token(Kind.HEREDOC, at, end)
            at = following
        elif match["quote"] is not None:
            end = _string_end(text, at)
            yield Token(Kind.STRING, at, end)
            at = end + (text[end : end + 1] == '"')
        else:
            yield Token(Kind.WORD if match["word"] is not None else Kind.SIGN, start, at)


def _string_end(text: str, at: int) -> int:
    """Where a string ends: at its quote, or at the line end outside of `${...}`, in which strings may stand."""
    depth = 0
    while match := _INSIDE.search(text, at):
        found, at = match.group(), match.end()
        if found == "\\":
            at += 1
        elif found in ("${", "%{") or (found == "{" and depth):
            depth += 1
        elif found == "}" and depth:
            depth -= 1
        elif found == "\n" or (found == '"' and not depth):
            return match.start()
    return len(text)


def _heredoc(text: str, at: int, mark: str) -> tuple[int, int]:
    """Where the body ends and where the text goes on."""
    start = at
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if text[at:stop].strip() == mark:
            return at, stop
        at = stop + 1
    return max(start, len(text)), len(text)

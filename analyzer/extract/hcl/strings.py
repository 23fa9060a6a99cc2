"""Cuts strings and here-documents into pieces: what stands for itself, and `${...}`.

Of a flush here-document (`<<-`) the indentation that all its lines share is in no piece, `%{...}` is in none at all.
Syntax: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions
"""

import re
from collections.abc import Iterator

from analyzer.extract.hcl.lexer import Kind, Token, hole_end

_OPENING = re.compile(r"[$%]\{")
_LINE = re.compile(r"[^\n]*\n?")
_BLANKS = re.compile(r"[ \t]*")


def pieces_of(text: str, token: Token) -> Iterator[tuple[int, int]]:
    """The pieces (start, end) in order; one that starts with `${` is an interpolation."""
    cut, at = _indentation(text, token), token.start
    while (hole := _hole(text, at, token.end)) is not None:
        yield from _lines(text, at, hole[0], cut)
        if text[hole[0]] == "$":
            yield hole
        at = hole[1]
    yield from _lines(text, at, token.end, cut)


def _hole(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """The next `${...}` or `%{...}` that is not escaped by another sign before it."""
    while match := _OPENING.search(text, at, stop):
        start, at = match.span()
        if text[start - 1 : start] != text[start]:
            end = hole_end(text, at, stop)
            return (start, end) if end is not None else None
    return None


def _indentation(text: str, token: Token) -> int:
    """How many blanks every line of a flush here-document starts with; 0 for other literals."""
    if token.kind is not Kind.HEREDOC or not token.text:
        return 0
    lines = (match.span() for match in _LINE.finditer(text, token.start, token.end))
    return min((_indent(text, *line) for line in lines if text[slice(*line)].strip()), default=0)


def _lines(text: str, start: int, end: int, cut: int) -> Iterator[tuple[int, int]]:
    """The characters without the indentation of the lines that start among them."""
    if not cut:
        yield from [(start, end)] if start < end else []
        return
    for line in _LINE.finditer(text, start, end):
        first, last = line.span()
        if text[first - 1 : first] == "\n":
            first += min(cut, _indent(text, first, last))
        if first < last:
            yield first, last


def _indent(text: str, start: int, end: int) -> int:
    match = _BLANKS.match(text, start, end)
    return match.end() - start if match else 0

"""Literals inside template actions: `{{ .Values.host | default "10.0.0.121" }}` reads as 10.0.0.121.

Only an action that can print exactly one literal counts: a default, an alternative, the literal itself. What is
compared, looked up, formatted or included is no value. Sprig: https://masterminds.github.io/sprig/defaults.html
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from analyzer.extract.yaml.templates import actions
from analyzer.model import Span

_TOKEN = re.compile(
    r"""(?P<string>"[^"\\\n]*"|`[^`]*`|'[^'\\\n]*')|(?P<number>\d{1,5}(?![\w.]))|(?P<name>\$?\.?[A-Za-z_][\w.]*)|(?P<sign>[|()])"""
)
_PRINTED = frozenset({"default", "d", "coalesce", "quote", "squote", "toString", "print", "trim", "b64enc", "tpl"})
_OTHERWISE = frozenset({"or", "else"})
_LONGEST = 2_000


class Filled:
    """A text with literals in place of the actions that print them; `original` leads back to the characters."""

    def __init__(self, text: str, pieces: list[Span]) -> None:
        self.text = "".join(text[piece.start : piece.end] for piece in pieces)
        self._pieces = pieces
        self._starts: list[int] = []
        at = 0
        for piece in pieces:
            self._starts.append(at)
            at += piece.end - piece.start

    def original(self, start: int, end: int) -> tuple[int, int]:
        """From the first to the last character of `text[start:end]` in the original; empty: the place between two."""
        if start < end:
            return self._place(start), self._place(end - 1) + 1
        at = self._place(start - 1) + 1 if start else self._pieces[0].start
        return at, at

    def _place(self, at: int) -> int:
        index = bisect_right(self._starts, at) - 1
        return self._pieces[index].start + at - self._starts[index]


def filled(text: str) -> Filled | None:
    """The text with literals for actions, or None where no action prints one."""
    pieces: list[Span] = []
    at = 0
    for action in actions(text.encode("latin-1", "replace")):
        literal = _printed(text, action.start, action.end)
        if literal is not None:
            pieces += [Span(at, action.start), literal]
            at = action.end
    if not pieces:
        return None
    return Filled(text, [piece for piece in (*pieces, Span(at, len(text))) if piece.start < piece.end])


def _printed(text: str, start: int, end: int) -> Span | None:
    """The one literal that an action can print."""
    if end - start > _LONGEST or not text.startswith("{{", start):
        return None
    found = list(_literals(text, start + 2, end - 2))
    return found[0] if len(found) == 1 and found[0].start < found[0].end else None


def _literals(text: str, start: int, end: int) -> Iterator[Span]:
    heads: list[str] = [""]
    before, behind = "", start
    for token in _TOKEN.finditer(text, start, end):
        kind, word = token.lastgroup, token.group()
        if word == "(":
            heads.append(before if token.start() == behind else "")
        elif word == ")":
            heads = heads[:-1] or [""]
        elif word == "|":
            heads[-1] = ""
        elif kind == "name":
            heads[-1] = heads[-1] or word
        else:
            if not heads[-1] or heads[-1] in _PRINTED or before in _OTHERWISE:
                quoted = kind == "string"
                yield Span(token.start() + quoted, token.end() - quoted)
            heads[-1] = heads[-1] or "literal"
        before, behind = word if kind == "name" else "", token.end()

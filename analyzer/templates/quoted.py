r"""The strings of Go templates and Jinja, decoded with the place of every character.

Escapes: https://go.dev/ref/spec#String_literals and https://docs.python.org/3/reference/lexical_analysis.html; both
languages share them but for octal digits and Go's `\u` in bytes, which no host needs.
"""

import re

from analyzer.templates.nodes import Literal

_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<octal>[0-7]{3})|(?P<sign>.))",
    re.DOTALL,
)
_SIGNS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\n": ""}
_LAST = 0x10FFFF


def interpreted(text: str, start: int, end: int) -> Literal:
    """The string between the quotes at `start - 1` and `end`, its backslashes read."""
    if text.find("\\", start, end) < 0:
        return Literal(text[start:end], start, end)
    characters: list[str] = []
    places: list[int] = []
    at = start
    while at < end:
        escape = _ESCAPE.match(text, at, end) if text[at] == "\\" else None
        character = _decoded(escape) if escape else text[at]
        characters.append(character)
        places += [at] * len(character)
        at = escape.end() if escape else at + 1
    return Literal("".join(characters), start, end, places=(*places, end))


def raw(text: str, start: int, end: int) -> Literal:
    """The string between backquotes; Go leaves carriage returns out."""
    if text.find("\r", start, end) < 0:
        return Literal(text[start:end], start, end, raw=True)
    places = [at for at in range(start, end) if text[at] != "\r"]
    return Literal("".join(text[at] for at in places), start, end, raw=True, places=(*places, end))


def _decoded(escape: re.Match[str]) -> str:
    digits = escape["x"] or escape["u"] or escape["U"]
    if digits or escape["octal"]:
        code = int(digits, 16) if digits else int(escape["octal"], 8)
        return chr(code) if code <= _LAST else "\ufffd"
    return _SIGNS.get(escape["sign"], escape["sign"])

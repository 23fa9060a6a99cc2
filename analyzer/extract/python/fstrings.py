"""Formatted strings as Python 3.12 and 3.14 allow them -> as many characters that Python 3.11 reads.

A replacement field that holds the string's own quote, a backslash, a comment or a line end (PEP 701), or a formatted
string that might, is overwritten by `0` and blanks; a template string (PEP 750) becomes an f-string. All other
characters keep their places.
https://docs.python.org/3/reference/lexical_analysis.html#formatted-string-literals
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DEEPEST = 40  # strings within fields of strings
_STRING = re.compile(r"""(?<!\w)(?P<prefix>[A-Za-z]{0,3})(?P<quote>\"\"\"|'''|"|')""")
_NEXT = re.compile(rf"#[^\r\n]*|{_STRING.pattern}")
_INSIDE = re.compile(rf"#[^\r\n]*|[{{}}()\[\]:]|{_STRING.pattern}")
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_REFUSED = re.compile(r"[\\#\r\n]|(?<!\w)[A-Za-z]?[fFtT][A-Za-z]?[\"']")


@dataclass(frozen=True)
class _Field:
    """A replacement field: characters between its braces, `expression_end` before a format."""

    start: int
    expression_end: int
    end: int


def older(text: str) -> str:
    """The text with its formatted strings as Python 3.11 reads them; the same where a string never ends."""
    parts, done, at = [], 0, 0
    while found := _NEXT.search(text, at):
        quote = found["quote"]
        if quote is None:
            at = found.end()
            continue
        fields: list[_Field] = []
        end = _string_end(text, found, fields, 0)
        if end is None:
            break
        start, formatted = found.start("prefix"), _formatted(found["prefix"])
        if formatted:
            parts += [text[done:start], found["prefix"].translate(_TEMPLATE)]
            parts += _rewritten(text, found.start("quote"), end, fields, quote)
            done = end
        at = end
    return "".join((*parts, text[done:]))


_TEMPLATE = str.maketrans("tT", "fF")


def _formatted(prefix: str) -> bool:
    return not {"f", "t"}.isdisjoint(prefix.lower())


def _rewritten(text: str, start: int, end: int, fields: list[_Field], quote: str) -> Iterator[str]:
    """The string's characters, with `0` and blanks in the place of expressions that Python 3.11 refuses."""
    for field in fields:
        ends = (field.end, field.expression_end), (field.expression_end, field.start)
        last = next((last for last, first in ends if _refused(text[first:last], quote)), None)
        if last is not None:
            yield text[start : field.start]
            yield "0".ljust(last - field.start)
            start = last
    yield text[start:end]


def _refused(written: str, quote: str) -> bool:
    return quote in written or _REFUSED.search(written) is not None


def _string_end(text: str, opening: re.Match[str], fields: list[_Field], depth: int) -> int | None:
    """The character behind a string; its fields are added. None where it does not end, or lies too deep."""
    quote, formatted = opening["quote"], _formatted(opening["prefix"])
    at = opening.end()
    while depth < _DEEPEST and at < len(text):
        sign = text[at]
        if text.startswith(quote, at):
            return at + len(quote)
        if sign in "\r\n" and len(quote) == 1:
            return None
        if sign == "\\":
            at += 2
        elif formatted and sign == "{" and not text.startswith("{{", at):
            field = _field(text, at + 1, quote, depth)
            if field is None:
                return None
            fields.append(field)
            at = field.end + 1
        else:
            at += 2 if formatted and text.startswith(("{{", "}}"), at) else 1
    return None


def _field(text: str, start: int, quote: str, depth: int) -> _Field | None:
    """The field whose expression starts here."""
    at, open_brackets = start, 0
    while found := _INSIDE.search(text, at):
        sign = found[0]
        if found["quote"] is not None:
            end = _string_end(text, found, [], depth + 1)
            if end is None:
                return None
            at = end
            continue
        if not open_brackets and sign == "}":
            return _Field(start, found.start(), found.start())
        if not open_brackets and sign == ":":
            end = _format_end(text, found.end(), quote, depth)
            return None if end is None else _Field(start, found.start(), end)
        open_brackets += _BRACKETS.get(sign, 0)
        at = found.end()
    return None


def _format_end(text: str, at: int, quote: str, depth: int) -> int | None:
    """The brace that ends a field behind its format, which may hold fields of its own."""
    while at < len(text) and depth < _DEEPEST and not text.startswith(quote, at):
        if text[at] == "}":
            return at
        if text[at] == "{":
            inner = _field(text, at + 1, quote, depth + 1)
            if inner is None:
                return None
            at = inner.end
        at += 1
    return None

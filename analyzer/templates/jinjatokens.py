"""The words and signs of Jinja's expressions, and of the few of Ruby that ERB files hold.

https://jinja.palletsprojects.com/templates/ and https://docs.ruby-lang.org/en/master/syntax_rdoc.html
"""

import re
from dataclasses import dataclass
from typing import Literal as OneOf

Dialect = OneOf["jinja", "ruby"]

_COMMON = r"""
      (?P<space>[ \t\r\n]+)
    | (?P<string>"(?>(?:[^"\\]|\\.)*)"|'(?>(?:[^'\\]|\\.)*)')
    | (?P<number>[0-9][0-9_]*+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?!\w)
"""
_SIGNS = r"""
    | (?P<compare>==|!=|<=|>=|<|>)
    | (?P<sign>\*\*|//|\|\||&&|&\.|::|[|().,:=~+\-*/%\[\]{}?!])
"""
_JINJA = re.compile(_COMMON + r"| (?P<name>[^\W\d]\w*)" + _SIGNS, re.VERBOSE | re.DOTALL)
_RUBY = re.compile(_COMMON + r"| (?P<name>[^\W\d]\w*(?:[?!](?=[ .)]))?)" + _SIGNS, re.VERBOSE | re.DOTALL)
_WORDS = frozenset({"or", "and", "not", "in", "is", "if", "else"})


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is the name of its group; a sign's and an operator word's is its own text; empty behind the last."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(text: str, start: int, end: int, dialect: Dialect) -> list[Token] | None:
    """The tokens of an action's inside, an empty one at the end; None at the first character that starts none."""
    pattern = _RUBY if dialect == "ruby" else _JINJA
    while start < end and text[start] in "-+=":
        start += 1
    while start < end and text[end - 1] in "-+":
        end -= 1
    tokens: list[Token] = []
    at = start
    while at < end:
        match = pattern.match(text, at, end)
        if match is None:
            return None
        kind, word = match.lastgroup or "", match.group()
        if kind != "space":
            own = kind == "sign" or (kind == "name" and word in _WORDS)
            tokens.append(Token(word if own else kind, word, at, match.end()))
        at = match.end()
    tokens.append(Token("", "", end, end))
    return tokens

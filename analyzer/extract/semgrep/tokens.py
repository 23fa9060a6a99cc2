"""The tokens of one expression: names, numbers, strings, operators; brackets; and what stands around a value.

In any language whose quotes stand in `quotes`. Knows no meaning of any name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.extract.semgrep.quotes import Quoted, Syntax, quoted

_DEEPEST = 20
_NAME = re.compile(r"[A-Za-z_$@][\w$]*+(?>(?:(?:\?\.|!\.|\.|::|->)[A-Za-z_$][\w$]*+)*)(?:!(?=[(\[{]))?")
_NUMBER = re.compile(r"\d[\w.]*+")
_OPERATOR = re.compile(r"\|\||&&|\?\?|\?:|\?\.|=>|->|[=!<>]=*|.", re.DOTALL)
_BLANK = re.compile(r"(?>(?:\s++|//[^\r\n]*+|/\*(?>(?:[^*]|\*(?!/))*)\*/)+)")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_WORDS_BEFORE = frozenset(("new", "await", "+", "&", "mut", "*", "ref", "const"))
_CASTS = frozenset(("as", "satisfies"))


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is name, number, string or operator; `start` and `end` are characters of the expression."""

    kind: str
    text: str
    start: int
    end: int
    string: Quoted | None = None


def tokens_of(text: str, syntax: Syntax) -> Iterator[Token]:
    """The tokens in order; blanks and comments are left out. May raise `UnreadableError`."""
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        string = quoted(text, at, syntax)
        if string is not None:
            yield Token("string", "", at, string.end, string)
            at = string.end
            continue
        for kind, pattern in (("name", _NAME), ("number", _NUMBER), ("operator", _OPERATOR)):
            if match := pattern.match(text, at):
                yield Token(kind, match.group(), at, match.end())
                at = match.end()
                break


def unwrapped(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without the brackets around it, the words before it and a cast behind it."""
    for _ in range(_DEEPEST):
        if encloses(tokens, "("):
            tokens = tokens[1:-1]
        elif len(tokens) > 1 and tokens[0].text in _WORDS_BEFORE:
            tokens = tokens[1:]
        elif len(tokens) > 1 and tokens[-1].text == "!":
            tokens = tokens[:-1]
        elif (cast := _cast(tokens)) > 0:
            tokens = tokens[:cast]
        else:
            break
    return tokens


def _cast(tokens: Sequence[Token]) -> int:
    """Where ` as string` begins, or 0."""
    return next((i for i, token in enumerate(tokens) if i and token.text in _CASTS), 0)


def encloses(tokens: Sequence[Token], bracket: str) -> bool:
    """Whether the first token is this bracket and the last one closes it."""
    if len(tokens) < 2 or tokens[0].text != bracket:
        return False
    depths = list(_depths(tokens))
    return depths[-1] == 0 and all(depth > 0 for depth in depths[:-1])


def split(tokens: Sequence[Token], separators: frozenset[str]) -> list[Sequence[Token]]:
    """The tokens between separators that stand in no bracket."""
    depths = [0, *_depths(tokens)]
    cuts = [i for i, token in enumerate(tokens) if depths[i] == 0 and token.text in separators]
    return [tokens[a + 1 : b] for a, b in pairwise([-1, *cuts, len(tokens)])]


def opening_of_last(tokens: Sequence[Token]) -> int:
    """The index of the bracket that the last token closes, or -1 where it closes none."""
    if not tokens or tokens[-1].text not in _CLOSE:
        return -1
    depth = 0
    for index in range(len(tokens) - 1, -1, -1):
        depth += (tokens[index].text in _CLOSE) - (tokens[index].text in _OPEN)
        if depth == 0:
            return index
    return -1


def _depths(tokens: Sequence[Token]) -> Iterator[int]:
    """The depth of brackets behind each token."""
    depth = 0
    for token in tokens:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        yield depth

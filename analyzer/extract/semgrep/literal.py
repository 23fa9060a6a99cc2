"""Reads the strings that one expression may be: literals, templates, concatenations, defaults, lists.

`process.env.H || '10.0.0.121'` may be `10.0.0.121`; `` `${u}@10.0.0.121` `` is a text with a hole in it. Works on the
text of one expression in any language whose quotes stand in `semgrepquotes`; knows neither hosts nor files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.extract.semgrep.quotes import Quoted, Run, Syntax, quoted
from analyzer.hosts import HOLE

_DEEPEST = 20
_NAME = re.compile(r"[A-Za-z_$@][\w$]*+(?>(?:(?:\?\.|!\.|\.|::|->)[A-Za-z_$][\w$]*+)*)")
_NUMBER = re.compile(r"\d[\w.]*+")
_OPERATOR = re.compile(r"\|\||&&|\?\?|\?:|\?\.|=>|[=!<>]=*|.", re.DOTALL)
_BLANK = re.compile(r"(?>(?:\s++|//[^\r\n]*+|/\*(?>(?:[^*]|\*(?!/))*)\*/)+)")
_PATH = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,5}")
_ALTERNATIVES = frozenset(("||", "&&", "??", "?:", "?", ":"))
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
# Calls that hand over their first argument.
_WRAPPERS = frozenset(("String", "Number", "parseInt", "parseFloat", "Number.parseInt", "URL", "URI", "URI.create"))
_WORDS_BEFORE = frozenset(("new", "await", "+"))
_CASTS = frozenset(("as", "satisfies"))


@dataclass(frozen=True, slots=True)
class Literal:
    """One string that an expression may be. `text` holds `HOLE` for pieces that are no literals.

    `start` and `end` enclose it in the expression, quotes included (characters). A bare number counts as its digits.
    """

    text: str
    start: int
    end: int
    runs: tuple[Run, ...]

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """The characters of the expression that are `text[start:end]` verbatim, or None."""
        for run in self.runs:
            if run.at <= start and end <= run.at + run.length:
                return run.raw + start - run.at, run.raw + end - run.at
        return None


@dataclass(frozen=True, slots=True)
class Expression:
    """What was read; `listed`: the literals are members of one list; `path`: the plain name that it is, or empty."""

    literals: tuple[Literal, ...] = ()
    listed: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # name, number, string, operator
    text: str
    start: int
    end: int
    string: Quoted | None = None


def read_expression(text: str, syntax: Syntax) -> Expression:
    """The strings of an expression, in the order of the text; none where it is anything else.

    Raises `UnreadableError` where one of its literals does not end.
    """
    tokens = _unwrapped(list(_tokens(text, syntax)))
    if _encloses(tokens, "["):
        members = [literal for part in _split(tokens[1:-1], frozenset(",")) for literal in _literals(part, syntax)]
        return Expression(tuple(members), listed=True)
    path = text.strip() if _PATH.fullmatch(text.strip()) else ""
    return Expression(tuple(_literals(tokens, syntax)), path=path)


def _tokens(text: str, syntax: Syntax) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        string = quoted(text, at, syntax)
        if string is not None:
            yield _Token("string", "", at, string.end, string)
            at = string.end
            continue
        for kind, pattern in (("name", _NAME), ("number", _NUMBER), ("operator", _OPERATOR)):
            if match := pattern.match(text, at):
                yield _Token(kind, match.group(), at, match.end())
                at = match.end()
                break


def _literals(tokens: Sequence[_Token], syntax: Syntax, depth: int = 0) -> Iterator[Literal]:
    tokens = _unwrapped(tokens)
    if not tokens or depth > _DEEPEST or tokens[0].text == "{":
        return
    parts = _split(tokens, _ALTERNATIVES)
    if len(parts) > 1:
        for part in parts:
            yield from _literals(part, syntax, depth + 1)
    elif tokens[0].text in _WRAPPERS and _encloses(tokens[1:], "("):
        yield from _literals(_split(tokens[2:-1], frozenset(","))[0], syntax, depth + 1)
    elif literal := _joined(_split(tokens, syntax.joins)):
        yield literal


def _joined(pieces: Sequence[Sequence[_Token]]) -> Literal | None:
    """The pieces of a concatenation as one text; None where none of them is a literal."""
    known = [_text_of(piece) for piece in pieces]
    if not any(known) or (len(known) == 1 and not known[0]):
        return None
    text, runs = "", list[Run]()
    for piece in known:
        runs += [Run(run.at + len(text), run.raw, run.length) for run in piece.runs] if piece else ()
        text += piece.text if piece else HOLE
    flat = [token for piece in pieces for token in piece]
    return Literal(text, flat[0].start, flat[-1].end, tuple(runs))


def _text_of(piece: Sequence[_Token]) -> Quoted | None:
    tokens = _unwrapped(piece)
    if len(tokens) != 1:
        return None
    token = tokens[0]
    if token.kind == "number":
        return Quoted(token.text, token.end, (Run(0, token.start, len(token.text)),))
    return token.string


def _unwrapped(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """Without the brackets around it, the words before it and a cast behind it."""
    for _ in range(_DEEPEST):
        if _encloses(tokens, "("):
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


def _cast(tokens: Sequence[_Token]) -> int:
    """Where ` as string` begins, or 0."""
    return next((i for i, token in enumerate(tokens) if i and token.text in _CASTS), 0)


def _encloses(tokens: Sequence[_Token], bracket: str) -> bool:
    """Whether the first token is this bracket and the last one closes it."""
    if len(tokens) < 2 or tokens[0].text != bracket:
        return False
    depths = list(_depths(tokens))
    return depths[-1] == 0 and all(depth > 0 for depth in depths[:-1])


def _split(tokens: Sequence[_Token], separators: frozenset[str]) -> list[Sequence[_Token]]:
    """The tokens between separators that stand in no bracket."""
    depths = [0, *_depths(tokens)]
    cuts = [i for i, token in enumerate(tokens) if depths[i] == 0 and token.text in separators]
    return [tokens[a + 1 : b] for a, b in pairwise([-1, *cuts, len(tokens)])]


def _depths(tokens: Sequence[_Token]) -> Iterator[int]:
    """The depth of brackets behind each token."""
    depth = 0
    for token in tokens:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        yield depth

"""Reads the strings that one expression may be: literals, templates, concatenations, defaults, formats, lists.

`process.env.H || '10.0.0.121'` may be `10.0.0.121`; `` `${u}@10.0.0.121` `` is a text with a hole in it. Works on the
text of one expression in any language whose quotes stand in `quotes`; knows neither hosts nor files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.extract.semgrep import calls
from analyzer.extract.semgrep.quotes import Run, Syntax
from analyzer.extract.semgrep.tokens import Token, encloses, split, tokens_of, unwrapped
from analyzer.hosts import HOLE

_DEEPEST = 20
_PATH = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,5}")
_ALTERNATIVES = frozenset(("||", "&&", "??", "?:", "?", ":"))
_PRINTF = re.compile(r"%(?:\d{1,2}\$)?[-+ 0#]{0,4}\d{0,3}(?:\.\d{1,3})?(?:hh?|ll?)?[a-zA-Z]|%%")
_BRACES = re.compile(r"\{[\w:.#?]{0,20}\}")


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


def read_expression(text: str, syntax: Syntax) -> Expression:
    """The strings of an expression, in the order of the text; none where it is anything else.

    Raises `UnreadableError` where one of its literals does not end.
    """
    tokens = unwrapped(list(tokens_of(text, syntax)))
    listed = _members(tokens)
    if listed is not None:
        members = [literal for part in listed for literal in _literals(part, syntax)]
        return Expression(tuple(members), listed=True)
    path = text.strip() if _PATH.fullmatch(text.strip()) else ""
    return Expression(tuple(_literals(tokens, syntax)), path=path)


def _members(tokens: Sequence[Token]) -> list[Sequence[Token]] | None:
    """The members of a list: `[a, b]`, `[]string{a, b}`, `new[] {a, b}`, `vec![a, b]`, `listOf(a, b)`."""
    if encloses(tokens, "["):
        return split(tokens[1:-1], frozenset(","))
    at = next((i for i, token in enumerate(tokens[:9]) if token.text == "{"), 0)
    if at and "[" in {t.text for t in tokens[:at]} and encloses(tokens[at:], "{"):
        return split(tokens[at + 1 : -1], frozenset(","))
    call = calls.read_call(tokens)
    return calls.members(call) if call else None


def _literals(tokens: Sequence[Token], syntax: Syntax, depth: int = 0) -> Iterator[Literal]:
    tokens = unwrapped(tokens)
    if not tokens or depth > _DEEPEST or tokens[0].text == "{":
        return
    parts = split(tokens, _ALTERNATIVES)
    if len(parts) > 1:
        for part in parts:
            yield from _literals(part, syntax, depth + 1)
        return
    pieces = split(tokens, syntax.joins)
    if len(pieces) > 1:
        literal = _joined(pieces, tokens, syntax, depth)
    elif tokens[-1].text in {")", "}", "]"}:
        yield from _called(tokens, syntax, depth)
        return
    else:
        literal = _single(tokens)
    if literal:
        yield literal


def _single(tokens: Sequence[Token]) -> Literal | None:
    """One string or number; adjacent strings are one."""
    if len(tokens) == 1 and tokens[0].kind == "number":
        token = tokens[0]
        return Literal(token.text, token.start, token.end, (Run(0, token.start, len(token.text)),))
    if not all(token.string for token in tokens):
        return None
    return _concatenated([_of_token(token) for token in tokens], tokens)


def _of_token(token: Token) -> Literal:
    string = token.string
    return Literal(string.text, token.start, token.end, string.runs) if string else Literal("", 0, 0, ())


def _joined(pieces: Sequence[Sequence[Token]], whole: Sequence[Token], syntax: Syntax, depth: int) -> Literal | None:
    """The pieces of a concatenation as one text; None where none of them is a literal."""
    known = [next(_literals(piece, syntax, depth + 1), None) for piece in pieces]
    return _concatenated(known, whole) if any(known) else None


def _concatenated(pieces: Sequence[Literal | None], whole: Sequence[Token]) -> Literal:
    text, runs = "", list[Run]()
    for piece in pieces:
        runs += [Run(run.at + len(text), run.raw, run.length) for run in piece.runs] if piece else ()
        text += piece.text if piece else HOLE
    return Literal(text, whole[0].start, whole[-1].end, tuple(runs))


def _called(tokens: Sequence[Token], syntax: Syntax, depth: int) -> Iterator[Literal]:
    """The literals that a call may hand over."""
    call = calls.read_call(tokens)
    if call is None:
        return
    if how := calls.formats(call):
        literal = _formatted(how, call, tokens, syntax, depth)
        if literal:
            yield literal
        return
    handed = calls.first_argument(call) or calls.receiver_of(call)
    for part in [handed] if handed else calls.alternatives(call):
        yield from _literals(part, syntax, depth + 1)


def _formatted(how: str, call: calls.Call, tokens: Sequence[Token], syntax: Syntax, depth: int) -> Literal | None:
    values = [next(_literals(argument, syntax, depth + 1), None) for argument in calls.formatted(call)]
    if how == "host:port":
        colon = Literal(":", tokens[0].start, tokens[0].start, ())
        return _concatenated([values[0], colon, values[1]], tokens) if len(values) == 2 and any(values) else None
    template, filling = (values[0], values[1:]) if values else (None, [])
    if template is None:
        return None
    pieces: list[Literal | None] = []
    at = index = 0
    for mark in (_BRACES if how == "braces" else _PRINTF).finditer(template.text):
        pieces.append(_cut(template, at, mark.start()))
        pieces.append(filling[index] if index < len(filling) else None)
        at, index = mark.end(), index + 1
    return _concatenated([*pieces, _cut(template, at, len(template.text))], tokens)


def _cut(literal: Literal, start: int, end: int) -> Literal:
    """The characters `start` to `end` of a literal as one of their own."""
    runs = []
    for run in literal.runs:
        first, last = max(run.at, start), min(run.at + run.length, end)
        if first < last:
            runs.append(Run(first - start, run.raw + first - run.at, last - first))
    return Literal(literal.text[start:end], literal.start, literal.end, tuple(runs))

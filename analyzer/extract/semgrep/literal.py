"""Reads the strings that one expression may be: literals, templates, concatenations, defaults, formats, lists.

`process.env.H || '10.0.0.121'` may be `10.0.0.121`; `` `${u}@10.0.0.121` `` is a text with a hole in it. Works on the
text of one expression in any language whose quotes stand in `quotes`; knows neither hosts nor files. What a name
stands for is told by a look-up.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.extract.semgrep import calls
from analyzer.extract.semgrep.quotes import Home, Run, Syntax
from analyzer.extract.semgrep.tokens import Token, encloses, split, tokens_of, unwrapped
from analyzer.hosts import HOLE

_DEEPEST = 20
_PATH = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,5}")
_NAME = re.compile(r"\s{0,9}(?:this\.|\$)?([@A-Za-z_$][\w$]{0,63}(?:(?:\.|::|->)\$?[A-Za-z_$][\w$]{0,63}){0,5})\s{0,9}")
_ALTERNATIVES = frozenset(("||", "&&", "??", "?:", "?", ":"))
_PRINTF = re.compile(r"%(?:\d{1,2}\$)?[-+ 0#]{0,4}\d{0,3}(?:\.\d{1,3})?(?:hh?|ll?)?[a-zA-Z]|%%")
_BRACES = re.compile(r"\{[\w:.#?]{0,20}\}")
_INLINE = re.compile(r"\{([A-Za-z_]\w{0,63})(?::[^{}]{0,20})?\}")


@dataclass(frozen=True, slots=True)
class Literal:
    """One string that an expression may be. `text` holds `HOLE` for pieces that are no literals.

    `start` and `end` enclose it in the expression, quotes included (characters); in `home` where it is a constant that
    stands elsewhere. A bare number counts as its digits.
    """

    text: str
    start: int
    end: int
    runs: tuple[Run, ...]
    home: Home | None = None

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """The characters of the expression, or of the run's home, that are `text[start:end]` verbatim, or None."""
        run = self.run(start, end)
        return (run.raw + start - run.at, run.raw + end - run.at) if run else None

    def run(self, start: int, end: int) -> Run | None:
        """The run that holds `text[start:end]`."""
        return next((run for run in self.runs if run.at <= start and end <= run.at + run.length), None)


Lookup = Callable[[str], Sequence[Literal]]


@dataclass(frozen=True, slots=True)
class Expression:
    """What was read; `listed`: the literals are members of one list; `path`: the plain name that it is, or empty."""

    literals: tuple[Literal, ...] = ()
    listed: bool = False
    path: str = ""


def read_expression(text: str, syntax: Syntax, lookup: Lookup = lambda _: ()) -> Expression:
    """The strings of an expression, in the order of the text; none where it is anything else.

    Raises `UnreadableError` where one of its literals does not end.
    """
    tokens = unwrapped(list(tokens_of(text, syntax)))
    reader = _Reader(text, syntax, lookup)
    listed = _braced(tokens) if syntax.braces else None
    listed = _members(tokens) if listed is None else listed
    if listed is not None:
        members = [literal for part in listed for literal in reader.literals(part)]
        return Expression(tuple(members), listed=True)
    path = text.strip() if _PATH.fullmatch(text.strip()) else ""
    return Expression(tuple(reader.literals(tokens)), path=path)


def _members(tokens: Sequence[Token]) -> list[Sequence[Token]] | None:
    """The members of a list: `[a, b]`, `[]string{a, b}`, `new[] {a, b}`, `vec![a, b]`, `listOf(a, b)`, `a, b`."""
    if encloses(tokens, "["):
        return split(tokens[1:-1], frozenset(","))
    if "," in {token.text for token in tokens} and len(arguments := split(tokens, frozenset(","))) > 1:
        return arguments
    at = next((i for i, token in enumerate(tokens[:9]) if token.text == "{"), 0)
    if at and "[" in {t.text for t in tokens[:at]} and encloses(tokens[at:], "{"):
        return split(tokens[at + 1 : -1], frozenset(","))
    call = calls.read_call(tokens)
    return calls.members(call) if call else None


def _braced(tokens: Sequence[Token]) -> list[Sequence[Token]] | None:
    """The members of a list in braces alone, of C# and Java: `{ "a", { "b", 6379 } }`."""
    if not encloses(tokens, "{") or "=" in {token.text for token in tokens}:
        return None
    return split(tokens[1:-1], frozenset(","))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tokens of one expression, whose text is `text`."""

    text: str
    syntax: Syntax
    lookup: Lookup

    def literals(self, tokens: Sequence[Token], depth: int = 0) -> Iterator[Literal]:
        """The strings that some of its tokens may be."""
        tokens = unwrapped(tokens)
        if not tokens or depth > _DEEPEST:
            return
        if tokens[0].text == "{":
            yield from self._pair(tokens, depth)
            return
        parts = split(tokens, _ALTERNATIVES)
        if len(parts) > 1:
            for part in parts:
                yield from self.literals(part, depth + 1)
            return
        pieces = split(tokens, self.syntax.joins)
        if len(pieces) > 1:
            known = [next(self.literals(piece, depth + 1), None) for piece in pieces]
            if any(known):
                yield _concatenated(known, tokens)
        elif tokens[-1].text in {")", "}", "]"}:
            yield from self._called(tokens, depth)
        else:
            yield from self._single(tokens)

    def _single(self, tokens: Sequence[Token]) -> Iterator[Literal]:
        """One string, number or name; adjacent strings are one."""
        if len(tokens) == 1 and tokens[0].kind == "number":
            token = tokens[0]
            yield Literal(token.text, token.start, token.end, (Run(0, token.start, len(token.text)),))
        elif all(token.string for token in tokens):
            yield _concatenated([self._of_token(token) for token in tokens], tokens)
        else:
            yield from self._named(self.text[tokens[0].start : tokens[-1].end])

    def _named(self, name: str) -> Sequence[Literal]:
        """What a plain name stands for."""
        match = _NAME.fullmatch(name)
        return self.lookup(match[1]) if match else ()

    def _of_token(self, token: Token) -> Literal:
        """A string, its holes filled with the constants that they name."""
        string = token.string
        if string is None:
            return Literal("", 0, 0, ())
        whole = Literal(string.text, token.start, token.end, string.runs)
        fillings = [(h.at, h.at + 1, self._filling(self.text[h.start : h.end])) for h in string.holes]
        return _filled(whole, fillings) if any(filling for _, _, filling in fillings) else whole

    def _filling(self, name: str) -> Literal | None:
        return next(iter(self._named(name)), None)

    def _called(self, tokens: Sequence[Token], depth: int) -> Iterator[Literal]:
        """The literals that a call may hand over."""
        call = calls.read_call(tokens)
        if call is None:
            return
        if how := calls.formats(call):
            literal = self._formatted(how, call, tokens, depth)
            if literal:
                yield literal
            return
        handed = calls.first_argument(call) or calls.receiver_of(call)
        for part in [handed] if handed else calls.alternatives(call):
            yield from self.literals(part, depth + 1)

    def _pair(self, tokens: Sequence[Token], depth: int) -> Iterator[Literal]:
        """The host and port of a member `{ "b", 6379 }`."""
        parts = (_braced(tokens) or []) if self.syntax.braces else []
        known = [next(self.literals(part, depth + 1), None) for part in parts[:2]]
        if len(parts) == 2 and all(known):
            yield _concatenated([known[0], Literal(":", 0, 0, ()), known[1]], tokens)

    def _formatted(self, how: str, call: calls.Call, tokens: Sequence[Token], depth: int) -> Literal | None:
        values = [next(self.literals(argument, depth + 1), None) for argument in calls.formatted(call)]
        if how == "host:port":
            colon = Literal(":", tokens[0].start, tokens[0].start, ())
            return _concatenated([values[0], colon, values[1]], tokens) if any(values[:2]) else None
        template, filling = (values[0], values[1:]) if values else (None, [])
        if template is None:
            return None
        pieces: list[tuple[int, int, Literal | None]] = []
        index = 0
        for mark in (_BRACES if how == "braces" else _PRINTF).finditer(template.text):
            inline = _INLINE.fullmatch(mark.group()) if how == "braces" else None
            positional = filling[index] if index < len(filling) else None
            pieces.append((*mark.span(), self._filling(inline[1]) if inline else positional))
            index += inline is None
        return replace(_filled(template, pieces), start=tokens[0].start, end=tokens[-1].end, home=None)


def _filled(template: Literal, fillings: Sequence[tuple[int, int, Literal | None]]) -> Literal:
    """A template with some of its ranges, which are in order, replaced; by a hole where nothing is known."""
    pieces: list[Literal | None] = []
    at = 0
    for start, end, filling in fillings:
        pieces += [_cut(template, at, start), filling]
        at = end
    text, runs = _text_of([*pieces, _cut(template, at, len(template.text))], template.home)
    return replace(template, text=text, runs=runs)


def _concatenated(pieces: Sequence[Literal | None], whole: Sequence[Token]) -> Literal:
    text, runs = _text_of(pieces, None)
    return Literal(text, whole[0].start, whole[-1].end, runs)


def _text_of(pieces: Sequence[Literal | None], home: Home | None) -> tuple[str, tuple[Run, ...]]:
    """Pieces put together; runs that have no home stand in that of their literal, or in `home`."""
    text, runs = "", list[Run]()
    for piece in pieces:
        for run in piece.runs if piece else ():
            runs.append(replace(run, at=run.at + len(text), home=run.home or (piece.home if piece else None) or home))
        text += piece.text if piece else HOLE
    return text, tuple(runs)


def _cut(literal: Literal, start: int, end: int) -> Literal:
    """The characters `start` to `end` of a literal as one of their own."""
    runs = []
    for run in literal.runs:
        first, last = max(run.at, start), min(run.at + run.length, end)
        if first < last:
            runs.append(replace(run, at=first - start, raw=run.raw + first - run.at, length=last - first))
    return replace(literal, text=literal.text[start:end], runs=tuple(runs))

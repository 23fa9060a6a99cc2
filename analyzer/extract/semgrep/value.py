"""From captures of a match to values: the bytes that a metavariable stands for, read as an expression.

The engine's offsets say where; what stands there is read from the scanned file itself.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from analyzer.extract.keyed.values import Value
from analyzer.extract.linking.statements import named_inline
from analyzer.extract.semgrep.answer import Capture
from analyzer.extract.semgrep.constants import Constants
from analyzer.extract.semgrep.lexis import pieces
from analyzer.extract.semgrep.literal import Literal, read_expression
from analyzer.extract.semgrep.neighbours import Neighbours
from analyzer.extract.semgrep.quotes import Home, UnreadableError, syntax_of
from analyzer.extract.semgrep.stage import Staged
from analyzer.model import HostRef, Slot, Span

_LONGEST = 1 << 16
_NAME = r"[A-Za-z_$][\w$]{0,63}"
_HEAD = re.compile(rf"(?:await\s{{1,9}})?(?:(new)\s{{1,9}})?({_NAME}(?:\.{_NAME}){{0,4}})")
_COMPONENT = re.compile(rf"[?!]?\.?({_NAME})!?|(?:\?\.)?\[\s{{0,9}}['\"]([\w.$-]{{1,64}})['\"]\s{{0,9}}\]")
_ARGUMENT = re.compile(r"\(\s{0,9}['\"]([\w.$-]{1,64})['\"]\s{0,9}\)$")
_KEBAB = re.compile(r"[A-Za-z][\w.]{0,63}(?:-[\w.]{1,63}){1,8}")
_CLOSING = re.compile(r"[\s}]{0,90}(?:`|\"{1,3})")
_NAME_ONLY = re.compile(r"(?!an expression)\$?[\w$.]+")
_QUOTES = "'\"`"
_COMMON = frozenset(("this", "self", "process", "env", "module", "exports", "globalThis", "window", "Deno", "Bun"))


@dataclass(frozen=True)
class Reading:
    """What a capture may be: `values` (members of one list where `listed`), or `hidden` behind this name.

    `moved`: where constants are defined in which values stand, or pieces of them, and not where the capture does.
    """

    values: tuple[Value, ...] = ()
    listed: bool = False
    hidden: str = ""
    moved: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Reads one staged file; spans go in as the engine tells them and come out as bytes of the source."""

    file: Staged

    @cached_property
    def _constants(self) -> Constants:
        target = self.file.target
        if not target.beside:
            return Constants(target.source, target.language)
        return Constants(target.source, target.language, self._neighbours.lookup)

    @cached_property
    def _neighbours(self) -> Neighbours:
        target = self.file.target
        return Neighbours(target.source, target.language, target.beside)

    def divided(self, refs: Sequence[HostRef]) -> dict[str, tuple[HostRef, ...]]:
        """References by the path of the file in which they stand: the target's own, or one beside it."""
        if not self.file.target.beside:
            return {self.file.target.source.path: tuple(refs)}
        return self._neighbours.space.divided(refs)

    def span(self, span: Span) -> Span:
        """A span of the staged file as bytes of the source."""
        return Span(span.start + self.file.shift, span.end + self.file.shift)

    def text(self, span: Span) -> str:
        """The text of a span of the source."""
        return self.file.target.source.slice(span).decode("utf-8", "surrogateescape")

    def capture(self, capture: Capture) -> Reading:
        """The strings that a capture may be, else those of its definition."""
        here = self._expression(capture.span)
        if capture.definition is None or (here.values and not _NAME_ONLY.fullmatch(here.hidden)):
            return here
        there = self._expression(capture.definition)
        if not there.values:
            return here
        return Reading(there.values, there.listed, here.hidden, (self.span(capture.definition), *there.moved))

    def commented(self, span: Span) -> bool:
        """Whether a span of the source starts in a comment."""
        index = bisect_right(self._comments, (span.start, 1 << 62)) - 1
        return index >= 0 and span.start < self._comments[index][1]

    @cached_property
    def _comments(self) -> list[tuple[int, int]]:
        source, language = self.file.target.source, self.file.target.language
        spans = (source.span(a, b) for kind, a, b in pieces(source.text, language) if kind == "comment")
        return [(span.start, span.end) for span in spans]

    def key(self, capture: Capture | None) -> tuple[str, ...]:
        """The name that a capture is, outermost first: `config.db.host`, `process.env["PGHOST"]`, `"PGHOST"`."""
        text = self.text(self.span(capture.span)).strip().lstrip("@") if capture else ""
        if text[:1] in _QUOTES or _KEBAB.fullmatch(text):
            return (text.strip(_QUOTES).replace(":", "."),)  # .NET's `Db:Host`
        names, at = [], 0
        while match := _COMPONENT.match(text, at):
            names.append(match[1] or match[2])
            at = match.end()
        if at < len(text):
            argument = _ARGUMENT.search(text[-80:])
            return (argument[1],) if argument else ("",)
        return (*(name for name in names[:-1] if name not in _COMMON), *names[-1:])

    def callee(self, span: Span) -> tuple[str, Span]:
        """What a call names, `new Pool`, and where it stands; an empty text where it is no plain name."""
        text = self.text(Span(span.start, min(span.end, span.start + 200)))
        head = _HEAD.match(text)
        if head is None:
            return "", Span(span.start, span.start)
        return f"new {head[2]}" if head[1] else head[2], Span(span.start, span.start + len(head.group().encode()))

    def _expression(self, staged: Span) -> Reading:
        span = self._with_prefix(self.span(staged))
        if span.end - span.start > _LONGEST:
            return Reading()
        text, syntax = self.text(span), syntax_of(self.file.target.language)

        def lookup(name: str) -> Sequence[Literal]:
            return self._constants.lookup(name, span.start)

        try:
            read = read_expression(named_inline(text), syntax, lookup)
        except UnreadableError:
            text += self._closing(span.end)
            try:
                read = read_expression(named_inline(text), syntax, lookup)
            except UnreadableError:
                return Reading()
        home = Home(text, span.start)
        values = tuple(_value(literal, home) for literal in read.literals)
        moved = tuple(dict.fromkeys(place for literal in read.literals for place in _elsewhere(literal)))
        return Reading(values, read.listed, read.path or "an expression", moved)

    def _with_prefix(self, span: Span) -> Span:
        """The engine leaves out the letter that makes a string of Scala interpolate."""
        if self.file.target.language != "scala" or self.text(Span(span.start, span.start + 1)) != '"':
            return span
        return Span(span.start - 1, span.end) if self.text(Span(span.start - 1, span.start)) in {"s", "f"} else span

    def _closing(self, end: int) -> str:
        """The engine leaves out what closes a template: its quote, and the brace before it."""
        closing = _CLOSING.match(self.text(Span(end, end + 100)))
        return closing.group() if closing else ""


def _value(literal: Literal, home: Home) -> Value:
    def locate(i: int, j: int) -> Slot | None:
        run, place = literal.run(i, j), literal.locate(i, j)
        return _slot((run.home or literal.home or home), *place) if run and place else None

    return Value(literal.text, locate, _slot(literal.home or home, literal.start, literal.end))


def _elsewhere(literal: Literal) -> Iterator[Span]:
    """Where constants are written that a literal is, or is made of."""
    homes = [literal.home, *(run.home for run in literal.runs)]
    yield from (_slot(home, 0, len(home.text)).span for home in homes if home)


def _slot(home: Home, start: int, end: int) -> Slot:
    """Characters of a text as bytes of the file."""
    if home.text.isascii():
        return Slot(Span(home.start + start, home.start + end))
    before, within = home.text[:start], home.text[start:end]
    first = home.start + len(before.encode("utf-8", "surrogateescape"))
    return Slot(Span(first, first + len(within.encode("utf-8", "surrogateescape"))))

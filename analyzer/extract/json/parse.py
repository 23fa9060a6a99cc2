"""JSON, with what programs tolerate around it, as nodes of `yamltree`.

Read besides RFC 8259: comments, trailing commas, unquoted keys and single quotes (https://spec.json5.org), several
values in a row (JSON lines), placeholders where a value stands. What is wrong beyond that is told, and what was read
before it counts. One pass over the tokens, no recursion. It knows neither keys nor hosts.
"""

import re
from dataclasses import dataclass, field
from typing import NoReturn

from analyzer.extract.gathering.faults import Fault
from analyzer.extract.spelling.quoting import JSON, Quoted, bare, quoted
from analyzer.hosts import HOLE
from analyzer.model import Span
from analyzer.yamltree import Mapping, Node, Sequence
from analyzer.yamltree.nodes import Buffer

MAX_DEPTH = 100
MAX_NODES = 1_000_000

_TOKEN = re.compile(
    rb"""[ \t\r\n\f\v]*+(?:
      (?P<string>"(?>(?:[^"\\\r\n]++|\\(?:\r\n|[\s\S]))*)"|'(?>(?:[^'\\\r\n]++|\\(?:\r\n|[\s\S]))*)')
    | (?P<colon>:)
    | (?P<comma>,)
    | (?P<numbers>\[[-+0-9eE, \t\r\n]*+\.[-+.0-9eE, \t\r\n]*+\]|\[[-+0-9eE, \t\r\n]{200,}+\])
    | (?P<opening>[\[{])
    | (?P<closing>[\]}])
    | (?P<comment>(?://|\#)[^\r\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)\*/)
    | (?P<word>(?>(?:\$\{[^{}\r\n]{0,200}\}|[^ \t\r\n\f\v"'{}\[\]:,/$]++|\$|/(?![/*]))+))
    | (?P<end>\Z)
    | (?P<odd>[\s\S])
    )""",
    re.VERBOSE,
)
_SILENT = frozenset({b"true", b"false", b"null"})  # under a key they tell nothing about hosts
_LITERAL = re.compile(rb"true|false|null|[-+]?(?:NaN|Infinity|0[xX][0-9A-Fa-f]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_UNCLOSED = {b'"': "a string is not closed", b"'": "a string is not closed", b"/": "a comment is not closed"}
_PLACEHOLDERS = (HOLE.encode(), b"$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The values of a file in order, its comments, and what is wrong: the first fault, and the one that stopped.

    Equal keys are one node, that of the first.
    """

    roots: tuple[Node, ...]
    comments: tuple[Span, ...]
    faults: tuple[Fault, ...]


def parse(buffer: Buffer, start: int = 0) -> Parsed:
    """The values from the byte `start` on; strings and signs are told by the shadow, texts taken from the data."""
    reader = _Reader(buffer)
    reader.read(start)
    faults = (*reader.faults[:1], *(fault for fault in reader.faults[1:] if fault.stops))
    return Parsed(tuple(reader.roots), tuple(reader.comments), faults)


@dataclass(slots=True)
class _Frame:
    """A container while it is open. `separated`: the next entry may come; `key` waits for its colon and value."""

    start: int
    is_object: bool
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    key: Quoted | None = None
    colon: bool = False
    separated: bool = True

    @property
    def expects_key(self) -> bool:
        return self.is_object and (self.key is None or not self.colon)

    def node(self, end: int) -> Node:
        if self.is_object:
            return Mapping(self.start, end, tuple(self.pairs), flow=True)
        return Sequence(self.start, end, tuple(self.items), flow=True)


class _StopError(Exception):
    """Nothing more can be read; it never leaves this module."""


class _Reader:
    """One pass over the tokens of one file: a method for each kind of token."""

    def __init__(self, buffer: Buffer) -> None:
        self.roots: list[Node] = []
        self.comments: list[Span] = []
        self.faults: list[Fault] = []
        self._buffer = buffer
        self._open: list[_Frame] = []
        self._keys: dict[bytes, Quoted] = {}
        self._count = 0

    def read(self, start: int) -> None:
        steps = {kind: getattr(self, f"_{kind}") for kind in _TOKEN.groupindex}
        end = start
        try:
            for token in _TOKEN.finditer(self._buffer.shadow, start):
                kind, end = token.lastgroup or "", token.end()
                steps[kind](token.start(kind), end)
            if self._open:
                self._stop("a `{` or `[` is not closed", self._open[-1].start)
        except _StopError:
            while self._open:
                self._value(self._open.pop().node(end))

    def _string(self, start: int, end: int) -> None:
        if self._open and self._open[-1].expects_key:
            self._key(start, end)
        else:
            self._value(quoted(self._buffer, start, end, JSON))

    def _word(self, start: int, end: int) -> None:
        text = self._buffer.shadow[start:end]
        if self._open and self._open[-1].expects_key:
            self._key(start, end)
            return
        if not _LITERAL.fullmatch(text) and not text.startswith(_PLACEHOLDERS):
            if not self._open:
                self._stop("this is no JSON value", start)
            self._note("a value without quotes", start)
        if text in _SILENT and self._open and self._open[-1].is_object:
            self._open[-1].key, self._open[-1].colon = None, False
        else:
            self._value(bare(self._buffer, start, end))

    def _key(self, start: int, end: int) -> None:
        """A string or a word where a key stands."""
        frame, spelling = self._open[-1], self._buffer.shadow[start:end]
        if not frame.separated:
            self._note("a comma is missing", start)
        if frame.key is not None:
            self._note("a key without a value", start)
        key = self._keys.get(spelling)
        if key is None:
            string = spelling.startswith((b'"', b"'"))
            key = quoted(self._buffer, start, end, JSON) if string else bare(self._buffer, start, end)
            self._keys[spelling] = key
        frame.key, frame.separated = key, False

    def _numbers(self, start: int, end: int) -> None:
        """A list of coordinates or measurements: neither hosts nor ports, and there may be very many."""
        self._value(Sequence(start, end, (), flow=True))

    def _comment(self, start: int, end: int) -> None:
        self.comments.append(Span(start, end))

    def _end(self, _start: int, _end: int) -> None:
        """Blanks at the end of the file."""

    def _odd(self, start: int, _end: int) -> None:
        sign = self._buffer.shadow[start : start + 1]
        self._stop(_UNCLOSED.get(sign, "this is no JSON value"), start)

    def _colon(self, start: int, _end: int) -> None:
        frame = self._open[-1] if self._open else None
        if frame is None or frame.key is None or frame.colon:
            self._stop("a `:` without a key before it", start)
        frame.colon = True

    def _comma(self, start: int, _end: int) -> None:
        frame = self._open[-1] if self._open else None
        if frame is None or frame.key is not None or frame.separated:
            self._note("a comma without a value before it", start)
        if frame is not None:
            frame.key, frame.colon, frame.separated = None, False, True

    def _opening(self, start: int, _end: int) -> None:
        if self._open and self._open[-1].expects_key:
            self._stop("a bracket where a key must stand", start)
        if len(self._open) == MAX_DEPTH:
            self._stop("nested too deeply", start, limit=True)
        self._open.append(_Frame(start, self._buffer.shadow.startswith(b"{", start)))

    def _closing(self, start: int, end: int) -> None:
        if not self._open or self._open[-1].is_object != self._buffer.shadow.startswith(b"}", start):
            self._stop("a bracket that closes nothing", start)
        frame = self._open.pop()
        if frame.key is not None:
            self._note("a key without a value", frame.key.start)
        self._value(frame.node(end))

    def _value(self, node: Node) -> None:
        """A scalar or a closed container takes its place: a key, a value, an item, a root."""
        self._count += 1
        if self._count == MAX_NODES:
            self._stop("more values than are read in one file", node.start, limit=True)
        frame = self._open[-1] if self._open else None
        if frame is None:
            self.roots.append(node)
        elif frame.key is not None:
            frame.pairs.append((frame.key, node))
            frame.key, frame.colon = None, False
        else:
            if not frame.separated:
                self._note("a comma is missing", node.start)
            frame.items.append(node)
            frame.separated = False

    def _note(self, reason: str, byte: int) -> None:
        if not self.faults:
            self.faults.append(Fault(reason, byte))

    def _stop(self, reason: str, byte: int, *, limit: bool = False) -> NoReturn:
        self.faults.append(Fault(reason, byte, stops=True, limit=limit))
        raise _StopError

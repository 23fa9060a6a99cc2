"""HOCON as nodes of `yamltree`: objects that are written in pieces, values that are put together.

A substitution (`${db.host}`) is a hole in the text; includes are left alone. One pass over the tokens, no recursion.
What is wrong is told, and what was read before it counts. It knows neither keys nor hosts.
"""

from dataclasses import dataclass, field
from typing import NoReturn

from analyzer.extract.gathering.faults import Fault
from analyzer.extract.hocon.lexer import Token, tokens
from analyzer.extract.spelling.dotted import Table
from analyzer.extract.spelling.quoting import HOCON, Joined, Quoted, bare, quoted, segments
from analyzer.hosts import HOLE
from analyzer.model import Span
from analyzer.yamltree import Mapping, Node, Scalar, Sequence
from analyzer.yamltree.nodes import Buffer
from analyzer.yamltree.offsets import Segment

MAX_DEPTH = 100
_MOST_PIECES = 2_000  # of one value or one key
_INCLUDE = b"include"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The root object, the comments' bytes, and what is wrong: the first fault, and the one that stopped."""

    root: Mapping
    comments: tuple[Span, ...]
    faults: tuple[Fault, ...]


def parse(buffer: Buffer, start: int = 0) -> Parsed:
    """The values from the byte `start` on. Raises TooDeepError for keys with very many dots."""
    reader = _Reader(buffer, start)
    reader.read(start)
    faults = (*reader.faults[:1], *(fault for fault in reader.faults[1:] if fault.stops))
    return Parsed(reader.root.node(), tuple(reader.comments), faults)


@dataclass(slots=True)
class _Frame:
    """An object (`table`) or a list (`items`) while it is open.

    `key` are the tokens before the sign, `value` those behind it; `valued`: the sign was read, or this is a list;
    `placed`: an object or a list stands as the value.
    """

    start: int
    table: Table
    items: list[Node] | None = None
    key: list[Token] = field(default_factory=list)
    value: list[Token] = field(default_factory=list)
    valued: bool = False
    placed: bool = False

    def reset(self) -> None:
        self.key, self.value, self.valued, self.placed = [], [], self.items is not None, False


class _StopError(Exception):
    """Nothing more can be read; it never leaves this module."""


class _Reader:
    """One pass over the tokens of one file: a method for each kind of token."""

    def __init__(self, buffer: Buffer, start: int) -> None:
        self.root = Table(start, len(buffer.data))
        self.comments: list[Span] = []
        self.faults: list[Fault] = []
        self._buffer = buffer
        self._open = [_Frame(start, self.root)]
        self._skipping = False

    def read(self, start: int) -> None:
        steps = {
            "line": self._line,
            "comma": self._finish,
            "open": self._opening,
            "close": self._closing,
            "sign": self._sign,
            "odd": self._odd,
        }
        try:
            for token in tokens(self._buffer.shadow, start):
                if token.kind == "comment":
                    self.comments.append(Span(token.start, token.end))
                elif token.kind != "blank":
                    steps.get(token.kind, self._text)(token)
            if len(self._open) > 1:
                self._stop("a `{` or `[` is not closed", self._open[-1].start)
        except _StopError:
            pass
        while self._open:
            self._finish(None)
            self._leave(len(self._buffer.data))

    def _text(self, token: Token) -> None:
        frame = self._open[-1]
        if self._skipping:
            return
        if not frame.valued and frame.key and frame.key[-1].kind == "line":
            self._note("a key without a value", frame.key[0].start)
            frame.key = []
        if not frame.valued and not frame.key and self._spelling(token) == _INCLUDE:
            self._skipping = True
            return
        place = frame.value if frame.valued else frame.key
        if len(place) < _MOST_PIECES:
            place.append(token)

    def _line(self, token: Token) -> None:
        frame = self._open[-1]
        self._skipping = False
        if frame.value or frame.placed:
            self._finish(token)
        elif frame.key and not frame.valued:
            frame.key.append(token)  # a sign or a brace may stand on the next line

    def _sign(self, token: Token) -> None:
        frame = self._open[-1]
        if frame.valued:
            self._text(token)
        elif frame.key:
            frame.valued = True
        else:
            self._stop("a value without a key", token.start)

    def _opening(self, token: Token) -> None:
        frame, braces = self._open[-1], self._spelling(token) == b"{"
        if len(self._open) > MAX_DEPTH:
            self._stop("nested too deeply", token.start, limit=True)
        if frame.items is not None or not braces:
            table = frame.table.free(token.start, token.end)
        elif frame.key:
            table = self._table(frame, self._path(frame.key))
        elif len(self._open) == 1:
            table = self.root
        else:
            self._stop("a bracket where a key must stand", token.start)
        frame.valued, frame.value = True, []
        self._open.append(_Frame(token.start, table, None if braces else [], valued=not braces))

    def _table(self, frame: _Frame, path: list[Scalar]) -> Table:
        table = frame.table
        for key in path:
            table = table.inner(key)
        return table

    def _closing(self, token: Token) -> None:
        braces = self._spelling(token) == b"}"
        if len(self._open) == 1 or (self._open[-1].items is None) != braces:
            self._stop("a bracket that closes nothing", token.start)
        self._finish(token)
        self._leave(token.end)

    def _leave(self, end: int) -> None:
        """The innermost container takes its place in the one around it."""
        frame = self._open.pop()
        outer = self._open[-1] if self._open else None
        if outer is None:
            return
        outer.placed = True
        node = Sequence(frame.start, end, tuple(frame.items)) if frame.items is not None else None
        if outer.items is not None:
            outer.items.append(node or frame.table.node())
        elif node is not None and outer.key:
            *above, key = self._path(outer.key)
            self._table(outer, above).put(key, node)

    def _finish(self, token: Token | None) -> None:
        """The value that was read takes its place; the next key or item may come."""
        frame = self._open[-1]
        self._skipping = False
        if frame.value and not (frame.placed or (frame.items is None and not frame.key)):
            scalar = self._joined(frame.value)
            if frame.items is not None:
                frame.items.append(scalar)
            else:
                *above, key = self._path(frame.key)
                self._table(frame, above).put(key, scalar)
        elif frame.key and not frame.valued and token is not None:
            self._note("a key without a value", frame.key[0].start)
        frame.reset()

    def _odd(self, token: Token) -> None:
        opened = self._spelling(token) == b'"'
        self._stop("a string is not closed" if opened else "this cannot be read", token.start)

    def _path(self, key: list[Token]) -> list[Scalar]:
        """The keys that a path names: what is not quoted is cut at its dots."""
        path: list[Scalar] = []
        for token in key:
            if token.kind in {"string", "triple"}:
                path.append(self._string(token))
            elif token.kind != "line":
                start = token.start
                for part in self._spelling(token).split(b"."):
                    path += [bare(self._buffer, start, start + len(part))] if part else []
                    start += len(part) + 1
        return path or [bare(self._buffer, key[0].start, key[0].end)]

    def _joined(self, value: list[Token]) -> Scalar:
        first, last = value[0], value[-1]
        if first is last and first.kind != "reference":
            return self._string(first)
        pieces: list[Segment] = []
        at = first.start
        for token in value:
            if at < token.start:
                pieces.append((at, token.start, None))
            pieces += self._pieces(token)
            at = token.end
        literal = Span(first.start, last.end)
        return Joined(first.start, last.end, literal, "", "", self._buffer, pieces=tuple(pieces))

    def _pieces(self, token: Token) -> list[Segment]:
        if token.kind == "reference":
            return [(token.start, token.end, HOLE)]
        scalar = self._string(token)
        inner = scalar.inner
        return list(segments(self._buffer.shadow, inner, HOCON)) if scalar.escapes else [(inner.start, inner.end, None)]

    def _string(self, token: Token) -> Quoted:
        start, end = token.start, token.end
        if token.kind == "string":
            return quoted(self._buffer, start, end, HOCON)
        if token.kind == "triple":
            return Quoted(start, end, Span(start, end), '"', "", self._buffer, head=3, tail=3)
        return bare(self._buffer, start, end)

    def _spelling(self, token: Token) -> bytes:
        return self._buffer.shadow[token.start : token.end]

    def _note(self, reason: str, byte: int) -> None:
        if not self.faults:
            self.faults.append(Fault(reason, byte))

    def _stop(self, reason: str, byte: int, *, limit: bool = False) -> NoReturn:
        self.faults.append(Fault(reason, byte, stops=True, limit=limit))
        raise _StopError

"""Bytes to documents, by the events of libyaml.

Only events are used: composing nodes in C ends the process on deeply nested input, and constructing values guesses
types. The limits refuse input that is built to be expensive; no file that a person wrote comes near them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import yaml

from analyzer.model import Span
from analyzer.yamltree.nodes import Alias, Buffer, Mapping, Node, Scalar, Sequence, YamlFault
from analyzer.yamltree.shadow import BOM, shadow_of, wide

MAX_DEPTH = 100
MAX_ALIASES = 1_000
MAX_EVENTS = 500_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile(rb"\r\n|\n|\r")
# Anchor, tag, comments and blanks before the spelling of a scalar; each part starts with a character of its own.
_PROPERTIES = re.compile(rb"(?>(?:[&!][^ \t\r\n]*|[ \t\r\n]+|#[^\r\n]*)*)")


def load_documents(data: bytes) -> tuple[Node, ...]:
    """The root nodes of a file's documents; offsets are bytes of `data`. Raises `YamlFault`."""
    return parse_shadow(data, shadow_of(data))


def parse_shadow(data: bytes, shadow: bytes, within: Span | None = None, template: bytes = b"") -> tuple[Node, ...]:
    """The same, of a shadow that was masked further; `shadow` has as many bytes, all ASCII. Raises `YamlFault`.

    Only what stands `within` is read; offsets count from the start of the file all the same. `template` is the whole
    file where `data` is one way through it.
    """
    if wide(data):
        raise YamlFault("the file is not UTF-8 (UTF-16 or UTF-32)", 1, 1)
    bom = len(BOM) if data.startswith(BOM) else 0
    within = within or Span(0, len(data))
    return _Builder(Buffer(data, shadow, template), bom, Span(max(within.start, bom), within.end)).documents()


class _Builder:
    """One pass over the events of one file."""

    def __init__(self, buffer: Buffer, bom: int, within: Span) -> None:
        self._buffer = buffer
        self._bom = bom
        self._base = within.start
        self._aliases = 0
        self._count = 0
        text = buffer.shadow[within.start : within.end].decode("ascii")
        self._events = self._guarded(yaml.parse(text, Loader=_LOADER))

    def documents(self) -> tuple[Node, ...]:
        starts = (event for event in self._events if isinstance(event, yaml.DocumentStartEvent))
        return tuple(self._node(next(self._events), 1) for _ in starts)

    def _guarded(self, events: Iterator[Any]) -> Iterator[Any]:
        """The events, with the library's errors turned into faults."""
        try:
            for event in events:
                self._count += 1
                if self._count > MAX_EVENTS:
                    raise self._fault("more YAML nodes than are read in one file", self._start(event), limit=True)
                yield event
        except yaml.MarkedYAMLError as error:
            reason, opened = _reason(error)
            mark = (error.context_mark if opened else error.problem_mark) or error.problem_mark
            raise self._fault(reason, self._base + mark.index if mark else self._base) from None
        except yaml.YAMLError:
            raise self._fault("not valid YAML", self._base) from None

    def _node(self, event: Any, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._fault("nested too deeply", self._start(event), limit=True)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.MappingStartEvent():
                return self._mapping(event, depth)
            case yaml.SequenceStartEvent():
                return self._sequence(event, depth)
            case _:
                return self._alias(event)

    def _scalar(self, event: Any) -> Scalar:
        start, end = self._start(event), self._end(event)
        style = event.style or ""
        literal = start
        if event.anchor is not None or event.tag is not None:
            found = _PROPERTIES.match(self._buffer.shadow, start, end)
            literal = found.end() if found else start
        return Scalar(
            start=start,
            end=end,
            literal=Span(literal, end),
            style=style,
            seen=event.value,
            buffer=self._buffer,
            tag=event.tag or "",
            anchor=event.anchor or "",
        )

    def _mapping(self, event: Any, depth: int) -> Mapping:
        start, pairs = self._start(event), []
        while not isinstance(following := next(self._events), yaml.MappingEndEvent):
            key = self._node(following, depth + 1)
            pairs.append((key, self._node(next(self._events), depth + 1)))
        flow = bool(event.flow_style)
        end = self._end(following) if flow or not pairs else pairs[-1][1].end
        return Mapping(start, end, tuple(pairs), flow=flow, tag=event.tag or "", anchor=event.anchor or "")

    def _sequence(self, event: Any, depth: int) -> Sequence:
        start, items = self._start(event), []
        while not isinstance(following := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(following, depth + 1))
        flow = bool(event.flow_style)
        end = self._end(following) if flow or not items else items[-1].end
        return Sequence(start, end, tuple(items), flow=flow, tag=event.tag or "", anchor=event.anchor or "")

    def _alias(self, event: Any) -> Alias:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise self._fault("more aliases than are read in one file", self._start(event), limit=True)
        return Alias(self._start(event), self._end(event), event.anchor)

    def _start(self, event: Any) -> int:
        return int(event.start_mark.index) + self._base

    def _end(self, event: Any) -> int:
        return int(event.end_mark.index) + self._base

    def _fault(self, reason: str, byte: int, *, limit: bool = False) -> YamlFault:
        line, column = _position(self._buffer.data, byte, self._bom)
        return YamlFault(reason, line, column, byte=byte, limit=limit)


def _position(data: bytes, byte: int, bom: int) -> tuple[int, int]:
    starts = [bom, *(found.end() for found in _LINE_END.finditer(data, 0, byte))]
    line = bisect_right(starts, byte) or 1
    return line, len(data[starts[line - 1] : byte].decode("utf-8", "surrogateescape")) + 1


# How libyaml begins its message, what a person would do, and whether the opening is the place to look at; the message
# itself may hold text of the file.
_REASONS = (
    ("found character that cannot start any token", "a character that cannot start a value (tab, @, %, `)", False),
    ("mapping values are not allowed", "a `:` where no key can stand; check the indentation or quote the value", False),
    ("could not find expected ':'", "a line that is no `key: value`; check its indentation", True),
    ("did not find expected key", "a key is missing or indented differently from its neighbours", False),
    ("did not find expected '-' indicator", "a list item is missing its `-` or is indented differently", False),
    ("did not find expected ',' or", "a `[` or `{` is not closed", True),
    ("did not find expected node content", "a `[` or `{` is not closed, or an entry in it is missing", False),
    ("found unexpected end of stream", "a quote is not closed", True),
    ("found unexpected document indicator", "a quote is not closed before the end of the document", True),
    ("found unknown escape character", "an unknown escape after a backslash in double quotes", False),
    ("found undefined tag handle", "a tag with an unknown prefix", False),
    ("block sequence entries are not allowed", "a `-` where no list can stand; check the indentation", False),
)


def _reason(error: yaml.MarkedYAMLError) -> tuple[str, bool]:
    problem = error.problem or ""
    found = ((ours, opening) for theirs, ours, opening in _REASONS if problem.startswith(theirs))
    return next(found, ("the structure cannot be read here", False))

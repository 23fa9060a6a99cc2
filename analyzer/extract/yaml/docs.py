"""Any bytes called YAML -> documents, and what could not be read as such.

Tried in this order: as it stands; with template actions masked; without the branch, the rest of the document, or the
document that the parser stumbles over. What is left out is handed back, to be read as text.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from analyzer.extract.yaml.templates import branches, mask, templated
from analyzer.model import Span
from analyzer.yamltree import Mapping, Node, Sequence, YamlFault, parse_shadow, shadow_of

_ATTEMPTS = 30
_EFFORT = 4_000_000  # bytes that are parsed again in search of what is wrong
_INK = re.compile(rb"[^ \t\r\n]")
_SEPARATOR = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Left:
    """Bytes that are no YAML, and why; `branch`: a branch of a template, the file itself may well be right."""

    span: Span
    fault: YamlFault
    branch: bool = False


@dataclass(frozen=True, slots=True)
class Documents:
    """The roots of the documents that were read, and what was left out; `masked`: template actions were covered."""

    roots: tuple[Node, ...]
    left: tuple[Left, ...] = ()
    masked: bool = False


def read_documents(data: bytes) -> Documents:
    """Read all that can be read; never raises."""
    shadow = shadow_of(data)
    try:
        roots = parse_shadow(data, shadow)
    except YamlFault as fault:
        if fault.limit:
            return Documents((), (Left(Span(0, len(data)), fault),))
        masked = templated(data)
    else:
        masked = templated(data) and any(_swallowed(root, data) for root in roots)
        if not masked:
            return Documents(roots)
    return _repaired(data, mask(data, shadow) if masked else shadow, masked=masked)


def _swallowed(node: Node, data: bytes) -> bool:
    """Whether an action was read as a mapping in a mapping: `key: {{ name }}` is YAML, but does not mean that."""
    if isinstance(node, Mapping):
        own = node.flow and data.startswith((b"{{", b"{%"), node.start)
        return own or any(_swallowed(key, data) or _swallowed(value, data) for key, value in node.pairs)
    return isinstance(node, Sequence) and any(_swallowed(item, data) for item in node.items)


def _repaired(data: bytes, shadow: bytes, *, masked: bool) -> Documents:
    spans = branches(data) if masked else []
    left: list[Left] = []
    buffer = bytearray(shadow)
    attempts = max(2, min(_ATTEMPTS, _EFFORT // (len(data) + 1)))
    for attempt in range(attempts):
        try:
            return Documents(parse_shadow(data, bytes(buffer)), tuple(left), masked)
        except YamlFault as fault:
            if fault.limit:
                break
            part = _culprit(data, bytes(buffer), fault, spans, whole=2 * attempt >= attempts)
            left.append(part)
            buffer[part.span.start : part.span.end] = b"\n" * (part.span.end - part.span.start)
    whole = left[0].fault if left else YamlFault("not valid YAML", 1, 1)
    return Documents((), (Left(Span(0, len(data)), whole),), masked)


def _culprit(data: bytes, buffer: bytes, fault: YamlFault, spans: list[Span], *, whole: bool) -> Left:
    """What to leave out so that the rest may be read: a branch, a line, in the end the `whole` document.

    Each answer holds bytes that were not left out before.
    """
    ink = len(buffer[: fault.byte].rstrip())
    for span in spans:
        if span.start <= fault.byte and ink <= span.end and _INK.search(buffer, span.start, span.end):
            return Left(span, fault, branch=True)
    starts = [0, *(found.start() for found in _SEPARATOR.finditer(data))]
    index = bisect_right(starts, fault.byte)
    document = Span(starts[index - 1], starts[index] if index < len(starts) else len(data))
    line = _line(buffer, fault.byte)
    if not buffer[line.start : line.end].strip():
        line = _line(buffer, max(ink - 1, 0))
    if whole or line.start < document.start or not buffer[line.start : line.end].strip(b" \t\r\n-"):
        return Left(document, fault)
    return Left(line, fault)


def _line(buffer: bytes, at: int) -> Span:
    end = buffer.find(b"\n", at)
    return Span(buffer.rfind(b"\n", 0, at) + 1, len(buffer) if end < 0 else end)

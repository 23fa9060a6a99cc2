"""What to leave out so that the rest of a file may be read as YAML: the place where the parser stumbled, in bytes."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.model import Span
from analyzer.templates.blocks import Block
from analyzer.templates.parts import Part
from analyzer.yamltree import YamlFault

_SEPARATOR = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_INK = re.compile(rb"[^ \t\r\n]")


@dataclass(frozen=True, slots=True)
class Left:
    """Bytes that are no YAML, and why; `branch`: they are part of a template, the file itself may well be right.

    `part` is the part of the template that was to be read, None for lines and documents.
    """

    span: Span
    fault: YamlFault
    branch: bool = False
    part: Part | None = None


def culprit(blocks: Iterable[Block], buffer: bytes, fault: YamlFault) -> Block | None:
    """The smallest block that holds the fault, or that ends where it follows; None where no block does."""
    ink = len(buffer[: fault.byte].rstrip())
    near = [block for block in blocks if block.start <= fault.byte and ink <= block.end]
    told = (block for block in near if _INK.search(buffer, block.start, block.end))
    return min(told, key=lambda block: block.end - block.start, default=None)


def stumble(data: bytes, buffer: bytes, fault: YamlFault, *, whole: bool) -> Span:
    """A line to leave out, or where it holds nothing or `whole` is asked for, the whole document.

    Each answer holds bytes of `buffer` that were not left out before.
    """
    ink = len(buffer[: fault.byte].rstrip())
    starts = [0, *(found.start() for found in _SEPARATOR.finditer(data))]
    index = bisect_right(starts, fault.byte)
    document = Span(starts[index - 1], starts[index] if index < len(starts) else len(data))
    line = _line(buffer, fault.byte)
    if not buffer[line.start : line.end].strip():
        line = _line(buffer, max(ink - 1, 0))
    if whole or line.start < document.start or not buffer[line.start : line.end].strip(b" \t\r\n-"):
        return document
    return line


def _line(buffer: bytes, at: int) -> Span:
    end = buffer.find(b"\n", at)
    return Span(buffer.rfind(b"\n", 0, at) + 1, len(buffer) if end < 0 else end)

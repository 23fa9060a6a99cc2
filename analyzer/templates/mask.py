"""A copy of a template that reads as YAML: what is no text is replaced by fillers of the same length.

Nothing moves, so the parser's marks are offsets in the file. Lines of actions only become line ends, which are neutral
in mappings, block and quoted scalars and flow alike; an action that prints inside a line becomes a word; one that
prints what stands below a key becomes blanks. It knows nothing of YAML beyond keys, dashes, block headers and
indentation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model import Span
from analyzer.templates.segments import Segment, fill, lines, outside

# What stands before an action that prints all of a key's value, or of a list's item where group 1 is missing.
_KEY = re.compile(
    rb"[ ]*(?:-[ \t]+)*("
    rb"(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[^ \t:#\[\]{},\"'-](?>(?:[^:\n]|:(?![ \t\n]|\Z))*))"
    rb":[ \t]*(?:[&!][^ \t\n]*[ \t]+)?)?\Z"
)
_BLOCK_HEADER = re.compile(rb"[|>][+\-0-9]{0,3}[ \t]{0,8}\Z")
_NEAR = 64  # bytes before an action that decide how it is masked
_NOT_GLUE = b" \t\"'[]{},\r\n"


@dataclass(frozen=True, slots=True)
class _Next:
    """The next line that holds text: the column of its text, and whether it is a list's item."""

    column: int
    dash: bool


def cover(masked: bytearray, data: bytes, span: Span, found: Sequence[Segment]) -> None:
    """Write fillers over the segments of `span` in a shadow of `data`."""
    following: _Next | None = None
    stop = span.end
    for line, inside in reversed(list(lines(data, span, found))):
        following = _first_text(data, line.end, stop) or following
        following = _Line(masked, data, line).cover(inside, following) or following
        stop = line.start


def _first_text(data: bytes, at: int, stop: int) -> _Next | None:
    """The first line with text that begins between `at` and `stop`; no segment stands in these lines."""
    begin = data.find(b"\n", at, stop)
    while 0 <= begin < stop - 1:
        end = data.find(b"\n", begin + 1, stop)
        found = _next(data[begin + 1 : stop if end < 0 else end])
        if found is not None:
            return found
        begin = end
    return None


@dataclass(frozen=True, slots=True)
class _Line:
    """A logical line; its line ends inside actions end nothing."""

    masked: bytearray
    data: bytes
    line: Span

    def cover(self, inside: Sequence[Segment], following: _Next | None) -> _Next | None:
        """Cover the segments; the answer tells the line's own text, None where it has none."""
        text = outside(self.data, self.line, inside).lstrip()
        comment = text.startswith(b"#")
        if not text or (comment and inside[0].start < self.data.find(b"#", self.line.start)):
            fill(self.masked, self.line.start, self.line.end, b"\n")
            return None
        begin = self._lead(inside)
        inside = [segment for segment in inside if segment.start >= begin]
        for index, segment in enumerate(inside):
            blank = not segment.prints and not self._glued(inside, index)
            fill(self.masked, segment.start, segment.end, b" " if blank else b"x")
        if comment:
            return None
        self._children(begin, self._behind_text(inside), following)
        return _next(bytes(self.masked[begin : self.line.end]))

    def _lead(self, inside: Sequence[Segment]) -> int:
        """What is gone before the text becomes line ends and the indentation of the line that the text stands in.

        The answer is where the line begins then.
        """
        at, last = self.line.start, None
        for segment in inside:
            if segment.prints or self.data[at : segment.start].strip():
                break
            at, last = segment.end, segment
        if last is None:
            return self.line.start
        home = max(self.data.rfind(b"\n", 0, last.tail) + 1, self.line.start)
        begin = last.end - min(_indent(self.data[home : last.tail]), last.end - self.line.start)
        fill(self.masked, self.line.start, begin, b"\n")
        fill(self.masked, begin, last.end, b" ")
        return begin

    def _glued(self, inside: Sequence[Segment], index: int) -> bool:
        """Whether a segment stands inside of a word: blanks there would split it."""
        segment = inside[index]
        before = self.data[max(segment.start - 1, self.line.start) : segment.start]
        after = self.data[segment.end : min(segment.end + 1, self.line.end)]
        return bool(before.strip(_NOT_GLUE) and after.strip(_NOT_GLUE + b"#"))

    def _behind_text(self, inside: Sequence[Segment]) -> Sequence[Segment]:
        """The segments behind which no text follows on the line, comments apart; from the first one that prints on."""
        end, first = self.line.end, len(inside)
        for index in reversed(range(len(inside))):
            text = self.data[inside[index].end : end]
            if text.strip() and (index < len(inside) - 1 or not text.lstrip(b" \t").startswith(b"#")):
                break
            end, first = inside[index].start, index if inside[index].prints else first
        return inside[first:]

    def _children(self, begin: int, ending: Sequence[Segment], following: _Next | None) -> None:
        """Actions that print all that a key or dash holds leave blanks where the rest of it follows below."""
        if not ending:
            return
        first, last = ending[0].start, ending[-1].end
        before = bytes(self.masked[begin:first])
        key = _KEY.match(before)
        if _BLOCK_HEADER.search(before[-_NEAR:]) or (key is not None and _below(key, following)):
            fill(self.masked, first, last, b" ")
        elif key is not None and before.endswith(b":"):
            self.masked[first] = ord(" ")


def _below(key: re.Match[bytes], following: _Next | None) -> bool:
    """Whether the next text belongs to the key or dash: it is indented deeper, or is an item of the key's list."""
    if following is None:
        return False
    column = key.start(1) if key[1] else key[0].rfind(b"-")
    return following.column > column or bool(key[1] and following.dash and following.column == column)


def _next(text: bytes) -> _Next | None:
    bare = text.strip()
    if not bare or bare.startswith(b"#"):
        return None
    return _Next(_indent(text), bare.startswith(b"- ") or bare == b"-")


def _indent(text: bytes) -> int:
    return len(text) - len(text.lstrip(b" "))

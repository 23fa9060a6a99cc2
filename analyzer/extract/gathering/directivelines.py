"""Comments that hold a directive, where a parser says which bytes are comments: one for each line."""

from collections.abc import Iterable, Iterator

from analyzer.model import Comment, Span
from analyzer.source import BOM

_DIRECTIVE = b"analyzer:"


def directives(data: bytes, comments: Iterable[Span]) -> Iterator[Comment]:
    """The lines of `comments` with `analyzer:` in them; own_line: nothing else stands on their line."""
    for comment in comments:
        at = data.find(_DIRECTIVE, comment.start, comment.end)
        while at >= 0:
            line, stop = _line(data, at)
            start, end = max(line, comment.start), min(stop, comment.end)
            start += len(data[start:end]) - len(data[start:end].lstrip())
            beside = data[line:start].removeprefix(BOM) + data[end:stop]
            yield Comment(Span(start, end), data[start:end].decode("utf-8", "surrogateescape"), not beside.strip())
            at = data.find(_DIRECTIVE, end, comment.end)


def _line(data: bytes, at: int) -> tuple[int, int]:
    """Where the line of a byte starts and ends, its line end excluded."""
    start = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1
    ends = [end for sign in (b"\n", b"\r") if (end := data.find(sign, at)) >= 0]
    return start, min(ends, default=len(data))

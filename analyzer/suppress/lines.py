"""Which lines a directive speaks for.

As users of linters know it: its own line; where it stands alone, the next line that is no comment, so that a reason may
have several lines and directives may be stacked. A statement that backslashes continue is one line, and so is a literal
of several lines, where no comment could stand; inside of such a statement a comment covers the next line only.
"""

from collections.abc import Iterable, Sequence

from analyzer.model import Comment, Span
from analyzer.source import SourceFile

_SIGNS = (b"#", b"//", b";", b"--", b"!", b"%")  # of comments that end with their line
_MOST = 1000  # lines of one statement
_MOST_COMMENTS = 50  # lines of comments above it


class Reach:
    """The lines of one file, asked for what a comment covers."""

    def __init__(self, source: SourceFile, comments: Sequence[Comment], unbroken: Iterable[Span]) -> None:
        self._source = source
        literals = sorted((*self._lines(span), span.end) for span in unbroken)
        self._ends = {first: last for first, last, _ in literals}  # of those that start on a line, the longest
        self._starts = {last: (first, end) for first, last, end in reversed(literals)}
        self._comments = dict(self._lines(comment.span) for comment in comments if self._alone(comment))

    def of(self, comment: Comment) -> range:
        """The lines (1-based) that a comment's directives cover, the comment's own among them."""
        start, end = self._lines(comment.span)
        if not self._alone(comment):
            return self._beside(comment, self._statement_start(start), end)
        first = self._behind_comments(end + 1, _sign(self._source.slice(comment.span)))
        last = first if self._continued(start - 1) else self._statement_end(first)
        return range(start, max(self._ends.get(line, line) for line in range(first, last + 1)) + 1)

    def _beside(self, comment: Comment, start: int, end: int) -> range:
        """The lines of a comment at the end of a statement, with the literal that ends before it or starts there."""
        first, literal_end = self._starts.get(end, (start, 0))
        if literal_end <= comment.span.start:
            start = min(start, first)
        return range(start, self._ends.get(end, end) + 1)

    def _lines(self, span: Span) -> tuple[int, int]:
        written = self._source.slice(span).rstrip()
        end = span.start + max(len(written) - 1, 0)
        return self._source.position(span.start).line, self._source.position(end).line

    def _alone(self, comment: Comment) -> bool:
        """Whether nothing else stands on the comment's lines."""
        data, end = self._source.data, comment.span.end
        after = data[end : end + 200].split(b"\n", 1)[0].split(b"\r", 1)[0]
        return comment.own_line and not after.strip()

    def _behind_comments(self, line: int, sign: bytes) -> int:
        for _ in range(_MOST_COMMENTS):
            if line in self._comments:
                line = self._comments[line] + 1
            elif sign and self._source.line(line).lstrip().startswith(sign):
                line += 1
            else:
                break
        return line

    def _continued(self, line: int) -> bool:
        return self._source.line(line).rstrip().endswith(b"\\")

    def _statement_start(self, line: int) -> int:
        first = line
        while self._continued(first - 1) and line - first < _MOST:
            first -= 1
        return first

    def _statement_end(self, line: int) -> int:
        last = line
        while self._continued(last) and last - line < _MOST:
            last += 1
        return last


def _sign(comment: bytes) -> bytes:
    return next((sign for sign in _SIGNS if comment.startswith(sign)), b"")

"""Languages that Semgrep reads: the comments that hold a directive. Hosts are found by the rules.

A directive inside a string is none; what comments and strings look like stands in `semgrep.lexis`.
"""

from collections.abc import Iterable, Iterator

from analyzer.extract import format_of
from analyzer.extract.javascript import long_strings
from analyzer.extract.semgrep.lexis import pieces
from analyzer.model import Comment, Extraction
from analyzer.source import SourceFile

_DIRECTIVE = "analyzer:"


def extract(source: SourceFile) -> Extraction:
    """The comments that hold `analyzer:`; refs are always empty."""
    language = format_of(source.path, source.data[:256]).semgrep or ""
    if _DIRECTIVE not in source.text:
        return Extraction()
    found = list(pieces(source.text, language))
    return Extraction(comments=tuple(_directives(source, found)), unbroken=tuple(long_strings(source, found)))


def _directives(source: SourceFile, found: Iterable[tuple[str, int, int]]) -> Iterator[Comment]:
    text = source.text
    for kind, start, end in found:
        if kind == "comment" and _DIRECTIVE in text[start:end]:
            line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
            yield Comment(source.span(start, end), text[start:end], own_line=not text[line:start].strip())

"""Languages that Semgrep reads: the comments that hold a directive. Hosts are found by the rules.

A directive inside a string is none; what comments and strings look like stands in `semgrep.lexis`.
"""

from collections.abc import Iterator

from analyzer.extract import format_of
from analyzer.extract.semgrep.lexis import LEXES, Lexis, comments
from analyzer.extract.semgrep.quotes import Syntax, syntax_of
from analyzer.model import Comment, Extraction
from analyzer.source import SourceFile

_DIRECTIVE = "analyzer:"


def extract(source: SourceFile) -> Extraction:
    """The comments that hold `analyzer:`; refs are always empty."""
    language = format_of(source.path, source.data[:256]).semgrep or ""
    lexis = LEXES.get(language)
    if lexis is None or _DIRECTIVE not in source.text:
        return Extraction()
    return Extraction(comments=tuple(_directives(source, lexis, syntax_of(language))))


def _directives(source: SourceFile, lexis: Lexis, syntax: Syntax) -> Iterator[Comment]:
    text = source.text
    for start, end in comments(text, lexis, syntax):
        if _DIRECTIVE in text[start:end]:
            line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
            yield Comment(source.span(start, end), text[start:end], own_line=not text[line:start].strip())

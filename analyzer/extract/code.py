"""Languages that Semgrep reads: comments that hold a directive, tests beside the code. Hosts are found by the rules.

A directive inside a string is none; what comments and strings look like stands in `semgrep.lexis`.
"""

from collections.abc import Iterable, Iterator

from analyzer.extract import format_of
from analyzer.extract.javascript import long_strings
from analyzer.extract.semgrep.intests import modules_of_tests
from analyzer.extract.semgrep.lexis import pieces
from analyzer.model import Comment, Extraction
from analyzer.source import SourceFile

_DIRECTIVE = "analyzer:"


def extract(source: SourceFile) -> Extraction:
    """The comments that hold `analyzer:`, and regions of test code; refs are always empty."""
    language = format_of(source.path, source.data[:256]).semgrep or ""
    regions = tuple(modules_of_tests(source, language))
    if _DIRECTIVE not in source.text:
        return Extraction(regions=regions)
    found = list(pieces(source.text, language))
    strings = tuple(long_strings(source, found))
    return Extraction(comments=tuple(_directives(source, found)), unbroken=strings, regions=regions)


def _directives(source: SourceFile, found: Iterable[tuple[str, int, int]]) -> Iterator[Comment]:
    text = source.text
    for kind, start, end in found:
        if kind == "comment" and _DIRECTIVE in text[start:end]:
            line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
            yield Comment(source.span(start, end), text[start:end], own_line=not text[line:start].strip())

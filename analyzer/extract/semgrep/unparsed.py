"""Parts of a file that the engine could not parse, read as text: their connection strings, which no fix changes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.extract.semgrep.answer import Trouble
from analyzer.extract.text import connection_strings
from analyzer.model import HostRef
from analyzer.source import SourceFile

READ = {
    "PartialParsing": "a part of the file could not be parsed; it was searched as text",
    "Syntax error": "the file could not be parsed; it was searched as text",
    "Lexical error": "the file could not be parsed; it was searched as text",
}
"""The engine's words for such troubles, and what is told of them."""
_WHOLE = (1, 1 << 60)
_SEALED = "the file does not parse here; not rewritten"


def unparsed_references(source: SourceFile, troubles: Iterable[Trouble]) -> Iterator[HostRef]:
    """The hosts of the connection strings in the lines that some troubles are about."""
    lines = [part for trouble in troubles if trouble.kind in READ for part in _lines(trouble)]
    for ref in connection_strings(source) if lines else ():
        line = source.position(ref.slot.span.start).line
        if any(first <= line <= last for first, last in lines):
            yield replace(ref, sealed=_SEALED)


def _lines(trouble: Trouble) -> tuple[tuple[int, int], ...]:
    return trouble.lines if trouble.kind == "PartialParsing" and trouble.lines else (_WHOLE,)

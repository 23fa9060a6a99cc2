"""Comments of documents, and the examples in them: what Markdown and its kin write between fences.

A fence is no comment and holds none: what it shows is an example. https://spec.commonmark.org/0.31.2/#fenced-code-blocks
"""

import re

from analyzer.extract.gathering.signed import ANY
from analyzer.model import Span
from analyzer.source import SourceFile

_SIGNS: dict[str, tuple[bytes, ...]] = {
    **dict.fromkeys((".md", ".markdown", ".mdx"), (b"<!--", b"/*")),
    ".rst": (b"..",),
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), (b"//",)),
    ".tex": (b"%",),
    ".org": (b"#",),
}
_FENCE = re.compile(rb"^[ ]{0,3}(`{3,80}|~{3,80})[^\r\n]*", re.MULTILINE)


def signs_of(path: str) -> tuple[bytes, ...]:
    """What starts a comment in a document."""
    return next((signs for suffix, signs in _SIGNS.items() if path.lower().endswith(suffix)), ANY)


def fences(source: SourceFile) -> list[Span]:
    """The fenced blocks of a Markdown text with their fences; one that is never closed reaches to the end."""
    if _SIGNS[".md"] != signs_of(source.path):
        return []
    found: list[Span] = []
    opening: re.Match[bytes] | None = None
    for fence in _FENCE.finditer(source.data):
        if opening is None:
            opening = fence
        elif fence[1].startswith(opening[1]) and not fence[0].strip().strip(opening[1][:1]):
            found.append(Span(opening.start(), fence.end()))
            opening = None
    return [*found, Span(opening.start(), len(source.data))] if opening else found


def between(source: SourceFile, blocks: list[Span]) -> list[Span]:
    """What stands outside of the blocks."""
    edges = [0, *(edge for block in blocks for edge in (block.start, block.end)), len(source.data)]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]

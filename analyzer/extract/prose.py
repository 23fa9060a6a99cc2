"""Documents: their comments, and the blocks of code in them. Markdown, reStructuredText, AsciiDoc and their kin.

What a document shows is an example that runs nowhere: no comment of its own, and prose like the rest. Only a block that
is infrastructure keeps that nature: the nodes in a piece of haproxy.cfg are named rightly there as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

from analyzer.extract.gathering.signed import ANY, MARKDOWN
from analyzer.extract.nature.infrastructure import signature
from analyzer.model import Region, Span
from analyzer.source import SourceFile

_SIGNS: dict[str, tuple[bytes, ...]] = {
    **dict.fromkeys((".md", ".markdown", ".mdx"), MARKDOWN),
    ".rst": (b"..",),
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), (b"//",)),
    ".tex": (b"%",),
    ".org": (b"#",),
}
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
# https://spec.commonmark.org/0.31.2/#fenced-code-blocks, in quotes and lists too
_FENCE = re.compile(r"[ \t>*+.\-\d]{0,40}?(?P<mark>`{3,100}|~{3,100})(?!.*`)")
# https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/; in Markdown such a line is a rule or a heading's
_DELIMITER = re.compile(r"(?P<mark>-{4,200}|\.{4,200})[ \t]*\r?\n?\Z")
_QUOTED = re.compile(r"^[ \t]{0,20}>", re.MULTILINE)
_INDENTED = re.compile(r" {3}|[ ]{0,2}\t")


@dataclass(frozen=True, slots=True)
class Block:
    """Characters `start` to `end` of a document that are code; `outer` is where the line of its fence starts, or -1."""

    start: int
    end: int
    outer: int = -1


def signs_of(path: str) -> tuple[bytes, ...]:
    """What starts a comment in a document."""
    return next((signs for suffix, signs in _SIGNS.items() if path.lower().endswith(suffix)), ANY)


def fences(source: SourceFile) -> list[Span]:
    """The fenced blocks of a Markdown text from fence to fence; one that is never closed reaches to the end."""
    if signs_of(source.path) != MARKDOWN:
        return []
    return [source.span(block.outer, block.end) for block in blocks(source.text, delimited=False) if block.outer >= 0]


def between(source: SourceFile, blocks: list[Span]) -> list[Span]:
    """What stands outside of the blocks."""
    edges = [0, *(edge for block in blocks for edge in (block.start, block.end)), len(source.data)]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def infrastructure(source: SourceFile) -> Iterator[Region]:
    """The blocks of a document that are configuration of proxies, clusters, monitoring, networks."""
    for block in blocks(source.text, delimited=signs_of(source.path) == _SIGNS[".adoc"]):
        nature = signature("", dedent(_QUOTED.sub("", source.text[block.start : block.end])))
        if nature is not None:
            yield Region(source.span(block.start, block.end), nature)


def blocks(text: str, *, delimited: bool) -> Iterator[Block]:
    """Fenced blocks, and stretches of indented lines outside of them, in order; a fence that stays open is the rest.

    `delimited`: lines of `----` or `....` are fences too.
    """
    fence, outer, start, end = "", -1, -1, 0
    while (at := end) < len(text):
        line = _LINE.match(text, at)
        end = line.end() if line else len(text)
        shown = text[at:end]
        if fence and not _closes(shown, fence):
            continue
        if not fence and start >= 0 and (not shown.strip() or _INDENTED.match(shown)):
            continue
        if start >= 0:
            yield Block(start, at, outer)
        opens = None if fence else _FENCE.match(shown) or (_DELIMITER.match(shown) if delimited else None)
        indented = not fence and _INDENTED.match(shown) and shown.strip()
        fence, outer = (opens["mark"], at) if opens else ("", -1)
        start = end if opens else at if indented else -1
    if start >= 0:
        yield Block(start, len(text), outer)


def _closes(line: str, fence: str) -> bool:
    mark = line.strip(" \t\r\n>")
    return len(mark) >= len(fence) and not mark.strip(fence[0])

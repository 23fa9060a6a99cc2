"""The cells of a notebook: kind, language, and the text of each with the way back to its JSON strings.

The format: https://nbformat.readthedocs.io/en/latest/format_description.html, versions 3 and 4. It reads no code.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract.spelling.quoting import Quoted, segments
from analyzer.extract.spelling.spelled import Run, Spelled, spelled
from analyzer.extract.yaml.places import child, child_text
from analyzer.model import Span
from analyzer.source import SourceFile
from analyzer.yamltree import Node, Sequence

CODE = "code"
_LANGUAGES = (("metadata", "kernelspec", "language"), ("metadata", "language_info", "name"))
_KERNEL = ("metadata", "kernelspec", "name")
_VERSION = ("metadata", "language_info", "version")
# Where the kernels and editors that mix languages keep the one of a cell; the first is version 3 of the format.
_OWN_LANGUAGE = (
    ("language",),
    ("metadata", "vscode", "languageId"),
    ("metadata", "polyglot_notebook", "kernelName"),
    ("metadata", "dotnet_interactive", "language"),
    ("metadata", "kernel"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `span` are the bytes of its text, `outputs` those of what it printed; only code has a `text`."""

    kind: str
    language: str
    span: Span
    text: Spelled
    outputs: Span | None


@dataclass(frozen=True, slots=True)
class Notebook:
    """The cells in the order of the file, and the language of its kernel; `old`: that is Python 2."""

    cells: tuple[Cell, ...]
    language: str
    old: bool


def notebook_of(source: SourceFile, root: Node) -> Notebook | None:
    """The notebook that a JSON value is, or None."""
    nodes = [*_cell_nodes(root)]
    if not nodes:
        return None
    kernel = child_text(root, *_KERNEL).lower()
    language = next((found for path in _LANGUAGES if (found := child_text(root, *path))), kernel or "python")
    cells = tuple(_cell(source, node, language) for node in nodes)
    return Notebook(cells, language, old="python2" in kernel or child_text(root, *_VERSION).startswith("2."))


def _cell_nodes(root: Node) -> Iterator[Node]:
    worksheets = child(root, "worksheets")
    for holder in worksheets.items if isinstance(worksheets, Sequence) else (root,):
        cells = child(holder, "cells")
        for node in cells.items if isinstance(cells, Sequence) else ():
            if child_text(node, "cell_type"):
                yield node


def _cell(source: SourceFile, node: Node, language: str) -> Cell:
    kind = child_text(node, "cell_type")
    written = child(node, "source") or child(node, "input") or node
    outputs = child(node, "outputs")
    return Cell(
        kind,
        next((found for path in _OWN_LANGUAGE if (found := child_text(node, *path))), language),
        Span(written.start, written.end),
        spelled_text(source, written if kind == CODE else None),
        Span(outputs.start, outputs.end) if isinstance(outputs, Sequence) and outputs.items else None,
    )


def spelled_text(source: SourceFile, node: Node | None) -> Spelled:
    """The text of a JSON string, or of the strings of a list one after another."""
    strings = [part for part in (node.items if isinstance(node, Sequence) else (node,)) if isinstance(part, Quoted)]
    runs = [run for string in strings for run in _runs(source, string)]
    start, end = (strings[0].start, strings[-1].end) if strings else (0, 0)
    return spelled(runs, source.character(start), source.character(end))


def _runs(source: SourceFile, string: Quoted) -> Iterator[Run]:
    if string.escapes is None:
        return
    at = source.character(string.inner.start)
    for start, end, decoded in segments(string.buffer.shadow, string.inner, string.escapes):
        spelling = source.data[start:end].decode("utf-8", "surrogateescape")
        run = Run(spelling if decoded is None else decoded, at, at + len(spelling), verbatim=decoded is None)
        at = run.end
        yield run

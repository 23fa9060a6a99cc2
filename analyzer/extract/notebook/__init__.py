"""Jupyter notebooks: the code in their cells, read by its language, at the bytes of the JSON strings that spell it.

Markdown is prose, outputs are copies of what ran once. A JSON file that holds no cells is read as any JSON. It knows
no policy and edits nothing.
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract import json
from analyzer.extract.gathering.assembled import Item, assembled
from analyzer.extract.gathering.faults import told
from analyzer.extract.inner.levels import deeper
from analyzer.extract.json.parse import parse
from analyzer.extract.notebook.cells import CODE, Cell, Notebook, notebook_of
from analyzer.extract.notebook.kernels import reader_of
from analyzer.extract.notebook.magics import head
from analyzer.extract.notebook.program import Body, Program, chained, program_of
from analyzer.extract.notebook.reading import Found, code, file, remarked, text
from analyzer.extract.shell import faulty
from analyzer.extract.spelling.spelled import Spelled
from analyzer.model import Clue, Comment, Evidence, Extraction, Region
from analyzer.source import SourceFile
from analyzer.yamltree.nodes import Buffer

_PROSE = {"markdown": "Markdown cell", "raw": "raw cell"}
_OUTPUT = Evidence(Clue.COMMENT, "output of a cell")


def extract(source: SourceFile) -> Extraction:
    """Hosts of the code cells; what is broken in the JSON is told, and the lines behind it are searched."""
    return extract_at(source, 0)


def extract_at(source: SourceFile, depth: int) -> Extraction:
    """The same of a notebook that stands inside `depth` other texts."""
    parsed = parse(Buffer(source.data, source.data), source.bom)
    notebook = notebook_of(source, parsed.roots[0]) if parsed.roots else None
    if notebook is None:
        return json.extract_at(source, depth)
    found = [*_code(source, notebook, depth), *_regions(notebook), *told(source, parsed.faults, "JSON")]
    broken = any(fault.stops for fault in parsed.faults)
    items: list[Item] = [item for item in found if not isinstance(item, Comment)]
    extraction = assembled(source, items, (), None, sealed=json.BROKEN if broken else "")
    return replace(extraction, comments=tuple(item for item in found if isinstance(item, Comment)))


def _code(source: SourceFile, notebook: Notebook, depth: int) -> Iterator[Found]:
    """Cells of one language run in one process, so they are read as one program; others stand alone."""
    cells: dict[str, list[Spelled]] = {}
    for cell in notebook.cells:
        if cell.kind == CODE:
            cells.setdefault(_reader(cell, notebook), []).append(cell.text)
    for reader, texts in cells.items():
        if reader == "python":
            yield from _python(source, program_of(texts, old=notebook.old), depth)
        elif reader == "shell":
            yield from _shell(source, texts, guessed=reader_of(notebook.language) != reader)
        else:
            yield from (found for each in texts for found in _alone(source, reader, each))


def _reader(cell: Cell, notebook: Notebook) -> str:
    """Editors note the language that they show a cell in; a magic of the kernel comes first."""
    kernel = reader_of(notebook.language)
    return kernel if kernel == "python" and head(cell.text.text) is not None else reader_of(cell.language)


def _python(source: SourceFile, program: Program, depth: int) -> Iterator[Found]:
    yield from code(source, program.whole, "python")
    for broken in program.broken:
        yield from remarked(code(source, broken, "python"), "a cell is ")
    for body in program.bodies:
        yield from _body(source, body, depth)


def _shell(source: SourceFile, texts: list[Spelled], *, guessed: bool) -> Iterator[Found]:
    broken = [faulty(each.text) for each in texts]
    yield from code(source, chained([each for each, bad in zip(texts, broken, strict=True) if not bad]), "shell")
    for each in (each for each, bad in zip(texts, broken, strict=True) if bad):
        found = code(source, each, "shell")
        yield from remarked(found, "a cell: ") if guessed else found


def _body(source: SourceFile, body: Body, depth: int) -> Iterator[Found]:
    """What a magic hands to another program, or writes into a file."""
    read_inner = deeper(depth)
    if body.reader == "file" and read_inner is not None:
        yield from file(source, body.name, body.text, read_inner)
    elif body.reader == "prose":
        yield Region(source.span(body.text.start, body.text.end), Evidence(Clue.COMMENT, _PROSE["markdown"]))
    else:
        yield from _alone(source, body.reader, body.text)


def _alone(source: SourceFile, reader: str, body: Spelled) -> Iterator[Found]:
    """A text that stands for itself."""
    yield from code(source, body, reader) if reader in ("shell", "sql") else text(source, body)


def _regions(notebook: Notebook) -> Iterator[Region]:
    for cell in notebook.cells:
        if cell.kind in _PROSE:
            yield Region(cell.span, Evidence(Clue.COMMENT, _PROSE[cell.kind]))
        if cell.outputs is not None:
            yield Region(cell.outputs, _OUTPUT)

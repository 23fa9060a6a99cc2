"""Text in templates that is no YAML: bodies of definitions, parts that fit nowhere, files of other formats.

Each way through a text is read by itself, so that a host and its port meet only where both are printed.
"""

from collections.abc import Iterator

from analyzer.extract.inner.levels import deeper
from analyzer.extract.inner.nested import Inner, nested_references
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.yaml.scalars import Reading, read_text
from analyzer.extract.yaml.templateliterals import held_in
from analyzer.model import Extraction, HostRef, Slot, Span
from analyzer.source import SourceFile
from analyzer.templates.parts import Part
from analyzer.templates.printed import Places, Text
from analyzer.templates.views import text_of, texts_of
from analyzer.templates.worlds import World


def reading_of(text: Text, data: bytes) -> Reading:
    """A text of a template whose places are bytes of `data`, with the literals that its actions print."""
    places = Places(text)

    def spans(start: int, end: int) -> Span:
        return Span(*places.original(start, end))

    return read_text(str(text), spans, data, Slot(spans(0, len(text))), held_in(data, spans))


def definition_references(data: bytes, world: World, depth: int) -> Iterator[HostRef]:
    """What a definition prints: a value under its name, or a text of several lines.

    `define "orders.databaseHost"` names what it prints as a key of a file does.
    """
    reading = reading_of(text_of(world.view, [Span(world.part.body, world.part.span.end)]), data)
    text = reading.text
    bare = reading.part(len(text) - len(text.lstrip()), len(text.rstrip())) if text.strip() else None
    if bare is None:
        return
    if "\n" in bare.text:
        yield from _read(bare, depth)
        return
    *parents, key = world.part.name.split(".")
    yield from references([Binding(key, bare.value)], Scope(tuple(parents), separator=": "))


def part_references(data: bytes, part: Part, depth: int) -> Iterator[HostRef]:
    """What stands in a part that is no YAML, whatever else it may be."""
    for text in texts_of(data, part):
        yield from _read(reading_of(text, data), depth)


def _read(reading: Reading, depth: int) -> Iterator[HostRef]:
    inner = deeper(depth)

    def read_inner(source: SourceFile, module: str) -> Extraction:
        return inner(source, "text" if module == "yaml" else module) if inner else Extraction()

    yield from nested_references(Inner("", reading), read_inner).refs

"""Files of `key = value` lines: Java properties, INI with its sections, and TOML as far as it is written the same way.

A section is a scope, its name the parent key. Only lines that hold a key and a sign are read; the rest belongs to
formats of their own. Java: https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load-java.io.Reader-
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.extract.keyed.bindings import Binding, Scope, Value, references
from analyzer.model import Comment, Extraction, HostRef, Slot
from analyzer.source import SourceFile

_LINE = re.compile(r"[^\r\n]+")
_SECTION = re.compile(r"[ \t]*\[{1,2}[ \t]*([^\]\r\n]{1,128}?)[ \t]*\]{1,2}[ \t]*(?:[#;]|\Z)")
_ROW = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.\-/\[\]]{0,127})[ \t]*[=:][ \t]*")
_NOTE = re.compile(r"[ \t](?:#|;[ \t])")
_STRING = re.compile(r"\"([^\"\\\r\n]{1,300})\"|'([^'\r\n]{1,300})'")
_ESCAPE = re.compile(r"\\([:=#! \\])")


@dataclass
class _Section:
    """A section while it is read."""

    name: str = ""
    bindings: list[Binding] = field(default_factory=list)


def extract(source: SourceFile) -> Extraction:
    """Hosts and DSNs of properties, INI and TOML files."""
    parents = ("mysql",) if source.path.endswith(".cnf") else ()
    refs: list[HostRef] = []
    for section in _sections(source):
        own = (*parents, *section.name.split(".")) if section.name else parents
        refs += references(section.bindings, Scope(own))
    return Extraction(tuple(refs), comments=tuple(_comments(source)))


def _sections(source: SourceFile) -> Iterator[_Section]:
    section = _Section()
    for line in _LINE.finditer(source.text):
        if header := _SECTION.match(line.group()):
            yield section
            section = _Section(header[1])
        elif row := _ROW.match(line.group()):
            section.bindings += _bindings(source, row[1], line.start() + row.end(), line.end())
    yield section


def _bindings(source: SourceFile, key: str, start: int, end: int) -> Iterator[Binding]:
    text = source.text[start:end]
    if text.startswith("["):
        for item in _STRING.finditer(text):
            group = item.lastindex or 0
            yield Binding(key, _value(source, start + item.start(group), start + item.end(group)), item=True)
        return
    note = _NOTE.search(text)
    end = start + len(text[: note.start()] if note else text)
    quoted = _STRING.match(text)
    if quoted:
        start, end = (start + at for at in quoted.span(quoted.lastindex or 0))
    yield Binding(key, _value(source, start, end))


def _value(source: SourceFile, start: int, end: int) -> Value:
    text = source.text[start:end].rstrip()
    whole = source.slot(start, start + len(text))
    escapes = list(_ESCAPE.finditer(text)) if source.path.endswith(".properties") else []
    if not escapes:
        return Value(text, lambda i, j: source.slot(start + i, start + j), whole)
    dropped = {found.start() for found in escapes}
    places = [at for at in range(len(text)) if at not in dropped]

    def locate(i: int, j: int) -> Slot | None:
        if i == j:
            at = start + (places[i - 1] + 1 if i else places[0])
            return source.slot(at, at)
        first, last = places[i], places[j - 1] + 1
        return source.slot(start + first, start + last) if last - first == j - i else None

    return Value("".join(text[at] for at in places), locate, whole)


def _comments(source: SourceFile) -> Iterator[Comment]:
    if "analyzer:" not in source.text:
        return
    for line in _LINE.finditer(source.text):
        text = line.group().lstrip()
        if text.startswith(("#", ";", "!")) and "analyzer:" in text:
            yield Comment(source.span(line.end() - len(text), line.end()), text, own_line=True)

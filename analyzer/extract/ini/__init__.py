"""INI files of any program: sections are scopes, their names the parents of their keys.

`configparser` dialects, MySQL's option files, libpq's services, ODBC, FreeTDS, supervisor, PHP. Sections that configure
servers are infrastructure; programs' environments and commands are read as such. What no key says is searched like any
text. It knows no policy.
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.ciphertext import SOPS, hidden_rows
from analyzer.extract.gathering.leftovers import left_over
from analyzer.extract.gathering.merging import merged
from analyzer.extract.ini.dialects import Dialect, dialect_of, of_server
from analyzer.extract.ini.interpolation import Interpolation
from analyzer.extract.ini.layout import Layout, items_by_section, read_layout
from analyzer.extract.ini.sections import SectionReader
from analyzer.extract.nature.infrastructure import signature
from analyzer.model import Clue, Comment, Evidence, Extraction, HostRef, Region
from analyzer.source import SourceFile

_SECTION = Evidence(Clue.INFRASTRUCTURE, "section of a server")
_SETTING = Evidence(Clue.INFRASTRUCTURE, "setting of a server")


def extract(source: SourceFile) -> Extraction:
    """Hosts and DSNs of an INI file, comments with directives, and the regions that configure servers."""
    layout, dialect = read_layout(source.text), dialect_of(source.path)
    sections = items_by_section(layout)
    reader = SectionReader(source, dialect, Interpolation(source.text, sections))
    regions = tuple(_regions(source, layout, dialect))
    found = [ref for name, items in sections.items() for ref in reader.references(name, items)]
    known = [*(region.span for region in regions), *(source.span(*place) for place, _ in layout.comments)]
    known += [ref.slot.span for ref in found]
    found += left_over(source, known)
    sealed = _sealed(source, layout)
    return Extraction(
        refs=tuple(replace(ref, sealed=ref.sealed or sealed) for ref in sorted(merged(found), key=_start)),
        comments=tuple(_comments(source, layout)),
        nature=signature(source.path, source.text),
        opaque=tuple(hidden_rows(source)),
        regions=regions,
    )


def _start(ref: HostRef) -> int:
    return ref.slot.span.start


def _sealed(source: SourceFile, layout: Layout) -> str:
    """Why a file may not be edited that SOPS encrypted in part, or nothing."""
    items = [item for section in layout.sections if section.name == "sops" for item in section.items if item.value]
    told = {item.key: source.text[item.value[0][0] : item.value[-1][1]] for item in items}
    return SOPS if "mac" in told and told.get("mac_only_encrypted") != "true" else ""


def _regions(source: SourceFile, layout: Layout, dialect: Dialect) -> Iterator[Region]:
    for section in layout.sections:
        if dialect.serves(section.name):
            yield Region(source.span(section.start, section.end), _SECTION)
            continue
        for item in section.items:
            if item.value and of_server(item.key):
                yield Region(source.span(item.value[0][0], item.value[-1][1]), _SETTING)


def _comments(source: SourceFile, layout: Layout) -> Iterator[Comment]:
    for (start, end), own_line in layout.comments:
        text = source.text[start:end].rstrip()
        if "analyzer:" in text:
            yield Comment(source.span(start, start + len(text)), text, own_line)

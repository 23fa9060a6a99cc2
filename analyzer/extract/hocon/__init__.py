"""HOCON files: the configuration of Play, Akka, Slick and their like, objects as nested scopes of keys.

It knows no policy and edits nothing. Whether a file of another name is HOCON is told by `looks_like_hocon`.
"""

from analyzer.extract.gathering.assembled import assembled
from analyzer.extract.gathering.faults import Fault, told
from analyzer.extract.hocon.look import looks_like_hocon
from analyzer.extract.hocon.parse import Parsed, parse
from analyzer.extract.inner.filenames import speaking
from analyzer.extract.inner.levels import deeper
from analyzer.extract.inner.specials import special_of
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.spelling.dotted import TooDeepError
from analyzer.extract.spelling.masking import masked
from analyzer.extract.yaml.hidden import hidden_values
from analyzer.extract.yaml.places import Document, Place
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Extraction
from analyzer.source import SourceFile
from analyzer.templates.dialects import templated
from analyzer.yamltree import Mapping
from analyzer.yamltree.nodes import Buffer

__all__ = ["extract", "extract_at", "looks_like_hocon"]


def extract(source: SourceFile) -> Extraction:
    """Hosts of a HOCON file."""
    return extract_at(source, 0)


def extract_at(source: SourceFile, depth: int) -> Extraction:
    """The same of a text that stands inside `depth` others."""
    parsed = _parsed(source)
    document = Document(source, {}, special=special_of(), read_inner=deeper(depth), separator=" = ")
    found = [
        *references_in(parsed.root, Place(document, speaking(source.path))),
        *hidden_values(parsed.root),
        *told(source, parsed.faults, "HOCON", template=templated(source.data)),
    ]
    return assembled(source, found, parsed.comments, signature(source.path, source.text))


def _parsed(source: SourceFile) -> Parsed:
    data = source.data
    try:
        return parse(Buffer(data, masked(data, b"x") if templated(data) else data), source.bom)
    except TooDeepError:
        fault = Fault("keys nested too deeply", source.bom, stops=True, limit=True)
        return Parsed(Mapping(source.bom, len(data), ()), (), (fault,))

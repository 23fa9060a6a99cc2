"""JSON files: Kubernetes objects by what their kind means, everything else as nested scopes of keys, as in YAML.

Lock files hold nothing, copies that a program wrote (Terraform state, reports) are told and left alone. What cannot be
parsed is reported with its line, the rest of the file searched as text. It knows no policy and edits nothing.
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.ciphertext import whole_file
from analyzer.extract.gathering.assembled import Item, assembled
from analyzer.extract.gathering.faults import told
from analyzer.extract.inner.filenames import speaking
from analyzer.extract.inner.levels import deeper
from analyzer.extract.inner.specials import special_of
from analyzer.extract.json.natures import derived, is_lock, nature_of
from analyzer.extract.json.parse import Parsed, parse
from analyzer.extract.json.pruning import LARGE, pruned
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.spelling.masking import masked
from analyzer.extract.topology import documents as topology
from analyzer.extract.yaml import root_references, sealed_by_sops
from analyzer.extract.yaml.hidden import hidden_values
from analyzer.extract.yaml.objects.thing import is_object
from analyzer.extract.yaml.places import Document, Place
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Evidence, Extraction, Problem, Region, Span
from analyzer.source import SourceFile
from analyzer.templates.dialects import templated
from analyzer.yamltree import Node, Sequence
from analyzer.yamltree.nodes import Buffer

BROKEN = "the file is no valid JSON"
_MOST_DOCUMENTS = 20
# Which keys of which file hold shell text, alone, in lists or under names.
_SCRIPTED: dict[str, frozenset[tuple[str, ...]]] = {
    "package.json": frozenset({("scripts",)}),
    "composer.json": frozenset({("scripts",)}),
    "deno.json": frozenset({("tasks",)}),
    "deno.jsonc": frozenset({("tasks",)}),
    "nodemon.json": frozenset({("exec",), ("events",)}),
    "devcontainer.json": frozenset(
        {
            ("initializeCommand",),
            ("onCreateCommand",),
            ("updateContentCommand",),
            ("postCreateCommand",),
            ("postStartCommand",),
            ("postAttachCommand",),
        }
    ),
}


def extract(source: SourceFile) -> Extraction:
    """Hosts of a JSON file, with or without comments."""
    return extract_at(source, 0)


def extract_at(source: SourceFile, depth: int) -> Extraction:
    """The same of a text that stands inside `depth` others."""
    if is_lock(source.path):
        return Extraction()
    encrypted = whole_file(source)
    if encrypted is not None:
        return Extraction(opaque=(encrypted,))
    parsed, template = _parsed(source)
    copy = next((what for root in parsed.roots[:_MOST_DOCUMENTS] if (what := derived(root))), "")
    if copy:
        said = Problem(source.path, "parse", f"{copy} is a copy: change what it was made from", incomplete=False)
        return Extraction(problems=(said,), regions=(Region(Span(0, len(source.data)), None),))
    found = [*_references(source, parsed, depth), *told(source, parsed.faults, "JSON", template=template)]
    broken = not template and any(fault.stops for fault in parsed.faults)
    nature = signature(source.path, source.text) or _nature(parsed)
    return assembled(source, found, parsed.comments, nature, sealed=BROKEN if broken else "")


def _parsed(source: SourceFile) -> tuple[Parsed, bool]:
    """The file as it stands, or with its template actions covered where that leads further."""
    data = source.data
    plain = parse(Buffer(data, data), source.bom)
    if not plain.faults or not templated(data):
        return plain, False
    covered = parse(Buffer(data, masked(data, b"$")), source.bom)
    return covered, True


def _references(source: SourceFile, parsed: Parsed, depth: int) -> Iterator[Item]:
    name = source.path.rsplit("/", 1)[-1].lstrip(".")
    document = Document(source, {}, special=special_of(_SCRIPTED.get(name, ())), read_inner=deeper(depth))
    parents = speaking(source.path)
    large = len(source.data) > LARGE and not parents
    for document_root in _documents(parsed.roots):
        root = pruned(document_root) if large and not is_object(document_root) else document_root
        own = replace(document, sealed=sealed_by_sops(root))
        # Lists are no playbooks here, whatever their keys.
        plain = isinstance(root, Sequence) or (parents and not is_object(root))
        yield from references_in(root, Place(own, parents)) if plain else root_references(root, own)
        yield from hidden_values(root)
        yield from topology.document_rosters(root)


def _documents(roots: tuple[Node, ...]) -> tuple[Node, ...]:
    """The values of a file; very many are the rows of one list."""
    if len(roots) <= _MOST_DOCUMENTS or any(is_object(root) for root in roots):
        return roots
    return (Sequence(roots[0].start, roots[-1].end, roots, flow=True),)


def _nature(parsed: Parsed) -> Evidence | None:
    natures = [nature_of(root) for root in _documents(parsed.roots)]
    return natures[0] if natures and all(natures) else None

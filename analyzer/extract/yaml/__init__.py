"""YAML files: Kubernetes objects by what their kind means, everything else as nested scopes of keys.

Templates are read with their actions masked. What the parser cannot read is reported with its line and searched as
text. It knows no policy and edits nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.extract.ciphertext import may_hide, whole_file
from analyzer.extract.gathering.merging import merged
from analyzer.extract.inner.levels import deeper
from analyzer.extract.inner.nested import Inner, searched
from analyzer.extract.inner.templatetexts import definition_references, part_references
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.topology import documents as topology
from analyzer.extract.yaml.comments import directive_comments, long_scalars
from analyzer.extract.yaml.dialects import document_references
from analyzer.extract.yaml.docs import Documents, Left, read_documents
from analyzer.extract.yaml.hidden import hidden_values
from analyzer.extract.yaml.infraobjects import infrastructure_of
from analyzer.extract.yaml.kubernetes import is_object, object_references
from analyzer.extract.yaml.places import Document, Found, anchors_of, child, child_text
from analyzer.extract.yaml.scalars import read_span
from analyzer.extract.yaml.uses import with_uses
from analyzer.model import Evidence, Extraction, HostRef, Opaque, Problem, Region, Roster
from analyzer.source import SourceFile
from analyzer.templates.dialects import Dialect
from analyzer.yamltree import Mapping, Node

SOPS = "encrypted by SOPS; its MAC covers this value"
BROKEN = "the file is no valid YAML"
_MOST_PROBLEMS = 20


def extract(source: SourceFile) -> Extraction:
    """Hosts of a YAML file, whatever writes or reads it; JSON is YAML."""
    return extract_at(source, 0)


def extract_template(source: SourceFile, dialect: Dialect) -> Extraction:
    """The same of a file that is a template, under the path that it is rendered to."""
    return extract_at(source, 0, dialect)


def extract_at(source: SourceFile, depth: int, dialect: Dialect | None = None) -> Extraction:
    """The same of a text that stands inside `depth` others, or that is certainly a template."""
    encrypted = whole_file(source)
    if encrypted is not None:
        return Extraction(opaque=(encrypted,))
    documents = read_documents(source.data, source.path, dialect)
    found = [*_documents(source, documents, depth), *_texts(source, documents, depth), *_left(source, documents, depth)]
    refs = merged(item for item in found if isinstance(item, HostRef))
    broken = any(not left.branch for left in documents.left)
    roots = (*documents.roots, *documents.parts)
    return Extraction(
        refs=tuple(replace(ref, sealed=ref.sealed or BROKEN) for ref in refs) if broken else tuple(refs),
        problems=tuple(item for item in found if isinstance(item, Problem)),
        comments=tuple(dict.fromkeys(directive_comments(source.data, roots, documents.actions))),
        nature=signature(source.path, source.text) or _nature(documents),
        opaque=tuple(dict.fromkeys(item for item in found if isinstance(item, Opaque))),
        regions=tuple(dict.fromkeys(item for item in found if isinstance(item, Region))),
        unbroken=tuple(long_scalars(source.data, roots)),
        rosters=tuple(dict.fromkeys(_rosters(found, documents))),
    )


def _rosters(found: Iterable[Found], documents: Documents) -> Iterator[Roster]:
    """The rosters of texts and documents; in a template none is known to be whole."""
    own = (roster for root in (*documents.roots, *documents.parts) for roster in topology.document_rosters(root))
    for roster in (*(item for item in found if isinstance(item, Roster)), *own):
        yield replace(roster, whole=roster.whole and not documents.masked)


def _documents(source: SourceFile, documents: Documents, depth: int) -> Iterator[Found]:
    marked = may_hide(source.data)
    for root in (*documents.roots, *documents.parts):
        document = Document(source, anchors_of(root), sealed=sealed_by_sops(root), read_inner=deeper(depth))
        yield from with_uses(root_references(root, document), root)
        yield from hidden_values(root, marked=marked)


def root_references(root: Node, document: Document) -> Iterator[Found]:
    """What stands in one document: a Kubernetes object, or what its shape and its path say."""
    if isinstance(root, Mapping) and is_object(root):
        yield from object_references(root, document)
    else:
        yield from document_references(root, document)


def _texts(source: SourceFile, documents: Documents, depth: int) -> Iterator[Found]:
    """The definitions of a template that print a text."""
    for world in documents.texts:
        yield from definition_references(source.data, world, depth)


def _left(source: SourceFile, documents: Documents, depth: int) -> Iterator[Found]:
    """What was no YAML: a problem, and what a search of the text finds."""
    for left in documents.left:
        if left.part is None:
            yield from searched(Inner("", read_span(source.data, left.span)))
        else:
            yield from part_references(source.data, left.part, depth)
    yield from (_problem(source, left) for left in documents.left[:_MOST_PROBLEMS])
    more = documents.left[_MOST_PROBLEMS:]
    if more:
        incomplete = any(not left.branch for left in more)
        told = f"{len(more)} more parts are no YAML; searched as text"
        yield Problem(source.path, "parse", told, incomplete=incomplete)


def _problem(source: SourceFile, left: Left) -> Problem:
    if not left.branch:
        return Problem(source.path, "parse", f"no valid YAML: {left.fault.reason}; searched as text", left.fault.line)
    named = left.part is not None and left.part.name
    said = "a definition that is no YAML" if named else "a part of the template that does not fit the rest"
    return Problem(source.path, "parse", f"{said}; it was searched as text", left.fault.line, incomplete=False)


def _nature(documents: Documents) -> Evidence | None:
    natures = [infrastructure_of(root) for root in documents.roots]
    return natures[0] if natures and all(natures) else None


def sealed_by_sops(root: Node) -> str:
    """Why a document may not be edited that SOPS encrypted in part, or nothing."""
    sops = child(root, "sops")
    if sops is None or not child_text(sops, "mac") or child_text(sops, "mac_only_encrypted") == "true":
        return ""
    return SOPS

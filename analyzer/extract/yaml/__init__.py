"""YAML files: Kubernetes objects by what their kind means, everything else as nested scopes of keys.

Templates are read with their actions masked. What the parser cannot read is reported with its line and searched as
text. It knows no policy and edits nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from analyzer.extract.infrastructure import signature
from analyzer.extract.nested import Inner, searched
from analyzer.extract.yaml.comments import directive_comments
from analyzer.extract.yaml.docs import Documents, Left, read_documents
from analyzer.extract.yaml.infraobjects import infrastructure_of
from analyzer.extract.yaml.kubernetes import is_object, object_references
from analyzer.extract.yaml.places import Document, Found, Place, anchors_of, child, child_text
from analyzer.extract.yaml.scalars import read_span
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Evidence, Extraction, HostRef, Problem, Slot
from analyzer.source import SourceFile
from analyzer.yamltree import Mapping, Node

LEVELS = 2  # texts inside texts that are read as YAML again
SOPS = "encrypted by SOPS; its MAC covers this value"
BROKEN = "the file is no valid YAML"


def extract(source: SourceFile) -> Extraction:
    """Hosts of a YAML file, whatever writes or reads it; JSON is YAML."""
    return _extract(source, 0)


def _extract(source: SourceFile, depth: int) -> Extraction:
    documents = read_documents(source.data)
    found = [*_documents(source, documents, depth), *_left(source, documents)]
    refs = merged(item for item in found if isinstance(item, HostRef))
    broken = any(not left.branch for left in documents.left)
    return Extraction(
        refs=tuple(replace(ref, sealed=ref.sealed or BROKEN) for ref in refs) if broken else tuple(refs),
        problems=tuple(item for item in found if isinstance(item, Problem)),
        comments=tuple(directive_comments(source.data, documents.roots)),
        nature=signature(source.path, source.text) or _nature(documents),
    )


def merged(refs: Iterable[HostRef]) -> list[HostRef]:
    """One reference for a place and host: two readings of the same bytes give one with the evidence of both."""
    places: dict[tuple[Slot, str], HostRef] = {}
    for ref in refs:
        known = places.get((ref.slot, ref.host))
        places[ref.slot, ref.host] = ref if known is None else _both(known, ref)
    return list(places.values())


def _both(one: HostRef, other: HostRef) -> HostRef:
    return replace(
        one,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        flow=tuple(dict.fromkeys((*one.flow, *other.flow))),
        port=one.port or other.port,
        engine=one.engine or other.engine,
        group=one.group or other.group,
    )


def _documents(source: SourceFile, documents: Documents, depth: int) -> Iterator[Found]:
    read_yaml = partial(_extract, depth=depth + 1) if depth < LEVELS else None
    for root in documents.roots:
        document = Document(source, anchors_of(root), sealed=_sealed(root), read_yaml=read_yaml)
        if isinstance(root, Mapping) and is_object(root):
            yield from object_references(root, document)
        else:
            yield from references_in(root, Place(document))


def _left(source: SourceFile, documents: Documents) -> Iterator[Found]:
    """What was no YAML: a problem, and what a search of the text finds."""
    for left in documents.left:
        yield _problem(source, left)
        yield from searched(Inner("", read_span(source.data, left.span)))


def _problem(source: SourceFile, left: Left) -> Problem:
    if left.branch:
        said = "this branch of the template does not fit the rest; it was searched as text"
        return Problem(source.path, "parse", said, left.fault.line, incomplete=False)
    return Problem(source.path, "parse", f"no valid YAML: {left.fault.reason}; searched as text", left.fault.line)


def _nature(documents: Documents) -> Evidence | None:
    natures = [infrastructure_of(root) for root in documents.roots]
    return natures[0] if natures and all(natures) else None


def _sealed(root: Node) -> str:
    sops = child(root, "sops")
    if sops is None or not child_text(sops, "mac") or child_text(sops, "mac_only_encrypted") == "true":
        return ""
    return SOPS

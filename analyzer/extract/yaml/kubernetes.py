"""Kubernetes objects: where in each kind an application's hosts stand.

Pods are found wherever their containers stand, so custom resources need no knowledge of their kind. Secrets are
decoded. Objects that describe clusters, scraping or the network are infrastructure: told as such, never edited.
API: https://kubernetes.io/docs/reference/kubernetes-api/
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.keyed.keys import databaselike, engine_of, operates
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.nested import Inner, addresses, filelike
from analyzer.extract.yaml.endpoints import KINDS, endpoint_references
from analyzer.extract.yaml.infraobjects import infrastructure_of
from analyzer.extract.yaml.places import Document, Found, Place, child, child_text, key_text, nodes, shown
from analyzer.extract.yaml.scalars import Reading, read_base64, read_scalar
from analyzer.extract.yaml.scopes import Row, bound, is_text, references_in, text_references
from analyzer.hosts import parse
from analyzer.model import Clue, Evidence, HostRef
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_SKIPPED = frozenset({"managedFields", "status", "labels", "matchLabels", "ownerReferences", "encryptedData"})
_INJECTED = "vault.hashicorp.com/agent-inject-template-"
_CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers"})
_DATA: dict[tuple[str, tuple[str, ...]], str] = {
    ("Secret", ("data",)): "Secret data",
    ("Secret", ("stringData",)): "Secret stringData",
    ("ConfigMap", ("data",)): "ConfigMap data",
    ("ConfigMap", ("binaryData",)): "ConfigMap binaryData",
}
EXTERNAL_NAME = "an ExternalName takes a DNS name, no address and no port"
_ENCODED = frozenset({"Secret data", "ConfigMap binaryData"})


def is_object(root: Node) -> bool:
    """Whether a document is a Kubernetes object: it names its API version and its kind."""
    return bool(child_text(root, "apiVersion") and child_text(root, "kind"))


def object_references(root: Mapping, document: Document) -> Iterator[Found]:
    """The references of one object, those of a list's items included."""
    kind, name = child_text(root, "kind"), child_text(root, "metadata", "name")
    items = child(root, "items")
    if kind.endswith("List") and isinstance(items, Sequence):
        for item in items.items:
            if isinstance(item, Mapping):
                yield from object_references(item, document)
        return
    reader = _Object(kind, name)
    place = Place(replace(document, label=reader.label, special=reader.special))
    if kind in KINDS:
        yield from endpoint_references(root, kind, name, place)
        return
    nature = infrastructure_of(root)
    if nature is not None:
        place = place.saying(nature)
        yield from _claims(root, nature)
    yield from references_in(root, place)


class _Object:
    """How the keys of one object are read."""

    def __init__(self, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name
        self.label = f"{shown(kind) or 'object'} {shown(name)}".rstrip()

    def special(self, key: str, node: Node, place: Place) -> Iterator[Found] | None:
        """What a key means in this object; None where it means what it says."""
        if key in _SKIPPED:
            return iter(())
        if key == "annotations" and isinstance(node, Mapping):
            return self._annotations(node, place)
        if isinstance(node, Mapping) and (what := self._data_of(place.path)):
            return self._data(node, place, what)
        if key in _CONTAINERS and isinstance(node, Sequence):
            return self._containers(node, place)
        if key == "externalName" and self.kind == "Service" and isinstance(node, Scalar):
            return self._external_name(read_scalar(node), place)
        return None

    def _data_of(self, path: tuple[str, ...]) -> str:
        """Whose data a mapping is, or nothing: a Secret's, a ConfigMap's, or those that a template makes."""
        if path[-2:] == ("template", "data") or path[-2:] == ("template", "stringData"):
            return f"{shown(self.kind)} template".lstrip()
        return _DATA.get((self.kind, path), "")

    def _data(self, node: Mapping, place: Place, what: str) -> Iterator[Found]:
        """Data entries: one scope for the values, each text of its own by its format."""
        named = f"{what} of {shown(self.name)}" if shown(self.name) else what
        place = replace(place, path=(self.name,) if shown(self.name) else ()).saying(Evidence(Clue.PLACE, named))
        rows = []
        for key, value in node.pairs:
            name, target = key_text(key), place.document.resolved(value)
            if not isinstance(target, Scalar):
                continue
            reading = _read(target, encoded=what in _ENCODED)
            if filelike(name) or is_text(name, reading.text):
                yield from text_references(name, reading, place)
            elif reading.sealed:
                sealed = replace(place, document=replace(place.document, sealed=reading.sealed))
                yield from bound([Row(Binding(name, reading.value), target.literal)], sealed)
            else:
                rows.append(Row(Binding(name, reading.value), target.literal))
        yield from bound(rows, place)

    def _annotations(self, node: Mapping, place: Place) -> Iterator[Found]:
        """Only templates that an agent renders for the application; the rest is written by tools."""
        for key, value in node.pairs:
            name, target = key_text(key), place.document.resolved(value)
            if name.startswith(_INJECTED) and isinstance(target, Scalar):
                injected = place.saying(Evidence(Clue.PLACE, f"agent template of {self.label}"))
                yield from text_references(name.removeprefix(_INJECTED), read_scalar(target), injected)

    def _containers(self, node: Sequence, place: Place) -> Iterator[Found]:
        for item in node.items:
            name = child_text(item, "name")
            exporter = next((word for word in (name, self.name) if operates(word)), "")
            here = place.saying(Evidence(Clue.OPERATION, shown(exporter) or "exporter")) if exporter else place
            yield from references_in(item, replace(here, path=()))

    def _external_name(self, reading: Reading, place: Place) -> Iterator[HostRef]:
        """The server behind a Service: applications connect to it under the Service's name."""
        parsed = parse(reading.text)
        database = databaselike(self.name) or engine_of(reading.text) is not None
        why = Evidence(Clue.KEY if database else Clue.NAME, "externalName")
        evidence = (why, *place.evidence, Evidence(Clue.PLACE, self.label))
        if parsed is not None and not parsed.dsn:
            seen = Seen(
                evidence, "externalName: ", engine_of(self.name) or engine_of(reading.text), sealed=EXTERNAL_NAME
            )
            yield from host_references(parsed, reading.value, seen)


def _read(scalar: Scalar, *, encoded: bool) -> Reading:
    return (read_base64(scalar) if encoded else None) or read_scalar(scalar)


def _claims(root: Mapping, nature: Evidence) -> Iterator[HostRef]:
    """The addresses of an infrastructure object, so that they count as such and not as unclear text."""
    for node in nodes(root):
        if isinstance(node, Scalar) and node.value:
            yield from addresses(Inner("", read_scalar(node), (nature,)))

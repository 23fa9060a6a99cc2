"""Kubernetes objects: where in each kind an application's hosts stand, by the readers in `objects`.

Objects that describe clusters, scraping or the network are infrastructure: told as such, never edited. Copies that the
server or a tool wrote are regions that nobody looks at. Objects inside of objects are read as what they are.
API: https://kubernetes.io/docs/reference/kubernetes-api/
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.yaml.infraobjects import claims, nature_of
from analyzer.extract.yaml.objects import (
    aliases,
    annotations,
    data,
    externalsecrets,
    gitops,
    kustomize,
    patches,
    pods,
    upstreams,
    vault,
)
from analyzer.extract.yaml.objects.exporters import exporter, operated
from analyzer.extract.yaml.objects.patches import is_patch, json_patch
from analyzer.extract.yaml.objects.thing import Reader, Thing, at, is_object, items, thing_of
from analyzer.extract.yaml.places import Document, Found, Place, child, region
from analyzer.extract.yaml.scopes import references_in
from analyzer.yamltree import Mapping, Node

__all__ = ["is_object", "is_patch", "kustomization_references", "object_references", "patch_references"]

READERS: tuple[Reader, ...] = (
    annotations.read,
    data.read,
    pods.read,
    vault.read,
    externalsecrets.read,
    kustomize.read,
    patches.read,
    gitops.read,
    aliases.read,
)
_SKIPPED = frozenset({"managedFields", "labels", "matchLabels", "ownerReferences", "encryptedData"})
_CONTENT = ("metadata", "spec", "data", "stringData")
_LISTED = ("items", "objects")  # List; Template of OpenShift
_DEEPEST = 5  # objects inside of objects


def kustomization_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a kustomization that names no kind."""
    return references_in(root, _place(Thing("Kustomization", "", ""), document, 0))


def patch_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a JSON patch; of which object is said where it is applied."""
    return json_patch(root, "", _place(Thing("", "", ""), document, 0))


def object_references(
    root: Mapping, document: Document, depth: int = 0, listed: Thing | None = None
) -> Iterator[Found]:
    """The references of one object, those of the objects that it holds included; `listed`: what its list says it is."""
    thing = thing_of(root)
    if listed is not None and not thing.kind:
        thing = replace(listed, name=thing.name)
    place = _place(thing, document, depth)
    yield from _copies(root)
    told = upstreams.read(thing, root, place)
    if told is not None:
        yield from told
        return
    nature = nature_of(thing)
    if nature is not None:
        place = place.saying(nature)
        yield region(root, nature)
        yield from claims(root, nature)
    found = references_in(root, place)
    watching = exporter(*gitops.charts(root))
    yield from operated(found, watching) if watching else found


def _place(thing: Thing, document: Document, depth: int) -> Place:
    def special(key: str, node: Node, place: Place) -> Iterator[Found] | None:
        if key in _SKIPPED or place.path == ("status",):
            return iter(())
        found = (read(thing, key, node, place) for read in READERS)
        told = next((answer for answer in found if answer is not None), None)
        if told is not None or depth >= _DEEPEST:
            return told
        return _listed(thing, key, node, place, depth) or _embedded(key, node, place, depth)

    return Place(replace(document, label=thing.label if thing.kind else "", special=special))


def _embedded(key: str, node: Node, place: Place, depth: int) -> Iterator[Found] | None:
    """Objects under a key: a manifest in a resource of Crossplane, the items of a List."""
    if isinstance(node, Mapping) and _whole(node):
        return object_references(node, place.document, depth + 1)
    listed = [item for item in items(node) if isinstance(item, Mapping)]
    own = key in _LISTED and len(place.path) == 1
    held = [item for item in listed if (is_object(item) if own else _whole(item))]
    if not held or len(held) != len(listed):
        return None
    return (found for item in held for found in object_references(item, place.document, depth + 1))


def _listed(thing: Thing, key: str, node: Node, place: Place, depth: int) -> Iterator[Found] | None:
    """The items of a list of one kind, as the API server answers it: `SecretList`."""
    kind = thing.kind.removesuffix("List")
    held = [item for item in items(node) if isinstance(item, Mapping)] if key == "items" else []
    if not held or kind in {"", thing.kind} or len(place.path) != 1 or any(map(is_object, held)):
        return None
    said = replace(thing, kind=kind)
    return (found for item in held for found in object_references(item, place.document, depth + 1, said))


def _whole(node: Node) -> bool:
    """Whether a node is an object and no reference to one."""
    return isinstance(node, Mapping) and is_object(node) and any(child(node, key) is not None for key in _CONTENT)


def _copies(root: Mapping) -> Iterator[Found]:
    """What the server wrote into an object that somebody read back."""
    for node in (child(root, "status"), at(root, "metadata", "managedFields")):
        if node is not None:
            yield region(node, None)

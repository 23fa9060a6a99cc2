"""Data of Secrets and ConfigMaps, and of the templates that make them: one scope of values, each file by its format.

API: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.extract.inner.nested import filelike
from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.yaml.objects.thing import Thing
from analyzer.extract.yaml.places import Found, Place, key_text, shown
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import Reading, read_base64, read_scalar
from analyzer.extract.yaml.texts import is_text, text_references
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Scalar

_DATA: dict[tuple[str, tuple[str, ...]], str] = {
    ("Secret", ("data",)): "Secret data",
    ("Secret", ("stringData",)): "Secret stringData",
    ("ConfigMap", ("data",)): "ConfigMap data",
    ("ConfigMap", ("binaryData",)): "ConfigMap binaryData",
}
_ENCODED = frozenset({"Secret data", "ConfigMap binaryData"})
# What ExternalSecret, PushSecret and SealedSecret make a Secret of.
_TEMPLATES = (("template", "data"), ("template", "stringData"))


def read(thing: Thing, _key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """The data of an object, or None for any other key."""
    if not isinstance(node, Mapping):
        return None
    what = _DATA.get((thing.kind, place.path), "")
    if not what and place.path[-2:] in _TEMPLATES:
        what = f"{shown(thing.kind)} template".lstrip()
    if not what:
        return None
    pairs = ((key_text(name), value) for name, value in node.pairs)
    return data_references(pairs, what, thing, place)


def data_references(pairs: Iterable[tuple[str, Node]], what: str, thing: Thing, place: Place) -> Iterator[Found]:
    """Names and values that an object hands to applications; `what` they are is shown.

    Values of `_ENCODED` places are base64.
    """
    named = f"{what} of {shown(thing.name)}" if shown(thing.name) else what
    place = replace(place, path=(thing.name,) if shown(thing.name) else ()).saying(Evidence(Clue.PLACE, named))
    rows = []
    for name, value in pairs:
        target = place.document.resolved(value)
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


def _read(scalar: Scalar, *, encoded: bool) -> Reading:
    return (read_base64(scalar) if encoded else None) or read_scalar(scalar)

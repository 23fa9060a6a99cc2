"""Kustomizations: generators, replacements and texts that stand in lists; patches are read by `patches`.

A changed literal changes the name of the generated object, so that its Pods roll: the evidence says so.
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.yaml.objects.patches import patch_text
from analyzer.extract.yaml.objects.thing import Thing, items
from analyzer.extract.yaml.places import Found, Place, child, child_text, key_text, shown
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import Reading, read_scalar
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_FILES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_OWN = frozenset(
    {"resources", "bases", "configMapGenerator", "secretGenerator", "patches", "patchesStrategicMerge", "helmCharts"}
    | {"patchesJson6902", "replacements", "generators", "transformers", "components", "namespace", "images"}
)
_GENERATORS = {"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}
_TEXTS = frozenset({"patchesStrategicMerge", "generators", "transformers", "validators"})
_LITERAL = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]{0,252})=")
_NAMED = re.compile(r"\[name=([^\]]{1,200})\]")


def read(thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """What a Kustomization generates and replaces; None for any other key."""
    if thing.kind != "Kustomization" or not isinstance(node, Sequence):
        return None
    if key in _GENERATORS:
        return chain.from_iterable(_literals(item, _GENERATORS[key], place) for item in node.items)
    if key == "replacements":
        return chain.from_iterable(_replacement(item, place) for item in node.items)
    if key in _TEXTS:
        texts = (item for item in node.items if isinstance(item, Scalar) and "\n" in item.value.strip())
        return chain.from_iterable(patch_text(item, place) for item in texts)
    return None


def is_kustomization(root: Node, path: str) -> bool:
    """Whether a document without kind is one, by the file's name and its keys."""
    if path.rsplit("/", 1)[-1] not in _FILES or not isinstance(root, Mapping):
        return False
    return any(key_text(key) in _OWN for key, _ in root.pairs) and child(root, "kind") is None


def _literals(item: Node, made: str, place: Place) -> Iterator[Found]:
    """`literals` of one generator: `KEY=value`, quotes around the value are kustomize's own."""
    name = shown(child_text(item, "name"))
    literals = (literal for literal in items(child(item, "literals")) if isinstance(literal, Scalar))
    rows = [row for literal in literals if (row := _literal(literal)) is not None]
    said = Evidence(Clue.PLACE, f"{made} {name} that kustomize generates: its name changes, Pods roll")
    yield from bound(rows, replace(place, path=(name,) if name else ()).saying(said), "=")


def _literal(literal: Scalar) -> Row | None:
    reading = read_scalar(literal)
    found = _LITERAL.match(reading.text)
    return Row(Binding(found[1], _unquoted(reading, found.end()).value), literal.literal) if found else None


def _unquoted(reading: Reading, start: int) -> Reading:
    text = reading.text[start:]
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return reading.part(start + quoted, len(reading.text) - quoted)


def _replacement(item: Node, place: Place) -> Iterator[Found]:
    """A value that is written here; the fields that it goes to say what it is."""
    value = child(item, "sourceValue")
    fields = (path for target in items(child(item, "targets")) for path in items(child(target, "fieldPaths")))
    names = [_field(path.value) for path in fields if isinstance(path, Scalar)]
    if isinstance(value, Scalar) and names:
        said = Evidence(Clue.PLACE, "value of a kustomize replacement")
        yield from bound([Row(Binding(names[0], read_scalar(value).value), value.literal)], place.saying(said))


def _field(path: str) -> str:
    """`spec.template.spec.containers.0.env.[name=DB_HOST].value` is DB_HOST, `data.DB_HOST` too."""
    last = path.rsplit(".", 1)[-1]
    named = _NAMED.findall(path)
    return named[-1] if named and last == "value" else last

"""Patches of Kubernetes objects: strategic ones are objects, JSON patches name the place that they change.

`path: /data/DB_HOST` reads as the key would read in the object. Behind `/spec/.../env/0/value` the key is not known;
the place is that of a container's environment. RFC 6902 and RFC 6901.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from analyzer.extract.keyed.bindings import Binding, value_references
from analyzer.extract.keyed.values import Seen, host_references
from analyzer.extract.yaml.commandlines import command_references
from analyzer.extract.yaml.environments import environment
from analyzer.extract.yaml.objects.exporters import exporter, operated
from analyzer.extract.yaml.objects.thing import Thing, items
from analyzer.extract.yaml.places import Found, Place, child, child_text, shown
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import read_base64, read_scalar
from analyzer.extract.yaml.scopes import references_in
from analyzer.extract.yaml.texts import is_text, text_references
from analyzer.hosts import parse
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_KEYS = frozenset({"patch", "patchesJson6902"})
_OPERATIONS = frozenset({"add", "replace"})  # `test` only asks what stands there
_SETTING = ("data", "stringData")
_COMMANDS = frozenset({"args", "command"})
_TEXT = re.compile(r"\s{0,20}(?:[\[{]|-[ \t]|[^\n]{1,200}\n)")
_LISTED = re.compile(r"\d{1,6}|-")


def read(_thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """A patch or a list of patches, in any object that holds some; None for any other key."""
    if key in {"patches", "patchesJson6902"} and isinstance(node, Sequence) and not is_patch(node):
        return chain.from_iterable(_entry(item, place) for item in node.items)
    if key in _KEYS and isinstance(node, Scalar) and _TEXT.match(node.value):
        return patch_text(node, place)
    return json_patch(node, "", place) if key in _KEYS and is_patch(node) else None


def is_patch(node: Node, _path: str = "") -> bool:
    """Whether a list is a JSON patch: operations with pointers, nothing else."""
    listed = items(node)
    return bool(listed) and all(child_text(i, "op") and child_text(i, "path").startswith("/") for i in listed)


def patch_text(node: Scalar, place: Place) -> Iterator[Found]:
    """A patch that is written as text."""
    return text_references("patch.yaml", read_scalar(node), place)


def json_patch(node: Node, kind: str, place: Place) -> Iterator[Found]:
    """The references of a JSON patch of an object of that kind (empty where it is not known)."""
    for item in items(node):
        value = child(item, "value")
        if value is not None and child_text(item, "op") in _OPERATIONS:
            pointer = [part.replace("~1", "/").replace("~0", "~") for part in child_text(item, "path").split("/")[1:]]
            yield from _changed(pointer, place.document.resolved(value), kind, place)


def _entry(item: Node, place: Place) -> Iterator[Found]:
    """`{target: {kind, name}, patch: text}`."""
    patch, kind, name = child(item, "patch"), child_text(item, "target", "kind"), child_text(item, "target", "name")
    target = f"patch of {shown(kind)} {shown(name)}".rstrip() if shown(kind) else "patch"
    here = place.saying(Evidence(Clue.PLACE, target))
    if isinstance(patch, Scalar):
        found = patch_text(patch, here)
    elif patch is not None and is_patch(patch):
        found = json_patch(patch, kind, here)
    else:
        found = references_in(item, place)
    nature = exporter(name)
    yield from found if nature is None else operated(found, nature)


def _changed(pointer: list[str], value: Node, kind: str, place: Place) -> Iterator[Found]:
    key, parents = pointer[-1], tuple(pointer[:-1])
    here = replace(place, path=parents)
    special = place.document.special(key, value, here.below(key))
    if special is not None:
        yield from special
    elif isinstance(value, Scalar):
        yield from _scalar(pointer, value, kind, here)
    elif isinstance(value, Mapping) and parents[-1:] == ("env",):
        yield from environment([value], _env(place))
    elif key == "env":
        yield from environment(items(value), _env(place))
    else:
        yield from references_in(value, here if _LISTED.fullmatch(key) else here.below(key))


def _scalar(pointer: list[str], value: Scalar, kind: str, here: Place) -> Iterator[Found]:
    key = pointer[-1]
    if key == "value" and "env" in pointer[-3:-1]:
        yield from _nameless(value, _env(here))
    elif _LISTED.fullmatch(key) and pointer[-2:-1] and pointer[-2] in _COMMANDS:
        yield from command_references([value], here)
    else:
        encoded = kind == "Secret" and pointer[0] == "data"
        reading = (read_base64(value) if encoded else None) or read_scalar(value)
        if is_text(key, reading.text):
            yield from text_references(key, reading, here)
        else:
            said = here.saying(Evidence(Clue.PLACE, f"{pointer[0]} in a patch")) if pointer[0] in _SETTING else here
            yield from bound([Row(Binding(key, reading.value), value.literal)], said)


def _nameless(value: Scalar, here: Place) -> Iterator[Found]:
    """A variable whose name stands in the object that is patched."""
    reading, sealed = read_scalar(value), here.document.sealed
    parsed = parse(reading.text)
    if parsed is not None and not parsed.dsn and not parsed.scheme:
        reason = Evidence(Clue.NAME, "value of a variable")
        yield from host_references(parsed, reading.value, Seen((reason, *here.evidence), "value: ", sealed=sealed))
    else:
        yield from value_references(reading.value, here.evidence, prefix="value: ", sealed=sealed)


def _env(place: Place) -> Place:
    return place.saying(Evidence(Clue.PLACE, "container env in a patch"))

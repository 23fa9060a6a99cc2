"""Environment variables in YAML: a map, a list of `NAME=value`, a list of `{name: X, value: Y}`.

Knows the forms only; whose environment it is, the caller says by its place.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.keyed.words import words
from analyzer.extract.yaml.places import Found, Place, child, child_text, key_text, shown
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import Reading, read_scalar
from analyzer.extract.yaml.scripts import Variable
from analyzer.extract.yaml.texts import is_text, text_references
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

ENVIRONMENT = frozenset({"env", "envs", "environment", "envvars", "variables", "vars"})
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}=")
_NEXT = re.compile(r"[ \t]([A-Z_][A-Z0-9_]{0,127}=)")
_NAME_KEYS = ("name", "key", "Name", "variable")
_VALUE_KEYS = ("value", "Value", "default", "defaultValue")
_ENVIRONMENT_NAME = re.compile(r"(?i:env|envs|environment|env_?vars|env_?variables|environment_?variables|variables)")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]{0,127}(?:=|\Z)")


def environment(items: Iterable[Node], place: Place) -> Iterator[Found]:
    """A list of `{name: X, value: Y}`: one scope, whatever the order of the keys."""
    rows = []
    for item in items:
        name, value = _named(item, place)
        if isinstance(value, Scalar):
            reading = read_scalar(value)
            if is_text(name, reading.text):
                yield from text_references(name, reading, place)
            else:
                rows.append(Row(Binding(name, reading.value), value.literal))
        elif (source := child(item, "valueFrom")) is not None:
            rows.append(Row(Binding(name, hidden=_source(source))))
    yield from bound(rows, replace(place, path=()), "=")


def is_environment(node: Sequence) -> bool:
    """Whether a list is one of `{name: X, value: Y}`."""
    named = [item for item in node.items if any(child_text(item, key) for key in _NAME_KEYS)]
    valued = [item for item in named if any(child(item, key) is not None for key in (*_VALUE_KEYS, "valueFrom"))]
    return bool(valued) and len(named) == len(node.items)


def assignments(name: str, node: Sequence) -> list[Row]:
    """The rows of a list of `NAME=value` texts; nothing where it is another list."""
    items = [item for item in node.items if isinstance(item, Scalar)]
    readings = [(item, read_scalar(item)) for item in items]
    fitting = [(item, reading) for item, reading in readings if _ASSIGNMENT.match(reading.text)]
    if not fitting or len(items) != len(node.items) or (name not in ENVIRONMENT and len(fitting) != len(items)):
        return []
    return [Row(binding, item.literal) for item, reading in fitting for binding in _bindings(reading)]


def environments(node: Mapping, place: Place) -> tuple[Node, ...]:
    """The environments that a mapping gives to the scripts in it: under `env`, `environment`, `variables`.

    What is merged into one comes before it.
    """
    found: list[Node] = []
    for key, value in node.pairs:
        if key_text(key) in ENVIRONMENT:
            target = place.document.resolved(value)
            found += (*_merged(target, place), target)
    return tuple(target for target in found if isinstance(target, Mapping | Sequence))


def _merged(node: Node, place: Place) -> Iterator[Node]:
    for key, value in node.pairs if isinstance(node, Mapping) else ():
        if key_text(key) == "<<":
            sources = value.items if isinstance(value, Sequence) else (value,)
            yield from (place.document.resolved(source) for source in sources)


def variables(place: Place, names: frozenset[str]) -> Iterator[Variable]:
    """Those of the variables at a place that have one of these names."""
    for node in place.environments:
        listed = _mapped(node, names, place) if isinstance(node, Mapping) else _listed(node, names, place)
        yield from (Variable(name, reading) for name, reading in listed)


def environment_place(name: str, node: Node, here: Place) -> Place:
    """The place of environment variables: a container's in a Kubernetes object, else what looks like an environment.

    What a program is called says nothing about its variables: PRIMARY of `api` is no web server.
    """
    if here.document.label and not ENVIRONMENT.isdisjoint(words(name)):
        return here.saying(Evidence(Clue.PLACE, f"container env of {here.document.label}"))
    if not here.document.label and _ENVIRONMENT_NAME.fullmatch(name) and _in_capitals(node):
        return replace(here, path=(name,)).saying(Evidence(Clue.PLACE, f"environment variables ({name})"))
    return here


def _in_capitals(node: Node) -> bool:
    """Whether all names are written as those of environment variables mostly are."""
    if isinstance(node, Mapping):
        names = [key_text(key) for key, _ in node.pairs if key_text(key) != "<<"]
    else:
        items = node.items if isinstance(node, Sequence) else ()
        names = [item.value if isinstance(item, Scalar) else _name_of(item) for item in items]
    return bool(names) and all(_CAPITALS.match(name) for name in names)


def _mapped(node: Mapping, names: frozenset[str], place: Place) -> Iterator[tuple[str, Reading]]:
    for key, value in node.pairs:
        if (name := key_text(key)) in names:
            target = place.document.resolved(value)
            target = child(target, "value") or target  # GitLab: {value: x, description: y}
            if isinstance(target, Scalar):
                yield name, read_scalar(target)


def _listed(node: Node, names: frozenset[str], place: Place) -> Iterator[tuple[str, Reading]]:
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar) and item.value.partition("=")[0] in names:
            reading = read_scalar(item)
            if found := _ASSIGNMENT.match(reading.text):
                yield found.group()[:-1], reading.part(found.end(), len(reading.text))
        elif isinstance(item, Mapping) and _name_of(item) in names:
            name, value = _named(item, place)
            if isinstance(value, Scalar):
                yield name, read_scalar(value)


def _name_of(item: Node) -> str:
    return next((text for key in _NAME_KEYS if (text := child_text(item, key))), "")


def _named(item: Node, place: Place) -> tuple[str, Node | None]:
    name = _name_of(item)
    value = next((found for key in _VALUE_KEYS if (found := child(item, key)) is not None), None)
    return name, place.document.resolved(value) if value is not None else None


def _bindings(reading: Reading) -> Iterator[Binding]:
    """`NAME=value`, or several of them in one text as Travis has them: `DB_HOST=x DB_PORT=y`."""
    text = reading.text
    starts = [0, *(found.start(1) for found in _NEXT.finditer(text))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        at = text.index("=", start)
        value = text[at + 1 : end].rstrip() if end < len(text) else text[at + 1 : end]
        yield Binding(text[start:at], reading.part(at + 1, at + 1 + len(value)).value)


def _source(node: Node) -> str:
    """Where a variable's value stands: "secretKeyRef orders-db/port"."""
    kind = key_text(node.pairs[0][0]) if isinstance(node, Mapping) and node.pairs else ""
    name, key = child_text(node, kind, "name"), child_text(node, kind, "key")
    place = "/".join(part for part in (shown(name), shown(key)) if part)
    return f"{shown(kind) or 'valueFrom'} {place}".rstrip()

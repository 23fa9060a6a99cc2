"""Plain YAML: every mapping is a scope of bindings, lists hold hosts, assignments, environment variables or commands.

Any tool's file is read the same way; what Kubernetes objects mean stands in `kubernetes`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analyzer.extract.keyed.bindings import Binding, Scope, references, value_references
from analyzer.extract.keyed.keys import read_key
from analyzer.extract.keyed.words import words
from analyzer.extract.nested import Inner, filelike, nested_references
from analyzer.extract.yaml.commandlines import COMMANDS, SCRIPTS, command_references, script_references
from analyzer.extract.yaml.places import Found, Place, child, child_text, key_text, problem_at, shown
from analyzer.extract.yaml.scalars import Reading, read_scalar
from analyzer.model import Clue, Evidence, HostRef, Span
from analyzer.yamltree import Alias, Mapping, Node, Scalar, Sequence

_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}=")
_ENVIRONMENT = frozenset({"env", "envs", "environment", "envvars", "variables", "vars"})
_NAME_KEYS = ("name", "key", "Name", "variable")
_VALUE_KEYS = ("value", "Value")
_MERGE = "<<"
_BESIDE = frozenset(
    {"type", "kind", "engine", "driver", "dialect", "adapter", "vendor", "provider", "protocol", "scheme"}
)
_BESIDE |= {
    "backend",
    "connection",
    "client",
    "connector",
    "platform",
    "dbtype",
    "dbms",
    "database",
    "dbname",
    "db",
    "name",
}
_BESIDE |= {"keyspace", "sid", "schema", "user", "username", "login", "password", "passwd", "pass", "pwd", "uid"}
_FORMS = ("://", "=", "@", "(")  # one of them stands in every connection string
_MOST_MERGED = 50  # pairs of other mappings that are looked at beside a mapping's own


@dataclass(frozen=True)
class Row:
    """A binding with its scalar; `foreign`: it stands in another mapping, whose own scope reports it."""

    binding: Binding
    literal: Span | None = None
    foreign: bool = False


def references_in(node: Node, place: Place) -> Iterator[Found]:
    """Everything that stands in a node and below it."""
    match node:
        case Mapping():
            yield from _mapping(node, place)
        case Sequence():
            yield from _sequence(node, place)
        case Scalar():
            reading = read_scalar(node)
            yield from value_references(reading.value, place.evidence, sealed=place.document.sealed)
        case Alias():
            return


def bound(rows: Iterable[Row], place: Place, separator: str = ": ") -> Iterator[HostRef]:
    """The references of one scope; those in merged mappings are context only."""
    scope, rows = Scope(place.path, place.evidence, separator, place.document.sealed), list(rows)
    foreign = {row.literal for row in rows if row.foreign and row.literal is not None}
    for ref in references([row.binding for row in rows], scope):
        span = ref.slot.container.span if ref.slot.container else ref.slot.span
        if not any(literal.start <= span.start and span.end <= literal.end for literal in foreign):
            yield ref


def environment(items: Iterable[Node], place: Place) -> Iterator[Found]:
    """A list of `{name: X, value: Y}`: one scope, whatever the order of the keys."""
    rows = []
    for item in items:
        name = next((text for key in _NAME_KEYS if (text := child_text(item, key))), "")
        value = next((found for key in _VALUE_KEYS if (found := child(item, key)) is not None), None)
        value = place.document.resolved(value) if value is not None else None
        if isinstance(value, Scalar):
            rows.append(Row(Binding(name, read_scalar(value).value), value.literal))
        elif (source := child(item, "valueFrom")) is not None:
            rows.append(Row(Binding(name, hidden=_source(source))))
    yield from bound(rows, replace(place, path=()), "=")


def text_references(name: str, reading: Reading, place: Place) -> Iterator[Found]:
    """A value that is a text of its own."""
    if place.document.read_yaml is None:
        yield from value_references(reading.value, place.evidence, sealed=place.document.sealed)
        return
    inner = Inner(name, reading, place.evidence, place.document.sealed)
    found = nested_references(inner, place.document.read_yaml)
    yield from found.refs
    yield from (problem_at(place, reading, problem) for problem in found.problems)


def is_text(name: str, text: str) -> bool:
    """Whether a value is a text of its own: of several lines, or under the name of a file and not just a word."""
    bare = text.strip()
    return "\n" in bare or (bare.startswith(("{", "[")) and filelike(name))


def _mapping(node: Mapping, place: Place) -> Iterator[Found]:
    rows: list[Row] = []
    merged = [pair for key, value in node.pairs if key_text(key) == _MERGE for pair in _merged(value, place)]
    command: list[Scalar] = []
    for key, value in node.pairs:
        name, target = key_text(key), place.document.resolved(value)
        here = place.below(name)
        special = place.document.special(name, target, here)
        if special is not None:
            yield from special
        elif name in COMMANDS and (line := _words(target, place)):
            command += line
        elif not isinstance(value, Alias) or isinstance(target, Scalar):
            # What an alias stands for is read where its anchor is: following it could go on without end.
            rows += _rows(name, target, place)
            yield from _other(name, target, here)
    if command:
        yield from command_references(command, place)
    own = {row.binding.key for row in rows}
    beside = [row for name, value in merged if name not in own for row in _rows(name, value, place)]
    rows += [replace(row, foreign=True) for row in beside]
    yield from bound(rows, place)


def _merged(node: Node, place: Place) -> Iterator[tuple[str, Node]]:
    """What merged mappings tell about a connection: its other half, its engine."""
    sources = node.items if isinstance(node, Sequence) else (node,)
    for source in sources:
        target = place.document.resolved(source)
        if isinstance(target, Mapping):
            pairs = ((key_text(key), value) for key, value in target.pairs[:_MOST_MERGED])
            yield from ((name, place.document.resolved(value)) for name, value in pairs if _telling(name))


def _telling(name: str, path: tuple[str, ...] = ()) -> bool:
    """Whether a key is a connection's: a host, a port, an engine, a database, a user."""
    return read_key(name, path) is not None or not _BESIDE.isdisjoint(words(name))


def _rows(name: str, target: Node, place: Place) -> list[Row]:
    """The bindings that a pair adds to the scope of its mapping."""
    if isinstance(target, Scalar):
        reading = read_scalar(target)
        own = is_text(name, reading.text) or _is_script(name)
        mute = not _telling(name, place.path) and not any(form in reading.text for form in _FORMS)
        return [] if own or mute else [Row(Binding(name, reading.value), target.literal)]
    if isinstance(target, Sequence) and not _is_script(name) and not _assignments(name, target):
        scalars = [item for each in target.items if isinstance(item := place.document.resolved(each), Scalar)]
        return [Row(Binding(name, read_scalar(item).value, item=True), item.literal) for item in scalars]
    return []


def _other(name: str, target: Node, here: Place) -> Iterator[Found]:
    """What stands under a key and is no binding."""
    if isinstance(target, Mapping):
        yield from _mapping(target, _environment_place(name, here))
    elif isinstance(target, Sequence):
        yield from _list(name, target, here)
    elif isinstance(target, Scalar):
        reading = read_scalar(target)
        if _is_script(name):
            yield from script_references(reading, here)
        elif is_text(name, reading.text):
            yield from text_references(name, reading, here)


def _list(name: str, node: Sequence, here: Place) -> Iterator[Found]:
    if assignments := _assignments(name, node):
        yield from bound(assignments, replace(_environment_place(name, here), path=()), "=")
    elif _is_script(name):
        for item in node.items:
            if isinstance(item, Scalar):
                yield from script_references(read_scalar(item), here)
            else:
                yield from references_in(item, here)
    elif _is_environment(node):
        yield from environment(node.items, _environment_place(name, here))
    else:
        for item in node.items:
            if not isinstance(item, Scalar):
                yield from references_in(item, here)


def _sequence(node: Sequence, place: Place) -> Iterator[Found]:
    if _is_environment(node):
        yield from environment(node.items, place)
        return
    for item in node.items:
        yield from references_in(item, place)


def _is_script(name: str) -> bool:
    return name.rsplit(".", 1)[-1] in SCRIPTS


def _words(target: Node, place: Place) -> list[Scalar]:
    """The words of a command that is a list."""
    if not isinstance(target, Sequence):
        return []
    found = [item for each in target.items if isinstance(item := place.document.resolved(each), Scalar)]
    return found if len(found) == len(target.items) else []


def _assignments(name: str, node: Sequence) -> list[Row]:
    """The rows of a list of `NAME=value` texts; nothing where it is another list."""
    items = [item for item in node.items if isinstance(item, Scalar)]
    readings = [(item, read_scalar(item)) for item in items]
    fitting = [(item, reading) for item, reading in readings if _ASSIGNMENT.match(reading.text)]
    if not fitting or len(items) != len(node.items) or (name not in _ENVIRONMENT and len(fitting) != len(items)):
        return []
    return [Row(_assignment(reading), item.literal) for item, reading in fitting]


def _assignment(reading: Reading) -> Binding:
    at = reading.text.index("=")
    return Binding(reading.text[:at], reading.part(at + 1, len(reading.text)).value)


def _is_environment(node: Sequence) -> bool:
    named = [item for item in node.items if any(child_text(item, key) for key in _NAME_KEYS)]
    valued = [item for item in named if any(child(item, key) is not None for key in (*_VALUE_KEYS, "valueFrom"))]
    return bool(valued) and len(named) == len(node.items)


def _environment_place(name: str, here: Place) -> Place:
    """The place of environment variables: a container's where the document is a Kubernetes object."""
    if _ENVIRONMENT.isdisjoint(words(name)):
        return here
    if here.document.label:
        return here.saying(Evidence(Clue.PLACE, f"container env of {here.document.label}"))
    if name == "environment" and len(here.path) > 2 and here.path[-3] == "services":
        service = shown(here.path[-2])
        return here.saying(Evidence(Clue.PLACE, f"environment of service {service}".rstrip()))
    return here


def _source(node: Node) -> str:
    """Where a variable's value stands: "secretKeyRef orders-db/port"."""
    kind = key_text(node.pairs[0][0]) if isinstance(node, Mapping) and node.pairs else ""
    name, key = child_text(node, kind, "name"), child_text(node, kind, "key")
    place = "/".join(part for part in (shown(name), shown(key)) if part)
    return f"{shown(kind) or 'valueFrom'} {place}".rstrip()

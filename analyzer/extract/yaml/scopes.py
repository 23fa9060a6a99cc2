"""Plain YAML: every mapping is a scope of bindings, lists hold hosts, assignments, environment variables or commands.

Any tool's file is read the same way; what Kubernetes objects mean stands in `kubernetes`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.bindings import Binding, value_references
from analyzer.extract.keyed.keys import read_key
from analyzer.extract.keyed.vocabulary import MEMBERS, PROBED, TRAITS
from analyzer.extract.keyed.words import words
from analyzer.extract.nature.infrakeys import MONITORING, SCRAPING
from analyzer.extract.yaml.commandlines import COMMANDS, SCRIPTS, command_references, script_references
from analyzer.extract.yaml.connections import of_engine
from analyzer.extract.yaml.environments import (
    assignments,
    environment,
    environment_place,
    environments,
    is_environment,
)
from analyzer.extract.yaml.places import Found, Place, key_text, region
from analyzer.extract.yaml.prose import PROSE, WRITTEN
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.texts import is_text, text_references
from analyzer.templates.segments import GONE_TEXT
from analyzer.yamltree import Alias, Mapping, Node, Scalar, Sequence

__all__ = ["Row", "bound", "is_text", "references_in", "text_references"]

_MERGE = "<<"
_PROGRAM = re.compile(r"[\w./\-]{1,200}")
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
_BESIDE |= TRAITS | PROBED
_FORMS = ("://", "=", "@", "(")  # one of them stands in every connection string
_ACTIONS = ("{{", "{%", "<%", GONE_TEXT)  # what a value reads as may differ from its spelling
_SIGNS = (*_FORMS, *_ACTIONS)
_TEXT_SIGNS = ("\n", "{", "[", *_ACTIONS)  # one of them stands in every text of its own
# Tags whose text names another place: CloudFormation, GitLab, Home Assistant, Ansible.
_REFERENCES = frozenset(
    {"!Ref", "!GetAtt", "!ImportValue", "!FindInMap", "!reference", "!secret", "!include", "!vault"}
)
_FILES = {"python": "script.py", "pwsh": "script.ps1", "powershell": "script.ps1"}  # by who reads them
_MOST_LINES = 5_000  # of one script that is a list
_MOST_ENVIRONMENTS = 8  # whose variables scripts at one place are given
_MOST_MERGED = 50  # pairs of other mappings that are looked at beside a mapping's own


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


def _mapping(node: Mapping, place: Place) -> Iterator[Found]:
    place = of_engine(node, place.document.inside(node, place))
    if given := environments(node, place):
        place = replace(place, environments=(*place.environments, *given)[-_MOST_ENVIRONMENTS:])
    rows: list[Row] = []
    merged = [pair for key, value in node.pairs if key_text(key) == _MERGE for pair in _merged(value, place)]
    command: dict[str, list[Scalar]] = {}
    for key, value in node.pairs:
        name, target = key_text(key), place.document.resolved(value)
        here = place.below(name)
        special = place.document.special(name, target, here)
        if special is not None:
            yield from special
        elif name in SCRAPING and isinstance(target, Mapping | Sequence):
            yield region(target, MONITORING)
        elif name in PROSE and isinstance(target, Scalar):
            yield from references_in(target, here.saying(WRITTEN))
        elif name in COMMANDS and (line := _words(target, place) or _program(target, node)):
            command[name] = line
        elif not isinstance(value, Alias) or isinstance(target, Scalar):
            # What an alias stands for is read where its anchor is: following it could go on without end.
            rows += _rows(name, target, place)
            yield from _other(name, target, here)
    if command:
        line = [word for name in COMMANDS for word in command.get(name, ())]
        yield from command_references(line, place)
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
            yield from ((name, place.document.resolved(value)) for name, value in pairs if _completes(name))


def _completes(name: str) -> bool:
    """Whether a key says something about a host that stands elsewhere; hosts are told where they stand."""
    clue = read_key(name)
    return clue.role in {"port", "dsn"} if clue is not None else not _BESIDE.isdisjoint(words(name))


def _telling(name: str, path: tuple[str, ...] = ()) -> bool:
    """Whether a key is a connection's: a host, a port, an engine, a database, a user."""
    return read_key(name, path) is not None or not _BESIDE.isdisjoint(words(name))


def _rows(name: str, target: Node, place: Place) -> list[Row]:
    """The bindings that a pair adds to the scope of its mapping."""
    if isinstance(target, Scalar) and target.tag in _REFERENCES:
        return [Row(Binding(name, hidden=f"a {target.tag} of the file"))]
    if isinstance(target, Scalar):
        if not _telling(name, place.path) and not any(sign in target.value for sign in _SIGNS):
            return []
        reading = read_scalar(target)
        own = is_text(name, reading.text) or _is_script(name)
        mute = not _telling(name, place.path) and not any(form in reading.text for form in _FORMS)
        return [] if own or mute else [Row(Binding(name, reading.value), target.literal)]
    if isinstance(target, Sequence) and not _is_script(name) and not assignments(name, target):
        scalars = [item for each in target.items if isinstance(item := place.document.resolved(each), Scalar)]
        if not scalars and words(name)[-1:] and words(name)[-1] in MEMBERS:
            return [Row(Binding(name, hidden="a list of servers"))]
        return [Row(Binding(name, read_scalar(item).value, item=True), item.literal) for item in scalars]
    return []


def _other(name: str, target: Node, here: Place) -> Iterator[Found]:
    """What stands under a key and is no binding."""
    if isinstance(target, Mapping):
        yield from _mapping(target, environment_place(name, target, here))
    elif isinstance(target, Sequence):
        yield from _list(name, target, here)
    elif isinstance(target, Scalar) and (
        _is_script(name) or target.style == "|" or any(sign in target.value for sign in _TEXT_SIGNS)
    ):
        reading = read_scalar(target)
        if _is_script(name) and here.interpreter:
            # Under a name that no format has, a program is searched as text.
            yield from text_references(_FILES.get(here.interpreter, "script"), reading, here)
        elif _is_script(name):
            yield from script_references([reading], here)
        elif is_text(name, reading.text):
            yield from text_references(name, reading, here)


def _list(name: str, node: Sequence, here: Place) -> Iterator[Found]:
    if rows := assignments(name, node):
        yield from bound(rows, replace(environment_place(name, node, here), path=()), "=")
    elif _is_script(name):
        yield from script_references([read_scalar(line) for line in script_lines(node, here)], here)
        for item in node.items:
            if isinstance(item, Mapping):
                yield from references_in(item, here)
    elif is_environment(node):
        yield from environment(node.items, environment_place(name, node, here))
    else:
        for item in node.items:
            if not isinstance(item, Scalar):
                yield from references_in(item, here)


def script_lines(node: Sequence, place: Place) -> list[Scalar]:
    """The lines of a script that is a list; lists in it, and those that it names (`- *setup`), are part of it."""
    lines: list[Scalar] = []
    for each in node.items:
        item = place.document.resolved(each)
        found = (place.document.resolved(line) for line in item.items) if isinstance(item, Sequence) else (item,)
        lines += (line for line in found if isinstance(line, Scalar))
        if len(lines) > _MOST_LINES:
            break
    return lines[:_MOST_LINES]


def _sequence(node: Sequence, place: Place) -> Iterator[Found]:
    if is_environment(node):
        yield from environment(node.items, place)
        return
    for item in node.items:
        yield from references_in(item, place)


def _is_script(name: str) -> bool:
    return name.rsplit(".", 1)[-1] in SCRIPTS


def _program(target: Node, node: Mapping) -> list[Scalar]:
    """A command of one word whose arguments stand beside it as a list."""
    if not isinstance(target, Scalar) or not _PROGRAM.fullmatch(target.value):
        return []
    listed = any(key_text(key) in COMMANDS and isinstance(value, Sequence) for key, value in node.pairs)
    return [target] if listed else []


def _words(target: Node, place: Place) -> list[Scalar]:
    """The words of a command that is a list."""
    if not isinstance(target, Sequence):
        return []
    found = [item for each in target.items if isinstance(item := place.document.resolved(each), Scalar)]
    return found if len(found) == len(target.items) else []

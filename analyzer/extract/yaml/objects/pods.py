"""Pods: containers wherever they stand, so that custom resources need no knowledge of their kind.

Exporters are told as operation, probes too; a container that waits for a database's port depends on that server.
API: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from analyzer.extract import format_of
from analyzer.extract.keyed.words import words
from analyzer.extract.yaml.commandlines import script_references
from analyzer.extract.yaml.objects.aliases import host_alias
from analyzer.extract.yaml.objects.exporters import exporter, operated
from analyzer.extract.yaml.objects.thing import Thing, items
from analyzer.extract.yaml.objects.waiting import waiting
from analyzer.extract.yaml.places import Found, Place, child, child_text, key_text, region
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.scopes import references_in
from analyzer.extract.yaml.texts import text_references
from analyzer.model import Clue, Evidence, HostRef, Intent
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_LISTS = frozenset({"containers", "initContainers", "ephemeralContainers", "sidecars"})
_PROBES = frozenset({"tcpSocket", "httpGet"})
_MIGRATIONS = frozenset({"migrate", "migration", "migrations", "migrator", "flyway", "liquibase", "alembic"})
_RUN = frozenset({Clue.COMMAND, Clue.CALL})
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})


def read(thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """Containers, their probes and scripts, and names that a Pod is told; None for any other key."""
    if key in _LISTS and isinstance(node, Sequence):
        return chain.from_iterable(_container(thing, item, place) for item in node.items)
    if key == "container" and isinstance(node, Mapping):  # Argo Workflow
        return _container(thing, node, place)
    if key == "script" and isinstance(node, Mapping):
        return _script(thing, node, place)
    if key in _PROBES and isinstance(node, Mapping):
        return references_in(node, replace(place, path=()).saying(Evidence(Clue.OPERATION, f"{key} probe")))
    if key == "hostAliases" and isinstance(node, Sequence):
        return chain.from_iterable(host_alias(thing, item, place) for item in node.items)
    return None


def _container(thing: Thing, node: Node, place: Place) -> Iterator[Found]:
    name = child_text(node, "name")
    found = references_in(node, replace(place, path=()))
    nature = exporter(name, thing.name, child_text(node, "image"))
    if nature is not None:
        yield region(node, nature)
        yield from operated(found, nature)
        return
    migrates = not _MIGRATIONS.isdisjoint(words(thing.name) + words(name))
    for item in found:
        if isinstance(item, HostRef):
            ref = _within(thing, waiting(item, place.document.source.data))
            unclear = migrates and ref.intent is Intent.UNKNOWN
            yield replace(ref, intent=Intent.WRITE) if unclear else ref
        else:
            yield item


def _within(thing: Thing, ref: HostRef) -> HostRef:
    """A reference in a command, with the workload that runs it; what feeds a container says so already."""
    clues = {evidence.clue for evidence in ref.evidence}
    if Clue.PLACE in clues or clues.isdisjoint(_RUN):
        return ref
    return replace(ref, evidence=(*ref.evidence, Evidence(Clue.PLACE, f"container command of {thing.label}")))


def _script(thing: Thing, node: Mapping, place: Place) -> Iterator[Found]:
    """A container whose program is a text in `source` (Argo Workflow)."""
    rest = tuple(pair for pair in node.pairs if key_text(pair[0]) != "source")
    yield from _container(thing, replace(node, pairs=rest), place)
    source = child(node, "source")
    if not isinstance(source, Scalar):
        return
    reading = read_scalar(source)
    program = next((word.value for word in items(child(node, "command")) if isinstance(word, Scalar)), "")
    program = program.rsplit("/", 1)[-1]
    if program in _SHELLS:
        yield from script_references([reading], place)
    else:
        name = "script.py" if program.startswith("python") else "script"
        module = format_of(name, reading.encoded[:200]).module
        yield from text_references(f"{name}.sh" if module == "shell" else name, reading, place)

"""Texts that tell of clusters, by the name of their signature."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import TypeAlias, cast

from analyzer.extract.nature.infrastructure import signature
from analyzer.model import Evidence, Extraction, Roster
from analyzer.source import SourceFile

Read: TypeAlias = Callable[[SourceFile], Iterator[Roster]]

READERS: dict[str, str] = {
    "HAProxy configuration": "haproxy",
    "keepalived configuration": "keepalived",
    "Redis Sentinel configuration": "sentinel",
    "Galera configuration": "galera",
    "ProxySQL configuration": "proxysql",
    "PgBouncer configuration": "pgbouncer",
    "Ansible inventory": "inventories",
}
"""The module that reads a text, by the name of its signature."""


def text_rosters(source: SourceFile, nature: Evidence | None) -> tuple[Roster, ...]:
    """The rosters of a text of that nature, in order."""
    module = READERS.get(nature.text) if nature is not None else None
    if module is None:
        return ()
    read = cast("Read", import_module(f"analyzer.extract.topology.{module}").rosters)
    return tuple(dict.fromkeys(read(source)))


def with_rosters(source: SourceFile, found: Extraction) -> Extraction:
    """What a reader of one of the formats of configuration files found, with the rosters of the text."""
    nature = found.nature or signature(source.path, source.text)
    return found if found.rosters else replace(found, rosters=text_rosters(source, nature))

"""The configuration of an OpenTelemetry collector: what its receivers watch is monitoring, what it exports to is not.

Format: https://opentelemetry.io/docs/collector/configuration/
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.yaml.places import Document, Found, Place, child, key_text, region
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node

_PARTS = frozenset({"receivers", "processors", "exporters", "connectors", "extensions", "service"})
_WATCHED = Evidence(Clue.INFRASTRUCTURE, "monitoring by an OpenTelemetry collector")


def is_collector(root: Node, _path: str) -> bool:
    """Whether a document configures a collector."""
    service = child(root, "service")
    piped = service is not None and isinstance(child(service, "pipelines"), Mapping)
    part = isinstance(root, Mapping) and all(key_text(key) in _PARTS for key, _ in root.pairs)
    return (piped or part) and isinstance(child(root, "receivers"), Mapping)


def collector_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a collector's exporters and extensions."""
    yield from references_in(root, Place(replace(document, special=_special)))


def _special(key: str, node: Node, place: Place) -> Iterator[Found] | None:
    watched = key in {"receivers", "scrapers"} and len(place.path) == 1
    return iter((region(node, _WATCHED),)) if watched else None

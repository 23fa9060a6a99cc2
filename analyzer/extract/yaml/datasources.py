"""Grafana's data sources: `type: postgres` beside `url: host:port`. Dashboards read.

Format: https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
"""

from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.serverrows import is_server
from analyzer.extract.yaml.places import Document, Found, Place, child, child_text
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Clue, Evidence, HostRef, Intent
from analyzer.yamltree import Mapping, Node, Sequence

_SERVER = Evidence(Clue.INFRASTRUCTURE, "data source of one server")
_PLACE = Evidence(Clue.PLACE, "Grafana data source")


def is_datasources(root: Node, _path: str) -> bool:
    """Whether a document provisions data sources."""
    sources = child(root, "datasources")
    return isinstance(sources, Sequence) and any(
        child_text(source, "type") and child(source, "url") is not None for source in sources.items
    )


def datasources_references(root: Node, document: Document) -> Iterator[Found]:
    """The databases that dashboards read from; a web address is one only where the type is a database's."""
    inside = replace(document, inside=_of_server)
    for item in references_in(root, Place(inside).saying(_PLACE)):
        yield replace(item, intent=Intent.READ) if isinstance(item, HostRef) and _unknown(item) else item


def _of_server(node: Mapping, place: Place) -> Place:
    """A source that is called by a server's own name shows that server, whichever leads."""
    return place.saying(_SERVER) if is_server(child_text(node, "name")) else place


def _unknown(ref: HostRef) -> bool:
    return ref.intent is Intent.UNKNOWN

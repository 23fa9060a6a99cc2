"""Grafana's data sources: `type: postgres` beside `url: host:port`. Dashboards read.

Format: https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from analyzer.extract.keyed.alike import Login, reaching_each
from analyzer.extract.keyed.keys import engine_of
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
    sources = child(root, "datasources")
    told = sources.items if isinstance(sources, Sequence) else ()
    each = reaching_each((_login(source), child_text(source, "url")) for source in told)
    inside = replace(document, inside=partial(_of_server, each))
    for item in references_in(root, Place(inside).saying(_PLACE)):
        yield replace(item, intent=Intent.READ) if isinstance(item, HostRef) and _unknown(item) else item


def _login(source: Node) -> Login:
    """The database of a source, with its type and its user."""
    database = child_text(source, "database") or child_text(source, "jsonData", "database")
    return Login(database, (child_text(source, "type"), child_text(source, "user")))


def _of_server(each: frozenset[Login], node: Mapping, place: Place) -> Place:
    """A source shows one server, whichever leads, where it has that server's name, or others differ by theirs alone."""
    name = child_text(node, "name")
    own = _login(node) in each and engine_of(child_text(node, "type")) is not None
    return place.saying(_SERVER) if own or any(map(is_server, name.split())) else place


def _unknown(ref: HostRef) -> bool:
    return ref.intent is Intent.UNKNOWN

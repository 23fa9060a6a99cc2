"""The inventory as one table, a row a place (RFC 4180, with a header), for spreadsheets.

A cell that a spreadsheet would take for a formula starts with an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
import io
from collections.abc import Iterable, Iterator

from analyzer.inventory import Hidden, Inventory, Place, WrongPort
from analyzer.visible import visible

Cells = tuple[object, ...]

_HEADER: Cells = ("kind", "cluster", "engine", "member", "host", "port", "use", "intent", "application")
_HEADER += ("path", "line", "column", "evidence", "excused")
_FORMULA = ("=", "+", "-", "@", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LONGEST = 1000


def render(inventory: Inventory, *, verbose: bool) -> str:  # noqa: ARG001  nothing is left out anyway
    """The whole inventory; lines end with CR LF."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_HEADER)
    writer.writerows([_cell(cell) for cell in row] for row in _rows(inventory))
    return file.getvalue()


def _rows(inventory: Inventory) -> Iterator[Cells]:
    for cluster in inventory.clusters:
        for endpoint in cluster.endpoints:
            where = (f"{endpoint.intent} endpoint", endpoint.host, endpoint.port, "declared", endpoint.intent)
            yield ("endpoint", cluster.name, cluster.engine, *where, *("",) * 6)
        for node in cluster.nodes:
            yield ("node", cluster.name, cluster.engine, node.name, node.name, "", "declared", *("",) * 7)
        yield from _places("place", cluster.name, cluster.engine, cluster.places)
        yield from (_told("wrong-port", each, cluster.name) for each in cluster.wrong_ports)
    for group in inventory.strangers:
        for stranger in group.hosts:
            yield from _places("unmanaged", "", group.engine or "", stranger.places)
    yield from (_told("hidden", each) for each in inventory.hidden)


def _places(kind: str, cluster: str, engine: str, places: Iterable[Place]) -> Iterator[Cells]:
    for place in places:
        member = place.node or (f"{place.door} endpoint" if place.door else "")
        port = "" if place.port is None else place.port
        who = (place.use, place.intent, place.application, place.path, place.line, place.column)
        why = ("; ".join(place.evidence), place.excused)
        yield (kind, cluster, engine, member, place.host, port, *who, *why)


def _told(kind: str, each: WrongPort | Hidden, cluster: str = "") -> Cells:
    return (kind, cluster, *("",) * 7, each.path, each.line, each.column, each.message, "")


def _cell(value: object) -> object:
    if isinstance(value, int):
        return value
    shown = visible(str(value), _LONGEST)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown

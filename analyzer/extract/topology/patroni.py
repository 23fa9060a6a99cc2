"""Patroni: the configuration of one member, and the member lists of `patronictl list` and of the REST interface.

Formats: https://patroni.readthedocs.io/en/latest/yaml_configuration.html (scope, name, restapi, postgresql),
`patronictl list -f json` and `GET /cluster` (https://patroni.readthedocs.io/en/latest/rest_api.html).
"""

import re
from collections.abc import Iterator

from analyzer.extract.keyed.keys import plain
from analyzer.extract.topology.addresses import Address, read_address
from analyzer.extract.yaml.places import child, child_text
from analyzer.hosts import HOLE
from analyzer.model import Engine, Roster, RosterKind, Server, Span
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_MOST = 200
_URL_PORT = re.compile(r"https?://[^/\s]{1,255}:(\d{1,5})/")


def rosters(root: Node) -> Iterator[Roster]:
    """What a document tells of Patroni clusters."""
    if isinstance(root, Sequence):
        yield from _listed(root)
    elif isinstance(root, Mapping):
        yield from _member(root)
        yield from _cluster(root)


def _member(root: Mapping) -> Iterator[Roster]:
    """`patroni.yml` of one server."""
    postgresql, restapi = child(root, "postgresql"), child(root, "restapi")
    if postgresql is None or restapi is None:
        return
    own = _address(child(postgresql, "connect_address")) or _address(child(restapi, "connect_address"))
    if own is None:
        return
    address, node = own
    name = _shown(child_text(root, "name"))
    api = _address(child(restapi, "connect_address"))
    port = address.port if node is child(postgresql, "connect_address") else None
    server = Server(address.host, _span(node), port, _other(name, address), check_port=api[0].port if api else None)
    what = f"Patroni member {name}".rstrip()
    scope = _shown(child_text(root, "scope"))
    yield Roster(RosterKind.MEMBER, what, _span(node), (server,), name=scope, engine=Engine.POSTGRESQL)


def _listed(root: Sequence) -> Iterator[Roster]:
    """`patronictl list -f json`: a row for each member, of one cluster or of several."""
    rows = [item for item in root.items[:_MOST] if child_text(item, "Member")]
    if not rows or len(rows) != len(root.items):
        return
    for cluster in dict.fromkeys(map(_failing_over, rows)):
        own = [row for row in rows if _failing_over(row) == cluster]
        yield from _members(own, ("Member", "Host", "Port"), "patronictl list", _shown("-".join(filter(None, cluster))))


def _failing_over(row: Node) -> tuple[str, str]:
    """What fails over together: of a Citus cluster each group for itself."""
    return child_text(row, "Cluster"), child_text(row, "Group")


def _cluster(root: Mapping) -> Iterator[Roster]:
    """`GET /cluster` of the REST interface."""
    members = child(root, "members")
    if not isinstance(members, Sequence):
        return
    rows = [item for item in members.items[:_MOST] if child_text(item, "role") and child_text(item, "name")]
    if rows and len(rows) == len(members.items):
        yield from _members(rows, ("name", "host", "port"), "Patroni /cluster", _shown(child_text(root, "scope")))


def _members(rows: list[Node], keys: tuple[str, str, str], what: str, name: str) -> Iterator[Roster]:
    servers = []
    for row in rows:
        found = _address(child(row, keys[1]))
        if found is None:
            continue
        address, node = found
        written = child_text(row, keys[2])
        port = int(written) if written.isdecimal() and len(written) < 6 else address.port
        names = _other(_shown(child_text(row, keys[0])), address)
        servers.append(
            Server(address.host, _span(node), port, names, check_port=_rest_port(child_text(row, "api_url")))
        )
    if servers:
        whole = len(servers) == len(rows)
        span = servers[0].span
        yield Roster(RosterKind.MEMBERS, what, span, tuple(servers), name=name, engine=Engine.POSTGRESQL, whole=whole)


def _rest_port(url: str) -> int | None:
    """The port of `http://10.0.0.120:8008/patroni`."""
    found = _URL_PORT.match(url)
    return int(found[1]) if found else None


def _address(node: Node | None) -> tuple[Address, Scalar] | None:
    """A literal address; None where a template or a variable fills it in."""
    if not isinstance(node, Scalar):
        return None
    found = read_address(node.value.strip())
    return (found, node) if found is not None and found.host and HOLE not in found.host else None


def _other(name: str, address: Address) -> tuple[str, ...]:
    return (name,) if name and name != address.host else ()


def _shown(name: str) -> str:
    return name if plain(name) else ""


def _span(node: Scalar) -> Span:
    return node.literal

"""Variables of Ansible and Puppet: `group_vars`, `host_vars`, role defaults, Hiera data, YAML inventories.

A variable feeds whatever application it configures, unless its own name, its file or its group tells that it belongs to
the servers, the proxy, monitoring or the network. Reference: https://docs.ansible.com/ansible/latest/inventory_guide/
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.keys import read_key
from analyzer.extract.nature.infrakeys import (
    engine_group,
    infrastructure_file,
    infrastructure_key,
    server_group,
    server_name,
)
from analyzer.extract.yaml.places import Document, Found, Place, child, key_text, region
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_PATH = re.compile(
    r"(?:.*/)?(?:group_vars|host_vars|hieradata|hiera)/.*|(?:.*/)?roles/[^/]+/(?:defaults|vars)/.*"
    r"|(?:.*/)?(?:defaults|vars)/(?:main|[^/]*)\.ya?ml"
)
INVENTORY = Evidence(Clue.INFRASTRUCTURE, "Ansible inventory")
_MEMBER_ROLE = Evidence(Clue.INFRASTRUCTURE, "the role of a member of the group")
_LOGIN = ("ansible_", "ansible-")


def is_variables(root: Node, path: str) -> bool:
    """Whether a document holds variables of Ansible or Puppet, by its path or by Puppet's double colons."""
    if not isinstance(root, Mapping):
        return False
    return _PATH.fullmatch(path) is not None or any("::" in key_text(key) for key, _ in root.pairs[:50])


def variables_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a file of variables."""
    nature = infrastructure_file(document.source.path)
    place = Place(replace(document, special=_role if engine_group(document.source.path) else variable))
    yield from references_in(root, place.saying(nature) if nature else place)
    if nature:
        yield region(root, nature)


def variable(key: str, node: Node, _place: Place) -> Iterator[Found] | None:
    """What a variable's name means; None where it may be an application's."""
    if key.startswith(_LOGIN):
        return iter((region(node, INVENTORY),))
    nature = infrastructure_key(key, listed=isinstance(node, Mapping | Sequence))
    return iter((region(node, nature),)) if nature is not None else None


def _role(key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """The same among the variables of the servers themselves: a role of one of them names a member (`pg_leader`)."""
    clue = read_key(key)
    if clue is not None and (clue.machine or clue.stem == clue.words):
        return iter((region(node, _MEMBER_ROLE),))
    return variable(key, node, place)


def is_inventory(root: Node, _path: str) -> bool:
    """Whether a document is an inventory: groups that hold hosts, children or both."""
    if not isinstance(root, Mapping) or not root.pairs:
        return False
    groups = [value for _, value in root.pairs]
    return all(isinstance(group, Mapping) or _empty(group) for group in groups) and any(map(_is_group, groups))


def inventory_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a YAML inventory: its variables; names and addresses of servers are told as its regions."""
    yield from references_in(root, Place(replace(document, special=_member, inside=_group)))


def _is_group(group: Node) -> bool:
    hosts, children = child(group, "hosts"), child(group, "children")
    if isinstance(hosts, Mapping) and hosts.pairs:
        return all(isinstance(value, Mapping) or _empty(value) for _, value in hosts.pairs)
    return isinstance(children, Mapping) and all(_is_group(value) or _empty(value) for _, value in children.pairs)


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.value.strip()


def _group(_node: Mapping, place: Place) -> Place:
    """The variables of a group of database servers, or of one of them, are the servers' own."""
    path = place.path
    if path and path[-1] not in {"hosts", "vars", "children"} and (server_group(path[-1]) or _of_server(path)):
        return place.saying(INVENTORY)
    return place


def _of_server(path: tuple[str, ...]) -> bool:
    return len(path) > 1 and path[-2] == "hosts" and server_name(path[-1])


def _member(key: str, node: Node, place: Place) -> Iterator[Found] | None:
    above = place.path[-2] if len(place.path) > 1 else ""
    if key == "hosts" and isinstance(node, Mapping):
        return _hosts(node, place)
    if above == "hosts" or key in {"children", "vars", "hosts"} or above == "children" or len(place.path) == 1:
        return None
    return variable(key, node, place)


def _hosts(node: Mapping, place: Place) -> Iterator[Found]:
    yield from (region(name, INVENTORY) for name, _ in node.pairs)
    yield from references_in(node, place)

"""Kamal's `deploy.yml`: the environment of the containers it starts, and the servers it starts them on.

Reference: https://kamal-deploy.org/docs/configuration/overview/
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.yaml.images import SERVERS, image_name, image_nature
from analyzer.extract.yaml.places import Document, Found, Place, child, child_text, key_text, region, shown
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Sequence

_DESTINATION = re.compile(r"(?:.*/)?config/deploy[^/]*\.ya?ml")
_FED = Evidence(Clue.PLACE, "environment of a container")
_DEPLOYED = Evidence(Clue.INFRASTRUCTURE, "servers that Kamal deploys to")
_HOSTS = frozenset({"host", "hosts", "port"})


def is_kamal(root: Node, path: str) -> bool:
    """Whether a document deploys a service with Kamal, or changes that for one destination."""
    keys = {key_text(key) for key, _ in root.pairs} if isinstance(root, Mapping) else set()
    own = keys & {"servers", "registry", "accessories"}
    return bool(own) and ({"service", "image"} <= keys or _DESTINATION.fullmatch(path) is not None)


def kamal_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a deployment."""
    yield from references_in(root, Place(replace(document, special=_special, inside=_inside)))


def _inside(node: Mapping, place: Place) -> Place:
    """An accessory may be the database itself, or an exporter."""
    if len(place.path) != 2 or place.path[0] != "accessories":
        return place
    image = child_text(node, "image")
    nature = image_nature(image, place.path[1])
    if nature is None and image_name(image) in SERVERS:
        nature = Evidence(Clue.INFRASTRUCTURE, f"the database server {shown(image_name(image))} itself")
    return place.saying(nature) if nature else place


def _special(key: str, node: Node, place: Place) -> Iterator[Found] | None:
    path = place.path
    if key == "env" and isinstance(node, Mapping):
        return references_in(node, replace(place, path=("environment",)).saying(_FED))
    if key in _HOSTS and len(path) > 1 and path[0] in {"servers", "accessories"}:
        return iter((region(node, _DEPLOYED),))
    lists = path[0] == "servers" and isinstance(node, Sequence) and len(path) <= 2
    if lists and child(node, "cmd") is None:
        return iter((region(node, _DEPLOYED),))
    return None

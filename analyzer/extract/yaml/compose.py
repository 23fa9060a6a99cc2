"""Docker Compose files, and the Swarm and Podman stacks that are written the same way.

What feeds an application is told by the service it stands in; addresses of the project's own network, published ports
and the like are no connections. Reference: https://docs.docker.com/reference/compose-file/
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from analyzer.extract.shell.clients import CLIENTS
from analyzer.extract.yaml.commandlines import command_references, script_references
from analyzer.extract.yaml.environments import assignments
from analyzer.extract.yaml.extrahosts import HostTable, host_entries
from analyzer.extract.yaml.images import SERVERS, image_name, image_nature
from analyzer.extract.yaml.ownnames import softened
from analyzer.extract.yaml.places import Document, Found, Place, child, child_text, key_text, nodes, region, shown
from analyzer.extract.yaml.rows import bound
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.scopes import references_in, script_lines
from analyzer.extract.yaml.texts import text_references
from analyzer.hosts import canonical
from analyzer.model import Clue, Evidence, HostRef
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_FILE = re.compile(r"(?:.*[._-])?(?:compose|stack)(?:[._-].*)?\.ya?ml")
_ESSENTIAL = frozenset({"image", "build", "extends"})
_TELLING = frozenset(
    {"environment", "env_file", "extra_hosts", "depends_on", "container_name", "healthcheck", "deploy"}
)
_NETWORK = frozenset(
    {"networks", "ports", "expose", "dns", "dns_search", "hostname", "domainname", "container_name", "network_mode"}
) | {"links", "external_links", "depends_on", "mac_address"}
_SKIPPED = frozenset({"env_file", "image"})
_OWN = Evidence(Clue.INFRASTRUCTURE, "network of the compose project")
_HEALTH = frozenset({"CMD", "CMD-SHELL", "NONE"})
_PROJECT = "the compose project"


def is_compose(root: Node, path: str) -> bool:
    """Whether a document is a Compose file: services with an image, a build or what only containers have."""
    services = [value for _, value in _services(root)]
    if not services or not all(isinstance(service, Mapping) for service in services):
        return False
    if _FILE.fullmatch(path.rsplit("/", 1)[-1].lower()):
        return True
    keys = {key_text(key) for service in services if isinstance(service, Mapping) for key, _ in service.pairs}
    return bool(keys & _ESSENTIAL) or keys == {"environment"} or len(keys & _TELLING) > 1


def compose_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a Compose file."""
    reader = _Compose(root, document)
    found = list(references_in(root, Place(replace(document, special=reader.special, inside=reader.inside))))
    refs = [item for item in found if isinstance(item, HostRef)]
    for item in (*found, *reader.table.references(refs)):
        yield softened(item, reader.names, _PROJECT) if isinstance(item, HostRef) else item
    yield from reader.regions(root)


class _Compose:
    """How the keys of one Compose file are read."""

    def __init__(self, root: Node, document: Document) -> None:
        self._document = document
        self._fed = _fed(root, document)
        self._targets = _targets(root)
        self._natures = {name: _nature(name, service) for name, service in _services(root)}
        self._read: set[int] = set()
        self.names = frozenset(canonical(name) for name in _names(root, document))
        self.table = HostTable()

    def regions(self, root: Node) -> Iterator[Found]:
        """Stretches that belong to no application: the names of services, services of the cluster itself."""
        services = child(root, "services")
        for key, service in services.pairs if isinstance(services, Mapping) else ():
            yield region(key, _OWN)
            if (nature := self._natures.get(key_text(key))) is not None:
                yield region(service, nature)

    def inside(self, node: Mapping, place: Place) -> Place:
        """What a mapping says about all in it: a service of the cluster, an environment."""
        if len(place.path) == 2 and place.path[0] == "services":
            nature = self._natures.get(place.path[1])
            return place.saying(nature) if nature else place
        service = self._fed.get(node.start)
        # The name of a service says nothing about its variables: PRIMARY of `api` is no web server.
        return place if service is None else replace(place, path=("environment",)).saying(_environment(service))

    def special(self, key: str, node: Node, place: Place) -> Iterator[Found] | None:
        """What a key means in a Compose file; None where it means what it says."""
        if _of_service(place.path):
            if key in _SKIPPED:
                return iter(())
            if key == "extra_hosts":
                return self._extra_hosts(node, place)
        if (_of_service(place.path) or len(place.path) == 1) and key in _NETWORK:
            return iter((region(node, _OWN),))
        if isinstance(node, Sequence) and (key == "environment" or node.start in self._fed or place.path[-2:] == _ARGS):
            return self._listed(node, place)
        if key == "test" and place.path[-2:] == ("healthcheck", "test"):
            return _health(node, place)
        if key == "content" and len(place.path) == 3 and place.path[0] == "configs" and isinstance(node, Scalar):
            name = self._targets.get(place.path[1], place.path[1])
            return text_references(
                name, read_scalar(node), place.saying(Evidence(Clue.PLACE, "config of the services"))
            )
        return None

    def _extra_hosts(self, node: Node, place: Place) -> Iterator[Found]:
        service = shown(place.path[-2]) if len(place.path) > 1 else ""
        here = place.saying(Evidence(Clue.PLACE, f"extra_hosts of service {service}".rstrip()))
        self.table.add(host_entries(node, here), here)
        return iter(())

    def _listed(self, node: Sequence, place: Place) -> Iterator[Found]:
        """A list of `NAME=value`, read once whatever names it."""
        if node.start in self._read:
            return
        self._read.add(node.start)
        service = self._fed.get(node.start)
        here = place.saying(_environment(service)) if service is not None else place
        yield from bound(assignments("environment", node), replace(here, path=()), "=")


_ARGS = ("build", "args")


def _of_service(path: tuple[str, ...]) -> bool:
    """Whether a path is that of a service's key, or of a fragment's that services take in."""
    return (len(path) == 3 and path[0] == "services") or (len(path) == 2 and path[0].startswith("x-"))


def _services(root: Node) -> Iterator[tuple[str, Node]]:
    services = child(root, "services")
    for key, value in services.pairs if isinstance(services, Mapping) else ():
        if not key_text(key).startswith("x-"):
            yield key_text(key), value


def _environment(service: str) -> Evidence:
    return Evidence(Clue.PLACE, f"environment of service {shown(service)}".rstrip() if service else "environment")


def _fed(root: Node, document: Document) -> dict[int, str]:
    """The maps and lists that become an environment, by their first byte, those that are merged included."""
    fed: dict[int, str] = {}
    services = {value.start: name for name, value in _services(root)}
    for node in nodes(root):
        environment = child(node, "environment")
        if environment is None:
            continue
        service, target = services.get(node.start, ""), document.resolved(environment)
        merged = (value for key, value in target.pairs if key_text(key) == "<<") if isinstance(target, Mapping) else ()
        sources = chain.from_iterable(each.items if isinstance(each, Sequence) else (each,) for each in merged)
        for each in (target, *(document.resolved(source) for source in sources)):
            if isinstance(each, Mapping | Sequence):
                fed.setdefault(each.start, service)
    return fed


def _targets(root: Node) -> dict[str, str]:
    """The file as which a config is mounted, by the config's name."""
    mounted = (
        (child_text(entry, "source"), child_text(entry, "target"))
        for _, service in _services(root)
        if isinstance(configs := child(service, "configs"), Sequence)
        for entry in configs.items
    )
    return {source: target for source, target in mounted if source and target}


def _nature(name: str, service: Node) -> Evidence | None:
    """Why a service is no application: by its image, or as a database server that runs no client."""
    image = child_text(service, "image")
    nature = image_nature(image, name)
    if nature is None and image_name(image) in SERVERS and not _runs_client(service):
        return Evidence(Clue.INFRASTRUCTURE, f"the database server {shown(image_name(image))} itself")
    return nature


def _runs_client(service: Node) -> bool:
    parts = [child(service, key) for key in ("entrypoint", "command")]
    words = " ".join(
        node.value for part in parts if part is not None for node in nodes(part) if isinstance(node, Scalar)
    )
    return not CLIENTS.keys().isdisjoint(word.strip("'\"();&|") for word in words.replace("/", " ").split())


def _names(root: Node, document: Document) -> Iterator[str]:
    """The names under which the containers of a project find each other, and those that it adds to their hosts."""
    for name, each in _services(root):
        service = document.resolved(each)
        host, domain = child_text(service, "hostname"), child_text(service, "domainname")
        yield from (name, child_text(service, "container_name"), host, f"{host}.{domain}" if host and domain else "")
        networks = child(service, "networks")
        for _, network in networks.pairs if isinstance(networks, Mapping) else ():
            yield from _texts(child(network, "aliases"))
        yield from (text.partition(":")[2] for text in _texts(child(service, "links")))
        hosts = child(service, "extra_hosts")
        yield from (entry.name for entry in (host_entries(hosts, Place(document)) if hosts is not None else ()))


def _texts(node: Node | None) -> Iterator[str]:
    yield from (item.value for item in (node.items if isinstance(node, Sequence) else ()) if isinstance(item, Scalar))


def _health(node: Node, place: Place) -> Iterator[Found]:
    """`[CMD, program, ...]`, `[CMD-SHELL, script]` or a script."""
    if isinstance(node, Scalar):
        yield from script_references([read_scalar(node)], place)
        return
    lines = script_lines(node, place) if isinstance(node, Sequence) else []
    if lines and lines[0].value == "CMD-SHELL":
        yield from script_references([read_scalar(line) for line in lines[1:]], place)
    elif lines:
        yield from command_references(lines[1:] if lines[0].value in _HEALTH else lines, place)

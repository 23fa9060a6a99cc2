"""Ansible inventories, as INI and as YAML: the servers of a group whose name tells an engine or a proxy.

Format: https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.extract.topology.groups import group_roster
from analyzer.extract.topology.hostranges import expanded
from analyzer.extract.yaml.places import child, key_text
from analyzer.hosts import is_host
from analyzer.model import Roster, Server, Span
from analyzer.source import SourceFile
from analyzer.yamltree import Mapping, Node, Scalar

_LINE = re.compile(r"^[ \t]{0,40}(?P<text>[^\r\n#;][^\r\n]{0,2000})", re.MULTILINE)
_SECTION = re.compile(r"\[(?P<group>[^\]:]{1,128})(?::(?P<kind>[a-z]{1,10}))?\]")
_ADDRESS = re.compile(r"(?<=\s)ansible_(?:ssh_)?host=[\"']?(?P<host>[^\s\"'#]{1,255})")
_MOST = 100  # groups of one file that are followed
_DEEPEST = 8  # groups inside of groups


@dataclass
class _Group:
    """The hosts of a group and the groups below it."""

    span: Span
    servers: list[Server] = field(default_factory=list)
    children: list[str] = field(default_factory=list)


def rosters(source: SourceFile) -> Iterator[Roster]:
    """The groups of an INI inventory."""
    groups = _groups(source)
    known = {name: server for group in groups.values() for server in group.servers for name in server.names}
    for name, group in groups.items():
        servers = list(_members(name, groups, set()))
        yield from group_roster(name, group.span, [_addressed(server, known) for server in servers])


def _groups(source: SourceFile) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    name, kind = "", "vars"
    for line in _LINE.finditer(source.text):
        text, at = line["text"], line.start("text")
        if not text.strip():
            continue
        header = _SECTION.match(text)
        if header:
            name, kind = header["group"], header["kind"] or ""
            groups.setdefault(name, _Group(source.span(at, at + header.end())))
        elif kind == "children":
            groups[name].children.append(text.split()[0])
        elif not kind:
            groups[name].servers += _hosts(source, text, at)
    return groups


def _hosts(source: SourceFile, text: str, at: int) -> Iterator[Server]:
    """The servers of a line: a name or a range of names, with an address or without."""
    first = text.split(maxsplit=1)[0]
    address = _ADDRESS.search(text)
    if address and is_host(address["host"]) and is_host(first):
        names = (first,) if first != address["host"] else ()
        yield Server(address["host"], source.span(at + address.start("host"), at + address.end("host")), names=names)
        return
    span = source.span(at, at + len(first))
    yield from (Server(host, span) for host in expanded(first))


def _members(name: str, groups: dict[str, _Group], seen: set[str]) -> Iterator[Server]:
    """The servers of a group and of those below it, each group once."""
    group = groups.get(name) if name not in seen and len(seen) < _MOST else None
    if group is not None:
        seen.add(name)
        yield from group.servers
        for below in group.children:
            yield from _members(below, groups, seen)


def _addressed(server: Server, known: dict[str, Server]) -> Server:
    """A bare name that another group gives an address."""
    other = known.get(server.host)
    return Server(other.host, server.span, names=other.names) if other is not None else server


def yaml_rosters(root: Node) -> Iterator[Roster]:
    """The groups of a YAML inventory, those below `children` included."""
    open_groups = list(root.pairs) if isinstance(root, Mapping) else []
    seen = 0
    while open_groups and seen < _MOST * _DEEPEST:
        name, group = open_groups.pop(0)
        seen += 1
        servers = list(_yaml_members(group, 0))
        if isinstance(name, Scalar):
            yield from group_roster(key_text(name), name.literal, servers)
        below = child(group, "children")
        open_groups += below.pairs if isinstance(below, Mapping) else ()


def _yaml_members(group: Node, depth: int) -> Sequence[Server]:
    hosts, below = child(group, "hosts"), child(group, "children")
    found = [s for name, value in hosts.pairs for s in _yaml_hosts(name, value)] if isinstance(hosts, Mapping) else []
    if isinstance(below, Mapping) and depth < _DEEPEST:
        found += [server for _, value in below.pairs for server in _yaml_members(value, depth + 1)]
    return found


def _yaml_hosts(name: Node, value: Node) -> Iterator[Server]:
    own = key_text(name)
    address = child(value, "ansible_host")
    if not isinstance(name, Scalar):
        return
    if isinstance(address, Scalar) and is_host(address.value) and is_host(own):
        yield Server(address.value, address.literal, names=(own,) if own != address.value else ())
    else:
        yield from (Server(host, name.literal) for host in expanded(own))

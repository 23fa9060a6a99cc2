"""Which servers of which files are one machine, and which machines are one cluster: two partitions by union."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from analyzer.draft.nouns import Told
from analyzer.hosts import HOLE, canonical, is_address, is_host, uninteresting
from analyzer.model import Server
from analyzer.policy.notation import FormFault, read_form

T = TypeVar("T", bound=Hashable)
_NOWHERE = frozenset({"localhost", "localhost.localdomain"})


class Partition(Generic[T]):
    """Sets that grow together: https://en.wikipedia.org/wiki/Disjoint-set_data_structure."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def find(self, item: T) -> T:
        """The one that stands for the set of an item."""
        self._parent.setdefault(item, item)
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, items: Iterable[T]) -> None:
        """Make the sets of some items one; the first stays the one that stands for it."""
        first, *others = map(self.find, items)
        for other in others:
            self._parent[self.find(other)] = self.find(first)


def usable(host: str) -> bool:
    """Whether a policy may name a host as a server: no placeholder, no loopback, one address or name."""
    if not is_host(host) or HOLE in host or host.lower() in _NOWHERE:
        return False
    try:
        read_form(canonical(host))
    except FormFault:
        return False
    return not (is_address(host) and uninteresting(host) is not None)


class Machines:
    """The machines that some files tell of, by a key for each: an address where one is known."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._alias: Partition[str] = Partition()
        self._names: dict[str, set[str]] = defaultdict(set)
        pairs = [(canonical(server.host), canonical(name)) for server, name in _named(told)]
        hosts: dict[str, set[str]] = defaultdict(set)
        for host, name in pairs:
            hosts[name].add(host)
        # Addresses last, so that they stand for what has other names.
        pairs.sort(key=lambda pair: is_address(pair[0]))
        for host, name in pairs:
            # A name that several addresses bear is none of them: node1 of two environments.
            if len(hosts[name]) == 1:
                self._alias.join([host, name] if is_address(host) else [name, host])
        for host, name in pairs:
            if len(hosts[name]) == 1:
                self._names[self._alias.find(host)] |= {host, name}

    def key(self, server: Server) -> str:
        """The machine that a server is."""
        return self._alias.find(canonical(server.host))

    def names(self, key: str) -> Iterator[str]:
        """The other hosts by which a machine is known, in order."""
        yield from sorted(self._names[key] - {key})


def _named(told: Iterable[Told]) -> Iterator[tuple[Server, str]]:
    for each in told:
        for server in each.roster.servers:
            labels = [server.label] if _hostlike(server.label) else []
            yield from ((server, name) for name in (*server.names, *labels) if usable(server.host) and usable(name))


def _hostlike(label: str) -> bool:
    """Whether a proxy's word for a server is a host's name rather than a number: db-postgres-01, not pg1."""
    return len(label) > 5 and ("-" in label or "." in label) and any(c.isdigit() for c in label)

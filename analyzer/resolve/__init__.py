"""Host -> what the policy says it is: a node, an endpoint, or a stranger. Matching is by meaning, not by text.

Case, a trailing dot, IPv6 zeros and brackets do not matter. A short name is also known by the domains of its cluster's
other names, a qualified name by its first label where that holds a digit or a hyphen. Other spellings of the same host
(`::ffff:`, percent escapes, full-width digits, the numbers that inet_aton reads) match as disguised.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analyzer.hosts import HOLE
from analyzer.model import Cluster, Endpoint, Engine, Match, Policy, Resolution, Span
from analyzer.policy.forms import Addresses, Form, Names, within_domains
from analyzer.policy.notation import read_form
from analyzer.resolve.index import Entry, Index
from analyzer.resolve.needles import needles
from analyzer.resolve.partial import Candidates, partials
from analyzer.resolve.reading import read_host
from analyzer.resolve.sweep import Sweep

_MOST_CACHED = 4096


@dataclass(frozen=True, slots=True)
class _Member:
    """A node of a cluster: `label` is its declared host where that is one host only."""

    cluster: Cluster
    label: str


@dataclass(frozen=True, slots=True)
class _Door:
    cluster: Cluster
    endpoint: Endpoint


def speaks(engine: Engine | None, cluster: Cluster) -> bool:
    """Whether a place that speaks to an engine may mean a cluster; MariaDB speaks as MySQL, and None as any."""
    return engine is None or _family(engine) is _family(cluster.engine)


def only_address(resolution: Resolution | None) -> bool:
    """Whether a host is all that its cluster has."""
    if resolution is None or resolution.node is None:
        return False
    return [node.host for node in resolution.cluster.nodes] == [resolution.node]


class Resolver:
    """Answers for one checked policy."""

    def __init__(self, policy: Policy) -> None:
        entries = [entry for at, cluster in enumerate(policy.clusters) for entry in _entries(at, cluster)]
        self._forms = tuple(dict.fromkeys(entry.form for entry in entries))
        self._index = Index(entries)
        self._sweep = Sweep(self._forms)
        self._candidates = Candidates(_members(entries))
        self._known: dict[tuple[str, Engine | None], Resolution | None] = {}

    def resolve(self, host: str, engine: Engine | None = None) -> Resolution | None:
        """What the policy says about a host (decoded or not, with or without brackets); None for a stranger.

        Where clusters share an endpoint's host, `engine` tells them apart; otherwise all their endpoints are given.
        A host with a `HOLE` is no node, but may be one: the answer says which.
        """
        if len(self._known) > _MOST_CACHED:
            self._known.clear()
        key = (host, engine)
        if key not in self._known:
            self._known[key] = self._resolve(host, engine)
        return self._known[key]

    def port_kind(self, cluster: Cluster, port: int) -> str:
        """What a cluster uses a port for: "database" (its endpoints' ports too), "operation" or "unknown"."""
        if port in cluster.database_ports or any(port == endpoint.port for endpoint in cluster.endpoints):
            return "database"
        return "operation" if port in cluster.operation_ports else "unknown"

    def needles(self) -> tuple[bytes, ...]:
        """Regexes over bytes, one of which stands in every file that holds a declared node or endpoint."""
        return needles(self._forms)

    def mentions(self, data: bytes, *, endpoints: bool = False) -> Iterator[tuple[Span, str]]:
        """Declared nodes standing alone in raw bytes, in order, with their spelling; endpoints too where asked for."""
        found: list[tuple[Span, str]] = []
        covered = 0
        for span in sorted(self._sweep.candidates(data), key=lambda span: (span.start, -span.end)):
            host = data[span.start : span.end].decode("ascii")
            if span.start >= covered and self._means(host, endpoints=endpoints):
                found.append((span, host))
                covered = span.end
        yield from found

    def partials(self, data: bytes) -> Iterator[tuple[Span, str]]:
        """Hosts in raw bytes of which a template writes a part, and which may be nodes; in order, with a `HOLE`."""
        yield from ((span, host) for span, host in partials(data) if self.resolve(host) is not None)

    def _means(self, host: str, *, endpoints: bool) -> bool:
        """Bare numbers that inet_aton would take for an address (10.121) are versions and amounts in text."""
        found = self.resolve(host)
        if found is None or (found.node is None and not endpoints):
            return False
        return found.match is Match.EXACT or "%" in host or ":" in host

    def _possible(self, host: str) -> Resolution | None:
        found = list(self._candidates.find(host))
        if not found:
            return None
        cluster = found[0][1].cluster
        nodes = dict.fromkeys(member.label or name for name, member in found if member.cluster is cluster)
        return Resolution(cluster, Match.DISGUISED, possible=tuple(nodes))

    def _resolve(self, host: str, engine: Engine | None) -> Resolution | None:
        if HOLE in host:
            return self._possible(host)
        reading = read_host(host)
        if reading is None:
            return None
        match = Match.EXACT if reading.exact else Match.DISGUISED
        found = self._index.find(reading)
        for member in found:
            if isinstance(member, _Member):
                return Resolution(member.cluster, match, node=member.label or reading.key)
        doors = [door for door in found if isinstance(door, _Door)]
        doors = [door for door in doors if door.cluster.engine is engine] or doors
        if not doors:
            return None
        return Resolution(doors[0].cluster, match, endpoints=tuple(dict.fromkeys(door.endpoint for door in doors)))


class HostSet:
    """Hosts in the forms of a policy, as an `allow` entry lists them."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._index = Index([Entry(read_form(host), 0, host) for host in hosts])

    def contains(self, host: str) -> bool:
        """Whether a host is one of them, in any spelling."""
        reading = read_host(host)
        return reading is not None and bool(self._index.find(reading))


def _entries(at: int, cluster: Cluster) -> Iterator[Entry[_Member | _Door]]:
    for node in cluster.nodes:
        form = read_form(node.host)
        member = _Member(cluster, node.host if _is_one(form) else "")
        for known in (form, *map(read_form, node.names)):
            yield Entry(known, at, member)
    for endpoint in cluster.endpoints:
        door = _Door(cluster, endpoint)
        for host in (endpoint.host, *endpoint.names):
            yield Entry(read_form(host), at, door)


def _members(entries: Iterable[Entry[_Member | _Door]]) -> Iterator[tuple[Form, _Member]]:
    """The forms of nodes, short names also with the domains of their cluster."""
    named: dict[int, list[tuple[Names, _Member]]] = {}
    for entry in entries:
        if isinstance(entry.meaning, _Member):
            yield entry.form, entry.meaning
            if isinstance(entry.form, Names):
                named.setdefault(entry.cluster, []).append((entry.form, entry.meaning))
    for pairs in named.values():
        yield from ((form, pairs[at][1]) for at, form in within_domains([form for form, _ in pairs]))


def _is_one(form: Form) -> bool:
    return form.single is not None if isinstance(form, Addresses) else bool(form.name)


def _family(engine: Engine) -> Engine:
    return Engine.MYSQL if engine is Engine.MARIADB else engine

"""The nouns of an inventory: frozen dataclasses of hosts, ports, paths, plain identifiers and our own words."""

from dataclasses import dataclass

from analyzer.model import Coverage, Engine, Intent, Problem, Use


@dataclass(frozen=True, slots=True)
class Place:
    """A place that names a member of a cluster. `node` is empty for an endpoint, `door` (an intent) for a node.

    `excused`: why its finding does not count, where it has one.
    """

    path: str
    line: int
    column: int
    host: str
    port: int | None
    use: Use
    intent: Intent
    application: str
    evidence: tuple[str, ...]
    node: str = ""
    door: Intent | None = None
    excused: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many places do what."""

    connects: int = 0
    operates: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class FileTally:
    """The same of one file."""

    path: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class User:
    """An application that connects to a member, and in how many places."""

    application: str
    places: int


@dataclass(frozen=True, slots=True)
class EndpointEntry:
    """An endpoint and who connects to it, by whatever name."""

    intent: Intent
    host: str
    port: int
    names: tuple[str, ...]
    tally: Tally
    users: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """A node and who connects straight to it: they break when it fails over."""

    name: str
    names: tuple[str, ...]
    tally: Tally
    users: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class WrongPort:
    """An endpoint's host with a port where it does not serve; the message says which is right."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """A cluster and its places. `declared` are nodes that the policy names by a pattern.

    `alone` says what a cluster without a load balancer needs; it is empty for one that has an endpoint.
    """

    name: str
    engine: Engine
    endpoints: tuple[EndpointEntry, ...]
    nodes: tuple[NodeEntry, ...]
    declared: tuple[str, ...]
    tally: Tally
    files: tuple[FileTally, ...]
    places: tuple[Place, ...]
    wrong_ports: tuple[WrongPort, ...]
    alone: str

    @property
    def straight(self) -> int:
        """How many places connect to a node instead of an endpoint."""
        return sum(node.tally.connects for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A host in database connections that the policy does not know."""

    host: str
    ports: tuple[int, ...]
    users: tuple[User, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Strangers:
    """The strangers of one engine (None: it cannot be told), and the lines that would declare them."""

    engine: Engine | None
    hosts: tuple[Stranger, ...]
    suggestion: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A database value that cannot be seen; the message says where it lives."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that an audit tells. `policy` is the file in use, or None."""

    version: str
    policy: str | None
    coverage: Coverage
    clusters: tuple[ClusterEntry, ...]
    strangers: tuple[Strangers, ...]
    hidden: tuple[Hidden, ...]
    problems: tuple[Problem, ...]

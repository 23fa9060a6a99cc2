"""What a policy file declares, checked."""

from dataclasses import dataclass, field
from enum import StrEnum

from analyzer.model.place import Engine, Intent, Span


class Severity(StrEnum):
    """How much a finding weighs; `off` stands in policies only."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Node:
    """One server of a cluster: `host` as declared (address, range, CIDR, glob or name) and its other names."""

    host: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The stable address of a cluster for one intent: `host` is what fixes write, `names` lead there as well."""

    intent: Intent
    host: str
    port: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Servers of one engine that fail over among themselves; ports are defaults of the engine unless declared.

    `nodes_line` and `endpoints_line` are where the policy declares them, 0 where it is not known.
    """

    name: str
    engine: Engine
    nodes: tuple[Node, ...]
    endpoints: tuple[Endpoint, ...]
    database_ports: tuple[int, ...]
    operation_ports: tuple[int, ...]
    multi_host_dsn: str = "collapse"
    nodes_line: int = field(default=0, compare=False)
    endpoints_line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Allow:
    """An exception: findings about `hosts` in `paths` are suppressed until `expires` (ISO date).

    `span` is the entry in the bytes of the policy file.
    """

    paths: tuple[str, ...]
    hosts: tuple[str, ...]
    reason: str
    owner: str = ""
    expires: str = ""
    span: Span = field(default=Span(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """A checked policy file; `path` is None where there is none, `data` are its bytes."""

    clusters: tuple[Cluster, ...] = ()
    allow: tuple[Allow, ...] = ()
    exclude: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    path: str | None = None
    data: bytes = field(default=b"", repr=False, compare=False)

"""What an infrastructure file tells of clusters: servers that belong together, and how a proxy chooses among them.

Nothing here judges: a reader says what stands in the file, the policy is not known.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from analyzer.model.place import Engine, Intent, Span


class RosterKind(StrEnum):
    """Which sort of list it is, and so what it may be taken for."""

    PROXY = "proxy"  # what one section of a proxy leads to: all servers of a cluster, as a rule
    MEMBERS = "members"  # the cluster's own list of its members
    SEEDS = "seeds"  # some members, by which the others are found
    MEMBER = "member"  # the configuration of one member
    GROUP = "group"  # servers of a group, of one cluster or of several
    BALANCERS = "balancers"  # machines on which a proxy runs
    ADDRESS = "address"  # an address that moves between machines
    NAMES = "names"  # a server's name in full, wherever it stands


@dataclass(frozen=True, slots=True)
class Server:
    """One server of a roster. `names` are its other names there; `span` is where its host stands.

    `label` is what a proxy calls it, which need not be a host's name. `checked`: a proxy asks it whether it may be
    used, None where that cannot be seen; on `check_port` where that is another one than `port`, 0 where it is hidden.
    """

    host: str
    span: Span
    port: int | None = None
    names: tuple[str, ...] = ()
    label: str = ""
    checked: bool | None = None
    check_port: int | None = None


@dataclass(frozen=True, slots=True)
class Bind:
    """Where a proxy listens. `host` is empty for every address of its machine."""

    host: str
    port: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Probe:
    """How a proxy asks its servers. `asks` is what: a connection, an HTTP request, the handshake of a database.

    `path` is the request's. `wants` says which answers count: any, by their status, by their content, or by the role
    that Redis tells. `other`: a program, an agent, or anything else that cannot be read here. `span` is the line that
    says so, None where no line does.
    """

    asks: Literal["connection", "http", "pgsql", "mysql", "redis", "other"] = "connection"
    path: str = ""
    wants: Literal["any", "status", "content", "master"] = "any"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Servers that one place of a file names together.

    `what` names the place in words ("HAProxy listen orders_write"), `span` its header. `name` is the cluster's or the
    group's, where one is told. `whole`: no server of it is missing here or filled in later. Of proxies: `binds`,
    `probe`, and the `intent` that the section's name tells; `chosen`: another section leads to it by conditions.
    """

    kind: RosterKind
    what: str
    span: Span
    servers: tuple[Server, ...] = ()
    name: str = ""
    engine: Engine | None = None
    whole: bool = False
    intent: Intent = Intent.UNKNOWN
    binds: tuple[Bind, ...] = ()
    probe: Probe | None = None
    chosen: bool = False

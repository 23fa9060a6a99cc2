"""What a check is asked about: one reference, or servers that a file names together, with all that is known of them."""

from dataclasses import dataclass

from analyzer.model import Cluster, HostRef, Intent, Resolution, Roster, Server, Span, Usage, Verdict


@dataclass(frozen=True, slots=True)
class Subject:
    """One reference with all that is known of it.

    `members` resolves the hosts of its group, in order; `leads` is True for the first reference of a group.
    `port_kind` is "database", "operation" or "unknown". `elsewhere`: the host is a node of a cluster of another engine.
    `fronted` are the clusters of its engine that have an endpoint, of which a host without resolution may be a name;
    `namesake` is what its first label alone would be.
    """

    ref: HostRef
    usage: Usage
    resolution: Resolution | None
    members: tuple[Resolution | None, ...] = ()
    leads: bool = True
    port_kind: str = "unknown"
    elsewhere: Resolution | None = None
    fronted: tuple[Cluster, ...] = ()
    namesake: Resolution | None = None


@dataclass(frozen=True, slots=True)
class Lineup:
    """A roster that leads to a cluster of the policy.

    `nodes` are its servers that are nodes of the cluster, `strangers` those that no cluster knows. `doors` are the
    intents of the declared endpoints on which it listens; `served` those of all rosters of the file. `alone`: no other
    proxy section of the file leads to the cluster. `missing` are declared nodes that the file lists nowhere, told with
    one of its rosters only. `policy` is the policy's path.
    """

    roster: Roster
    cluster: Cluster
    nodes: tuple[Server, ...]
    strangers: tuple[Server, ...] = ()
    doors: tuple[Intent, ...] = ()
    served: frozenset[Intent] = frozenset()
    alone: bool = False
    missing: tuple[str, ...] = ()
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about a place of a lineup; `see` are other places of the file, with a word on each."""

    verdict: Verdict
    span: Span
    host: str = ""
    intent: Intent = Intent.UNKNOWN
    see: tuple[tuple[Span, str], ...] = ()

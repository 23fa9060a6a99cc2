"""What a check is asked about: one reference with all that is known of it."""

from dataclasses import dataclass

from analyzer.model import HostRef, Resolution, Usage


@dataclass(frozen=True, slots=True)
class Subject:
    """One reference with all that is known of it.

    `members` resolves the hosts of its group, in order; `leads` is True for the first reference of a group.
    `port_kind` is "database", "operation" or "unknown". `elsewhere`: the host is a node of a cluster of another engine.
    """

    ref: HostRef
    usage: Usage
    resolution: Resolution | None
    members: tuple[Resolution | None, ...] = ()
    leads: bool = True
    port_kind: str = "unknown"
    elsewhere: Resolution | None = None

"""What is said about one reference before it becomes a finding."""

from dataclasses import dataclass
from enum import StrEnum

from analyzer.model.place import Evidence, Intent, Use
from analyzer.model.policy import Cluster, Endpoint, Severity


class Match(StrEnum):
    """How a host's spelling relates to the declared one."""

    EXACT = "exact"
    DISGUISED = "disguised"  # an equivalent spelling: reported, never rewritten


@dataclass(frozen=True, slots=True)
class Resolution:
    """A host that the policy knows: a `node`, or one or more `endpoints` (write and read may share a host).

    `possible`: nodes of which a host that a template completes may be one.
    """

    cluster: Cluster
    match: Match
    node: str | None = None
    endpoints: tuple[Endpoint, ...] = ()
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """The judgement on a reference's use, with the evidence that decided first."""

    use: Use
    intent: Intent
    evidence: tuple[Evidence, ...]
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says. `endpoint` is where a fix leads (None: no fix); `collapse`: the whole list becomes it.

    `port_only`: the host stays. `unsafe` and `manual` say why a fix needs a flag or a person.
    """

    message: str
    severity: Severity
    endpoint: Endpoint | None = None
    collapse: bool = False
    port_only: bool = False
    unsafe: str = ""
    manual: str = ""

"""The addresses by which clients reach a cluster, from where its proxies listen.

A proxy that listens on every address of its machine says a port only. The address is then the one that keepalived
moves, or the machine of the proxy where an inventory names a single one; else it is left to a person.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.draft.gathering import Gathered
from analyzer.draft.machines import usable
from analyzer.draft.nouns import DraftEndpoint, Told
from analyzer.hosts import DEFAULT_PORTS, canonical
from analyzer.model import Bind, Intent, RosterKind

_READ_PATHS = frozenset({"replica", "read-only", "async", "sync", "asynchronous", "synchronous"})
_WRITE_PATHS = frozenset({"primary", "master", "leader", "read-write"})
_NOBODY = "no file that was read tells of a load balancer in front of these nodes: write its address, if there is one"
_UNTOLD = "listens on every address of its machine: write the one that clients use"


@dataclass(frozen=True, slots=True)
class Balancer:
    """An address behind which proxies stand, and who tells it."""

    host: str
    why: str


def balancers(told: Sequence[Told]) -> tuple[Balancer, ...]:
    """The moving addresses; where there are none, the machines of the proxies."""
    moving: dict[str, Balancer] = {}
    fixed: dict[str, Balancer] = {}
    for each in told:
        if each.roster.kind is RosterKind.ADDRESS:
            for bind in each.roster.binds:
                moving.setdefault(canonical(bind.host), Balancer(bind.host, each.why(bind.span)))
        elif each.roster.kind is RosterKind.BALANCERS:
            for server in each.roster.servers:
                fixed.setdefault(canonical(server.host), Balancer(server.host, each.why(server.span)))
    return tuple((moving or fixed).values())


def endpoints(cluster: Gathered, known: Sequence[Balancer], nodes: frozenset[str]) -> Iterator[DraftEndpoint]:
    """The endpoints of a cluster: one for each intent. `nodes` are hosts of all clusters, which none may be."""
    found: dict[Intent, list[DraftEndpoint]] = defaultdict(list)
    for each, intent in _intents([each for each in cluster.told if each.roster.binds]):
        for bind in each.roster.binds:
            endpoint = _endpoint(each, bind, intent, [b for b in known if canonical(b.host) not in nodes], nodes)
            found[intent] += [endpoint] if endpoint is not None else []
    if not any(found.values()):
        yield _nowhere(cluster, known)
    for intent in (Intent.WRITE, Intent.READ):
        if found[intent]:
            yield _best(found[intent], known)


def _nowhere(cluster: Gathered, known: Sequence[Balancer]) -> DraftEndpoint:
    """The endpoint of a cluster that no proxy leads to."""
    perhaps = f"; {known[0].host} perhaps ({known[0].why})" if len(known) == 1 else ""
    return DraftEndpoint(Intent.WRITE, "", DEFAULT_PORTS[cluster.family][0], f"{_NOBODY}{perhaps}")


def _intents(told: Sequence[Told]) -> Iterator[tuple[Told, Intent]]:
    """What each proxy section is for; a section that does not say is for writes where no other is."""
    intents = [(each, _intent(each)) for each in told]
    written = any(intent is Intent.WRITE for _, intent in intents)
    for each, intent in intents:
        if intent is not Intent.UNKNOWN:
            yield each, intent
        elif not written:
            yield each, Intent.WRITE


def _intent(each: Told) -> Intent:
    if each.roster.intent is not Intent.UNKNOWN or each.roster.probe is None:
        return each.roster.intent
    path = each.roster.probe.path.strip("/").lower()
    return Intent.READ if path in _READ_PATHS else Intent.WRITE if path in _WRITE_PATHS else Intent.UNKNOWN


def _endpoint(
    each: Told, bind: Bind, intent: Intent, known: Sequence[Balancer], nodes: frozenset[str]
) -> DraftEndpoint | None:
    if bind.port is None or (bind.host and not usable(bind.host)):
        return None
    why = each.why(bind.span)
    if bind.host and canonical(bind.host) not in nodes:
        return DraftEndpoint(intent, canonical(bind.host), bind.port, why)
    if len(known) == 1:
        return DraftEndpoint(intent, canonical(known[0].host), bind.port, f"{why}; {known[0].why}")
    if len(known) > 1:
        shown = ", ".join(balancer.host for balancer in known[:3])
        return DraftEndpoint(intent, "", bind.port, f"{why}: write which address clients use, one of {shown} perhaps")
    said = _UNTOLD if not bind.host else "listens on a node itself: write an address that outlives the node"
    return DraftEndpoint(intent, "", bind.port, f"{why}, {said}")


def _best(found: Sequence[DraftEndpoint], known: Sequence[Balancer]) -> DraftEndpoint:
    """A moving address before a fixed one, any before none; the first of several."""
    moving = {canonical(balancer.host) for balancer in known}
    told = [endpoint for endpoint in found if endpoint.host]
    return next((endpoint for endpoint in told if endpoint.host in moving), (told or list(found))[0])

"""Hosts in database connections that no cluster of the policy holds, and the lines that would declare them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from analyzer.hosts import HOLE, is_host
from analyzer.inventory.nouns import Place, Stranger, Strangers
from analyzer.inventory.tallies import users_of
from analyzer.model import Engine, Finding

_RULE = "unmanaged-host"
_NAME = re.compile(r"[^a-z0-9]+")


def strangers_of(findings: Iterable[Finding], places: Iterable[Place], *, whole: bool) -> tuple[Strangers, ...]:
    """The strangers by engine, unknown ones last. `places` are those of the findings.

    `whole`: there is no policy, so that the first suggestion starts one.
    """
    groups: dict[Engine | None, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for finding, place in zip(findings, places, strict=True):
        groups[finding.engine][finding.host].append(place)
    ordered = sorted(groups, key=lambda engine: (engine is None, engine or ""))
    return tuple(_group(engine, groups[engine], whole=whole and engine is ordered[0]) for engine in ordered)


def strange(finding: Finding) -> bool:
    """Whether a finding is about such a host."""
    return finding.rule == _RULE


def _group(engine: Engine | None, hosts: dict[str, list[Place]], *, whole: bool) -> Strangers:
    found = tuple(_stranger(host, hosts[host]) for host in sorted(hosts))
    return Strangers(engine, found, "\n".join(_suggestion(engine, found, whole=whole)))


def _stranger(host: str, places: Sequence[Place]) -> Stranger:
    ports = sorted({place.port for place in places if place.port is not None})
    return Stranger(host, tuple(ports), users_of(places), tuple(places))


def _suggestion(engine: Engine | None, hosts: Sequence[Stranger], *, whole: bool) -> Iterator[str]:
    """Lines of a policy file: one cluster a host, for nothing here tells which belong together."""
    declared = [stranger for stranger in hosts if is_host(stranger.host) and HOLE not in stranger.host]
    if not declared:
        return
    if whole:
        yield "version: 1"
        yield "clusters:"
    yield "  # hosts of one cluster belong in one entry, other names of an endpoint under its names"
    for stranger in declared:
        name = f"{engine or 'database'}-{_NAME.sub('-', stranger.host.lower()).strip('-')}"
        yield f"  - name: {name[:60].rstrip('-')}"
        yield f"    engine: {engine or 'postgresql  # which one?'}"
        yield f'    nodes: ["{stranger.host}"]'
        yield "    endpoints: {}  # write: {host: ..., port: ...}, the load balancer's address"

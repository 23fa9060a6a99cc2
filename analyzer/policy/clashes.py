"""Hosts that a policy gives two meanings: a node of two clusters, an endpoint that is a node, a host named twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from analyzer.policy.document import Route
from analyzer.policy.forms import Addresses, Form, Names, meet, within_domains

_Group: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A place of the policy that says what a host is. `derived`: a short name, qualified by a domain of its cluster."""

    form: Form
    role: Literal["node", "endpoint"]
    cluster: int
    route: Route
    derived: bool = False

    @property
    def group(self) -> _Group:
        """Claims of one group may meet: nodes of one cluster, endpoints of all (proxies are shared)."""
        return (self.role, self.cluster if self.role == "node" else -1)


def qualified(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of one cluster, and its short names by each domain that its other names have."""
    named = [(claim, claim.form) for claim in claims if isinstance(claim.form, Names)]
    inside = within_domains([form for _, form in named])
    return [*claims, *(replace(named[at][0], form=form, derived=True) for at, form in inside)]


def clashes(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims, the earlier first, that name one host and must not."""
    order = {id(claim): at for at, claim in enumerate(claims)}
    seen: set[tuple[Route, Route]] = set()
    for pair in (*_addresses(claims), *_equals(claims), *_globs(claims)):
        one, other = sorted(pair, key=lambda claim: order[id(claim)])
        if (one.route, other.route) not in seen:
            seen.add((one.route, other.route))
            yield one, other


def _addresses(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """One sweep over all blocks by their first address; of each group only the block that reaches farthest matters."""
    blocks = [(b.version, b.low, b.high, c) for c in claims if isinstance(c.form, Addresses) for b in c.form.blocks]
    reach: list[tuple[int, int, Claim]] = []
    for version, low, high, claim in sorted(blocks, key=lambda block: block[:3]):
        for other_version, other_high, other in reach:
            if other_version == version and other_high >= low and other.group != claim.group:
                yield claim, other
        reach = _farthest([*reach, (version, high, claim)])


def _farthest(reach: list[tuple[int, int, Claim]]) -> list[tuple[int, int, Claim]]:
    """The two that reach farthest, of different groups."""
    best = sorted(reach, key=lambda entry: entry[:2], reverse=True)
    second = next((entry for entry in best[1:] if entry[2].group != best[0][2].group), None)
    return best[:1] if second is None else [best[0], second]


def _equals(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The same name, address or range, said twice."""
    first: dict[Form | str, Claim] = {}
    for claim in claims:
        key = claim.form.name or claim.form if isinstance(claim.form, Names) else claim.form
        other = first.setdefault(key, claim)
        twice = claim.role == "node" and not claim.derived and not other.derived
        if other is not claim and (other.group != claim.group or twice):
            yield claim, other


def _globs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    names = [claim for claim in claims if isinstance(claim.form, Names)]
    for glob in (claim for claim in names if isinstance(claim.form, Names) and not claim.form.name):
        for other in names:
            if other.group != glob.group and meet(glob.form, other.form):
                yield glob, other

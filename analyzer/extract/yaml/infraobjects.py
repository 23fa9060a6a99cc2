"""Kubernetes objects that describe database clusters, scraping or the network: no application reads hosts from them."""

from collections.abc import Iterator

from analyzer.extract.inner.nested import Inner, addresses
from analyzer.extract.nature.kinds import GROUPED, KINDS, OPERATORS
from analyzer.extract.yaml.objects.thing import Thing, thing_of
from analyzer.extract.yaml.places import nodes
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.model import Clue, Evidence, HostRef
from analyzer.yamltree import Mapping, Node, Scalar


def infrastructure_of(root: Node) -> Evidence | None:
    """Why a document is infrastructure, or None."""
    return nature_of(thing_of(root)) if isinstance(root, Mapping) else None


def nature_of(thing: Thing) -> Evidence | None:
    """Why an object is infrastructure, or None."""
    what = KINDS.get(thing.kind) or GROUPED.get((thing.group, thing.kind))
    if what:
        return Evidence(Clue.INFRASTRUCTURE, f"{what} ({thing.kind})")
    if thing.group in OPERATORS:
        return Evidence(Clue.INFRASTRUCTURE, f"database cluster of {thing.group}")
    return None


def claims(root: Mapping, nature: Evidence) -> Iterator[HostRef]:
    """The addresses of an infrastructure object, so that they count as its members."""
    for node in nodes(root):
        if isinstance(node, Scalar) and node.value:
            yield from addresses(Inner("", read_scalar(node), (nature,)))

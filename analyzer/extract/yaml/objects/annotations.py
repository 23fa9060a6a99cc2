"""Annotations: templates of Vault's agent are the application's, the rest is written by tools and for them.

What kubectl applied last is a copy of the whole object in one string.
"""

from collections.abc import Iterator

from analyzer.extract.yaml.objects import vault
from analyzer.extract.yaml.objects.thing import Thing
from analyzer.extract.yaml.places import Found, Place, key_text, region
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Scalar

_COPIES = frozenset(
    {
        "kubectl.kubernetes.io/last-applied-configuration",
        "kapp.k14s.io/original",
        "banzaicloud.com/last-applied",
        "objectset.rio.cattle.io/applied",
    }
)
_MONITORING = ("ad.datadoghq.com/", "prometheus.io/", "co.elastic.", "metrics.")


def read(thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """The annotations of an object or of a Pod's template; None for any other key."""
    if key != "annotations" or not isinstance(node, Mapping):
        return None
    return _annotations(thing, node, place)


def _annotations(thing: Thing, node: Mapping, place: Place) -> Iterator[Found]:
    for key, value in node.pairs:
        name, target = key_text(key), place.document.resolved(value)
        if name in _COPIES:
            yield region(value, None)
        elif name.startswith(_MONITORING):
            yield region(value, Evidence(Clue.OPERATION, "annotation for monitoring"))
        elif isinstance(target, Scalar):
            yield from vault.annotation(thing, name, target, place) or ()

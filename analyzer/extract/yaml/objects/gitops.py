"""Values that Argo CD and Flux hand to a chart: texts of YAML, whatever their length.

Maps (`valuesObject`, `spec.values`, `postBuild.substitute`) and lists of parameters need no knowledge of their kind.
https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ and https://fluxcd.io/flux/components/helm/helmreleases/
"""

from collections.abc import Iterator

from analyzer.extract.yaml.objects.thing import Thing, at, items
from analyzer.extract.yaml.places import Found, Place, child_text
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.texts import text_references
from analyzer.yamltree import Node, Scalar

_CHARTS = frozenset({"helm", "spec", "chart", "helmChart"})


def charts(root: Node) -> Iterator[str]:
    """The names of the charts that an Application or a HelmRelease installs."""
    for source in (at(root, "spec", "source"), *items(at(root, "spec", "sources")), at(root, "spec", "chart", "spec")):
        if source is not None:
            yield child_text(source, "chart")


def read(_thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """The text of a chart's values, or None for any other key."""
    if key not in {"values", "valuesContent"} or not isinstance(node, Scalar):
        return None
    if place.path[-2:-1] and place.path[-2] in _CHARTS and ":" in node.value:
        return text_references("values.yaml", read_scalar(node), place)
    return None

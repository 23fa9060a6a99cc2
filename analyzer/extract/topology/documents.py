"""Documents of YAML and JSON that tell of clusters, by their keys."""

from collections.abc import Iterator

from analyzer.extract.topology import endpoints, inventories, patroni
from analyzer.extract.yaml import variables
from analyzer.model import Roster
from analyzer.yamltree import Node


def document_rosters(root: Node) -> Iterator[Roster]:
    """The rosters of one document, in order."""
    yield from patroni.rosters(root)
    yield from endpoints.rosters(root)
    if variables.is_inventory(root, ""):
        yield from inventories.yaml_rosters(root)

"""Which tool a YAML document is written for, and so what its keys mean; any other document is plain keys and values.

Each row is asked in turn by the document's shape, and by the file's path where the shape leaves it open.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzer.extract.yaml.ansible import ansible_references, is_ansible
from analyzer.extract.yaml.ci import is_pipeline, pipeline_references
from analyzer.extract.yaml.collector import collector_references, is_collector
from analyzer.extract.yaml.compose import compose_references, is_compose
from analyzer.extract.yaml.datasources import datasources_references, is_datasources
from analyzer.extract.yaml.kamal import is_kamal, kamal_references
from analyzer.extract.yaml.kubernetes import is_patch, kustomization_references, patch_references
from analyzer.extract.yaml.objects.kustomize import is_kustomization
from analyzer.extract.yaml.places import Document, Found, Place
from analyzer.extract.yaml.scopes import references_in
from analyzer.extract.yaml.variables import (
    inventory_references,
    is_inventory,
    is_variables,
    variables_references,
)
from analyzer.yamltree import Node


@dataclass(frozen=True, slots=True)
class Dialect:
    """One row: whether a document with this root at this path is one of it, and how it is read."""

    name: str
    fits: Callable[[Node, str], bool]
    read: Callable[[Node, Document], Iterator[Found]]


DIALECTS: tuple[Dialect, ...] = (
    Dialect("kustomization", is_kustomization, kustomization_references),
    Dialect("JSON patch", is_patch, patch_references),
    Dialect("pipeline", is_pipeline, pipeline_references),
    Dialect("compose", is_compose, compose_references),
    Dialect("data sources", is_datasources, datasources_references),
    Dialect("collector", is_collector, collector_references),
    Dialect("deployment", is_kamal, kamal_references),
    Dialect("playbook", is_ansible, ansible_references),
    Dialect("inventory", is_inventory, inventory_references),
    Dialect("variables", is_variables, variables_references),
)


def document_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a document that is no Kubernetes object."""
    dialect = next((row for row in DIALECTS if row.fits(root, document.source.path)), None)
    yield from dialect.read(root, document) if dialect else references_in(root, Place(document))

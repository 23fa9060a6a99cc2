"""Objects that somebody read from a running system: one item of `kubectl get -o yaml`, an answer of Vault.

Each is read as the file of its format would be, and besides tells what its values are called: such an object has no
lines that anybody knows. It knows no policy and edits nothing.
"""

from dataclasses import replace

from analyzer.extract import json, yaml
from analyzer.extract.json.parse import parse
from analyzer.extract.live.labels import labels_of, strangers
from analyzer.model import Extraction, Problem
from analyzer.source import SourceFile
from analyzer.yamltree import Node, YamlFault, load_documents
from analyzer.yamltree.nodes import Buffer

JSON_NAME = "object.json"
YAML_NAME = "object.yaml"


def extract(source: SourceFile) -> Extraction:
    """Hosts of an object, and its labels; `source.path` is `JSON_NAME` or `YAML_NAME`, however the object is called."""
    found = json.extract(source) if source.path == JSON_NAME else yaml.extract(source)
    roots = _roots(source)
    labels = tuple(label for root in roots for label in labels_of(root))
    problems = tuple(
        Problem(source.path, "parse", f"*{name} stands for what another object holds; not read")
        for root in roots
        for name in strangers(root)
    )
    return replace(found, labels=labels, problems=(*found.problems, *problems))


def _roots(source: SourceFile) -> tuple[Node, ...]:
    """The object's tree; what is wrong with it was said by who read it for hosts."""
    if source.path == JSON_NAME:
        return parse(Buffer(source.data, source.data), source.bom).roots
    try:
        return load_documents(source.data)
    except YamlFault:
        return ()

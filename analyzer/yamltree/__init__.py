"""YAML with positions: a small tree built from parser events, for policies and for scanned files alike.

It knows nothing of hosts or policies. Nothing is composed or constructed: anchors are not followed, merge keys are not
expanded, types are not guessed; so neither deep nesting nor an alias bomb can hurt. Every node has its byte offsets,
every scalar the way from each character of its value to the bytes that spell it.
"""

from analyzer.yamltree.nodes import Alias, Mapping, Node, Scalar, Sequence, YamlFault
from analyzer.yamltree.parse import load_documents, parse_shadow
from analyzer.yamltree.shadow import shadow_of

__all__ = [
    "Alias",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "YamlFault",
    "load_documents",
    "parse_shadow",
    "shadow_of",
]

"""The scalars of values, entered in the ledger: of a file, or of a part of a manifest that holds values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyzer.extract.helm.data import Data, Map
from analyzer.extract.helm.ledger import Ledger, Path, Region
from analyzer.extract.helm.traced import Traced
from analyzer.extract.helm.trees import tree_of
from analyzer.extract.yaml.docs import read_documents
from analyzer.extract.yaml.places import child, child_text
from analyzer.model import Span
from analyzer.source import SourceFile
from analyzer.yamltree import Node, Scalar

Spans = Callable[[int, int], Span]
SOPS = "encrypted by SOPS; its MAC covers this value"
ESCAPED = "the value is written with escapes"


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A scalar of some values: the keys that lead to it from the root of the release's values, and its text."""

    keys: Path
    text: Traced


@dataclass(frozen=True, slots=True)
class Values:
    """Values as a tree, and its scalars in file order."""

    tree: Data
    leaves: tuple[Leaf, ...] = ()


NO_VALUES = Values(Map())


def roots_of(data: bytes) -> Sequence[Node]:
    """The roots of a file's documents; of a broken file those that can be read."""
    return read_documents(data).roots


def read_values(source: SourceFile, scope: Path, ledger: Ledger) -> Values:
    """The values in a file's first document. `scope` leads to them from the root of the release's values."""
    roots = roots_of(source.data)
    return values_at(roots[0], source, scope, ledger, why=sealed(roots[0])) if roots else NO_VALUES


def values_at(
    root: Node, source: SourceFile, scope: Path, ledger: Ledger, *, why: str = "", outer: Spans | None = None
) -> Values:
    """The values below a node.

    `why` they may not be edited. `outer` leads from bytes of the node's text to bytes of `source`, where they differ.
    """
    leaves: list[Leaf] = []
    entered: dict[int, Traced] = {}

    def text(node: Scalar, keys: Path) -> Traced:
        if id(node) not in entered:
            entered[id(node)] = ledger.enter(_region(node, source, (*scope, *keys), why, outer))
        leaves.append(Leaf((*scope, *keys), entered[id(node)]))
        return entered[id(node)]

    return Values(tree_of(root, text), tuple(leaves))


def _region(node: Scalar, source: SourceFile, keys: Path, why: str, outer: Spans | None) -> Region:
    offsets, literal = node.offsets, node.literal
    if outer is not None:
        literal = outer(literal.start, literal.end)
    if offsets is None:
        return Region(node.value, source, lambda _i, _j: literal, keys, why or ESCAPED, literal)
    inner = offsets.span
    if outer is None:
        return Region(node.value, source, inner, keys, why, literal)

    def spans(start: int, end: int) -> Span:
        span = inner(start, end)
        return outer(span.start, span.end)

    return Region(node.value, source, spans, keys, why, literal)


def sealed(root: Node) -> str:
    """Why a document must not be edited, or nothing."""
    sops = child(root, "sops")
    if sops is None or not child_text(sops, "mac") or child_text(sops, "mac_only_encrypted") == "true":
        return ""
    return SOPS

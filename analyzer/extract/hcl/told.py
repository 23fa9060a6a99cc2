"""What a place adds to the references that were found in it: administration, the intent of Vault, a constant's way.

Network resources have no connections. What stands in them is told as a region; here it is told of constants only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analyzer.extract.gathering.constants import traced
from analyzer.extract.hcl.nodes import Attribute, Block, Body, Call, Choice, Hole, Node, Object, Other, Row, Template
from analyzer.extract.hcl.places import Place
from analyzer.extract.hcl.values import Values
from analyzer.extract.inner.nested import Inner, addresses
from analyzer.extract.nature.operated import operated
from analyzer.extract.spelling.spelled import Spelled, whole
from analyzer.model import Clue, Evidence, HostRef, Intent
from analyzer.source import SourceFile


def told(refs: Iterable[HostRef], place: Place, texts: Sequence[Spelled], source: SourceFile) -> Iterator[HostRef]:
    """The references of one place. `texts` are the values that they stand in."""
    for ref in traced(refs, texts, source):
        writes = place.writes and ref.intent is Intent.UNKNOWN
        found = replace(ref, intent=Intent.WRITE) if writes else ref
        yield operated(found, place.role) if place.role is not None else found


def used(block: Block, nature: Evidence, values: Values, source: SourceFile) -> Iterator[HostRef]:
    """The addresses of constants that a network resource uses: a connection may use them as well."""
    evidence = (replace(nature, clue=Clue.OPERATION),)
    for node in templates([block.body]):
        for text in values.of(node):
            for run, _ in text.uses():
                yield from addresses(Inner("", whole(source, run.start, run.end).reading(source), evidence))


def templates(nodes: Iterable[Node | Body | Block | Attribute]) -> Iterator[Node]:
    """The strings and references of some expressions and all below them, in order."""
    open_nodes = [*nodes][::-1]
    while open_nodes:
        node = open_nodes.pop()
        match node:
            case Attribute(value=value):
                open_nodes.append(value)
            case Block(body=body):
                open_nodes.append(body)
            case Body(items=parts) | Row(items=parts) | Object(pairs=parts):
                open_nodes += reversed(parts)
            case Call(arguments=parts) | Choice(options=parts) | Other(parts=parts):
                open_nodes += reversed(parts)
            case Template(pieces=pieces):
                yield node
                open_nodes += [piece.value for piece in reversed(pieces) if isinstance(piece, Hole)]
            case _:
                yield node

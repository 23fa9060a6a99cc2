"""One scope of a YAML file: its bindings with their scalars, and the references that they give together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.yaml.places import Place
from analyzer.model import HostRef, Span


@dataclass(frozen=True)
class Row:
    """A binding with its scalar; `foreign`: it stands in another mapping, whose own scope reports it."""

    binding: Binding
    literal: Span | None = None
    foreign: bool = False


def bound(rows: Iterable[Row], place: Place, separator: str = "") -> Iterator[HostRef]:
    """The references of one scope; those in merged mappings are context only. `separator`: the document's own."""
    document, rows = place.document, list(rows)
    scope = Scope(place.path, place.evidence, separator or document.separator, document.sealed)
    foreign = {row.literal for row in rows if row.foreign and row.literal is not None}
    for ref in references([row.binding for row in rows], scope):
        span = ref.slot.container.span if ref.slot.container else ref.slot.span
        if not any(literal.start <= span.start and span.end <= literal.end for literal in foreign):
            yield ref

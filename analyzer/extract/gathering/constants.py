"""References that were found through constants: the way from the literal to its use, and what is the literal's own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.spelling.spelled import Spelled
from analyzer.model import FlowStep, HostRef
from analyzer.source import SourceFile


@dataclass(frozen=True, slots=True)
class Bound:
    """A binding and the text of its value; None where the value stands elsewhere."""

    binding: Binding
    text: Spelled | None = None


def traced(refs: Iterable[HostRef], texts: Iterable[Spelled], source: SourceFile) -> Iterator[HostRef]:
    """The references that were found in `texts`; one that stands in a constant gets the place of its use as a step."""
    steps = [(source.span(run.start, run.end), source.span(*use)) for text in texts for run, use in text.uses()]
    for ref in refs:
        at = ref.slot.span
        uses = (use for place, use in steps if place.start <= at.start and at.end <= place.end)
        flow = tuple(FlowStep(use, ref.evidence[0].text) for use in uses)
        yield replace(ref, flow=(*ref.flow, *flow)) if flow else ref


def scope_references(rows: Sequence[Bound], scope: Scope, source: SourceFile) -> Iterator[HostRef]:
    """The references of one scope; a constant may be defined in it and used beside."""
    found = references([row.binding for row in rows], scope)
    users = [row.text for row in rows if row.text is not None and any(row.text.uses())]
    if not users:
        yield from found
        return
    others = [row.binding for row in rows if row.text is None or not any(row.text.uses())]
    own = {(ref.slot, ref.shape) for ref in references(others, scope)}
    for ref in found:
        yield from [ref] if (ref.slot, ref.shape) in own else traced([ref], users, source)

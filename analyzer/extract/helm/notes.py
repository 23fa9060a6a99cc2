"""Values that only the notes show: `helm install` prints them to a person, no application reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from analyzer.extract.helm.interest import Interest
from analyzer.extract.helm.leaves import Leaf
from analyzer.extract.helm.ledger import Ledger, Region
from analyzer.extract.helm.renders import Rendered
from analyzer.hosts import parse
from analyzer.model import Clue, Evidence, HostRef, Slot

NOTES_ONLY = Evidence(Clue.COMMENT, "only NOTES.txt shows this value")


@dataclass(slots=True)
class Written:
    """Which regions stand in manifests, and which in notes."""

    ledger: Ledger
    manifests: set[Region] = field(default_factory=set)
    notes: set[Region] = field(default_factory=set)

    def note(self, rendered: Rendered, interest: Interest) -> None:
        """Remember what a rendered template shows."""
        shown = self.notes if rendered.notes else self.manifests
        for _, _, origin in interest.standing(rendered.text):
            shown.add(self.ledger.find(origin)[0])

    def only_noted(self, leaves: Iterable[Leaf]) -> Iterator[Region]:
        """The regions of leaves that stand in notes alone."""
        for leaf in leaves:
            for _, _, origin in leaf.text.marks[:1]:
                region = self.ledger.find(origin)[0]
                if region in self.notes and region not in self.manifests:
                    yield region


def mentions(region: Region) -> Iterator[HostRef]:
    """The hosts in a value that only a person reads."""
    parsed = parse(region.text)
    for part in parsed.hosts if parsed else ():
        span = region.spans(part.start, part.end)
        spelled = region.source.slice(span) == region.text[part.start : part.end].encode("utf-8", "surrogateescape")
        if spelled and part.exact:
            yield HostRef(part.host, Slot(span), (NOTES_ONLY,), f"{region.shown}: «{part.host}»", sealed=region.sealed)

"""The rows of one element -> references: bindings of a scope, shell text, texts of other formats."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from analyzer.extract.gathering.constants import Bound, scope_references, traced
from analyzer.extract.inner.levels import Deeper
from analyzer.extract.inner.nested import Inner, nested_references, searched
from analyzer.extract.keyed.bindings import Binding, Scope
from analyzer.extract.nature.operated import operated
from analyzer.extract.shell import references_in
from analyzer.extract.spelling.spelled import Run, Spelled, spelled
from analyzer.extract.xml.elements import Element, Row
from analyzer.extract.xml.lexer import Token
from analyzer.extract.xml.natures import SCRIPTS, feeding
from analyzer.extract.xml.spelling import Speller
from analyzer.extract.xml.telling import is_document, telling
from analyzer.model import Evidence, HostRef, Opaque, Region, Roster
from analyzer.source import SourceFile


class Rows:
    """Reads rows of one file. `read_inner` reads texts inside values, None where they are nested deeply enough.

    What such texts tell besides references is collected in `regions`, `opaque` and `rosters`.
    """

    def __init__(self, source: SourceFile, speller: Speller, read_inner: Deeper | None) -> None:
        self.regions: list[Region] = []
        self.opaque: list[Opaque] = []
        self.rosters: list[Roster] = []
        self._source = source
        self._speller = speller
        self._read_inner = read_inner

    def references(self, rows: Sequence[Row], element: Element) -> Iterator[HostRef]:
        """The references of an element's rows; rows of one kind are a scope."""
        counting = [row for row in rows if self._counts(row, element)]
        for kind in dict.fromkeys(row.kind for row in counting):
            evidence = tuple(dict.fromkeys((*element.evidence, *feeding(kind))))
            scope = Scope(() if kind else element.path, evidence)
            yield from self._scope([row for row in counting if row.kind == kind], element, scope)

    def spell(self, pieces: Sequence[Token]) -> Spelled:
        """What some pieces read as."""
        return self._speller.content(pieces)

    def told(self, refs: Iterable[HostRef], element: Element, texts: Sequence[Spelled]) -> Iterator[HostRef]:
        """The references with what their place adds."""
        for ref in traced(refs, texts, self._source):
            yield operated(ref, element.role) if element.role is not None else ref

    def _counts(self, row: Row, element: Element) -> bool:
        """Whether a row tells anything about a connection."""
        text = "".join(map(element.raw, row.pieces))
        return row.key in SCRIPTS or telling(row.key, element.name, text) or is_document(text)

    def _scope(self, rows: Sequence[Row], element: Element, scope: Scope) -> Iterator[HostRef]:
        times = Counter(row.key for row in rows)
        bound: list[Bound] = []
        for row in rows:
            text = self.spell(row.pieces)
            if row.key in SCRIPTS:
                head = Run(SCRIPTS[row.key], text.start, text.start, verbatim=False)
                line = spelled([head, *text.runs], text.start, text.end)
                yield from self.told(references_in(line.text, line.value(self._source).locate), element, [text])
            elif is_document(text.text):
                yield from self.told(self._document(row.key, text, scope.evidence), element, [text])
            else:
                binding = Binding(row.key, text.value(self._source), item=times[row.key] > 1)
                bound.append(Bound(binding, text))
        yield from self.told(scope_references(bound, scope, self._source), element, [])

    def _document(self, name: str, text: Spelled, evidence: tuple[Evidence, ...]) -> Iterator[HostRef]:
        inner = Inner(name, text.reading(self._source), evidence)
        if self._read_inner is None:
            yield from searched(inner)
        else:
            found = nested_references(inner, self._read_inner)
            self.regions += found.regions
            self.opaque += found.opaque
            self.rosters += found.rosters
            yield from found.refs

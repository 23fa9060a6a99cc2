"""A rendered manifest that the extractors read, and the way from what they find to the files it was written in."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from analyzer.extract.helm.characters import Characters
from analyzer.extract.helm.interest import Interest
from analyzer.extract.helm.ledger import Ledger, Region
from analyzer.extract.helm.traced import Traced
from analyzer.model import Container, Slot, Span
from analyzer.source import SourceFile

_SEPARATOR = re.compile(r"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_KIND = re.compile(r"^kind:[ \t]{1,8}[\"']?([A-Za-z][A-Za-z0-9]{0,63})", re.MULTILINE)
_BLANK = " \t\r\n"
_NEAR = 200  # pieces of text before a value that are looked at


@dataclass(frozen=True, slots=True)
class Home:
    """Where some bytes of a manifest were written: a slot in a file, inside one region.

    `start` and `end` are characters of the region. `exact`: the file spells just those characters.
    """

    region: Region
    slot: Slot
    start: int
    end: int
    exact: bool

    @property
    def path(self) -> str:
        """The file."""
        return self.region.source.path


@dataclass(frozen=True)
class Composed:
    """One document of a rendered template."""

    text: Traced
    ledger: Ledger

    @cached_property
    def _read(self) -> Characters:
        return Characters(self.text.text)

    @property
    def data(self) -> bytes:
        """The bytes that an extractor reads."""
        return self._read.data

    @cached_property
    def kind(self) -> str:
        """The kind of the object, or nothing."""
        found = _KIND.search(self.text.text)
        return found[1] if found else ""

    def home(self, slot: Slot) -> Home | None:
        """Where a slot of the document was written; None where it was computed or put together."""
        if slot.container is None:
            return self._home(self.text, *self._characters(slot.span))
        start, end = self._characters(slot.container.span)
        made_of = self.ledger.made_of(self.text.text[start:end])
        if made_of is not None:
            inner = Composed(made_of, self.ledger)
            return inner.home(Slot(slot.span))
        around = self._home(self.text, start, end)
        if around is None or not around.exact:
            return None
        container = Container(around.slot.span, slot.container.encoding)
        return Home(around.region, Slot(slot.span, container), around.start, around.end, exact=True)

    def _home(self, text: Traced, start: int, end: int) -> Home | None:
        if start >= end:
            return self._between(text, start)
        origin = text.run(start, end)
        if origin < 0:
            return None
        region, at = self.ledger.find(origin)
        stop = at + end - start
        span = region.spans(at, stop)
        spelled = region.source.slice(span) == text.text[start:end].encode("utf-8", "surrogateescape")
        return Home(region, Slot(span), at, stop, exact=spelled and not region.sealed)

    def _between(self, text: Traced, at: int) -> Home | None:
        """The place behind a character, in its region."""
        before = self._home(text, at - 1, at) if at > 0 else None
        if before is None:
            return None
        end = before.slot.span.end
        return Home(before.region, Slot(Span(end, end)), before.end, before.end, before.exact)

    def template_place(self, slot: Slot, path: str) -> Span | None:
        """The last word of a template that stands before a slot: most often the key whose value it is."""
        around = slot.container.span if slot.container else slot.span
        at = self._characters(around)[0]
        marks = self.text.marks[: bisect_right(self.text.marks, (at, 0, 0))]
        for start, end, origin in reversed(marks[-_NEAR:]):
            region, first = self.ledger.find(origin)
            word = self.text.text[start : min(end, at)].rstrip(_BLANK + "\"'|>-")
            if region.source.path == path and region.keys is None and word:
                begin = len(word) - len(word.split()[-1])
                return region.spans(first + begin, first + len(word))
        return None

    def _characters(self, span: Span) -> tuple[int, int]:
        return self._read.at(span.start), self._read.at(span.end)


def documents(text: Traced, ledger: Ledger, interest: Interest) -> Iterator[Composed]:
    """The documents of a rendered template in which a followed value stands."""
    starts = [0, *(found.start() for found in _SEPARATOR.finditer(text.text)), len(text.text)]
    for start, end in pairwise(starts):
        part = text.part(start, end)
        if start < end and interest.touches(part):
            yield Composed(part, ledger)


def source_of(composed: Composed, path: str) -> SourceFile:
    """The document as a file of the template's name."""
    return SourceFile(path.rsplit("/", 1)[-1], composed.data)

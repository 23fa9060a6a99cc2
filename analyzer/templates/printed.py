"""Text that a template prints, each of its characters with the place in the template that spells it.

Offsets are characters of the template, 0-based. Nothing here parses or knows a function.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from analyzer.hosts import HOLE
from analyzer.templates.nodes import Literal

LONGEST = 500_000  # characters that one action may print, and pieces that it may print them in


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of printed text: character i is spelled from `places[i]` to `places[i + 1]`; an empty place: by nothing.

    `far`: the places are bytes of the file, where a variable gets its value, and not characters of the template.
    """

    text: str
    places: Sequence[int]
    far: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What one way through a template prints; `bare`: a number, which JSON holds without quotes."""

    pieces: tuple[Piece, ...]
    bare: bool = False

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def __len__(self) -> int:
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def known(self) -> bool:
        """Whether any of it can be seen in the template."""
        return any(piece.text.strip(HOLE) for piece in self.pieces)


class Places:
    """The way back from a text to its template."""

    def __init__(self, text: Text) -> None:
        self._pieces = [piece for piece in text.pieces if piece.text]
        self._starts = list(accumulate((len(piece.text) for piece in self._pieces), initial=0))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The hull of the characters `start` to `end`; an empty one is the place behind the character before it."""
        if not self._pieces:
            return 0, 0
        if start == end:
            at = self._character(start - 1)[1] if start else self._character(0)[0]
            return at, at
        (first, after_first), (before_last, last) = self._character(start), self._character(end - 1)
        return min(first, before_last), max(after_first, last)

    def far(self, start: int, end: int) -> bool:
        """Whether the characters stand where a variable gets its value; False where only some of them do."""
        first, last = self._index(max(start - (start == end), 0)), self._index(max(end - 1, 0))
        return all(piece.far for piece in self._pieces[first : last + 1])

    def near(self, start: int, end: int) -> tuple[int, int]:
        """The hull of those of the characters that stand in the template itself; empty where none does."""
        places = [self._character(at) for at in range(start, end) if not self._pieces[self._index(at)].far]
        return (min(first for first, _ in places), max(last for _, last in places)) if places else (0, 0)

    def edge(self, at: int) -> int:
        """Where the character `at` begins; for the length of the text where the last one ends."""
        if at == self._starts[-1]:
            return self._character(at - 1)[1] if at else 0
        return self._character(at)[0]

    def _character(self, at: int) -> tuple[int, int]:
        index = self._index(at)
        places, k = self._pieces[index].places, at - self._starts[index]
        return places[k], places[k + 1]

    def _index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1


def spelled(template: str, start: int, end: int) -> Text:
    """The characters `start` to `end` of the template, as they stand."""
    return Text((Piece(template[start:end], range(start, end + 1)),))


def of_literal(literal: Literal) -> Text:
    """A string of the template."""
    places = range(literal.start, literal.end + 1) if literal.places is None else literal.places
    return Text((Piece(literal.text, places),))


def computed(text: str, start: int, end: int) -> Text:
    """Text that nothing spells; it comes from the characters `start` to `end`."""
    return Text((Piece(text, (start, *[end] * len(text))),)) if text else Text(())


def hole(start: int, end: int) -> Text:
    """One `HOLE`, printed by the characters `start` to `end`."""
    return Text((Piece(HOLE, (start, end)),))


def joined(texts: Sequence[Text], between: Text | None = None, limit: float = LONGEST) -> Text:
    """The texts one behind the other, `between` between each two; nothing where they are too long."""
    pieces: list[Piece] = []
    size = 0
    for index, text in enumerate(texts):
        parts = (*between.pieces, *text.pieces) if index and between is not None else text.pieces
        size += sum(len(part.text) for part in parts)
        if max(size, len(pieces)) > limit:
            return Text(())
        pieces += parts
    return Text(tuple(pieces))


def cut(text: Text, start: int, end: int) -> Text:
    """The characters `start` to `end` of a text."""
    pieces: list[Piece] = []
    at = 0
    for piece in text.pieces:
        i, j = max(start - at, 0), min(end - at, len(piece.text))
        if i < j:
            pieces.append(Piece(piece.text[i:j], piece.places[i : j + 1], piece.far))
        at += len(piece.text)
    return Text(tuple(pieces))


def edges(text: Text) -> tuple[int, int]:
    """The hull of all that spells a text."""
    return Places(text).original(0, len(text)) if len(text) else (0, 0)


def within(text: Text, outer: Text) -> Text:
    """A text whose places are characters of `outer`, with places in the template that `outer` comes from."""
    places = Places(outer)
    far = places.far(0, len(outer))
    pieces = (p if p.far else Piece(p.text, tuple(map(places.edge, p.places)), far) for p in text.pieces)
    return Text(tuple(pieces))


def distant(text: Text) -> Text:
    """The same for those who use it elsewhere in the file."""
    return Text(tuple(Piece(piece.text, piece.places, far=True) for piece in text.pieces), text.bare)

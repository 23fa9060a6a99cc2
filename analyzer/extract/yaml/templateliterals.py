"""Literals inside template actions: `{{ .Values.host | default "10.0.0.121" }}` reads as 10.0.0.121.

A text with actions may read in several ways (`ternary`, branches in a line); each is a text of its own with a way back
to the bytes that spell it. What functions print is told by `analyzer.templates`.
"""

from collections.abc import Callable, Sequence

from analyzer.model import Span
from analyzer.templates.assigned import assigned_in
from analyzer.templates.printed import Places, Text
from analyzer.templates.readings import Held, readings
from analyzer.templates.segments import GONE_TEXT

COMPOSED = "the template puts this host together"
_OPENINGS = ("{{", "{%", "<%", GONE_TEXT)


class Filled:
    """A text with literals in place of the actions that print them; `original` leads back to the characters.

    An empty range of `text` is the place behind the character before it; characters that stand apart in the original,
    or that nothing spells, give a range that holds more than them.
    """

    def __init__(self, text: Text) -> None:
        self.text = str(text)
        self._places = Places(text)
        self.original = self._places.original
        self._apart = any(piece.far for piece in text.pieces)

    def spans(self, start: int, end: int, bytes_of: Callable[[int, int], Span]) -> Span:
        """The bytes of characters; `bytes_of` gives those of the template's. Those of variables stand elsewhere."""
        if self._apart and self._places.far(start, end):
            return Span(*self.original(start, end))
        near = self._places.near if self._apart and start < end else self.original
        return bytes_of(*near(start, end))


def fillings(text: str, held: Held | None = None) -> tuple[Filled, ...]:
    """The ways to read a text with template actions; none where its actions print nothing that can be seen."""
    if not any(opening in text for opening in _OPENINGS):
        return ()
    found = readings(text, held) if held else readings(text)
    return tuple(map(Filled, found))


def held_in(file: bytes, bytes_of: Callable[[int, int], Span]) -> Held:
    """What the variables of a template hold where a text stands in it, whose characters stand at `bytes_of`."""

    def held(name: str, at: int) -> Sequence[Text]:
        return assigned_in(file).texts(name, bytes_of(at, at + 1).start)

    return held

"""A template as text for readers of other formats: actions become holes, nothing moves."""

from analyzer.hosts import HOLE
from analyzer.model import Span
from analyzer.templates.lexer import actions
from analyzer.templates.segments import Segment, lines, outside

_OPENINGS = ("{{", "{%", "{#", "<%")


def covered(text: str) -> str:
    """`text` with an action that prints as so many holes, any other one as blanks; line ends stay.

    A line of nothing but actions prints lines of its own, or nothing: it is blank.
    """
    if not any(opening in text for opening in _OPENINGS):
        return text
    data = text.encode("latin-1", "replace")
    found = [Segment(a.start, a.end, prints=not a.control, tail=a.start) for a in actions(data)]
    characters = list(text)
    for line, inside in lines(data, Span(0, len(data)), found):
        alone = not outside(data, line, inside).strip()
        for segment in inside:
            filler = HOLE if segment.prints and not alone else " "
            start = segment.start - (data[segment.start - 1 : segment.start] == b"$")
            for at in range(start, segment.end):
                if characters[at] not in "\r\n":
                    characters[at] = filler
    return "".join(characters)

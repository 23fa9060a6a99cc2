"""Templates of formats with brackets and quotes: a copy of as many bytes in which actions are words or blanks.

What a word is, the format says: it must be able to stand where a value stands, in quotes and out of them.
"""

from analyzer.model import Span
from analyzer.templates.lexer import actions
from analyzer.templates.segments import Segment, lines, outside


def masked(data: bytes, letter: bytes) -> bytes:
    """`data` with an action that prints as so many `letter`s, any other one as blanks; line ends stay.

    A line of nothing but actions prints lines of its own, or nothing: it is blank.
    """
    found = [Segment(a.start, a.end, prints=not a.control, tail=a.start) for a in actions(data)]
    shadow = bytearray(data)
    for line, inside in lines(data, Span(0, len(data)), found):
        alone = not outside(data, line, inside).strip()
        for segment in inside:
            filler = letter if segment.prints and not alone else b" "
            covered = b"".join(
                filler if byte not in b"\r\n" else bytes([byte]) for byte in data[segment.start : segment.end]
            )
            shadow[segment.start : segment.end] = covered
    return bytes(shadow)

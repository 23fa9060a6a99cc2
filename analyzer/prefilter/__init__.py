"""Bytes -> can this file hold anything? Decided before any parser runs, so that a run pays for candidates only.

It may let through too much, never too little: the needles are those of every declared host, the heuristics are wider
than the extractors. It knows neither names nor formats of files.
"""

from analyzer.prefilter.backends import Hit, Sieve
from analyzer.prefilter.gradual import Gradual
from analyzer.prefilter.heuristics import ALONE, ENCODED, EXCEPTIONS, HIDDEN, PLACES, SUBJECTS

__all__ = ["Gradual", "Hit", "Prefilter", "Sieve", "sieve_of"]


class Prefilter:
    """`needles` are regexes of declared hosts; `heuristics`: connections to hosts that no policy names matter too.

    `hidden`: so do values that are encrypted or kept elsewhere. `exceptions`: so do comments that make exceptions.
    """

    def __init__(
        self, needles: tuple[bytes, ...], *, heuristics: bool, hidden: bool = False, exceptions: bool = False
    ) -> None:
        self._hit = Gradual(sieve_of(needles, heuristics=heuristics, hidden=hidden, exceptions=exceptions))

    def hit(self, data: bytes) -> bool:
        """Whether a file with these bytes has to be examined."""
        return self._hit(data)


def sieve_of(needles: tuple[bytes, ...], *, heuristics: bool, hidden: bool = False, exceptions: bool = False) -> Sieve:
    """All patterns of a run; where nothing is wanted nothing passes."""
    alone = (*needles, *(HIDDEN if hidden else ()), *(EXCEPTIONS if exceptions else ()))
    if heuristics:
        return Sieve((*alone, *ENCODED, *ALONE), SUBJECTS, PLACES)
    return Sieve((*alone, *ENCODED) if needles else alone)

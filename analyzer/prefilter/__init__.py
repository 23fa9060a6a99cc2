"""Bytes -> can this file hold anything? Decided before any parser runs, so that a run pays for candidates only.

It may let through too much, never too little: the needles are those of every declared host, the heuristics are wider
than the extractors. It knows neither names nor formats of files. Engines that read a whole repository fast take half a
second to compile: the first files are searched without one.
"""

from analyzer.prefilter.backends import Hit, Sieve, by_hyperscan, by_re, by_re2
from analyzer.prefilter.heuristics import ALONE, ENCODED, EXCEPTIONS, HIDDEN, PLACES, SUBJECTS

__all__ = ["Hit", "Prefilter", "sieve_of"]

_MANY = 100  # patterns, from which on even the compilation of each for itself takes longer
_CHEAP = 12_000_000  # bytes times patterns: what `re` searches while a fast engine compiles


class Prefilter:
    """`needles` are regexes of declared hosts; `heuristics`: connections to hosts that no policy names matter too.

    `hidden`: so do values that are encrypted or kept elsewhere. `exceptions`: so do comments that make exceptions.
    """

    def __init__(
        self, needles: tuple[bytes, ...], *, heuristics: bool, hidden: bool = False, exceptions: bool = False
    ) -> None:
        self._sieve = sieve_of(needles, heuristics=heuristics, hidden=hidden, exceptions=exceptions)
        self._patterns = sum(map(len, (self._sieve.alone, self._sieve.subjects, self._sieve.places)))
        self._left = _CHEAP if self._patterns < _MANY else 0
        self._hit = by_re(self._sieve) if self._left else _fastest(self._sieve)

    def hit(self, data: bytes) -> bool:
        """Whether a file with these bytes has to be examined."""
        if self._left > 0:
            self._left -= (len(data) + 1) * self._patterns
            if self._left <= 0:
                self._hit = _fastest(self._sieve)
        return self._hit(data)


def _fastest(sieve: Sieve) -> Hit:
    return by_hyperscan(sieve) or by_re2(sieve) or by_re(sieve)


def sieve_of(needles: tuple[bytes, ...], *, heuristics: bool, hidden: bool = False, exceptions: bool = False) -> Sieve:
    """All patterns of a run; where nothing is wanted nothing passes."""
    alone = (*needles, *(HIDDEN if hidden else ()), *(EXCEPTIONS if exceptions else ()))
    if heuristics:
        return Sieve((*alone, *ENCODED, *ALONE), SUBJECTS, PLACES)
    return Sieve((*alone, *ENCODED) if needles else alone)

"""The engine that pays: those that read a whole repository fast take up to half a second to compile."""

from analyzer.prefilter.backends import Hit, Sieve, by_hyperscan, by_re, by_re2

_MANY = 100  # patterns, from which on even the compilation of each for itself takes longer
_CHEAP = 12_000_000  # bytes times patterns: what `re` searches while a fast engine compiles


class Gradual:
    """Says of the bytes of a file whether the sieve lets them through. The first files are searched with `re`."""

    def __init__(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._patterns = sum(map(len, (sieve.alone, sieve.subjects, sieve.places)))
        self._left = _CHEAP if self._patterns < _MANY else 0
        self._hit = by_re(sieve) if self._left else _fastest(sieve)

    def __call__(self, data: bytes) -> bool:
        """Whether a file with these bytes passes."""
        if self._left > 0:
            self._left -= (len(data) + 1) * self._patterns
            if self._left <= 0:
                self._hit = _fastest(self._sieve)
        return self._hit(data)


def _fastest(sieve: Sieve) -> Hit:
    return by_hyperscan(sieve) or by_re2(sieve) or by_re(sieve)

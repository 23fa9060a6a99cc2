"""The engines that search many patterns at once: Hyperscan, RE2, and Python's `re` where neither is installed.

All read `Sieve` patterns as bytes, without regard to case (ASCII), and say the same of every input; they differ in
speed only, by a factor of about a hundred from the first to the last.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

Hit: TypeAlias = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Sieve:
    """Lets through what holds one of `alone`, or one of `subjects` and one of `places`."""

    alone: tuple[bytes, ...]
    subjects: tuple[bytes, ...] = ()
    places: tuple[bytes, ...] = ()


def by_hyperscan(sieve: Sieve) -> Hit | None:
    """One pass for all patterns, which ends at the first proof; None where Hyperscan cannot be had."""
    hyperscan = _module("hyperscan")
    kinds = b"a" * len(sieve.alone) + b"s" * len(sieve.subjects) + b"p" * len(sieve.places)
    if hyperscan is None or not kinds:
        return None
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH
    expressions = [*sieve.alone, *sieve.subjects, *sieve.places]
    try:
        database.compile(expressions=expressions, ids=list(range(len(kinds))), elements=len(kinds), flags=flags)
    except hyperscan.error:
        return None  # more patterns than it takes: the others are slower and take any number

    def hit(data: bytes) -> bool:
        seen: set[int] = set()

        def matched(number: int, _start: int, _end: int, _flags: int, _context: object) -> bool:
            seen.add(kinds[number])
            return _enough(seen)

        try:
            database.scan(data, match_event_handler=matched)
        except hyperscan.ScanTerminated:
            return True
        return _enough(seen)

    return hit


def by_re2(sieve: Sieve) -> Hit | None:
    """Up to three passes, linear by construction; None where google-re2 is not installed."""
    re2 = _module("re2")
    if re2 is None:
        return None
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = 256 << 20  # with the default, the automaton of a long policy is thrown away over and over

    def search(patterns: Sequence[bytes]) -> Hit:
        one = re2.compile(b"|".join(b"(?:" + pattern + b")" for pattern in patterns), options)
        return lambda data: one.search(data) is not None

    alone, subjects, places = (search(group) if group else _never for group in _groups(sieve))
    return lambda data: alone(data) or (subjects(data) and places(data))


def by_re(sieve: Sieve) -> Hit:
    """A pass for each pattern: one alternation of all would be slower, for it cannot skip to a literal."""

    def search(patterns: Sequence[bytes]) -> Hit:
        each = [re.compile(pattern.lower()) for pattern in patterns]
        return lambda data: any(pattern.search(data) for pattern in each)

    alone, subjects, places = (search(group) for group in _groups(sieve))

    def hit(data: bytes) -> bool:
        low = data.lower()  # IGNORECASE costs the skipping too; escapes in the patterns are lower case themselves
        return alone(low) or (subjects(low) and places(low))

    return hit


def _groups(sieve: Sieve) -> tuple[tuple[bytes, ...], ...]:
    return sieve.alone, sieve.subjects, sieve.places


def _never(_data: bytes) -> bool:
    return False


def _enough(seen: set[int]) -> bool:
    return ord("a") in seen or {ord("s"), ord("p")} <= seen


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None

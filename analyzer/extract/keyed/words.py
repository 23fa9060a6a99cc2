"""Splits keys into words: snake, kebab, dotted, camel, words glued together and words cut in two.

`pgHost`, `PGHOST`, `pg-host` and `pghost` are all pg, host; `MySQL` is one word. Never searches for substrings:
`_GDB_HOST` holds no `db`. What words mean is not known here.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from analyzer.extract.keyed.vocabulary import COMPOUNDS, DATABASE, FOREIGN, GLUED, INTENTS

_LONGEST = 200
_LONGEST_GLUED = 40
_CHUNK = re.compile(r"[A-Za-z0-9]+")
_HUMP = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|[A-Z]+\d*|\d+")


@lru_cache(maxsize=4096)
def words(key: str) -> tuple[str, ...]:
    """The words of a key, lower case, in order: `pgHost` -> pg, host; digits stay at their word."""
    humps = [hump for chunk in _CHUNK.findall(key[:_LONGEST]) for hump in _humps(chunk)]
    single = [word for hump in humps for word in _unglued(hump.lower())]
    return tuple(_compounded(single))


def _humps(chunk: str) -> list[str]:
    parts = _HUMP.findall(chunk)
    for i in range(len(parts) - 1):
        head, tail = parts[i], parts[i + 1]
        # DBserver is cut as D, Bserver: the last capital belongs to the abbreviation.
        if head.isupper() and tail[:1].isupper() and (head + tail[0]).lower() in DATABASE and len(tail) > 1:
            parts[i], parts[i + 1] = head + tail[0], tail[1:]
    return parts


def _unglued(word: str) -> list[str]:
    bare = word.rstrip("0123456789")
    if len(bare) < 4 or bare in GLUED or bare in FOREIGN or bare in COMPOUNDS or bare in INTENTS:
        return [word]
    cut = _cover(bare)
    return [*cut[:-1], cut[-1] + word[len(bare) :]] if cut else [word]


def _cover(word: str) -> list[str]:
    """The word as known words in a row, longest first at each place; empty where it is none."""
    if len(word) > _LONGEST_GLUED:
        return []
    tails: dict[int, list[str]] = {len(word): []}
    for start in range(len(word) - 1, -1, -1):
        for end in range(len(word), start + 1, -1):
            if end in tails and word[start:end] in GLUED:
                tails[start] = [word[start:end], *tails[end]]
                break
    return tails.get(0, [])


def _compounded(single: list[str]) -> Iterator[str]:
    at = 0
    while at < len(single):
        pair = "".join(single[at : at + 2])
        if at + 1 < len(single) and stripped(pair) in COMPOUNDS:
            yield pair
            at += 2
        else:
            yield single[at]
            at += 1


def stripped(word: str) -> str:
    """The word without the number at its end, unless that makes it: `db1` is db, `s3` is s3."""
    return word if word in FOREIGN else word.rstrip("0123456789")

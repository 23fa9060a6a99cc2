"""Texts that functions put together: `sprintf("dbi:Pg:host=%s;port=%d", $host, $port)`, `join(';', ...)`.

https://perldoc.perl.org/functions/sprintf
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.perl.strings import concatenated
from analyzer.extract.shell.words import Expansion, Word
from analyzer.hosts import HOLE

_PLACE = re.compile(r"%(?:%|(?:(?P<number>\d{1,2})\$)?[-+ 0#]{0,4}\d{0,4}(?:\.\d{1,4})?[a-zA-Z])")
_LONGEST_TEXT = 4_000  # characters of a text that is put together


def made(function: str, words: Sequence[Word]) -> Word | None:
    """The text that a function makes of its arguments; None where it makes none that is followed."""
    if len(words) < 2 or sum(len(word.text) for word in words) > _LONGEST_TEXT:
        return None
    if function == "join" and not words[0].expansions:
        pieces = [piece for word in words[1:] for piece in (words[0], word)]
        return replace(concatenated(pieces[1:]), start=words[0].start)
    return _formatted(words[0], words[1:]) if function == "sprintf" else None


def _formatted(text: Word, arguments: Sequence[Word]) -> Word:
    pieces: list[Word] = []
    at = taken = 0
    for place in _PLACE.finditer(text.text):
        pieces.append(text.part(at, place.start()))
        at = place.end()
        if place.group() == "%%":
            pieces.append(text.part(at - 1, at))
            continue
        index = int(place["number"]) - 1 if place["number"] else taken
        taken += not place["number"]
        pieces.append(arguments[index] if 0 <= index < len(arguments) else _unknown(text))
    end = arguments[-1].end
    return replace(concatenated([*pieces, text.part(at)]), start=text.start, end=end)


def _unknown(text: Word) -> Word:
    return Word(HOLE, text.start, text.end, expansions=((0, Expansion("", text.start, text.end)),))

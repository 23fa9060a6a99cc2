"""Texts that a format puts together: `"Server={0};Port={1}" -f $server, 5432`.

https://learn.microsoft.com/en-us/dotnet/standard/base-types/composite-formatting
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.extract.shell.words import Word, joined

_SLOT = re.compile(r"\{\{|\}\}|\{(?P<number>\d{1,2})(?:[,:][^{}]{0,40})?\}")
_LONGEST_TEXT = 4_000  # characters that a format puts together


def formatted(text: Word, arguments: Sequence[Word]) -> Word:
    """`"Server={0}" -f $server`."""
    if len(text.text) + sum(len(one.text) for one in arguments) > _LONGEST_TEXT:
        return text
    pieces: list[Word] = []
    at = 0
    for slot in _SLOT.finditer(text.text):
        pieces.append(text.part(at, slot.start()))
        number = slot["number"]
        if number is None:
            pieces.append(text.part(slot.start(), slot.start() + 1))
        elif int(number) < len(arguments):
            pieces.append(arguments[int(number)])
        else:
            pieces.append(text.part(*slot.span()))
        at = slot.end()
    whole = joined([*pieces, text.part(at)], "")
    return replace(whole, start=text.start, end=text.end)


def single(word: Word) -> tuple[Word, ...]:
    """The words of a list, or the word that is none."""
    return (word,) if word.elements is None else word.elements

"""What attribute values and element text read as: character references and entities decoded, every character placed.

Entities that the file itself declares are constants of it; any other is a `HOLE`. Nothing is expanded twice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from analyzer.extract.spelling.spelled import Run, Spelled, spelled
from analyzer.extract.xml.lexer import Kind, Token
from analyzer.hosts import HOLE

_REFERENCE = re.compile(r"&(?:#(?P<decimal>[0-9]{1,7})|#x(?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[^\W\d][\w:.\-]{0,100}));")
_BLANK = re.compile(r"\r\n|[\r\n\t]")
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LONGEST = 300  # characters of an entity's value that are put in its place


class Speller:
    """Decodes pieces of one text; `entities` are the places of the values that the text declares, by name."""

    def __init__(self, text: str, entities: Mapping[str, Token]) -> None:
        self._text = text
        self._entities = entities

    def content(self, pieces: Iterable[Token]) -> Spelled:
        """An attribute's value or an element's text, of one or several pieces."""
        kept = list(pieces)
        runs = (run for piece in kept for run in self._piece(piece))
        return spelled(runs, kept[0].start, kept[-1].end) if kept else spelled((), 0, 0)

    def _raw(self, start: int, end: int) -> str:
        return self._text[start:end]

    def _piece(self, piece: Token) -> Iterator[Run]:
        if piece.kind is Kind.CDATA:
            yield Run(self._raw(piece.start, piece.end), piece.start, piece.end)
        elif piece.kind is Kind.ATTRIBUTE:
            yield from (part for run in self._decoded(piece.start, piece.end) for part in _in_one_line(run))
        else:
            yield from self._decoded(piece.start, piece.end)

    def _decoded(self, at: int, stop: int) -> Iterator[Run]:
        if "&" not in self._raw(at, stop):
            yield Run(self._raw(at, stop), at, stop)
            return
        for match in _REFERENCE.finditer(self._text, at, stop):
            start, end = match.span()
            yield Run(self._raw(at, start), at, start)
            yield self._reference(match)
            at = end
        yield Run(self._raw(at, stop), at, stop)

    def _reference(self, match: re.Match[str]) -> Run:
        start, end = match.span()
        declared = self._entities.get(match["name"] or "")
        if declared is not None and declared.end - declared.start <= _LONGEST:
            value = self._raw(declared.start, declared.end)
            if value and "&" not in value and "<" not in value:
                return Run(value, declared.start, declared.end, use=(start, end))
        return Run(_character(match), start, end, verbatim=False)


def _in_one_line(run: Run) -> Iterator[Run]:
    """In an attribute's value a line end or a tabulator is a blank: https://www.w3.org/TR/xml/#AVNormalize."""
    at = 0
    for blank in _BLANK.finditer(run.text) if run.verbatim else ():
        yield replace(run, text=run.text[at : blank.start()], start=run.start + at, end=run.start + blank.start())
        yield Run(" ", run.start + blank.start(), run.start + blank.end(), verbatim=False)
        at = blank.end()
    yield replace(run, text=run.text[at:], start=run.start + at) if at else run


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return _PREDEFINED.get(match["name"], HOLE)
    code = int(match["decimal"] or match["hex"], 10 if match["decimal"] else 16)
    valid = 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF
    return chr(code) if valid else HOLE

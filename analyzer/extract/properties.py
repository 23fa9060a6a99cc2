r"""Java properties files, by the letter of their definition.

Escapes, `\uXXXX`, continued lines and the three separators are read as `java.util.Properties` reads them
(https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load-java.io.Reader-). A comment `#---` starts
another document, as in Spring Boot. It knows no policy.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from analyzer.extract.ciphertext import hidden_rows
from analyzer.extract.inner.filenames import speaking
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.spelling.spelled import Run, spelled
from analyzer.model import Comment, Extraction
from analyzer.source import SourceFile

_NATURAL = re.compile(r"[ \t\f]*+([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
# The first sign or blank that is no escape ends the key; blanks around one sign belong to nothing.
_HEAD = re.compile(r"(?P<key>(?>(?:[^\\=: \t\f]|\\.|\\\Z)*))[ \t\f]*+(?:[=:][ \t\f]*+)?", re.DOTALL)
_PIECE = re.compile(r"(?P<plain>[^\\]++)|\\(?:u(?P<code>[0-9A-Fa-f]{4})|(?P<letter>.)|\Z)", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_INDEX = re.compile(r"\[\d{1,6}\]\Z")
_DOCUMENT = frozenset({"#---", "!---"})
_NO_CHARACTER = "\ufffd"

Stretch: TypeAlias = tuple[int, int]  # characters of the file, half-open


def extract(source: SourceFile) -> Extraction:
    """Hosts and DSNs of a properties file; each of its documents is a scope."""
    documents: list[list[Binding]] = [[]]
    comments: list[Comment] = []
    for line in _logical_lines(source.text):
        start, end = line[0]
        text = source.text[start:end].rstrip()
        if not text.startswith(("#", "!")):
            documents[-1].append(_binding(source, line))
        elif text in _DOCUMENT:
            documents.append([])
        elif "analyzer:" in text:
            comments.append(Comment(source.span(start, start + len(text)), text, own_line=True))
    scope = Scope(speaking(source.path))
    refs = (ref for bindings in documents for ref in references(bindings, scope))
    return Extraction(tuple(refs), comments=tuple(comments), opaque=tuple(hidden_rows(source)))


def _logical_lines(text: str) -> Iterator[tuple[Stretch, ...]]:
    """Lines that hold something: the stretches that their natural lines give, without indents and joining backslashes.

    Blank lines are none; a comment is one natural line, whatever it ends with.
    """
    naturals = _NATURAL.finditer(text)
    for natural in naturals:
        start, end = natural.span(1)
        stretches: list[Stretch] = []
        while start < end and _goes_on(text[start:end]) and (stretches or text[start] not in "#!"):
            stretches.append((start, end - 1))
            following = next(naturals, None)
            start, end = following.span(1) if following else (end, end)
        if start < end:
            stretches.append((start, end))
        if stretches:
            yield tuple(stretches)


def _goes_on(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _binding(source: SourceFile, line: Sequence[Stretch]) -> Binding:
    """Key and value; blanks at the end of a value belong to it, but to no host."""
    raw = "".join(source.text[start:end] for start, end in line)
    head = _HEAD.match(raw)
    name, at = (head["key"], head.end()) if head else ("", 0)
    key = "".join(_meant(piece) for piece in _PIECE.finditer(name))
    place = list(_cut(line, at, len(raw.rstrip())))
    runs = [run for start, end in place for run in _runs(source.text, start, end)]
    start, end = (place[0][0], place[-1][1]) if place else (line[-1][1], line[-1][1])
    listed = _INDEX.search(key)
    value = spelled(runs, start, end).value(source)
    return Binding(key[: listed.start()] if listed else key, value, item=listed is not None)


def _cut(line: Sequence[Stretch], first: int, last: int) -> Iterator[Stretch]:
    """The stretches of a logical line's characters `first` to `last`."""
    at = 0
    for start, end in line:
        from_, to = start + max(first - at, 0), start + min(last - at, end - start)
        if from_ < to:
            yield from_, to
        at += end - start


def _runs(text: str, start: int, end: int) -> Iterator[Run]:
    for piece in _PIECE.finditer(text, start, end):
        yield Run(_meant(piece), *piece.span(), verbatim=piece["plain"] is not None)


def _meant(piece: re.Match[str]) -> str:
    """What a piece stands for; half of a surrogate pair alone is no character that could be encoded again."""
    if piece["code"]:
        character = chr(int(piece["code"], 16))
        return _NO_CHARACTER if "\ud800" <= character <= "\udfff" else character
    letter = piece["letter"] or ""
    return piece["plain"] or _CONTROLS.get(letter, letter)

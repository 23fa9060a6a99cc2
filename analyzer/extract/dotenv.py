"""Reads dotenv files: the whole file is one scope, comments stay out, nothing is interpolated.

Rows are cut by python-dotenv's parser, whose originals join back to the text; it is never asked to interpolate, since
that would read this process's environment (https://saurabh-kumar.com/python-dotenv/reference/).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from dotenv import parser

from analyzer.extract.ciphertext import SOPS, hidden_rows, whole_file
from analyzer.extract.keyed.bindings import Binding, Scope, Value, references
from analyzer.model import Clue, Comment, Evidence, Extraction, Problem, Slot, Span
from analyzer.source import SourceFile, anchor

PLACE = Evidence(Clue.PLACE, "dotenv file")
STAGE = "extract"
_HEAD = re.compile(r"\s*+(?:export[^\S\r\n]+)?(?:'[^']+'|[^=#\s]++)[^\S\r\n]*+=[^\S\r\n]*+")
_QUOTED = re.compile(r"'(?>(?:\\.|[^'\\])*)'|\"(?>(?:\\.|[^\"\\])*)\"", re.DOTALL)
_BLANKS = re.compile(r"\s{64,}")
_BLANK_WORK = 50_000_000  # the parser looks for a comment behind each blank of a run: its work is the square
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the parser; `start` is the byte of its first character."""

    key: str | None
    value: str | None
    text: str
    start: int
    error: bool

    def span(self, first: int, last: int) -> Span:
        """Bytes of the characters `first` to `last` of the row."""
        head = self.start + len(_encode(self.text[:first]))
        return Span(head, head + len(_encode(self.text[first:last])))


def extract(source: SourceFile) -> Extraction:
    """Hosts and DSNs of a dotenv file; rows that are none are problems with their line, the others still count."""
    if sum(len(run) ** 2 for run in _BLANKS.findall(source.text)) > _BLANK_WORK:
        return Extraction(problems=(Problem(source.path, STAGE, "a run of blanks is too long: the file was not read"),))
    encrypted = whole_file(source)
    if encrypted is not None:
        return Extraction(opaque=(encrypted,))
    rows = list(_rows(source))
    bindings = [Binding(row.key, _value(source, row)) for row in rows if row.key and row.value is not None]
    scope = Scope(evidence=(PLACE,), sealed=SOPS if _sealed(rows) else "")
    return Extraction(
        refs=tuple(references(bindings, scope)),
        problems=tuple(_problems(source, [row for row in rows if row.error])),
        comments=tuple(comment for row in rows if (comment := _comment(row))),
        opaque=tuple(hidden_rows(source)),
    )


def _rows(source: SourceFile) -> Iterator[_Row]:
    text = source.text
    # The parser drops one BOM itself; the file's own is not part of `text`.
    at = source.bom + (len("\ufeff".encode()) if text.startswith("\ufeff") else 0)
    for row in parser.parse_stream(StringIO(text, newline="")):
        yield _Row(row.key, row.value, row.original.string, at, row.error)
        at += len(_encode(row.original.string))


def _value(source: SourceFile, row: _Row) -> Value:
    """The row's value with the way back to its literal, quotes excluded."""
    first, last = _literal(row)
    text, raw = row.value or "", row.span(first, last)

    def locate(start: int, end: int) -> Slot | None:
        return anchor(source, raw, text, start, end)

    return Value(text, locate, Slot(raw))


def _literal(row: _Row) -> tuple[int, int]:
    """Characters of the row's literal between its quotes."""
    head = _HEAD.match(row.text)
    start = head.end() if head else len(row.text)
    quoted = _QUOTED.match(row.text, start)
    return (start + 1, quoted.end() - 1) if quoted else (start, start + len(row.value or ""))


def _comment(row: _Row) -> Comment | None:
    if row.error or "analyzer:" not in row.text:
        return None
    start = 0
    if row.key is not None and row.value is not None:
        first, last = _literal(row)
        start = last + (row.text[first - 1 : first] in {"'", '"'} and row.text[last : last + 1] in {"'", '"'})
    mark = row.text.find("#", start)
    if mark < 0 or row.text[start:mark].strip() not in {"", row.key}:
        return None
    text = row.text[mark:].rstrip("\r\n")
    if "analyzer:" not in text:
        return None
    return Comment(row.span(mark, mark + len(text)), text, own_line=row.key is None)


def _problems(source: SourceFile, rows: list[_Row]) -> Iterator[Problem]:
    # .envrc is a shell script: its commands are no rows, and only its assignments matter here.
    script = source.path.endswith(".envrc")
    for row in rows[:_MOST_PROBLEMS]:
        blank = len(row.text) - len(row.text.lstrip())
        line = source.position(row.span(blank, blank).start).line
        # Without an equals sign no program reads a value from it.
        yield Problem(
            source.path, STAGE, "not a dotenv row, it was not read", line, incomplete="=" in row.text and not script
        )
    rest = rows[_MOST_PROBLEMS:]
    if rest:
        lost = any("=" in row.text for row in rest) and not script
        yield Problem(source.path, STAGE, f"{len(rest)} more rows are no dotenv rows", incomplete=lost)


def _sealed(rows: list[_Row]) -> bool:
    keys = {row.key: row.value for row in rows}
    return "sops_mac" in keys and keys.get("sops_mac_only_encrypted") != "true"


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")

"""A tiny format for tests of scopes: `key: value`; `key: !place` stands elsewhere, `- key: value` is a list's item,
`@a/b` names the parents."""

from analyzer.extract.keyed.bindings import Binding, Scope, Value, references
from analyzer.model import Clue, Evidence, Extraction
from analyzer.source import SourceFile
from tests.kit import check

PLACE = Evidence(Clue.PLACE, "a test")


def extract_rows(source: SourceFile) -> Extraction:
    parents: tuple[str, ...] = ()
    bindings = []
    at = 0
    for line in source.text.split("\n"):
        start, row = at, line.rstrip("\r")
        at += len(line) + 1
        if row.startswith("@"):
            parents = tuple(row[1:].split("/"))
        elif ": " in row and not row.startswith("#"):
            bindings.append(_binding(source, row, start))
    return Extraction(tuple(references(bindings, Scope(parents, (PLACE,), ": "))))


def _binding(source, row, start):
    item = row.startswith("- ")
    key, _, text = row.partition(": ")
    if text.startswith("!"):
        return Binding(key, hidden=text[1:])
    begin = start + len(key) + 2
    value = Value(text, lambda i, j: source.slot(begin + i, begin + j), source.slot(begin, begin + len(text)))
    return Binding(key.removeprefix("- "), value, item=item)


def found(marked):
    return check(extract_rows, marked, comment="#")

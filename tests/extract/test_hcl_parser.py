"""HCL that is broken, deep or hostile: it is read as far as it goes, and that is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.hcl import extract
from analyzer.model import Extraction
from analyzer.source import SourceFile
from tests.kit import check


def found(marked: str, **options) -> Extraction:
    return check(extract, marked, path="main.tf", comment="#", **options)


@pytest.mark.parametrize(
    "sample",
    [
        """\
a = ["x", "y"
db_host = "«10.0.0.121»"
""",
        """\
a = f("x"
db_host = "«10.0.0.121»"
""",
        """\
a = "no quote
db_host = "«10.0.0.121»"
""",
        """\
a = "${no brace"
db_host = "«10.0.0.121»"
""",
        """\
resource "a" "b" {
  c = 1
variable "db_host" {
  default = "«10.0.0.121»"
}
""",
        """\
}}
db_host = "«10.0.0.121»"
""",
        'a =\ndb_host = "«10.0.0.121»"\n',
        'a = { b =\ndb_host = "«10.0.0.121»"\n',
        """\
<<<<<<< HEAD
db_host = "«10.0.0.121»"
=======
db_host = "«10.0.0.122»"
>>>>>>> x
""",
        """\
x = [[ .var.y ]]
db_host = "«10.0.0.121»"
""",
    ],
)
def test_broken_files_still_tell(sample):
    assert not any(problem.incomplete for problem in found(sample, problems=None).problems)


@pytest.mark.parametrize(
    ("text", "line"),
    [('a = 1\nb = "c\n', 2), ("a = 1\n}\n", 2), ("\na {\n  b = 1\n", 2), ('a = "${b"\n', 1)],
    ids=["quote", "stray brace", "open block", "open interpolation"],
)
def test_what_does_not_fit_is_told(text, line):
    (problem,) = extract(SourceFile("a.tf", text.encode())).problems
    assert (problem.line, problem.incomplete) == (line, False)


@pytest.mark.parametrize("text", ["x\na {\n" + "a {\n" * 60, "[" * 60, "f(" * 60, '"${' * 20 + '"'])
def test_what_is_nested_too_deeply_makes_the_scan_incomplete(text):
    assert any(problem.incomplete for problem in extract(SourceFile("a.tf", f"a = 1\nb = {text}\n".encode())).problems)


_HOSTILE = ["{", '"', '"${', "[", "a = {", "<<A\n", "/*", "a b ", '"\\', "${", '"${\n', "x=[", "x=f(", "x = {\n"]


_HOSTILE += [
    "x = a ? ",
    '"${"${',
    'a="${f(',
    "<<A\n${",
    "(",
    "x=[for ",
    "{for a ",
    '"$${',
    "x = [{",
    "a.b[",
    "x=<<-A\n %{",
]


@pytest.mark.parametrize("piece", ["a ? ", "a ? b : ", "[", "{ a = ", "f(", "(", '"${', "a[", "a == ", "!", "a."])
def test_deep_expressions_end(piece):
    extract(SourceFile("main.tf", f"x = {piece * 20_001}".encode()))


@pytest.mark.parametrize("piece", _HOSTILE)
def test_hostile_repetition_ends(piece):
    extract(SourceFile("main.tf", (piece * 20_001).encode()))


_WORDS = 'db_host = : { } [ ] ( ) " 10.0.0.121 ${ %{ $${ # /* */ <<A <<-A A , . ? \\ ü env name value local.x format'


_PIECES = st.sampled_from(
    [*_WORDS.split(), " ", "\n", "\r\n", '"10.0.0.121"', 'db_host = "10.0.0.121"\n', 'locals {x="h"}\n']
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_text(text):
    source = SourceFile("main.tf", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host

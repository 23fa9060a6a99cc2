"""Syntax newer than Python 3.11, the oldest interpreter that runs the program."""

import pytest

from analyzer.extract.python import extract
from analyzer.source import SourceFile
from tests.kit import check


@pytest.mark.parametrize(
    "sample",
    [
        "class Box[T]:\n    DB_HOST = '«10.0.0.121»'\n",
        "class Box[K: (str, list[int]), V](dict[K, V]):\n    DB_HOST = '«10.0.0.121»'\n",
        "def first[T](items: list[T]) -> T: ...\nDB_HOST = '«10.0.0.121»'\n",
        "type Hosts = list[str]\ntype Pair[T] = tuple[T, T]\nDB_HOST = '«10.0.0.121»'\n",
        "async def load[\n    T,\n](x: T): ...\nDB_HOST = '«10.0.0.121»'\n",
        "type = {}\ntype['a'] = 1\nDB_HOST = '«10.0.0.121»'\n",
    ],
)
def test_type_parameters_and_aliases_are_read(sample):
    check(extract, sample, path="a.py", comment="#")


@pytest.mark.parametrize("text", ["class Box[T:\n", "def f[(x): ...\n", "type X =\n"])
def test_what_is_broken_stays_a_problem(text):
    (problem,) = extract(SourceFile("a.py", text.encode() + b"DB_HOST = '10.0.0.121'\n")).problems
    assert problem.incomplete

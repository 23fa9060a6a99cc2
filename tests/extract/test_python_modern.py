"""Syntax newer than Python 3.11, the oldest interpreter that runs the program."""

import ast
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.python import extract
from analyzer.extract.python.fstrings import older
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


@pytest.mark.parametrize(
    "line",
    [
        """print(f"{row["name"]} is up")""",
        """print(f"{_color(f'done {row['name']}', bold=True)} | " f"{row["b"]:>{row["width"]}}")""",
        """print(f"{', '.join(names)}{'\\n'.join(names)}")""",
        """print(f"{  # a comment with a quote: "\n    name\n}")""",
        """greeting = t'Hello {name}'""",
        """print(rf'''{row['''name''']}''')""",
        """print("f'{" + f"{{}} {row["}"]!r:%H:%M}")""",
    ],
)
def test_formatted_strings_of_newer_versions_are_read(line):
    sample = f"{line}\nDB_HOST = '«10.0.0.121»'\npsycopg.connect(f'postgresql://api:{{key}}@«10.0.0.122»/orders')\n"
    check(extract, sample, path="a.py", comment="#")


@given(st.text(alphabet="fFrRtT\"'{}()[]:!#\\\nab ", max_size=60))
def test_older_strings_keep_their_places_and_what_is_read_already(text):
    plain = older(text)
    assert len(plain) == len(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError:
        return
    ast.parse(plain)


@pytest.mark.parametrize("text", ["class Box[T:\n", "def f[(x): ...\n", "type X =\n"])
def test_what_is_broken_stays_a_problem(text):
    (problem,) = extract(SourceFile("a.py", text.encode() + b"DB_HOST = '10.0.0.121'\n")).problems
    assert problem.incomplete

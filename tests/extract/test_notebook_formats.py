"""Notebooks in other languages and layouts, directives in them, and what holds whatever a cell says."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzer.extract.notebook import extract
from analyzer.extract.notebook.magics import magics
from analyzer.model import Clue, Evidence
from analyzer.source import SourceFile
from tests.kit import check, check_none
from tests.notebooks import notebook

FAST = settings(max_examples=100, derandomize=True, deadline=None)
IMPORT = "import psycopg2\n"


def found(*cells, **options):
    return check(extract, notebook(*cells, **options), path="load.ipynb")


OTHER = {
    "bash": ("HOST=«10.0.0.121|clue=command,flow»\n", "psql -h $HOST orders\n"),
    "R": (
        "con <- dbConnect(Postgres(), host='10.0.0.121')\n",
        "u <- 'postgresql://app:made-up@«10.0.0.121|only=dsn»/x'\n",
    ),
    "scala": ('val u = "jdbc:postgresql://«10.0.0.121|only=dsn»:⟦5432⟧/x"\n',),
    "sql": ("-- postgresql://app:made-up@«10.0.0.121|clue=comment»/x\nSELECT 1\n",),
}


@pytest.mark.parametrize(("language", "cells"), OTHER.items(), ids=OTHER)
def test_other_languages(language, cells):
    found(*cells, metadata={"kernelspec": {"name": "x", "language": language}})


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"name": "python3"}},
        {"kernelspec": {"name": "conda-env-shop-py"}},
        {"language_info": {"name": "python", "version": "3.11.5"}},
        {"kernelspec": {"name": "pyspark", "language": "python"}},
    ],
)
def test_python_is_known_by_its_kernel_or_taken_for_granted(metadata):
    found(IMPORT, "psycopg2.connect(host='«10.0.0.121|clue=call»')\n", metadata=metadata)


def test_cells_of_other_languages_than_the_kernels():
    shell = (
        "code",
        "psql -h «10.0.0.121|clue=command» orders\n",
        {"metadata": {"vscode": {"languageId": "shellscript"}}},
    )
    magic = ("code", "%%sql postgresql://app:made-up@«10.0.0.122»/x\n", {"metadata": {"vscode": {"languageId": "sql"}}})
    found(shell, magic, "DB_HOST = '«10.0.0.120|clue=key»'\n")


def test_the_third_version_of_the_format():
    cells = [
        {"cell_type": "code", "language": "python", "input": ["DB_HOST = '«10.0.0.121|clue=key»'\n"], "outputs": []},
        {"cell_type": "markdown", "source": ["10.0.0.122\n"]},
    ]
    document = {"metadata": {"name": ""}, "nbformat": 3, "worksheets": [{"cells": cells}]}
    check(extract, json.dumps(document, ensure_ascii=False, indent=1), path="old.ipynb")


@pytest.mark.parametrize(
    "text", ['{"db_host": "«10.0.0.121»"}', '{"cells": [{"db_host": "«10.0.0.121»"}]}', '["a"]', ""]
)
def test_other_json_is_read_as_json(text):
    check(extract, text, path="x.ipynb")


def test_json_that_breaks_off_is_told_and_searched():
    whole = notebook("DB_HOST = '«10.0.0.121|sealed»'\n", "u = 'postgresql://app:made-up@«10.0.0.122|sealed»/orders'\n")
    check(extract, whole[: whole.rindex("/orders") + 10], path="x.ipynb", problems=1)


def test_prose_and_results_say_what_they_are():
    cells = [
        ("markdown", "10.0.0.121\n", {}),
        ("code", "1\n", {"outputs": [{"text": "10.0.0.122\n"}]}),
        ("raw", "x", {}),
    ]
    source = SourceFile("x.ipynb", notebook(*cells).encode())
    said = {region.nature: source.slice(region.span) for region in extract(source).regions}
    assert b"10.0.0.121" in said[Evidence(Clue.COMMENT, "Markdown cell")]
    assert b"10.0.0.122" in said[Evidence(Clue.COMMENT, "output of a cell")]
    assert Evidence(Clue.COMMENT, "raw cell") in said


@pytest.mark.parametrize("layout", [{}, {"lines": False}, {"indent": None}])
@pytest.mark.parametrize("own_line", [True, False])
def test_a_directive_covers_one_line_of_code(layout, own_line):
    excused = "# analyzer: ignore[node-host] drill\nA_DB_HOST = '10.0.0.121'\n"
    beside = "A_DB_HOST = '10.0.0.121'  # analyzer: ignore[node-host] drill\n"
    text = notebook(
        "B_DB_HOST = '10.0.0.122'\n" + (excused if own_line else beside) + "C_DB_HOST = '10.0.0.120'\n", **layout
    )
    source = SourceFile("x.ipynb", text.encode())
    (comment,) = extract(source).comments
    assert comment.own_line is own_line
    assert source.slice(comment.covers).decode().strip().startswith("A_DB_HOST = '10.0.0.121'")
    assert b"10.0.0.122" not in source.slice(comment.covers)
    assert b"10.0.0.120" not in source.slice(comment.covers)


@pytest.mark.parametrize(
    ("code", "covered"),
    [
        ("# analyzer: ignore[node-host] x\n# because\nA = 1\nB = 2\n", "A = 1"),
        ("# analyzer: ignore[node-host] x\nA = \\\n  1\nB = 2\n", "A = \\\n  1"),
        ('# analyzer: ignore[node-host] x\nA = """a\nb"""\nB = 2\n', 'A = """a\nb"""'),
        ("%%bash\n# analyzer: ignore[node-host] x\npsql -h a\npsql\n", "psql -h a"),
        ("%%sql\n-- analyzer: ignore[node-host] x\n-- because\nSELECT 1\nSELECT 2\n", "SELECT 1"),
        ("A = 1\n# analyzer: ignore[node-host] at the end", ""),
    ],
)
def test_a_directive_covers_what_it_would_in_a_file(code, covered):
    source = SourceFile("x.ipynb", notebook(code, "C = 3\n").encode())
    (comment,) = extract(source).comments
    shown = source.slice(comment.covers).decode().replace('",\n    "', "")
    assert json.loads(f'"{shown}"').strip() == covered


PIECES = st.sampled_from(
    [
        *(
            "x = 1\n",
            "%%bash\n",
            "%time f()\n",
            "!ls {x} $y\n",
            '"""',
            "'''",
            "(",
            ")",
            "\\\n",
            "# é 🐘\n",
            "    ",
            "?x\n",
        ),
        *(
            "for i in x:\n",
            "%%sql\n",
            "%env A=b\n",
            "y = !ls\n",
            "\r\n",
            "'",
            '"',
            "{",
            "}",
            "print x\n",
            "\x00",
            "%",
            "!",
        ),
    ]
)
CODE = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join)
ODD = (
    ["!psql '''\"\"\" x\\\n"],
    ["%env A='\n", "%env A=''\n", "%env A=\n", "%env A\n", "%time\n", "%timeit -n 3\n", "!\n", "x = !\n"],
    ["%%\n", "%%script\n", "%%writefile\n", "%%writefile a.yaml\n{", "%%bash", "%sql\nx", "\ud800"],
)


@FAST
@given(st.lists(CODE, max_size=5), st.sampled_from([{}, {"lines": False}, {"indent": None}]))
@example(ODD[0], {})
@example(ODD[1], {"lines": False})
@example(ODD[2], {"indent": None})
def test_whatever_stands_around_a_cell_is_sound(cells, layout):
    text = notebook(*cells, "DB_HOST = '10.0.0.121'\n", *cells, **layout)
    source = SourceFile("x.ipynb", text.encode("utf-8", "surrogatepass"))
    refs = [ref for ref in extract(source).refs if ref.host == "10.0.0.121"]
    assert [source.slice(ref.slot.span) for ref in refs] == [b"10.0.0.121"]
    assert not refs[0].sealed


@FAST
@given(CODE)
def test_magics_are_told_in_order_and_inside_of_the_text(text):
    at = 0
    for magic in magics(text, len(text)):
        assert at <= magic.start <= magic.target <= magic.sign <= magic.text <= magic.end <= len(text)
        at = magic.end


def test_no_passing_sample_is_a_notebook_by_accident():
    check_none(extract, '{"cells": []}', path="x.ipynb")

"""No cell of the matrix language x engine x form is empty that a user would expect to be filled."""

import pytest

from tests.matrix import ENGINES, FORMS, LANGUAGES, cells, found, main, probes


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str, str], str]:
    return cells(found(probes()))


def test_every_cell_that_has_a_client_is_filled(told):
    assert not {cell for cell, word in told.items() if word == "not found"}


def test_the_matrix_is_whole(told):
    assert set(told) == {(language, engine, form) for language in LANGUAGES for engine in ENGINES for form in FORMS}
    missing = [cell for cell, word in told.items() if cell[2] == "config" and word != "found"]
    assert missing == [], "each engine has a client in each language"
    assert sum(word == "no such client" for word in told.values()) < 90


def test_the_report_prints_a_row_for_each_engine(capsys):
    assert main(["shell"]) == 0
    printed = capsys.readouterr().out
    assert all(f"shell       {engine}" in printed for engine in ENGINES)
    assert "files 39, not found 0" in printed

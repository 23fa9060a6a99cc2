import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain.py", "plain.py"),
        ("a\nb", "a\\x0ab"),
        ("a\\b", "a\\\\b"),
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("\udcff", "\\xff"),
        ("a\u202eb", "a\\u202eb"),
        ("x ##[error]y", "x ##\\[error]y"),
        ("non\u00a0break", "non\\xa0break"),
    ],
)
def test_what_is_shown(text, shown):
    assert visible(text) == shown


@given(st.text(alphabet=st.characters(), max_size=300))
def test_one_printable_line_whatever_comes(text):
    shown = visible(text)
    assert len(shown) <= 200
    assert "##[" not in shown
    assert all(c == " " or unicodedata.category(c)[0] not in "CZ" for c in shown)
    shown.encode("utf-8")

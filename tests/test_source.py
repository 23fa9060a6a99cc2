import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model import Position, Span
from analyzer.source import SourceFile, anchor

texts = st.builds(str.__mul__, st.text(alphabet="aß€😀\r\n\t \x00\ufeff", max_size=40), st.sampled_from([1, 1, 40]))


@given(texts, st.data())
def test_a_span_of_characters_slices_to_their_bytes(text, data):
    source = SourceFile("a", text.encode())
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    assert source.slice(source.span(start, end)) == source.text[start:end].encode()


@given(st.binary(max_size=60))
def test_any_bytes_decode_and_map_back(data):
    source = SourceFile("a", data)
    assert source.slice(source.span(0, len(source.text))) == data[source.bom :]
    assert (source.invalid_at is None) == _is_utf8(data)


def _is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("data", "byte", "expected"),
    [
        (b"", 0, Position(1, 1, 1, 0, 1)),
        (b"ab\ncd", 3, Position(2, 1, 1, 3, 1)),
        (b"ab\r\ncd", 5, Position(2, 2, 2, 5, 2)),
        (b"ab\rcd", 4, Position(2, 2, 2, 4, 2)),
        ("😀x".encode(), 4, Position(1, 2, 3, 2, 5)),
        ("ß\n€x".encode(), 6, Position(2, 2, 2, 3, 4)),
        (b"\xef\xbb\xbfab", 4, Position(1, 2, 2, 1, 5)),
        ("a\x0bb\x85c\u2028d".encode(), 9, Position(1, 7, 7, 6, 10)),
    ],
)
def test_positions(data, byte, expected):
    assert SourceFile("a", data).position(byte) == expected


@pytest.mark.parametrize(
    ("raw", "value", "piece", "found"),
    [
        (b'"pg://h1/x"', "pg://h1/x", "h1", b"h1"),
        (b'"a\\tb h1"', "a\tb h1", "h1", b"h1"),
        (b'"h1\\t h1"', "h1\t h1", "h1", None),
        (b'"\\nh1"', "\nh1", "h1", None),
        (b'"\\x68\\x31"', "h1", "h1", None),
    ],
)
def test_anchor(raw, value, piece, found):
    source = SourceFile("a", raw)
    start = value.index(piece)
    slot = anchor(source, Span(0, len(raw)), value, start, start + len(piece))
    assert (source.slice(slot.span) if slot else None) == found

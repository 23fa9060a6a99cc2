from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.base64text import decode, peek

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def wrapped(data: bytes, width: int, line_end: bytes, tail: bytes = b"") -> bytes:
    text = b64encode(data)
    return line_end.join(text[i : i + width] for i in range(0, len(text), width)) + tail


@FAST
@given(
    st.binary(min_size=1, max_size=120),
    st.binary(min_size=1, max_size=120),
    st.sampled_from([0, 4, 8, 60, 64, 76]),
    st.sampled_from([b"\n", b"\r\n", b"\n    ", b"\r\n\t"]),
    st.sampled_from([b"", b"\n", b"\r\n"]),
)
def test_an_edit_and_its_inverse_give_the_same_bytes(old, new, width, line_end, tail):
    raw = wrapped(old, width or 10_000, line_end, tail)
    decoded = decode(raw)
    assert decoded is not None
    assert decoded.data == old
    assert decoded.encode(old) == raw
    again = decode(decoded.encode(new))
    assert again is not None
    assert again.data == new


@FAST
@given(st.text(alphabet="ABZaz09+/=\n \r", max_size=30))
def test_only_text_that_encodes_back_is_read(text):
    raw = text.encode()
    decoded = decode(raw)
    assert decoded is None or decoded.encode(decoded.data) == raw


def test_the_layout_of_the_lines_is_kept():
    raw = wrapped(b"postgresql://u:p@10.0.0.121:5432/app?sslmode=require", 24, b"\r\n      ", b"\r\n")
    decoded = decode(raw)
    assert decoded is not None
    edited = decoded.encode(decoded.data.replace(b"10.0.0.121", b"10.0.0.10"))
    assert edited == wrapped(b"postgresql://u:p@10.0.0.10:5432/app?sslmode=require", 24, b"\r\n      ", b"\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"10.0.0.121",
        b"MTAuMC4wLjEyMQ",  # no padding
        b"MR==",  # bits after the last byte
        b"MQ==MQ==",  # padding in the middle
        b"MTAu MC4w",  # a blank inside a line
        b"MTAu\nMC4wLjEy\nMQ==",  # ragged lines
        b"MTAu-_==",
        b" MQ==",
        "MTAué".encode(),
    ],
)
def test_what_would_not_encode_back_is_not_read(raw):
    assert decode(raw) is None


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        (b"MTAuMC4wLjEyMQ==", b"10.0.0.121"),
        (b"MTAuMC4wLjEyMQ", b"10.0.0.121"),
        (b"MTAu MC4w\nLjEyMQ==", b"10.0.0.121"),
        (b"MR==", b"1"),
    ],
)
def test_peeking_is_lenient(raw, data):
    assert peek(raw) == data


@pytest.mark.parametrize("raw", [b"", b"=", b"A", b"MQ==MQ==", b"a.b", "é".encode()])
def test_peeking_sees_no_base64_in_other_text(raw):
    assert peek(raw) is None


def test_the_decoded_bytes_stay_out_of_the_representation():
    decoded = decode(b64encode(b"s3cret"))
    assert "s3cret" not in repr(decoded)

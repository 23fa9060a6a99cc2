"""Texts that know their origin: whatever is cut and joined, a marked character is the one of its origin."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.helm.data import Kind, List, Map, Scalar, string
from analyzer.extract.helm.traced import Traced, interleaved, joined
from analyzer.extract.helm.yamltext import from_yaml, quoted, single_quoted, to_json, to_yaml

SOURCE = "0123456789 abc: d'e\"f\n  g- [h] {i} #j\\k ä€ \U0001f418 true null 10.0.0.121:5432"
WHOLE = Traced(SOURCE, ((0, len(SOURCE), 1_000),))


def holds(text):
    """Every marked character is spelled as its origin, and marks are in order."""
    end = 0
    for start, stop, origin in text.marks:
        assert end <= start < stop <= len(text)
        assert text.text[start:stop] == SOURCE[origin - 1_000 : origin - 1_000 + stop - start]
        end = stop


pieces = st.lists(
    st.one_of(
        st.tuples(st.integers(0, len(SOURCE)), st.integers(0, len(SOURCE))).map(lambda p: WHOLE.part(min(p), max(p))),
        st.text("xy\n ", max_size=5),
    ),
    max_size=6,
)
fast = settings(max_examples=60, deadline=None, derandomize=True)


@fast
@given(pieces, st.integers(0, 60), st.integers(0, 60))
def test_parts_of_joined_texts(parts, start, end):
    text = joined(parts)
    holds(text)
    low, high = sorted((min(start, len(text)), min(end, len(text))))
    part = text.part(low, high)
    holds(part)
    assert part.text == text.text[low:high]
    assert joined([text.part(0, low), part, text.part(high)]).text == text.text
    assert [text.origin(at) for at in range(low, high)] == [part.origin(at) for at in range(high - low)]


@fast
@given(pieces)
def test_splitting_and_stripping(parts):
    text = joined(parts)
    assert interleaved("\n", text.split("\n")).text == text.text
    for line in (*text.split("\n"), text.stripped()):
        holds(line)
    assert text.stripped().text == text.text.strip(" \t\r\n")


@fast
@given(pieces, st.integers(0, 60), st.integers(0, 60))
def test_a_run_is_written_in_one_piece(parts, start, end):
    text = joined(parts)
    low, high = sorted((min(start, len(text)), min(end, len(text))))
    origins = [text.origin(at) for at in range(low, high)]
    whole = bool(origins) and origins[0] >= 0 and origins == list(range(origins[0], origins[0] + len(origins)))
    assert text.run(low, high) == (origins[0] if whole else -1)


values = st.recursive(
    st.one_of(
        st.tuples(st.integers(0, len(SOURCE)), st.integers(0, len(SOURCE))).map(
            lambda p: string(WHOLE.part(min(p), max(p)))
        ),
        st.integers(0, 99_999).map(lambda n: Scalar(Kind.NUMBER, Traced(str(n)))),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(List),
        st.dictionaries(st.text("abcXYZ_.-/ 19", min_size=1, max_size=6), inner, max_size=3).map(Map),
    ),
    max_leaves=6,
)


@fast
@given(values)
def test_yaml_and_json_read_back_as_the_same_value(value):
    for written in (to_yaml(value), to_json(value)):
        holds(written)
        again = from_yaml(written)
        assert to_json(again).text == to_json(value).text
        holds(to_json(again))


def test_the_origin_survives_yaml():
    host = WHOLE.part(SOURCE.index("10.0.0.121"), SOURCE.index(":5432"))
    again = from_yaml(to_yaml(Map({"db": Map({"url": string(joined(["pg://ä:", host, "\n/x"]))})})))
    text = again.items["db"].items["url"].text
    assert text.text == "pg://ä:10.0.0.121\n/x"
    assert text.run(7, 17) == host.origin(0)


def test_quotes():
    assert quoted(Traced('a"b\\c\n')).text == '"a\\"b\\\\c\\n"'
    assert single_quoted(Traced("it's")).text == "'it''s'"

"""Merging, applying, undoing and following edits: tables of cases, and properties over random bytes and spans."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Edit, Fix, Safety, Span
from analyzer.rewrite import RewriteError, apply, invert, merge

DATA = b"host=10.0.0.121 port=5432\r\n"


def edit(start: int, old: bytes, new: bytes) -> Edit:
    return Edit(Span(start, start + len(old)), old, new)


def fix(*edits: Edit, title: str = "") -> Fix:
    return Fix(title, Safety.SAFE, edits)


HOST = edit(5, b"10.0.0.121", b"10.0.0.10")
PORT = edit(21, b"5432", b"5000")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param((), DATA, id="none"),
        pytest.param((HOST,), b"host=10.0.0.10 port=5432\r\n", id="shorter"),
        pytest.param((PORT, HOST), b"host=10.0.0.10 port=5000\r\n", id="two in any order"),
        pytest.param((edit(0, b"host", b"HOST"),), b"HOST=10.0.0.121 port=5432\r\n", id="first byte"),
        pytest.param((edit(25, b"\r\n", b"\n"),), b"host=10.0.0.121 port=5432\n", id="last byte"),
        pytest.param((edit(27, b"", b"x"),), DATA + b"x", id="insert at the end"),
        pytest.param(
            (edit(15, b"", b":5000"), HOST), b"host=10.0.0.10:5000 port=5432\r\n", id="insert after a replaced run"
        ),
        pytest.param((HOST, edit(5, b"", b"[")), b"host=[10.0.0.10 port=5432\r\n", id="insert before a replaced run"),
        pytest.param((edit(15, b" port=5432", b""),), b"host=10.0.0.121\r\n", id="remove"),
        pytest.param((edit(4, b"=", b""), HOST), b"host10.0.0.10 port=5432\r\n", id="adjacent"),
    ],
)
def test_apply(edits, expected):
    assert apply(DATA, edits) == expected


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param((edit(5, b"10.0.0.122", b""),), id="other bytes"),
        pytest.param((HOST, edit(14, b"1 ", b"")), id="overlap"),
        pytest.param((HOST, edit(8, b"", b"x")), id="insert inside"),
        pytest.param((HOST, HOST), id="twice"),
        pytest.param((edit(26, b"\n\n", b""),), id="beyond the end"),
        pytest.param((edit(-1, b"", b"x"),), id="before the start"),
        pytest.param((Edit(Span(6, 5), b"", b"x"),), id="backwards"),
    ],
)
def test_apply_refuses(edits):
    with pytest.raises(RewriteError) as caught:
        apply(DATA, edits)
    assert "10.0.0" not in str(caught.value)
    assert caught.value.exit_code == 5


def test_merge_takes_disjoint_fixes_in_the_order_of_the_file():
    late, early = fix(PORT), fix(HOST)
    assert merge([late, early]).accepted == (early, late)
    assert merge([late, early]).edits == (HOST, PORT)


def test_merge_shares_an_edit_that_two_fixes_have():
    one, other = fix(HOST, PORT, title="one"), fix(edit(0, b"host", b"HOST"), PORT, title="other")
    merged = merge([one, other])
    assert set(merged.accepted) == {one, other}
    assert merged.rejected == ()
    assert merged.edits == (edit(0, b"host", b"HOST"), HOST, PORT)


def test_merge_rejects_the_later_fix_whole():
    first, second = fix(HOST), fix(edit(7, b".0.0.121", b".0.0.11"), PORT)
    merged = merge([second, first])
    assert merged.accepted == (first,)
    assert merged.rejected == ((second, "it overlaps another fix"),)
    assert merged.edits == (HOST,)


def test_merge_lets_a_fix_in_between_the_edits_of_another():
    around, between = fix(edit(0, b"host", b"HOST"), PORT), fix(HOST)
    assert merge([around, between]).edits == (edit(0, b"host", b"HOST"), HOST, PORT)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        pytest.param(edit(15, b"", b":1"), edit(15, b"", b":1"), True, id="equal insertions"),
        pytest.param(edit(15, b"", b":1"), edit(15, b"", b":2"), False, id="different insertions"),
        pytest.param(HOST, edit(15, b"", b":1"), True, id="insertion behind"),
        pytest.param(HOST, edit(5, b"", b"["), True, id="insertion before"),
        pytest.param(HOST, edit(6, b"", b"x"), False, id="insertion inside"),
        pytest.param(HOST, edit(5, b"10.0.0.121", b"10.0.0.11"), False, id="same run, other text"),
        pytest.param(HOST, edit(5, b"10.0.0.12", b"10.0.0.1"), False, id="same start"),
        pytest.param(HOST, edit(8, b".0.121", b".0.10"), False, id="same end"),
        pytest.param(HOST, edit(0, b"host=10.0.0.121 port", b""), False, id="inside a larger one"),
        pytest.param(HOST, edit(4, b"=", b":"), True, id="touching"),
    ],
)
def test_merge_of_two(one, other, both):
    for pair in ((one, other), (other, one)):
        merged = merge([fix(pair[0]), fix(pair[1])])
        assert (len(merged.accepted) == 2) is both
        assert len(merged.accepted) + len(merged.rejected) == 2


def test_merge_rejects_what_is_no_fix():
    empty, torn = fix(), fix(HOST, edit(6, b"0", b"1"))
    assert merge([torn, empty]).rejected == ((empty, "it has no edits"), (torn, "its own edits overlap"))


def test_merge_of_many_fixes_is_not_quadratic():
    fixes = [fix(edit(at * 4, b"10", b"11"), edit(at * 4 + 2, b"", b"x")) for at in range(20_000)]
    assert len(merge(reversed(fixes)).edits) == 40_000


def shift(byte, edits):
    """Where a byte of the old bytes stands in the new ones."""
    return byte + sum(len(e.new) - len(e.old) for e in edits if e.span.end <= byte)


@st.composite
def edited(draw) -> tuple[bytes, list[Edit]]:
    """Random bytes and non-overlapping edits on them, in random order; at most one insertion at a place."""
    data = draw(st.binary(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=12)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if not edits or start > edits[-1].span.start or end > edits[-1].span.end:
            edits.append(Edit(Span(start, end), data[start:end], draw(st.binary(max_size=6))))
    return data, draw(st.permutations(edits))


@given(edited())
@settings(derandomize=True, max_examples=300, deadline=None)
def test_the_inverse_restores_every_byte(case):
    data, edits = case
    new = apply(data, edits)
    assert apply(new, invert(edits)) == data
    assert apply(apply(new, invert(edits)), invert(invert(edits))) == new


@given(edited())
@settings(derandomize=True, max_examples=300, deadline=None)
def test_nothing_changes_outside_the_spans(case):
    data, edits = case
    new = apply(data, edits)
    inside = {byte for e in edits for byte in range(e.span.start, e.span.end)}
    starts = {e.span.start for e in edits}
    for byte in set(range(len(data))) - inside - starts:
        at = shift(byte, edits)
        assert new[at : at + 1] == data[byte : byte + 1]


@st.composite
def proposals(draw) -> list[Fix]:
    spans = st.tuples(st.integers(0, 14), st.integers(0, 3))
    edits = st.builds(
        lambda s, new: Edit(Span(s[0], s[0] + s[1]), bytes(s[1]), new), spans, st.sampled_from([b"a", b"b"])
    )
    return [fix(*draw(st.lists(edits, max_size=3)), title=str(n)) for n in range(draw(st.integers(0, 6)))]


def overlap(one: Edit, other: Edit) -> bool:
    """By the definition, byte for byte: a second opinion on the merge's own reasoning."""
    if one == other:
        return False
    if one.span == other.span:
        return True
    (a, b), (c, d) = (one.span.start, one.span.end), (other.span.start, other.span.end)
    return bool(set(range(a, b)) & set(range(c, d))) or (a == b and c < a < d) or (c == d and a < c < b)


@given(proposals())
@settings(derandomize=True, max_examples=400, deadline=None)
def test_merged_fixes_are_whole_and_compatible(fixes):
    merged = merge(fixes)
    assert sorted(f.title for f in (*merged.accepted, *(f for f, _ in merged.rejected))) == sorted(
        f.title for f in fixes
    )
    assert set(merged.edits) == {e for f in merged.accepted for e in f.edits}
    assert len(set(merged.edits)) == len(merged.edits)
    assert not any(overlap(one, other) for one in merged.edits for other in merged.edits)
    assert apply(bytes(20), merged.edits) is not None
    for rejected, reason in merged.rejected:
        own = any(overlap(one, other) for one in rejected.edits for other in rejected.edits)
        foreign = any(overlap(one, other) for one in rejected.edits for other in merged.edits)
        assert {
            "it has no edits": not rejected.edits,
            "its own edits overlap": own,
            "it overlaps another fix": foreign,
        }[reason]


@given(proposals(), st.randoms(use_true_random=False))
@settings(derandomize=True, max_examples=100, deadline=None)
def test_merge_does_not_depend_on_the_order_given(fixes, random):
    mixed = list(fixes)
    random.shuffle(mixed)
    assert merge(mixed).edits == merge(fixes).edits

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.yamltree import Alias, Mapping, Node, Scalar, Sequence, YamlFault, load_documents
from analyzer.yamltree.parse import MAX_ALIASES, MAX_DEPTH, MAX_EVENTS

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Mapping():
            return [found for pair in node.pairs for part in pair for found in scalars(part)]
        case Sequence():
            return [found for item in node.items for found in scalars(item)]
        case Alias():
            return []


def only(text: str | bytes) -> Scalar:
    data = text.encode() if isinstance(text, str) else text
    (root,) = load_documents(data)
    assert isinstance(root, Mapping)
    found = root.pairs[0][1]
    assert isinstance(found, Scalar)
    return found


def spelled(text: str, value: str, piece: str) -> str:
    """What stands in the file for `piece` of the first value."""
    scalar = only(text)
    assert scalar.value == value
    assert scalar.offsets is not None
    assert scalar.offsets.text == value
    at = value.index(piece)
    span = scalar.offsets.span(at, at + len(piece))
    return text.encode()[span.start : span.end].decode()


@pytest.mark.parametrize(
    ("text", "literal", "style"),
    [
        ("k: 10.0.0.121 # note\n", "10.0.0.121", ""),
        ("k: 10.0.0.121#c\n", "10.0.0.121#c", ""),
        ("k: &id 10.0.0.121\n", "10.0.0.121", ""),
        ('k: !!str &id # note\n  "10.0.0.121"\n', '"10.0.0.121"', '"'),
        ("k: '10.0.0.121'\n", "'10.0.0.121'", "'"),
        ("k: &a !!str 'it''s'\n", "'it''s'", "'"),
        ("k: |- # note\n  10.0.0.121\nz: 1\n", "|- # note\n  10.0.0.121\n", "|"),
        ("k: >2\n    a\n", ">2\n    a\n", ">"),
    ],
)
def test_a_literal_has_no_anchor_tag_or_comment(text, literal, style):
    scalar = only(text)
    assert text[scalar.literal.start : scalar.literal.end] == literal
    assert scalar.style == style


@pytest.mark.parametrize(
    ("text", "value", "piece", "raw"),
    [
        ("k: a 10.0.0.121 b\n", "a 10.0.0.121 b", "10.0.0.121", "10.0.0.121"),
        ("k: é\n   ü 10.0.0.121\n", "é ü 10.0.0.121", "ü 10.0.0.121", "ü 10.0.0.121"),
        ("k: 'it''s\n\n   10.0.0.121'\n", "it's\n10.0.0.121", "s\n1", "s\n\n   1"),
        ("k: 'it''s'\n", "it's", "'", "''"),
        ('k: "a\\x31\\u00e9 b"\n', "a1é b", "1é", "\\x31\\u00e9"),
        ('k: "10.0.\\\n   0.121"\n', "10.0.0.121", "10.0.0.121", "10.0.\\\n   0.121"),
        ('k: "a  \\\n\n  b \\/"\n', "a  \nb /", "/", "\\/"),
        ('k: "é \U0001f418 10.0.0.121"\n', "é \U0001f418 10.0.0.121", "10.0.0.121", "10.0.0.121"),
        ("k: |\n    é 10.0.0.121\n      x\n\n    y\n", "é 10.0.0.121\n  x\n\ny\n", "  x", "  x"),
        ("k: |+2\n    a\n  b\n\n", "  a\nb\n\n", "  a", "  a"),
        ("k: >-\n  a\n  10.0.0.121\n\n  b\n", "a 10.0.0.121\nb", "10.0.0.121", "10.0.0.121"),
        ("k: |\r\n  a\r\n  10.0.0.121\r\n", "a\n10.0.0.121\n", "10.0.0.121", "10.0.0.121"),
    ],
)
def test_every_character_knows_its_bytes(text, value, piece, raw):
    assert spelled(text, value, piece) == raw


def test_a_byte_order_mark_moves_offsets_and_not_positions():
    data = b"\xef\xbb\xbfk: 10.0.0.121\n"
    scalar = only(data)
    assert data[scalar.start : scalar.end] == b"10.0.0.121"
    with pytest.raises(YamlFault) as caught:
        load_documents(b"\xef\xbb\xbfk: @x\n")
    assert (caught.value.line, caught.value.column) == (1, 4)


def test_bytes_that_yaml_forbids_are_values():
    assert only(b"k: a\x00\x07\xff z\n").value == "a\x00\x07\udcff z"
    assert only(r'k: "a\ud83d\ude00 10.0.0.121"').value == r"a\ud83d\ude00 10.0.0.121"
    assert only(r'k: "a\\ud83d"').value == r"a\ud83d"


def test_keys_anchors_aliases_and_merges_stay_as_they_stand():
    (root,) = load_documents(b"a: &x {h: 1}\nb: {<<: *x, h: 2, h: 3}\n")
    assert isinstance(root, Mapping)
    first, second = root.pairs[0][1], root.pairs[1][1]
    assert isinstance(first, Mapping)
    assert isinstance(second, Mapping)
    assert (first.anchor, first.flow, [s.value for s in scalars(second)]) == ("x", True, ["<<", "h", "2", "h", "3"])
    assert second.pairs[0][1] == Alias(21, 23, "x")


@pytest.mark.parametrize(
    ("text", "plain"), [("k: 5432", True), ("k: '5432'", False), ("k: !!str 5432", False), ("k:", True)]
)
def test_plain_scalars_are_those_whose_type_is_guessed(text, plain):
    assert only(text).plain is plain


def test_documents_are_split_and_none_is_none():
    assert load_documents(b"") == ()
    assert load_documents(b"# only a comment\n") == ()
    assert [type(root) for root in load_documents(b"a: 1\n---\n- b\n--- c\n")] == [Mapping, Sequence, Scalar]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (b"a: [1, 2\n", 1, 4),
        (b"a: 1\nb: 'x\n", 2, 4),
        (b"a: 1\n\tb: 2\n", 2, 1),
        ("é: é: 1\n".encode(), 1, 5),
        (b"\xff\xfea\x00", 1, 1),
        (b"a\x00:\x00", 1, 1),
    ],
)
def test_a_fault_tells_where_in_our_words(text, line, column):
    with pytest.raises(YamlFault) as caught:
        load_documents(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.__cause__ is None
    assert not caught.value.limit


@pytest.mark.parametrize(
    "data",
    [
        b"- " * 25_000,
        b"[" * 100_000,
        b"{a: " * 5_000,
        b"".join(b" " * i + b"a:\n" for i in range(MAX_DEPTH + 5)),
        b"a: &a 1\nb: [" + b"*a, " * (MAX_ALIASES + 1) + b"1]\n",
        b"- a\n" * (MAX_EVENTS + 1),
    ],
)
def test_costly_input_is_refused(data):
    with pytest.raises(YamlFault) as caught:
        load_documents(data)
    assert caught.value.limit


def test_what_a_person_writes_is_within_the_limits():
    deep = "".join(f"{' ' * i}k{i}:\n" for i in range(MAX_DEPTH - 5))
    assert len(load_documents(deep.encode())) == 1
    bomb = b"a: &a [x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (c + 1, c + 1, c, c) for c in range(97, 120))
    assert len(load_documents(bomb + b"z: &z [*z]\n")) == 1


@FAST
@given(st.binary(max_size=200))
def test_any_bytes_give_documents_or_a_fault(data):
    fault, roots = None, ()
    try:
        roots = load_documents(data)
    except YamlFault as caught:
        fault = caught
    assert fault is None or min(fault.line, fault.column) >= 1
    for scalar in (found for root in roots for found in scalars(root)):
        assert scalar.start <= scalar.literal.start <= scalar.literal.end == scalar.end <= len(data)
        assert isinstance(scalar.value, str)


TEXT = st.text(alphabet=st.sampled_from("ab1.:/@#'\"\\-&*! \t\n\r{}[],é日\U0001f418"), max_size=40)


@FAST
@given(TEXT)
def test_yaml_as_text_never_breaks_the_offsets(text):
    try:
        roots = load_documents(text.encode())
    except YamlFault:
        return
    for scalar in (found for root in roots for found in scalars(root)):
        assert scalar.offsets is not None
        assert scalar.offsets.text == scalar.value


WORDS = st.lists(
    st.text(alphabet=st.sampled_from("abc10.:/@#'\"\\-é日\U0001f418\x85\u2028"), min_size=1, max_size=8),
    min_size=1,
    max_size=6,
)


@FAST
@given(
    WORDS,
    st.sampled_from([" ", "  ", "\n", "\n\n", "\n  "]),
    st.sampled_from(["", "'", '"', "|", ">"]),
    st.integers(8, 80),
)
def test_values_written_by_a_dumper_map_back(words, joint, style, width):
    value = "10.0.0.121 " + joint.join(words)
    text = yaml.dump({"k": value}, default_style=style or None, width=width, allow_unicode=True)
    data = text.encode()
    scalar = only(data)
    if not any(c in value for c in "\x85\u2028"):
        assert scalar.value == value
    assert scalar.offsets is not None
    for i in range(len(scalar.value)):
        span = scalar.offsets.span(i, i + 1)
        character = scalar.value[i]
        if character not in " \n\"'\\" and scalar.style != '"':
            assert data[span.start : span.end].decode() == character
    host = scalar.offsets.span(0, 10)
    assert data[host.start : host.end] == b"10.0.0.121"
    assert scalar.offsets.span(10, 10).start == host.end

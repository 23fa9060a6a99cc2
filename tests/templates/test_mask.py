"""Masking rules, one way through a text at a time: `_` is a blank, `~` a line end in the place of an action's byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Span
from analyzer.templates.blocks import read_blocks
from analyzer.templates.dialects import Dialect
from analyzer.templates.lexer import actions
from analyzer.templates.mask import cover
from analyzer.templates.segments import DROPPED, GONE, segments, take_out
from analyzer.yamltree import shadow_of

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def way(text, *, dialect=Dialect.GO, **options):
    data = text.encode()
    nodes = read_blocks(list(actions(data, dialect)), len(data))
    return data, segments(nodes, options.get("choice", {}))


def masked(text, **options):
    """The masked text without the letters and blanks that stand for an action's other bytes."""
    data, found = way(text, **options)
    shadow = bytearray(shadow_of(data))
    cover(shadow, data, Span(0, len(data)), found)
    assert len(shadow) == len(data)
    pieces, at = [], 0
    for segment in found:
        inside = shadow[segment.start : segment.end].decode().replace("\n", "~").replace(" ", "_")
        pieces += [shadow[at : segment.start].decode(), "".join(dict.fromkeys(inside))]
        at = segment.end
    return "".join((*pieces, shadow[at:].decode()))


def view(text, **options):
    data, found = way(text, **options)
    shown = bytearray(data)
    take_out(shown, data, Span(0, len(data)), found)
    return bytes(shown).replace(GONE, b"").decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ x }}\na: 1\n", "~\na: 1\n"),
        ("  {{ x }}  \na: 1\n", "\n\n~\n\n\na: 1\n"),
        ("{{ x }} # c\na: 1\n", "~\n\n\n\n\na: 1\n"),
        ("{{ x\n}}\na: 1\n", "~\na: 1\n"),
        ("{{ x }}\r\na: 1\r\n", "~\n\na: 1\r\n"),
    ],
)
def test_lines_of_actions_only(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ if x }}a: 1{{ end }}\n", "~a: 1_\n"),
        ("  {{ if x }}a: 1\n  {{ end }}\n", "\n\n~_a: 1\n\n\n~\n"),
        ("{{ if x }}  a: 1\n{{ end }}\n", "~  a: 1\n~\n"),
        ("  {{ if x }}\n  {{ else }}b: 2\n  {{ end }}\n", "\n\n~_b: 2\n\n\n~\n"),
    ],
)
def test_what_is_gone_before_a_text(text, expected):
    assert masked(text, choice={text.index("{{"): int("else" in text)}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {{ x }}\n", "a: x\n"),
        ("a: '{{ x }}'\n", "a: 'x'\n"),
        ("a: {{ x }}:{{ y }}\n", "a: x:x\n"),
        ("{{ x }}: 1\n", "x: 1\n"),
        ("a: {{ x }}{{/* c */}}\n", "a: x_\n"),
        ("a: b-{{ if x }}c{{ end }}-d\n", "a: b-xcx-d\n"),
        ("a: {{ if x }}b{{ end }}\n", "a: _b_\n"),
        ('a: "{{ if x }}b{{ end }}"\n', 'a: "_b_"\n'),
        ("a: [{{ if x }}b{{ end }}, {{ y }}]\n", "a: [_b_, x]\n"),
        ("# {{ x }} {{ if y }}z{{ end }}\n", "# x _z_\n"),
        ("a: {{ x\n  y }} b\n", "a: x b\n"),
    ],
)
def test_actions_inside_of_a_line(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {{ x }}\n  b: 1\n", "a: _\n  b: 1\n"),
        ("a:{{ x }}\n  b: 1\n", "a:_\n  b: 1\n"),
        ("a: {{ x }}\n\n  # c\n{{ y }}\n  b: 1\n", "a: _\n\n  # c\n~\n  b: 1\n"),
        ("a: {{ x }}\n- b\n", "a: _\n- b\n"),
        ("- {{ x }}\n  b: 1\n", "- _\n  b: 1\n"),
        ("- {{ x }}\n- b\n", "- x\n- b\n"),
        ("- a: {{ x }}\n- b: 1\n", "- a: x\n- b: 1\n"),
        ("- a: {{ x }}\n  b: 1\n", "- a: x\n  b: 1\n"),
        ("- a: {{ x }}\n    b: 1\n", "- a: _\n    b: 1\n"),
        ("'a b': {{ x }}\n  b: 1\n", "'a b': _\n  b: 1\n"),
        ("a: &b {{ x }}\n  b: 1\n", "a: &b _\n  b: 1\n"),
        ("a: {{ x }} # c\n  b: 1\n", "a: _ # c\n  b: 1\n"),
        ("a: {{ x }}b\n  c\n", "a: xb\n  c\n"),
        ("{{ x }}: {{ y }}\n  b: 1\n", "x: _\n  b: 1\n"),
        ("a: {{ x }}{{ y }}\n  b: 1\n", "a: __\n  b: 1\n"),
        ("  {{ if x }}a: {{ y }}\n    b: 1\n  {{ end }}\n", "\n\n~_a: _\n    b: 1\n\n\n~\n"),
        ("a:{{ x }}\nb: 1\n", "a:_x\nb: 1\n"),
        ("a: |{{ x }}\n  b\n", "a: |_\n  b\n"),
        ("a: >- {{ x }}\n  b\n", "a: >- _\n  b\n"),
    ],
)
def test_an_action_that_prints_what_a_key_holds(text, expected):
    assert masked(text) == expected


TWO = "a:\n{{- if x }}\n  b: 1\n{{- else }}\n  c: 2\n{{- end }}\nd: 3\n"


@pytest.mark.parametrize(
    ("kept", "shadow", "shown"),
    [
        (0, "a:\n~\n  b: 1\n~\nd: 3\n", "a:\n  b: 1\nd: 3\n"),
        (1, "a:\n~\n  c: 2\n~\nd: 3\n", "a:\n  c: 2\nd: 3\n"),
        (DROPPED, "a:\n~\nd: 3\n", "a:\nd: 3\n"),
    ],
)
def test_one_branch_is_printed(kept, shadow, shown):
    choice = {TWO.index("{{"): kept}
    assert masked(TWO, choice=choice) == shadow
    assert view(TWO, choice=choice) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a {{ x }} b\n", "a {{ x }} b\n"),
        ("{{ x }}\n", "{{ x }}\n"),
        ("a\n  {{- if x }}\nb\n  {{ end }}  \nc\n", "a\nb\nc\n"),
        ("a{{/* c */}}b\n", "ab\n"),
        ('a\n{{ define "x" }}\nb\n{{ end }}\nc\n', "a\nc\n"),
        ("a{{ if x }}b{{ else }}c{{ end }}d\n", "abd\n"),
        ("{{ if x }}{{ y }}{{ end }}\n", "{{ y }}\n"),
        ("{{ if x }}", ""),
    ],
)
def test_the_view_is_what_is_printed(text, shown):
    assert view(text) == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% raw %}{{ a }}{% endraw %}b\n", "~{{ a }}_b\n"),
        ("{% for a in b %}\n- {{ a }}\n{% endfor %}\n", "~\n- x\n~\n"),
        ("a: {# c #}b\n", "a: _b\n"),
    ],
)
def test_jinja(text, expected):
    assert masked(text, dialect=Dialect.JINJA).replace("x{{ a }}", "~{{ a }}") == expected


PIECES = st.one_of(
    st.sampled_from(
        ["{{ if x }}", "{{ else }}", "{{ end }}", "{{ .x }}", '{{ define "a" }}', "{{ a\nb }}", "a: ", "- ", "\n"]
    ),
    st.sampled_from(["  ", "b", "#", "|", "é", "\r\n", "'", "x"]),
)


@FAST
@given(st.lists(PIECES, max_size=40))
def test_text_stays_where_it_is(pieces):
    text = "".join(pieces)
    data, found = way(text)
    shadow, shown = bytearray(shadow_of(data)), bytearray(data)
    cover(shadow, data, Span(0, len(data)), found)
    take_out(shown, data, Span(0, len(data)), found)
    assert len(shadow) == len(shown) == len(data)
    inside = {at for segment in found for at in range(segment.start, segment.end)}
    for at in set(range(len(data))) - inside:
        assert shadow[at] in (shadow_of(data)[at], ord("\n")), "only a comment beside an action goes with its line"
        assert shown[at : at + 1] in (data[at : at + 1], GONE)
        if data[at : at + 1].strip() and b"#" not in data:
            assert shadow[at] == shadow_of(data)[at]
            assert shown[at] == data[at]

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.templates.blocks import Text
from analyzer.templates.dialects import Dialect
from analyzer.templates.lexer import Action
from analyzer.templates.segments import GONE
from analyzer.templates.worlds import read_template
from tests.templates.worlds import parts, read, worlds

FAST = settings(max_examples=150, derandomize=True, deadline=None)
GO, JINJA, ERB, TERRAFORM = Dialect


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n", [[{"a": "1"}]]),
        ("a: {{ x }}\n", [[{"a": "{{ x }}"}]]),
        ("{{ if x }}\na: 1\n{{ end }}\nb: 2\n", [[{"a": "1", "b": "2"}]]),
        ("{{ if x }}\na: 1\n{{ else }}\na: 2\n{{ end }}\nb: 3\n", [[{"a": "1", "b": "3"}], [{"a": "2", "b": "3"}]]),
        ("a: {{ if x }}1{{ else }}2{{ end }}3\n", [[{"a": "13"}], [{"a": "23"}]]),
        (
            "{{ if x }}\na: 1\n{{ else if y }}\na: 2\n{{ else }}\na: 3\n{{ end }}\n",
            [[{"a": "1"}], [{"a": "2"}], [{"a": "3"}]],
        ),
        ("{{ range x }}\n- {{ . }}\n{{ else }}\n- none\n{{ end }}\n", [[["{{ . }}"]], [["none"]]]),
        ("a:\n{{ if x }}\n- 1\n{{ else }}\n  b: 2\n{{ end }}\n", [[{"a": ["1"]}], [{"a": {"b": "2"}}]]),
        (
            "{{ if x }}\n{{ if y }}\na: 1\n{{ else }}\na: 2\n{{ end }}\n{{ else }}\nb: 3\n{{ end }}\n",
            [[{"a": "1"}], [{"a": "2"}], [{"b": "3"}]],
        ),
        (
            "{{ if x }}\na: 1\n{{ else }}\na: 2\n{{ end }}\n{{ if y }}\nb: 1\n{{ else }}\nb: 2\n{{ end }}\n",
            [[{"a": "1", "b": "1"}], [{"a": "2", "b": "2"}]],
        ),
        ("{{ if x }}\na: 1\n{{ else }}\n{{ end }}\n", [[{"a": "1"}]]),
        ("a: {{ if x }}1{{ else }}{{ y }}{{ end }}\n", [[{"a": "1"}], [{"a": "{{ y }}"}]]),
        ("{{ if x }}\na: 1\n---\n{{ end }}\nb: 2\n", [[{"a": "1"}, {"b": "2"}]]),
        ("{{ block `a` . }}\na: 1\n{{ end }}\n", [[{"a": "1"}]]),
        ("", [[]]),
    ],
)
def test_each_branch_is_in_a_world(text, expected):
    template = read(text, GO)
    assert worlds(template) == expected
    assert not template.left


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("{% if a %}\nb: 1\n{% elif c %}\nb: 2\n{% endif %}\n", JINJA, [[{"b": "1"}], [{"b": "2"}]]),
        ("a:\n{% for b in c %}\n  - {{ b }}\n{% endfor %}\n", JINJA, [[{"a": ["{{ b }}"]}]]),
        ("a: '{% raw %}{{ b }}{% endraw %}'\n", JINJA, [[{"a": "{{ b }}"}]]),
        ("{# a: [ #}\nb: {% if c %}1{% else %}2{% endif %}\n", JINJA, [[{"b": "1"}], [{"b": "2"}]]),
        (
            "a:\n%{ for b in c ~}\n  - ${b}\n%{ endfor ~}\nd: %{ if e }1%{ else }2%{ endif }\n",
            TERRAFORM,
            [[{"a": ["${b}"], "d": "1"}], [{"a": ["${b}"], "d": "2"}]],
        ),
        (
            "a:\n<% if b %>\n  c: <%= d %>\n<% else %>\n  c: 2\n<% end %>\n",
            ERB,
            [[{"a": {"c": "<%= d %>"}}], [{"a": {"c": "2"}}]],
        ),
    ],
)
def test_other_languages(text, dialect, expected):
    template = read(text, dialect)
    assert worlds(template) == expected
    assert not template.left


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ('{{ define "app.env" }}\na: 1\n{{ end }}\nb: 2\n', GO, [("app.env", [{"a": "1"}])]),
        (
            '{{ define "a" }}{{ if x }}b: 1{{ else }}b: 2{{ end }}{{ end }}',
            GO,
            [("a", [{"b": "1"}]), ("a", [{"b": "2"}])],
        ),
        ('  {{- define "a" }}b: 1\n  c: 2\n  {{ end }}', GO, [("a", [{"b": "1", "c": "2"}])]),
        ('{{ define "host" }}10.0.0.121{{ end }}', GO, [("host", ["10.0.0.121"])]),
        ("{% macro m(x) %}\na: {{ x }}\n{% endmacro %}\n", JINJA, [("m", [{"a": "{{ x }}"}])]),
        (
            "{% macro m() %}\na: 1\n{% set b %}\nc: 2\n{% endset %}\n{% endmacro %}\n",
            JINJA,
            [("m", [{"a": "1"}]), ("b", [{"c": "2"}])],
        ),
    ],
)
def test_definitions_are_read_by_themselves(text, dialect, expected):
    template = read(text, dialect)
    assert parts(template) == expected
    assert not template.left


BEFORE_REPAIR = [
    # an optional block that is indented differently from its siblings
    "a:\n  b: 1\n{{ if x }}\n    c: 2\n{{ end }}\n  d: 3\n",
    # a header of a block scalar in a branch
    "a:\n{{ if x }} |\n{{ end }}\n  b: 1\nc: 2\n",
    # a value on the next line, at the first column
    "a: {{ if x -}}\nb\n{{ else -}}\nc\n{{ end -}}\nd: 1\n",
    # branches of separate conditions that cannot occur together
    (
        "{{ if x }}\n- a: 1\n{{ else }}\nb: 2\n{{ end }}\n{{ if x }}\n- c: 3\n{{ else }}\nd: 4\n{{ end }}\n"
        "{{ if not x }}\ne: 5\n{{ end }}\n"
    ),
]


@pytest.mark.parametrize("text", BEFORE_REPAIR)
def test_a_block_that_does_not_fit_is_read_by_itself(text):
    template = read(text, GO)
    assert not template.left
    told = set(_printed(template))
    for node in texts(template.nodes):
        at = {at for at in range(node.start, node.end) if text.encode()[at : at + 1].strip()}
        assert at <= told


def _printed(template):
    """The bytes that some world parsed."""
    for world in template.worlds:
        yield from (at for at in range(world.part.body, world.part.span.end) if world.view[at : at + 1] != GONE)


def texts(nodes):
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif not isinstance(node, Action):
            for branch in node.branches:
                yield from texts(branch.body)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('a: 1\n{{ define "s" }}\nset -e\na: [\n{{ end }}\n', '{{ define "s" }}\nset -e\na: [\n'),
        ("a: 1\n: [\nb: 2\n", ": ["),
        ("a: 1\n{{ if x }}\n [ : \n{{ end }}\nb: 2\n", "{{ if x }}\n [ : \n"),
    ],
)
def test_what_is_no_yaml_is_left(text, left):
    template = read(text, GO)
    assert [text[part.span.start : part.span.end] for part in template.left] == [left]
    assert all(part.branch for part in template.left)
    assert {"a": "1"}.items() <= worlds(template)[0][0].items()


def test_offsets_are_bytes_of_the_file():
    text = "\ufeffé: {{ if x }}ä{{ else }}ö{{ end }}ü\n{{ define `d` }}k: ß\n{{ end }}"
    data = text.encode()
    template = read_template(data, GO)
    for world in template.worlds:
        for key, value in world.roots[0].pairs:
            for scalar in (key, value):
                offsets = scalar.offsets
                assert offsets is not None
                shown = [(c, data[i:j]) for c, i, j in zip(offsets.text, offsets.starts, offsets.ends, strict=True)]
                assert all(c.encode() == raw or world.view[offsets.starts[0]] for c, raw in shown if c.isprintable())
    assert worlds(template) == [[{"é": "äü"}], [{"é": "öü"}]]
    assert parts(template) == [("d", [{"k": "ß"}])]


PIECES = st.one_of(
    st.sampled_from(
        ["{{ if x }}", "{{ else }}", "{{ end }}", "{{ .x }}", '{{ define "a" }}', "{{ range y }}", "a: ", "- ", "\n"]
    ),
    st.sampled_from(["\n  ", "b", "[", "|", "é", "\r\n", "'", "---\n", "{{"]),
    st.sampled_from(["#"]),
)


@FAST
@given(st.lists(PIECES, max_size=40), st.sampled_from([GO, JINJA]))
def test_every_byte_of_text_is_in_a_world_or_left(pieces, dialect):
    data = "".join(pieces).encode()
    template = read_template(data, dialect)
    told = set(_printed(template)) | {at for part in template.left for at in range(part.span.start, part.span.end)}
    for node in texts(template.nodes):
        lost = [at for at in range(node.start, node.end) if data[at : at + 1].strip() and at not in told]
        assert not lost, (data, lost)


@pytest.mark.parametrize(
    "text",
    [
        "{{ if x }}\na: [\n" * 300,
        "{{ if x }}\na: [\n{{ end }}\n" * 2_000,
        '{{ define "a" }}a: [{{ end }}\n' * 5_000,
        "{{ if x }}a: 1{{ else }}b: 2{{ end }}\n" * 2_000,
        "{{ if x }}{{ else if y }}a: 1\n" * 2_000,
        "a: {{ x }}\n" * 5_000,
        "a: " + "{{ x }}" * 20_000,
        "a: 1\n: [\n" * 5_000,
        "- " * 20_000 + "{{ if x }}",
        "{{ x }}\n" * 20_000,
        "{{" * 50_000,
    ],
)
def test_hostile_templates_take_little_time(text):
    start = time.process_time()
    read(text, GO)
    assert time.process_time() - start < 5

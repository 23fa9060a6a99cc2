import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.templates.dialects import Dialect, Kind, dialect_of
from analyzer.templates.lexer import actions

FAST = settings(max_examples=150, derandomize=True, deadline=None)
GO, JINJA, ERB, TERRAFORM = Dialect


def spans(text, dialect=None):
    return [text.encode()[a.start : a.end].decode() for a in actions(text.encode(), dialect)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a {{ b }} c", ["{{ b }}"]),
        ('{{ "}}" }}x', ['{{ "}}" }}']),
        ("{{ `}}` }}x", ["{{ `}}` }}"]),
        ('{{ `"` }}{{ x }}', ['{{ `"` }}', "{{ x }}"]),
        ("{{ '}' }}{{ x }}", ["{{ '}' }}", "{{ x }}"]),
        ("{{/* it's }} \"here */}}x", ["{{/* it's }} \"here */}}"]),
        ("{{- /* a */ -}} {{ b }}", ["{{- /* a */ -}}", "{{ b }}"]),
        ("{{/* {{ if }} */}}{{ b }}", ["{{/* {{ if }} */}}", "{{ b }}"]),
        ("{{/* never closed {{ b }}", ["{{ b }}"]),
        ("{{/* a */ b }}{{ c }}", ["{{ c }}"]),
        ("{{ a\n  b }}", ["{{ a\n  b }}"]),
        ("{{ `a\n}}\n` }}", ["{{ `a\n}}\n` }}"]),
        ('{{ "a\\"}}" }}', ['{{ "a\\"}}" }}']),
        ('{{ "{{ x }}" }}', ['{{ "{{ x }}" }}']),
        ("{{`{{`}}x{{`}}`}}", ["{{`{{`}}", "{{`}}`}}"]),
        ("{{ a", []),
        ("{{ a {{ b }}", ["{{ b }}"]),
        ("{{ it's }} b", ["{{ it's }}"]),
        ("{ {a} }", []),
        ("{% if a %}{# b #}{{ c }}{{ if }}", ["{{ c }}", "{{ if }}"]),
        ("${{ secrets.A }}", ["{{ secrets.A }}"]),
        ("é{{ 'é' }}é", ["{{ 'é' }}"]),
    ],
)
def test_go(text, found):
    assert spans(text, GO) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% if a %}{# b #}{{ c }}", ["{% if a %}", "{# b #}", "{{ c }}"]),
        ("{{ {'a': {'b': 1}} }}x", ["{{ {'a': {'b': 1}} }}"]),
        ("{{ {'a': '}}'} }}x", ["{{ {'a': '}}'} }}"]),
        ("{% set x = '%}' %}y", ["{% set x = '%}' %}"]),
        ("{# it's {{ a }} #}{{ b }}", ["{# it's {{ a }} #}", "{{ b }}"]),
        ("{% raw %}{{ a }}{% if %}{% endraw %}{{ b }}", ["{% raw %}", "{% endraw %}", "{{ b }}"]),
        ("{%- raw -%}{{ a }}{%- endraw -%}", ["{%- raw -%}", "{%- endraw -%}"]),
        ("{% raw %}{{ a }}", ["{% raw %}", "{{ a }}"]),
        ("${#array[@]} {{ a }} ${#b}", ["{{ a }}"]),
        ("{%+ if a +%}", ["{%+ if a +%}"]),
        ("{# open {{ a }}", ["{{ a }}"]),
        ("{{/* a */}}", ["{{/* a */}}"]),
    ],
)
def test_jinja(text, found):
    assert spans(text, JINJA) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: <%= ENV['A'] %>", ["<%= ENV['A'] %>"]),
        ("<%- if a -%>x<% end %>", ["<%- if a -%>", "<% end %>"]),
        ("<%% no %><%# a %>", ["<%# a %>"]),
        ("<% open", []),
        ("{{ a }}", []),
    ],
)
def test_erb(text, found):
    assert spans(text, ERB) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: ${b}", ["${b}"]),
        ("a: $${b} %%{c}", []),
        ('${join(",", [for x in y : "${x}}"])}z', ['${join(",", [for x in y : "${x}}"])}']),
        ("%{ if a ~}\nb\n%{~ endif }", ["%{ if a ~}", "%{~ endif }"]),
        ("${a", []),
        ("{{ a }}", []),
    ],
)
def test_terraform(text, found):
    assert spans(text, TERRAFORM) == found


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("{{ if .x }}", Kind.OPEN, "if"),
        ("{{- end -}}", Kind.END, "end"),
        ("{{ endpoint }}", Kind.EXPRESSION, "endpoint"),
        ("{{ else if .x }}", Kind.BRANCH, "else"),
        ("{{ $x := 1 }}", Kind.ASSIGNMENT, ""),
        ("{{ $x = 1 }}", Kind.ASSIGNMENT, ""),
        ("{{ $i, $e := .x }}", Kind.ASSIGNMENT, ""),
        ("{{ range $i, $e := .x }}", Kind.OPEN, "range"),
        ("{{ $x }}", Kind.EXPRESSION, ""),
        ("{{ include `a` . }}", Kind.EXPRESSION, "include"),
        ("{{ template `a` . }}", Kind.EXPRESSION, "template"),
        ("{{ .Values.a }}", Kind.EXPRESSION, ""),
        ("{{ break }}", Kind.OTHER, "break"),
        ("{{/* a */}}", Kind.COMMENT, ""),
        ("{% set a = 1 %}", Kind.ASSIGNMENT, "set"),
        ("{% set a %}", Kind.OPEN, "set"),
        ("{% elif a %}", Kind.BRANCH, "elif"),
        ("{% endfor %}", Kind.END, "endfor"),
        ("{% include 'a' %}", Kind.OTHER, "include"),
        ("{# a #}", Kind.COMMENT, ""),
        ("{{ end | default('x') }}", Kind.EXPRESSION, "end"),
        ("<%= a %>", Kind.EXPRESSION, "a"),
        ("<% if a %>", Kind.OPEN, "if"),
        ("<% a.each do |x| %>", Kind.OPEN, "do"),
        ("<% a.each { |x| %>", Kind.OPEN, "do"),
        ("<% } %>", Kind.END, ""),
        ("<% elsif a %>", Kind.BRANCH, "elsif"),
        ("<% if a then b end %>", Kind.OTHER, "if"),
        ("<% a = 1 %>", Kind.ASSIGNMENT, "a"),
        ("<%# a %>", Kind.COMMENT, ""),
        ("%{ if a ~}", Kind.OPEN, "if"),
        ("%{~ endfor ~}", Kind.END, "endfor"),
    ],
)
def test_what_an_action_is_for(text, kind, word):
    (action,) = actions(text.encode())
    assert (action.kind, action.word) == (kind, word)
    assert action.control == (kind is not Kind.EXPRESSION)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("{{- a -}}", " a "),
        ("{{a}}", "a"),
        ("{%- if a +%}", " if a "),
        ("<%= a -%>", "= a "),
        ("{{}}", ""),
        ("{{-}}", ""),
    ],
)
def test_the_inside_has_no_trim_marks(text, inner):
    (action,) = actions(text.encode())
    assert text[action.inner.start : action.inner.end] == inner


@pytest.mark.parametrize(
    ("text", "path", "dialect"),
    [
        ("{{ .Values.a }}", "", GO),
        ("{{ a }}", "x.yaml.j2", JINJA),
        ("{{ a }}", "_helpers.tpl", GO),
        ("{{ a }}", "database.yml.erb", ERB),
        ("{{ a | default('b') }}", "", JINJA),
        ("{{ include `a` . }}", "", GO),
        ("{{ toYaml .a }}{% if x %}", "", GO),
        ("{% raw %}{{ .Values.a }}{% endraw %}", "", JINJA),
        ("{% for a in b %}", "", JINJA),
        ("{{- if a }}{% if b %}", "", GO),
        ("a: <%= b %>", "", ERB),
        ("a: 1", "", GO),
        ("%{ if a }${b}%{ endif }", "cloudinit.yaml.tmpl", TERRAFORM),
        ("${b}", "x.tftpl", TERRAFORM),
        ("${b} %{x}", "", GO),
        ("10% {%d}", "", GO),
    ],
)
def test_which_language(text, path, dialect):
    assert dialect_of(text.encode(), path) is dialect


PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "<%", "%>", "/*", "*/", " x ", "if", "end", "raw", "endraw"]
)
SIGNS = st.sampled_from(["-", '"', "`", "'", "\n", "\\", "{", "}", "$", "|", "é", "="])


@FAST
@given(st.lists(PIECES | SIGNS, max_size=40), st.sampled_from(Dialect))
def test_actions_are_in_order_and_whole(pieces, dialect):
    data = "".join(pieces).encode()
    at = 0
    for action in actions(data, dialect):
        assert at <= action.start < action.inner.start <= action.inner.end < action.end
        assert data[action.start : action.start + 2] in (b"{{", b"{%", b"{#", b"<%", b"${", b"%{")
        at = action.end
    assert at <= len(data)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "{{/*",
        '{{"',
        '{{"}}"',
        "{%",
        "{#",
        "{{`",
        "{{ {",
        "{% '",
        "{% raw %}",
        "<%",
        '{{\\"',
        "{{ it's }}",
        '"{{\n',
        "{{%",
    ],
)
def test_the_lexer_is_linear(piece, dialect):
    data = b"{{ ` " + (piece * 4_000).encode()
    start = time.process_time()
    list(actions(data, dialect))
    assert time.process_time() - start < 2

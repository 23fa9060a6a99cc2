import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.yaml import extract
from analyzer.extract.yaml.docs import read_documents
from analyzer.extract.yaml.templateliterals import filled
from analyzer.extract.yaml.templates import actions, branches, mask
from analyzer.source import SourceFile
from analyzer.yamltree import shadow_of
from tests.kit import check

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def found(marked: str, **options):
    return check(extract, marked, path="chart/templates/app.yaml", comment="#", **options)


def masked(text: str) -> str:
    data = text.encode()
    return mask(data, shadow_of(data)).decode()


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a {{ b }} c", ["{{ b }}"]),
        ('{{ "}}" }}x', ['{{ "}}" }}']),
        ("{{ `}}` }}x", ["{{ `}}` }}"]),
        ("{{ '}' }}{{ x }}", ["{{ '}' }}", "{{ x }}"]),
        ("{{/* it's }} \"here */}}x", ["{{/* it's }} \"here */}}"]),
        ("{{- /* a */ -}} {{ b }}", ["{{- /* a */ -}}", "{{ b }}"]),
        ("{{ a\n  b }}", ["{{ a\n  b }}"]),
        ('{{ "a\\"}}" }}', ['{{ "a\\"}}" }}']),
        ("{% if a %}{# b #}{{ c }}", ["{% if a %}", "{# b #}", "{{ c }}"]),
        ("{{ a", []),
        ("{{ it's }} b", ["{{ it's }}"]),
        ("{ {a} }", []),
    ],
)
def test_actions(text, spans):
    assert [text[a.start : a.end] for a in actions(text.encode())] == spans


@pytest.mark.parametrize(
    ("text", "word", "control"),
    [
        ("{{ if .x }}", "if", True),
        ("{{- end -}}", "end", True),
        ("{{ $x := 1 }}", "", True),
        ("{{ range $i, $e := .x }}", "range", True),
        ("{{ $i, $e := .x }}", "", True),
        ("{{ $x }}", "", False),
        ("{{ include `a` . }}", "include", False),
        ("{{ .Values.a }}", "", False),
        ("{% set a = 1 %}", "set", True),
        ("{{/* a */}}", "", True),
    ],
)
def test_which_actions_print(text, word, control):
    (action,) = actions(text.encode())
    assert (action.word, action.control) == (word, control)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {{ x }}\n", "a: xxxxxxx\n"),
        ("a: '{{ x }}'\n", "a: 'xxxxxxx'\n"),
        ("  {{ if x }}\na: 1\n", "\n" * 12 + "\na: 1\n"),
        ("  {{ if x }} # c\na: 1\n", "\n" * 16 + "\na: 1\n"),
        ("  {{ if x }}a: 1\n", "\n" * 10 + "  a: 1\n"),
        ("a:{{ x }}\n  b: 1\n", "a:" + " " * 7 + "\n  b: 1\n"),
        ("a: {{ x }}\n  b: 1\n", "a: " + " " * 7 + "\n  b: 1\n"),
        ("a:{{ x }}\nb: 1\n", "a: xxxxxx\nb: 1\n"),
        ("a: |{{ x }}\n  b\n", "a: |" + " " * 7 + "\n  b\n"),
        ("i: {{ a }}:{{ b }}\n", "i: xxxxxxx:xxxxxxx\n"),
        ("n: a-{{ if x }}b{{ end }}-c\n", "n: a-xxxxxxxxxxbxxxxxxxxx-c\n"),
        ("a: {{ if x }}1{{ else }}2{{ end }}\n", "a: " + " " * 10 + "1" + " " * 20 + "\n"),
        ("plain: 1\n", "plain: 1\n"),
    ],
)
def test_masking(text, expected):
    assert masked(text) == expected


def test_branches_are_told_inner_ones_first():
    text = "{{if a}}1{{else}}2{{range b}}3{{end}}{{end}}{{end}}"
    assert [text[span.start : span.end] for span in branches(text.encode())] == ["1", "3", "2{{range b}}3{{end}}"]


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "app.fullname" . }}
  labels:
    {{- include "app.labels" . | nindent 4 }}
spec:
  template:
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: {{ .Values.image }}:{{ .Values.tag }}
          env:
            {{- if .Values.external }}
            - name: PGHOST
              value: {{ .Values.host | default "«10.0.0.121|clue=key+place,port=5432»" | quote }}
            - name: PGPORT
              value: {{ .Values.port | default ⟦5432⟧ | quote }}
            {{- else }}
            - name: DATABASE_URL
              value: "postgresql://{{ .Values.user }}:{{ .Values.password }}@«10.0.0.122»:⟦5432⟧/app"
            {{- end }}
            {{- range $k, $v := .Values.env }}
            - name: {{ $k }}
              value: {{ $v | quote }}
            {{- end }}
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
"""


def test_a_chart_template():
    found(DEPLOYMENT)


@pytest.mark.parametrize(
    "marked",
    [
        'db_host: {{ .Values.h | default "«10.0.0.121»" }}\n',
        "db_host: {{ .Values.h | default `«10.0.0.121»` }}\n",
        "db_host: '{{ db_host | default(\"«10.0.0.121»\") }}'\n",
        "db_host: \"{{ db_host | default('«10.0.0.121»', true) }}\"\n",
        'db_host: {{ .Values.h | default "«10.0.0.121»" }}:{{ .Values.p | default "⟦5432⟧" }}\n',
        'db_host: {{ coalesce .Values.h .Values.g "«10.0.0.121»" }}\n',
        'db_host: {{ "«10.0.0.121»" }}\n',
        'url: postgresql://{{ .u }}:{{ .p }}@{{ default "«10.0.0.121»" .Values.h }}:⟦5432⟧/app\n',
        "url: postgresql://{{ u }}:{{ p }}@«10.0.0.121»:⟦5432⟧/{{ db }}\n",
        "{% if pg %}\ndb_host: «10.0.0.121»\n{% endif %}\n",
        'apiVersion: v1\nkind: Secret\ndata:\n  PGHOST: {{ "«10.0.0.121|clue=key+place»" | b64enc }}\n',
    ],
)
def test_literals_in_and_around_actions(marked):
    found(marked)


@pytest.mark.parametrize(
    "text",
    [
        "db_host: {{ .Values.host }}\n",
        'db_host: {{ if eq .Values.host "10.0.0.121" }}{{ end }}\n',
        'db_host: {{ printf "10.0.0.%d" 121 }}\n',
        'db_host: {{ include "10.0.0.121" . }}\n',
        "db_host: {{/* 10.0.0.121 */}}\n",
        "{{/*\ndb_host: 10.0.0.121\n*/}}\n",
        "db_host: {{ lookup('env', '10.0.0.121') }}\n",
    ],
)
def test_actions_without_a_value(text):
    assert not extract(SourceFile("t.yaml", text.encode())).refs


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('{{ .x | default "a" }}', "a"),
        ('p{{ default "a" .x }}s', "pas"),
        ('{{ .x | default (printf "%s" "a") }}', None),
        ('{{ ternary "a" "b" .x }}', None),
        ("{{ x or 'a' }}", "a"),
        ("{{ x if y else 'a' }}", "a"),
        ('{{ eq .x "a" }}', None),
        ("{{ .x }}", None),
        ('{{ "" }}', None),
        ("{{ unclosed", None),
    ],
)
def test_what_an_action_prints(text, read):
    result = filled(text)
    assert (result.text if result else None) == read


def test_a_mapping_of_a_mapping_is_taken_for_the_action_that_it_is():
    assert read_documents(b"a: {{ x }}\n").masked
    assert not read_documents(b"a: '{{ x }}'\n").masked
    assert not read_documents(b"a: {b: {c: d}}\n").masked


def test_a_branch_that_does_not_fit_is_searched_as_text():
    text = (
        "a:\n{{- if x }}\n- url: b\n{{- else }}\n   c: postgresql://u:p@«10.0.0.121»:⟦5432⟧/app\n{{- end }}\n"
        "db_host: «10.0.0.122|open»\n"
    )
    (problem,) = found(text, problems=1).problems
    assert not problem.incomplete
    assert problem.line == 5


def test_a_template_that_stays_unreadable_is_told():
    text = "{{ if x }}\na: [1\n{{ end }}\nurl: postgresql://u:p@«10.0.0.121|sealed»:5432/app\n: [\n"
    extraction = found(text, problems=None)
    assert any(problem.incomplete for problem in extraction.problems)


PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "/*",
        "*/",
        " x ",
        "if",
        "end",
        "else",
        "-",
        '"',
        "`",
        "'",
        "\n",
        "a: ",
        "|",
        "é",
        ":",
    ]
)


@FAST
@given(st.lists(PIECES, max_size=40))
def test_masking_keeps_the_length_and_whatever_is_no_action(pieces):
    text = "".join(pieces)
    data = text.encode()
    hidden = mask(data, shadow_of(data))
    assert len(hidden) == len(data)
    read_documents(data)
    filled(text)


@pytest.mark.parametrize(
    "text", ["{{" * 20_000, "{{/*" * 20_000, '{{"' * 20_000, "{%" * 20_000, "{{if}}" * 5_000, "a: {{x}}" * 5_000]
)
def test_hostile_templates_take_no_time(text):
    extract(SourceFile("t.yaml", text.encode()))

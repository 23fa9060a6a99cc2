import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.yaml import extract
from analyzer.extract.yaml.docs import read_documents
from analyzer.extract.yaml.templateliterals import fillings
from analyzer.source import SourceFile
from tests.kit import check

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def found(marked: str, **options):
    return check(extract, marked, path="chart/templates/app.yaml", comment="#", **options)


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
        ('{{ .x | default (printf "%s" "a") }}', "a"),
        ("{{ x or 'a' }}", "a"),
        ("{{ x if y else 'a' }}", "a"),
        ('{{ eq .x "a" }}', None),
        ("{{ .x }}", None),
        ('{{ "" }}', None),
        ("{{ unclosed", None),
    ],
)
def test_what_an_action_prints(text, read):
    assert [filled.text for filled in fillings(text)] == ([] if read is None else [read])


def test_a_mapping_of_a_mapping_is_taken_for_the_action_that_it_is():
    assert read_documents(b"a: {{ x }}\n").masked
    assert not read_documents(b"a: '{{ x }}'\n").masked
    assert not read_documents(b"a: {b: {c: d}}\n").masked


PORTS = """\
db:
{{- if .Values.external }}
  host: «10.0.0.121|port=6432»
  port: ⟦6432⟧
{{- else }}
  host: «10.0.0.122|port=5433»
  port: ⟦5433⟧
{{- end }}
"""


ENV = """\
app.env: |
{{- if x }}
  DB_HOST=«10.0.0.121|port=6432»
  DB_PORT=⟦6432⟧
{{- else }}
  DB_HOST=«10.0.0.122|port=5433»
  DB_PORT=⟦5433⟧
{{- end }}
"""


def test_a_host_and_its_port_meet_in_their_branch():
    found(PORTS)


@pytest.mark.parametrize(
    "marked",
    [
        # branches of other shapes: a list and a map
        "a:\n{{- if x }}\n- db_host: «10.0.0.121»\n{{- else }}\n   db_host: «10.0.0.122»\n{{- end }}\n",
        # in one line
        "db_host: {{ if x }}«10.0.0.121|port=5433»{{ else }}«10.0.0.122|port=5433»{{ end }}\ndb_port: ⟦5433⟧\n",
        "db_host: {{ if x }}«10.0.0.121»{{ else }}«10.0.0.122»{{ end }}:⟦5432⟧\n",
        'db_host: "{{ if x }}«10.0.0.121»{{ end }}"\n',
        # the block does not fit where it stands
        "db:\n  a: 1\n{{ if x }}\n      db_host: «10.0.0.121»\n{{ end }}\n  b: 2\n",
        # loops and scopes
        "env:\n{{- range $i := until 3 }}\n- name: DB_HOST\n  value: «10.0.0.121»\n{{- end }}\n",
        "{{- with .Values.db }}\ndb_host: «10.0.0.121»\ndb_port: {{ .port }}\n{{- end }}\n",
        # definitions
        '{{- define "app.env" -}}\n- name: DB_HOST\n  value: «10.0.0.121|clue=key»\n{{- end -}}\n',
        '{{- define "app.databaseHost" -}}\n«10.0.0.121|clue=key»\n{{- end -}}\n',
        '{{- define "app.db.host" }}{{ if x }}«10.0.0.121»{{ else }}{{ default "«10.0.0.122»" .h }}{{ end }}{{ end }}',
        # in texts
        "start.sh: |\n  psql \\\n    {{- if x }}\n    -h «10.0.0.121|port=6432» \\\n    {{- end }}\n    -p ⟦6432⟧\n",
        ENV,
        'app.json: |\n  {"db": {"host": "«10.0.0.121|port=6432»", {{ if x }}"port": ⟦6432⟧{{ end }}}}\n',
        # comments of the template and of YAML
        "{{/* db_host: 10.0.0.120 */}}\ndb_host: «10.0.0.121»{{/* was 10.0.0.120 */}}\n",
    ],
)
def test_branches_repairs_and_definitions(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        '{{- define "start" }}\nset -e\npsql -h «10.0.0.121|clue=command» -U app\n{{ end }}\n',
        '{{- define "conf" }}\n[database]\nhost = «10.0.0.121|port=6432»\nport = ⟦6432⟧\n{{ end }}\n',
    ],
)
def test_definitions_that_are_no_yaml(marked):
    extraction = found(marked, problems=None)
    assert not any(problem.incomplete for problem in extraction.problems)


def test_one_host_with_a_port_in_each_branch_is_told_once_and_not_edited():
    text = "db_host: «10.0.0.121|sealed,port=6432»\n{{ if x }}\ndb_port: 6432\n{{ else }}\ndb_port: 5433\n{{ end }}\n"
    found(text)


def test_the_same_port_in_each_branch_is_not_edited():
    text = "db_host: «10.0.0.121|open,port=6432»\n{{ if x }}\ndb_port: 6432\n{{ else }}\ndb_port: 6432\n{{ end }}\n"
    (ref,) = found(text).refs
    assert ref.port.slot is None


def test_what_is_no_yaml_is_searched_as_text_and_counted():
    text = "{{ if x }}\na: [1\n{{ end }}\nurl: postgresql://u:p@«10.0.0.121|open»:5432/app\n: [\n"
    extraction = found(text, problems=None)
    assert extraction.problems
    assert not any(problem.incomplete for problem in extraction.problems)


def test_a_broken_file_that_is_no_template_is_incomplete():
    text = "a: [1\nurl: postgresql://u:p@«10.0.0.121|sealed»:5432/app # {{ x }}\n: [\n"
    extraction = check(extract, text, path="app.yaml", problems=None)
    assert any(problem.incomplete for problem in extraction.problems)


RENDERED_LATER = """\
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: orders
spec:
  target:
    template:
      data:
        orders.env: |
          {{ if eq .stage "production" }}
          DB_HOST=«10.0.0.121|port=6432»
          DB_PORT=⟦6432⟧
          {{ else }}
          DB_HOST=«10.0.0.122|port=5433»
          DB_PORT=⟦5433⟧
          {{ end }}
        orders.yaml: |
          db:
            {{- if .a }}
            host: «10.0.0.121|port=6433»
            port: ⟦6433⟧
            {{- else }}
            host: «10.0.0.122|port=5434»
            port: ⟦5434⟧
            {{- end }}
        orders.json: |
          {"a": {{ .a }}, "db": {"host": "«10.0.0.120|port=5435»", "port": ⟦5435⟧}}
"""


def test_templates_in_values_that_are_rendered_later():
    check(extract, RENDERED_LATER, path="external-secret.yaml", comment="#")


@pytest.mark.parametrize(
    "marked",
    [
        "list: [${A}, b]\ndb_host: «10.0.0.121»\n",
        "${EXTRA}\ndb_host: «10.0.0.121»\n",
        "a: @h@\ndb_host: «10.0.0.121»\n",
        "a: %(h)s\ndb_host: «10.0.0.121»\n",
        "db_host: ${DB_HOST:-«10.0.0.121»}\na: {b: ${C}}\n",
    ],
)
def test_other_programs_that_fill_in_yaml(marked):
    check(extract, marked, path="app.yaml", comment="#")


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("db_host: 10.0.0.121 {{/* analyzer: ignore[node-host] tests */}}\n", False),
        ("{{/* analyzer: ignore[node-host] tests */}}\ndb_host: 10.0.0.121\n", True),
        ("{{- /* a\n  analyzer: ignore[node-host] tests */ -}}\ndb_host: 10.0.0.121\n", True),
        ("{# analyzer: ignore[node-host] tests #}\ndb_host: 10.0.0.121\n", True),
        ("{{ if x }}\n# analyzer: ignore[node-host] tests\ndb_host: 10.0.0.121\n{{ end }}\n", True),
        ("a: |\n  b\n{{ if x }}\nc: 1\n{{ else }}\n# analyzer: ignore[node-host] tests\nd: 1\n{{ end }}\n", True),
    ],
)
def test_directives_in_comments_of_the_template(text, alone):
    (comment,) = extract(SourceFile("chart/templates/a.yaml", text.encode())).comments
    assert comment.own_line is alone
    assert "ignore[node-host] tests" in comment.text


@pytest.mark.parametrize(
    "text",
    [
        'a: {{ "# analyzer: ignore[node-host] tests" }}\n',
        "a: >-\n  b {{ if x }}# analyzer: ignore[node-host] tests{{ end }}\n",
        'a: {{ x | default "/* analyzer: ignore[node-host] tests */" }}\n',
    ],
)
def test_directives_in_strings_are_none(text):
    assert not extract(SourceFile("chart/templates/a.yaml", text.encode())).comments


@pytest.mark.parametrize(
    ("path", "masked"),
    [
        ("chart/templates/a.yaml", True),
        ("a.yaml", False),
        ("chart/values.yaml", False),
        ("templates.yaml", False),
    ],
)
def test_where_every_action_counts(path, masked):
    assert read_documents(b"a: '{{ .x }}'\n", path).masked is masked


PIECES = st.one_of(
    st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "/*", "*/", " x "]),
    st.sampled_from(["if", "end", "else", "-", '"', "`", "'", "\n", "a: "]),
    st.sampled_from(["|", "é", ":"]),
)


LINES = st.one_of(
    st.sampled_from(["{{- if .a }}", "{{ else }}", "{{- else if .b }}", "{{ end }}", "{{- range .c }}", "{{/* é */}}"]),
    st.sampled_from(["db_host: 10.0.0.121", "db_port: 6432", "db_host: {{ default `10.0.0.122` .h }}:{{ .p }}"]),
    st.sampled_from(
        ["url: postgresql://{{ .u }}@10.0.0.121:5432/é", "env:", "- name: PGHOST", "  value: '10.0.0.122'"]
    ),
    st.sampled_from(
        ["db_host: {{ if .a }}10.0.0.120{{ else }}10.0.0.121{{ end }}", "app.env: |", "  DB_HOST=10.0.0.120"]
    ),
    st.sampled_from(
        ["{{ .lone | nindent 2 }}", '{{ define "app.dbHost" }}10.0.0.121{{ end }}', "# ß {{ .x }}", "  x: [1"]
    ),
)


@settings(FAST, max_examples=60)
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff", "# größer\n"]))
def test_a_host_that_is_replaced_is_read_in_its_place(lines, end, head):
    data = (head + end.join(lines)).encode()
    for ref in extract(SourceFile("chart/templates/a.yaml", data)).refs:
        if ref.sealed or ref.slot.container is not None:
            continue
        span = ref.slot.span
        assert data[span.start : span.end].decode() == ref.host
        new = data[: span.start] + b"lb.corp.internal" + data[span.end :]
        again = extract(SourceFile("chart/templates/a.yaml", new)).refs
        assert any(r.host == "lb.corp.internal" and r.slot.span.start == span.start for r in again)


@FAST
@given(st.lists(PIECES, max_size=40))
def test_no_template_stops_the_reader(pieces):
    text = "".join(pieces)
    extract(SourceFile("chart/templates/a.yaml", text.encode()))
    fillings(text)


@pytest.mark.parametrize(
    "text", ["{{" * 20_000, "{{/*" * 20_000, '{{"' * 20_000, "{%" * 20_000, "{{if}}" * 5_000, "a: {{x}}" * 5_000]
)
def test_hostile_templates_take_no_time(text):
    extract(SourceFile("t.yaml", text.encode()))


def test_a_salt_pillar_is_a_template():
    marked = """\
{%- set site = salt['grains.get']('site') %}
{%- if site == 'a' %}
wiki:
  mysql_server: «10.0.0.121|clue=key»
  mail_server: 10.0.0.3
{%- else %}
wiki:
  db:
    host: «10.0.0.122|clue=key»
{%- endif %}
"""
    check(extract, marked, path="pillar/wiki.sls", comment="#")

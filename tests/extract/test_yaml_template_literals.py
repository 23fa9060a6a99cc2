import pytest

from analyzer.extract.yaml import extract
from tests.kit import check, check_none


def found(marked: str, **options):
    return check(extract, marked, path="chart/templates/app.yaml", comment="#", **options)


GO = [
    'db_host: {{ default "«10.0.0.121»" .Values.h }}\n',
    'db_host: {{ printf "%s:%d" "«10.0.0.121|port=5432»" ⟦5432⟧ }}\n',
    'db_host: {{ printf "%s:%d" (default "«10.0.0.121»" .Values.h) (default ⟦5432⟧ .Values.p | int) | quote }}\n',
    'url: {{ printf "postgresql://%s:%s@%s:%s/db" .u .p "«10.0.0.121»" "⟦5432⟧" | quote }}\n',
    'url: {{ printf "postgresql://%s:%s@«10.0.0.121»:⟦5432⟧/%s" .u .p .d }}\n',
    'db_host: {{ ternary "«10.0.0.121»" "«10.0.0.122»" .Values.c }}\ndb_port: ⟦5432⟧\n',
    'db_host: {{ .Values.c | ternary "«10.0.0.121»" "«10.0.0.122»" }}:{{ ternary "⟦5432⟧" "⟦5433⟧" .Values.c }}\n',
    'db_host: {{ coalesce .Values.h (include "x" .) "«10.0.0.121»" }}\n',
    'db_host: {{ list "«10.0.0.121»" "⟦5432⟧" | join ":" }}\n',
    'db_hosts: {{ list "«10.0.0.121|group=2»" "«10.0.0.122|group=2»" | join "," }}\n',
    'config.json: {{ dict "db_host" "«10.0.0.121»" "db_port" ⟦5432⟧ | toJson | quote }}\n',
    "db_host: {{ `«10.0.0.121»` }}\n",
    'dsn: {{ cat "host=«10.0.0.121»" "port=⟦5432⟧" "user=app" "dbname=app" }}\n',
    'db_host: {{ tpl "{{ .Values.h | default \\"«10.0.0.121»\\" }}" . }}\n',
    'db_host: {{ tpl `{{ .Values.h | default "«10.0.0.121»" }}` $ }}\n',
    'db_host: {{ required "no host, not 10.0.0.9" "«10.0.0.121»" }}\n',
    "db_host: {{ if .Values.h }}{{ .Values.h }}{{ else }}«10.0.0.121»{{ end }}\n",
    'db_host: "{{ if .Values.h }}{{ .Values.h }}{{ else }}«10.0.0.121»{{ end }}:⟦5432⟧"\n',
    'db_host: "{{ with .Values.h }}{{ . }}{{ else }}«10.0.0.121»{{ end }}"\n',
    "db_host: '{{ if .Values.a }}«10.0.0.121»{{ else if .Values.b }}«10.0.0.122»{{ else }}«lb»{{ end }}'\n",
    'db_host: {{ or .Values.h "«10.0.0.121»" }}\n',
    'db_host: {{ env "DB_HOST" | default "«10.0.0.121»" | trim | lower }}\n',
    'db_host: {{ dig "db" "host" "«10.0.0.121»" .Values }}\n',
    'db_host: {{- "«10.0.0.121»" | quote -}}\n',
    'db_host: {{ .Values.h | default (.Values.g | default (printf "%s" "«10.0.0.121»")) }}\n',
    'db_host: {{ first (list "«10.0.0.121»" .Values.h) }}\n',
    'db_host: {{ (list "«10.0.0.121»" | first) }}\n',
    'args: ["--db-host={{ .Values.h | default "«10.0.0.121»" }}", "--db-port", "{{ default ⟦5432⟧ .Values.p }}"]\n',
    'command: psql -h {{ ternary "«10.0.0.121»" "«10.0.0.122»" .Values.c }} -U app app\n',
    'env:\n  - DB_HOST={{ ternary "«10.0.0.121»" "«10.0.0.122»" .Values.c }}\n  - DB_PORT=⟦5432⟧\n',
    "init.sh: |\n  set -e\n  psql -h {{ .Values.h | default \"«10.0.0.121»\" }} -c 'select 1'\n",
    'app.properties: |\n  db.host={{ ternary "«10.0.0.121»" "«10.0.0.122»" .Values.c }}\n  db.port=⟦5432⟧\n',
    (
        'app.yml: |\n  db:\n    host: {{ default "«10.0.0.121»" .Values.h }}\n'
        "    {{- if .Values.p }}\n    port: {{ .Values.p }}\n    {{- end }}\n"
    ),
]

JINJA = [
    "db_host: \"{{ db_host | default('«10.0.0.121»') }}\"\n",
    "db_host: '{{ db_host | default(''«10.0.0.121»'') }}'\n",
    "db_host: \"{{ db_host or '«10.0.0.121»' }}\"\n",
    "db_host: \"{{ '«10.0.0.121»' if prod else '«10.0.0.122»' }}\"\n",
    "db_host: \"{{ prod | ternary('«10.0.0.121»', '«10.0.0.122»') }}\"\n",
    "db_host: \"{{ lookup('env', 'DB_HOST') | default('«10.0.0.121»', true) }}\"\n",
    "db_host: \"{{ lookup('env', 'DB_HOST', default='«10.0.0.121»') }}\"\n",
    "url: \"{{ 'postgresql://app:' ~ pw ~ '@«10.0.0.121»:⟦5432⟧/app' }}\"\n",
    "url: \"{{ 'postgresql://app@%s:%s/app' | format('«10.0.0.121»', ⟦5432⟧) }}\"\n",
    "url: \"{{ 'postgresql://app@{}:{}/app'.format('«10.0.0.121»', ⟦5432⟧) }}\"\n",
    "db_host: \"{{ vars.get('db_host', '«10.0.0.121»') }}\"\n",
    'db_host: "{% if prod %}«10.0.0.121»{% else %}«10.0.0.122»{% endif %}"\n',
    'db_host: {{ db_host | default("«10.0.0.121»") }}\n',
    "db_hosts: \"{{ ['«10.0.0.121|group=2»', '«10.0.0.122|group=2»'] | join(',') }}\"\n",
    "db_host: \"{{ db_host | d('«10.0.0.121»', boolean=True) | trim }}\"\n",
    'db_host: "{{ db_host | default(\\"«10.0.0.121»\\") }}"\n',
]

ERB = [
    'production:\n  host: <%= ENV.fetch("DB_HOST", "«10.0.0.121|clue=key»") %>\n  adapter: postgresql\n',
    (
        "production:\n  adapter: postgresql\n  host: <%= ENV['DB_HOST'] || '«10.0.0.121»' %>\n"
        "  port: <%= ENV['P'] || ⟦5432⟧ %>\n"
    ),
    'url: <%= ENV.fetch("DATABASE_URL") { "postgresql://app@«10.0.0.121»:⟦5432⟧/app" } %>\n',
    "production:\n  adapter: postgresql\n  host: <%= Rails.env.production? ? '«10.0.0.121»' : '«10.0.0.122»' %>\n",
]


@pytest.mark.parametrize("marked", GO)
def test_go(marked):
    found(marked)


@pytest.mark.parametrize("marked", JINJA)
def test_jinja(marked):
    check(extract, marked, path="playbook.yml", comment="#")


@pytest.mark.parametrize("marked", ERB)
def test_erb(marked):
    found(marked)


VARIABLES = [
    '{{- $host := .Values.h | default "«10.0.0.121»" -}}\ndb_host: {{ $host }}\n',
    (
        '{{- $host := "«10.0.0.121»" }}\n'
        '{{- $url := printf "postgresql://u@%s:%d/app" $host ⟦5432⟧ }}\nurl: {{ $url | quote }}\n'
    ),
    '{{- $host := "«10.0.0.121»" }}\n{{- if .x }}\n{{- $host = "«10.0.0.122»" }}\n{{- end }}\ndb_host: {{ $host }}\n',
    '{{- $host := "10.0.0.120" }}\n{{- $host := "«10.0.0.121»" }}\ndb_host: {{ $host }}\ndb_port: {{ $host }}\n',
    "{% set host = '«10.0.0.121»' %}\ndb_host: {{ host }}\ndb_port: ⟦5432⟧\n",
    '{{- $p := default ⟦5432⟧ .p }}\nurl: "postgresql://u@«10.0.0.121»:{{ $p }}/app"\n',
    '{{- $node := "«10.0.0.121»" }}\nstart.sh: |\n  set -e\n  psql -h {{ $node }} -U app\n',
]


@pytest.mark.parametrize("marked", VARIABLES)
def test_variables_lead_to_the_literal(marked):
    found(marked)


@pytest.mark.parametrize(
    "text",
    [
        'db_host: {{ $host }}\n{{- $host := "10.0.0.121" }}\n',
        '{{- define "a" }}{{ $host := "10.0.0.121" }}{{ end }}\ndb_host: {{ $host }}\n',
        '{{- $host := include "10.0.0.121" . }}\ndb_host: {{ $host }}\n',
        '{{- $other := "10.0.0.121" }}\ndb_host: {{ $host }}\n',
        '{{- $a := "10.0.0.121" | b64enc | replace "a" "b" }}\ndb_host: {{ $a }}\n',
    ],
)
def test_variables_that_lead_nowhere(text):
    check_none(extract, text, path="chart/templates/app.yaml", comment="#")


LONE = [
    'db_host:\n  {{ .Values.h | default "«10.0.0.121»" }}\ndb_port: ⟦5432⟧\n',
    'a:\n  db_host:\n    {{- default "«10.0.0.121»" .Values.h | quote }}\n  b: 1\n',
    'app.properties: |\n  db.host=«10.0.0.121»\n  {{ printf "db.port=%d" ⟦5432⟧ }}\n  a=b\n',
    'app.properties: |-\n  a=b\n  {{- printf "db.host=%s" "«10.0.0.121»" | nindent 2 }}\n',
    'app.env: |\n  A=b\n{{ printf "DB_HOST=%s" "«10.0.0.121»" | indent 2 }}\nb: 1\n',
    'items:\n  - |\n    {{ printf "psql -h %s" "10.0.0.9" }}\n    url=postgresql://u@«10.0.0.121»:⟦5432⟧/app\n',
    "start.sh: |\n  {{- $node := `«10.0.0.121»` }}\n  set -e\n  psql -h {{ $node }} -U app\n",
]


@pytest.mark.parametrize("marked", LONE)
def test_actions_on_lines_of_their_own(marked):
    found(marked)


def test_what_stands_less_indented_is_none_of_the_block():
    text = 'a: |\n  b\n{{ toYaml "10.0.0.121" }}\ndb_host:\n{{ default "10.0.0.121" .x }}\nc: 1\n'
    check_none(extract, text, path="chart/templates/app.yaml", comment="#")


def test_a_port_that_is_one_of_several_cannot_be_seen():
    found("db_host: {{ default `«10.0.0.121|hidden=one of several»` .h }}\ndb_port: {{ ternary 5432 6432 .c }}\n")
    found("db_host: {{ default `«10.0.0.121|port=5432»` .h }}\ndb_port: {{ default ⟦5432⟧ .p }}\n")

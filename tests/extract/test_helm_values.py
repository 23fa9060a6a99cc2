"""Values and the places that they feed: meaningless keys, ports in other keys and files, helpers, texts."""

import pytest

from analyzer.model import Clue
from tests.charts import data, deployment, reading
from tests.kit import check, check_none

HELPERS = """\
{{- define "db.host" -}}
{{- if (.Values.postgresql).enabled -}}{{ .Release.Name }}-postgresql{{ else -}}
{{ .Values.backend.target }}
{{- end -}}
{{- end -}}
"""


def checked(marked, *templates, **options):
    named = {f"t{index}.yaml": text for index, text in enumerate(templates)}
    return check(reading({**named, "_helpers.tpl": HELPERS}), marked, path="values.yaml", comment="#", **options)


def feeds(found):
    return [step.text for ref in found.refs for step in ref.flow]


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("{{ .Values.backend.target }}", "backend:\n  target: «10.0.0.121|clue=key+place,flow»\n"),
        ("{{ .Values.backend.target | quote }}", 'backend:\n  target: "«10.0.0.121»" # the leader\n'),
        ("{{ quote .Values.backend.target }}", "backend: {target: '«10.0.0.121»'}\n"),
        ('{{ include "db.host" . | quote }}', "backend:\n  target: «10.0.0.121»\n"),
        ('{{ template "db.host" . }}', "backend:\n  target: «10.0.0.121»\n"),
        ('{{ include "db.host" . }}', "postgresql:\n  enabled: true\nbackend:\n  target: «db-postgres-01»\n"),
        ('{{ default "localhost" .Values.backend.target }}', "backend:\n  target: «10.0.0.121»\n"),
        ("{{ coalesce .Values.first .Values.second }}", "first: «10.0.0.121»\nsecond: «10.0.0.122»\n"),
        ('{{ ternary .Values.a "localhost" .Values.on }}', "on: false\na: «10.0.0.121»\n"),
        ('{{ index .Values "my-db" "at" }}', "my-db:\n  at: «10.0.0.121»\n"),
        ('{{ get .Values.db "at" }}', "db:\n  at: «10.0.0.121»\n"),
        ('{{ dig "db" "at" "x" .Values.all }}', "all:\n  db:\n    at: «10.0.0.121»\n"),
        ("{{ first .Values.nodes }}", "nodes:\n  - «10.0.0.121»\n  - 10.0.0.122\n"),
        ("{{ index .Values.nodes 1 }}", "nodes: [10.0.0.121, «10.0.0.122»]\n"),
        ("{{ with .Values.db }}{{ .at }}{{ end }}", "db:\n  at: «10.0.0.121»\n"),
        ("{{ $db := .Values.db }}{{ $db.at }}", "db:\n  at: «10.0.0.121»\n"),
        ("{{ (.Values.db).at }}", "db:\n  at: «10.0.0.121»\n"),
        ('{{ required "needed" .Values.at }}', "at: «10.0.0.121»\n"),
        ("{{ tpl .Values.text . }}", "text: '{{ .Values.at }}'\nat: «10.0.0.121»\n"),
        ("{{ .Values.at | trim | trunc 63 }}", "at: «10.0.0.121»\n"),
        (
            "{{ merge .Values.own .Values.shared | toJson | fromJson | dig `at` `` }}",
            "own: {}\nshared: {at: «10.0.0.121»}\n",
        ),
        ("{{ (toYaml .Values.db | fromYaml).at }}", "db:\n  at: «10.0.0.121»\n"),
        ("{{ .Values.at }}", "at: >-\n  «10.0.0.121»\n"),
        ("{{ .Values.at }}", "x: &node «10.0.0.121»\nat: *node\n"),
        ("{{ .Values.db.at }}", "x: &base\n  at: «10.0.0.121»\ndb:\n  <<: *base\n  user: app\n"),
    ],
)
def test_a_value_is_a_host_where_its_place_says_so(template, values):
    found = checked(values, deployment(f"DB_HOST={template}"))
    assert any(
        e.clue is Clue.PLACE and e.text == "feeds container env DB_HOST of Deployment api"
        for e in found.refs[0].evidence
    )
    assert set(feeds(found)) == {"feeds container env DB_HOST of Deployment api"}


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("{{ .Values.other }}", "at: 10.0.0.121\n"),
        ('{{ if eq .Values.at "10.0.0.121" }}x{{ end }}', "at: 10.0.0.121\n"),
        ("{{ .Values.at }}.corp.internal", "at: db-postgres-01\n"),
        ("10.0.0.12{{ .Values.n }}", "n: 1\n"),
        ("{{ len .Values.at }}", "at: 10.0.0.121\n"),
        ("{{ .Values.at | sha256sum }}", "at: 10.0.0.121\n"),
        ("{{ lookup `v1` `Secret` .Values.at `x` }}", "at: 10.0.0.121\n"),
        ("localhost # {{ .Values.at }}", "at: 10.0.0.121\n"),
    ],
)
def test_other_values_are_none(template, values):
    extract = reading({"t.yaml": deployment(f"DB_HOST={template}")})
    check_none(extract, values, path="values.yaml", comment="#")


def test_what_a_value_becomes_is_none():
    extract = reading({"t.yaml": deployment("DB_HOST={{ .Values.at | upper }}")})
    found = check(extract, "at: «db-postgres-01|host=DB-POSTGRES-01,sealed»\n", path="values.yaml")
    assert found.refs[0].sealed


def test_the_port_stands_in_another_key():
    template = deployment("DB_HOST={{ .Values.a }}", 'DB_PORT="{{ .Values.b }}"')
    checked("a: «10.0.0.121|port=5432»\nb: ⟦5432⟧\n", template)
    checked("a: «10.0.0.121|port=5432»\nb: '⟦5432⟧'\n", template)


def test_host_and_port_meet_in_one_scalar():
    template = deployment("DATABASE_URL=postgresql://app@{{ .Values.box }}:{{ .Values.tcp | int }}/app")
    checked("box: «10.0.0.121|port=5432,clue=dsn+place,engine=postgresql»\ntcp: ⟦5432⟧\n", template)


def test_host_and_port_meet_through_printf():
    template = data(
        "Secret", 'URL={{ printf "jdbc:mysql://%s:%v/sonar" .Values.mysql.mysqlServer .Values.p | b64enc }}'
    )
    checked("mysql:\n  mysqlServer: «10.0.0.121|port=3306,engine=mysql»\np: ⟦3306⟧\n", template)


def test_a_port_in_the_template_is_not_edited_with_the_host():
    found = checked(
        "box: «10.0.0.121|port=6432,hidden»\n", deployment("DB_URL=postgresql://{{ .Values.box }}:6432/app")
    )
    assert found.refs[0].port.hidden == "templates/t0.yaml"
    assert found.refs[0].port.slot is None


def test_no_port_is_written_behind_a_value_that_is_only_a_host():
    found = checked("box: «10.0.0.121|hidden»\n", deployment("DB_URL=postgresql://{{ .Values.box }}/app"))
    assert found.refs[0].port.slot is None


def test_a_port_may_be_written_into_a_value_that_is_a_connection_string():
    checked("dsn: postgresql://app@«10.0.0.121|insert=:»/app\n", deployment("THE_DSN={{ .Values.dsn }}"))


def test_a_list_in_one_value_is_a_group():
    marked = "x: postgresql://«10.0.0.120|group=2»:⟦5432⟧,«10.0.0.121|group=2»:⟦5432⟧/app\n"
    found = checked(marked, deployment("THE_DSN={{ .Values.x }}"))
    assert all(ref.group.hosts is not None for ref in found.refs)


def test_a_list_of_several_values_is_no_single_edit():
    template = deployment("THE_DSN=postgresql://{{ .Values.a }},{{ .Values.b }}/app")
    found = checked("a: «10.0.0.120|group=2»\nb: «10.0.0.121|group=2»\n", template)
    assert all(ref.group.hosts is None for ref in found.refs)


def test_a_subtree_is_written_as_a_block():
    template = data("ConfigMap", "app.yaml=|\n    {{- toYaml .Values.settings | nindent 4 }}")
    checked("settings:\n  database:\n    host: «10.0.0.121|port=5432»\n    port: ⟦5432⟧\n", template)


def test_names_of_variables_come_from_the_values():
    template = deployment().rstrip() + (
        "\n            {{- range $k, $v := .Values.settings }}\n            - name: {{ upper $k }}\n"
        "              value: {{ $v | quote }}\n            {{- end }}\n"
    )
    checked("settings:\n  pg_host: «10.0.0.121|port=5432»\n  pg_port: ⟦5432⟧\n", template)


def test_a_text_of_the_values_becomes_a_file():
    template = data("ConfigMap", "app.ini=|\n    {{- .Values.text | nindent 4 }}")
    checked("text: |\n  [database]\n  host = «10.0.0.121|port=5432»\n  port = ⟦5432⟧\n", template)


def test_a_file_in_a_secret_is_decoded():
    template = data("Secret", "app.env={{ tpl .Values.text . | b64enc }}")
    checked("text: |\n  DB_HOST={{ .Values.box }}\n  DB_PORT=5432\nbox: «10.0.0.121|port=5432»\n", template)


def test_base64_in_the_values_stays_whole():
    template = data("Secret", "DB_HOST={{ .Values.encoded }}")
    checked("encoded: «MTAuMC4wLjEyMQ==|base64,host=10.0.0.121»\n", template)


def test_an_exporter_stays_an_operation_whatever_its_key_is():
    found = checked(
        "config:\n  datasource:\n    host: «10.0.0.121|clue=infrastructure+operation»\n",
        deployment("DATA_SOURCE_URI={{ .Values.config.datasource.host }}:5432/postgres"),
    )
    assert Clue.KEY not in {e.clue for e in found.refs[0].evidence}


def test_an_exporter_beside_an_application_makes_no_operation():
    marked = "host: «10.0.0.121|clue=key+operation»\n"
    found = checked(
        marked,
        deployment("DATA_SOURCE_URI={{ .Values.host }}:5432/postgres", name="exporter"),
        deployment("DB_HOST={{ .Values.host }}"),
    )
    assert Clue.INFRASTRUCTURE not in {e.clue for e in found.refs[0].evidence}


POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop}
spec:
  egress: [{to: [{ipBlock: {cidr: "{{ .Values.db.address }}/32"}}]}]
"""


def test_a_network_rule_is_infrastructure():
    checked("db:\n  address: «10.0.0.121|clue=infrastructure»\n", POLICY)


def test_a_network_rule_beside_an_application_is_a_reason_to_look():
    marked = "db:\n  address: «10.0.0.121|clue=key+operation»\n"
    found = checked(marked, POLICY, deployment("DB_HOST={{ .Values.db.address }}"))
    assert Clue.INFRASTRUCTURE not in {e.clue for e in found.refs[0].evidence}


def test_what_a_value_feeds_besides_is_no_proof():
    """The value also stands where nobody knows what it is for: its key still counts."""
    script = data("ConfigMap", "unknown=value {{ .Values.db.address }} somewhere")
    found = checked("db:\n  address: «10.0.0.121|clue=operation»\n", POLICY, script)
    assert Clue.INFRASTRUCTURE not in {e.clue for e in found.refs[0].evidence}


def test_notes_are_for_people():
    templates = {"NOTES.txt": "The database is {{ .Values.externalDatabase.host }}.\n"}
    check(
        reading(templates),
        "externalDatabase:\n  host: «10.0.0.121|only=comment»\n",
        path="values.yaml",
        comment="#",
    )


def test_notes_beside_an_application_say_nothing():
    templates = {
        "NOTES.txt": "The database is {{ .Values.externalDatabase.host }}.\n",
        "t.yaml": deployment("DB_HOST={{ .Values.externalDatabase.host }}"),
    }
    found = check(reading(templates), "externalDatabase:\n  host: «10.0.0.121|clue=key»\n", path="values.yaml")
    assert Clue.COMMENT not in {e.clue for e in found.refs[0].evidence}


@pytest.mark.parametrize(
    "gap",
    [
        '{{ include "somewhere.else" . }}',
        "{{ .Files.Get `not/there.yaml` }}",
        "{{ ( }}",
    ],
)
def test_notes_are_no_proof_where_something_could_not_be_followed(gap):
    templates = {
        "NOTES.txt": "The database is {{ .Values.externalDatabase.host }}.\n",
        "t.yaml": deployment(f"OTHER={gap}"),
    }
    check_none(reading(templates), "externalDatabase:\n  host: 10.0.0.121\n", path="values.yaml")


def test_the_place_in_the_template_is_told():
    template = deployment("DB_HOST={{ .Values.at }}")
    found = checked("at: «10.0.0.121»\n", template)
    (step,) = found.refs[0].flow
    assert step.path == "templates/t0.yaml"
    assert template.encode()[step.span.start : step.span.end] == b"value:"


def test_one_literal_for_several_places_is_one_reference():
    found = checked("at: «10.0.0.121»\n", deployment("DB_HOST={{ .Values.at }}", "PGHOST={{ .Values.at }}"))
    assert len(found.refs) == 1
    assert feeds(found) == [f"feeds container env {name} of Deployment api" for name in ("DB_HOST", "PGHOST")]


def test_ports_that_differ_from_place_to_place_are_not_edited():
    template = deployment("A_DSN=postgresql://{{ .Values.at }}:5432/a", "B_DSN=postgresql://{{ .Values.at }}:6432/a")
    checked("at: «10.0.0.121|sealed»\n", template)


def test_a_port_of_a_branch_that_is_not_taken_does_not_count():
    template = deployment(
        "DB_HOST={{ .Values.at }}",
        'DB_PORT="{{ if .Values.mysql }}3306{{ else }}{{ .Values.tcp }}{{ end }}"',
        "OTHER={{ if .Values.mysql }}mysql://{{ .Values.at }}:3306/x{{ end }}",
    )
    checked("mysql: false\nat: «10.0.0.121|port=5432,open»\ntcp: ⟦5432⟧\n", template)


def test_a_password_is_nowhere():
    template = deployment("THE_DSN=postgresql://app:{{ .Values.word }}@{{ .Values.at }}/app")
    found = checked("word: hunter2secret\nat: «10.0.0.121»\n", template)
    assert "hunter2" not in repr(found)

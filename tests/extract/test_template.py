import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import format_of
from analyzer.extract.template import extract
from analyzer.source import SourceFile
from tests.kit import check, check_none

BRANCHES = """\
{% if prod %}
DB_HOST=«10.0.0.121|port=6432»
DB_PORT=⟦6432⟧
{% else %}
DB_HOST=«10.0.0.122|port=5433»
DB_PORT=⟦5433⟧
{% endif %}
"""
FAST = settings(max_examples=100, derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("roles/db/templates/app.env.j2", "template"),
        (".env.j2", "template"),
        ("chart/templates/_helpers.tpl", "template"),
        ("values.yaml.gotmpl", "template"),
        ("nginx.conf.tmpl", "template"),
        ("config/database.yml.erb", "template"),
        ("my.cnf.jinja2", "template"),
        ("Dockerfile.j2", "template"),
        ("nginx.conf.template", "sample"),
        ("chart/templates/app.yaml", "yaml"),
        ("j2", "text"),
    ],
)
def test_which_files(path, name):
    assert format_of(path, b"").name == name


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("app.env.j2", "DB_HOST=«10.0.0.121|clue=key+place,port=6432»\nDB_PORT=⟦6432⟧\nA={{ a }}\n"),
        (
            "app.env.j2",
            BRANCHES,
        ),
        ("app.env.j2", "DB_HOST={{ db_host | default('«10.0.0.121»') }}\nDB_PORT={{ db_port }}\n"),
        ("app.env.j2", "DB_HOST={% if a %}«10.0.0.121»{% else %}«10.0.0.122»{% endif %}\nDB_PORT=⟦5432⟧\n"),
        ("app.env.j2", "DB_HOST={{ '«10.0.0.121»' if prod else '«10.0.0.122»' }}\n"),
        ("app.env.j2", "{% for k, v in env %}\n{{ k }}={{ v }}\n{% endfor %}\nDB_HOST=«10.0.0.121»\n"),
        ("app.env.j2", "DATABASE_URL=postgresql://{{ u }}:{{ p }}@«10.0.0.121»:⟦5432⟧/{{ d }}\n"),
        ("app.env.j2", "{# DB_HOST=10.0.0.120 #}\nDB_HOST=«10.0.0.121»\n"),
        ("app.env.j2", "{% raw %}\nDB_HOST=«10.0.0.121»\nA={{ b }}\n{% endraw %}\n"),
        ("values.yaml.gotmpl", 'db:\n  host: {{ .Values.h | default "«10.0.0.121»" }}\n  port: ⟦5432⟧\n'),
        (
            "values.yaml.gotmpl",
            "{{ if .x }}\ndb:\n  host: «10.0.0.121»\n{{ else }}\ndb:\n  host: «10.0.0.122»\n{{ end }}\n",
        ),
        ("app.yaml.j2", "{% for i in a %}\n- db_host: «10.0.0.121»\n  i: {{ i }}\n{% endfor %}\n"),
        (
            "config/database.yml.erb",
            "production:\n  adapter: postgresql\n  host: <%= ENV['H'] || '«10.0.0.121»' %>\n  port: ⟦5432⟧\n",
        ),
        (
            "config/database.yml.erb",
            "a:\n<% if a %>\n  url: postgres://u@«10.0.0.121»/a\n<% else %>\n  url: postgres://u@«lb»/a\n<% end %>\n",
        ),
        (
            "start.sh.tpl",
            "#!/bin/sh\n{{ if .x }}\nPGHOST=«10.0.0.121» psql\n{{ else }}\npsql -h «10.0.0.122»\n{{ end }}\n",
        ),
        ("app.properties.tmpl", "spring.datasource.url=jdbc:postgresql://«10.0.0.121»:⟦5432⟧/{{ .db }}\n"),
        ("app.ini.j2", "[database]\nhost = «10.0.0.121|port=6432»\n{% if p %}\nport = ⟦6432⟧\n{% endif %}\n"),
        ("app.json.j2", '{"db": {"host": "«10.0.0.121|port=6432»", "port": ⟦6432⟧, "x": {{ x }}}}\n'),
        ("app.toml.tmpl", '[database]\nhost = "«10.0.0.121|port=6432»"\nport = ⟦6432⟧\nx = {{ .x }}\n'),
        ("app.conf.template", "db_host=«10.0.0.121»\ndb_name=${DB_NAME}\n"),
        # nothing in the name
        ("config.tpl", "DB_HOST=«10.0.0.121»\nDB_PORT={{ .p }}\n"),
        ("app.tpl", "db:\n  host: «10.0.0.121»\n  name: {{ .n }}\n"),
        (
            "chart/templates/_helpers.tpl",
            '{{- define "app.env" -}}\n- name: DB_HOST\n  value: «10.0.0.121»\n{{- end -}}\n',
        ),
        (
            "chart/templates/_helpers.tpl",
            '{{/* a */}}\n{{- define "app.databaseHost" -}}\n{{ default "«10.0.0.121»" .h }}\n{{- end -}}\n',
        ),
        ("motd.tmpl", "Welcome\nconnect with psql -h «10.0.0.121» -U app, {{ .user }}\n"),
    ],
)
def test_templates(path, marked):
    check(extract, marked, path=path, problems=None)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.env.j2", "DB_HOST={{ db_host }}\nDB_PORT={{ port }}\n"),
        ("app.env.j2", "# DB_HOST=10.0.0.121 {{ x }}\n"),
        ("app.env.j2", "{# DB_HOST=10.0.0.121 #}\n"),
        ("app.env.j2", "LISTEN=10.0.0.121\n{% if x == '10.0.0.121' %}\nA=b\n{% endif %}\n"),
        ("app.yaml.j2", "a: {{ b }}\n"),
        ("_helpers.tpl", '{{ define "app.name" }}10.0.0.121{{ end }}\n'),
        ("a.tmpl", ""),
        ("a.tmpl", "{{ if x }}"),
        (".j2", "a"),
    ],
)
def test_templates_without_a_host(path, text):
    check_none(extract, text, path=path, problems=None)


HAPROXY = """\
listen postgres
    bind *:5432
    option httpchk GET /primary
{% for host in groups['db'] %}
    server {{ host }} {{ host }}:5432 check port 8008
{% endfor %}
    server db-postgres-01 10.0.0.120:5432 check port 8008
"""


def test_a_proxy_stays_infrastructure():
    nature = extract(SourceFile("haproxy.cfg.j2", HAPROXY.encode())).nature
    assert nature is not None
    assert nature.text == "HAProxy configuration"


def test_problems_are_told_where_they_stand_and_leave_nothing_out():
    source = SourceFile("app.env.j2", b"{% if a %}\nA=1\n{% endif %}\nno row = 'open\n")
    (problem,) = extract(source).problems
    assert (problem.path, problem.line, problem.incomplete) == ("app.env.j2", 4, False)


@pytest.mark.parametrize("text", ["{% if a %}\n# analyzer: ignore[node-host] tests\nDB_HOST=10.0.0.121\n{% endif %}\n"])
def test_directives_in_comments(text):
    (comment,) = extract(SourceFile("app.env.j2", text.encode())).comments
    assert comment.own_line
    assert text.encode()[comment.span.start : comment.span.end].decode() == "# analyzer: ignore[node-host] tests"


def test_many_branches_are_all_read():
    rows = [f"{{% elif x == {n} %}}\nDB_HOST=10.0.1.{n}\n" for n in range(60)]
    text = "{% if a %}\nDB_HOST=10.0.0.121\n" + "".join(rows) + "{% endif %}\n"
    assert len(extract(SourceFile("app.env.j2", text.encode())).refs) == 61


PIECES = st.one_of(
    st.sampled_from(
        ["{% if a %}", "{% else %}", "{% endif %}", "{{ b }}", "{{ 'c' }}", "{{", "}}", "\n", "DB_HOST=", "é"]
    ),
    st.sampled_from(
        ["10.0.0.121", "\r\n", "'", "[", "a: ", "- ", '{{ define "a" }}', "{{ end }}", "<%= a %>", "\ufeff"]
    ),
)


@FAST
@given(
    st.lists(PIECES, max_size=30),
    st.sampled_from(["a.env.j2", "a.yaml.j2", "a.tpl", "a.json.tmpl", "a.sh.erb", "a.toml.j2"]),
)
def test_no_template_stops_the_reader(pieces, path):
    data = "".join(pieces).encode()
    for ref in extract(SourceFile(path, data)).refs:
        if not ref.sealed and ref.slot.container is None:
            assert data[ref.slot.span.start : ref.slot.span.end].decode() == ref.host

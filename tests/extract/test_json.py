"""JSON: connections in the files of many programs, their legitimate twins, and what is no JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analyzer.extract.json as extractor
from analyzer.extract.json import BROKEN, extract
from analyzer.extract.json.parse import MAX_DEPTH
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def found(marked, path="config.json", **options):
    return check(extract, marked, path=path, comment="//", **options)


@pytest.mark.parametrize(
    ("path", "sample"),
    [
        (
            "appsettings.json",
            (
                '{\n  // the orders database\n  "ConnectionStrings": {\n'
                '    "Default": "Server=«10.0.0.20|clue=dsn»;Port=⟦3306⟧;Database=orders;Uid=app;Pwd=made-up;",\n  },\n'
                '  "MySQL": "server=«10.99.0.5|clue=dsn»;user=app;password=made-up;database=orders", /* old */\n}\n'
            ),
        ),
        (
            "appsettings.json",
            '{"Redis": {"Configuration": "«10.0.3.1|engine=redis»:⟦6379⟧,password=made-up,ssl=False"}}\n',
        ),
        (
            "config/config.json",
            (
                '{"production": {"username": "app", "password": null, "database": "orders",\n'
                ' "host": "«10.0.0.121|port=5432,engine=postgresql»", "port": ⟦5432⟧, "dialect": "postgres"}}\n'
            ),
        ),
        (
            "ormconfig.json",
            (
                '[{"type": "postgres", "replication": {"master": {"host": "«10.0.0.120|intent=write,clue=key»"},\n'
                '  "slaves": [{"host": "«10.0.0.121|intent=read,engine=postgresql»"}]}}]\n'
            ),
        ),
        (
            "knexfile.json",
            '{"production": {"client": "pg", "connection": {"host": "«10.0.0.121|engine=postgresql»"}}}\n',
        ),
        ("site_config.json", '{"db_host": "«10.0.0.20|port=3306»", "db_port": ⟦3306⟧, "db_name": "erp"}\n'),
        (
            "job.json",
            (
                '{"job": {"content": [{"reader": {"parameter": {"connection": [\n'
                '  {"jdbcUrl": ["jdbc:mysql://«10.0.0.20|clue=dsn+key»:⟦3306⟧/erp"], "table": ["orders"]}]}}}]}}\n'
            ),
        ),
        (
            "task-definition.json",
            (
                '{"containerDefinitions": [{"environment": [{"name": "DB_PORT", "value": "⟦5432⟧"},\n'
                '  {"value": "«10.0.0.121|port=5432,clue=key+place»", "name": "DB_HOST"}],\n'
                '  "command": ["psql", "-h", "«10.0.0.122|clue=command,port=none»"]}]}\n'
            ),
        ),
        (
            "stack.template.json",
            (
                '{"Parameters": {"DBHost": {"Type": "String", "Default": "«10.0.0.121|clue=key»"}},\n'
                ' "Resources": {"F": {"Environment": {"Variables": {"DB_HOST": "«10.0.0.122»"}}}}}\n'
            ),
        ),
        (
            "launch.json",
            '{"configurations": [{"env": {"PGHOST": "«10.0.0.121»"}, "args": ["--db-host", "«10.0.0.122»"]}]}\n',
        ),
        ("tasks.json", '{"tasks": [{"command": "psql", "args": ["-h", "«10.0.0.121|clue=command»"]}]}\n'),
        (
            "datasources.json",
            '{"datasources": [{"type": "postgres", "url": "«10.0.0.121|clue=key»:⟦5432⟧", "database": "orders"}]}\n',
        ),
        (
            "connector.json",
            (
                '{"config": {"connector.class": "io.debezium.connector.postgresql.PostgresConnector",\n'
                '  "database.hostname": "«10.0.0.121|port=5432»", "database.port": "⟦5432⟧"}}\n'
            ),
        ),
        (
            "main.tf.json",
            (
                '{"resource": {"helm_release": {"a": {"set": [{"name": "mysql.host", "value": "«10.0.0.121»"}]}}},\n'
                ' "variable": {"db_host": {"default": "«10.0.0.122|clue=key»"}}}\n'
            ),
        ),
        ("postgres.json", '{"host": "«10.0.0.121|clue=key,port=5432»", "port": ⟦5432⟧}\n'),
        ("package.json", '{"scripts": {"migrate": "PGPORT=5432 psql -h «10.0.0.121|clue=command» orders"}}\n'),
        ("composer.json", '{"scripts": {"dump": ["@php x", "pg_dump -h «10.0.0.121|clue=command» orders"]}}\n'),
        (".devcontainer/devcontainer.json", '{"postCreateCommand": "psql -h «10.0.0.121|clue=command» -f a.sql"}\n'),
        ("mongo.json", '{"uri": "mongodb://app:made-up@«10.0.4.1|group=2»:⟦27017⟧,«10.0.4.2»:⟦27017⟧/orders"}\n'),
        ("data.jsonl", '{"db_host": "«10.0.0.120»"}\n{"db_host": "«10.0.0.121»"}\n'),
    ],
)
def test_connections(path, sample):
    found(sample, path)


def test_kubernetes_objects_are_read_by_their_kind():
    found(
        '{"kind": "List", "apiVersion": "v1", "items": [\n'
        ' {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "api"}, "spec": {"template": {"spec":\n'
        '  {"containers": [{"env": [{"name": "PRIMARY", "value": "«10.0.0.121|only=name+place»"}]}]}}}},\n'
        ' {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "db"}, "data": {\n'
        '  "DB_HOST": "«MTAuMC4wLjEyMQ==|host=10.0.0.121,base64,clue=key+place»"}}]}\n'
    )


def test_texts_inside_values_two_levels_deep():
    inner = json.dumps({"spring": {"datasource": {"url": "jdbc:postgresql://⟪/orders"}}}, indent=1)
    outer = json.dumps({"kind": "ConfigMap", "apiVersion": "v1", "data": {"application.json": inner}})
    found(outer.replace("⟪", "«10.0.0.121|clue=dsn+place»:⟦5432⟧") + "\n")
    application = json.dumps({"config.json": json.dumps({"database": {"host": "⟪", "port": 5432}})}, indent=1)
    twice = json.dumps({"kind": "ConfigMap", "apiVersion": "v1", "data": {"application.json": application}})
    found(twice.replace("⟪", "«10.0.0.121|clue=key,port=5432»") + "\n")


def test_texts_inside_values_are_only_searched_deeper_down():
    text = '{"db_host": "10.0.0.121", "url": "postgres://u@10.0.0.122/x"}'
    for _ in range(6):
        text = json.dumps({"config.json": text})
    assert [ref.host for ref in extract(SourceFile("a.json", text.encode())).refs] == ["10.0.0.122"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package-lock.json", '{"packages": {"a": {"resolved": "postgres://u:p@10.0.0.121/x"}}}\n'),
        ("composer.lock", '{"packages": [{"source": {"url": "postgres://u@10.0.0.121/x"}}]}\n'),
        (
            "package.json",
            '{"name": "10.0.0.121", "version": "10.0.0.121", "repository": {"url": "git://10.0.0.121/a"}}\n',
        ),
        ("swagger.json", '{"swagger": "2.0", "basePath": "/", "info": {"version": "10.0.0.121"}}\n'),
        ("settings.json", '{"smtp": {"addr": "localhost"}, "allowed": ["10.0.0.121"], "cidr": "10.0.0.121/32"}\n'),
        ("area.geojson", '{"type": "Feature", "geometry": {"coordinates": [[10.0, 0.121], [1, 2]]}}\n'),
        ("empty.json", ""),
        ("empty.json", "{}\n"),
        ("words.json", '{"db_host": "localhost", "pg_port": 5432, "redis": {"host": null}}\n'),
        ("comment.json", '{\n  // "db_host": "10.0.0.121"\n  /* postgres://u@10.0.0.121/x\n  */ "a": 1 # db_host\n}\n'),
    ],
)
def test_nothing(path, text):
    check_none(extract, text, path=path, comment="//")


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("sd/targets.json", '[{"targets": ["10.0.0.121:9187"], "labels": {"job": "pg"}}]', "Prometheus targets"),
        ("d.json", '{"title": "x", "panels": [], "schemaVersion": 39}', "Grafana dashboard"),
        ("p.json", '{"ttl": 30, "loop_wait": 10, "maximum_lag_on_failover": 1}', "Patroni dynamic configuration"),
        ("l.json", '[{"Cluster": "o", "Member": "a", "Host": "10.0.0.120", "Role": "Leader"}]', "patronictl list"),
        ("rs.json", '{"_id": "rs0", "members": [{"_id": 0, "host": "10.0.4.1:27017"}]}', "replica set configuration"),
        ("s.json", '{"Servers": {"1": {"Host": "10.0.0.121", "MaintenanceDB": "x"}}}', "pgAdmin server list"),
        ("e.json", '{"static_resources": {"clusters": []}}', "Envoy configuration"),
        (
            "b.json",
            '{"connections": {"a": {"provider": "x", "configuration": {"host": "10.0.0.121"}}}}',
            "DBeaver connections",
        ),
        ("s.json", '{"services": [{"name": "pg", "address": "10.0.0.121", "checks": []}]}', "Consul services"),
        ("d.json", '{"panels": [], "templating": {}, "a": "redis://10.0.0.121:6379"}', "Grafana dashboard"),
        ("c.json", '{"service": {"name": "pg", "address": "10.0.0.121", "checks": []}}', "Consul service"),
        (
            "n.json",
            '{"kind": "NetworkPolicy", "apiVersion": "networking.k8s.io/v1", "spec": {"cidr": "10.0.0.121/32"}}',
            "network policy",
        ),
    ],
)
def test_infrastructure(path, text, name):
    nature = extract(SourceFile(path, text.encode())).nature
    assert nature is not None
    assert (nature.clue, nature.text.split(" (")[0]) == (Clue.INFRASTRUCTURE, name)


def test_an_applications_file_is_no_infrastructure():
    text = (
        '{"service": {"name": "orders"}, "members": [{"_id": 1}], "database": {"host": "«10.0.0.121»"}, "rows": []}\n'
    )
    assert found(text).nature is None


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 4, "terraform_version": "1.9", "serial": 3, "lineage": "", "outputs": {"db_host": "10.0.0.121"}}',
        '{"version": "2.1.0", "runs": [{"tool": {}, "results": ["postgres://u@10.0.0.121/x"]}]}',
        '{"version": 1, "tool": {}, "summary": {}, "findings": [{"host": "10.0.0.121", "engine": "postgresql"}]}',
    ],
)
def test_copies_are_told_and_left_alone(text):
    extraction = extract(SourceFile("a.json", text.encode()))
    assert extraction.refs == ()
    assert [(region.span.start, region.span.end, region.nature) for region in extraction.regions] == [
        (0, len(text), None)
    ]
    assert [problem.incomplete for problem in extraction.problems] == [False]


def test_prose_is_a_comment():
    text = '{"properties": {"url": {"description": "like postgres://u:p@«10.0.0.121|clue=dsn+comment»/x"}}}\n'
    found(text, "values.schema.json")


def test_sops_seals_its_documents():
    text = '{"db_host": "«10.0.0.121|sealed»", "pg_host": "ENC[AES256_GCM,data:eA==]", "sops": {"mac": "x"}}\n'
    assert found(text).opaque


@pytest.mark.parametrize(
    "text",
    [
        '{"url": "postgresql:\\/\\/u:made-up@«10.0.0.121|open»:⟦5432⟧\\/orders"}\n',
        '{"url": "postgresql://u:p\\u0040x@«10.0.0.121|sealed»:⟦5432⟧/orders"}\n',
        '{"name": "größe \\ud83d\\udc18", "db_host": "«10.0.0.121|open»"}\n',
        '{"db_host": «"10.0.0.\\u0031"|host=10.0.0.1,sealed»}\n',
        "{db_host: '«10.0.0.121|open»', 'x': 0x1F, y: [.5, +1, NaN],}\n",
    ],
)
def test_spellings(text):
    found(text)


def test_duplicate_keys_count_both():
    found('{"db_host": "«10.0.0.120»", "db_host": "«10.0.0.121»"}\n')


def test_directives():
    text = (
        '{\n  // analyzer: ignore[node-host] one\n  "db_host": "«10.0.0.121»", // analyzer: ignore[node-host] two\n'
        '  "x": "// analyzer: ignore[node-host] three",\n  /* a\n     analyzer: ignore[node-host] four */\n'
        '  /* analyzer: ignore[node-host] five */ "pg_host": "«10.0.0.122»"\n}\n'
    )
    comments = found(text).comments
    told = [(c.text.split("] ")[1].split(" ")[0], c.own_line) for c in comments]
    assert told == [("one", True), ("two", False), ("four", True), ("five", False)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"db_host": "«10.0.0.121|sealed»",\n "a": [1\n', 2, "a `{` or `[` is not closed"),
        ('{"db_host": "«10.0.0.121|sealed»",\n "a": "b\n}\n', 2, "a string is not closed"),
        ('{"db_host": "«10.0.0.121|sealed»",\n {"a": 1}}\n', 2, "a bracket where a key must stand"),
        (
            '{"db_host": "«10.0.0.121|sealed»"}\n]\nDATABASE_URL=postgres://u@«10.0.0.122|sealed»/x\n',
            2,
            "closes nothing",
        ),
        ('{"a": 1}\nDB_HOST=«10.0.0.122|sealed,clue=key»\n', 2, "this is no JSON value"),
        ('{"a" "b": 1 : 2}\n', 1, "a `:` without a key before it"),
    ],
)
def test_what_is_no_json_is_told_and_searched(text, line, reason):
    extraction = check(extract, text, path="a.json", problems=None)
    (problem,) = [problem for problem in extraction.problems if problem.incomplete]
    assert problem.line == line
    assert reason in problem.message
    assert {ref.sealed for ref in extraction.refs} <= {BROKEN}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1 "db_host": "«10.0.0.121|open»"}\n', "a comma is missing"),
        ('{"a":, "db_host": "«10.0.0.121|open»"}\n', "a comma without a value before it"),
        ('{"a", "db_host": "«10.0.0.121|open»"}\n', "a comma without a value before it"),
        ('{"a": yes, "db_host": "«10.0.0.121|open»"}\n', "a value without quotes"),
    ],
)
def test_small_faults_are_told_and_nothing_is_lost(text, reason):
    (problem,) = found(text, problems=1).problems
    assert not problem.incomplete
    assert reason in problem.message


@pytest.mark.parametrize(
    "text",
    [
        '{"db_host": "«10.0.0.121|hidden»", "db_port": {{ .Values.port }}}\n',
        '{"db_host": "«10.0.0.121|hidden»", "db_port": ${DB_PORT}}\n',
        '{\n{{- if .Values.a }}\n"db_name": "{{ index .Values "a" }}",\n{{- end }}\n"db_host": "«10.0.0.121»"}\n',
        '{"items": [{% for x in y %}"{{ x }}"{{ "," if not loop.last }}{% endfor %}], "db_host": "«10.0.0.121»"}\n',
    ],
)
def test_templates(text):
    assert not [
        problem for problem in check(extract, text, path="a.json", problems=None).problems if problem.incomplete
    ]


def test_too_much_is_told():
    deep = '{"db_host": "10.0.0.121", "a": ' + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "}"
    (problem,) = extract(SourceFile("a.json", deep.encode())).problems
    assert problem.incomplete
    assert problem.message.startswith("nested too deeply")
    fine = '{"db_host": "«10.0.0.121»", "a": ' + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1) + "}\n"
    found(fine)


def test_large_files_lose_nothing_by_pruning(monkeypatch):
    rows = [{"id": i, "name": f"row {i}", "mail": "a@b.example"} for i in range(50)]
    text = json.dumps(
        {"rows": rows, "hosts": {"postgres": "10.0.0.120"}, "env": {"PRIMARY": "10.0.0.121"}, "x": [{"value": 1}]}
        | {"list": [{"name": "DB_HOST", "value": "10.0.0.122"}], "urls": ["a", "postgres://u@10.0.0.121/x"]}
    )
    whole = extract(SourceFile("a.json", text.encode()))
    monkeypatch.setattr(extractor, "LARGE", 0)
    assert extract(SourceFile("a.json", text.encode())) == whole
    assert len(whole.refs) == 4


@pytest.mark.parametrize(
    "piece", ['"', "'", "[", '{"a":', "[1,", ",", ":", "a ", "/", "/*", "${", "\\", '"\\', " ", "\n"]
)
def test_hostile_repetition_ends(piece):
    extract(SourceFile("a.json", (piece * 5_001).encode()))


_VALUES = st.recursive(
    st.sampled_from(
        ["10.0.0.121", "postgres://u:p@10.0.0.121:5432/x", "größe \U0001f418", 'a"\\/\n\t\x01', 5432, None, True]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["db_host", "port", "a", "url", "env", "ü"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@FAST
@given(_VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_hosts_stand_where_they_are_said_to_stand(value, ascii_only, indent):
    source = SourceFile("a.json", json.dumps({"x": value}, ensure_ascii=ascii_only, indent=indent).encode())
    extraction = extract(source)
    assert not extraction.problems
    for ref in extraction.refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host


@FAST
@given(st.text(alphabet="{}[]:,\"'\\/*# \n\r10.ab$xü\ufffc", max_size=60))
def test_any_text_is_read(text):
    source = SourceFile("a.json", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host

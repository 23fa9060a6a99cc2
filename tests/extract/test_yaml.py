import json
from urllib.parse import quote

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.yaml import extract
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none

FAST = settings(max_examples=120, derandomize=True, deadline=None)


def found(marked: str, **options):
    return check(extract, marked, path="app.yaml", comment="#", **options)


def nothing(text: str, **options):
    return check_none(extract, text, path="app.yaml", comment="#", **options)


@pytest.mark.parametrize(
    "marked",
    [
        "db_host: «10.0.0.121|clue=key»\n",
        "database:\n  host: «10.0.0.121|port=5432,clue=key»\n  port: ⟦5432⟧\n",
        "database:\n  port: ⟦5432⟧\n  host: «10.0.0.121|port=5432»\n",
        'database: {host: "«10.0.0.121»", port: ⟦5432⟧}\n',
        "externalDatabase:\n  host: &db «10.0.0.121»\n  port: !!int ⟦5432⟧\n",
        "- name: x\n  pg:\n    host: '«10.0.0.121»'\n",
        "url: postgresql://u:p@«10.0.0.121|port=5432,engine=postgresql»:⟦5432⟧/app\n",
        "url: 'postgresql://u:p''x@«10.0.0.121»:⟦5432⟧/app'\n",
        "text: |-\n  first\n  postgresql://u:p@«10.0.0.121»:5432/app\n",
        "text: >-\n  see postgresql://u:p@«10.0.0.121»:5432/app\n  for more\n",
        "dsns:\n- postgresql://u:p@«10.0.0.121»:5432/app\n",
        "- - postgresql://u:p@«10.0.0.121»:5432/app\n",
        "type: postgres\nhost: «10.0.0.121|clue=key,engine=postgresql»\n",
        "größe: ä\npg_host: «10.0.0.121»  # größe\n",
        "db_host: «10.0.0.121»\n---\ndb_host: «10.0.0.122»\n...\n",
    ],
)
def test_values_of_keys(marked):
    found(marked)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# db_host: 10.0.0.121\n",
        "image: registry.corp.internal:5000/app:10.0.0.121\n",
        "version: 10.0.0.121\n",
        "db_host: localhost\n",
        "db_host: ${DB_HOST}\n",
        "db_host: '{{ pg_host }}'\n",
        "smtp:\n  host: 10.0.0.5\n",
        "description: the database moved away from 10.0.0.121\n",
        "db_host: *missing\n",
        "[1, 2, {a: b}]\n",
    ],
)
def test_what_is_no_database_host(text):
    assert not nothing(text, problems=None).refs


def test_a_host_behind_escapes_is_found_and_sealed():
    found('db_host: «"10.0.0.\\x31\\x32\\x31"|host=10.0.0.121,sealed»\n')
    found('db_host: "«10.0.0.121|open»\\u0020"\n')


def test_a_host_behind_an_alias_stands_at_its_anchor():
    found("x-db: &db «10.0.0.121|clue=key»\nservices:\n  api: {DB_HOST: *db}\n")


def test_a_merged_mapping_tells_the_engine_and_is_reported_once():
    result = found(
        "base: &base\n  adapter: postgresql\n  port: 5432\n"
        "production:\n  <<: *base\n  host: «10.0.0.121|port=5432,engine=postgresql»\n"
    )
    assert len(result.refs) == 1


def test_aliases_are_not_followed_into_mappings():
    head = "a: &a {db_host: «10.0.0.121»}\n"
    lines = "".join(
        f"{c}: &{c} [*{p}, *{p}, {{x: *{p}}}]\n" for p, c in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
    )
    found(head + lines)
    nothing("a: &a {b: *a}\n")


@pytest.mark.parametrize(
    "marked",
    [
        "cassandra:\n  contact_points: [«10.0.0.120|group=2», «10.0.0.121»]\n",
        "postgres:\n  hosts:\n  - «10.0.0.120»:⟦5432⟧\n  - «10.0.0.121»:⟦5432⟧\n",
        "db_hosts: «10.0.0.120|group=2»:⟦5432⟧,«10.0.0.121»:⟦5432⟧\n",
    ],
)
def test_lists_of_hosts(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "services:\n  api:\n    environment:\n      DB_HOST: «10.0.0.121|clue=key+place»\n      DB_PORT: ⟦5432⟧\n",
        "services:\n  api:\n    environment:\n    - DB_HOST=«10.0.0.121|clue=place»\n    - DB_PORT=⟦5432⟧\n    - X\n",
        "services:\n  api:\n    environment:\n    - 'URL=postgresql://u:p@«10.0.0.121»:⟦5432⟧/app'\n",
        "services:\n  api:\n    environment:\n      DB_HOST: ${DB_HOST:-«10.0.0.121»}\n",
        "services:\n  api:\n    command: [psql, -h, «10.0.0.121|clue=command», -p, '⟦5432⟧']\n",
        "services:\n  api:\n    command: psql -h «10.0.0.121|clue=command»\n",
        "services:\n  api:\n    entrypoint: ['sh', '-c', 'exec psql -h «10.0.0.121|clue=command» app']\n",
    ],
)
def test_compose(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "jobs:\n  test:\n    env:\n      PGHOST: «10.0.0.121»\n",
        "jobs:\n  test:\n    steps:\n    - run: psql -h «10.0.0.121» -c 'select 1'\n",
        "jobs:\n  test:\n    steps:\n    - run: |\n        set -e\n        psql -h «10.0.0.121» -c 'select 1'\n",
        "job:\n  script:\n  - echo\n  - psql -h «10.0.0.121» app\n",
        "job:\n  script: |\n    psql -h «10.0.0.121» app\n",
        "variables:\n  DB_HOST: {value: «10.0.0.121», description: the host}\n",
    ],
)
def test_pipelines(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "configs:\n  app:\n    content: |\n      PGHOST=«10.0.0.121»\n      PGPORT=⟦5432⟧\n",
        "files:\n  application.properties: |\n    spring.datasource.url=jdbc:postgresql://«10.0.0.121»:⟦5432⟧/app\n",
        "files:\n  app.ini: |\n    [database]\n    host = «10.0.0.121|port=5432»\n    port = ⟦5432⟧\n",
        'files:\n  app.json: \'{"database": {"host": "«10.0.0.121»", "port": ⟦5432⟧}}\'\n',
        "helm:\n  values: |\n    externalDatabase:\n      host: «10.0.0.121|clue=key»\n      port: ⟦5432⟧\n",
        "a.yaml: |\n  b.yaml: |\n    pg:\n      host: «10.0.0.121»\n",
        'a.yaml: "pg:\\n  host: «10.0.0.121»\\n"\n',
    ],
)
def test_files_inside_values(marked):
    found(marked)


def test_the_third_level_is_searched_as_text():
    text = "a.yaml: |\n  b.yaml: |\n    c.yaml: |\n      url: postgresql://u:p@«10.0.0.121»:5432/app\n      h: 1\n"
    found(text)


def test_an_infrastructure_file_inside_a_value_says_so():
    text = (
        "files:\n  haproxy.cfg: |\n    frontend pg\n      bind *:5432\n    backend pg\n      mode tcp\n"
        "      server pg1 «10.0.0.120|clue=infrastructure»:5432 check\n      server pg2 «10.0.0.121»:5432 check\n"
    )
    found(text)


def test_json_is_yaml():
    text = json.dumps({"database": {"host": "@"}, "x": "\ud83d\ude00", "list": [1, None]}, indent=1)
    found(text.replace("@", "«10.0.0.121»"))
    found(text.replace("@", "«10.0.0.121»").replace("\n ", "\n\t"))


def test_comments_with_directives():
    result = found(
        "# analyzer: ignore[node-host] before\n"
        "db_host: «10.0.0.121» # analyzer: ignore[node-host] behind\n"
        "a: 'text # analyzer: ignore[node-host] quoted'\n"
        "b: text#analyzer:ignore[node-host] plain\n"
        "c: | # analyzer: ignore[node-host] header\n"
        "  # analyzer: ignore[node-host] content\n"
        "d: {e: f} # see # analyzer: ignore[node-host] twice\n"
    )
    comments = sorted(result.comments, key=lambda comment: comment.span.start)
    assert [(c.text.rsplit(" ", 1)[-1], c.own_line) for c in comments] == [
        ("before", True),
        ("behind", False),
        ("header", False),
        ("content", True),
        ("twice", False),
    ]
    assert all(c.text.startswith("#") for c in result.comments)


def test_broken_yaml_is_told_and_searched():
    result = found(
        "db_host: «10.0.0.121|sealed»\nurl: postgresql://u:p@«10.0.0.122|sealed»:5432/app\nb: [1, 2\n",
        problems=1,
    )
    (problem,) = result.problems
    assert (problem.stage, problem.line, problem.incomplete) == ("parse", 3, True)
    assert "not closed" in problem.message


def test_a_broken_document_costs_only_itself():
    result = found(
        "db_host: «10.0.0.121»\n---\n@: postgresql://u:p@«10.0.0.122»:5432/app\n---\ndb_host: «10.0.0.120»\n",
        problems=1,
    )
    assert result.problems[0].line == 3


@pytest.mark.parametrize(
    "data",
    [b"- " * 30_000, b"[" * 100_000, "db_host: 10.0.0.121".encode("utf-16"), b"a: *x\n" * 2_000],
    ids=["deep", "brackets", "utf-16", "aliases"],
)
def test_what_is_not_read_is_told(data):
    (problem,) = extract(SourceFile("a.yaml", data)).problems
    assert problem.incomplete
    assert problem.stage == "parse"


def test_sops_seals_and_keeps_cleartext_apart():
    sops = "sops:\n  mac: ENC[AES256_GCM,data:xx]\n  version: 3.9.0\n"
    found("db_host: «10.0.0.121|sealed»\npassword: ENC[AES256_GCM,data:xx]\n" + sops)
    found("db_host: «10.0.0.121|open»\n" + sops + "  mac_only_encrypted: true\n")
    found("db_host: «10.0.0.121|open»\nsops:\n  enabled: true\n")


INFRASTRUCTURE = {
    "prometheus": """\
scrape_configs:
- job_name: pg
  static_configs:
  - targets: ['10.0.0.120:9187']
""",
    "patroni": """\
scope: pg17
postgresql:
  connect_address: 10.0.0.120:5432
  data_dir: /x
restapi:
  connect_address: 10.0.0.120:8008
""",
    "network policy": """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
spec:
  egress:
  - to:
    - ipBlock: {cidr: 10.0.0.120/32}
""",
}


@pytest.mark.parametrize("text", INFRASTRUCTURE.values(), ids=INFRASTRUCTURE)
def test_infrastructure_files_have_that_nature(text):
    nature = extract(SourceFile("a.yaml", text.encode())).nature
    assert nature is not None
    assert nature.clue is Clue.INFRASTRUCTURE


def test_an_application_file_has_no_nature():
    text = "postgresql:\n  host: 10.0.0.121\nprometheus:\n  enabled: true\n"
    assert extract(SourceFile("a.yaml", text.encode())).nature is None


@FAST
@given(st.binary(max_size=300))
def test_any_bytes_are_read(data):
    extract(SourceFile("a.yaml", data))


PIECES = st.sampled_from(
    [
        *("a: |", "b: |- ", "{{ x }}", "{{- if }}", "{% for %}", "10.0.0.121", "postgresql://u:p@10.0.0.121:5432/a"),
        *("'", '"', "\\", "\n", "  ", "\t", "\n\n", "# ", "\n---\n", "[", "]", "{", "}", ",", "&a ", "*a", "!!binary "),
        *(
            "<<: ",
            "MTAuMC4wLjEyMQ==",
            "apiVersion: v1\nkind: Secret\n",
            "data:\n  ",
            "env:\n- name: DB_HOST\n  value: ",
        ),
        *("é", "\0", "\r\n", "${A:-10.0.0.121}", "x.env: |", "command: [sh, -c, ", "- psql -h 10.0.0.121"),
    ]
)


@FAST
@given(st.lists(PIECES, max_size=25))
def test_any_mixture_is_read_and_every_slot_holds_its_host(pieces):
    source = SourceFile("a.yaml", "".join(pieces).encode())
    for ref in extract(source).refs:
        if ref.slot.container is None and not ref.sealed:
            assert source.slice(ref.slot.span).decode().strip("[]") == ref.host


PASSWORDS = st.text(alphabet=st.sampled_from("abcXYZ0189'\"\\&*!|>%{}[],_-~é日"), max_size=12)


@FAST
@given(PASSWORDS, st.sampled_from(["", "'", '"', "|", ">"]), st.integers(10, 90), st.booleans(), st.booleans())
def test_replacing_the_slot_replaces_the_host_in_the_value(password, style, width, crlf, nested):
    dsn = f"postgresql://u:{quote(password, safe='')}@10.0.0.121:5432/app"
    value = f"# {password}\nDATABASE_URL={dsn}\nX=1\n" if nested else dsn
    key = "app.env" if nested else "url"
    text = yaml.dump({"a": {key: value}}, default_style=style or None, width=width, allow_unicode=True)
    data = (text.replace("\n", "\r\n") if crlf else text).encode()
    (ref,) = extract(SourceFile("a.yaml", data)).refs
    assert not ref.sealed
    span = ref.slot.span
    edited = data[: span.start] + b"pg-lb.corp.internal" + data[span.end :]
    assert yaml.safe_load(edited) == {"a": {key: value.replace("10.0.0.121", "pg-lb.corp.internal")}}

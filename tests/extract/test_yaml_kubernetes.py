from base64 import b64encode

import pytest

from analyzer.base64text import decode
from analyzer.extract.yaml import extract
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none

DSN = "postgresql://app:made-up@10.0.0.121:5432/app"


def found(marked: str, **options):
    return check(extract, marked, path="k8s/app.yaml", comment="#", **options)


def nothing(text: str, **options):
    return check_none(extract, text, path="k8s/app.yaml", comment="#", **options)


def b64(text: str) -> str:
    return b64encode(text.encode()).decode()


def secret(body: str) -> str:
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: orders\n{body}"


def pod(body: str, kind: str = "Deployment") -> str:
    lines = "".join(f"      {line}\n" for line in body.splitlines())
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata:\n  name: api\nspec:\n  template:\n    spec:\n"
        f"      containers:\n      - name: api\n{lines}"
    )


PORT_OF_SECRET = "  - name: PGPORT\n    valueFrom:\n      secretKeyRef: {name: pg, key: port}"
ENV = (
    "  env:\n  - name: PGHOST\n    value: «10.0.0.121|clue=key+place,port=5432»\n  - name: PGPORT\n    value: '⟦5432⟧'"
)


@pytest.mark.parametrize(
    "body",
    [
        ENV,
        "  env:\n  - value: '⟦5432⟧'\n    name: PGPORT\n  - value: «10.0.0.121|port=5432»\n    name: PGHOST",
        "  env: [{name: PGHOST, value: «10.0.0.121»}, {name: PGPORT, value: '⟦5432⟧'}]",
        "  env:\n  - name: DB_HOST\n    value: «10.0.0.121|port=5432»\n  - name: DB_PORT_NUMBER\n    value: '⟦5432⟧'",
        "  env:\n  - {name: PGHOST, value: «10.0.0.121|hidden=secretKeyRef pg/port»}\n" + PORT_OF_SECRET,
        "  env:\n  - name: URL\n    value: postgresql://$(USER):$(PW)@«10.0.0.121»:⟦5432⟧/app",
        "  env:\n  - name: PRIMARY\n    value: «10.0.0.121|only=name+place»",
        "  args: [--db-host=«10.0.0.121|clue=key+place», --db-port, '⟦5432⟧']",
        "  args:\n  - --host\n  - «10.0.0.121|only=name+place»",
        "  command: [psql, -h, «10.0.0.121|clue=command»]\n  args: [-p, '⟦5432⟧']",
        "  command: [/bin/sh, -c]\n  args:\n  - |\n    set -e\n    psql -h «10.0.0.121|clue=command» app",
        "  command: ['sh', '-ec', 'psql -h «10.0.0.121|clue=command» app']",
        "  command:\n  - migrate\n  - -database\n  - postgresql://u:p@«10.0.0.121»:⟦5432⟧/app",
        "  readinessProbe:\n    exec:\n      command: [pg_isready, -h, «10.0.0.121|clue=command»]",
    ],
)
def test_containers(body):
    found(pod(body))


@pytest.mark.parametrize("kind", ["StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Rollout", "SomeCustomThing"])
def test_every_kind_with_containers(kind):
    result = found(pod(ENV, kind))
    assert f"container env of {kind} api" in {e.text for e in result.refs[0].evidence}


OBJECTS = {
    "init container": """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  initContainers:
  - env:
    - {name: PGHOST, value: «10.0.0.121»}
""",
    "cron job": """\
apiVersion: batch/v1
kind: CronJob
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: x
            env:
            - {name: PGHOST, value: «10.0.0.121»}
""",
    "list": """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  spec:
    containers:
    - env:
      - {name: PGHOST, value: «10.0.0.121|clue=key+place»}
- 1
""",
    "custom resource": """\
apiVersion: x.example.com/v1
kind: App
spec:
  database:
    host: «10.0.0.121|clue=key»
    port: ⟦5432⟧
""",
    "argo cd application": """\
apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    helm:
      values: |
        externalDatabase:
          host: «10.0.0.121|clue=key»
          port: ⟦5432⟧
""",
    "helm release": """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
spec:
  values:
    externalDatabase: {host: «10.0.0.121»}
""",
}


@pytest.mark.parametrize("marked", OBJECTS.values(), ids=OBJECTS)
def test_other_objects(marked):
    found(marked)


@pytest.mark.parametrize(
    "body",
    [
        "stringData:\n  host: «10.0.0.121|port=5432,clue=name+place»\n  port: '⟦5432⟧'\n",
        "stringData:\n  PGHOST: «10.0.0.121|clue=key+place»\n  PGPORT: '⟦5432⟧'\n",
        f"stringData:\n  DATABASE_URL: {DSN}\n".replace("10.0.0.121:5432", "«10.0.0.121|clue=dsn+key+place»:⟦5432⟧"),
        "stringData:\n  app.env: |\n    PGHOST=«10.0.0.121|clue=key+place»\n    PGPORT=⟦5432⟧\n",
        'stringData:\n  app.env: "PGHOST=«10.0.0.121»\\nPGPORT=⟦5432⟧\\n"\n',
        "stringData:\n  application.yml: |-\n    spring:\n      datasource:\n        url: jdbc:postgresql://«10.0.0.121»:⟦5432⟧/app\n",
        "stringData:\n  config: |\n    # settings\n    PGHOST=«10.0.0.121»\n",
        "stringData:\n  run.sh: |\n    psql -h «10.0.0.121|clue=command» app\n",
    ],
)
def test_secret_texts(body):
    found(secret(body))


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        (("PGHOST", "10.0.0.121"), "host=10.0.0.121,clue=key+place,open"),
        (("PGHOST", "10.0.0.121\n"), "host=10.0.0.121,open"),
        (("DATABASE_URL", DSN), "host=10.0.0.121,port=5432,clue=dsn,open"),
        (("größe", "größe=é\n" + DSN), "host=10.0.0.121,port=5432,open"),
        (("app.env", "# é\nPGHOST=10.0.0.121\nPGPORT=5432\n"), "host=10.0.0.121,port=5432,open"),
        (("app.yaml", "pg:\n  host: 10.0.0.121\n  port: 5432\n"), "host=10.0.0.121,port=5432,open"),
    ],
)
def test_secret_data(data, asked):
    key, text = data
    result = found(secret(f"data:\n  {key}: «{b64(text)}|base64,{asked}»\n"))
    ref = result.refs[0]
    decoded = text.encode()
    assert decoded[ref.slot.span.start : ref.slot.span.end] == b"10.0.0.121"
    if ref.port and ref.port.slot:
        assert decoded[ref.port.slot.span.start : ref.port.slot.span.end] == b"5432"
        assert ref.port.slot.container == ref.slot.container


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_secret_data_in_quotes(quote):
    found(secret(f"data:\n  PGHOST: {quote}«{b64('10.0.0.121')}|base64,host=10.0.0.121,open»{quote} # note\n"))


def test_ports_pair_across_the_values_of_a_secret():
    body = f"data:\n  PGHOST: «{b64('10.0.0.121')}|base64,host=10.0.0.121,port=5432»\n  PGPORT: {b64('5432')}\n"
    (ref,) = found(secret(body)).refs
    assert ref.port is not None
    assert ref.port.slot is not None
    assert ref.port.slot.container not in (None, ref.slot.container)


@pytest.mark.parametrize("header", ["|", "|-", ">-"])
def test_wrapped_base64_is_one_container(header):
    text = b64(f"{DSN}?sslmode=require&application_name=orders")
    lines = "\n    ".join(text[i : i + 32] for i in range(0, len(text), 32))
    data = secret(f"data:\n  URL: {header}\n    {lines}\n").encode()
    (ref,) = extract(SourceFile("s.yaml", data)).refs
    assert ref.slot.container is not None
    assert not ref.sealed
    span = ref.slot.container.span
    decoded = decode(data[span.start : span.end])
    assert decoded is not None
    assert decoded.line_end == b"\n    "


@pytest.mark.parametrize(
    ("value", "host"),
    [
        (b64("10.0.0.121").rstrip("="), "10.0.0.121"),
        (b64(b64(DSN)), "10.0.0.121"),
        (b64("10.0.0.121")[:-3] + "R==", "10.0.0.121"),
    ],
    ids=["no padding", "twice", "loose bits"],
)
def test_base64_that_cannot_be_edited_is_sealed(value, host):
    found(secret(f"data:\n  PGHOST: «{value}|host={host},sealed»\n"))


def test_escaped_base64_is_sealed():
    text = b64(DSN)
    found(secret(f'data:\n  URL: "«{text[:8]}\\x{ord(text[8]):02x}{text[9:]}|host=10.0.0.121,sealed»"\n'))


def test_a_plain_value_under_data_is_read_as_it_stands():
    found(secret("data:\n  PGHOST: «10.0.0.121»\n"))


@pytest.mark.parametrize(
    "body",
    [
        "data:\n  tls.crt: " + b64("-----BEGIN CERTIFICATE-----\nMIIB\n") + "\n",
        "data:\n  blob: H4sIAAAAAAAA/wEAAP//AAAAAAAAAAA=\n",
        "data:\n  password: bWFkZS11cA==\n",
        "data:\n  PGHOST: " + b64("postgres.orders.svc.cluster.local") + "\n",
        "data: {}\n",
        "data:\n",
        "data: {{ .Values.x }}\n",
    ],
)
def test_secrets_without_a_node(body):
    refs = extract(SourceFile("s.yaml", secret(body).encode())).refs
    assert not [ref for ref in refs if ref.host.startswith("10.")]


def test_the_annotation_of_kubectl_is_a_copy():
    text = (
        "apiVersion: v1\nkind: Secret\nmetadata:\n  annotations:\n"
        '    kubectl.kubernetes.io/last-applied-configuration: |\n      {"stringData":{"PGHOST":"10.0.0.121"}}\n'
        "  managedFields:\n  - db_host: 10.0.0.121\nstatus:\n  db_host: 10.0.0.121\n"
    )
    nothing(text)


def test_agent_templates_are_read():
    found("""\
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    metadata:
      annotations:
        vault.hashicorp.com/agent-inject: 'true'
        vault.hashicorp.com/agent-inject-template-db: |
          {{- with secret "database/creds/app" -}}
          export DB_URL=postgresql://{{ .Data.username }}:{{ .Data.password }}@«10.0.0.121|clue=dsn+place»:⟦5432⟧/app
          {{- end }}
""")


def test_external_secrets_hold_template_text():
    found("""\
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders}
spec:
  target:
    template:
      engineVersion: v2
      data:
        PGHOST: «10.0.0.121|clue=key+place,port=5432»
        PGPORT: '⟦5432⟧'
        URL: "postgresql://{{ .user }}:{{ .password }}@«10.0.0.121»:⟦5432⟧/app"
        app.env: |
          DB_HOST=«10.0.0.122»
          DB_PASSWORD={{ .password | toString }}
  data:
  - secretKey: host
    remoteRef: {key: orders, property: host}
""")


def test_sealed_secrets_show_their_template_only():
    found("""\
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: orders}
spec:
  encryptedData:
    PGHOST: AgBy3i4OJSWK
  template:
    data:
      PGHOST: «10.0.0.121|clue=key+place»
""")


def config(body: str) -> str:
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n{body}"


CONFIG = {
    "keys": "data:\n  DATABASE_HOST: «10.0.0.121|clue=key+place»\n  DATABASE_PORT: '⟦5432⟧'\n",
    "properties": """\
data:
  application.properties: |
    spring.datasource.url=jdbc\\:postgresql\\://«10.0.0.121»\\:⟦5432⟧/app
""",
    "json": """\
data:
  config.json: |
    {
      "postgres": {
        "host": "«10.0.0.121»",
        "port": ⟦5432⟧
      }
    }
""",
    "python": """\
data:
  settings.py: |
    DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': '«10.0.0.121»'}}
""",
    "binary": f"binaryData:\n  app.env: «{b64('PGHOST=10.0.0.121')}|base64,host=10.0.0.121»\n",
    "ini": """\
data:
  # note
  pgbouncer.ini: |-
    [databases]
    app = host=«10.0.0.121» port=⟦5432⟧ dbname=app
""",
}


@pytest.mark.parametrize("body", CONFIG.values(), ids=CONFIG)
def test_config_maps(body):
    found(config(body))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("haproxy.cfg", "frontend pg\n  bind *:5432\nbackend pg\n  server pg1 10.0.0.121:5432 check\n"),
        ("prometheus.yml", "scrape_configs:\n- job_name: pg\n  static_configs:\n  - targets: ['10.0.0.121:9187']\n"),
    ],
)
def test_infrastructure_in_a_config_map_beside_an_application(key, text):
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    data = config(f"data:\n  {key}: |\n{lines}  DB_HOST: 10.0.0.122\n").encode()
    extraction = extract(SourceFile("c.yaml", data))
    marked = {ref.host: Clue.INFRASTRUCTURE in {e.clue for e in ref.evidence} for ref in extraction.refs}
    assert marked == {"10.0.0.121": True, "10.0.0.122": False}
    assert extraction.nature is None


INFRASTRUCTURE = {
    "policy": """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
spec:
  egress:
  - to:
    - ipBlock:
        cidr: 10.0.0.120/32
""",
    "probe": """\
apiVersion: monitoring.coreos.com/v1
kind: Probe
spec:
  targets:
    staticConfig:
      static: ['10.0.0.120:9187']
""",
    "cluster": """\
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
spec:
  externalClusters:
  - name: old
    connectionParameters:
      host: 10.0.0.120
""",
}


@pytest.mark.parametrize("text", INFRASTRUCTURE.values(), ids=INFRASTRUCTURE)
def test_infrastructure_objects_beside_an_application(text):
    extraction = extract(SourceFile("all.yaml", f"{text}---\n{config('data: {DB_HOST: 10.0.0.121}')}\n".encode()))
    assert extraction.nature is None
    marked = {ref.host: Clue.INFRASTRUCTURE in {e.clue for e in ref.evidence} for ref in extraction.refs}
    assert marked == {"10.0.0.120": True, "10.0.0.121": False}
    alone = extract(SourceFile("all.yaml", text.encode()))
    assert alone.nature is not None
    assert alone.nature.clue is Clue.INFRASTRUCTURE


def test_exporters_are_told_as_operation():
    body = "  env:\n  - name: DATA_SOURCE_NAME\n    value: postgresql://u:p@10.0.0.121:5432/postgres"
    text = pod(body).replace("name: api", "name: postgres-exporter")
    (ref,) = extract(SourceFile("e.yaml", text.encode())).refs
    clues = {e.clue for e in ref.evidence}
    assert Clue.OPERATION in clues
    assert Clue.DSN not in clues


def test_evidence_shows_plain_names_only():
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 'a b: c'\ndata:\n  DB_HOST: 10.0.0.121\n"
    (ref,) = extract(SourceFile("e.yaml", text.encode())).refs
    assert "ConfigMap data" in {e.text for e in ref.evidence}


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


def test_a_secret_inside_a_value_is_decoded_where_it_stands():
    inner = secret(f"data:\n  PGHOST: «{b64('10.0.0.121')}|base64,host=10.0.0.121,open»\n")
    (ref,) = found(config("data:\n  secret.yaml: |\n" + indented(inner, 4))).refs
    assert ref.slot.span.end - ref.slot.span.start == len("10.0.0.121")


def test_a_secret_inside_a_secret_is_sealed():
    inner = secret(f"data:\n  PGHOST: {b64('10.0.0.121')}\n")
    (ref,) = extract(SourceFile("s.yaml", secret(f"data:\n  secret.yaml: {b64(inner)}\n").encode())).refs
    assert ref.host == "10.0.0.121"
    assert ref.sealed


def test_a_port_behind_escapes_is_hidden():
    text = 'stringData:\n  app.env: "PGHOST=«10.0.0.121|open,port=5432,hidden»\\nPGPORT=54\\x332\\n"\n'
    (ref,) = found(secret(text)).refs
    assert ref.port is not None
    assert ref.port.slot is None


def test_a_list_over_two_lines_cannot_be_collapsed_in_one_edit():
    text = "stringData:\n  app.env: |\n    URL=postgresql://u:p@«10.0.0.120|group=2»:5432,«10.0.0.121»:5432/app\n"
    assert found(secret(text)).refs[0].group.hosts is not None
    escaped = 'stringData:\n  app.env: "URL=postgresql://u:p@«10.0.0.120|group=2»:54\\x332,«10.0.0.121»:5432/app"\n'
    assert found(secret(escaped)).refs[0].group.hosts is None


def test_problems_inside_a_value_stand_at_its_line():
    (problem,) = extract(SourceFile("c.yaml", config("data:\n  a: b\n  app.yaml: |\n    x: [1\n").encode())).problems
    assert (problem.path, problem.line, problem.incomplete) == ("c.yaml", 7, True)
    template = config("data:\n  app.yaml: |\n    x: [1\n    {{ .Values.more }}\n")
    assert not any(p.incomplete for p in extract(SourceFile("c.yaml", template.encode())).problems)


def test_no_password_reaches_a_reference():
    body = f"stringData:\n  URL: {DSN}\n  app.env: |\n    URL={DSN}\ndata:\n  URL: {b64(DSN)}\n"
    extraction = extract(SourceFile("e.yaml", secret(body).encode()))
    assert len(extraction.refs) == 3
    assert "made-up" not in repr(extraction)


def test_the_items_of_a_list_of_one_kind_are_of_that_kind():
    found(
        "apiVersion: v1\nkind: SecretList\nmetadata: {}\nitems:\n- metadata: {name: orders-db}\n"
        "  stringData:\n    DB_HOST: «10.0.0.121|clue=key+place»\n"
    )
    nothing("apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: x, annotations: {a: 10.0.0.121}}\n")

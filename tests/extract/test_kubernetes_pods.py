"""Pods in all kinds of objects, and what runs in them."""

import pytest

from tests.extract.objects import extracted, found, indented, nothing, regions


def pod(body: str, name: str = "api", kind: str = "Deployment") -> str:
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n  template:\n    spec:\n"
        f"{indented(body, 6)}"
    )


ENV = "env:\n- {name: PGHOST, value: «10.0.0.121|clue=key+place»}"
CONTAINERS = "spec:\n  template:\n    spec:\n      containers:\n"
TEMPLATES = "spec:\n  templates:\n"
WORKLOADS = {
    "knative": f"apiVersion: serving.knative.dev/v1\nkind: Service\n{CONTAINERS}      - image: x\n{indented(ENV, 8)}",
    "rollout": f"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n{CONTAINERS}      - image: x\n{indented(ENV, 8)}",
    "workflow": f"apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {{generateName: x-}}\n{TEMPLATES}"
    f"  - container:\n      image: x\n{indented(ENV, 6)}    sidecars:\n    - name: s\n{indented(ENV, 6)}",
    "script": f"apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n{TEMPLATES}  - script:\n      command: [bash]\n"
    f"{indented(ENV, 6)}      source: |\n        psql -h «10.0.0.122|clue=command» -c 'select 1'\n",
    "python script": f"apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n{TEMPLATES}  - script:\n"
    "      command: [python3]\n      source: |\n        import psycopg2\n"
    "        psycopg2.connect(host='«10.0.0.121|clue=call»')\n",
    "openshift": f"""\
apiVersion: apps.openshift.io/v1
kind: DeploymentConfig
spec:
  strategy:
    recreateParams:
      pre:
        execNewPod: {{command: [sh, -c, 'psql -h «10.0.0.121|clue=command» -f m.sql']}}
  template:
    spec:
      containers:
      - name: a
{indented(ENV, 8)}""",
    "cron job": """\
apiVersion: batch/v1
kind: CronJob
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: r
            args: [-c, 'export PGHOST=«10.0.0.121|clue=key»; pg_dump app']
            command: [/bin/sh]
""",
    "vault in a shell": f"""\
apiVersion: batch/v1
kind: Job
{CONTAINERS}      - name: v
        command: [sh, -c]
        args:
        - |
          vault write database/config/orders \\
            connection_url='postgresql://{{{{username}}}}:{{{{password}}}}@«10.0.0.121|clue=dsn+command»:⟦5432⟧/a' \\
            username=vault
""",
    "vault": f"""\
apiVersion: batch/v1
kind: Job
{CONTAINERS}      - name: v
        command:
        - vault
        - write
        - database/config/orders
        - connection_url=postgresql://{{{{username}}}}:{{{{password}}}}@«10.0.0.121|clue=dsn+command,intent=write»:⟦5432⟧/a
""",
}


@pytest.mark.parametrize("marked", WORKLOADS.values(), ids=WORKLOADS)
def test_workloads(marked):
    found(marked)


@pytest.mark.parametrize(
    "command",
    [
        "[sh, -c, 'until nc -z «10.0.0.121|only=command+place,port=5432» ⟦5432⟧; do sleep 1; done']",
        "[nc, -z, «10.0.0.121|clue=command», '⟦5432⟧']",
        "\n  - nc\n  - -z\n  - «10.0.0.121|clue=command,engine=postgresql»\n  - '⟦5432⟧'",
        "[wait-for-it, '«10.0.0.121|clue=command»:⟦5432⟧', --, echo]",
        "[dockerize, -wait, 'tcp://«10.0.0.121|clue=command»:⟦5432⟧']",
    ],
)
def test_waiting_for_a_database(command):
    found(pod(f"initContainers:\n- name: wait\n  command: {command}"))


@pytest.mark.parametrize(
    "command",
    [
        "[nc, -z, «10.0.0.121|clue=operation», '8008']",
        "[nc, -z, «10.0.0.121|clue=operation», $(PORT)]",
        "[ping, -c1, «10.0.0.121|clue=operation»]",
        "[wait-for-it, '«10.0.0.121|clue=operation»:8080']",
    ],
)
def test_waiting_for_something_else_is_an_operation(command):
    (ref,) = found(pod(f"initContainers:\n- name: wait\n  command: {command}"), problems=None).refs
    assert "command" not in {e.clue.value for e in ref.evidence}


@pytest.mark.parametrize(
    "probe",
    [
        "livenessProbe: {tcpSocket: {host: «10.0.0.121|only=name+operation+port», port: ⟦5432⟧}}",
        "readinessProbe: {httpGet: {host: «10.0.0.121|only=name+operation», port: 8008, path: /health}}",
    ],
)
def test_probes_are_operations(probe):
    found(pod(f"containers:\n- name: api\n  {probe}"), problems=None)


@pytest.mark.parametrize(
    ("name", "container", "image"),
    [
        ("postgres-exporter", "main", "x"),
        ("metrics", "postgres-exporter", "x"),
        ("metrics", "main", "quay.io/prometheuscommunity/postgres-exporter:v0.15.0"),
        ("metrics", "main", "prom/mysqld-exporter@sha256:0a1b"),
    ],
)
def test_exporters_are_operations_whatever_their_keys_say(name, container, image):
    text = pod(
        f"containers:\n- name: {container}\n  image: {image}\n  env:\n"
        "  - {name: DB_HOST, value: «10.0.0.121|clue=operation»}\n"
        "  - {name: DSN, value: 'postgresql://u:p@«10.0.0.122|clue=operation»:5432/app'}\n"
        "  args: ['--mysqld.address=«10.0.0.120|clue=operation»:3306']",
        name,
    )
    extraction = found(text)
    assert not {"key", "dsn", "name"} & {e.clue.value for ref in extraction.refs for e in ref.evidence}


def test_a_container_beside_an_exporter_is_an_application():
    body = "containers:\n- name: exporter\n  env: [{name: DB_HOST, value: 10.0.0.120}]\n- name: api\n"
    text = pod(f"{body}  env: [{{name: DB_HOST, value: 10.0.0.121}}]")
    kinds = {ref.host: {e.clue.value for e in ref.evidence} for ref in extracted(text).refs}
    assert kinds == {"10.0.0.120": {"operation", "place"}, "10.0.0.121": {"key", "place"}}
    assert [nature for _, nature in regions(text)] == ["operation"]


@pytest.mark.parametrize(
    ("name", "container", "intent"),
    [
        ("orders-migrate", "main", "write"),
        ("orders", "flyway", "write"),
        ("orders-migration-job", "x", "write"),
        ("orders", "api", "unknown"),
    ],
)
def test_migrations_write(name, container, intent):
    env = "env:\n  - {name: DB_HOST, value: «10.0.0.121|intent=" + intent + "»}\n"
    env += "  - {name: DB_REPLICA_HOST, value: «10.0.0.122|intent=read»}"
    found(pod(f"containers:\n- name: {container}\n  {env}", name, "Job"))


ANNOTATED = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"spec":{"env":[{"name":"DB_HOST","value":"10.0.0.120"}]}}
  managedFields:
  - {manager: kubectl, fieldsV1: {db_host: 10.0.0.121}}
spec:
  status: {db_host: «10.0.0.122|clue=key»}
  template:
    metadata:
      annotations:
        ad.datadoghq.com/api.instances: '[{"host":"10.0.0.121"}]'
        vault.hashicorp.com/agent-inject-command-db: psql -h «10.0.0.121|clue=command»
        example.com/db_host: 10.0.0.120
status:
  conditions: [{message: connected to 10.0.0.120}]
"""


def test_copies_and_annotations():
    found(ANNOTATED)
    told = regions(ANNOTATED.replace("«", "").replace("|clue=key»", "").replace("|clue=command»", ""))
    assert [nature for _, nature in told] == ["copy", "copy", "copy", "operation"]
    assert all("10.0.0.12" in text for text, _ in told)


def test_objects_inside_of_objects():
    found("""\
apiVersion: kubernetes.crossplane.io/v1alpha2
kind: Object
metadata: {name: o}
spec:
  forProvider:
    manifest:
      apiVersion: v1
      kind: Secret
      metadata: {name: db}
      stringData: {host: «10.0.0.121|clue=key+place»}
  references:
  - patchesFrom: {apiVersion: v1, kind: Secret, name: db}
""")
    found("""\
apiVersion: template.openshift.io/v1
kind: Template
objects:
- apiVersion: v1
  kind: Secret
  metadata: {name: db}
  data: {DB_HOST: «MTAuMC4wLjEyMQ==|base64,host=10.0.0.121»}
- {apiVersion: v1, kind: ServiceAccount}
parameters:
- {name: DATABASE_HOST, value: «10.0.0.122|clue=key»}
""")


def test_objects_nested_without_end_are_read_as_far_as_they_go():
    opening = "{apiVersion: v1, kind: A, metadata: {}, spec: {x: "
    text = opening * 30 + "{db_host: 10.0.0.121}" + "}}" * 30 + "\n"
    assert [ref.host for ref in extracted(text).refs] == ["10.0.0.121"]


def test_a_reference_to_an_object_is_none():
    nothing("apiVersion: v1\nkind: A\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: db}}\n")

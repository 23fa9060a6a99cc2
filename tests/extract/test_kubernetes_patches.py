"""Kustomize, Argo CD and Flux: generators, patches, values of charts."""

import pytest

from tests.extract.objects import b64, extracted, found, indented, nothing

KUSTOMIZATION = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"


@pytest.mark.parametrize(
    "body",
    [
        "configMapGenerator:\n- literals:\n  - DB_HOST=«10.0.0.121|port=5432,clue=key+place»\n  - DB_PORT=⟦5432⟧\n",
        "secretGenerator:\n- name: orders-db\n  literals: [host=«10.0.0.121|clue=key+place», user=app]\n",
        "secretGenerator:\n- literals:\n  - 'DATABASE_URL=\"postgresql://u:p@«10.0.0.121|clue=dsn»:⟦5432⟧/app\"'\n",
        "configMapGenerator:\n- literals: [\"DB_HOST='«10.0.0.121|clue=key»'\"]\n",
        "helmCharts:\n- name: app\n  valuesInline: {externalDatabase: {host: «10.0.0.121», port: ⟦5432⟧}}\n",
        """\
replacements:
- sourceValue: «10.0.0.121|clue=key+place»
  targets:
  - select: {kind: Deployment}
    fieldPaths: ['spec.template.spec.containers.[name=api].env.[name=DB_HOST].value']
""",
        "replacements:\n- sourceValue: «10.0.0.121|clue=key»\n  targets:\n  - {fieldPaths: [data.PGHOST]}\n",
        """\
patchesStrategicMerge:
- |-
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: c}
  data: {DB_HOST: «10.0.0.121|clue=key+place»}
- other.yaml
""",
        """\
transformers:
- |-
  apiVersion: builtin
  kind: PatchTransformer
  metadata: {name: p}
  patch: |-
    - {op: add, path: /data/DB_HOST, value: «10.0.0.121|clue=key»}
""",
    ],
)
def test_kustomizations(body):
    found(KUSTOMIZATION + body)


@pytest.mark.parametrize(
    "body",
    [
        "configMapGenerator:\n- name: db\n  envs: [db.env]\n  files: [host=a.txt]\n  literals: [MODE=primary]\n",
        "replacements:\n- source: {kind: ConfigMap, fieldPath: data.DB_HOST}\n  targets: [{fieldPaths: [data.X]}]\n",
        "replacements: [{sourceValue: 10.0.0.121, targets: []}]\nresources: [../base]\n",
        "images: [{name: api, newName: registry.corp.internal:5000/api, newTag: '2'}]\n",
    ],
)
def test_kustomizations_without_a_host(body):
    nothing(KUSTOMIZATION + body)


def test_a_kustomization_needs_no_kind_in_its_own_file():
    text = "resources: [a.yaml]\nconfigMapGenerator:\n- name: orders-db\n  literals: [host=10.0.0.121]\n"
    (ref,) = extracted(text, "overlays/prod/kustomization.yaml").refs
    assert {e.clue.value for e in ref.evidence} == {"key", "place"}
    (ref,) = extracted(text, "overlays/prod/values.yaml").refs
    assert {e.clue.value for e in ref.evidence} == {"name"}


def test_the_evidence_says_that_pods_roll():
    (ref,) = extracted(KUSTOMIZATION + "configMapGenerator: [{name: app, literals: [PGHOST=10.0.0.121]}]\n").refs
    assert "ConfigMap app that kustomize generates: its name changes, Pods roll" in {e.text for e in ref.evidence}


OPERATIONS = {
    "a variable without its name": "- op: replace\n  path: /spec/template/spec/containers/0/env/0/value\n"
    "  value: «10.0.0.121|only=name+place»\n",
    "a variable that is a connection string": "- op: replace\n  path: /spec/template/spec/containers/0/env/3/value\n"
    "  value: postgresql://u:p@«10.0.0.121|clue=dsn+place»:⟦5432⟧/app\n",
    "a variable": "- op: add\n  path: /spec/template/spec/containers/0/env/-\n"
    "  value: {name: PGHOST, value: «10.0.0.121|clue=key+place»}\n",
    "an environment": "- op: add\n  path: /spec/template/spec/containers/0/env\n  value:\n"
    "  - {name: PGHOST, value: «10.0.0.121|clue=key+place,port=5432»}\n  - {name: PGPORT, value: '⟦5432⟧'}\n",
    "a container": "- op: add\n  path: /spec/template/spec/containers\n  value:\n  - name: api\n"
    "    command: [psql, -h, «10.0.0.121|clue=command»]\n",
    "an argument": "- op: replace\n  path: /spec/template/spec/containers/0/args/1\n"
    "  value: --db-host=«10.0.0.121|clue=key»\n",
    "a key": "- {op: replace, path: /data/DB_HOST, value: «10.0.0.121|clue=key+place»}\n",
    "a key with a slash": "- {op: replace, path: /data/a~1DB_HOST, value: «10.0.0.121|clue=key»}\n",
    "a file": "- op: add\n  path: /data/app.properties\n  value: |\n"
    "    spring.datasource.url=jdbc:postgresql://«10.0.0.121»:⟦5432⟧/app\n",
    "values of a chart": "- {op: replace, path: /spec/values/externalDatabase/host, value: «10.0.0.121|clue=key»}\n",
    "a map": "- op: add\n  path: /spec/values/externalDatabase\n  value: {host: «10.0.0.121|clue=key», port: ⟦5432⟧}\n",
}


@pytest.mark.parametrize("marked", OPERATIONS.values(), ids=OPERATIONS)
def test_json_patches(marked):
    found(marked)
    found(f"{KUSTOMIZATION}patches:\n- target: {{kind: Deployment, name: api}}\n  patch: |-\n{indented(marked, 4)}")


@pytest.mark.parametrize(
    "text",
    [
        "- op: remove\n  path: /data/DB_HOST\n",
        "- {op: replace, path: /spec/replicas, value: 3}\n",
        "- {op: copy, from: /data/A, path: /data/DB_HOST}\n",
        "- {op: replace, path: /data/MODE, value: primary}\n",
        "- {op: replace, path: /spec/template/spec/containers/0/env/0/value, value: 'http://10.0.0.121:8008/patroni'}\n",
    ],
)
def test_json_patches_without_a_connection(text):
    nothing(text)


def test_a_json_patch_in_one_line():
    patch = '[{"op": "replace", "path": "/data/DB_HOST", "value": "«10.0.0.121|clue=key»"}]'
    found(f"{KUSTOMIZATION}patches:\n- target: {{kind: ConfigMap}}\n  patch: |-\n    {patch}\n")
    found(f"{KUSTOMIZATION}patchesJson6902:\n- target: {{kind: ConfigMap}}\n  patch: '{patch}'\n")


def test_a_patch_of_a_secret_is_base64():
    text = (
        f"{KUSTOMIZATION}patches:\n- target: {{kind: Secret, name: db}}\n  patch:\n"
        f"  - {{op: replace, path: /data/DB_HOST, value: «{b64('10.0.0.121')}|base64,host=10.0.0.121,clue=key»}}\n"
    )
    found(text)


def test_a_patch_of_an_exporter_is_an_operation():
    env = "/spec/template/spec/containers/0/env/0/value"
    patch = f"    - {{op: replace, path: {env}, value: «10.0.0.121|clue=operation»}}\n"
    text = f"{KUSTOMIZATION}patches:\n- target: {{kind: Deployment, name: postgres-exporter}}\n  patch: |-\n{patch}"
    (ref,) = found(text).refs
    assert "name" not in {e.clue.value for e in ref.evidence}


def test_a_broken_patch_is_told_at_its_line():
    text = f"{KUSTOMIZATION}patches:\n- target: {{kind: Secret}}\n  patch: |-\n    - op: [\n    - path\n"
    assert {problem.line for problem in extracted(text).problems} == {5}


ARGO = "apiVersion: argoproj.io/v1alpha1\n"
GITOPS = {
    "values": f"{ARGO}kind: Application\nspec:\n  source:\n    helm:\n      values: |\n"
    "        externalDatabase:\n          host: «10.0.0.121|clue=key»\n          port: ⟦5432⟧\n",
    "values in one line": f"{ARGO}kind: Application\nspec:\n  sources:\n  - helm:\n"
    "      values: 'externalDatabase: {host: «10.0.0.121|clue=key», port: ⟦5432⟧}'\n",
    "values as a map": f"{ARGO}kind: Application\nspec:\n  sources:\n  - helm:\n      valuesObject:\n"
    "        externalDatabase: {host: «10.0.0.121|clue=key», port: ⟦5432⟧}\n",
    "parameters": f"{ARGO}kind: Application\nspec:\n  source:\n    helm:\n      parameters:\n"
    "      - {name: externalDatabase.host, value: «10.0.0.121|clue=key,port=5432»}\n"
    "      - {name: externalDatabase.port, value: '⟦5432⟧'}\n      - {name: replicas, value: '2'}\n",
    "patches": f"{ARGO}kind: Application\nspec:\n  source:\n    kustomize:\n      patches:\n"
    "      - target: {kind: X}\n"
    "        patch: |-\n          - {op: replace, path: /data/DB_HOST, value: «10.0.0.121|clue=key»}\n",
    "elements": f"{ARGO}kind: ApplicationSet\nspec:\n  generators:\n  - list:\n      elements:\n"
    "      - {cluster: a, dbHost: «10.0.0.121|clue=key», dbPort: ⟦5432⟧}\n"
    "      - {cluster: b, dbHost: «10.0.0.122|clue=key», dbPort: ⟦5432⟧}\n"
    "  template:\n    spec:\n      source:\n        helm:\n          parameters:\n"
    "          - {name: externalDatabase.host, value: '{{dbHost}}'}\n",
    "release": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n"
    "    externalDatabase:\n"
    "      host: «10.0.0.121|clue=key»\n  valuesFrom: [{kind: Secret, name: db, targetPath: externalDatabase.host}]\n",
    "post renderers": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  postRenderers:\n"
    "  - kustomize:\n"
    "      patchesJson6902:\n      - target: {kind: ConfigMap, name: c}\n        patch:\n"
    "        - {op: add, path: /data/DB_HOST, value: «10.0.0.121|clue=key»}\n",
    "substitute": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  postBuild:\n"
    "    substitute:\n      DB_HOST: «10.0.0.121|clue=key,port=5432»\n      DB_PORT: '⟦5432⟧'\n      cluster: prod\n",
    "patches of flux": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  patches:\n"
    "  - patch: |\n"
    "      - op: replace\n        path: /spec/values/externalDatabase/host\n        value: «10.0.0.121|clue=key»\n",
}


@pytest.mark.parametrize("marked", GITOPS.values(), ids=GITOPS)
def test_gitops(marked):
    found(marked)


def test_the_server_of_a_destination_is_a_cluster_of_kubernetes():
    nothing(f"{ARGO}kind: Application\nspec: {{destination: {{server: 'https://10.0.0.121:6443', namespace: a}}}}\n")

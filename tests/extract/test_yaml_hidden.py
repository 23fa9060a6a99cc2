"""Database keys whose values a YAML file hides or leaves to another store."""

import pytest

from tests.extract.objects import extracted, indented, nothing

CIPHER = "ENC[AES256_GCM,data:CyE=,iv:wUXV,tag:2LNN,type:str]"
SOPS = "sops:\n    age:\n        - recipient: age1xlp\n    mac: ENC[AES256_GCM,data:wbWe,iv:a,tag:b,type:str]\n"


def hidden(text: str) -> list[tuple[str, str]]:
    data = text.encode()
    return [
        (o.key if data[o.span.start : o.span.end].decode() in o.key else "misplaced", o.where)
        for o in extracted(text).opaque
    ]


def test_sops():
    text = f"db_host: {CIPHER}\ndb_password: {CIPHER}\ndatabase:\n    host: {CIPHER}\nsmtp: {{host: '{CIPHER}'}}\n"
    where = "encrypted by SOPS (age)"
    assert hidden(text + SOPS) == [("db_host", where), ("database.host", where)]


def test_a_secret_that_sops_encrypted():
    text = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: orders-db}}\nstringData:\n    host: {CIPHER}\n"
    assert hidden(text + SOPS) == [("orders-db.host", "encrypted by SOPS (age)")]
    assert hidden(text.replace("orders-db", "mail") + SOPS) == []


def test_keys_in_lists():
    text = f"env:\n- {{name: DB_HOST, value: '{CIPHER}'}}\n- {{name: DB_USER, value: '{CIPHER}'}}\n"
    opaque = extracted(f"{text}other: ['PGHOST={CIPHER}', 'USER={CIPHER}']\n").opaque
    assert [(o.key, o.shape) for o in opaque] == [("DB_HOST", "DB_HOST: …"), ("PGHOST", "PGHOST=…")]


def test_the_same_key_is_told_once_in_a_document():
    container = "  - name: c\n    env:\n    - {name: DB_HOST, value: 'vault:secret/a#h'}\n"
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n{container * 3}"
    assert hidden(text) == [("DB_HOST", "kept in Vault (path secret/a, key h)")]
    assert len(hidden(f"{text}---\n{text}")) == 2


def test_ansible_vault():
    block = "          $ANSIBLE_VAULT;1.1;AES256\n          6638643965\n"
    text = f"orders_db_host: !vault |\n{block}orders_db_password: !vault |\n{block}"
    assert hidden(text) == [("orders_db_host", "encrypted by Ansible Vault")]


def test_a_file_that_is_encrypted_as_a_whole_is_told_once_and_read_no_further():
    extraction = extracted("$ANSIBLE_VAULT;1.1;AES256\n66386439\n31626338\n", "group_vars/all/vault.yml")
    (opaque,) = extraction.opaque
    assert (opaque.key, opaque.where) == ("", "encrypted by Ansible Vault as a whole")
    assert not extraction.problems


def sealed(name: str, keys: str) -> str:
    data = "".join(f"    {key}: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq\n" for key in keys.split())
    head = f"apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {{name: {name}}}\n"
    return f"{head}spec:\n  encryptedData:\n{data}"


@pytest.mark.parametrize(
    ("name", "keys", "told"),
    [
        ("orders", "DB_HOST DB_PASSWORD DATABASE_URL", ["DB_HOST", "DATABASE_URL"]),
        ("orders-db", "host password port", ["orders-db.host"]),
        ("mail", "host password", []),
    ],
)
def test_sealed_secrets(name, keys, told):
    found = hidden(sealed(name, keys))
    assert [key for key, _ in found] == told
    assert {where for _, where in found} <= {f"sealed in SealedSecret {name}"}


ESO = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: orders-db}\nspec:\n"
DATA = """\
  data:
  - secretKey: DB_HOST
    remoteRef: {key: secret/orders/db, property: host}
  - secretKey: password
    remoteRef: {key: secret/orders/db, property: password}
"""
FETCHED = "fetched by ExternalSecret orders-db (path secret/orders/db, property host)"


def test_external_secrets():
    assert hidden(ESO + DATA) == [("DB_HOST", FETCHED)]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("DATABASE_HOST: '{{ .DB_HOST }}'", [("DATABASE_HOST", FETCHED)]),
        ("DATABASE_HOST: '{{ .DB_HOST | toString }}'", [("DATABASE_HOST", FETCHED)]),
        ("URL: 'postgresql://{{ .u }}:{{ .password }}@{{ .DB_HOST }}:5432/app'", [("orders-db.URL", FETCHED)]),
        ("DATABASE_URL: 'postgresql://{{ .u }}:{{ .password }}@10.0.0.10:5432/app'", []),
        ("DATABASE_URL: 'postgresql://{{ .DB_HOST }}/app'", [("DATABASE_URL", FETCHED)]),
        ("DB_HOST: 10.0.0.10", []),
        ("PASSWORD: '{{ .password }}'", []),
        ("app.env: |\n          DB_HOST={{ .DB_HOST }}\n          DB_USER=app", [("DB_HOST", FETCHED)]),
    ],
)
def test_templates_of_external_secrets(template, told):
    text = f"{ESO}  target:\n    template:\n      data:\n        {template}\n{DATA}"
    assert hidden(text) == told


def test_a_template_of_everything_that_a_path_holds():
    text = (
        f"{ESO}  target: {{template: {{data: {{PGHOST: '{{{{ .host }}}}'}}}}}}\n"
        "  dataFrom: [{extract: {key: secret/orders}}]\n"
    )
    assert hidden(text) == [("PGHOST", "fetched by ExternalSecret orders-db (path secret/orders, key host)")]
    assert hidden(f"{ESO}  dataFrom: [{{extract: {{key: secret/orders}}}}]\n") == []


def test_literal_templates_and_cluster_wide_secrets():
    literal = "      templateFrom:\n      - literal: |\n          DB_HOST: {{ .DB_HOST }}\n"
    assert hidden(f"{ESO}  target:\n    template:\n{literal}{DATA}") == [("DB_HOST", FETCHED)]
    text = f"{ESO}  externalSecretSpec:\n".replace("ExternalSecret", "ClusterExternalSecret") + indented(DATA, 2)
    assert [key for key, _ in hidden(text)] == ["DB_HOST"]


def test_templates_of_vaults_operator():
    text = (
        "apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: {name: orders}\nspec:\n"
        "  mount: kv\n  path: orders/db\n  destination:\n    transformation:\n      templates:\n"
        "        DB_HOST: {text: '{{ get .Secrets \"host\" }}'}\n        PGHOST: {text: 10.0.0.10}\n"
        "        DATABASE_URL:\n          text: 'postgresql://{{ .Secrets.u }}@{{ .Secrets.host }}:5432/a'\n"
    )
    where = "fetched by VaultStaticSecret orders from Vault (path kv/orders/db, key host)"
    assert hidden(text) == [("DB_HOST", where), ("DATABASE_URL", where)]


def agent(template: str, extra: str = "") -> str:
    lines = "".join(f"          {line}\n" for line in template.split("\n"))
    return (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n    metadata:\n"
        f"      annotations:\n{extra}        vault.hashicorp.com/agent-inject-template-db: |\n{lines}"
    )


def test_templates_of_vaults_agent():
    inner = '{{- with secret "secret/data/orders" -}}\nexport DB_HOST="{{ .Data.data.host }}"\nexport X=1\n{{- end }}'
    assert hidden(agent(inner)) == [("DB_HOST", "kept in Vault (path secret/data/orders, key host)")]
    extra = "        vault.hashicorp.com/agent-inject-secret-db: secret/data/other\n"
    assert hidden(agent("DB_HOST={{ .Data.data.host }}", extra)) == [
        ("DB_HOST", "kept in Vault (path secret/data/other, key host)")
    ]
    plain = '{{ with secret "a/b" }}\nDB_URL=postgresql://{{ .Data.user }}:{{ .Data.pw }}@10.0.0.10/app\n{{ end }}'
    assert hidden(agent(plain)) == []


def test_csi_drivers():
    text = (
        "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: {name: orders}\nspec:\n"
        "  secretObjects:\n  - secretName: orders\n    data:\n    - {objectName: orders-host, key: DB_HOST}\n"
        "    - {objectName: orders-password, key: DB_PASSWORD}\n"
    )
    assert hidden(text) == [("DB_HOST", "fetched by SecretProviderClass orders (object orders-host)")]


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Pod\nspec: {containers: [{env: [{name: DB_HOST, valueFrom: {secretKeyRef: {}}}]}]}\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - envFrom: [{secretRef: {name: orders-db}}]\n",
        "apiVersion: a/v1\nkind: PushSecret\nspec: {data: [{match: {secretKey: DB_HOST, remoteRef: {}}}]}\n",
        "apiVersion: a/v1\nkind: SecretStore\nspec: {provider: {vault: {server: 'https://vault.corp.internal'}}}\n",
        "DB_HOST: '{{ .Values.db.host }}'\n",
        "DB_HOST: ${DB_HOST}\n",
    ],
)
def test_ordinary_references_are_silent(text):
    assert nothing(text, problems=None).opaque == ()


def test_hidden_values_in_a_file_of_a_config_map():
    text = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
        "  application.yml: |\n    spring:\n      datasource:\n        url: '{cipher}AQA5f3e0c2b1'\n"
    )
    assert hidden(text) == [("datasource.url", "encrypted by Spring Cloud Config")]


def test_nothing_of_a_value_is_told():
    text = f"DB_HOST: {CIPHER}\nDATABASE_URL: postgresql://u:made-up@<path:kv/a#host>:5432/app\n"
    assert "CyE" not in repr(extracted(text).opaque)
    assert "made-up" not in repr(extracted(text))

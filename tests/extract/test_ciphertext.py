"""Values that do not show what they hold, and the keys that matter."""

import pytest

from analyzer.extract import ini, json, properties
from analyzer.extract.ciphertext import SOPS, database_key, hidden_by, hidden_rows, kept, may_hide, whole_file
from analyzer.prefilter import Prefilter
from analyzer.source import SourceFile

HIDDEN = {
    "ENC[AES256_GCM,data:CyE=,iv:wUXV,tag:2LNN,type:str]": "encrypted by SOPS",
    "ENC[PKCS7,MIIBeQYJKoZIhvcNAQcDoIIBajCCAWYCAQAxggEhMIIBHQ]": "encrypted by hiera-eyaml",
    "$ANSIBLE_VAULT;1.1;AES256\n6638643965": "encrypted by Ansible Vault",
    "{cipher}AQA5f3e0c2b1": "encrypted by Spring Cloud Config",
    "ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)": "encrypted by Jasypt",
    "encrypted:BGmhF6sWFBAkL9K3OEEG0lFzJrQJpQ7sEmZpDIDkBpKtxF3jgnDW": "encrypted by dotenvx",
    "vault:secret/data/orders#DB_HOST": "kept in Vault (path secret/data/orders, key DB_HOST)",
    ">>vault:database/creds/orders#host": "kept in Vault (path database/creds/orders, key host)",
    "<path:kv/data/orders#host>": "kept in the store of argocd-vault-plugin (path kv/data/orders, key host)",
    "<path:kv/data/orders#host | base64>": "kept in the store of argocd-vault-plugin (path kv/data/orders, key host)",
    "ref+vault://secret/orders#/host": "kept in Vault (path secret/orders, key host)",
    "ref+awsssm://prod/orders/host": "kept in a secret store (path prod/orders/host)",
    "op://prod/orders/host": "kept in 1Password (path prod/orders/host)",
    "@Microsoft.KeyVault(SecretUri=https://x.vault.azure.net/secrets/h)": "kept in Azure Key Vault",
    "{{resolve:ssm:/prod/orders/host}}": "kept in AWS (path /prod/orders/host)",
    "postgresql://<path:kv/a#user>:<path:kv/a#pw>@<path:kv/a#host>:5432/app": (
        "kept in the store of argocd-vault-plugin (path kv/a, key host)"
    ),
    "mysql://${vault:secret/a#U}:${vault:secret/a#P}@${vault:secret/a#HOST}:3306/app": (
        "kept in Vault (path secret/a, key HOST)"
    ),
}


@pytest.mark.parametrize(("text", "where"), HIDDEN.items())
def test_what_hides_a_value(text, where):
    assert hidden_by(text) == where


@pytest.mark.parametrize("text", HIDDEN)
def test_the_prefilter_lets_it_through(text):
    assert may_hide(text.encode())
    assert Prefilter((), heuristics=False, hidden=True).hit(f"X: {text}\n".encode())
    assert not Prefilter((), heuristics=False).hit(f"X: {text}\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.121",
        "",
        "vault.corp.internal",
        "vault:8200",
        "https://vault.corp.internal:8200/v1/secret#x",
        "ENC",
        "ENC(10.0.0.121)",
        "encrypted",
        "postgresql://<path:kv/a#user>:<path:kv/a#pw>@10.0.0.121:5432/app",
        "postgresql://vault:x@10.0.0.121/app",
        "op: //x",
        "${DB_HOST}",
        "{{ .Values.host }}",
    ],
)
def test_what_can_be_seen(text):
    assert not hidden_by(text)


@pytest.mark.parametrize(
    "key",
    [
        "DB_HOST",
        "DATABASE_URL",
        "PGHOST",
        "pg_host",
        "postgresHost",
        "REDIS_URL",
        "MONGODB_URI",
        "ORDERS_DB_DSN",
        "spring.datasource.url",
        "SQLALCHEMY_DATABASE_URI",
        "ELASTICSEARCH_HOSTS",
        "DB_REPLICA_HOST",
    ],
)
def test_keys_of_databases(key):
    assert database_key(key) is not None


@pytest.mark.parametrize(
    "key",
    [
        "DB_PASSWORD",
        "DB_USER",
        "DB_PORT",
        "DB_NAME",
        "DB_CONNECTION",
        "HOST",
        "API_URL",
        "SMTP_HOST",
        "SENTRY_DSN",
        "DATA_SOURCE_NAME",
        "POSTGRES_EXPORTER_URL",
        "DATABASE_SSL_CERT",
        "KAFKA_URL",
        "VAULT_ADDR",
        "_GDB_HOST",
    ],
)
def test_other_keys(key):
    assert database_key(key) is None


def test_parents_may_name_the_database():
    assert database_key("host", ("orders-db",))
    assert database_key("host", ("database",))
    assert database_key("host", ("smtp",)) is None


def test_paths_that_are_not_plain_are_not_shown():
    assert kept("kept in Vault", "secret/a b", "c\nd") == "kept in Vault"
    assert kept("kept in Vault", "secret/" + "a" * 200, "key") == "kept in Vault (key key)"


CIPHER = "ENC[AES256_GCM,data:CyE=,iv:wUXV,tag:2LNN,type:str]"


def told(text: str, path: str = "a.env") -> list[tuple[str, str, str]]:
    source = SourceFile(path, text.encode())
    return [(o.key, source.slice(o.span).decode(), o.shape) for o in hidden_rows(source)]


def test_rows_of_dotenv_and_ini_files():
    text = f"# größe\nexport DB_HOST={CIPHER}\nDB_PASSWORD={CIPHER}\nDB_HOST={CIPHER}\nPGHOST=10.0.0.121\n"
    assert told(text) == [("DB_HOST", "DB_HOST", "DB_HOST=…")]
    assert told(f"[database]\nhost = {CIPHER}\n[mail]\nhost = {CIPHER}\n") == [("database.host", "host", "host=…")]
    assert told(f'{{\n  "DATABASE_URL": "{CIPHER}"\n}}\n') == [("DATABASE_URL", "DATABASE_URL", "DATABASE_URL: …")]


VAULTED = b"$ANSIBLE_VAULT;1.2;AES256;prod\n663864396532363364626265666530633361646639663032\n"


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_file_that_is_encrypted_as_a_whole(head, end):
    source = SourceFile("vault.yml", head + VAULTED.replace(b"\n", end))
    opaque = whole_file(source)
    assert opaque is not None
    assert source.slice(opaque.span) == b"$ANSIBLE_VAULT;1.2;AES256;prod"


@pytest.mark.parametrize("data", [b"", b"a: b\n", b"# $ANSIBLE_VAULT;1.1;AES256\n66\n", b"$ANSIBLE_VAULT;1.1;AES256"])
def test_other_files(data):
    assert whole_file(SourceFile("vault.yml", data)) is None


def test_ini_files_that_sops_encrypted_are_sealed():
    text = f"[database]\nhost = 10.0.0.121\nurl = {CIPHER}\n[sops]\nmac = {CIPHER}\n"
    found = ini.extract(SourceFile("app.ini", text.encode()))
    assert [ref.sealed for ref in found.refs] == [SOPS]
    assert [o.key for o in found.opaque] == ["database.url"]
    loose = ini.extract(SourceFile("app.ini", f"{text}mac_only_encrypted = true\n".encode()))
    assert [ref.sealed for ref in loose.refs] == [""]


def test_properties_and_json():
    found = properties.extract(SourceFile("a.properties", b"spring.datasource.url={cipher}AQA5f3e0c2b1\n"))
    assert [o.key for o in found.opaque] == ["spring.datasource.url"]
    text = f'{{"database": {{"host": "{CIPHER}", "port": 5432}}, "mail": {{"host": "{CIPHER}"}}}}'
    found = json.extract(SourceFile("a.json", text.encode()))
    assert [o.key for o in found.opaque] == ["database.host"]

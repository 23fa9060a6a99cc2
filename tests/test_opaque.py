"""Values that cannot be seen and regions with a nature of their own, from the file to the report."""

import json

import pytest

from analyzer.cli import main

POLICY = """\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes: [{host: 10.0.0.120, names: [db-postgres-01]}, 10.0.0.121]
    endpoints:
      write: {host: pg-lb.corp.internal, port: 5432}
"""
SEALED = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: orders}\nspec:\n  encryptedData:\n"


@pytest.fixture
def scan(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(text, policy=POLICY, name="k8s.yaml", form="json"):
        (tmp_path / "db-endpoints.yaml").write_text(policy)
        (tmp_path / name).write_text(text)
        main(["scan", "--format", form, "--fail-on", "never"])
        out = capsys.readouterr().out
        return json.loads(out)["findings"] if form == "json" else out

    return run


def test_a_hidden_value_in_json(scan):
    (finding,) = scan(f"{SEALED}    POSTGRES_HOST: AgBy3i4OJSWK\n")
    assert (finding["rule"], finding["severity"], finding["host"]) == ("opaque-value", "note", "")
    assert (finding["line"], finding["column"], finding["end_column"]) == (6, 5, 18)
    assert (finding["engine"], finding["use"], finding["fix"]) == ("postgresql", "connects", None)
    assert finding["evidence"] == ["key: POSTGRES_HOST"]
    assert finding["shape"] == "POSTGRES_HOST: …"
    assert "it is sealed in SealedSecret orders; look there" in finding["message"]


def test_a_hidden_value_in_text_and_sarif(scan):
    text = f"{SEALED}    DB_HOST: AgBy3i4OJSWK\n"
    assert "k8s.yaml:6:5: note opaque-value: the host under DB_HOST cannot be seen here" in scan(text, form="text")
    (result,) = json.loads(scan(text, form="sarif"))["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("opaque-value", "note")


@pytest.mark.parametrize("other", ["", ", unmanaged-host: off"])
def test_the_policy_switches_it_off(scan, other):
    text = f"{SEALED}    DB_HOST: AgBy3i4OJSWK\n"
    assert scan(text, f"{POLICY}severity: {{opaque-value: off{other}}}\n") == []
    assert len(scan(text, f"{POLICY}severity: {{unmanaged-host: off}}\n")) == 1
    (finding,) = scan(text, f"{POLICY}severity: {{opaque-value: warning}}\n")
    assert finding["severity"] == "warning"


def test_a_comment_excuses_it(scan):
    text = f"{SEALED}    DB_HOST: Ag # analyzer: ignore[opaque-value] checked with kubeseal on every change\n"
    (finding,) = scan(text)
    assert finding["suppressed"]["kind"] == "inline"


def test_its_fingerprint_does_not_depend_on_other_keys(scan):
    (one,) = scan(f"{SEALED}    DB_HOST: AgBy\n")
    both = scan(f"{SEALED}    DATABASE_URL: AgBy\n    DB_HOST: AgBy\n")
    assert one["fingerprint"] in {finding["fingerprint"] for finding in both}
    assert len({finding["fingerprint"] for finding in both}) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env", "DB_HOST=ENC[AES256_GCM,data:CyE=,iv:a,tag:b,type:str]\n"),
        ("vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n66386439\n"),
        ("values.yaml", "externalDatabase: {host: 'ref+vault://secret/orders#/host'}\n"),
    ],
)
def test_other_files(scan, name, text):
    assert [finding["rule"] for finding in scan(text, name=name)] == ["opaque-value"]


def test_documents_hide_nothing(scan):
    assert scan("DB_HOST: ENC[AES256_GCM,data:CyE=]\n", name="README.md") == []


COPIES = """\
apiVersion: v1
kind: Service
metadata:
  name: a
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"host": "10.0.0.121"}'
status: {ingress: 10.0.0.121}
"""
PROBE = """\
apiVersion: monitoring.coreos.com/v1
kind: Probe
metadata: {name: a}
spec: {targets: {staticConfig: {static: [db-postgres-01, 10.0.0.121]}}}
"""
APPLICATION = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {note: to 10.0.0.121}\n"


def test_copies_are_not_mentions(scan):
    assert scan(COPIES) == []


def test_names_in_an_infrastructure_object_are_no_mentions_beside_an_application(scan):
    (finding,) = scan(f"{PROBE}---\n{APPLICATION}")
    assert (finding["rule"], finding["line"]) == ("node-mention", 9)


def test_a_file_of_a_config_map_has_its_own_nature(scan):
    haproxy = "backend pg\n      option httpchk GET /primary\n      server db-postgres-01 db-postgres-01:5432 check\n"
    text = f"apiVersion: v1\nkind: ConfigMap\ndata:\n  haproxy.cfg: |\n    {haproxy}  b: at db-postgres-01\n"
    assert [(f["rule"], f["line"]) for f in scan(text)] == [("node-mention", 8)]


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("apiVersion: v1\nkind: Service\nmetadata: {name: pg}\nspec: {externalName: db-postgres-01}\n", "safe"),
        (
            "apiVersion: v1\nkind: Endpoints\nsubsets: [{addresses: [{ip: 10.0.0.121}], ports: [{port: 5432}]}]\n",
            "manual",
        ),
    ],
)
def test_a_place_takes_a_name_or_an_address(scan, text, safety):
    (finding,) = scan(text)
    assert finding["fix"]["safety"] == safety


def test_an_address_goes_where_only_addresses_go(scan):
    policy = POLICY.replace("pg-lb.corp.internal", "10.0.0.10")
    text = (
        "apiVersion: v1\nkind: Endpoints\nmetadata: {name: pg}\n"
        "subsets: [{addresses: [{ip: 10.0.0.121}], ports: [{port: 6432}]}]\n"
    )
    (finding,) = scan(text, policy.replace("nodes:", "ports: {database: [5432, 6432]}\n    nodes:"))
    assert finding["fix"]["safety"] == "safe"
    assert [edit["new"] for edit in finding["fix"]["edits"]] == ["10.0.0.10", "5432"]
    (name,) = scan("apiVersion: v1\nkind: Service\nspec: {externalName: db-postgres-01}\n", policy)
    assert name["fix"]["safety"] == "manual"

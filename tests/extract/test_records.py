"""Keys above that make a record, texts for people, files that are named by what they are for."""

import pytest

from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.yaml import extract
from analyzer.model import Clue
from tests.kit import check, check_none

GRAFANA = "datasources:\n  - name: {}\n    type: postgres\n    url: «10.0.0.120|{}»:⟦5432⟧\n    database: orders\n"


@pytest.mark.parametrize(
    "sample",
    [
        "before: {PGHOST: «10.0.0.121|only=operation»}\nafter: {PGHOST: «10.0.0.10|only=operation»}\n",
        "before:\n  DATABASE_URL: postgresql://a@«10.0.0.121|only=operation»:⟦5432⟧/o\n",
        "api: {PGHOST: «10.0.0.121|clue=key»}\n",
        "initContainersBefore: {PGHOST: «10.0.0.121|clue=key»}\n",
    ],
)
def test_what_stood_elsewhere(sample):
    check(extract, sample, path="a.yaml", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "description: |\n  DATABASE_URL=postgresql://a@«10.0.0.121|clue=comment»:⟦5432⟧/o in shop\n",
        "content: |\n  DATABASE_URL=postgresql://a@«10.0.0.121|clue=dsn»:⟦5432⟧/o\n",
    ],
)
def test_a_text_for_people(sample):
    check(extract, sample, path="a.yaml", comment="#")


@pytest.mark.parametrize(
    "path",
    ["argocd/pg-exporter-values.yaml", "monitoring/mysqld_exporter/.env", "node-exporter/config.json"],
)
def test_settings_of_an_exporter(path):
    why = signature(path, "a: b\n")
    assert why is not None
    assert why.clue is Clue.INFRASTRUCTURE


@pytest.mark.parametrize(
    "path", ["apps/db-exporter/.env", "csv-exporter/values.yaml", "pg_exporter.py", "exporter.yaml.md/a"]
)
def test_settings_of_what_may_be_an_application(path):
    assert signature(path, "a: b\n") is None


@pytest.mark.parametrize("path", ["docs/ha.drawio", "ha.puml", "a.mmd", ".github/ISSUE_TEMPLATE/db.yml"])
def test_diagrams_and_forms_are_documents(path):
    why = signature(path, "a: b\n")
    assert why is not None
    assert why.clue is Clue.COMMENT


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("no-node.yml", "rules:\n  - id: a\n    languages: [generic]\n    pattern: x\n"),
        ("pg.conf", "UserParameter=pg.up[*],psql -h 10.0.0.120 -c 'select 1'\n"),
        ("", "primary_conninfo = 'host=10.0.0.120 user=replicator'\n"),
    ],
)
def test_more_infrastructure(path, text):
    why = signature(path, text)
    assert why is not None
    assert why.clue is Clue.INFRASTRUCTURE


@pytest.mark.parametrize("name", ["db-postgres-01", "pg-node-2"])
def test_a_data_source_of_one_server(name):
    check(extract, GRAFANA.format(name, "clue=infrastructure"), path="d.yml", comment="#")


@pytest.mark.parametrize("name", ["Orders", "orders-pg", "reporting"])
def test_a_data_source_of_a_database(name):
    check(extract, GRAFANA.format(name, "clue=key"), path="d.yml", comment="#")


@pytest.mark.parametrize(("name", "clues"), [("LEADER", "name"), ("STAGING_NODE", "name"), ("PRIMARY", "name+place")])
def test_members_of_a_cluster_in_a_pipeline(name, clues):
    sample = f"env:\n  {name}: «10.0.0.120|only={clues}»\non: push\njobs: {{}}\n"
    check(extract, sample, path=".github/workflows/a.yml", comment="#")


@pytest.mark.parametrize(
    ("path", "sample"),
    [
        (
            "tasks/a.yml",
            "- ansible.builtin.lineinfile: {path: /a/.env, line: DB_HOST=10.0.0.121, state: absent}\n",
        ),
        (
            "tasks/a.yml",
            "- ansible.builtin.lineinfile: {path: /a/.env, line: DB_HOST=«10.0.0.121|clue=key», state: present}\n",
        ),
        (
            "playbooks/a.yml",
            (
                "- hosts: localhost\n  vars:\n    pg_hosts: [10.0.0.120]\n  tasks:\n"
                '    - command: pg_isready\n      loop: "{{ pg_hosts }}"\n'
            ),
        ),
        ("playbooks/a.yml", "- hosts: localhost\n  vars:\n    pg_hosts: [«10.0.0.120|clue=key»]\n  tasks: []\n"),
    ],
)
def test_what_a_task_removes_or_goes_through(path, sample):
    if "«" in sample:
        check(extract, sample, path=path, comment="#")
    else:
        regions = check_none(extract, sample, path=path, comment="#").regions
        assert Clue.OPERATION in {region.nature.clue for region in regions}


def test_a_part_of_a_collectors_configuration():
    sample = "receivers:\n  postgresql:\n    endpoint: «10.0.0.120|clue=key»:⟦5432⟧\n"
    check_none(extract, sample.replace("«", "").replace("|clue=key»:⟦5432⟧", ":5432"), path="a.yaml", comment="#")
    check(extract, sample + "app: {a: 1}\n", path="a.yaml", comment="#")


def test_data_sources_that_differ_by_their_server_show_each():
    row = "  - name: {}\n    type: postgres\n    url: «{}|{}»:⟦5432⟧\n    user: u\n    jsonData: {{database: orders}}\n"
    rows = [row.format(name, f"10.0.0.12{i}", "clue=infrastructure") for i, name in enumerate("abc")]
    check(extract, "datasources:\n" + "".join(rows), path="a.yaml", comment="#")
    same = [row.format(name, "10.0.0.120", "clue=key") for name in "abc"]
    check(extract, "datasources:\n" + "".join(same), path="a.yaml", comment="#")
    two = row.format("a", "10.0.0.120", "clue=key") + row.format("b", "10.0.0.121", "clue=key")
    check(extract, f"datasources:\n{two}", path="a.yaml", comment="#")

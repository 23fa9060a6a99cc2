"""Ansible: variables, inventories, plays and tasks."""

import pytest

from analyzer.extract import ansiblefile, format_of, inventory, text
from analyzer.extract.nature.infrakeys import (
    engine_group,
    infrastructure_file,
    infrastructure_key,
    server_group,
    server_name,
)
from analyzer.extract.yaml import extract
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, path: str = "site.yml", **options):
    return check(extract, marked, path=path, comment="#", **options)


def nothing(sample: str, path: str = "site.yml", **options):
    return check_none(extract, sample, path=path, comment="#", **options)


def natures(read, sample: str, path: str) -> str:
    """What the regions of a file hold that are somebody else's."""
    source = SourceFile(path, sample.encode())
    return " ".join(source.slice(r.span).decode() for r in read(source).regions if r.nature)


GROUP = "inventories/prod/group_vars/web.yml"
PLAY = "- hosts: web\n  become: true\n"
TASK = PLAY + "  tasks:\n    - name: x\n"


@pytest.mark.parametrize("path", [GROUP, "roles/orders/defaults/main.yml", "group_vars/all/db.yml", "vars/prod.yml"])
@pytest.mark.parametrize(
    "marked",
    [
        "orders_db_host: «10.0.0.121|clue=key»\norders_db_port: ⟦5432⟧\n",
        "postgres_host: «10.0.0.121|clue=key,engine=postgresql»\n",
        "grafana_database:\n  type: postgres\n  host: «db-postgres-01.corp.internal|clue=key»:⟦5432⟧\n",
        "orders_dsn: postgresql://u:{{ orders_password }}@«10.0.0.121|clue=dsn»:⟦5432⟧/app\n",
        "orders_environment:\n  PGHOST: «10.0.0.121|clue=key»\n",
        "zabbix_server_dbhost: «10.0.0.121|clue=key»\n",
        "keycloak_quarkus_db_url: 'jdbc:postgresql://«10.0.0.121»:⟦5432⟧/keycloak'\n",
        "orders_db_host: «10.0.0.121»\norders_db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6133\n",
    ],
)
def test_variables(path, marked):
    found(marked, path)


@pytest.mark.parametrize(
    "sample",
    [
        "ansible_host: 10.0.0.120\nansible_ssh_host: 10.0.0.121\n",
        "postgres_nodes: [10.0.0.120, 10.0.0.121]\n",
        "patroni_nodes:\n  - {name: db1, host: 10.0.0.120}\n",
        "haproxy_backend_servers:\n  - {name: pg1, address: '10.0.0.120:5432'}\n",
        "mysql_servers:\n  - 10.0.0.20\n",
        "postgresql_hba_entries:\n  - {type: host, address: 10.0.0.121/32}\n",
        "prometheus_targets:\n  node:\n    - targets: ['10.0.0.120:9100']\n",
        "telegraf_plugins_extra:\n  pg:\n    config: ['address = \"postgres://u:made-up@10.0.0.120/app\"']\n",
        "postgres_exporter_dsn: postgresql://u:made-up@10.0.0.120:5432/postgres\n",
        "firewall_allowed: [10.0.0.120]\nresolv_nameservers: [10.0.0.121]\nntp_servers: [10.0.0.122]\n",
        "pgbackrest_pg1_host: 10.0.0.120\nwsrep_cluster_address: gcomm://10.0.0.20\n",
        "mysql_replication_master: 10.0.0.20\npostgresql_primary_conninfo: host=10.0.0.120 user=r\n",
        "cassandra_cluster_hosts: [10.0.0.120]\n",
    ],
)
def test_variables_of_the_machinery(sample):
    nothing(sample, GROUP)
    inside = natures(extract, sample, GROUP)
    assert all(word.strip(",[]'\"}") in inside for word in sample.split() if word.startswith("10.0.0."))


@pytest.mark.parametrize(
    ("path", "server"),
    [
        ("host_vars/db-postgres-01.corp.internal.yml", True),
        ("inventories/prod/host_vars/db1/network.yml", True),
        ("host_vars/pg-node2", True),
        ("hieradata/hosts/dbproxy1020.yaml", True),
        ("group_vars/postgres_cluster.yml", True),
        ("group_vars/patroni/main.yml", True),
        ("roles/haproxy/defaults/main.yml", True),
        ("host_vars/app1.corp.internal.yml", False),
        ("group_vars/web.yml", False),
        ("group_vars/databases.yml", False),
        ("roles/orders/defaults/main.yml", False),
        ("host_vars/pgadmin.yml", False),
    ],
)
def test_variables_of_servers(path, server):
    result = found("upstream_db_host: «10.0.0.121|clue=key»\ngateway: 10.0.0.1\n", path)
    own = [ref for ref in result.refs if any(e.clue is Clue.INFRASTRUCTURE for e in ref.evidence)]
    assert bool(own) is server
    assert ("10.0.0.121" in natures(extract, "x: 10.0.0.121\n", path)) is server


@pytest.mark.parametrize(
    "marked",
    [
        PLAY + "  vars:\n    orders_db_host: «10.0.0.121|clue=key»\n",
        PLAY + "  roles:\n    - {role: orders, orders_db_host: «10.0.0.121|clue=key»}\n",
        TASK + "      shell: psql -h «10.0.0.121|clue=command» -p ⟦5432⟧ app\n",
        TASK + "      ansible.builtin.shell: |\n        psql -h «10.0.0.121|clue=command» app\n",
        TASK + "      command: {cmd: 'psql -h «10.0.0.121|clue=command» app', chdir: /tmp}\n",
        TASK + "      ansible.builtin.command:\n        argv: [psql, -h, «10.0.0.121|clue=command»]\n",
        TASK + "      raw: psql -h «10.0.0.121|clue=command» app\n",
        TASK + "      shell: pg_dump -h {{ nas }} app\n      vars: {nas: «10.0.0.122|clue=command,flow»}\n",
        TASK + "      set_fact: {orders_db_host: «10.0.0.121|clue=key»}\n",
        TASK + "      command: make\n      environment: {PRIMARY: «10.0.0.122|only=name+place»}\n",
        TASK + "      lineinfile: dest=/etc/orders/env line='DB_HOST=«10.0.0.121|clue=key»'\n",
        TASK + "      ini_file: {path: /etc/o.ini, section: database, option: host, value: «10.0.0.121|clue=key»}\n",
        "- name: x\n  copy: {dest: /etc/x.env, content: DB_HOST=«10.0.0.121|clue=key»}\n",
        "- block:\n    - shell: psql -h «10.0.0.121|clue=command» app\n  when: x\n",
    ],
)
def test_plays(marked):
    found(marked)


INSTALLED = {
    "copy": """
        dest: /etc/orders/.env
        content: |
          DB_HOST=«10.0.0.121|clue=key»
""",
    "ansible.builtin.copy": """
        dest: /etc/orders/app.properties
        content: |
          url=jdbc:postgresql://«10.0.0.121»:⟦5432⟧/app
""",
    "ansible.legacy.copy": """
        dest: /etc/orders/app.json
        content: {database: {host: «10.0.0.121|clue=key»}}
""",
    "blockinfile": """
        path: /etc/environment
        block: |
          PGHOST=«10.0.0.121|clue=key»
""",
    "lineinfile": """
        path: /etc/orders/env
        regexp: '^DB_HOST='
        line: DB_HOST=«10.0.0.121|clue=key»
""",
    "community.docker.docker_container": """
        image: orders
        env:
          PRIMARY: «10.0.0.122|only=name+place»
        etc_hosts: {db: «10.0.0.121|clue=key»}
""",
    "kubernetes.core.k8s": """
        definition:
          apiVersion: v1
          kind: Secret
          metadata: {name: orders-db}
          stringData:
            PRIMARY: «10.0.0.122|clue=place»
""",
    "community.docker.docker_compose_v2": """
        definition:
          services:
            orders:
              image: orders
              environment: {PRIMARY: «10.0.0.122|only=name+place»}
""",
}


def test_what_a_task_takes_one_by_one():
    task = PLAY + "  tasks:\n    - command: vault write database/config/{{ item.name }} connection_url={{ item.url }}\n"
    taken = task + '      loop: "{{ connections }}"\n  vars:\n    connections:\n'
    found(taken + "      - {name: a, url: 'postgresql://v@«10.0.0.121|clue=dsn,port=5432»:⟦5432⟧/a'}\n")
    nothing(taken + "      - 10.0.0.120\n      - 10.0.0.121\n")


@pytest.mark.parametrize("module", INSTALLED)
def test_what_a_task_installs(module):
    found(f"{TASK}      {module}:{INSTALLED[module]}")


@pytest.mark.parametrize(
    "sample",
    [
        TASK + "      community.postgresql.postgresql_db:\n        name: orders\n        login_host: 10.0.0.121\n",
        TASK + "      postgresql_user: name=orders login_host=10.0.0.121 login_port=5432\n",
        TASK + "      mysql_user: {name: orders, login_host: 10.0.0.20}\n",
        TASK + "      wait_for: {host: 10.0.0.121, port: 5432}\n",
        TASK + "      uri: {url: 'http://10.0.0.122:8008/patroni'}\n",
        TASK + "      command: make\n      delegate_to: 10.0.0.120\n",
        TASK + "      add_host: {name: db1, ansible_host: 10.0.0.120}\n",
        "- hosts: 10.0.0.120,10.0.0.121\n  tasks: []\n",
        PLAY + "  module_defaults:\n    community.postgresql.postgresql_db: {login_host: 10.0.0.121}\n",
        TASK + "      lineinfile: {path: /etc/hosts, line: '10.0.0.120 db-postgres-01'}\n",
        TASK + "      lineinfile: {path: /etc/haproxy/haproxy.cfg, line: ' server pg1 10.0.0.120:5432 check'}\n",
        TASK + "      ini_file: {path: /etc/mysql/my.cnf, section: mysqld, option: report_host, value: 10.0.0.20}\n",
    ],
)
def test_administration(sample):
    nothing(sample)
    inside = natures(extract, sample, "site.yml")
    assert "10.0.0." in inside


@pytest.mark.parametrize(
    "sample",
    [
        TASK + "      debug: {msg: '10.0.0.121 is down'}\n",
        TASK + "      shell: psql -h localhost app\n",
        TASK + "      shell: psql -h {{ pg_host }} app\n",
        TASK + "      template: {src: 10.0.0.121.j2, dest: /etc/x}\n",
        TASK + "      lineinfile: {path: /etc/x, regexp: '^10.0.0.121', state: absent}\n",
    ],
)
def test_what_is_no_connection(sample):
    nothing(sample)


def test_a_play_on_database_servers():
    result = found("- hosts: postgres_cluster\n  vars:\n    primary_db_host: «10.0.0.121|clue=infrastructure»\n")
    assert len(result.refs) == 1


INVENTORY = """\
[web]
app1 ansible_host=10.0.0.5 orders_db_host=«10.0.0.121|only=key»
app2 ansible_host=10.0.0.6 orders_db_host="«db-postgres-02.corp.internal»" # old

[postgres_cluster]
db-postgres-01 ansible_host=10.0.0.120 postgres_host=10.0.0.120
db-postgres-[02:03]

[postgres_cluster:vars]
primary_db_host=10.0.0.120

[web:vars]
# reports_db_host=10.0.0.122
reports_db_host=«10.0.0.122|clue=key»
reports_db_port = ⟦5432⟧
haproxy_backend_servers=10.0.0.120,10.0.0.121
"""


@pytest.mark.parametrize("read", [text.extract, inventory.extract])
@pytest.mark.parametrize("path", ["inventory", "production", "inventory.ini"])
def test_variables_of_an_inventory(read, path):
    result = check(read, INVENTORY, path=path, comment="#")
    assert result.nature is None
    (region,) = result.regions
    assert region.nature == inventory.NATURE


YAML_INVENTORY = """\
all:
  children:
    web:
      hosts:
        app1: {ansible_host: 10.0.0.5, orders_db_host: «10.0.0.121|only=key»}
        app2:
      vars:
        reports_db_host: «10.0.0.122|clue=key»
        reports_db_port: ⟦5432⟧
    postgres_cluster:
      hosts:
        db-postgres-01: {ansible_host: 10.0.0.120, own_db_host: «10.0.0.120|clue=infrastructure»}
    other:
      hosts:
        db-postgres-02:
          backup_db_host: «10.0.0.121|clue=infrastructure»
"""


def test_a_yaml_inventory():
    result = found(YAML_INVENTORY, "inventory/hosts.yml")
    assert result.nature is None
    told = natures(extract, YAML_INVENTORY, "hosts.yml")
    assert all(part in told for part in ("app1", "db-postgres-01", "db-postgres-02", "10.0.0.5"))


@pytest.mark.parametrize(
    "sample",
    [
        "all: {hosts: {a: b}}\n",
        "database: {hosts: {a: 10.0.0.121}}\n",
        "a: {hosts: {}}\n",
        "a: {hosts: [x]}\nb: 1\n",
        "- a\n",
    ],
)
def test_what_is_no_inventory(sample):
    assert "Ansible" not in str(extract(SourceFile("x.yml", sample.encode())).regions)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("group_vars/all", "ansible"),
        ("a/b/group_vars/web", "ansible"),
        ("host_vars/app1.corp.org", "ansible"),
        ("inventories/x/host_vars/app1/vault", "ansible"),
        ("group_vars/all.yml", "yaml"),
        ("mygroup_vars/all", "text"),
        ("group_vars.txt", "text"),
    ],
)
def test_files_without_an_ending(path, name):
    assert format_of(path, b"").name == name


@pytest.mark.parametrize("path", ["group_vars/web", "host_vars/app1.corp.org"])
def test_their_content(path):
    check(ansiblefile.extract, "# ours\n---\napp_db_host: «10.0.0.121|clue=key»\n", path=path, comment="#")
    result = check(ansiblefile.extract, "app_db_host: «10.0.0.121|clue=key»\n", path=path, comment="#")
    assert result.nature is None
    (problem,) = ansiblefile.extract(SourceFile(path, b"a: [1\nb: 2\n")).problems
    assert problem.path == path


@pytest.mark.parametrize(
    ("path", "sample"),
    [
        ("group_vars/README.md", "# Groups\n\nweb: 10.0.0.121\n"),
        ("group_vars/README", "All groups of 10.0.0.121, with *stars and [brackets\n"),
        ("host_vars/make.sh", "echo 10.0.0.121: {\n"),
        ("group_vars/.gitkeep", ""),
    ],
)
def test_other_files_there_are_text(path, sample):
    check_none(ansiblefile.extract, sample, path=path)


@pytest.mark.parametrize(
    ("key", "own"),
    [
        ("patroni_scope", True),
        ("haproxyFrontends", True),
        ("db_vip", True),
        ("postgres_dns", False),
        ("internal_dns", True),
        ("app_db_host", False),
        ("alphabetcd_host", False),
        ("hbaserver", False),
        ("dnsmasquerade", False),
        ("postgres_nodes", True),
        ("redis_nodes", False),
    ],
)
def test_names_by_words(key, own):
    assert (infrastructure_key(key, listed=True) is not None) is own


@pytest.mark.parametrize(
    "name", ["db1", "db-postgres-01.corp.internal", "rdb1012", "orders-db", "patroni1", "pg-node2"]
)
def test_names_of_servers(name):
    assert server_name(name)


@pytest.mark.parametrize(
    "name", ["web1", "dbeaver", "pgadmin", "sn11.corp.internal", "mydbtool", "", "app.db.internal"]
)
def test_names_of_other_servers(name):
    assert not server_name(name)


def test_groups_of_servers():
    assert all(map(server_group, ["postgres_cluster", "dbservers", "db_servers", "patroni", "pg-nodes"]))
    assert not any(map(server_group, ["web", "databases", "postgres", "db_clients", "all"]))
    assert infrastructure_file("") is None


def test_roles_among_the_variables_of_a_group_that_is_called_by_an_engine():
    text = "postgres_leader: 10.0.0.120\npg_primary_ip: 10.0.0.120\napp_db_host: «10.0.0.121|clue=key»\n"
    path = "inventory/group_vars/postgres.yml"
    check(extract, text, path=path, comment="#")
    assert natures(extract, text.replace("«", "").replace("|clue=key»", ""), path) == "10.0.0.120 10.0.0.120"
    assert engine_group("group_vars/postgresql-prod/main.yml")
    assert not any(map(engine_group, ["group_vars/databases.yml", "group_vars/mysql_clients.yml", "postgres.yml"]))


def test_a_server_by_its_name_in_the_inventory():
    path = "inventory/group_vars/all.yml"
    check(extract, "pg_primary: «db-postgres-01|only=text»\n", path=path, comment="#")
    check(extract, "pg_primary: «10.0.0.120|only=key»\n", path=path, comment="#")
    check(extract, "redis_master_ip: «10.0.0.30|only=text»\n", path=path, comment="#")
    check(extract, "redis_master_ip: «10.0.0.30|only=key»\nredis_password: x\n", path=path, comment="#")

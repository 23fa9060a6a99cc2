"""Which Ansible modules write files, which run programs, and which administer servers.

Names without their collection; https://docs.ansible.com/ansible/latest/collections/
"""

import re

from analyzer.model import Clue, Evidence

# They log in to a database server in order to administer it: users, databases, replication.
_DATABASES = (
    "postgresql_",
    "mysql_",
    "mssql_",
    "mongodb_",
    "proxysql_",
    "clickhouse_",
    "cassandra_",
    "oracle_",
    "redis",
    "rds_",
    "elasticsearch_",
    "elastic_",
    "opensearch_",
)
_OPERATIONS = frozenset(
    {"wait_for", "wait_for_connection", "uri", "get_url", "ping", "win_ping", "add_host", "known_hosts", "synchronize"}
    | {"iptables", "ufw", "firewalld", "nftables", "hostname", "route53", "nsupdate", "nmcli", "telnet", "expect"}
    | {"etcd3", "consul", "consul_kv", "haproxy", "zabbix_host", "zabbix_agent", "nagios", "monit", "delegate_to"}
)
WRITERS = frozenset({"copy", "template", "blockinfile", "lineinfile", "replace"})
RUNNERS = frozenset({"shell", "command", "raw", "script", "win_shell", "win_command"})
# Files of the cluster, of monitoring and of the network, whatever a line of them looks like.
_OWN_FILE = re.compile(
    r"(?:haproxy|keepalived|patroni|pg_hba|pg_ident|postgresql(?:\.auto)?|recovery|prometheus|telegraf|etcd|repmgr"
    r"|pgpool|proxysql|maxscale|my|resolv|hosts|known_hosts|ssh_config|sshd_config|zabbix_agentd?2?|rules|interfaces"
    r"|pgbackrest|barman|sentinel)(?:\.(?:cfg|conf|ya?ml|cnf|toml|env|v4|v6))?(?:\.j2)?"
)


def short_name(module: str) -> str:
    """A module's name without its collection: `community.postgresql.postgresql_db` -> `postgresql_db`."""
    return module.rsplit(".", 1)[-1]


def administration(module: str) -> Evidence | None:
    """Why a module's arguments are an administrator's, not an application's; None for any other module."""
    name = short_name(module)
    if name.startswith(_DATABASES) or name in _OPERATIONS:
        return Evidence(Clue.OPERATION, f"Ansible module {name}")
    return None


def own_file(destination: str) -> Evidence | None:
    """Why a file that Ansible writes is infrastructure, by its name."""
    name = destination.rsplit("/", 1)[-1].lower()
    if _OWN_FILE.fullmatch(name):
        return Evidence(Clue.INFRASTRUCTURE, f"written into {name.removesuffix('.j2')}")
    return None

"""Names of variables, roles and servers that belong to a cluster's own machinery, to monitoring or to the network.

`haproxy_backend_servers`, `patroni_nodes`, `host_vars/db-postgres-01`: whatever stands there, no application connects
to it. Words decide, never substrings.
"""

import re
from collections.abc import Sequence

from analyzer.extract.keyed.keys import databaselike, engine_of, plain
from analyzer.extract.keyed.vocabulary import CLUSTERED, DATABASE, QUALIFIERS, SERVERS
from analyzer.extract.keyed.words import stripped, words
from analyzer.model import Clue, Evidence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Lists of what Prometheus, its agents and its operator watch, wherever they stand.
SCRAPING = frozenset(
    {"scrape_configs", "scrapeConfigs", "additionalScrapeConfigs", "extraScrapeConfigs", "additional_scrape_configs"}
    | {"static_configs", "staticConfigs", "relabel_configs", "relabelConfigs", "metric_relabel_configs"}
)
MONITORING = Evidence(Clue.INFRASTRUCTURE, "targets of monitoring")
_CLUSTER = _words(
    "patroni etcd galera wsrep repmgr pgpool corosync pacemaker drbd orchestrator pgbackrest barman keepalived haproxy "
    "proxysql maxscale twemproxy stolon hba quorum replication vip unicast seeds"
)
# Words that tell together: the cluster's own membership, a replica's way to its primary.
_TOGETHER = ({"cluster", "hosts"}, {"cluster", "members"}, {"primary", "conninfo"}, {"primaryconninfo"})
_MONITORING = _words(
    "exporter exporters prometheus scrape alertmanager blackbox telegraf nagios icinga metricbeat pmm promtail netdata"
)
_NETWORK = _words(
    "firewall firewalld iptables nftables ufw ferm nameserver nameservers resolver resolvers resolv dns ntp chrony "
    "netmask subnet subnets cidr cidrs gateway vlan bgp"
)
_NETWORKING = "network configuration"
_LISTS = _words("nodes servers members peers")
# Tokens of server names beside the names of engines: db-postgres-01, rdb1012, dbproxy1020, pgnode2.
_SERVER_TOKEN = re.compile(r"(?:r?db|dbs|pg|pgsql|sql)(?:server|node|host|proxy|srv|prim|repl|master|slave)?s?\d{0,6}")
# One of several servers: pg2, db-postgres-b. Letters behind f may be roles (pg-r, pg-w, pg-m), which pass on.
_COUNTED = re.compile(r"[^.]*(?:\d|-[a-fA-F])(?:\.|\Z)")
_ROLE_PATH = re.compile(r"(?:.*/)?roles/([^/]+)/(?:defaults|vars|tasks|handlers|templates|files|meta)/.*")
_SERVER_PATH = re.compile(r"(?:.*/)?(?:host_vars/([^/]+)|hiera(?:data)?/(?:.*/)?(?:hosts|nodes)/([^/]+))(?:/.*)?")
_GROUP_PATH = re.compile(r"(?:.*/)?group_vars/([^/]+)(?:/.*)?")
_ENDING = re.compile(r"\.(?:ya?ml|json)\Z")


def infrastructure_key(key: str, *, listed: bool = False) -> Evidence | None:
    """Why a variable of this name is no application's; `listed`: its value is a list or a map."""
    own = words(key)
    kind = _kind(own)
    # The DNS name of a database is its host.
    if kind is not None and not (kind == _NETWORKING and databaselike(key)):
        return Evidence(Clue.INFRASTRUCTURE, f"{kind} ({key})" if plain(key) else kind)
    if listed and own and stripped(own[-1]) in _LISTS and databaselike(key) and engine_of(key) not in CLUSTERED:
        return Evidence(Clue.INFRASTRUCTURE, f"list of servers ({key})" if plain(key) else "list of servers")
    return None


def infrastructure_file(path: str) -> Evidence | None:
    """Why the variables of a file belong to database servers, a proxy, a cluster or monitoring, by its path."""
    if (server := _SERVER_PATH.fullmatch(path)) and server_name(_ENDING.sub("", server[1] or server[2])):
        return Evidence(Clue.INFRASTRUCTURE, "variables of a database server")
    role, group = _ROLE_PATH.fullmatch(path), _GROUP_PATH.fullmatch(path)
    if role and (kind := _kind(words(role[1]))) is not None:
        return Evidence(Clue.INFRASTRUCTURE, f"role for {kind}")
    if group and server_group(_ENDING.sub("", group[1])):
        return Evidence(Clue.INFRASTRUCTURE, "variables of database servers")
    return None


def server_name(name: str) -> bool:
    """Whether a host's name tells that it is a database server or one of a cluster: `db-postgres-01.corp.internal`."""
    label = name.lower().split(".", 1)[0]
    return any(
        stripped(token) in DATABASE or stripped(token) in _CLUSTER or _SERVER_TOKEN.fullmatch(token)
        for token in re.split(r"[-_]", label)
    )


def counted(name: str) -> bool:
    """Whether a host's name tells one of several by a number or a letter: `pg2.corp.internal`, `db-postgres-b`."""
    return _COUNTED.match(name) is not None


def server_group(name: str) -> bool:
    """Whether a group's name tells that its members are such servers: `postgres_cluster`, `patroni`, `dbservers`."""
    own = words(name)
    rows = any(stripped(word) in _LISTS or stripped(word) in {"cluster", "clusters", "server"} for word in own)
    return any(stripped(word) in _CLUSTER for word in own) or (rows and (databaselike(name) or name.startswith("db")))


def engine_group(path: str) -> bool:
    """Whether a file's variables are those of a group that is called by an engine: `group_vars/postgres/main.yml`.

    Its members run the servers, but what they are told may be a connection as well.
    """
    group = _GROUP_PATH.fullmatch(path)
    own = words(_ENDING.sub("", group[1])) if group else ()
    return any(DATABASE.get(stripped(word)) for word in own) and all(
        stripped(word) in DATABASE or word in SERVERS or word in QUALIFIERS for word in own
    )


def _kind(own: Sequence[str]) -> str | None:
    bares = [stripped(word) for word in own]
    if any(together.issubset(bares) for together in _TOGETHER):
        return "the cluster itself"
    for bare in bares:
        if bare in _CLUSTER:
            return "the cluster itself"
        if bare in _MONITORING:
            return "monitoring"
        if bare in _NETWORK:
            return _NETWORKING
    return None

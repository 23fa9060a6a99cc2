"""What configuration of proxies, clusters, inventories, monitoring and networks looks like.

Tables only. A file has the signature when every needle stands in it and every pattern is found; patterns are anchored
at line starts, so that a text which merely names these programs has none.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """`name` is shown; `needles` are cheap to look for and come first."""

    name: str
    needles: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


def _row(name: str, needles: str, *patterns: str) -> Signature:
    return Signature(name, tuple(needles.split()), tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns))


_B = r"[ \t]{0,40}"  # blanks, bounded so that no pattern is quadratic
_S = r"[ \t]{1,40}"
_EQUALS = rf"{_B}={_B}"

SIGNATURES: tuple[Signature, ...] = (
    # proxies and poolers
    _row(
        "HAProxy configuration",
        "server",
        rf"^(?:listen|backend){_S}[\w.\-]{{1,100}}",
        rf"^{_S}server(?:-template)?{_S}\S{{1,200}}{_S}[\w.\-\[\]:{{$]",
    ),
    _row(
        "nginx upstream",
        "upstream server",
        rf"^{_B}upstream{_S}[\w.\-]{{1,100}}{_B}\{{",
        rf"^{_B}server{_S}[\w.\-\[\]:]{{1,200}}[ \t;]",
    ),
    _row("Envoy configuration", "static_resources: socket_address", r"^static_resources:", rf"^{_S}clusters:"),
    _row("Pgpool-II configuration", "backend_hostname", rf"^{_B}backend_hostname\d{{1,3}}{_EQUALS}"),
    _row("PgCat configuration", "[pools. servers", r"^\[pools\.[\w.\-]{1,100}\]", rf"^{_B}servers{_EQUALS}\["),
    _row(
        "ProxySQL configuration",
        "mysql_servers",
        rf"^{_B}mysql_servers{_EQUALS}",
        rf"^{_B}(?:admin|mysql)_variables{_B}=",
    ),
    _row(
        "ProxySQL configuration",
        "_servers hostgroup",
        rf"^{_B}(?:mysql|pgsql)_servers{_B}=\s{{0,40}}\(",
        r"(?:^|[{,])\s{0,40}hostgroup(?:_id)?[ \t]{0,8}=",
    ),
    _row(
        "ProxySQL administration",
        "_servers",
        rf"(?i)^{_B}(?:INSERT|REPLACE){_S}INTO{_S}(?:mysql|pgsql)_(?:servers|galera_hostgroups|replication_hostgroups)\b",
        rf"(?i)^{_B}(?:LOAD|SAVE){_S}(?:MYSQL|PGSQL){_S}SERVERS\b|^{_B}(?:INSERT|REPLACE)[^\n]{{0,200}}\bhostgroup_id\b",
    ),
    _row("Odyssey configuration", "storage type", rf"^storage{_S}\"", rf"^{_S}type{_S}\"remote\""),
    _row(
        "MaxScale configuration",
        "type",
        rf"^{_B}type{_EQUALS}server{_B}\r?$",
        rf"^{_B}(?:type{_EQUALS}(?:monitor|service|listener)|router{_EQUALS}\w|module{_EQUALS}\w{{1,40}}mon)",
    ),
    _row(
        "Envoy configuration",
        "type.googleapis.com/envoy. socket_address",
        r"^resources:",
        rf"^{_B}(?:-{_S})?\"?@type\"?:",
    ),
    _row("Traefik configuration", "loadBalancer: servers:", r"^(?:tcp|http|udp):", rf"^{_S}loadBalancer:{_B}\r?$"),
    _row(
        "Traefik configuration",
        "loadBalancer.servers",
        rf"^{_B}\[\[(?:tcp|http|udp)\.services\.[^\]\n]{{1,100}}\.loadBalancer\.servers\]\]",
    ),
    _row(
        "ldirectord configuration",
        "virtual",
        rf"^virtual{_EQUALS}\S",
        rf"^{_S}real{_EQUALS}\S{{1,100}}{_S}(?:gate|masq|ipip)",
    ),
    _row("twemproxy configuration", "servers: hash: listen:", rf"^{_S}listen:", rf"^{_S}hash:", rf"^{_S}servers:"),
    _row("keepalived configuration", "{", rf"^{_B}(?:vrrp_instance{_S}\S{{1,100}}|virtual_ipaddress){_B}\{{"),
    _row("keepalived configuration", "real_server", rf"^{_B}virtual_server{_S}\S", rf"^{_B}real_server{_S}\S"),
    _row("vip-manager configuration", "trigger-key:", r"^trigger-key:", r"^(?:ip|interface|dcs-type):"),
    # clusters of database servers
    _row(
        "Patroni configuration",
        "restapi: postgresql: connect_address:",
        r"^restapi:",
        r"^postgresql:",
        r"^(?:scope|name|bootstrap|etcd3?|consul|zookeeper|kubernetes|raft):",
    ),
    _row("SQL exporter configuration", "jobs: connections: queries:", rf"^{_S}connections:", rf"^{_S}queries:"),
    _row("patronictl configuration", "dcs_api:", r"^dcs_api:"),
    _row("Patroni dynamic configuration", "maximum_lag_on_failover", r"^loop_wait:", r"^maximum_lag_on_failover:"),
    _row(
        "PostgreSQL server configuration",
        "=",
        rf"^{_B}(?:primary_conninfo|listen_addresses|synchronous_standby_names){_EQUALS}",
        rf"^{_B}(?:wal_level|max_wal_senders|hot_standby|standby_mode|shared_buffers|primary_slot_name|max_connections"
        rf"|recovery_target_timeline|restore_command|archive_command|archive_mode){_EQUALS}",
    ),
    _row("PostgreSQL server configuration", "primary_conninfo", rf"^{_B}primary_conninfo{_EQUALS}['\"]"),
    _row("repmgr configuration", "conninfo node_id", rf"^{_B}node_id{_EQUALS}", rf"^{_B}conninfo{_EQUALS}"),
    _row(
        "Bareos or Bacula configuration",
        "Client Address",
        rf"^Client{_B}\{{",
        rf"^{_B}(?:Catalog|FD{_B}Port|File{_S}Retention|Job{_S}Retention|Auto{_B}Prune){_EQUALS}",
    ),
    _row("pgBackRest configuration", "pg1-", rf"^{_B}pg\d{{1,3}}-(?:path|host){_EQUALS}", r"^\[[\w.:\-]{1,100}\]"),
    _row(
        "Barman configuration",
        "conninfo",
        rf"^{_B}(?:streaming_)?conninfo{_EQUALS}",
        rf"^{_B}(?:backup_method|barman_home|ssh_command|streaming_archiver){_EQUALS}",
    ),
    _row("Galera configuration", "wsrep_cluster_address", rf"^{_B}wsrep_cluster_address{_EQUALS}"),
    _row(
        "group replication configuration", "group_seeds", rf"^{_B}(?:loose[_-])?group_replication_group_seeds{_EQUALS}"
    ),
    _row("Redis Sentinel configuration", "sentinel", rf"^{_B}sentinel{_S}monitor{_S}\S"),
    _row(
        "Redis server configuration",
        "of",
        rf"^(?:replicaof|slaveof){_S}\S",
        rf"^(?:port|bind|appendonly|dir|save){_S}\S",
    ),
    _row(
        "Redis server configuration",
        "bind",
        rf"^bind{_S}\S",
        rf"^(?:protected-mode|appendonly|appendfsync|rdbcompression|dbfilename|maxmemory|tcp-keepalive|daemonize){_S}\S",
    ),
    _row(
        "Oracle listener configuration",
        "LISTENER DESCRIPTION",
        r"^[A-Z_]{0,40}LISTENER\w{0,40}[ \t]{0,40}=",
        r"\([ \t]{0,40}DESCRIPTION",
    ),
    _row("MongoDB server configuration", "replSetName: bindIp", r"^replication:", r"^net:"),
    _row("Cassandra configuration", "seed_provider: cluster_name:", r"^cluster_name:", r"^seed_provider:"),
    _row(
        "Elasticsearch configuration",
        "cluster.",
        r"^cluster\.name:",
        r"^(?:discovery\.seed_hosts|cluster\.initial_master_nodes):",
    ),
    _row(
        "ClickHouse server configuration", "<remote_servers", rf"^{_B}<(?:clickhouse|yandex)>", rf"^{_B}<remote_servers"
    ),
    _row("Orchestrator configuration", "MySQLTopologyUser", rf"^{_B}\"MySQLTopologyUser\"{_B}:"),
    # consensus
    _row(
        "etcd configuration",
        "://",
        r"^(?:ETCD_INITIAL_CLUSTER=|initial-cluster:)",
        r"^(?:ETCD_(?:LISTEN|INITIAL_ADVERTISE)_PEER_URLS=|(?:listen|initial-advertise)-peer-urls:)",
    ),
    # monitoring
    _row(
        "Prometheus scrape configuration",
        "scrape_configs: job_name",
        r"^scrape_configs:",
        rf"^{_B}-{_B}\"?job_name\"?:",
    ),
    _row(
        "Prometheus scrape configuration",
        "job_name",
        r"^-[ \t]{1,40}\"?job_name\"?:",
        rf"^{_S}\"?(?:static_configs|\w{{2,24}}_sd_configs|metrics_path|relabel_configs|scrape_interval)\"?:",
    ),
    _row("Prometheus targets", "targets", rf"^-{_S}\"?targets\"?:"),
    _row("Prometheus targets", '"targets"', r"\A\s{0,40}\[\s{0,400}\{\s{0,400}\"(?:targets|labels)\"\s{0,40}:"),
    _row(
        "Prometheus rules", "groups: expr:", r"^groups:", rf"^{_B}(?:-{_S})?(?:alert|record):", rf"^{_B}(?:-{_S})?expr:"
    ),
    _row("blackbox configuration", "modules: prober:", r"^modules:", rf"^{_S}prober:"),
    _row(
        "Grafana agent configuration",
        "scrape_configs: configs:",
        r"^(?:metrics|prometheus|integrations):",
        rf"^{_S}scrape_configs:",
    ),
    _row(
        "Grafana Alloy configuration",
        "prometheus.",
        r"^prometheus\.(?:scrape|exporter)[.\w]{0,60}[ \t]{1,8}\"\w{1,100}\"",
    ),
    _row("Elastic Beats module", "module:", rf"^-{_S}module:{_S}\w", rf"^{_S}(?:metricsets|period|var\.paths):"),
    _row("pgwatch sources", "conn_str:", rf"^{_B}conn_str:", rf"^{_B}(?:preset_metrics|custom_metrics|is_enabled):"),
    _row(
        "SQL exporter configuration", "data_source_name: collectors:", rf"^{_B}data_source_name:", rf"^{_B}collectors:"
    ),
    _row("Gatus configuration", "endpoints: conditions:", r"^endpoints:", rf"^{_S}conditions:"),
    _row("Semgrep rules", "rules: languages:", r"^rules:", rf"^{_S}(?:-{_S})?pattern(?:s|-either|-regex)?:"),
    _row("Zabbix agent configuration", "UserParameter=", r"^UserParameter=[\w.\-]{1,100}(?:\[[^\]\n]{0,100}\])?,"),
    _row("NRPE configuration", "command[", r"^command\[check_\w"),
    _row(
        "Monit configuration",
        "check",
        rf"^{_B}check{_S}(?:host|process|program){_S}\S",
        rf"^{_B}if{_S}(?:failed|status|cpu)",
    ),
    _row("Zabbix agent plugin configuration", "Plugins.", r"^Plugins\.\w{1,60}\.\w"),
    _row("Telegraf configuration", "[[inputs.", r"^[ \t]{0,8}\[\[inputs\.\w"),
    _row("Metricbeat configuration", "metricbeat.modules:", r"^metricbeat\.modules:"),
    _row("Datadog check configuration", "init_config: instances:", r"^init_config:", r"^instances:"),
    _row("Nagios configuration", "define", rf"^{_B}define{_S}(?:host|service|hostgroup|servicegroup|command){_B}\{{"),
    _row(
        "Icinga configuration",
        "{",
        rf"^{_B}(?:object|apply){_S}(?:Host|Service|HostGroup|Endpoint|Zone){_S}\"[^\"\n]{{0,200}}\"",
    ),
    _row("Zabbix agent configuration", "Server Hostname", r"^Server(?:Active)?=", r"^Hostname="),
    _row("Zabbix export", "zabbix_export", r"^[ \t{\"<]{0,20}zabbix_export"),
    # inventories, names, networks
    _row(
        "Ansible inventory",
        "ansible_",
        r"^\[[\w.:\-]{1,100}\]",
        rf"^[\w.\-\[\]:]{{1,200}}{_S}(?:\S{{1,200}}{_S}){{0,8}}ansible_\w{{1,40}}=",
    ),
    _row("SSH client configuration", "Host", rf"^Host{_S}\S", rf"^{_S}Host[Nn]ame{_S}\S"),
    _row("SSH known hosts", "AAAA", r"^\S{1,200} (?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\w{1,20}) AAAA"),
    _row("DNS zone", "SOA", rf"^\S{{0,200}}{_S}(?:\d{{1,10}}{_S})?IN{_S}SOA{_S}"),
    _row("dnsmasq configuration", "=", r"^(?:address=/[^\n]{1,200}/|host-record=|dhcp-host=|dhcp-range=)\S"),
    _row("unbound configuration", "local-data", rf"^{_B}local-data:{_S}"),
    _row("iptables rules", "COMMIT", r"^\*(?:filter|nat|mangle|raw)", r"^-A \S"),
    _row(
        "nftables rules", "table", rf"^table{_S}(?:inet|ip|ip6|bridge|arp){_S}\w{{1,60}}{_B}\{{", rf"^{_S}chain{_S}\w"
    ),
)

KUBERNETES = re.compile(r"^(?:- )?apiVersion:[ \t]", re.MULTILINE)
KIND = re.compile(r"^kind:[ \t]{1,8}[\"']?(\w{1,80})", re.MULTILINE)

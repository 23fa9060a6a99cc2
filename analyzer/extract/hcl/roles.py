"""What the blocks of Terraform, Nomad, Packer and Consul files are for: tables of types and keys.

A block's type and labels decide; what stands below it is of the same kind. Nothing here reads a file.
"""

from collections.abc import Iterator

from analyzer.extract.keyed.keys import databaselike, operates, plain
from analyzer.model import Clue, Evidence

_NAMES = "dns rdns record records recordset recordsets route53 zone"
_RULES = """
    firewall security_group security_list security_policy security_rule security_rules network_acl network_security
    network_policy policy_group ip_set ip_sets ip_group ip_list address_group address_object prefix_list waf acl
    access_list authorized_network nsxt panos fortios opnsense pfsense routeros unifi"""
_WAYS = """
    lb elb alb nlb load_balancer loadbalancer target_group backend_address backend_set backend_service forwarding_rule
    network_endpoint route routes route_table subnet vpc_endpoint network_interface private_endpoint floating_ip dhcp
    nat haproxy"""
_SERVERS = "consul_node consul_service consul_catalog_entry netbox ipam"
_MONITORING = """
    datadog newrelic uptimerobot checkly pagerduty opsgenie zabbix icinga icinga2 nagios prometheus signalfx sumologic
    monitor monitoring healthcheck health_check uptime_check exporter statuscake pingdom site24x7"""
_ADMINISTRATION = frozenset({"postgresql", "mysql", "mariadb", "mssql", "sqlserver", "mongodb", "redis", "clickhouse"})
_STORES = """
    ssm_parameter secretsmanager secret secrets key_vault parameter_store app_configuration config_map configmap
    consul_keys consul_key_prefix kv variable variables"""
_TYPED = frozenset({"resource", "data", "ephemeral"})


def _phrases(*texts: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split("_")) for text in texts for phrase in text.split())


_NETWORK_PHRASES = _phrases(_NAMES, _RULES, _WAYS, _SERVERS)
_MONITORING_PHRASES = _phrases(_MONITORING)
_STORE_PHRASES = _phrases(_STORES)
_LONGEST = 3  # words of a phrase

PLACES = frozenset(
    {"environment", "env", "env_vars", "environment_vars", "environment_variables", "variables", "stringData"}
    | {"container_definitions", "app_settings", "connection_string", "config_vars", "secret_string"}
    | {"set", "set_sensitive", "set_string", "set_list"},
)
"""Keys and blocks whose values an application gets."""

SCRIPTS = frozenset({"command", "inline", "script", "cmd", "run", "entrypoint", "execute_command", "remote_command"})
"""Keys whose values are shell text, or a command word by word."""

ARGUMENTS = frozenset({"args", "arguments", "command", "entrypoint", "cmd"})
"""Keys whose lists are the words of one command."""


def role_of(kind: str, labels: tuple[str, ...]) -> Evidence | None:
    """What a block does with the hosts below it where it does not connect to them; None for all others."""
    if kind in _TYPED and labels and (role := _role_of_type(labels[0])) is not None:
        return role
    if kind == "provider" and labels and labels[0] in _ADMINISTRATION:
        return Evidence(Clue.OPERATION, f"provider {labels[0]}, administration")
    exporter = next((label for label in labels if operates(label)), "")
    if exporter:
        return Evidence(Clue.OPERATION, exporter if plain(exporter) else "exporter")
    if kind == "connection":
        return Evidence(Clue.OPERATION, "connection of a provisioner")
    if kind in ("ingress", "egress", "security_rule", "firewall_rule"):
        return Evidence(Clue.INFRASTRUCTURE, f"network rule {kind}")
    return None


def _role_of_type(name: str) -> Evidence | None:
    shown = f" {name}" if plain(name) else ""
    if _has(name, _NETWORK_PHRASES):
        return Evidence(Clue.INFRASTRUCTURE, f"network resource{shown}")
    if _has(name, _MONITORING_PHRASES):
        return Evidence(Clue.OPERATION, f"monitoring resource{shown}")
    return None


def stores(kind: str, labels: tuple[str, ...]) -> str:
    """The type of a resource that hands parameters or secrets to applications, or nothing."""
    return labels[0] if kind in _TYPED and labels and plain(labels[0]) and _has(labels[0], _STORE_PHRASES) else ""


def writes(labels: tuple[str, ...], path: str) -> bool:
    """Whether a resource, or what stands at its path, is Vault's database engine, which makes roles: it writes."""
    engine = any(label.startswith("vault_database") for label in labels)
    return engine or any("database/config/" in place for place in (*labels, path))


def speaking(kind: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels that tell about the keys below; the name of a provider's API (`kubernetes_secret`) does not."""
    typed = kind in _TYPED and labels and not databaselike(labels[0])
    return labels[1:] if typed else labels


def place_of(parents: tuple[str, ...]) -> Evidence | None:
    """The place that feeds applications among the nearest two parents."""
    name = next((name for name in parents[-2:] if name in PLACES), "")
    return Evidence(Clue.PLACE, f"Terraform {name}") if name else None


def _has(name: str, phrases: frozenset[tuple[str, ...]]) -> bool:
    return any(words in phrases for words in _runs(name.split("_")))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words)):
        for size in range(1, _LONGEST + 1):
            yield tuple(words[at : at + size])

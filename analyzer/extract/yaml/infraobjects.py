"""Kubernetes objects that describe database clusters, scraping or the network: no application reads hosts from them."""

from analyzer.extract.yaml.places import child_text
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Node

_NETWORK = frozenset(
    {
        "NetworkPolicy",
        "GlobalNetworkPolicy",
        "NetworkSet",
        "GlobalNetworkSet",
        "HostEndpoint",
        "CiliumNetworkPolicy",
        "CiliumClusterwideNetworkPolicy",
        "CiliumCIDRGroup",
        "AdminNetworkPolicy",
        "BaselineAdminNetworkPolicy",
        "AuthorizationPolicy",
        "EgressFirewall",
        "IPAddressPool",
        "IngressRouteTCP",
    }
)
_SCRAPING = frozenset(
    {
        "ServiceMonitor",
        "PodMonitor",
        "Probe",
        "ScrapeConfig",
        "PrometheusRule",
        "Prometheus",
        "PrometheusAgent",
        "Alertmanager",
        "VMServiceScrape",
        "VMPodScrape",
        "VMNodeScrape",
        "VMStaticScrape",
        "VMScrapeConfig",
        "VMProbe",
        "VMRule",
        "VMAgent",
    }
)
# API groups of operators whose objects are the database clusters themselves.
_OPERATORS = frozenset(
    {
        "acid.zalan.do",
        "cpo.opensource.cybertec.at",
        "postgresql.cnpg.io",
        "postgres-operator.crunchydata.com",
        "pgv2.percona.com",
        "pxc.percona.com",
        "psmdb.percona.com",
        "ps.percona.com",
        "k8s.mariadb.com",
        "mysql.oracle.com",
        "mysql.presslabs.org",
        "stackgres.io",
        "kubedb.com",
        "mongodbcommunity.mongodb.com",
        "mongodb.com",
        "k8ssandra.io",
        "cassandra.datastax.com",
        "redis.redis.opstreelabs.in",
        "databases.spotahome.com",
        "elasticsearch.k8s.elastic.co",
        "clickhouse.altinity.com",
    }
)


def infrastructure_of(root: Node) -> Evidence | None:
    """Why an object is infrastructure, or None."""
    kind, group = child_text(root, "kind"), child_text(root, "apiVersion").rpartition("/")[0]
    if kind in _NETWORK:
        return Evidence(Clue.INFRASTRUCTURE, f"network rules ({kind})")
    if kind in _SCRAPING:
        return Evidence(Clue.INFRASTRUCTURE, f"monitoring ({kind})")
    if group in _OPERATORS:
        return Evidence(Clue.INFRASTRUCTURE, f"database cluster of {group}")
    return None

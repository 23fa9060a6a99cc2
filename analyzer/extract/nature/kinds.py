"""Kinds of Kubernetes objects and groups of APIs that describe infrastructure: no application reads hosts from them.

Tables only.
"""

NETWORK = "network policy"
SCRAPING = "monitoring"
ROUTES = "gateway"
NAMES = "names and certificates"
SERVERS = "servers"

KINDS: dict[str, str] = {
    **dict.fromkeys(
        (
            "NetworkPolicy",
            "GlobalNetworkPolicy",
            "StagedNetworkPolicy",
            "StagedGlobalNetworkPolicy",
            "NetworkSet",
            "GlobalNetworkSet",
            "HostEndpoint",
            "IPPool",
            "BGPPeer",
            "BGPConfiguration",
            "CiliumNetworkPolicy",
            "CiliumClusterwideNetworkPolicy",
            "CiliumCIDRGroup",
            "CiliumEgressGatewayPolicy",
            "CiliumLoadBalancerIPPool",
            "AdminNetworkPolicy",
            "BaselineAdminNetworkPolicy",
            "ClusterNetworkPolicy",
            "AuthorizationPolicy",
            "EgressFirewall",
            "EgressNetworkPolicy",
            "EgressIP",
            "EgressNetwork",
            "EgressGateway",
            "IPAddressPool",
            "NetworkAttachmentDefinition",
            "Sidecar",
        ),
        NETWORK,
    ),
    **dict.fromkeys(
        (
            "ServiceMonitor",
            "PodMonitor",
            "Probe",
            "ScrapeConfig",
            "PrometheusRule",
            "Prometheus",
            "PrometheusAgent",
            "ThanosRuler",
            "Alertmanager",
            "AlertmanagerConfig",
            "VMServiceScrape",
            "VMPodScrape",
            "VMNodeScrape",
            "VMStaticScrape",
            "VMScrapeConfig",
            "VMProbe",
            "VMRule",
            "VMAgent",
            "OpenTelemetryCollector",
            "DatadogAgent",
        ),
        SCRAPING,
    ),
    **dict.fromkeys(
        (
            "TCPRoute",
            "TLSRoute",
            "UDPRoute",
            "IngressRouteTCP",
            "IngressRouteUDP",
            "TCPIngress",
            "TransportServer",
            "BackendTLSPolicy",
            "EnvoyFilter",
            "EnvoyProxy",
        ),
        ROUTES,
    ),
    **dict.fromkeys(("Certificate", "CertificateRequest", "DNSEndpoint"), NAMES),
    **dict.fromkeys(("Node", "BareMetalHost", "NodeNetworkConfigurationPolicy"), SERVERS),
}
"""Kinds by what they describe."""

GROUPED: dict[tuple[str, str], str] = {
    ("gateway.envoyproxy.io", "Backend"): ROUTES,
    ("networking.istio.io", "Gateway"): ROUTES,
    ("gateway.networking.k8s.io", "Gateway"): ROUTES,
}
"""Kinds whose names say too little without the group of their API."""

OPERATORS = frozenset(
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
        "mariadb.mmontes.io",
        "mysql.oracle.com",
        "mysql.presslabs.org",
        "moco.cybozu.com",
        "stackgres.io",
        "kubedb.com",
        "kubegres.reactive-tech.io",
        "mongodbcommunity.mongodb.com",
        "mongodb.com",
        "k8ssandra.io",
        "cassandra.datastax.com",
        "scylla.scylladb.com",
        "redis.redis.opstreelabs.in",
        "databases.spotahome.com",
        "elasticsearch.k8s.elastic.co",
        "opensearch.opster.io",
        "clickhouse.altinity.com",
    }
)
"""Groups of operators whose objects are the database clusters themselves."""

"""What should stand before a database that has one address only, by engine."""

from analyzer.model import Cluster, Engine

_REMEDIES = {
    Engine.POSTGRESQL: "HAProxy over Patroni's role checks (`option httpchk GET /primary`)",
    Engine.MYSQL: "ProxySQL, or MySQL Router over a group",
    Engine.MARIADB: "ProxySQL or MaxScale",
    Engine.MONGODB: "a replica set named by a DNS seed list (mongodb+srv), or mongos",
    Engine.REDIS: "Sentinel with HAProxy, or a client that asks Sentinel",
    Engine.SQLSERVER: "an availability group with its listener",
    Engine.ORACLE: "a SCAN listener, or a service that follows Data Guard's roles",
    Engine.CASSANDRA: "several contact points behind one name",
    Engine.ELASTICSEARCH: "a load balancer over the coordinating nodes",
    Engine.CLICKHOUSE: "chproxy or HAProxy over the replicas",
}


def alone(cluster: Cluster, nodes: int) -> str:
    """What a cluster of so many nodes without an endpoint needs; empty for one that has an endpoint."""
    if cluster.endpoints:
        return ""
    what = "one address and no load balancer" if nodes == 1 else "no load balancer before its nodes"
    return f"single point of failure: {what}; consider {_REMEDIES[cluster.engine]}"

"""The inventory as the program's own JSON, version 1. Field names and types do not change within a version."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from analyzer.inventory import ClusterEntry, EndpointEntry, Hidden, Inventory, NodeEntry, Place, Strangers, WrongPort
from analyzer.model import Problem
from analyzer.report.json import exact_path
from analyzer.visible import inert, visible

Json = dict[str, object]


def render(inventory: Inventory, *, verbose: bool) -> str:  # noqa: ARG001  nothing is left out anyway
    """The whole inventory as one document with a final newline."""
    document = {
        "version": 1,
        "tool": {"name": "analyzer", "version": inventory.version, "policy": inventory.policy},
        "summary": _summary(inventory),
        "clusters": [_cluster(cluster) for cluster in inventory.clusters],
        "unmanaged": [_strangers(group) for group in inventory.strangers],
        "hidden": [_told(each) for each in inventory.hidden],
        "problems": [_problem(each) for each in inventory.problems],
    }
    return inert(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _summary(inventory: Inventory) -> Json:
    clusters, coverage = inventory.clusters, inventory.coverage
    return {
        "files": coverage.files,
        "scanned": coverage.examined + coverage.nothing,
        "skipped": dict(coverage.skipped),
        "clusters": len(clusters),
        "connections": sum(c.tally.connects for c in clusters),
        "connections_to_nodes": sum(c.straight for c in clusters),
        "single_points_of_failure": sum(bool(c.alone) for c in clusters),
        "wrong_ports": sum(len(c.wrong_ports) for c in clusters),
        "unmanaged_hosts": sum(len(group.hosts) for group in inventory.strangers),
        "hidden_values": len(inventory.hidden),
    }


def _cluster(cluster: ClusterEntry) -> Json:
    return {
        "name": cluster.name,
        "engine": cluster.engine,
        "single_point_of_failure": cluster.alone or None,
        "endpoints": [_endpoint(each) for each in cluster.endpoints],
        "nodes": [_node(each) for each in cluster.nodes],
        "declared_by_pattern": list(cluster.declared),
        "uses": asdict(cluster.tally),
        "files": [{"path": exact_path(each.path), **asdict(each.tally)} for each in cluster.files],
        "wrong_ports": [_told(each) for each in cluster.wrong_ports],
        "places": _places(cluster.places),
    }


def _endpoint(entry: EndpointEntry) -> Json:
    users = [asdict(user) for user in entry.users]
    where = {"intent": entry.intent, "host": entry.host, "port": entry.port, "names": list(entry.names)}
    return {**where, "uses": asdict(entry.tally), "applications": users}


def _node(entry: NodeEntry) -> Json:
    users = [asdict(user) for user in entry.users]
    return {"node": entry.name, "names": list(entry.names), "uses": asdict(entry.tally), "breaks": users}


def _places(places: Iterable[Place]) -> list[Json]:
    return [
        {
            "path": exact_path(place.path),
            "line": place.line,
            "column": place.column,
            "application": place.application,
            "use": place.use,
            "intent": place.intent,
            "host": place.host,
            "port": place.port,
            "node": place.node or None,
            "endpoint": place.door,
            "evidence": list(place.evidence),
            "excused": visible(place.excused) or None,
        }
        for place in places
    ]


def _strangers(group: Strangers) -> Json:
    hosts = [
        {
            "host": each.host,
            "ports": list(each.ports),
            "applications": [asdict(user) for user in each.users],
            "places": _places(each.places),
        }
        for each in group.hosts
    ]
    return {"engine": group.engine, "hosts": hosts, "suggestion": group.suggestion}


def _told(each: WrongPort | Hidden) -> Json:
    return {"path": exact_path(each.path), "line": each.line, "column": each.column, "message": each.message}


def _problem(problem: Problem) -> Json:
    told = {"path": exact_path(problem.path), "stage": problem.stage, "message": problem.message, "line": problem.line}
    return {**told, "incomplete": problem.incomplete}

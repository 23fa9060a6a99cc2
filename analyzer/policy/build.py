"""The checked values of a policy as the model's nouns, with the defaults of each engine."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from analyzer.hosts import DEFAULT_PORTS, OPERATION_PORTS
from analyzer.model import Allow, Cluster, Endpoint, Engine, Intent, Node, Policy, Severity, Span
from analyzer.policy.document import Document


def policy_of(document: Document, path: str) -> Policy:
    """The policy of a document in which nothing is wrong."""
    value = cast("dict[str, Any]", document.value)
    severities = value.get("severity", {}).items()
    return Policy(
        clusters=tuple(_clusters(value, document)),
        allow=tuple(_allow(entry, document.line(("allow", at))) for at, entry in enumerate(value.get("allow", ()))),
        exclude=tuple(value.get("exclude", ())),
        severity=tuple((rule, Severity(word or "off")) for rule, word in severities),
        path=path,
        data=document.data,
    )


def _clusters(value: dict[str, Any], document: Document) -> Iterator[Cluster]:
    """The clusters with the lines on which their nodes and endpoints stand."""
    ends = [found.start() for found in re.finditer(rb"\n|\r(?!\n)", document.data)]
    for at, entry in enumerate(value.get("clusters", ())):
        keys = [document.keys.get(("clusters", at, key)) for key in ("nodes", "endpoints")]
        lines = [bisect_left(ends, key) + 1 if key is not None else 0 for key in keys]
        yield replace(_cluster(entry), nodes_line=lines[0], endpoints_line=lines[1] or lines[0])


def _cluster(entry: dict[str, Any]) -> Cluster:
    engine = Engine(entry["engine"])
    database, operation = _ports(entry.get("ports", {}), engine)
    doors = entry.get("endpoints", {})
    return Cluster(
        name=entry["name"],
        engine=engine,
        nodes=tuple(_node(node) for node in entry["nodes"]),
        endpoints=tuple(
            Endpoint(intent, doors[intent]["host"], doors[intent]["port"], tuple(doors[intent].get("names", ())))
            for intent in (Intent.WRITE, Intent.READ)
            if intent in doors
        ),
        database_ports=database,
        operation_ports=operation,
        multi_host_dsn=entry.get("multi_host_dsn", "collapse"),
    )


def _ports(entry: dict[str, Any], engine: Engine) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A port that one list declares leaves the other list's default."""
    database = tuple(entry.get("database", DEFAULT_PORTS[engine]))
    operation = tuple(entry.get("operation", OPERATION_PORTS[engine]))
    if "database" not in entry:
        return tuple(port for port in database if port not in operation), operation
    return database, tuple(port for port in operation if port not in database)


def _node(entry: str | dict[str, Any]) -> Node:
    return Node(entry) if isinstance(entry, str) else Node(entry["host"], tuple(entry.get("names", ())))


def _allow(entry: dict[str, Any], span: Span) -> Allow:
    return Allow(
        paths=tuple(entry["paths"]),
        hosts=tuple(entry["hosts"]),
        reason=entry["reason"].strip(),
        owner=entry.get("owner", ""),
        expires=entry.get("expires", ""),
        span=span,
    )

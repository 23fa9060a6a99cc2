"""A draft as the text of a policy file, with a comment on where each fact comes from."""

import json
import re
from collections.abc import Iterator

from analyzer.draft.nouns import Draft, Drafted, DraftEndpoint, DraftNode
from analyzer.visible import visible

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*|\d{1,3}(?:\.\d{1,3}){3}")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
_PLACEHOLDER = "<address of the load balancer>"
_BRACES = "  # take the braces away when you write what stands below"
_LONG = 500


def policy_text(draft: Draft) -> str:
    """The whole file, line ends included."""
    lines = [
        "# Drafted by `analyzer init`: each fact says where it comes from. Read it, correct it, keep it under review.",
        "# `analyzer policy check` validates it, `analyzer policy schema` explains every key.",
        "version: 1",
        "clusters:" if draft.clusters else "clusters: []",
        *(line for cluster in draft.clusters for line in _cluster(cluster)),
    ]
    if draft.notes:
        lines += ["# Not decided:", *(f"# {visible(note, _LONG)}" for note in draft.notes)]
    return "".join(f"{line}\n" for line in lines)


def _cluster(cluster: Drafted) -> Iterator[str]:
    yield f"  - name: {_scalar(cluster.name)}  # {visible(cluster.why, _LONG)}"
    yield f"    engine: {cluster.engine}"
    yield "    nodes:"
    yield from (line for node in cluster.nodes for line in _node(node))
    ports = [f"{kind}: [{_listed(given)}]" for kind, given in _ports(cluster) if given]
    if ports:
        yield f"    ports: {{{', '.join(ports)}}}"
    told = [endpoint for endpoint in cluster.endpoints if endpoint.host]
    yield "    endpoints:" if told else f"    endpoints: {{}}{_BRACES if cluster.endpoints else ''}"
    yield from (f"      {_door(endpoint)}  # {visible(endpoint.why, _LONG)}" for endpoint in told)
    for endpoint in cluster.endpoints:
        if not endpoint.host:
            yield f"      # {visible(endpoint.why, _LONG)}"
            yield f"      # {_door(endpoint)}"


def _ports(cluster: Drafted) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return (("database", cluster.database), ("operation", cluster.operation))


def _listed(ports: tuple[int, ...]) -> str:
    return ", ".join(map(str, ports))


def _node(node: DraftNode) -> Iterator[str]:
    yield f"      # {visible('; '.join(node.why), _LONG)}"
    host = _scalar(node.host)
    if node.names:
        yield f"      - {{host: {host}, names: [{', '.join(map(_scalar, node.names))}]}}"
    else:
        yield f"      - {host}"


def _door(endpoint: DraftEndpoint) -> str:
    host = _scalar(endpoint.host) if endpoint.host else _PLACEHOLDER
    return f"{endpoint.intent}: {{host: {host}, port: {endpoint.port}}}"


def _scalar(text: str) -> str:
    """Plain where no reader can take it for anything else."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text)

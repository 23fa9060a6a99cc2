"""`analyzer policy check|schema`: validate a policy file, or print the JSON Schema that editors can use for it."""

import argparse
import json
from pathlib import Path

from analyzer import policy as policies
from analyzer.errors import UsageError
from analyzer.model import Policy


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `policy`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="say what is wrong with a policy file, or that nothing is")
    check.add_argument("file", nargs="?", metavar="FILE", help="the same as --policy FILE")
    check.add_argument("--policy", metavar="FILE", help="policy file (default: db-endpoints.yaml in this folder)")
    actions.add_parser("schema", help="print the JSON Schema of the policy file")


def run(options: argparse.Namespace) -> int:
    """Check or print; raises PolicyError for a wrong policy and UsageError where there is none."""
    if options.action == "schema":
        print(json.dumps(policies.schema(), indent=2))
        return 0
    named = options.file or options.policy
    path = Path(named) if named else policies.find(Path())
    if path is None:
        raise UsageError(
            "there is no db-endpoints.yaml, .db-endpoints.yaml or .github/db-endpoints.yaml in this folder",
            "`analyzer init` drafts one, `analyzer policy schema` shows what it holds, --policy FILE names another",
        )
    print(f"{path}: valid: {_counts(policies.load(path))}")
    return 0


def _counts(policy: Policy) -> str:
    nodes = sum(len(cluster.nodes) for cluster in policy.clusters)
    endpoints = sum(len(cluster.endpoints) for cluster in policy.clusters)
    return ", ".join((_many(len(policy.clusters), "cluster"), _many(nodes, "node"), _many(endpoints, "endpoint")))


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

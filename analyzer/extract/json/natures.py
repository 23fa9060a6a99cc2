"""What a whole JSON file is: infrastructure, a lock file, a copy that a program wrote.

By its keys, which stand in any order; what a text shows at its head is told by `infrastructure`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from analyzer.extract.yaml.infraobjects import infrastructure_of
from analyzer.extract.yaml.places import child, key_text
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Mapping, Node, Sequence

Test: TypeAlias = Callable[[Node | None], bool]

_LOCKS = frozenset(
    {
        "package-lock.json",
        "npm-shrinkwrap.json",
        "packages.lock.json",
        "project.assets.json",
        "composer.lock",
        "Pipfile.lock",
        "deno.lock",
        "flake.lock",
    }
)
_ENOUGH = 50  # entries that are looked at


@dataclass(frozen=True, slots=True)
class _Shape:
    """A kind of file by the keys of its root."""

    name: str
    test: Test


def _has(*keys: str, only: bool = False) -> Test:
    """Whether a node is a mapping with these keys, and where `only` is set with no others."""

    def test(node: Node | None) -> bool:
        names = {key_text(key) for key, _ in node.pairs} if isinstance(node, Mapping) else set()
        return names == set(keys) if only else bool(names) and names.issuperset(keys)

    return test


def _each(test: Test) -> Test:
    """Whether a node is a list or a mapping whose items or values all pass a test, and has one."""

    def tested(node: Node | None) -> bool:
        items = node.items if isinstance(node, Sequence) else ()
        values = tuple(value for _, value in node.pairs) if isinstance(node, Mapping) else items
        return bool(values) and all(map(test, values[:_ENOUGH]))

    return tested


def _under(key: str, test: Test) -> Test:
    """Whether a node is a mapping and what stands under a key passes a test."""
    return lambda node: node is not None and test(child(node, key))


def _both(one: Test, other: Test) -> Test:
    return lambda node: one(node) and other(node)


_INFRASTRUCTURE = (
    _Shape("Grafana dashboard", _has("panels", "schemaVersion")),
    _Shape("Grafana dashboard", _has("rows", "templating", "schemaVersion")),
    _Shape("Grafana dashboard", _has("panels", "templating")),
    _Shape("Grafana dashboard", _under("dashboard", _has("panels"))),
    _Shape("Patroni dynamic configuration", _has("loop_wait", "maximum_lag_on_failover")),
    _Shape("Patroni cluster status", _under("members", _each(_has("role", "api_url")))),
    _Shape("patronictl list", _each(_has("Member", "Host", "Role"))),
    _Shape("replica set configuration", _both(_has("_id", "members"), _under("members", _each(_has("_id", "host"))))),
    _Shape("Prometheus targets", _each(_has("targets"))),
    _Shape("Envoy configuration", _under("static_resources", _has("clusters"))),
    _Shape("Consul service", _both(_has("service", only=True), _under("service", _has("name", "checks")))),
    _Shape("Consul service", _both(_has("service", only=True), _under("service", _has("name", "check")))),
    _Shape("Consul services", _both(_has("services", only=True), _under("services", _each(_has("name", "checks"))))),
    _Shape("Consul services", _both(_has("services", only=True), _under("services", _each(_has("name", "check"))))),
    _Shape("Uptime Kuma monitors", _under("monitorList", _each(_has("type", "name")))),
    _Shape("Ansible inventory", _under("_meta", _has("hostvars"))),
    _Shape("DBeaver connections", _under("connections", _each(_has("provider", "configuration")))),
    _Shape("pgAdmin server list", _under("Servers", _each(_has("Host", "MaintenanceDB")))),
)
_COPIES = (
    _Shape("the state of Terraform", _has("terraform_version", "serial", "lineage")),
    _Shape("a plan of Terraform", _has("terraform_version", "format_version")),
    _Shape("a SARIF report", _both(_has("version"), _under("runs", _each(_has("tool", "results"))))),
    _Shape("a SAST report", _both(_has("scan"), _under("vulnerabilities", _each(_has("identifiers", "location"))))),
    _Shape("a Code Quality report", _each(_has("check_name", "fingerprint", "location"))),
    _Shape("a report of reviewdog's diagnostics", _under("diagnostics", _each(_has("message", "location")))),
    _Shape("a report of this tool", _has("tool", "summary", "findings")),
    _Shape("an inventory of this tool", _has("tool", "summary", "clusters", "unmanaged")),
    *(
        _Shape("a report of findings", test)
        for each in (_each(_has("file", "line")), _each(_has("path", "line")), _each(_has("File", "StartLine")))
        for test in (each, *(_under(key, each) for key in ("findings", "results", "violations", "matches", "issues")))
    ),
)


def is_lock(path: str) -> bool:
    """Whether a path is that of a lock file, which names packages only."""
    return path.rsplit("/", 1)[-1] in _LOCKS


def nature_of(root: Node) -> Evidence | None:
    """Why a value is infrastructure, or None."""
    name = _name(root, _INFRASTRUCTURE)
    return Evidence(Clue.INFRASTRUCTURE, name) if name else infrastructure_of(root)


def derived(root: Node) -> str:
    """What kind of copy a program wrote here, in words; empty where it is none."""
    return _name(root, _COPIES)


def _name(root: Node, shapes: tuple[_Shape, ...]) -> str:
    return next((shape.name for shape in shapes if shape.test(root)), "")

"""A scan's report and sightings -> an inventory. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from analyzer.inventory.advice import alone
from analyzer.inventory.applications import application_of
from analyzer.inventory.members import cluster_of, door_of, endpoints_of, nodes_of
from analyzer.inventory.nouns import ClusterEntry, Hidden, Inventory, Place, WrongPort
from analyzer.inventory.strangers import strange, strangers_of
from analyzer.inventory.tallies import files_of, tally_of
from analyzer.model import Cluster, Finding, Policy, Report, Sighting, Use

_Spot = tuple[str, int, int]


def inventory_of(report: Report, sightings: Sequence[Sighting], policy: Policy, roots: Sequence[str] = ()) -> Inventory:
    """What stands where, by cluster, in the order of the policy. `roots` are the paths that were scanned."""
    excused = {_spot(f): f.suppressed.reason for f in report.findings if f.suppressed is not None}
    clusters = {cluster.name: cluster for cluster in policy.clusters}
    places: dict[str, list[Place]] = defaultdict(list)
    for sighting in sightings:
        name = cluster_of(sighting, policy)
        places[name].append(_place(sighting, clusters[name], excused, roots))
    unknown = [finding for finding in report.findings if strange(finding)]
    return Inventory(
        version=report.version,
        policy=report.policy,
        coverage=report.coverage,
        clusters=tuple(_cluster(cluster, places[cluster.name], report.findings) for cluster in policy.clusters),
        strangers=strangers_of(unknown, [_strange_place(f, roots) for f in unknown], whole=report.policy is None),
        hidden=tuple(
            Hidden(f.path, f.start.line, f.start.column, f.message) for f in report.findings if f.rule == "opaque-value"
        ),
        problems=report.problems,
    )


def _cluster(cluster: Cluster, places: Sequence[Place], findings: Sequence[Finding]) -> ClusterEntry:
    nodes, declared = nodes_of(cluster, places)
    wrong = (f for f in findings if f.rule == "endpoint-port" and f.cluster == cluster.name)
    return ClusterEntry(
        name=cluster.name,
        engine=cluster.engine,
        endpoints=endpoints_of(cluster, places),
        nodes=nodes,
        declared=declared,
        tally=tally_of(places),
        files=files_of(places),
        places=tuple(places),
        wrong_ports=tuple(WrongPort(f.path, f.start.line, f.start.column, f.message) for f in wrong),
        alone=alone(cluster, len(nodes) + len(declared)),
    )


def _place(sighting: Sighting, cluster: Cluster, excused: Mapping[_Spot, str], roots: Sequence[str]) -> Place:
    return Place(
        path=sighting.path,
        line=sighting.start.line,
        column=sighting.start.column,
        host=sighting.host,
        port=sighting.port,
        use=sighting.use,
        intent=sighting.intent,
        application=application_of(sighting.path, sighting.evidence, roots),
        evidence=sighting.evidence,
        node=sighting.node or "",
        door=door_of(sighting, cluster),
        excused=excused.get((sighting.path, sighting.start.line, sighting.start.column), ""),
    )


def _strange_place(finding: Finding, roots: Sequence[str]) -> Place:
    return Place(
        path=finding.path,
        line=finding.start.line,
        column=finding.start.column,
        host=finding.host,
        port=finding.port,
        use=Use.CONNECTS,
        intent=finding.intent,
        application=application_of(finding.path, finding.evidence, roots),
        evidence=finding.evidence,
        excused=finding.suppressed.reason if finding.suppressed is not None else "",
    )


def _spot(finding: Finding) -> _Spot:
    return (finding.path, finding.start.line, finding.start.column)

"""What an inventory counts, and to whom."""

from datetime import date

import pytest

from analyzer import policy as policies
from analyzer.engine import Request, scan
from analyzer.inventory import Tally, User, inventory_of
from analyzer.inventory.applications import application_of
from analyzer.model import Cluster, Coverage, Endpoint, Engine, Intent, Policy, Report, Severity, Use
from tests.inventories import hard, policy, sighting, through
from tests.reports import finding
from tests.trees import ROOT

EMPTY = Report("0.0.0", None, Coverage(0, 0, 0, ()), (), ())
APPLICATIONS = {
    ("services/api/db.py", ()): "api",
    ("api/src/db.py", ()): "api",
    ("apps/web/config/database.yml", ()): "web",
    ("deploy/helm/orders/templates/secret.yaml", ()): "orders",
    ("charts/orders/values-prod.yaml", ()): "orders",
    ("k8s/overlays/prod/orders/patch.yaml", ()): "orders",
    ("k8s/migrate-job.yaml", ()): "migrate-job.yaml",
    (".env.production", ()): ".env.production",
    ("k8s/x.yaml", ("key: PGHOST", "place: container env of Deployment orders-api")): "orders-api",
    ("k8s/x.yaml", ("command: psql -h", "place: container command of CronJob nightly")): "nightly",
    ("k8s/x.yaml", ("place: agent template of StatefulSet orders",)): "orders",
    ("k8s/x.yaml", ("place: Deployment orders-api",)): "orders-api",
    ("k8s/x.yaml", ("place: Secret stringData of orders-db",)): "Secret orders-db",
    ("k8s/x.yaml", ("place: dotenv file", "place: ConfigMap data of orders")): "ConfigMap orders",
    ("vault/x.tf", ("place: Terraform vault_database_secret_backend_connection",)): "vault",
}


@pytest.mark.parametrize(("path", "evidence"), APPLICATIONS)
def test_the_application_of_a_place(path, evidence):
    assert application_of(path, evidence) == APPLICATIONS[path, evidence]


def test_one_root_is_not_looked_at_several_are_repositories():
    assert application_of("fixtures/shop/services/api/x.env", (), ("fixtures/shop",)) == "api"
    assert application_of("srv/orders/services/api/x.env", (), ("srv/orders", "srv/billing")) == "orders"


def test_what_breaks_when_a_node_fails_over():
    places = [sighting("services/a/x.env", line=1), sighting("services/a/x.env", line=2), sighting("services/b/x.env")]
    places += [sighting("ops/x.sh", use=Use.OPERATES), through("services/c/x.env")]
    cluster = inventory_of(EMPTY, places, policy()).clusters[0]
    nodes = {node.name: node for node in cluster.nodes}
    assert nodes["10.0.0.121"].users == (User("a", 2), User("b", 1))
    assert nodes["10.0.0.121"].tally == Tally(3, 1, 0)
    assert nodes["10.0.0.120"].users == ()
    assert cluster.endpoints[0].users == (User("c", 1),)
    assert cluster.straight == 3


def test_nodes_of_a_range_stand_one_by_one_and_patterns_are_named():
    cluster = inventory_of(EMPTY, [sighting("x.env", "db-0-02")], policy()).clusters[0]
    assert [node.name for node in cluster.nodes] == ["10.0.0.120", "10.0.0.121", "10.0.0.122", "db-0-02"]
    assert cluster.nodes[0].names == ("db-postgres-01",)
    assert cluster.declared == ("db-0-0[1-3]",)


@pytest.mark.parametrize(
    ("port", "intent", "door"),
    [
        (5433, Intent.UNKNOWN, Intent.READ),
        (5432, Intent.READ, Intent.WRITE),
        (None, Intent.READ, Intent.READ),
        (None, Intent.UNKNOWN, Intent.WRITE),
        (9999, Intent.UNKNOWN, Intent.WRITE),
    ],
)
def test_the_port_decides_which_endpoint_is_used(port, intent, door):
    place = through("x.env", port=port, intent=intent, endpoints=(Intent.WRITE, Intent.READ))
    assert inventory_of(EMPTY, [place], policy()).clusters[0].places[0].door is door


def test_a_load_balancer_of_several_clusters_is_told_by_the_port():
    other = Cluster("shop", Engine.MYSQL, (), (Endpoint(Intent.WRITE, "10.0.0.10", 3306),), (3306,), ())
    both = Policy((*policy().clusters, other))
    first, _erp, shop = inventory_of(EMPTY, [through("x.env", port=3306)], both).clusters
    assert (len(first.places), len(shop.places)) == (0, 1)


def test_places_that_name_an_endpoint_otherwise_are_its_own():
    doors = (Endpoint(Intent.WRITE, "10.0.0.10", 5432, ("lb.corp",)), Endpoint(Intent.READ, "10.0.0.10", 5433))
    orders = Cluster("orders-pg17", Engine.POSTGRESQL, (), doors, (5432,), ())
    shop = Cluster("shop", Engine.MYSQL, (), (Endpoint(Intent.WRITE, "10.0.0.12", 3306, ("lb.corp",)),), (3306,), ())
    places = [through("services/api/x.env", host="LB.corp", port=port) for port in (5432, 3306)]
    first, second = inventory_of(EMPTY, places, Policy((orders, shop))).clusters
    assert [(e.users, e.names) for e in first.endpoints] == [((User("api", 1),), ("lb.corp",)), ((), ())]
    assert second.endpoints[0].users == (User("api", 1),)


def test_a_cluster_without_a_load_balancer_says_what_to_consider():
    clusters = hard().clusters
    assert clusters[0].alone == ""
    assert clusters[1].alone == (
        "single point of failure: one address and no load balancer; consider ProxySQL or MaxScale"
    )


@pytest.mark.parametrize("engine", Engine)
def test_every_engine_has_advice(engine):
    (cluster,) = inventory_of(EMPTY, (), Policy((Cluster("c", engine, (), (), (), ()),))).clusters
    assert "; consider " in cluster.alone


def test_excused_places_say_why():
    excused = [place for place in hard().clusters[0].places if place.excused]
    assert [(place.path, place.excused) for place in excused] == [("pipeline/x.env", "moved on <b>Monday</b>")]


@pytest.mark.parametrize("path", [None, "db-endpoints.yaml"])
def test_a_suggestion_is_a_policy_when_pasted(tmp_path, path):
    strange = {"rule": "unmanaged-host", "severity": Severity.WARNING, "cluster": None, "node": None, "fix": None}
    hosts = ["10.7.0.4", "2001:470::4", "legacy_db.corp.internal", "UPPER.corp", "a'b", "half-…"]
    findings = tuple(finding("x.env", host=h, engine=e, **strange) for e in (Engine.MYSQL, None) for h in hosts)
    report = Report("0.0.0", path, Coverage(1, 1, 0, ()), findings, ())
    groups = inventory_of(report, (), Policy(path=path)).strangers
    assert [group.engine for group in groups] == [Engine.MYSQL, None]
    assert [group.suggestion.startswith("version: 1\nclusters:\n") for group in groups] == [path is None, False]
    for group in groups:
        assert len(group.hosts) == len(hosts)
        head = "" if group.suggestion.startswith("version") else "version: 1\nclusters:\n"
        (tmp_path / "p.yaml").write_text(f"{head}{group.suggestion}\n")
        declared = policies.load(tmp_path / "p.yaml").clusters
        assert [cluster.nodes[0].host.lower() for cluster in declared] == [
            h.lower() for h in sorted(hosts) if "'" not in h and "…" not in h
        ]


def test_the_story_of_the_fixture():
    root = ROOT / "fixtures" / "failover"
    rules = policies.load(root / "db-endpoints.yaml")
    for tree, straight in (("before", 22), ("after", 0)):
        done = scan(Request(root / tree, (".",), rules, date(2026, 1, 1)))
        (cluster,) = inventory_of(done.report, done.sightings, rules, (".",)).clusters
        assert (cluster.tally.connects, cluster.straight) == (22, straight)
        assert cluster.tally.operates > 30
        users = {user.application for member in (*cluster.nodes, *cluster.endpoints) for user in member.users}
        assert {"orders-api", "orders-migrate"} <= users
        assert not any(user.endswith(".yaml") for user in users)

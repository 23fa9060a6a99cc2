"""Objects that say which servers stand behind a name."""

import pytest

from tests.extract.objects import extracted, found, nothing, regions


def endpoints(name: str, addresses: str, ports: str, kind: str = "Endpoints") -> str:
    return (
        f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: {name}}}\nsubsets:\n- addresses:\n{addresses}"
        f"  ports:\n{ports}"
    )


@pytest.mark.parametrize(
    ("name", "port", "asked"),
    [
        ("mysql", 3306, "clue=key+place,open,engine=mysql,port=3306"),
        ("orders", 5432, "clue=key+place,open,engine=postgresql,port=5432"),
        ("grafana", 3000, "only=name+place,open,port=3000"),
        ("postgres-exporter", 9187, "clue=operation,open"),
    ],
)
def test_endpoints_of_one_server(name, port, asked):
    (ref,) = found(endpoints(name, f"  - ip: «10.0.0.120|{asked}»\n", f"  - port: ⟦{port}⟧\n")).refs
    assert ref.takes == "address"
    assert ref.group is None


def test_several_servers_are_one_group_that_no_edit_collapses():
    addresses = "  - ip: «10.0.0.120|group=2,open»\n  - {ip: «10.0.0.121|group=2»}\n"
    extraction = found(endpoints("orders-db", addresses, "  - port: 5432\n"))
    assert all(ref.group.hosts is None for ref in extraction.refs)


def test_servers_that_are_not_ready_belong_to_the_list():
    text = endpoints("orders-db", "  - ip: «10.0.0.120|group=2»\n", "  - port: 5432\n")
    found(text + "  notReadyAddresses:\n  - ip: «10.0.0.121|group=2»\n")


def test_the_port_of_the_database_is_found_among_others_and_nothing_changes_alone():
    ports = "  - {name: metrics, port: 9187}\n  - {name: postgres, port: 5432}\n"
    found(endpoints("orders", "  - ip: «10.0.0.120|sealed,port=5432,engine=postgresql»\n", ports))


def test_endpoint_slices_are_named_by_their_service():
    found(
        "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: abc-1\n"
        "  labels: {kubernetes.io/service-name: orders-redis}\naddressType: IPv4\n"
        'ports: [{name: "", port: ⟦7000⟧}]\nendpoints:\n- addresses: ["«10.0.0.120|engine=redis,open,clue=key»"]\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Endpoints\nmetadata: {name: pg}\nsubsets: []\n",
        "apiVersion: v1\nkind: Endpoints\nmetadata: {name: pg}\n",
        "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: pg}\nspec: {}\n",
        "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: pg}\nspec: {hosts: ['*.x.com']}\n",
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: pg}\nspec: {hosts: [a]}\n",
    ],
)
def test_upstreams_without_addresses(text):
    nothing(text)


MESH = {
    "one server outside": """\
kind: ServiceEntry
metadata: {name: orders-db}
spec:
  hosts: [orders.corp.internal]
  addresses: [«10.0.0.9|sealed,group=2,clue=key»/32]
  ports:
  - {number: 5432, name: tcp-postgres, protocol: TCP}
  resolution: STATIC
  endpoints:
  - address: «10.0.0.121|port=5432,engine=postgresql,clue=key+place,open,group=2»
""",
    "two servers with ports of their own": """\
kind: ServiceEntry
metadata: {name: orders}
spec:
  hosts: [orders.corp.internal]
  ports: [{number: 5432, name: tcp, protocol: TCP}]
  endpoints:
  - {address: «10.0.0.120|group=2», ports: {tcp: ⟦6432⟧}}
  - {address: «10.0.0.121|group=2», ports: {tcp: ⟦6432⟧}}
""",
    "a name in DNS": """\
kind: ServiceEntry
metadata: {name: pg}
spec:
  hosts: [«db-postgres-01.corp.internal|port=5432,clue=key,sealed»]
  ports: [{number: 5432, name: tcp, protocol: TCP}]
  resolution: DNS
""",
    "another service": """\
kind: ServiceEntry
metadata: {name: mail}
spec:
  hosts: [«mail.corp.internal|only=name+place»]
  ports: [{number: 25, name: tcp, protocol: TCP}]
""",
    "a server as a workload": """\
kind: WorkloadEntry
metadata: {name: vm-1}
spec:
  address: «10.0.0.121|engine=postgresql,clue=key,open»
  ports: {postgres: ⟦5432⟧}
""",
    "a workload with more than the database": """\
kind: WorkloadEntry
metadata: {name: vm-1}
spec:
  address: «10.0.0.121|port=5432,sealed»
  labels: {app: postgresql}
  ports: {tcp: 5432, metrics: 9187}
""",
    "a rule": """\
kind: DestinationRule
metadata: {name: db}
spec: {host: «db-postgres-01.corp.internal|only=name+place,sealed»}
""",
    "a rule for an application": """\
kind: DestinationRule
metadata: {name: db-console}
spec: {host: «console.corp.internal|only=name+place»}
""",
    "a route": """\
kind: VirtualService
metadata: {name: orders}
spec:
  hosts: [orders]
  tcp:
  - route:
    - destination: {host: «db-postgres-01.corp.internal|port=5432,sealed», port: {number: 5432}}
""",
}


@pytest.mark.parametrize("body", MESH.values(), ids=MESH)
def test_service_meshes(body):
    found(f"apiVersion: networking.istio.io/v1\n{body}")


def test_workloads_of_linkerd_and_services_of_kuma():
    found(
        "apiVersion: workload.linkerd.io/v1beta1\nkind: ExternalWorkload\nmetadata: {name: pg-1}\nspec:\n"
        "  workloadIPs: [{ip: «10.0.0.121|clue=key,open»}]\n  ports: [{port: ⟦5432⟧, name: postgres}]\n"
        "---\napiVersion: kuma.io/v1alpha1\nkind: MeshExternalService\nmetadata: {name: orders-db}\nspec:\n"
        "  endpoints: [{address: «10.0.0.122|clue=key,open», port: ⟦5432⟧}]\n"
    )


def test_the_same_kind_of_another_group_is_something_else():
    (ref,) = extracted(
        "apiVersion: x.example.com/v1\nkind: WorkloadEntry\nmetadata: {name: a}\nspec: {database: {host: 10.0.0.121}}\n"
    ).refs
    assert ref.shape == "host: «10.0.0.121»"


@pytest.mark.parametrize(
    ("name", "host", "asked"),
    [
        ("orders-postgres", "pg-1.corp.internal", "clue=key+place,open,engine=postgresql,hidden"),
        ("orders", "orders.postgres.database.azure.com", "clue=key,open,engine=postgresql"),
        ("orders", "node-1.corp.internal", "only=name+place,open"),
    ],
)
def test_external_names(name, host, asked):
    (ref,) = found(
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec:\n  type: ExternalName\n"
        f"  externalName: «{host}|{asked}»\n"
    ).refs
    assert ref.takes == "name"


def aliased(address: str, names: str) -> str:
    return (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n"
        f"  hostAliases:\n  - {{ip: {address}, hostnames: [{names}]}}\n"
    )


def test_a_name_of_an_application_for_an_address():
    (ref,) = found(aliased("«10.0.0.121|only=name+place,hidden,engine=postgresql»", "postgres.local")).refs
    assert ref.takes == "address"
    found(aliased("«10.0.0.121|only=name»", "queue"))
    found(aliased("«10.0.0.121|only=name+place,engine=postgresql»", "orders-pg-rw"))
    found(aliased("«10.0.0.121|only=name+place,engine=postgresql»", "orders-postgres, db-postgres-b"))


@pytest.mark.parametrize("name", ["db-postgres-02", "db-postgres-b"])
def test_the_own_name_of_a_server_is_name_resolution(name):
    text = aliased("10.0.0.121", f"{name}, {name}.corp.internal")
    assert not extracted(text).refs
    entry = f"{{ip: 10.0.0.121, hostnames: [{name}, {name}.corp.internal]}}"
    assert regions(text) == [(entry, "infrastructure")]


@pytest.mark.parametrize(
    ("value", "connects"),
    [
        ("value: orders-pg-1", True),
        ("value: postgresql://orders-pg-1:5432/orders", True),
        ("value: orders-pg-10", False),
        ("hostname: orders-pg-1", False),
    ],
)
def test_a_counted_name_that_a_container_connects_to_is_the_application_s(value, connects):
    container = f"  containers:\n  - name: app\n    env:\n    - {{name: X, {value}}}\n"
    refs = extracted(aliased("10.0.0.121", "orders-pg-1") + container).refs
    assert [ref.host for ref in refs if ref.takes == "address"] == (["10.0.0.121"] if connects else [])

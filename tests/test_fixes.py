import base64

import pytest

from analyzer.fixes import build, guard_shared_ports, plan
from analyzer.model import (
    Clue,
    Cluster,
    Container,
    Endpoint,
    Engine,
    Evidence,
    HostGroup,
    HostRef,
    Intent,
    Match,
    PortRef,
    Resolution,
    Safety,
    Severity,
    Slot,
    Span,
    Verdict,
)
from analyzer.source import SourceFile

PLAIN = Endpoint(Intent.WRITE, "10.0.0.10", 5432)
OTHER = Endpoint(Intent.WRITE, "10.0.0.10", 5000)
CLUSTER = Cluster("orders", Engine.POSTGRESQL, (), (PLAIN,), (5432, 6432), (8008,))


def place(data, piece, container=None):
    start = data.index(piece)
    return Slot(Span(start, start + len(piece)), container)


def fixed(data, endpoint, *, port=None, port_kind="database", match=Match.EXACT, verdict=None, **changes):
    ref = HostRef("10.0.0.121", place(data, b"10.0.0.121"), (), "", port=port, **changes)
    asked = verdict or Verdict("", Severity.ERROR, endpoint)
    planned = plan(ref, Resolution(CLUSTER, match, "10.0.0.121"), asked, port_kind)
    (fix,) = build([planned], SourceFile("a", data))
    return fix


def applied(data, fix):
    for edit in sorted(fix.edits, key=lambda e: e.span.start, reverse=True):
        assert data[edit.span.start : edit.span.end] == edit.old
        data = data[: edit.span.start] + edit.new + data[edit.span.end :]
    return data


HOST_PORT = b"H=10.0.0.121 P=5432"


@pytest.mark.parametrize("changes", [{"takes": "address"}, {"takes": "name"}, {}])
@pytest.mark.parametrize("host", ["pg.corp.internal", "10.0.0.9", "fd00::9"])
def test_only_the_port_changes_beside_any_name_of_the_endpoint(host, changes):
    endpoint = Endpoint(Intent.WRITE, host, 5000, ("10.0.0.121",))
    verdict = Verdict("", Severity.ERROR, endpoint, port_only=True)
    fix = fixed(HOST_PORT, endpoint, port=PortRef(5432, place(HOST_PORT, b"5432")), verdict=verdict, **changes)
    assert (applied(HOST_PORT, fix), fix.safety) == (b"H=10.0.0.121 P=5000", Safety.SAFE)


def test_the_same_port_leaves_the_port_alone():
    fix = fixed(HOST_PORT, PLAIN, port=PortRef(5432, place(HOST_PORT, b"5432")))
    assert (applied(HOST_PORT, fix), fix.safety) == (b"H=10.0.0.10 P=5432", Safety.SAFE)


def test_another_port_changes_with_the_host():
    fix = fixed(HOST_PORT, OTHER, port=PortRef(5432, place(HOST_PORT, b"5432")))
    assert (applied(HOST_PORT, fix), fix.safety, len(fix.edits)) == (b"H=10.0.0.10 P=5000", Safety.SAFE, 2)


def test_a_missing_port_is_inserted_only_where_it_is_needed():
    data = b"pg://10.0.0.121/x"
    port = PortRef(slot=Slot(Span(15, 15)), insert=":")
    assert applied(data, fixed(data, OTHER, port=port)) == b"pg://10.0.0.10:5000/x"
    assert applied(data, fixed(data, PLAIN, port=port)) == b"pg://10.0.0.10/x"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "no port stands beside the host"),
        ({"port": PortRef(hidden="secretKeyRef pg/port")}, "the port comes from secretKeyRef pg/port"),
        ({"port": PortRef(5432)}, "cannot be edited where it stands"),
        ({"port": PortRef(5432, Slot(Span(15, 19))), "sealed": "written with escapes"}, "written with escapes"),
        ({"port": PortRef(5432, Slot(Span(15, 19))), "match": Match.DISGUISED}, "unusual spelling"),
    ],
)
def test_what_no_machine_should_write(changes, reason):
    fix = fixed(HOST_PORT, OTHER, **changes)
    assert (fix.safety, fix.edits) == (Safety.MANUAL, ())
    assert reason in fix.reason


@pytest.mark.parametrize("endpoint", [Endpoint(Intent.WRITE, "fd00::10", 5432)])
def test_ipv6_for_ipv4_is_left_to_a_person(endpoint):
    fix = fixed(HOST_PORT, endpoint)
    assert (fix.safety, fix.edits) == (Safety.MANUAL, ())


def test_hidden_and_absent_ports_do_not_matter_on_the_default_port():
    assert fixed(HOST_PORT, PLAIN).safety is Safety.SAFE
    assert fixed(HOST_PORT, PLAIN, port=PortRef(hidden="x")).safety is Safety.SAFE
    assert fixed(HOST_PORT, PLAIN, port=PortRef(5432, hidden="another file")).safety is Safety.SAFE


def test_a_port_of_another_file_that_would_have_to_change_is_left_to_a_person():
    fix = fixed(HOST_PORT, PLAIN, port=PortRef(6432, hidden="templates/deployment.yaml"))
    assert (fix.safety, fix.edits) == (Safety.MANUAL, ())
    assert "the port 6432 comes from templates/deployment.yaml" in fix.reason


def test_an_unknown_port_needs_a_flag():
    data = b"H=10.0.0.121 P=15432"
    fix = fixed(data, PLAIN, port=PortRef(15432, place(data, b"15432")), port_kind="unknown")
    assert fix.safety is Safety.UNSAFE
    assert "15432" in fix.reason


def test_a_verdict_without_an_endpoint_has_no_fix():
    assert fixed(HOST_PORT, PLAIN, verdict=Verdict("", Severity.ERROR)) is None


def test_a_list_collapses_and_drops_what_loses_its_meaning():
    data = b"pg://u@10.0.0.121:5432,10.0.0.122:5432/x?a=b&target=rw"
    group = HostGroup(
        ("10.0.0.121", "10.0.0.122"),
        place(data, b"10.0.0.121:5432,10.0.0.122:5432"),
        drops=(place(data, b"&target=rw"),),
    )
    verdict = Verdict("", Severity.ERROR, PLAIN, collapse=True)
    fix = fixed(data, PLAIN, port=PortRef(5432), group=group, verdict=verdict)
    assert applied(data, fix) == b"pg://u@10.0.0.10:5432/x?a=b"


def encoded(inner, wrap=0):
    raw = base64.b64encode(inner)
    return raw if not wrap else b"\n".join(raw[i : i + wrap] for i in range(0, len(raw), wrap))


def base64_fixes(inner, *pieces, endpoint=PLAIN):
    raw = encoded(inner)
    data = b"data: " + raw + b"\n"
    container = Container(Span(6, 6 + len(raw)))
    plans = []
    for host, port in pieces:
        paired = PortRef(int(port), place(inner, port, container)) if port else None
        ref = HostRef(host.decode(), place(inner, host, container), (), "", port=paired)
        resolution = Resolution(CLUSTER, Match.EXACT, host.decode())
        plans.append(plan(ref, resolution, Verdict("", Severity.ERROR, endpoint), "database"))
    return data, build(plans, SourceFile("s.yaml", data))


def test_base64_is_decoded_changed_and_encoded_again():
    data, (fix,) = base64_fixes(b"10.0.0.121\n", (b"10.0.0.121", None))
    assert applied(data, fix) == b"data: " + encoded(b"10.0.0.10\n") + b"\n"
    assert fix.publishable


def test_a_value_that_holds_more_is_not_published():
    data, (fix,) = base64_fixes(b"pg://u:pw@10.0.0.121:5432/x", (b"10.0.0.121", b"5432"), endpoint=OTHER)
    assert applied(data, fix) == b"data: " + encoded(b"pg://u:pw@10.0.0.10:5000/x") + b"\n"
    assert not fix.publishable


def test_two_hosts_in_one_base64_value_share_one_edit():
    data, (one, two) = base64_fixes(b"A=10.0.0.121\nB=10.0.0.122\n", (b"10.0.0.121", None), (b"10.0.0.122", None))
    assert one.edits == two.edits
    assert applied(data, one) == b"data: " + encoded(b"A=10.0.0.10\nB=10.0.0.10\n") + b"\n"


def shared(*hosts):
    data = b" ".join((*hosts, b"5432"))
    port = PortRef(5432, place(data, b"5432"))
    refs = [HostRef(h.decode(), place(data, h), (), "", port=port) for h in hosts]
    verdict = Verdict("", Severity.ERROR, OTHER)
    known = [r.host != "db.other" for r in refs]
    plans = [plan(r, Resolution(CLUSTER, Match.EXACT, r.host), verdict, "database") for r in refs]
    return guard_shared_ports(refs, [p if k else None for p, k in zip(plans, known, strict=True)])


def test_a_port_that_another_host_keeps_needs_a_flag():
    first, other = shared(b"10.0.0.121", b"db.other")
    assert (first.safety, other) == (Safety.UNSAFE, None)
    assert "another host" in first.reason


def test_a_port_that_all_its_hosts_leave_is_safe():
    assert {p.safety for p in shared(b"10.0.0.121", b"10.0.0.122")} == {Safety.SAFE}


def test_a_literal_that_ssh_uses_as_well_needs_a_flag():
    evidence = (Evidence(Clue.COMMAND, "psql -h"), Evidence(Clue.OPERATION, "ssh"))
    ref = HostRef("10.0.0.121", place(HOST_PORT, b"10.0.0.121"), evidence, "")
    planned = plan(ref, Resolution(CLUSTER, Match.EXACT, "10.0.0.121"), Verdict("", Severity.ERROR, PLAIN), "unknown")
    assert planned.safety is Safety.UNSAFE
    assert "ssh" in planned.reason

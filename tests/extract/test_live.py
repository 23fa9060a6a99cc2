"""Objects of a running system: where they are cut, and what their values are called."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract import live
from analyzer.extract.live.pieces import pieces
from analyzer.source import SourceFile
from tests.trees import ROOT

CLUSTER = (ROOT / "tests" / "data" / "live" / "cluster.yaml").read_bytes()
INDENTED = b"\n".join(b"  " + line if line[:1] in b"- " else line for line in CLUSTER.split(b"\n")).rstrip(b" ")
DUMPS = {
    "kubectl -o yaml": CLUSTER,
    "CRLF": CLUSTER.replace(b"\n", b"\r\n"),
    "indented list": INDENTED,
    "kubectl -o json": json.dumps(yaml.safe_load(CLUSTER), indent=4).encode(),
    "jq -c": json.dumps(yaml.safe_load(CLUSTER), separators=(",", ":")).encode(),
    "jq .items": json.dumps(yaml.safe_load(CLUSTER)["items"]).encode(),
    "jq .items[]": "\n".join(json.dumps(item) for item in yaml.safe_load(CLUSTER)["items"]).encode(),
    "documents": yaml.safe_dump_all(yaml.safe_load(CLUSTER)["items"]).encode(),
}
NAMES = ["shop/Secret/orders-db", "shop/ConfigMap/orders-config", "shop/ConfigMap/kube-root-ca.crt"]
NAMES += ["shop/Deployment/api", "reports/Secret/reports-db"]


def loaded(piece):
    return json.loads(piece.data) if piece.json else yaml.safe_load(piece.data)


def extracted(piece):
    return live.extract(SourceFile(live.JSON_NAME if piece.json else live.YAML_NAME, piece.data))


@pytest.mark.parametrize("dump", DUMPS)
def test_every_object_is_a_piece_of_its_own(dump):
    cut = [piece for piece in pieces(DUMPS[dump]) if not piece.around]
    assert [loaded(piece) for piece in cut] == yaml.safe_load(CLUSTER)["items"]
    assert [extracted(piece).labels[0].name for piece in cut] == NAMES


@pytest.mark.parametrize("dump", ["kubectl -o yaml", "indented list", "kubectl -o json", "jq -c"])
def test_what_stands_around_a_list_is_a_piece_too(dump):
    (around,) = [piece for piece in pieces(DUMPS[dump]) if piece.around]
    assert loaded(around)["kind"] == "List"
    assert extracted(around).problems == ()
    assert not around.cut_off


@pytest.mark.parametrize("dump", ["kubectl -o yaml", "CRLF", "indented list"])
def test_a_list_without_its_end_is_told(dump):
    data = DUMPS[dump]
    (around,) = [piece for piece in pieces(data[: data.index(b"reports-db")]) if piece.around]
    assert around.cut_off


@pytest.mark.parametrize("dump", ["kubectl -o json", "jq -c", "jq .items"])
def test_json_without_its_end_is_told_by_the_parser(dump):
    data = DUMPS[dump]
    problems = [p for piece in pieces(data[: data.index(b"reports-db")]) for p in extracted(piece).problems]
    assert any(p.incomplete for p in problems)


@given(st.sampled_from(["kubectl -o json", "jq -c", "jq .items"]), st.data())
def test_json_that_ends_anywhere_is_unclosed(dump, data):
    whole = DUMPS[dump].rstrip()
    end = data.draw(st.integers(1, len(whole) - 1))
    assert [piece.unclosed for piece in pieces(whole[:end])].count(True) == 1
    assert not any(piece.unclosed for piece in pieces(whole))


@pytest.mark.parametrize("data", [b"apiVersion: v1\nitems: []\nkind: List\n", b'{"kind": "List", "items": []}', b"[]"])
def test_an_empty_list_is_no_object(data):
    assert [piece.around for piece in pieces(data)] == [True]


def test_a_list_of_names_is_no_list_of_objects():
    (piece,) = pieces(b'["orders", "reports"]')
    assert (piece.around, piece.foreign) == (False, True)


def test_an_object_without_its_end_is_told():
    (piece,) = pieces(b"apiVersion: v1\ndata:\n  A: b\n")
    assert piece.cut_off


BARE = [
    {"metadata": {"name": "a", "ownerReferences": [{"kind": "Shop"}]}, "data": {"DB_HOST": "eA=="}},
    {"metadata": {"name": "b"}, "stringData": {"text": '{"kind": "x"}'}},
    {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "c"}},
    {},
]
TYPED = {"kind": "SecretList", "apiVersion": "v1", "metadata": {}, "items": BARE}


@pytest.mark.parametrize("form", [json.dumps, lambda it: json.dumps(it, indent=1), yaml.safe_dump])
def test_the_items_of_a_typed_list_have_its_kind(form):
    cut = [piece for piece in pieces(form(TYPED).encode()) if not piece.around]
    kind = {"apiVersion": "v1", "kind": "Secret"}
    assert [loaded(piece) for piece in cut] == [item | kind if item else item for item in BARE]
    assert "Secret/a/DB_HOST" in [label.name for label in extracted(cut[0]).labels]


TEXTS = st.text(st.sampled_from('{}[]",:\\ \n-aitems'), max_size=60)
CUT = st.builds(lambda dump, end: DUMPS[dump][:end].decode(), st.sampled_from(sorted(DUMPS)), st.integers(0, 4000))
LAYOUT = b" \r\n,-"


@given(TEXTS | CUT)
def test_no_byte_is_lost_in_cutting(text):
    data = text.encode()
    kept = b"".join(piece.data for piece in pieces(data))
    assert sorted(kept.translate(None, LAYOUT)) == sorted(data.translate(None, LAYOUT))


LABELS = {
    b"apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  DB_HOST: x\n": "Secret/a/DB_HOST",
    b"apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: n}\ns: {env: [{name: DB, value: x}]}\n": "n/Pod/a/DB",
    b"apiVersion: v1\nkind: Pod\nmetadata: {name: 'a b'}\nspec: {args: [x]}\n": "Pod/…/spec.args",
    b'{"data": {"connection_details": {"connection_url": "x"}}}': "/data.connection_details.connection_url",
}


@pytest.mark.parametrize("data", LABELS)
def test_the_name_of_a_value(data):
    (piece,) = pieces(data)
    at = data.rindex(b"x")
    inner = [label for label in extracted(piece).labels if label.span.start <= at < label.span.end]
    assert inner[-1].name == LABELS[data]


def test_a_value_that_another_object_holds_is_told():
    data = b"apiVersion: v1\nitems:\n- {kind: Secret, data: &d {a: b}}\n- {kind: Secret, data: *d}\nkind: List\n"
    problems = [p.message for piece in pieces(data) for p in extracted(piece).problems]
    assert problems == ["*d stands for what another object holds; not read"]

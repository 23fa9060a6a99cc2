"""Inventories as text, Markdown, JSON, CSV and a page: as committed, and nothing of a name acts."""

import base64
import csv
import hashlib
import io
import json
import re
from html.parser import HTMLParser

import pytest

from analyzer.report.audit import INVENTORIES
from tests.inventories import HOSTILE, hard, large
from tests.trees import ROOT

GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize("form", INVENTORIES)
def test_the_hand_made_inventory_looks_as_committed(form, request):
    golden = GOLDEN / f"inventory.{form}"
    shown = INVENTORIES[form](hard(), verbose=True).encode("utf-8")
    if request.config.getoption("--update-golden"):
        golden.write_bytes(shown)
    assert shown == golden.read_bytes()


@pytest.mark.parametrize("verbose", [True, False])
@pytest.mark.parametrize("form", INVENTORIES)
def test_nothing_of_a_name_acts_on_a_terminal_or_a_runner(form, verbose):
    shown = INVENTORIES[form](hard(), verbose=verbose)
    assert not any(c < " " and c not in "\r\n" for c in shown)
    assert "\u202e" not in shown
    assert not re.search(r"^\s*::", shown, re.MULTILINE)


def test_verbose_shows_each_place_with_its_evidence():
    for form in ("text", "markdown", "html"):
        brief, verbose = (INVENTORIES[form](hard(), verbose=wanted) for wanted in (False, True))
        assert "5432 is a port for database clients" in verbose
        assert "5432 is a port for database clients" not in brief


def test_json_has_the_fields_of_the_contract():
    document = json.loads(INVENTORIES["json"](hard(), verbose=False))
    assert list(document) == ["version", "tool", "summary", "clusters", "unmanaged", "hidden", "problems"]
    assert document["summary"] == {
        "files": 9,
        "scanned": 9,
        "skipped": {},
        "clusters": 2,
        "connections": 9,
        "connections_to_nodes": 8,
        "single_points_of_failure": 1,
        "wrong_ports": 1,
        "unmanaged_hosts": 3,
        "hidden_values": 1,
    }
    node = document["clusters"][0]["nodes"][1]
    assert node["node"] == "10.0.0.121"
    assert {user["application"] for user in node["breaks"]} == {name.split("/")[0] for name in HOSTILE}


def test_csv_is_a_table_without_formulas():
    text = INVENTORIES["csv"](hard(), verbose=False)
    assert text.count("\r\n") == text.count("\n")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert {len(row) for row in rows} == {len(head)}
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t"))]
    applications = {row[head.index("application")] for row in rows}
    assert """'=HYPERLINK("x")""" in applications
    assert "'@team | `x` [y](z) **b**" in applications


def test_markdown_text_is_no_markup():
    shown = INVENTORIES["markdown"](hard(), verbose=True)
    for live in ("<script", "@team", "[y](z)", "**b**", "<b>"):
        assert live not in shown
    tables = [line for line in shown.split("\n") if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", line)) in {4, 5} for line in tables)


class Page(HTMLParser):
    """The tags, attributes and the style of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.style, self.policy = set(), set(), "", ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self._inside = tag == "style"
        found = dict(attributes)
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]

    def handle_endtag(self, _tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.style += data


def test_the_page_loads_nothing_and_runs_nothing():
    text = INVENTORIES["html"](hard(), verbose=True)
    page = Page(text)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "b script", "form"}
    assert not {name for name in page.attributes if name.startswith("on") or name in {"src", "style"}}
    assert "url(" not in page.style
    assert "@import" not in page.style
    assert page.policy.startswith("default-src 'none'; style-src 'sha256-")
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.policy
    assert "http://" not in text
    assert "https://" not in text


def test_a_large_cluster_folds_what_needs_no_attention_first():
    text = INVENTORIES["html"](large(), verbose=False)
    assert text.count("<svg") == 13
    assert "and 5 more" in text
    assert len(text) < 400_000


def test_an_empty_inventory_says_how_to_start():
    empty = hard()
    bare = type(empty)("0.0.0", None, empty.coverage, (), (), (), ())
    for form in ("text", "markdown", "html"):
        assert "init" in INVENTORIES[form](bare, verbose=False)

"""The text of a comment, rendered by GitHub's own Markdown: nothing in it links or tells anybody, no secret leaves."""

import re
from contextlib import ExitStack
from html import unescape

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from analyzer.forge.comment import body, inactive, mark_of
from analyzer.forge.exposure import repeatable
from analyzer.report.phrases import open_findings
from tests.carriers import CARRIERS
from tests.changes import opened, pushed
from tests.forges import github
from tests.passwords import PASSWORDS, Watch, secret
from tests.planted import ALL, plant
from tests.program import run
from tests.reporting import hostile_reports
from tests.reports import finding
from tests.test_diff import commit

MARK = "0123456789abcdef0123456789abcdef"
# What a forge makes links of in the text of a page: users, issues, merge requests, milestones, labels, addresses.
LINKED = re.compile(
    r"(?<![\w`])(?:[@#!$%&~^][\w\"]|\*iteration:|\[[a-z_]{4,}:\d|gh-\d|https?://|www\.\w)", re.IGNORECASE
)


def rendered(text):
    return cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)


def outside_code(html):
    """The text of a page but for what stands in code, where forges look for nothing."""
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(code|pre)\b.*?</\1>", "", html, flags=re.DOTALL)))


@given(hostile_reports())
def test_whatever_a_finding_says_a_comment_is_text(whole):
    for each in open_findings(whole):
        text = body(each, MARK, None, "suggestion")
        html = rendered(text)
        assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p", "strong", "code"}
        assert LINKED.search(outside_code(html)) is None, text
        assert mark_of(text) == MARK
        assert not [line for line in text.split("\n") if line.lstrip().startswith("/")]


@given(st.text("@#!$%&~^*:[]()/<>`-_ .gh10af\n\\\u200b", max_size=60))
def test_text_is_never_a_link(text):
    assert LINKED.search(outside_code(rendered(f"x {inactive(text)}"))) is None


@pytest.mark.parametrize(
    "text", ["10.0.0.10:5432", "[fd00::10]:5432", "db-pg.corp.internal", "a_b", "face:1", "deadbeef01"]
)
def test_what_a_reader_copies_is_what_stands_there(text):
    assert outside_code(rendered(f"use {inactive(text)}.")).strip() == f"use {text}."


@pytest.mark.parametrize("line", ["DB_HOST=10.0.0.10", "x```y", "````", "  `a``b`", "~~~", "\t"])
def test_a_fence_is_longer_than_any_in_the_lines(line):
    text = body(finding("a.env"), MARK, (line, line), "suggestion:-0+1")
    html = rendered(text)
    (block,) = re.findall(r'<pre lang="suggestion:-0\+1"><code>(.*?)</code></pre>', html, re.DOTALL)
    assert unescape(block) == f"{line}\n{line}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"<!-- analyzer: {MARK} --> and more",
        f"> <!-- analyzer: {MARK} -->",
        f"text <!-- analyzer: {MARK} -->",
        f"<!-- analyzer: {MARK.upper()} -->",
        f"<!-- analyzer: {MARK}0 -->",
    ],
)
def test_a_mark_stands_alone_and_last(text):
    assert mark_of(text) is None
    assert mark_of(f"text\r\n\r\n<!-- analyzer: {MARK} -->\r\n") == MARK


SHOWN = [
    ("DB_HOST=", ""),
    ("  host: ", ""),
    ("    - name: ", ""),
    ("- ", ""),
    ("export DB_HOST='", "'"),
    ("ENV DB_HOST=", ""),
    ("url: jdbc:postgresql://", ":5432/"),
    ("DATABASE_URL=redis://", ":6379/0"),
    ('  "host": "', '",'),
    ('{"host": "', '", "port": 5432}'),
    ("const pool = new Pool({ host: '", "', port: 5432 });"),
    ("conn = psycopg2.connect(host=`", "`)"),
    ("clé_größe: ", ""),
]
KEPT = [
    ("postgresql://app:made-up@", ":5432/app"),
    ("DATABASE_URL=postgresql://app@", "/app"),
    ("DB_HOST=", " # made-up"),
    ("PGPASSWORD=made-up psql -h ", ""),
    ("password=made-up host=", ""),
    ("x = made-up == host=", ""),
    ("{user: 'made', host: '", "'}"),
    ("host: '", "', password: 'made-up'"),
    ("url: postgresql://", "/app?password=made-up"),
    ("url: postgresql://", "/app@made-up"),
    ("db_password: ", ""),
    ("API_TOKEN=", ""),
    ("host: ", "/made"),
    ("/close host: ", ""),
    ("<!-- host: ", " -->"),
    ("::error::host: ", ""),
    ("@alice host: ", ""),
    ("url: postgresql://", ":5432/app"),
]


@pytest.mark.parametrize("sides", SHOWN)
def test_lines_of_names_and_hosts_are_repeated(sides):
    assert repeatable(*sides)


@pytest.mark.parametrize("sides", KEPT)
def test_lines_with_anything_else_are_not(sides):
    assert not repeatable(*sides)


WAYS = (
    ("postgresql://{user}:{password}@", ""),
    ("DATABASE_URL=postgresql://{user}:{password}@", ""),
    ("url: postgresql://", "/{password}"),
    ("PGPASSWORD={password} psql -h ", ""),
    ("PGPASSWORD='{password}' DB_HOST=", ""),
    ("password={password} host=", ""),
    ("{password}, host: ", ""),
    ("db({password}, host=", ""),
    ("x = {password}; host = ", ""),
    ("pw: {password}, host: ", ""),
    ("host: ", ", {password}"),
    ("host: ", " # {password}"),
    ("host: '", "', pw: '{password}'}}"),
)


@pytest.mark.parametrize("name", PASSWORDS)
@pytest.mark.parametrize("way", WAYS)
def test_no_line_with_a_password_is_repeated(way, name):
    hidden = secret("line", name)
    before, after = (side.format(user=hidden.user, password=hidden.password) for side in way)
    lines = before.rpartition("\n")[2], after.partition("\n")[0]
    if Watch(hidden.markers).leaks("".join(lines).encode()):
        assert not repeatable(*lines)


def test_the_table_of_secrets_posted_as_a_change_shows_none(tmp_path, monkeypatch):
    with ExitStack() as stack:
        change = opened(stack, tmp_path, monkeypatch, github, {})
        _planted(change)


def _planted(change):
    watch = plant(change.root, dict.fromkeys([c for c in CARRIERS if not c.path.endswith((".js", ".ts"))], ALL))
    change.head = commit(change.root)
    pushed(change)
    ran = run(change.root, "suggest", "--most", "1000")
    said = "\n".join(comment["body"] for comment in change.comments)
    assert ran.code in {1, 3}, ran.err
    assert len(change.comments) > 500
    assert watch.leaks(said.encode(), ran.out, ran.err) == set()

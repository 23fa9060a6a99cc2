"""Documents: everything is a mention, blocks of infrastructure are what they are, comments may excuse."""

import pytest

from analyzer.extract.prose import blocks
from analyzer.extract.text import extract
from analyzer.model import Clue, Evidence
from analyzer.source import SourceFile
from tests.kit import check
from tests.program import run

PATHS = ["README.md", "docs/a.markdown", "a.mdx", "a.rst", "a.adoc", "a.asciidoc", "CHANGELOG", "README.txt", "x.log"]
HAPROXY = "backend pg\n    server pg1 10.0.0.120:5432 check\n"
FENCES = {
    "Markdown": ("a.md", "# A\n\n```haproxy\n%s```\nlater 10.0.0.121\n", ""),
    "tildes": ("a.md", "~~~\n%s~~~~\nlater\n", ""),
    "a quote": ("a.md", "> ```\n%s> ```\nlater\n", "> "),
    "a list": ("a.md", "1. first\n   ```\n%s   ```\n2. later\n", "   "),
    "an indented block": ("a.md", "as in\n\n%s\nlater\n", "    "),
    "a fence that stays open": ("a.md", "```\n%s", ""),
    "reStructuredText": ("a.rst", ".. code-block:: text\n\n%s\nlater\n", "   "),
    "a literal block": ("a.rst", "as in::\n\n%s\nlater\n", "  \t"),
    "AsciiDoc": ("a.adoc", "[source]\n----\n%s----\nlater\n", ""),
    "a literal of AsciiDoc": ("a.asciidoc", "....\n%s....\nlater\n", ""),
}


@pytest.mark.parametrize("path", PATHS)
def test_no_connection_string_of_a_document_is_a_connection(path):
    text = (
        "postgresql://app:made-up@«10.0.0.121|clue=comment»/x `psql -h 10.0.0.121` DB_HOST=10.0.0.121\n"
        "```yaml\nDATABASE_URL: postgres://app:made-up@«db1.corp.internal|clue=comment»/x\n```\n"
        "    jdbc:mysql://«10.7.0.4|clue=comment»/x\n"
    )
    check(extract, text, path=path)


@pytest.mark.parametrize(("path", "text", "indent"), FENCES.values(), ids=FENCES)
def test_a_block_of_infrastructure_keeps_its_nature(path, text, indent):
    lines = "".join(f"{indent}{line}" for line in HAPROXY.splitlines(keepends=True))
    source = SourceFile(path, ("größer 🐘\n" + text % lines).encode())
    (region,) = extract(source).regions
    assert region.nature == Evidence(Clue.INFRASTRUCTURE, "HAProxy configuration")
    assert b"10.0.0.120" in source.slice(region.span)
    assert b"later" not in source.slice(region.span)


@pytest.mark.parametrize(
    "text",
    [
        "the server pg1 10.0.0.120:5432 check stands in a backend pg\n",
        "```sh\npsql -h 10.0.0.121\n```\n\n```yaml\nDB_HOST: 10.0.0.121\n```\n",
        "Title\n-----\n\nbackend pg is\n\n-----\nserver x 10.0.0.120 y\n",
        "```backend pg\n server a b``` is no fence\n",
    ],
)
def test_other_blocks_have_none(text):
    assert extract(SourceFile("a.md", text.encode())).regions == ()


def test_rules_and_headings_are_no_fences_in_markdown():
    text = "Title\n-----\ntext\n\n-----\n"
    assert list(blocks(text, delimited=False)) == []
    assert len(list(blocks(text, delimited=True))) == 1


@pytest.mark.parametrize(
    ("path", "comment"),
    [
        ("a.md", "<!-- analyzer: ignore[node-mention] it's history -->"),
        ("a.md", "[//]: # (analyzer: ignore[node-mention] it's history)"),
        ("a.mdx", "{/* analyzer: ignore[node-mention] it's history */}"),
        ("a.rst", ".. analyzer: ignore[node-mention] it's history"),
        ("a.adoc", "// analyzer: ignore[node-mention] it's history"),
    ],
)
def test_comments_excuse(tmp_path, path, comment):
    policy = "version: 1\nclusters: [{name: a, engine: postgresql, nodes: [10.0.0.121], endpoints: {}}]\n"
    (tmp_path / "policy.yaml").write_text(policy)
    (tmp_path / path).write_text(f"It's 10.0.0.121.\n\n{comment}\nIt was 10.0.0.121.\n")
    ran = run(tmp_path, "scan", "--policy", "policy.yaml", "--fail-on", "never", path)
    assert b"1 finding: 1 note." in ran.out
    assert b"1 finding suppressed: 1 inline." in ran.out


def test_a_comment_behind_an_apostrophe_excuses_its_line():
    text = "It's 10.0.0.121. <!-- analyzer: ignore[node-mention] history -->\n"
    (comment,) = extract(SourceFile("a.md", text.encode())).comments
    assert not comment.own_line

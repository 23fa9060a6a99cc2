"""The job summary, rendered by GitHub's own cmark: scanned text shows as itself and builds nothing."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import cmarkgfm
from cmarkgfm.cmark import Options
from hypothesis import given

from analyzer.model import Difference, Problem, Severity
from analyzer.report.markdown import render
from analyzer.report.markdown.escape import escaped
from analyzer.visible import visible
from tests.reporting import WORDS, hostile_reports, of
from tests.reports import finding, report

MIB = 1024 * 1024


class Page(HTMLParser):
    """The tags of a page, and its text with a mark where each tag stood."""

    def __init__(self, markdown):
        super().__init__()
        self.tags, self.texts, self.within = [], [], []
        self.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, *attributes))
        self.texts.append("")

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")
        self.texts.append("")

    def handle_comment(self, _data):
        self.tags.append("comment")

    def handle_data(self, data):
        if not self.texts:
            self.texts.append("")
        self.texts[-1] += data


def plain(whole):
    """The same report with words in place of all hostile text."""
    return of(
        *(
            finding("x", severity=f.severity, message="x", shape="x", evidence=("x", "x"), fix=f.fix and word_fix(f))
            for f in whole.findings
        ),
        problems=[Problem("x", "parse", "x", 3)],
        policy="x",
        coverage=whole.coverage,
    )


def word_fix(one):
    return type(one.fix)("x", one.fix.safety, reason="x" if one.fix.reason else "")


@given(hostile_reports())
def test_scanned_text_builds_nothing(whole):
    assert Page(render(whole)).tags == Page(render(plain(whole))).tags


def without_joints(text):
    return text.replace("\u200b", "")


@given(hostile_reports())
def test_scanned_text_shows_as_itself(whole):
    shown = {without_joints(text) for text in Page(render(whole)).texts}
    for one in whole.findings:
        assert f"{visible(one.path, 4096)}:7:12" in shown
        assert visible(one.shape, 300) in shown or not one.shape.strip()


@given(WORDS)
def test_a_cell_shows_the_text_itself(text):
    word = visible(text)
    page = Page(f"| a | b |\n|---|---|\n| x{escaped(word)}x | y |\n")
    assert page.tags == Page("| a | b |\n|---|---|\n| xx | y |\n").tags
    assert f"x{word}x" in {without_joints(text) for text in page.texts}


@given(WORDS)
def test_nobody_is_mentioned(text):
    shown = "".join(Page(f"x {escaped(visible(text))}").texts)
    assert not any(after.isascii() and after.isalnum() for at, after in pairwise(shown) if at == "@")


def test_a_summary_stays_below_the_limit_of_a_step_and_says_what_is_missing():
    many = [finding(f"{'_' * 200}/{n}", severity=Severity.WARNING) for n in range(2000)]
    problems = [Problem("_" * 4000 + str(n), "parse", "not valid YAML") for n in range(50)]
    shown = render(of(finding("worst"), *many, problems=problems))
    assert MIB // 2 < len(shown.encode()) < MIB
    assert "worst" in shown
    kept = shown.count("| <code>")
    assert f"**Left out here: {2001 - kept} warnings.**" in shown
    assert f"* and {50 - shown.count('* <code>')} more" in shown
    assert shown.count("<details") == shown.count("</details>") == 3


def test_nothing_found_is_said():
    shown = render(of())
    assert "no findings" in shown
    assert "<details" not in shown


def test_what_a_comparison_leaves_out_is_counted():
    shown = render(replace(of(), difference=Difference("0123456789abcdef", 10)))
    assert escaped("Compared with 0123456789ab: 10 older findings not shown.") in shown
    assert "Compared" not in render(of())


def test_suppressed_findings_are_counted_only():
    hidden = [f for f in report().findings if f.suppressed is not None]
    shown = render(report())
    assert f"{len(hidden)} suppressed." in shown
    assert not any(escaped(f"{f.path}:{f.start.line}") in shown for f in hidden)

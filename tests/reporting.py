"""Reports with hostile words in every field that a tree fills, for properties of formats."""

from dataclasses import replace

from hypothesis import strategies as st

from analyzer.model import Coverage, Fix, Problem, Related, Report, Safety, Severity
from tests.reports import finding, report

PIECES = (
    *"%\r\n:,|`*_<>&\"'[](){}#@!~$\\\t\x1b\x85\u2028\u202e\x00é漢🐘",
    "::error::",
    "##[error]",
    "%0A::add-mask::x",
    "::stop-commands::x",
    "]]>",
    "</code>",
    "</details>",
    "<!--",
    "<b>",
    "&amp;",
    "&#64;",
    "@octocat",
    "a@b.example",
    "www.example.com",
    "https://example.com",
    "![x](y)",
    "[x]: y",
    "```",
    ":tada:",
    " ",
    "\n\n# x\n",
    "10.0.0.121",
    "\udcff",
    "\ufffe",
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
NAMES = WORDS.map(lambda text: text.replace("\x00", "") or "x")


def of(*findings, problems=(), **changes) -> Report:
    """A report of these findings."""
    return replace(Report("0.0.0", None, Coverage(1, 1, 0, ()), findings, tuple(problems)), **changes)


@st.composite
def hostile_reports(draw) -> Report:
    """Three findings and a problem, every text of which somebody else chose."""
    whole = report()
    fix = Fix(draw(WORDS), Safety.MANUAL, reason=draw(WORDS))
    found = [
        finding(
            draw(NAMES),
            severity=severity,
            message=draw(WORDS),
            shape=draw(WORDS),
            host=draw(WORDS),
            cluster=draw(WORDS),
            evidence=(draw(WORDS), draw(WORDS)),
            fix=fix,
            related=(Related(2, 1, draw(WORDS), draw(WORDS)),),
        )
        for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    ]
    problem = Problem(draw(NAMES), "parse", draw(WORDS), 3)
    return replace(whole, policy=draw(NAMES), findings=tuple(found), problems=(problem,))

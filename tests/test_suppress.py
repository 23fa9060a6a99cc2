"""Directives and `allow` entries, one at a time: what they say, what they excuse, what is wrong with them."""

from dataclasses import replace
from datetime import date

import pytest

from analyzer.model import Allow, Comment, Extraction, Policy, Position, Problem, Span
from analyzer.source import SourceFile
from analyzer.suppress import Terms, allowances, directives_of, entries_told, mark
from tests.reports import finding

TODAY = date(2026, 6, 1)
RULES = ("node-host", "unmanaged-host", "node-mention", "unused-suppression", "expired-allow")


def terms(*, allow=(), found=RULES):
    return Terms(allowances(Policy(allow=tuple(allow)), TODAY), TODAY, RULES, frozenset(found))


def marked(text, *findings, problems=(), **conditions):
    source = SourceFile("a.env", text.encode())
    comments = []
    if "#" in text:
        start = text.index("#")
        end = text.find("\n", start)
        comments = [Comment(Span(start, end), text[start:end], not text[:start].rpartition("\n")[2].strip())]
    extraction = Extraction(comments=tuple(comments), problems=problems)
    return mark(findings, extraction, source, terms(**conditions))


def on(line, **changes):
    return finding("a.env", start=Position(line, 9, 9, 0, 9), end=Position(line, 12, 12, 0, 12), **changes)


@pytest.mark.parametrize(
    ("text", "line", "suppressed"),
    [
        ("DB_HOST=x # analyzer: ignore[node-host] replication test\n", 1, True),
        ("# analyzer: ignore[node-host] replication test\nDB_HOST=x\n", 2, True),
        ("# analyzer: ignore[node-host] replication test\n\nDB_HOST=x\n", 3, False),
        ("DB_HOST=x # analyzer: ignore[unmanaged-host, node-host] ok until 2026-06-01\n", 1, True),
        ("DB_HOST=x # moved; analyzer: ignore[unmanaged-host node-host] ok\n", 1, True),
        ("DB_HOST=x # analyzer: ignore[node-host] ok until 2026-05-31\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[node-host]\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[node-host] until 2027-01-01\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[node-host] ok until 2027-02-30\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[unmanaged-host] other rule\n", 1, False),
        ("DB_HOST=x # analyzer: ignore everything\n", 1, False),
        ("DB_HOST=x # my-analyzer: ignore[node-host] ok\n", 1, False),
        ("DB_HOST=x # `analyzer: ignore[node-host] ok` is how\n", 1, False),
    ],
)
def test_inline(text, line, suppressed):
    (found,) = marked(text, on(line)).findings
    assert (found.suppressed is not None) is suppressed


@pytest.mark.parametrize(("start", "suppressed"), [(9, False), (10, True), (19, True), (20, False), (35, True)])
def test_bytes_count_where_a_comment_names_them(start, suppressed):
    said = "# analyzer: ignore[node-host] drill"
    comments = tuple(
        Comment(Span(0, 9), said, own_line=True, covers=Span(*span)) for span in ((10, 20), (10, 15), (30, 40))
    )
    found = [replace(on(1), span=Span(start, start + 1)), replace(on(1), span=Span(50, 51))]
    done = mark(found, Extraction(comments=comments), SourceFile("a.ipynb", b"x" * 99), terms()).findings
    assert [each.suppressed is not None for each in done] == [suppressed, False]


def test_the_reason_is_kept_without_its_date():
    (found,) = marked("# analyzer: ignore[node-host] run by hand, until 2027-01-31\nx\n", on(2)).findings
    assert (found.suppressed.reason, found.suppressed.expires, found.suppressed.line) == (
        "run by hand",
        "2027-01-31",
        1,
    )


FAULTS = {
    "analyzer: ignore[node-host]": "no reason",
    "analyzer: ignore[node-host] until 2027-01-31": "no reason",
    "analyzer: ignore[] by hand": "names no rule; write `analyzer: ignore[node-host] reason`",
    "analyzer: ignore by hand": "names no rule",
    "analyzer: ignore node-host": "names no rule",
    "analyzer: ignore[node-hots] by hand": "node-hots is no rule; write node-host",
    "analyzer: ignore[Node-Host] by hand": "Node-Host is no rule; write node-host",
    "analyzer: ignore[all] by hand": "all is no rule; `analyzer explain` lists them",
    "analyzer: ignore[*] by hand": "what stands in the bracket is no rule",
    "analyzer: ignore[unused-suppression] by hand": "unused-suppression is excused by no comment",
    "analyzer: ignroe[node-host] by hand": "ignroe is no word of exceptions; write `analyzer: ignore[node-host]",
    "analyzer: disable[node-host] by hand": "disable is no word of exceptions",
    "analyzer: ignore[node-host] by hand until 2027-13-01": "there is no 2027-13-01; write a day",
    "analyzer: ignore[node-host] by hand until 31.01.2027": "last day cannot be read",
    "analyzer: ignore[node-host] by hand until 2027/01/31": "last day cannot be read",
    "analyzer: ignore[node-host] by hand, until Jan 31 2027": "last day cannot be read",
    "analyzer: ignore[node-host] by hand until end of 2027": "last day cannot be read",
    "analyzer: ignore[node-host] by hand until Q3": "last day cannot be read",
}


@pytest.mark.parametrize("said", FAULTS)
def test_what_is_wrong_is_told(said):
    (told,) = marked(f"# {said}\nx\n", on(2)).exemptions
    assert FAULTS[said] in "; ".join(told.faults)


@pytest.mark.parametrize(
    "said",
    [
        "analyzer: ignore[node-host] until the replicas have moved",
        "analyzer: ignore[node-host] waits until 2 nodes are gone",
        "analyzer: ignore[node-host] by hand until: 2027-01-31",
        "see the analyzer: ignore what it says of x",
        "of the analyzer: result[0] counts, ignored ones do not",
    ],
)
def test_nothing_is_wrong(said):
    assert marked(f"# {said}\nx\n", on(2)).exemptions == ()


def test_the_rules_that_exist_count():
    done = marked("x # analyzer: ignore[node-hots, node-host] by hand\n", on(1))
    assert done.findings[0].suppressed is not None
    assert [told.faults for told in done.exemptions] == [("node-hots is no rule; write node-host",)]


@pytest.mark.parametrize(
    ("sign", "end"),
    [
        ("#", ""),
        ("//", ""),
        ("/*", " */"),
        ("<!--", " -->"),
        ("{/*", " */}"),
        ("{#", " #}"),
        ("<%#", " %>"),
        ("{{/*", " */}}"),
    ],
)
def test_what_ends_a_comment_is_no_reason(sign, end):
    (bare,) = directives_of(Comment(Span(0, 1), f"{sign} analyzer: ignore[node-host]{end}", own_line=True), RULES)
    (full,) = directives_of(
        Comment(Span(0, 1), f"{sign} analyzer: ignore[node-host] by hand{end}", own_line=True), RULES
    )
    assert (bare.void, full.reason) == (True, "by hand")


def test_an_unneeded_directive_names_its_rules_and_the_nearest_finding():
    text = "# analyzer: ignore[node-host, unmanaged-host] by hand\nx\n\ny\n"
    (told,) = marked(text, on(4), on(2, rule="unmanaged-host")).exemptions
    assert (told.unused, told.rules, told.nearest) == (True, ("node-host",), 4)


def test_a_finding_far_away_is_not_what_was_meant():
    (told,) = marked("# analyzer: ignore[node-host] by hand\n" + "\n" * 60, on(50)).exemptions
    assert (told.unused, told.nearest) == (True, None)


@pytest.mark.parametrize(
    "conditions", [{"found": ()}, {"found": ("unmanaged-host",)}, {"problems": (Problem("a.env", "parse", "cut off"),)}]
)
def test_what_the_scan_cannot_know_is_not_unneeded(conditions):
    assert marked("# analyzer: ignore[node-host] by hand\nx\n", **conditions).exemptions == ()


def test_one_that_has_ended_is_told_once():
    (told,) = marked("x # analyzer: ignore[node-host] by hand until 2026-05-31\n").exemptions
    assert (told.ended, told.unused, told.faults) == ("2026-05-31", False, ())


def allow(paths, hosts, expires=""):
    return Allow(paths, hosts, "by hand", owner="sre", expires=expires)


@pytest.mark.parametrize(
    ("path", "hosts", "expires", "suppressed"),
    [
        ("ops/deep/x.sh", ("10.0.0.120-10.0.0.122",), "", True),
        ("ops/x.sh", ("10.0.0.121",), "2026-06-01", True),
        ("ops/x.sh", ("10.0.0.121",), "2026-05-31", False),
        ("ops/x.sh", ("10.0.0.122",), "", False),
        ("app/ops/x.sh", ("10.0.0.121",), "", False),
    ],
)
def test_allow(path, hosts, expires, suppressed):
    entry = allow(("ops/**",), hosts, expires)
    done = mark([finding(path)], Extraction(), SourceFile(path, b""), terms(allow=[entry]))
    assert (done.findings[0].suppressed is not None) is suppressed
    if suppressed:
        assert (done.findings[0].suppressed.owner, done.findings[0].suppressed.expires) == ("sre", expires)


def test_every_entry_that_fits_is_needed_whatever_excuses_first():
    entries = [allow(("**",), ("10.0.0.121",)), allow(("a.env",), ("10.0.0.121",)), allow(("b",), ("10.0.0.121",))]
    done = marked("x # analyzer: ignore[node-host] by hand\n", on(1), allow=entries)
    assert (done.findings[0].suppressed.kind, done.met, done.exemptions) == ("inline", {0, 1}, ())


@pytest.mark.parametrize(
    ("met", "whole", "told"),
    [
        ({0, 1}, True, [(0, "2026-05-31", False)]),
        ({0, 1}, False, [(0, "2026-05-31", False)]),
        ({1}, False, []),
        (set(), False, []),
        (set(), True, [(0, "2026-05-31", False), (1, "", True)]),
    ],
)
def test_entries_are_judged_by_what_the_scan_saw(met, whole, told):
    entries = allowances(Policy(allow=(allow(("a",), ("h-1",), "2026-05-31"), allow(("b",), ("h-1",)))), TODAY)
    found = [(int("paths b" in e.shape), e.ended, e.unused) for e in entries_told(entries, met, whole=whole)]
    assert found == told


def test_a_file_full_of_directives_is_read_in_linear_steps():
    rows = "# analyzer: ignore[node-host] a\nx \\\n" * 20_000
    source = SourceFile("a.sh", rows.encode())
    starts = [i for i in range(len(rows)) if rows.startswith("#", i)]
    comments = tuple(Comment(Span(i, i + 31), rows[i : i + 31], own_line=True) for i in starts)
    done = mark([on(2)], Extraction(comments=comments), source, terms())
    assert done.findings[0].suppressed is not None
    assert len(done.exemptions) == 19_999

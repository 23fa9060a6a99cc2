from datetime import date

import pytest

from analyzer.model import Allow, Comment, Policy, Position, Span
from analyzer.source import SourceFile
from analyzer.suppress import directives_of, mark
from tests.reports import finding

TODAY = date(2026, 6, 1)


def comments(text):
    source = SourceFile("a.env", text.encode())
    start = text.index("#")
    own_line = not text[:start].rpartition("\n")[2].strip()
    return source, Comment(Span(start, len(text)), text[start:].rstrip("\n"), own_line)


@pytest.mark.parametrize(
    ("text", "line", "suppressed"),
    [
        ("DB_HOST=x # analyzer: ignore[node-host] replication test\n", 1, True),
        ("# analyzer: ignore[node-host] replication test\nDB_HOST=x\n", 2, True),
        ("# analyzer: ignore[node-host] replication test\nDB_HOST=x\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[unmanaged-host, node-host] ok until 2026-06-01\n", 1, True),
        ("DB_HOST=x # analyzer: ignore[node-host] ok until 2026-05-31\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[node-host]\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[node-host] until 2027-01-01\n", 1, False),
        ("DB_HOST=x # analyzer: ignore[unmanaged-host] other rule\n", 1, False),
        ("DB_HOST=x # analyzer: ignore everything\n", 1, False),
    ],
)
def test_inline(text, line, suppressed):
    source, comment = comments(text)
    at = Position(line, 9, 9, 0)
    (marked,) = mark([finding("a.env", start=at)], [comment], source, Policy(), TODAY)
    assert (marked.suppressed is not None) is suppressed


def test_the_reason_is_kept_without_its_date():
    source, comment = comments("# analyzer: ignore[node-host] run by hand, until 2027-01-31\n")
    (directive,) = directives_of(comment, source)
    assert (directive.reason, directive.until, directive.covers) == ("run by hand", "2027-01-31", 2)


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
    policy = Policy(allow=(Allow(("ops/**",), hosts, "by hand", expires=expires),))
    (marked,) = mark([finding(path)], [], SourceFile(path, b""), policy, TODAY)
    assert (marked.suppressed is not None) is suppressed

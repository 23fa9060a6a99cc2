"""What holds for any text: nothing raises, offsets are exact, a collapse leaves one host, no pattern runs away."""

import importlib
import pkgutil
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analyzer.hosts
from analyzer.hosts import HOLE, find, parse
from analyzer.model import Engine
from tests.hosts.marks import collapsed, marked
from tests.hosts.test_parse import JDBC, KEYWORDS, REST, SEMICOLONS, TEMPLATED, URLS

PIECES = [
    *(
        "postgresql://",
        "redis://",
        "jdbc:",
        "jdbc:oracle:thin:@",
        "jdbc:sqlserver://",
        "mysql://",
        "http://",
        "r2dbc:",
        "tcp(",
    ),
    *(
        "host=",
        "hostaddr=",
        "port=",
        "dbname=",
        "Server=",
        "Data Source=",
        "Password=",
        "mysql:host=",
        "dbi:Pg:",
        "sqlsrv:",
    ),
    *(
        "(DESCRIPTION=",
        "(ADDRESS=(",
        "(HOST=",
        "(PORT=",
        "10.0.0.121",
        "10.0.0.122",
        "db1",
        "db1.corp.internal",
        "[fd00::1]",
    ),
    *(
        "5432",
        "99999",
        "u:p",
        "@",
        ":",
        "/",
        ",",
        ";",
        "?",
        "&",
        "=",
        "#",
        "\\",
        "%2F",
        "%",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
    ),
    *(
        "{{ .x }}",
        "${X}",
        "${X:-",
        "$(X)",
        "%s",
        "%(x)s",
        "<X>",
        HOLE,
        "'",
        '"',
        "`",
        " ",
        "\n",
        "\t",
        "\\n",
        "\\",
        "é",
        "\udc80",
    ),
    *(
        "target_session_attrs=any",
        "replicaSet=x",
        "loadbalance:",
        "failoverPartner=",
        "address=(host=",
        "\u200b",
        "１０",
    ),
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)
ATTACKS = ["a" * 50000, " " * 50000, "a." * 50000, "a://b:" * 20000, "${" * 20000, "a,b:" * 20000, "(a=" * 20000]


def exact(text, parsed):
    previous = 0
    for part in parsed.hosts:
        assert 0 <= part.start < part.end <= len(text)
        assert previous <= part.start
        previous = part.end
        if part.exact:
            assert text[part.start : part.end] == part.host
        if part.bracketed:
            assert text[part.start - 1] + text[part.end] == "[]"
        if part.port is not None:
            assert int(text[part.port_start : part.port_end]) == part.port
        assert part.insert_at <= len(text)
        assert (part.insert_at < 0 and not part.insert) or part.port is None
    if parsed.list_start >= 0:
        assert parsed.start <= parsed.list_start <= parsed.hosts[0].start < parsed.list_end <= parsed.end
    places = sorted([*parsed.drops, (parsed.list_start, parsed.list_end)])
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert all(parsed.start <= start < end <= parsed.end for start, end in parsed.drops)
    assert len(parsed.pieces) == len(parsed.hosts) + 1
    for index, part in enumerate(parsed.hosts):
        assert f"«{part.host}»" in parsed.shape(index) or f"«[{part.host}]»" in parsed.shape(index)


@given(texts, st.none() | st.sampled_from(Engine))
def test_parse(text, engine):
    parsed = parse(text, engine=engine)
    if parsed:
        exact(text, parsed)
        assert text[parsed.start : parsed.end] == text.strip()


@given(texts)
def test_find(text):
    end = 0
    for parsed in find(text):
        exact(text, parsed)
        assert parsed.hosts
        assert end <= parsed.start < parsed.end <= len(text)
        end = parsed.end


@given(st.text(max_size=80))
def test_any_text(text):
    parsed = parse(text)
    assert parsed is None or parsed.end <= len(text)
    assert len(list(find(text))) <= len(text)


@pytest.mark.parametrize("sample", [sample for sample, _ in URLS + JDBC + KEYWORDS + SEMICOLONS + REST + TEMPLATED])
def test_a_collapse_leaves_one_host_and_nothing_to_drop(sample):
    text = marked(sample).text
    before = parse(text)
    hidden = any(part.port is None and part.insert_at < 0 for part in before.hosts)
    after = parse(collapsed(text, before, "10.0.0.10", None if hidden else before.hosts[0].port or 5432))
    if before.form == "list":
        assert after.hosts[0].host == "10.0.0.10"
    else:
        assert (after.form, after.engine, after.dsn, after.drops) == (before.form, before.engine, before.dsn, ())
    assert [part.host for part in after.hosts] == ["10.0.0.10"]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack[:6])
def test_long_texts_come_to_an_end(attack):
    assert list(find(attack)) == []
    assert parse(attack) is None


def patterns():
    for module in pkgutil.iter_modules(analyzer.hosts.__path__, "analyzer.hosts."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield pytest.param(value, id=f"{module.name.rsplit('.', 1)[1]}-{name}")


@pytest.mark.parametrize("pattern", list(patterns()))
def test_every_pattern_is_bounded(pattern):
    """Ends on each attack; a quantifier without bound may follow an anchor or a literal only."""
    for attack in ATTACKS:
        assert sum(len(match.group()) for match in pattern.finditer(attack)) <= len(attack)

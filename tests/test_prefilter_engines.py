"""The engines behind the prefilter say the same of every input, and none of them can be made slow."""

import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _parser as sre  # the one way to see what a pattern is made of
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.prefilter import Prefilter, backends, heuristics, sieve_of
from analyzer.prefilter.backends import Sieve, by_hyperscan, by_re, by_re2
from tests.test_prefilter import CONNECTIONS, NEEDLES, QUIET

quick = settings(derandomize=True, max_examples=300, deadline=None)
SIEVES = {
    "policy": sieve_of(NEEDLES, heuristics=False),
    "policy and heuristics": sieve_of(NEEDLES, heuristics=True),
    "heuristics": sieve_of((), heuristics=True),
}
BUILDERS = (by_hyperscan, by_re2, by_re)
HITS = {name: [hit for build in BUILDERS if (hit := build(sieve)) is not None] for name, sieve in SIEVES.items()}


def agree(data: bytes) -> None:
    for name, hits in HITS.items():
        assert len({hit(data) for hit in hits}) == 1, name


def test_two_engines_are_compared():
    assert all(len(hits) >= 2 for hits in HITS.values())


@quick
@given(st.binary(max_size=300))
def test_engines_agree_on_any_bytes(data):
    agree(data)


FRAGMENTS = [
    *CONNECTIONS,
    *QUIET,
    "10.0.0.120",
    "10.0.121",
    "db-postgres-01",
    "0x0a000079",
    "%2e",
    "%31",
    "\\x31",
    "\\u0031",
    "host",
    "=",
    ":",
    "db",
    "_",
    ".",
    "url",
    "postgres",
    "redis",
    "t",
    "K",
    "ſ",
    "İ",
    "\u212a",
    "１",
    "。",
    "\u200b",
    "\u00ad",
    "0",
    "10.",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x00",
    " ",
    "'",
    '"',
    "kind",
    "secret",
    "//",
    "pg",
    "es",
    "@(",
    "(host",
    "6379",
    ",",
    ";a",
]


@quick
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join), st.booleans())
def test_engines_agree_on_text_that_nearly_matches(text, upper):
    agree((text.upper() if upper else text).encode("utf-8", "surrogatepass"))


PATTERNS = sorted({*NEEDLES, *heuristics.ENCODED, *heuristics.ALONE, *heuristics.SUBJECTS, *heuristics.PLACES})


@settings(derandomize=True, max_examples=5, deadline=None)
@given(st.data())
def test_engines_agree_on_what_each_pattern_means(data):
    for pattern in PATTERNS:
        agree(data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE))))


def test_engines_agree_on_a_tree():
    root = Path(__file__).parents[1]
    files = [p for part in ("analyzer", "fixtures", "rules") for p in (root / part).rglob("*") if p.is_file()]
    contents = [path.read_bytes() for path in sorted(files) if path.stat().st_size < 50_000]
    assert len(contents) > 50
    passed = [[hit(data) for data in contents] for hit in HITS["policy and heuristics"]]
    assert passed[0] == passed[-1]
    assert any(passed[0])
    assert not all(passed[0])


def operations(tree: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    for operation, argument in tree:
        yield str(operation), argument
        inner = argument if isinstance(argument, tuple) else (argument,)
        for part in inner:
            if isinstance(part, sre.SubPattern):
                yield from operations(part)
            elif isinstance(part, list):
                yield from operations(
                    step for entry in part for step in ([entry] if isinstance(entry, tuple) else entry)
                )


def test_patterns_keep_to_the_common_syntax():
    common = {"LITERAL", "NOT_LITERAL", "IN", "RANGE", "NEGATE", "BRANCH", "SUBPATTERN", "MAX_REPEAT", "AT"}
    for pattern in PATTERNS:
        found = list(operations(sre.parse(pattern)))
        assert {name for name, _ in found} <= common, pattern
        assert all(argument[1] <= 255 for name, argument in found if name == "MAX_REPEAT"), pattern
        assert {str(argument) for name, argument in found if name == "AT"} <= {"AT_BEGINNING", "AT_END"}, pattern


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__)
def test_each_engine_alone(builder):
    hit = builder(Sieve((b"alone",), (b"subject",), (b"place", b"spot$")))
    if hit is None:
        pytest.skip("this engine is not installed")
    for data, passes in (
        (b"", False),
        (b"alone", True),
        (b"xALONEx", True),
        (b"subject", False),
        (b"place", False),
        (b"place subject", True),
        (b"subject subject", False),
        (b"Subject spot", True),
        (b"subject spot x", False),
        (b"place place", False),
    ):
        assert hit(data) is passes


def test_where_nothing_is_installed_re_serves(monkeypatch):
    monkeypatch.setattr(backends, "_module", lambda _: None)
    prefilter = Prefilter(NEEDLES, heuristics=True)
    assert by_hyperscan(SIEVES["policy"]) is None
    assert by_re2(SIEVES["policy"]) is None
    assert all(prefilter.hit(text.encode()) for text in CONNECTIONS)


def test_hyperscan_gives_way_where_it_cannot_compile():
    assert by_hyperscan(Sieve((b"a(?=b)",))) is None


ATTACKS = [
    b"a" * 50_000,
    b" " * 50_000,
    b"a." * 25_000,
    b"a://b:" * 9_000,
    b"${" * 25_000,
    b"db" * 25_000,
    b"host" * 12_000,
    b"sql_" * 12_000,
    b"host=" * 10_000,
    b"host=a" * 9_000,
    b"server=a" * 6_000,
    b"kind:" * 10_000,
    b"kind" + b" " * 50_000,
    b"0." * 25_000,
    b"1" * 50_000,
    b"00." * 17_000,
    b"1.00" * 12_000,
    b"redis" * 10_000,
    b"mysql:" * 9_000,
    b"%2e" * 17_000,
    b"postgres+" * 6_000,
    b"dbdbhos" * 7_000,
    b"'" * 50_000,
    b":" * 50_000,
    b"\\" * 50_000,
    b"10.0." * 10_000,
    b"0x0" * 17_000,
    b"host = 'a' b" * 4_000,
    b"addr=a.b,c;" * 5_000,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda data: data[:12].decode())
def test_no_pattern_is_slow_on_any_text(attack):
    for pattern in (re.compile(pattern) for pattern in PATTERNS):
        started = time.process_time()
        pattern.search(attack)
        assert time.process_time() - started < 0.5, pattern.pattern

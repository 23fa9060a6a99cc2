"""Bytes without sense and damaged samples: no extractor, judgement or report fails, and every span is real."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.engine.judging import Bench, judge_file
from analyzer.extract import FORMATS, TEXT, Format, format_of
from analyzer.model import Coverage, Report
from analyzer.policy import load
from analyzer.report import REPORTS
from analyzer.resolve import Resolver
from analyzer.source import SourceFile
from tests.carriers import CARRIERS
from tests.hostility import POLICY, ROW, commands, grown, paths, scan
from tests.passwords import PASSWORDS

NAMES = tuple(PASSWORDS)[::9]


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "db-endpoints.yaml"
    path.write_text(POLICY)
    policy = load(path)
    return Bench(policy, Resolver(policy), date(2026, 1, 1))


ROWS = [row for row in (*FORMATS, TEXT) if row.semgrep is None]


def samples(row):
    """The carriers that this format reads, cut to a size that keeps the tests fast."""
    read = [c for c in CARRIERS if format_of(c.path, b"") == row]
    return [carrier.text(NAMES).encode()[:3000] for carrier in read] or [ROW]


PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"10.0.0.121", b"\r", b"\n", b"'", b'"', b"\\", b"${", b"}", b"@", b"://", b"\xef\xbb\xbf", b"#", b": "]
    ),
)


@st.composite
def damaged(draw, seeds):
    """A sample of a format with pieces taken out, doubled and put in; or bytes without any sense."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=200))
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 5))):
        at, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        middle = draw(st.sampled_from([b"", data[at : at + 40] * 2])) if end - at < 200 else data[at:end]
        data = data[:at] + draw(PIECES) + middle + data[end:]
    return data


def slots(ref):
    yield ref.slot
    if ref.port is not None and ref.port.slot is not None:
        yield ref.port.slot
    if ref.group is not None:
        yield from (slot for slot in (ref.group.hosts, ref.group.ports, *ref.group.drops) if slot is not None)


# Readers that a file gets by its look, not by its name.
LOOKS = {
    "inventory": [b"[app]\na1 ansible_host=10.0.0.120 db_host=10.0.0.121\n \n[app:vars]\nDB_HOST=10.0.0.121\n\n"],
    "ini": [b"# c\n[database]\nhost = 10.0.0.121 ; x\nport=5432\nurl: postgresql://u:x@10.0.0.121:5432/a\n"],
    "webserver": [
        b"<VirtualHost *:80>\nSetEnv DB_HOST 10.0.0.121\n</VirtualHost>\nfastcgi_param DB_HOST 10.0.0.121;\n"
    ],
}


@pytest.mark.parametrize("module", LOOKS)
def test_no_bytes_make_a_reader_by_look_fail(module, bench):
    never_fails(Format(module, (), module).load(), LOOKS[module], module, bench)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_bytes_make_an_extractor_or_a_report_fail(row, bench):
    never_fails(row.load(), samples(row), row.name, bench)


def never_fails(extract, seeds, name, bench):
    """No bytes make this extractor, a judgement or a report fail, and every span lies in the file."""

    @settings(max_examples=40)
    @given(damaged(seeds))
    def holds(data):
        source = SourceFile(f"sample.{name}", data)
        extraction = extract(source)
        for ref in extraction.refs:
            for slot in slots(ref):
                outer = slot.container.span if slot.container is not None else slot.span
                assert 0 <= outer.start <= outer.end <= len(data)
                assert slot.container is not None or not ref.slot.span.start > ref.slot.span.end
            assert all(0 <= step.span.start <= step.span.end <= len(data) for step in ref.flow)
        for comment in extraction.comments:
            assert data[comment.span.start : comment.span.end].decode("utf-8", "surrogateescape") == comment.text
        findings = judge_file(source, extraction, bench, source.path).findings
        for finding in findings:
            for edit in finding.fix.edits if finding.fix else ():
                assert data[edit.span.start : edit.span.end] == edit.old
        report = Report("0", None, Coverage(1, 1, 0, ()), findings, extraction.problems)
        for form, render in REPORTS.items():
            ours = len(findings) + bool(report.problems) if form == "github" else 0
            assert len(commands(render(report).encode("utf-8", "backslashreplace"))) <= ours

    holds()


def test_damaged_javascript_in_one_run(tmp_path):
    seeds = [c.text(("plain",)).encode() for c in CARRIERS if c.path.endswith((".js", ".ts"))]
    tree = grown(tmp_path)
    for number in range(60):
        seed = seeds[number % len(seeds)]
        cut = number * 7 % len(seed)
        (tree / f"a{number}.js").write_bytes(seed[:cut] + bytes([number * 4 + 1]) * 3 + seed[cut + number % 5 :])
    _code, report = scan(tree)
    assert {f["host"] for f in report["findings"]} == {"10.0.0.121"}
    assert len(paths(report)) > 20

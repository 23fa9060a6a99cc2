"""The test kit itself: that it finds fault where there is one."""

import pytest

from analyzer.model import Clue, Container, Evidence, Extraction, HostRef, PortRef, Problem, Slot, Span
from tests.kit import check, check_none, parse_sample

HOST = "10.0.0.121"


def reader(shift=0, evidence=Clue.KEY, problems=(), port=None, *, container=False):
    """An extractor that finds every HOST, `shift` bytes off."""

    def extract(source):
        refs = []
        at = source.data.find(HOST.encode())
        while at >= 0:
            span = Span(at + shift, at + shift + len(HOST))
            slot = Slot(Span(0, 3), Container(span)) if container else Slot(span)
            refs.append(HostRef(HOST, slot, (Evidence(evidence, "x"),), f"«{HOST}»", port=port))
            at = source.data.find(HOST.encode(), at + 1)
        return Extraction(tuple(refs), problems)

    return extract


@pytest.mark.parametrize(
    "sample",
    [
        "a «10.0.0.121» b\n",
        "«10.0.0.121»\n«10.0.0.121|clue=key,only=key,port=none,engine=none,open,group=0,host=10.0.0.121»",
        "nothing\n",
        "größer «10.0.0.121»\n\n",
    ],
)
def test_what_is_right_passes(sample):
    check(reader(), sample, comment="//")


@pytest.mark.parametrize(
    ("extract", "sample"),
    [
        (reader(), "10.0.0.121\n"),
        (reader(), "«10.0.0.122»\n"),
        (reader(), "«10.0.0.121» «10.0.0.122»\n"),
        (reader(), "«10.0.0.121» 10.0.0.121\n"),
        (reader(shift=1), "«10.0.0.121»  \n"),
        (reader(), "«10.0.0.121|port=5432»\n"),
        (reader(), "«10.0.0.121|clue=dsn»\n"),
        (reader(), "«10.0.0.121|only=key+place»\n"),
        (reader(), "«10.0.0.121|sealed»\n"),
        (reader(), "«10.0.0.121|group»\n"),
        (reader(), "«10.0.0.121|engine=mysql»\n"),
        (reader(), "«10.0.0.121|intent=read»\n"),
        (reader(), "«10.0.0.121|host=10.0.0.120»\n"),
        (reader(), "«10.0.0.121|nonsense»\n"),
        (reader(), "«10.0.0.121»:⟦5432⟧\n"),
        (reader(port=PortRef(5432, Slot(Span(0, 4)))), "«10.0.0.121»:⟦5432⟧\n"),
        (reader(problems=(Problem("x", "extract", "x"),)), "«10.0.0.121»\n"),
        (reader(container=True), "«10.0.0.121|host=10.0.0.122»\n"),
    ],
)
def test_what_is_wrong_fails(extract, sample):
    with pytest.raises(AssertionError):
        check(extract, sample, comment="#")


def test_an_extractor_that_ignores_the_byte_order_mark_fails():
    def extract(source):
        at = source.text.find(HOST)
        return Extraction((HostRef(HOST, Slot(Span(at, at + 10)), (Evidence(Clue.KEY, "x"),), f"«{HOST}»"),))

    with pytest.raises(AssertionError, match="BOM"):
        check(extract, "«10.0.0.121»\n")


def test_characters_instead_of_bytes_fail():
    def extract(source):
        at = source.text.find(HOST) + source.bom
        return Extraction((HostRef(HOST, Slot(Span(at, at + 10)), (Evidence(Clue.KEY, "x"),), f"«{HOST}»"),))

    check(extract, "«10.0.0.121»\n")
    with pytest.raises(AssertionError, match="comment"):
        check(extract, "«10.0.0.121»\n", comment="#")


def test_base64_counts_by_its_container():
    check(reader(container=True), "a «10.0.0.121|base64,host=10.0.0.121»\n")


def test_nothing_means_no_marks():
    check_none(reader(), "nothing\n")
    with pytest.raises(AssertionError):
        check_none(reader(), "«10.0.0.121»\n")


def test_marks_are_taken_out():
    sample = parse_sample("a=«x|port=1,sealed»:⟦1⟧ b=«y»")
    assert sample.text == "a=x:1 b=y"
    assert [(m.start, m.end, m.asked) for m in sample.marks] == [(2, 3, {"port": "1", "sealed": ""}), (8, 9, {})]
    assert sample.ports == [(4, 5)]
    assert sample.with_crlf().text == sample.text
    with pytest.raises(AssertionError):
        parse_sample("«open")

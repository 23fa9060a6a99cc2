"""Decoded text with the way back: escapes, cut indentation, constants of other places."""

import pytest

from analyzer.extract.gathering.sharedports import HIDDEN, TORN, agreed
from analyzer.extract.spelling.spelled import Run, Spelled, spelled, whole
from analyzer.model import Clue, Engine, Evidence, FlowStep, HostRef, PortRef, Slot, Span
from analyzer.source import SourceFile

#                0         1         2         3
#                0123456789012345678901234567890123456
TEXT = 'h = "10.0.0.121"; u = "x://${h}:1&amp;/y"'


def escaped() -> Spelled:
    """`x://${h}:1&/y` with the constant in place."""
    return spelled(
        [
            Run("x://", 23, 27),
            Run("10.0.0.121", 5, 15, use=(27, 31)),
            Run(":1", 31, 33),
            Run("&", 33, 38, verbatim=False),
            Run("/y", 38, 40),
        ],
        23,
        40,
    )


def origin(text: Spelled, piece: str) -> str | None:
    at = text.text.index(piece)
    place = text.origin(at, at + len(piece))
    return TEXT[slice(*place)] if place else None


@pytest.mark.parametrize(
    ("piece", "raw"),
    [
        ("x://", "x://"),
        ("10.0.0.121", "10.0.0.121"),
        ("0.0", "0.0"),
        (":1", ":1"),
        (":1&/y", ":1&amp;/y"),
        ("&", "&amp;"),
        ("://10", None),
        ("121:1", None),
    ],
)
def test_pieces_lead_to_the_characters_that_spell_them(piece, raw):
    assert origin(escaped(), piece) == raw


@pytest.mark.parametrize(("at", "place"), [(0, 23), (4, 27), (6, 7), (14, 31), (16, 33), (17, 38), (19, 40)])
def test_empty_places_at_a_constant_stand_outside_of_it(at, place):
    assert escaped().origin(at, at) == (place, place)


def test_nothing_can_be_put_beside_a_bare_reference():
    text = spelled([Run("10.0.0.121", 5, 15, use=(27, 31), beside=False)], 5, 15)
    assert text.origin(10, 10) is None
    assert text.origin(0, 10) == (5, 15)


def test_an_escape_is_no_host():
    text = spelled([Run("10", 0, 2), Run(".", 2, 7, verbatim=False), Run("0", 7, 8)], 0, 8)
    assert text.origin(0, 4) is None
    assert text.around(0, 4) == (0, 8)


@pytest.mark.parametrize(("start", "end", "text"), [(0, 4, "x://"), (2, 9, "//10.0."), (15, 19, "1&/y"), (5, 5, "")])
def test_parts_keep_their_places(start, end, text):
    part = escaped().part(start, end)
    assert part.text == text
    assert all(part.origin(i, i + 1) == escaped().origin(start + i, start + i + 1) for i in range(len(part.text)))


def test_uses_are_constants_of_other_places_only():
    inside = spelled([Run("a", 3, 4, use=(1, 6))], 0, 9)
    assert list(inside.uses()) == []
    assert [use for _, use in escaped().uses()] == [(27, 31)]


def test_readings_and_values_count_in_bytes():
    source = SourceFile("a", "ü = 10.0.0.121".encode())
    text = whole(source, 4, 14)
    assert text.value(source).locate(0, 10) == Slot(Span(5, 15))
    assert text.reading(source).locate(3, 10) == Slot(Span(8, 15))


def used(port: PortRef | None, engine: Engine | None = Engine.POSTGRESQL, step: int = 50) -> HostRef:
    flow = (FlowStep(Span(step, step + 1), "x"),) if step else ()
    return HostRef("h", Slot(Span(0, 1)), (Evidence(Clue.DSN, "x"),), "«h»", port=port, engine=engine, flow=flow)


def written(value: int, at: int) -> PortRef:
    return PortRef(value, Slot(Span(at, at + 4)))


def test_uses_that_share_a_port_keep_it():
    refs = [used(written(5432, 10)), used(written(5432, 10), step=60)]
    assert agreed(refs) == refs


@pytest.mark.parametrize("other", [None, PortRef(hidden="a variable"), written(5432, 20)])
def test_ports_of_several_uses_are_not_edited(other):
    refs = agreed([used(written(5432, 10)), used(other, engine=None, step=60)])
    assert {ref.port.hidden for ref in refs if ref.port} == {HIDDEN}
    assert {ref.sealed for ref in refs} == {""}


@pytest.mark.parametrize("other", [None, written(5432, 20)])
def test_different_ports_seal_the_constant(other):
    refs = agreed([used(written(6432, 10)), used(other, step=60)])
    assert {ref.sealed for ref in refs} == {TORN}


def test_the_constant_itself_is_no_use():
    refs = [used(None, step=0), used(written(5432, 10))]
    assert agreed(refs) == refs

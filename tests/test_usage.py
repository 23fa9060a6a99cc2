from dataclasses import replace

import pytest

from analyzer.model import Clue, Evidence, HostRef, Intent, PortRef, Slot, Span, Use
from analyzer.usage import certain, judge


def ref(*clues, port=None):
    evidence = tuple(Evidence(clue, clue.value) for clue in clues)
    return HostRef("10.0.0.121", Slot(Span(0, 10)), evidence, "", port=PortRef(port) if port else None)


@pytest.mark.parametrize(
    ("clues", "port_kind", "use"),
    [
        ((Clue.KEY,), "unknown", Use.CONNECTS),
        ((Clue.DSN,), "database", Use.CONNECTS),
        ((Clue.DSN,), "operation", Use.OPERATES),
        ((Clue.CALL, Clue.OPERATION), "unknown", Use.CONNECTS),
        ((Clue.OPERATION,), "unknown", Use.OPERATES),
        ((Clue.OPERATION, Clue.NAME, Clue.PLACE), "unknown", Use.OPERATES),
        ((Clue.NAME, Clue.PLACE), "unknown", Use.CONNECTS),
        ((Clue.NAME,), "database", Use.CONNECTS),
        ((Clue.NAME,), "unknown", Use.MENTIONS),
        ((Clue.TEXT,), "database", Use.MENTIONS),
        ((Clue.TEXT,), "operation", Use.OPERATES),
        ((Clue.DSN, Clue.COMMENT), "database", Use.MENTIONS),
        ((Clue.DSN, Clue.INFRASTRUCTURE), "database", Use.OPERATES),
        ((Clue.DSN, Clue.TEST), "database", Use.MENTIONS),
        ((Clue.NAME, Clue.TEST), "database", Use.MENTIONS),
        ((Clue.DSN, Clue.CALL, Clue.TEST), "database", Use.CONNECTS),
        ((Clue.KEY, Clue.TEST), "unknown", Use.CONNECTS),
        ((Clue.CHOICE, Clue.TEST), "unknown", Use.CONNECTS),
        ((), "unknown", Use.MENTIONS),
    ],
)
def test_clues_decide(clues, port_kind, use):
    assert judge(ref(*clues), port_kind).use is use


@pytest.mark.parametrize(
    ("clues", "intent", "several", "use"),
    [
        ((Clue.CHOICE,), Intent.UNKNOWN, True, Use.OPERATES),
        ((Clue.CHOICE, Clue.NAME), Intent.READ, True, Use.OPERATES),
        ((Clue.CHOICE,), Intent.UNKNOWN, False, Use.CONNECTS),
        ((Clue.CHOICE, Clue.NAME), Intent.WRITE, True, Use.CONNECTS),
        ((Clue.CHOICE, Clue.KEY), Intent.UNKNOWN, True, Use.CONNECTS),
        ((Clue.CHOICE, Clue.COMMAND), Intent.UNKNOWN, True, Use.CONNECTS),
        ((Clue.CHOICE, Clue.COMMENT), Intent.UNKNOWN, False, Use.MENTIONS),
    ],
)
def test_one_server_is_chosen_only_where_there_are_several(clues, intent, several, use):
    assert judge(replace(ref(*clues), intent=intent), "unknown", several=several).use is use


def test_infrastructure_is_never_writable():
    assert not judge(ref(Clue.INFRASTRUCTURE, Clue.DSN), "database").writable
    assert judge(ref(Clue.DSN), "database").writable


def test_the_deciding_evidence_comes_first():
    evidence = judge(ref(Clue.PLACE, Clue.NAME, Clue.KEY, port=5432), "database").evidence
    assert [e.clue for e in evidence] == [Clue.KEY, Clue.NAME, Clue.PLACE, Clue.PORT]
    assert judge(ref(Clue.KEY), "unknown").intent is Intent.UNKNOWN


def test_only_connections_are_certain_without_a_policy():
    assert certain([Evidence(Clue.CALL, "x")])
    assert not certain([Evidence(Clue.NAME, "x"), Evidence(Clue.PLACE, "x")])

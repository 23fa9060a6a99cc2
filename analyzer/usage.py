"""Evidence -> what the place does with its host: connects, operates or mentions.

Knows no syntax and no policy file: it weighs the clues that extractors collected and what the port is for. The
order of the questions in `judge` is the whole judgement.
"""

from collections.abc import Iterable

from analyzer.model import CONNECTING, Clue, Evidence, HostRef, Intent, Usage, Use

_TAKEN = CONNECTING - {Clue.DSN} | {Clue.PLACE}


def judge(ref: HostRef, port_kind: str, *, several: bool = False) -> Usage:
    """Weigh one reference. `port_kind` is "database", "operation" or "unknown": what the host listens with there.

    `several`: the host is one of several nodes of a cluster.
    """
    clues = {e.clue for e in ref.evidence}
    if several and ref.intent is not Intent.WRITE and CONNECTING & clues == {Clue.CHOICE}:
        clues = clues - {Clue.CHOICE} | {Clue.OPERATION}
    use = _use(clues, port_kind)
    return Usage(use, ref.intent, _ranked(ref, port_kind), writable=Clue.INFRASTRUCTURE not in clues)


def _use(clues: set[Clue], port_kind: str) -> Use:
    if Clue.INFRASTRUCTURE in clues:
        return Use.OPERATES
    if Clue.COMMENT in clues:
        return Use.MENTIONS
    if port_kind == "operation":
        return Use.OPERATES
    if Clue.TEST in clues and clues.isdisjoint(_TAKEN):
        return Use.MENTIONS  # a text of a test that no client takes: what it expects, or feeds to a parser
    if not clues.isdisjoint(CONNECTING):
        return Use.CONNECTS
    if Clue.OPERATION in clues:
        return Use.OPERATES
    if Clue.NAME in clues and (Clue.PLACE in clues or port_kind == "database"):
        return Use.CONNECTS
    return Use.MENTIONS


def certain(evidence: Iterable[Evidence]) -> bool:
    """Whether the place is a database connection whatever the host is: needed where no policy knows the host."""
    clues = {e.clue for e in evidence}
    return not clues.isdisjoint(CONNECTING)


def _ranked(ref: HostRef, port_kind: str) -> tuple[Evidence, ...]:
    order = {clue: rank for rank, clue in enumerate(Clue)}
    evidence = list(dict.fromkeys(ref.evidence))
    if ref.port is not None and ref.port.value is not None and port_kind != "unknown":
        evidence = [e for e in evidence if e.clue is not Clue.PORT]
        evidence.append(Evidence(Clue.PORT, f"{ref.port.value} is a port for {_purpose(port_kind)}"))
    return tuple(sorted(evidence, key=lambda e: order[e.clue]))


def _purpose(port_kind: str) -> str:
    return "operation, not for database clients" if port_kind == "operation" else "database clients"

"""Python: client calls, connection strings, dictionaries, look-ups with defaults, constants that reach a call.

Puts the parts together: parse, walk, merge what was found about one place. A file that does not parse is read as
Python 2 or as text, and nothing in it may be edited.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analyzer.extract.python import legacy as pylegacy
from analyzer.extract.python import modern as pymodern
from analyzer.extract.python import tree as pytree
from analyzer.extract.python.annex import annexed
from analyzer.extract.python.places import SEVERAL_PORTS
from analyzer.extract.python.remarks import remarks
from analyzer.extract.python.text import SEALED, text_references
from analyzer.extract.python.walk import references
from analyzer.hosts import DEFAULT_PORTS
from analyzer.model import Clue, Extraction, HostRef, Intent, PortRef, Problem, Slot
from analyzer.source import SourceFile

_ORDER = {
    clue: rank
    for rank, clue in enumerate(
        (
            Clue.COMMENT,
            Clue.CALL,
            Clue.COMMAND,
            Clue.CHOICE,
            Clue.DSN,
            Clue.KEY,
            Clue.OPERATION,
            Clue.NAME,
            Clue.PLACE,
            Clue.PORT,
        )
    )
}
_CERTAIN = frozenset({Clue.CALL, Clue.COMMAND, Clue.DSN})
_TAKEN = frozenset({Clue.CALL, Clue.COMMAND, Clue.CHOICE})
_SAID = frozenset({Clue.DSN, Clue.KEY, Clue.NAME})


def extract(source: SourceFile) -> Extraction:
    """What stands in a Python file; one reference a place, in the order of their bytes."""
    noted = remarks(source)
    tree = pytree.parse(source)
    if isinstance(tree, Problem):
        newer = pymodern.parse(source)
        if newer is None:
            return replace(_unparsed(source, tree), comments=noted.comments, unbroken=noted.strings)
        tree = newer
    return Extraction(tuple(_merged(references(tree))), comments=noted.comments, unbroken=noted.strings)


def readable(text: str, *, old: bool) -> bool:
    """Whether a text is Python; `old`: Python 2 counts as well."""
    source = SourceFile("", text.encode("utf-8", "surrogateescape"))
    if not isinstance(pytree.parse(source), Problem) or pymodern.parse(source) is not None:
        return True
    return old and pylegacy.parse(source) is not None


def bundle_references(_root: str, files: Sequence[SourceFile]) -> dict[str, Extraction]:
    """What the first file makes of the constants that it imports from the others."""
    user, *others = files
    whole = annexed(user, others)
    tree = pytree.parse(whole[0]) if whole else None
    if whole is None or not isinstance(tree, pytree.Tree):
        return {}
    found = whole[1].divided(_merged(references(tree)))
    return {path: Extraction(refs) for path, refs in found.items() if path != user.path}


def _unparsed(source: SourceFile, problem: Problem) -> Extraction:
    """What a file that is no Python 3 shows, as Python 2 or else as text; nothing of it may be edited."""
    legacy = pylegacy.parse(source)
    if legacy is not None:
        problem = replace(problem, message="Python 2: read, never rewritten", incomplete=False)
    refs = text_references(source) if legacy is None else references(legacy)
    return Extraction(tuple(_merged(replace(ref, sealed=SEALED) for ref in refs)), (problem,))


def _merged(refs: Iterable[HostRef]) -> Iterator[HostRef]:
    """References to the same bytes as one, with the evidence and the flow of all."""
    places: dict[tuple[Slot, str], list[HostRef]] = {}
    for ref in refs:
        places.setdefault((ref.slot, ref.host), []).append(ref)
    for _, found in sorted(places.items(), key=lambda item: (item[0][0].span.start, item[0][0].span.end, item[0][1])):
        yield _one(found)


def _one(found: list[HostRef]) -> HostRef:
    """The reference that shows its place best, with what the others know."""
    # a message that shows a host says nothing about the place that uses it
    used = [ref for ref in found if all(e.clue is not Clue.COMMENT for e in ref.evidence)]
    found = sorted(_weighed(used or found), key=_telling)
    evidence = dict.fromkeys(e for ref in found for e in ref.evidence)
    # what a call uses as its port is known there, not by the names of other settings
    certain = [ref for ref in found if any(e.clue in _CERTAIN for e in ref.evidence)]
    return replace(
        found[0],
        evidence=tuple(sorted(evidence, key=lambda e: _ORDER.get(e.clue, len(_ORDER)))),
        port=_bare(certain) or _port([ref.port for ref in certain or found if ref.port is not None]),
        engine=next((ref.engine for ref in found if ref.engine), None),
        intent=_intent({ref.intent for ref in found} - {Intent.UNKNOWN}),
        group=next((ref.group for ref in found if ref.group), None),
        flow=tuple(dict.fromkeys(step for ref in found for step in ref.flow)),
        sealed=next((ref.sealed for ref in found if ref.sealed), ""),
    )


def _weighed(found: list[HostRef]) -> list[HostRef]:
    """What clients do with a value counts more than its form and name: who only asks for a role is no application."""
    clues = {evidence.clue for ref in found for evidence in ref.evidence}
    asked = any(ref.engine is not None and any(e.clue is Clue.OPERATION for e in ref.evidence) for ref in found)
    if not asked or not clues.isdisjoint(_TAKEN):
        return found
    left = ((ref, tuple(e for e in ref.evidence if e.clue not in _SAID)) for ref in found)
    return [replace(ref, evidence=evidence) for ref, evidence in left if evidence]


def _telling(ref: HostRef) -> tuple[bool, int]:
    """Places that the literal stands in come before places that it reaches, certain ones before others."""
    return bool(ref.flow), min(_ORDER.get(e.clue, len(_ORDER)) for e in ref.evidence)


def _intent(intents: set[Intent]) -> Intent:
    return intents.pop() if len(intents) == 1 else Intent.UNKNOWN


def _bare(uses: list[HostRef]) -> PortRef | None:
    """The port of a constant that some uses give a port and others none, which take the default; None for any other."""
    written = {ref.port.value for ref in uses if ref.port is not None and ref.port.value is not None}
    silent = any(ref.port is None or (ref.port.value is None and not ref.port.hidden) for ref in uses if ref.flow)
    if not silent or len(written) != 1:
        return None
    (value,) = written
    engine = next((ref.engine for ref in uses if ref.engine), None)
    same = engine is not None and value == DEFAULT_PORTS[engine][0]
    return PortRef(value if same else None, hidden=SEVERAL_PORTS)


def _port(ports: list[PortRef]) -> PortRef | None:
    """The port of all places: written before hidden before insertable; several written ones cannot be edited as one."""
    written = {port.slot: port for port in ports if port.value is not None}
    if len(written) > 1:
        return PortRef(hidden=SEVERAL_PORTS)
    if written:
        return next(iter(written.values()))
    hidden = next((port for port in ports if port.hidden), None)
    places = {port.slot: port for port in ports}
    return hidden or (next(iter(places.values())) if len(places) == 1 else None)

"""Names that a project gives to its own containers: whoever connects to one of them connects to no foreign server.

A policy may still declare such a name as a node; then the place counts as before.
"""

from collections.abc import Collection
from dataclasses import replace

from analyzer.hosts import canonical
from analyzer.model import CONNECTING, Clue, Evidence, HostRef


def softened(ref: HostRef, names: Collection[str], owner: str) -> HostRef:
    """The reference, with nothing in its evidence that would report a host which no policy knows.

    `names` are canonical; `owner` says whose names they are.
    """
    if canonical(ref.host) not in names:
        return ref
    weaker = (replace(e, clue=Clue.NAME) if e.clue in CONNECTING else e for e in ref.evidence)
    return replace(ref, evidence=(*weaker, Evidence(Clue.PLACE, f"a name of {owner}")))

"""References in places that connect to nothing: administration, monitoring. What the place says counts alone."""

from dataclasses import replace

from analyzer.model import Clue, Evidence, HostRef

_SAID = frozenset({Clue.DSN, Clue.CALL, Clue.COMMAND, Clue.CHOICE, Clue.KEY, Clue.NAME, Clue.PLACE, Clue.PORT})


def operated(ref: HostRef, why: Evidence) -> HostRef:
    """The reference with `why` in place of all that would make it a connection."""
    return replace(ref, evidence=(why, *(e for e in ref.evidence if e.clue not in _SAID)))

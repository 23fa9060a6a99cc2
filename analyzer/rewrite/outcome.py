"""What is asked of the writer for one file, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What became of a file."""

    FIXED = "fixed"  # the new bytes are on the disk, read back
    UNCHANGED = "unchanged"  # the new bytes are the old ones
    REFUSED = "refused"  # a kind of file that is not written
    CONFLICT = "conflict"  # somebody else changed it; it is as they made it
    FAILED = "failed"  # the system could not; it is old, or its reason says what is unknown


@dataclass(frozen=True, slots=True)
class Change:
    """The bytes that a file had when it was scanned and those it shall have; `path` is POSIX, relative to the root."""

    path: str
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What became of one file, with the reason in plain words where it is not simply `fixed` or `unchanged`."""

    path: str
    state: State
    reason: str = ""


class NotWrittenError(Exception):
    """A file that is left alone: the state to report and the reason."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason

"""What a change does to the policy under which it is judged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """The policy file as the change leaves it: `old` and `new` bytes (None: no file), `path` relative to the root.

    `fault` is the first thing that is wrong with the new one.
    """

    path: str
    old: bytes | None
    new: bytes | None
    fault: str = ""

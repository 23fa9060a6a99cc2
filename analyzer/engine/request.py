"""What a scan is asked."""

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analyzer.baseline import Baseline
from analyzer.engine.comparing import Scope
from analyzer.engine.places import Limits
from analyzer.engine.watch import Unwatched, Watch
from analyzer.model import Policy


@dataclass(frozen=True)
class Request:
    """What to scan and by which policy. `paths` are as the user gave them, below `root`; `today` decides on expiry.

    `outputs` are globs of the files that the run itself writes.
    """

    root: Path
    paths: tuple[str, ...]
    policy: Policy
    today: date
    exclude: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    gitignore: bool = True
    limits: Limits = field(default_factory=Limits)
    baseline: Baseline | None = None
    watch: Watch = field(default_factory=Unwatched)

    @property
    def excluded(self) -> tuple[str, ...]:
        """The globs of all that is left out."""
        return (*self.policy.exclude, *self.exclude, *self.outputs)

    @property
    def scope(self) -> Scope:
        """Which files the request asks for."""
        return Scope(self.paths, self.exclude)


def policy_file(request: Request) -> str | None:
    """The policy's path relative to the root, if there is a policy."""
    if request.policy.path is None:
        return None
    return os.path.relpath(os.path.realpath(request.policy.path), os.path.realpath(request.root))

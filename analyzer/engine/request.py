"""What a scan is asked."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analyzer.engine.places import Limits
from analyzer.model import Policy


@dataclass(frozen=True)
class Request:
    """What to scan and by which policy. `paths` are as the user gave them, below `root`; `today` decides on expiry."""

    root: Path
    paths: tuple[str, ...]
    policy: Policy
    today: date
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    limits: Limits = field(default_factory=Limits)

"""The nouns of a draft: a roster with its place, and what is made of several."""

from dataclasses import dataclass

from analyzer.model import Engine, Intent, Roster, Span
from analyzer.source import SourceFile
from analyzer.visible import visible, visible_path


@dataclass(frozen=True)
class Told:
    """A roster and the file that tells it."""

    source: SourceFile
    roster: Roster

    def why(self, span: Span | None = None) -> str:
        """Where a fact stands, in words for a comment: `haproxy.cfg:12, HAProxy listen orders_write`."""
        line = self.source.position((span or self.roster.span).start).line
        return f"{visible_path(self.source.path)}:{line}, {visible(self.roster.what)}"


@dataclass(frozen=True, slots=True)
class DraftNode:
    """One server, its other names, and who tells of it."""

    host: str
    names: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftEndpoint:
    """Where clients of one intent go; without a host it cannot be told, and `why` says what is missing."""

    intent: Intent
    host: str
    port: int
    why: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """One cluster. `database` and `operation` are ports, empty where they are the engine's defaults."""

    name: str
    engine: Engine
    nodes: tuple[DraftNode, ...]
    endpoints: tuple[DraftEndpoint, ...]
    database: tuple[int, ...] = ()
    operation: tuple[int, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The clusters, and what could not be decided, in words."""

    clusters: tuple[Drafted, ...]
    notes: tuple[str, ...] = ()

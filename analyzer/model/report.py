"""Findings, fixes and the report: all that leaves the program."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analyzer.model.place import Engine, Intent, Problem, Span, Use
from analyzer.model.policy import Severity


class Safety(StrEnum):
    """Whether a fix may be written without a person (safe), on request (unsafe) or never (manual)."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a byte stands: `line`, and by `column` (characters), `utf16` (units) and `byte` in that line, all 1-based.

    `offset` is 0-based: UTF-16 units from the start of the text. A byte order mark counts in `byte` only.
    """

    line: int
    column: int
    utf16: int
    offset: int
    byte: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes of one file to replace; `old` must stand at `span`. `start` and `end` are for reports."""

    span: Span
    old: bytes
    new: bytes
    start: Position | None = None
    end: Position | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits of one file that belong together, whole or nothing; `reason` says why it is not safe.

    Not `publishable`: an edit's bytes hold more than host and port (the base64 of a whole DSN), or the file is not
    UTF-8 and those who apply a report to it would change its other characters. `suggestion` is the whole fix as one
    edit, None where its lines hold more than hosts, ports and names of keys: a review repeats whole lines.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...] = ()
    publishable: bool = True
    reason: str = ""
    suggestion: Edit | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: `kind` is inline, policy or baseline.

    `line` is the comment's in the finding's file, or the entry's in the policy; `expires` is an ISO date.
    """

    kind: str
    reason: str
    line: int | None = None
    owner: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place of the same story: the call that a constant reaches; `path` is the finding's own or another's."""

    line: int
    column: int
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A reference, judged. `path` is POSIX, relative to the root of the scan.

    `identity` tells it from the others of its file, `fingerprint` from all others.
    """

    rule: str
    severity: Severity
    path: str
    span: Span
    start: Position
    end: Position
    host: str
    use: Use
    intent: Intent
    message: str
    shape: str
    evidence: tuple[str, ...]
    fingerprint: str
    identity: str = ""
    line_hash: str = ""
    port: int | None = None
    cluster: str | None = None
    node: str | None = None
    engine: Engine | None = None
    related: tuple[Related, ...] = ()
    suppressed: Suppression | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place that names a member of a cluster, whatever is thought of it: what inventories are made of.

    `node` for a node, `endpoints` (the intents that it serves) for an endpoint.
    """

    path: str
    start: Position
    host: str
    cluster: str
    use: Use
    intent: Intent
    evidence: tuple[str, ...]
    port: int | None = None
    node: str | None = None
    endpoints: tuple[Intent, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where every listed file went: the counts add up to `files`."""

    files: int
    examined: int  # an extractor or the text scan read it
    nothing: int  # the prefilter found nothing in it
    skipped: tuple[tuple[str, int], ...]  # reason and count: binary, too large, link ...


@dataclass(frozen=True, slots=True)
class Compared:
    """The baseline that a scan was held against: its path, and how many of its entries no longer occur."""

    path: str
    gone: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The commit with which a scan was compared, and how many findings it already has: those are not shown."""

    base: str
    older: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report may show, in stable order; `today` is the day that expiry dates were held against."""

    version: str
    policy: str | None
    coverage: Coverage
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    today: date = date(1970, 1, 1)
    baseline: Compared | None = None
    difference: Difference | None = None

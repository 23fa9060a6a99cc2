"""The nouns of the program: frozen, slotted dataclasses without behaviour.

Byte offsets are 0-based and half-open; lines and columns are 1-based. Nothing here holds a line of
a scanned file: what leaves an extractor is hosts, ports, plain identifiers and our own words.
"""

from dataclasses import dataclass
from enum import StrEnum


class Engine(StrEnum):
    """A database engine that a policy can declare."""

    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    MARIADB = "mariadb"
    MONGODB = "mongodb"
    REDIS = "redis"
    SQLSERVER = "sqlserver"
    ORACLE = "oracle"
    CASSANDRA = "cassandra"
    ELASTICSEARCH = "elasticsearch"
    CLICKHOUSE = "clickhouse"


class Use(StrEnum):
    """What a place does with a host."""

    CONNECTS = "connects"
    OPERATES = "operates"
    MENTIONS = "mentions"


class Intent(StrEnum):
    """What a connection is for."""

    WRITE = "write"
    READ = "read"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much a finding weighs; `off` stands in policies only."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


class Safety(StrEnum):
    """Whether a fix may be written without a person (safe), on request (unsafe) or never (manual)."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"


class Clue(StrEnum):
    """The kind of an evidence, strongest reasons first."""

    INFRASTRUCTURE = "infrastructure"  # proxy, cluster, inventory, scrape or firewall configuration
    COMMENT = "comment"  # comment, docstring, prose
    DSN = "dsn"  # the form or scheme of a database connection string
    CALL = "call"  # an argument of a database client's call
    COMMAND = "command"  # an argument of a database client program
    KEY = "key"  # a key with a database word and a host-like word: DB_HOST
    OPERATION = "operation"  # an argument of an administration program: ssh, curl
    NAME = "name"  # a key with a host-like word only: host, PRIMARY
    PLACE = "place"  # a place that feeds applications: container env, Secret data
    PORT = "port"  # the port beside the host
    TEXT = "text"  # found in text, nothing more is known
    TEST = "test"  # test code, example, vendored or generated file


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a judgement; `text` is ours or a plain identifier of the file."""

    clue: Clue
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open byte range."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Container:
    """An encoded stretch of the file (base64) that is decoded, edited and encoded again as a whole."""

    span: Span
    encoding: str = "base64"


@dataclass(frozen=True, slots=True)
class Slot:
    """A run of bytes that an edit may replace: of the file, or of a container's decoded bytes."""

    span: Span
    container: Container | None = None


@dataclass(frozen=True, slots=True)
class PortRef:
    """The port that belongs to a host.

    Written: `value` and `slot` (the digits). Not written but possible: `value` None and an empty
    `slot` where `insert` + digits may be put (":", " port=", ";Port="). Written where it cannot be seen
    (a Secret's key, a variable): `hidden` names that place.
    """

    value: int | None = None
    slot: Slot | None = None
    insert: str = ""
    origin: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class HostGroup:
    """The hosts that one connection lists.

    `hosts` reaches from the first host to the end of the last host or port, brackets included; None where
    the list cannot be collapsed by one edit (a YAML list). `ports` is a separate list of ports
    (libpq `port=1,2`). `drops` lose their meaning once one endpoint is left. `inline_ports`: a
    collapsed list is written `host:port`.
    """

    members: tuple[str, ...]
    hosts: Slot | None = None
    ports: Slot | None = None
    drops: tuple[Slot, ...] = ()
    inline_ports: bool = True


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A place that a literal reaches: the call, the command, the use of its variable."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class HostRef:
    """One place in a file where a host stands, and what that place is.

    `host` is what a client would read: decoded, without brackets. `shape` shows the value by its key, scheme
    and hosts only, the host between « and ». `sealed` says why the bytes cannot be edited, or is empty.
    """

    host: str
    slot: Slot
    evidence: tuple[Evidence, ...]
    shape: str
    port: PortRef | None = None
    engine: Engine | None = None
    intent: Intent = Intent.UNKNOWN
    group: HostGroup | None = None
    flow: tuple[FlowStep, ...] = ()
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that holds an `analyzer:` directive; `own_line`: nothing stands before it on its line."""

    span: Span
    text: str
    own_line: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, parsed or done. `incomplete` problems make the exit code 3 (4 in a fix)."""

    path: str
    stage: str
    message: str
    line: int | None = None
    incomplete: bool = True


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extractor read from one file; `nature` is set where the whole file is infrastructure or prose."""

    refs: tuple[HostRef, ...] = ()
    problems: tuple[Problem, ...] = ()
    comments: tuple[Comment, ...] = ()
    nature: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a byte stands: `line` and `column` (characters) and `utf16` (UTF-16 units of the line), all 1-based.

    `offset` is 0-based: UTF-16 units from the start of the text. A byte order mark counts nowhere.
    """

    line: int
    column: int
    utf16: int
    offset: int


@dataclass(frozen=True, slots=True)
class Node:
    """One server of a cluster: `host` as declared (address, range, CIDR, glob or name) and its other names."""

    host: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The stable address of a cluster for one intent."""

    intent: Intent
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Servers of one engine that fail over among themselves; ports are defaults of the engine unless declared."""

    name: str
    engine: Engine
    nodes: tuple[Node, ...]
    endpoints: tuple[Endpoint, ...]
    database_ports: tuple[int, ...]
    operation_ports: tuple[int, ...]
    multi_host_dsn: str = "collapse"


@dataclass(frozen=True, slots=True)
class Allow:
    """An exception: findings about `hosts` in `paths` are suppressed until `expires` (ISO date)."""

    paths: tuple[str, ...]
    hosts: tuple[str, ...]
    reason: str
    owner: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A checked policy file; `path` is None where there is none."""

    clusters: tuple[Cluster, ...] = ()
    allow: tuple[Allow, ...] = ()
    exclude: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    path: str | None = None


class Match(StrEnum):
    """How a host's spelling relates to the declared one."""

    EXACT = "exact"
    DISGUISED = "disguised"  # an equivalent spelling: reported, never rewritten


@dataclass(frozen=True, slots=True)
class Resolution:
    """A host that the policy knows: a `node`, or one or more `endpoints` (write and read may share a host)."""

    cluster: Cluster
    match: Match
    node: str | None = None
    endpoints: tuple[Endpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """The judgement on a reference's use, with the evidence that decided first."""

    use: Use
    intent: Intent
    evidence: tuple[Evidence, ...]
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says. `endpoint` is where a fix leads (None: no fix); `collapse`: the whole list becomes it.

    `port_only`: the host stays. `unsafe` and `manual` say why a fix needs a flag or a person.
    """

    message: str
    severity: Severity
    endpoint: Endpoint | None = None
    collapse: bool = False
    port_only: bool = False
    unsafe: str = ""
    manual: str = ""


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

    Not `publishable`: an edit's bytes hold more than host and port (the base64 of a whole DSN).
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...] = ()
    publishable: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: `kind` is inline, policy or baseline."""

    kind: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another place of the same story: the call that a constant reaches."""

    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A reference, judged. `path` is POSIX, relative to the root of the scan."""

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
    line_hash: str = ""
    port: int | None = None
    cluster: str | None = None
    node: str | None = None
    engine: Engine | None = None
    related: tuple[Related, ...] = ()
    suppressed: Suppression | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where every listed file went: the counts add up to `files`."""

    files: int
    examined: int  # an extractor or the text scan read it
    nothing: int  # the prefilter found nothing in it
    skipped: tuple[tuple[str, int], ...]  # reason and count: binary, too large, link ...


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report may show, in stable order."""

    version: str
    policy: str | None
    coverage: Coverage
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

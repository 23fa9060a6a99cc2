"""What an extractor says: where a host stands and what the place is.

Nothing here holds a line of a scanned file: only hosts, ports, plain identifiers and our own words.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


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


class Clue(StrEnum):
    """The kind of an evidence, strongest reasons first."""

    INFRASTRUCTURE = "infrastructure"  # proxy, cluster, inventory, scrape or firewall configuration
    COMMENT = "comment"  # comment, docstring, prose
    DSN = "dsn"  # the form or scheme of a database connection string
    CALL = "call"  # an argument of a database client's call
    COMMAND = "command"  # an argument of a database client program
    CHOICE = "choice"  # an argument of a client that takes one server on purpose, where there are several: pg_dump
    KEY = "key"  # a key with a database word and a host-like word: DB_HOST
    OPERATION = "operation"  # an argument of an administration program: ssh, curl
    NAME = "name"  # a key with a host-like word only: host, PRIMARY
    PLACE = "place"  # a place that feeds applications: container env, Secret data
    PORT = "port"  # the port beside the host
    TEXT = "text"  # found in text, nothing more is known
    TEST = "test"  # test code, example, vendored or generated file


CONNECTING = frozenset({Clue.DSN, Clue.CALL, Clue.COMMAND, Clue.CHOICE, Clue.KEY})
"""Clues that make a place a database connection whatever its host is."""


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
    (a Secret's key, a variable): `hidden` names that place. `others` are further places of the same
    port, which change with it: those of other commands that take the host.
    """

    value: int | None = None
    slot: Slot | None = None
    insert: str = ""
    origin: str = ""
    hidden: str = ""
    others: tuple["PortRef", ...] = ()


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
    """A place that a literal reaches: the call, the command, the use of its variable.

    `path` is empty for a place in the reference's own file.
    """

    span: Span
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class HostRef:
    """One place in a file where a host stands, and what that place is.

    `host` is what a client would read: decoded, without brackets. `shape` shows the value by its key, scheme
    and hosts only, the host between « and ». `sealed` says why the bytes cannot be edited, or is empty. `takes`:
    only an address, or only a name, may be written here.
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
    takes: Literal["", "address", "name"] = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that holds an `analyzer:` directive; `own_line`: nothing stands before it on its line.

    `covers` are the bytes that it speaks of, where they are not its line of the file or the next one.
    """

    span: Span
    text: str
    own_line: bool
    covers: Span | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, parsed or done. `incomplete` problems make the exit code 3 (4 in a fix)."""

    path: str
    stage: str
    message: str
    line: int | None = None
    incomplete: bool = True


@dataclass(frozen=True, slots=True)
class Opaque:
    """A database key whose value cannot be seen here: encrypted, or kept by another system.

    `span` is the key's, `key` its name where that is a plain identifier. `where` is a phrase of ours ("encrypted by
    SOPS", "taken from secret/orders, property host"), of plain names and paths only.
    """

    span: Span
    key: str
    where: str
    shape: str
    engine: Engine | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the file with a nature of its own; None: a copy of what stands elsewhere, which nobody edits."""

    span: Span
    nature: Evidence | None


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch that is called by a name rather than by its line: `shop/Secret/orders-db/DATABASE_URL`.

    The whole of an object that somebody read from a cluster, or one of its values; plain names only. One that starts
    with a slash goes on from the name of all that was read.
    """

    span: Span
    name: str

"""What a reading of a host, list, URL or DSN yields: parts with offsets, and a shape that holds no secret.

All offsets are characters of the text that was read, 0-based and half-open. Nothing here reads text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.model import Engine, Intent

HOLE = "\ufffc"
"""Stands for an interpolated piece (f-string part, `${VAR}`, template action) inside text given to `parse`."""

WINDOW = 4096
"""A DSN is read up to this many characters."""

Range = tuple[int, int]
_SHOWN = 6  # a shape names no more hosts than this


@dataclass(frozen=True, slots=True)
class HostPart:
    """One host: `host` decoded and without brackets, `start` and `end` its raw spelling without brackets.

    `port` is None where none is written and where a template writes it. `insert` + digits at `insert_at` gives the
    host a port; -1 where none may be written. `exact`: the raw spelling is `host` itself.
    """

    host: str
    start: int
    end: int
    port: int | None = None
    port_start: int = -1
    port_end: int = -1
    insert_at: int = -1
    insert: str = ""
    exact: bool = True
    bracketed: bool = False

    def fixed(self) -> "HostPart":
        """The same host where no port may be inserted."""
        return replace(self, insert_at=-1, insert="")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A host, host list, URL or DSN, read.

    `list_start` to `list_end` reach from the first host (bracket included) to the end of the last host or inline
    port; -1 where one edit cannot collapse the list. `ports_start` to `ports_end` is a separate list of ports.
    Hosts outside the list (a failover partner, a second TNS address) stand inside `drops`: text that loses its
    meaning once the list is one endpoint, with the separator that goes with it. `inline_ports`: ports are written
    behind their hosts. `dsn`: certainly a database connection string. `doubt`: why drivers may read another host, or
    why the host is none that an endpoint can replace. `start` and `end` enclose the whole; `pieces` are words of ours
    around the hosts.
    """

    form: str
    scheme: str
    engine: Engine | None
    hosts: tuple[HostPart, ...]
    intent: Intent = Intent.UNKNOWN
    list_start: int = -1
    list_end: int = -1
    ports_start: int = -1
    ports_end: int = -1
    drops: tuple[Range, ...] = ()
    dsn: bool = False
    doubt: str = ""
    inline_ports: bool = True
    start: int = 0
    end: int = 0
    pieces: tuple[str, ...] = ("",)

    def shape(self, index: int) -> str:
        """The form with host `index` between « and »: `postgresql://…@«10.0.0.121»:5432/…`.

        Built from the grammar's own words, hosts and ports; nothing else of the text is in it.
        """
        first = max(0, min(index - _SHOWN // 2, len(self.hosts) - _SHOWN))
        last = min(len(self.hosts), first + _SHOWN)
        text = self.pieces[0] + ("…," if first else "")
        for i in range(first, last):
            host = _bracket(self.hosts[i].host)
            text += f"«{host}»" if i == index else host
            text += self.pieces[i + 1]
        return text if last == len(self.hosts) else f"{text}…"


def moved(parsed: Parsed, move: Callable[[int], int]) -> Parsed:
    """The same reading where every offset went through `move`."""

    def at(offset: int) -> int:
        return move(offset) if offset >= 0 else offset

    hosts = tuple(
        replace(
            part,
            start=at(part.start),
            end=at(part.end),
            port_start=at(part.port_start),
            port_end=at(part.port_end),
            insert_at=at(part.insert_at),
        )
        for part in parsed.hosts
    )
    return replace(
        parsed,
        hosts=hosts,
        list_start=at(parsed.list_start),
        list_end=at(parsed.list_end),
        ports_start=at(parsed.ports_start),
        ports_end=at(parsed.ports_end),
        drops=tuple((at(start), at(end)) for start, end in parsed.drops),
        start=at(parsed.start),
        end=at(parsed.end),
    )


def shifted(parsed: Parsed, by: int) -> Parsed:
    """The same reading inside a longer text: every offset moves by `by`."""
    return moved(parsed, lambda offset: offset + by)


def listed(parsed: Parsed, row: Sequence[HostPart]) -> Parsed:
    """`parsed` with the span from the first host of `row` to the end of the last host or of the port behind it.

    Several hosts of which one has a templated port are no span that an endpoint may replace.
    """
    if not row or (len(row) > 1 and any(part.port is None and part.insert_at < 0 for part in row)):
        return parsed
    first, last = row[0], row[-1]
    end = last.end + last.bracketed
    if parsed.inline_ports and last.port_start == end + 1:
        end = last.port_end
    elif parsed.inline_ports and last.insert_at == end + 1:
        end = last.insert_at
    return replace(parsed, list_start=first.start - first.bracketed, list_end=end)


def row_pieces(lead: str, parts: Sequence[HostPart], tail: str, *, inline: bool = True) -> tuple[str, ...]:
    """The words around hosts that stand in one comma-separated row."""
    if not parts:
        return (f"{lead}…{tail}",)
    ports = [_shown_port(part) if inline else "" for part in parts]
    return (lead, *(f"{port}," for port in ports[:-1]), ports[-1] + tail)


def removable(segments: Sequence[tuple[int, int, bool]]) -> Iterator[Range]:
    """Spans that take the marked segments (start, end, drop) out of a separated row, separators included.

    A segment before the last kept one takes the separator behind it, a later one the separator before it.
    At least one segment must be kept.
    """
    kept = [i for i, (_, _, drop) in enumerate(segments) if not drop]
    if not kept:
        return
    for i, (start, end, drop) in enumerate(segments):
        if drop and i < kept[-1]:
            yield start, segments[i + 1][0]
        elif drop:
            yield segments[i - 1][1], end


def _shown_port(part: HostPart) -> str:
    if part.port is not None:
        return f":{part.port}"
    return "" if part.insert_at >= 0 else ":…"


def _bracket(host: str) -> str:
    return f"[{host}]" if ":" in host else host

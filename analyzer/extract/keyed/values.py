"""From a value that was read to host references: slots, ports, lists and shapes.

A `Value` is decoded text with a way back to the bytes. What its key means is not known here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from analyzer.extract.keyed.accounts import logged_in
from analyzer.extract.keyed.defaults import Expanded, expand
from analyzer.extract.nature.operated import operated
from analyzer.hosts import HostPart, Parsed, canonical, uninteresting
from analyzer.model import Clue, Engine, Evidence, HostGroup, HostRef, Intent, PortRef, Slot

ESCAPED = "the host is written with escapes"
TEMPLATED = "a template"
_FLAGS = frozenset({"true", "false", "yes", "no", "on", "off", "none", "null", "nil", "enabled", "disabled", "auto"})
_NOWHERE = frozenset({"loopback", "unspecified address", "socket"})  # reasons of `hosts.uninteresting`


@dataclass(frozen=True)
class Value:
    """Decoded text and its literal, `whole`, with or without its quotes.

    `locate(i, j)` gives the bytes of characters i to j (an empty slot for i == j), None where escapes hide them:
    `apart` says what does. `others` are further texts that the same literal may stand for.
    """

    text: str
    locate: Callable[[int, int], Slot | None]
    whole: Slot
    others: tuple["Value", ...] = ()
    apart: str = ESCAPED

    @property
    def all(self) -> tuple["Value", ...]:
        """Each text that it may stand for."""
        return (self, *self.others)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known about all hosts of one value. `prefix` starts the shape: `DB_HOST=`, `psql -h `."""

    evidence: tuple[Evidence, ...]
    prefix: str = ""
    engine: Engine | None = None
    intent: Intent = Intent.UNKNOWN
    port: PortRef | None = None
    sealed: str = ""


def expanded(value: Value) -> Value:
    """The value with `${X:-default}` resolved to its default and other references to holes."""
    if value.others:
        value = replace(value, others=tuple(map(expanded, value.others)))
    if "$" not in value.text:
        return value
    read: Expanded = expand(value.text)

    def locate(start: int, end: int) -> Slot | None:
        place = read.original(start, end)
        return value.locate(*place) if place else None

    return Value(read.text, locate, value.whole, value.others, value.apart)


def host_references(parsed: Parsed, value: Value, seen: Seen) -> Iterator[HostRef]:
    """One reference for each host of `parsed`, a reading of `value.text`; hosts that are only form are left out.

    Slots hold the host only, brackets stay outside. The value's own port counts first, `seen.port` where the form
    leaves it to another key. Hosts of one list share one `HostGroup`. Who logs in by an account of monitoring is
    no application.
    """
    why = logged_in(parsed, value.text)
    found = _references(parsed, value, seen)
    yield from (operated(ref, why) for ref in found) if why else found


def _references(parsed: Parsed, value: Value, seen: Seen) -> Iterator[HostRef]:
    group = _group(parsed, value) if len(parsed.hosts) > 1 else None
    for index, part in enumerate(parsed.hosts):
        if formal(part.host):
            continue
        slot = value.locate(part.start, part.end)
        escaped = value.apart if slot is None else "" if part.exact else ESCAPED
        yield HostRef(
            host=part.host,
            slot=slot or value.whole,
            evidence=seen.evidence,
            shape=seen.prefix + parsed.shape(index),
            port=_port(parsed, part, value) or (seen.port if _portless(parsed) else None),
            engine=parsed.engine or seen.engine,
            intent=parsed.intent if parsed.intent is not Intent.UNKNOWN else seen.intent,
            group=group,
            sealed=seen.sealed or parsed.doubt or escaped,
        )


def dsn_evidence(parsed: Parsed) -> Evidence:
    """The form of a connection string as a reason: its scheme as written, else the name of the form."""
    return Evidence(Clue.DSN, parsed.scheme or parsed.form)


def formal(host: str) -> bool:
    """Whether a host can be no server that a policy declares: loopback, unspecified, a socket, a number, a flag."""
    name = canonical(host)
    return name in _FLAGS or name.isdecimal() or name.startswith("0.") or uninteresting(host) in _NOWHERE


def _portless(parsed: Parsed) -> bool:
    """Whether the form leaves the port to another key: a bare host or a list of bare hosts."""
    return parsed.form in {"host", "list"} and all(part.port is None for part in parsed.hosts)


def _port(parsed: Parsed, part: HostPart, value: Value) -> PortRef | None:
    if part.port is not None and part.port_start >= 0:
        slot = value.locate(part.port_start, part.port_end)
        return PortRef(part.port, slot, hidden="" if slot else value.apart)
    if _portless(parsed) and ":" in part.host and not part.bracketed:
        return None  # behind a bare IPv6 address no port can stand
    if part.insert_at < 0:
        # No port may be put there since one stands there: ${PORT}. A form without ports says so by its doubt.
        return None if parsed.doubt else PortRef(hidden=TEMPLATED)
    if _portless(parsed):
        return None
    slot = value.locate(part.insert_at, part.insert_at)
    return PortRef(slot=slot, insert=part.insert) if slot else None


def _group(parsed: Parsed, value: Value) -> HostGroup:
    drops = [value.locate(start, end) for start, end in parsed.drops]
    seen = all(drops)
    separate = parsed.ports_start >= 0
    ports = value.locate(parsed.ports_start, parsed.ports_end) if separate else None
    whole = parsed.list_start >= 0 and seen and (ports is not None or not separate)
    return HostGroup(
        members=tuple(part.host for part in parsed.hosts),
        hosts=value.locate(parsed.list_start, parsed.list_end) if whole else None,
        ports=ports,
        drops=tuple(drop for drop in drops if drop),
        inline_ports=parsed.inline_ports and not _portless(parsed),
    )

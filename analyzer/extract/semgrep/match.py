"""From the matches of one file to its host references.

A rule says what its match is (role, engine, client); what the text there means is read by `hosts` and `bindings`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer import hosts
from analyzer.extract.keyed.accounts import WHY
from analyzer.extract.keyed.bindings import value_references
from analyzer.extract.keyed.pairing import port_of_key
from analyzer.extract.keyed.values import Seen, Value, dsn_evidence, expanded, host_references
from analyzer.extract.nature.asked import ASKS
from analyzer.extract.nature.operated import operated
from analyzer.extract.semgrep.answer import Capture, Match
from analyzer.extract.semgrep.asking import only_asks
from analyzer.extract.semgrep.keys import entry_references, read_entry, read_map
from analyzer.extract.semgrep.rules import Rule
from analyzer.extract.semgrep.stage import Staged
from analyzer.extract.semgrep.value import Reader, Reading
from analyzer.hosts import Parsed
from analyzer.model import Clue, Evidence, FlowStep, HostGroup, HostRef, Intent, PortRef, Span

_WEB = frozenset(("http", "https"))
_RANK = {clue: rank for rank, clue in enumerate(Clue)}


@dataclass(frozen=True, slots=True)
class _Call:
    """A match of a rule that names a client or an operation: `text` is the callee or the client."""

    rule: Rule
    match: Match
    text: str
    reasons: tuple[Evidence, ...]
    step: FlowStep


def match_references(
    file: Staged, matches: Iterable[Match], rules: Mapping[str, Rule]
) -> dict[str, tuple[HostRef, ...]]:
    """The references that the matches of one file lead to, one for each place, sorted by it.

    They are told by the path in which they stand: that of the file, or of one beside it.
    """
    reader = Reader(file)
    by_role: dict[str, list[Match]] = {}
    for match in matches:
        rule = rules[match.rule]
        if not (rule.textual and reader.commented(reader.span(match.span))):
            by_role.setdefault(rule.role, []).append(match)
    entries = [entry for match in by_role.get("key", ()) if (entry := read_entry(match, reader))]
    maps = [read_map(match, reader) for match in by_role.get("object", ())]
    found = list(entry_references(entries, maps))
    for match in _longest(by_role.get("dsn", ())):
        found += _dsn(match, rules[match.rule], reader)
    for match in by_role.get("url", ()):
        found += _url(match, rules[match.rule], reader)
    found += _hosts([(rules[match.rule], match) for match in by_role.get("host", ())], reader)
    refs = _merged(found)
    called = [any(e.clue is Clue.CALL for e in ref.evidence) for ref in refs]
    asks = any(called) and only_asks(file.target.source.text)
    told = (operated(ref, ASKS) if asks and call else ref for ref, call in zip(refs, called, strict=True))
    return reader.divided(tuple(told))


def _longest(matches: Iterable[Match]) -> Iterator[Match]:
    """Of the matches that grow with a concatenation from one start on, the whole one."""
    longest: dict[tuple[str, int], Match] = {}
    for match in matches:
        key = (match.rule, match.span.start)
        if key not in longest or longest[key].span.end < match.span.end:
            longest[key] = match
    yield from longest.values()


def _dsn(match: Match, rule: Rule, reader: Reader) -> Iterator[HostRef]:
    capture = match.captures.get("$DSN") if rule.client else None
    reading = reader.capture(capture or Capture(match.span))
    if not rule.client:
        step = FlowStep(reader.span(match.span), "connection string")
        for ref in (ref for value in reading.values for ref in value_references(value)):
            yield ref if _within(ref.slot.span, step.span) else replace(ref, flow=(step,))
        return
    call = _call(rule, match, reader)
    for value in reading.values:
        yield from _parsed(value, call, None, reader)


def _url(match: Match, rule: Rule, reader: Reader) -> Iterator[HostRef]:
    capture = match.captures.get("$URL")
    if capture is None:
        return
    call, reading = _call(rule, match, reader), reader.capture(capture)
    web = [value for value in reading.values if _scheme(value) in _WEB]
    yield from _listed([ref for value in web for ref in _parsed(value, call, None, reader)], reading)


def _hosts(matches: Sequence[tuple[Rule, Match]], reader: Reader) -> Iterator[HostRef]:
    """Hosts of clients; those of one list share a group."""
    lists: dict[Span, list[HostRef]] = {}
    for rule, match in matches:
        capture = match.captures.get("$HOST")
        if capture is None:
            continue
        call, reading = _call(rule, match, reader), reader.capture(capture)
        port = _port(match.captures.get("$PORT"), reader)
        found = [ref for value in reading.values for ref in _parsed(value, call, port, reader)]
        members = match.captures.get("$LIST")
        if members is None:
            yield from _listed(found, reading)
        else:
            lists.setdefault(members.span, []).extend(found)
    for found in lists.values():
        yield from _grouped(found)


def _port(capture: Capture | None, reader: Reader) -> PortRef | None:
    if capture is None:
        return None
    reading = reader.capture(capture)
    return port_of_key("port", reading.values[0] if reading.values else None, reading.hidden)


def _parsed(value: Value, call: _Call, port: PortRef | None, reader: Reader) -> Iterator[HostRef]:
    """The hosts of one value that a client is given."""
    rule, read = call.rule, expanded(value)
    parsed = hosts.parse(read.text, engine=rule.engine)
    if parsed is None or (rule.role == "dsn" and not _telling(parsed)):
        return
    reasons = (*call.reasons, *([dsn_evidence(parsed)] if parsed.dsn and rule.client else []))
    span = reader.span(call.match.span)
    for ref in host_references(parsed, read, Seen(reasons, "", rule.engine, rule.intent, port)):
        yield replace(ref, shape=f"{call.text}({ref.shape})", flow=() if _within(ref.slot.span, span) else (call.step,))


def _call(rule: Rule, match: Match, reader: Reader) -> _Call:
    text, head = reader.callee(reader.span(match.span))
    if rule.operation:
        reason = Evidence(Clue.OPERATION, text or rule.operation)
    else:
        reason = Evidence(Clue.CALL, f"{text}() of {rule.client}" if text else rule.client)
    shown = text or rule.client or rule.operation
    return _Call(rule, match, shown, (reason,), FlowStep(head, shown))


def _listed(refs: Sequence[HostRef], reading: Reading) -> Iterable[HostRef]:
    return _grouped(refs) if reading.listed else refs


def _grouped(refs: Sequence[HostRef]) -> Iterator[HostRef]:
    """Members of one list that no single edit can collapse."""
    members = tuple(ref.host for ref in refs)
    for ref in refs:
        yield replace(ref, group=HostGroup(members, inline_ports=False)) if len(refs) > 1 else ref


def _telling(parsed: Parsed) -> bool:
    """Whether a text given in the place of a connection string names a server: `users` does not."""
    return parsed.dsn or any(part.port is not None or "." in part.host or ":" in part.host for part in parsed.hosts)


def _scheme(value: Value) -> str:
    parsed = hosts.parse(value.text)
    return parsed.scheme.lower() if parsed else ""


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _merged(refs: Iterable[HostRef]) -> tuple[HostRef, ...]:
    """References to the same bytes become one: all evidence, the shape of the strongest, the port that is written."""
    places: dict[tuple[int, int, str], list[HostRef]] = {}
    for ref in refs:
        places.setdefault((ref.slot.span.start, ref.slot.span.end, ref.host), []).append(ref)
    return tuple(_one(places[key]) for key in sorted(places))


def _one(refs: Sequence[HostRef]) -> HostRef:
    best, *others = sorted(refs, key=lambda ref: min(_RANK[e.clue] for e in ref.evidence))
    for other in others:
        best = replace(
            best,
            evidence=tuple(dict.fromkeys((*best.evidence, *other.evidence))),
            port=max(best.port, other.port, key=_known),
            engine=best.engine or other.engine,
            intent=best.intent if best.intent is not Intent.UNKNOWN else other.intent,
            group=best.group or other.group,
            flow=tuple(dict.fromkeys((*best.flow, *other.flow))),
            sealed=best.sealed or other.sealed,
        )
    return operated(best, WHY) if WHY in best.evidence else best


def _known(port: PortRef | None) -> int:
    """How much is known of a port: nothing, where it may be written, that it is elsewhere, where it is written."""
    if port is None:
        return 0
    if port.value is not None:
        return 3
    return 2 if port.hidden else 1

"""Host references of one scope: a map, an env list, a dotenv file, a dictionary.

Reads every key, parses every value, finds the port under the paired key and the engine beside. Knows neither the
format that the bindings come from nor the policy; only keys, values and places are told to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer import hosts
from analyzer.extract.keyed.accounts import WHY
from analyzer.extract.keyed.keys import KeyClue, operates, plain, read_key
from analyzer.extract.keyed.listing import Listing, listing
from analyzer.extract.keyed.pairing import Ports, engine_of_port, port_evidence, port_of_key, stems
from analyzer.extract.keyed.siblings import Sibling, Siblings, read_siblings
from analyzer.extract.keyed.systems import certain_port, read_system
from analyzer.extract.keyed.values import Seen, Value, dsn_evidence, expanded, host_references
from analyzer.hosts import Parsed
from analyzer.model import Clue, Engine, Evidence, HostGroup, HostRef, Intent, PortRef

__all__ = ["Binding", "Scope", "Value", "references", "value_references"]

_WEB = frozenset({"http", "https"})
_WEB_ENGINES = frozenset({Engine.ELASTICSEARCH, Engine.CLICKHOUSE})
_NEUTRAL = frozenset({"", "tcp"})
_FORMS = ("://", "=", "@", "(")  # one of them stands in every connection string


@dataclass(frozen=True)
class Binding:
    """A key and its value; `value` None: it stands elsewhere, `hidden` says where ("secretKeyRef pg/port").

    `item`: one of the values that a list under this key holds; each of them is a binding.
    """

    key: str
    value: Value | None = None
    hidden: str = ""
    item: bool = False


@dataclass(frozen=True)
class Scope:
    """Where bindings stand: `parents` outermost first, `evidence` of the place, `separator` for shapes ("=", ": ").

    `sealed`: why nothing in this scope may be edited. `machines`: lists of hosts are of machines that are set up.
    """

    parents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    separator: str = "="
    sealed: str = ""
    machines: bool = False


@dataclass(frozen=True)
class _Row:
    """A binding with what its key says; `value` has its defaults resolved."""

    binding: Binding
    value: Value | None
    clue: KeyClue | None


@dataclass(frozen=True)
class _Context:
    """What all bindings of a scope share."""

    scope: Scope
    ports: Ports
    siblings: Siblings
    listing: Listing


def references(bindings: Sequence[Binding], scope: Scope) -> Iterator[HostRef]:
    """The host references of one scope, in the order of its bindings.

    Certain DSNs count under any key, hosts under keys that `read_key` knows. Items of one list share a `HostGroup`.
    """
    rows = [_row(binding, scope) for binding in bindings]
    texts = [(row.binding.key, row.value.text) for row in rows if row.value]
    siblings, keys = read_siblings(texts), [(row.binding.key, row.clue) for row in rows]
    servers = listing(texts, keys, siblings, scope.parents, machines=scope.machines)
    context = _Context(scope, _ports(rows), siblings, servers)
    found = [(row, ref) for row in rows for each in _alternatives(row) for ref in _row_references(each, context)]
    groups = _list_groups(found)
    for row, ref in found:
        yield replace(ref, group=groups[row.binding.key]) if row.binding.item and row.binding.key in groups else ref


def value_references(
    value: Value, evidence: tuple[Evidence, ...] = (), *, prefix: str = "", sealed: str = ""
) -> Iterator[HostRef]:
    """The certain DSNs that are, or stand inside, one value without a key. `prefix` starts the shapes."""
    for read in expanded(value).all:
        for parsed in _dsns(read):
            yield from host_references(parsed, read, Seen((dsn_evidence(parsed), *evidence), prefix, sealed=sealed))


def _alternatives(row: _Row) -> Iterator[_Row]:
    """The row with each of the texts that its value may stand for."""
    yield from (replace(row, value=value) for value in row.value.all) if row.value and row.value.others else (row,)


def _row(binding: Binding, scope: Scope) -> _Row:
    value = expanded(binding.value) if binding.value else None
    return _Row(
        binding,
        value,
        read_key(binding.key, scope.parents) or read_system(binding.key, scope.parents, value.text if value else ""),
    )


def _ports(rows: Sequence[_Row]) -> Ports:
    ports = (
        (row.clue, port)
        for row in rows
        if row.clue and row.clue.role == "port"
        if (port := port_of_key(row.binding.key if plain(row.binding.key) else "…", row.value, row.binding.hidden))
    )
    lists = frozenset(row.clue.stem for row in rows if row.clue and row.clue.role == "port" and row.binding.item)
    return Ports(tuple(ports), stems(row.clue for row in rows if row.clue), lists)


def _row_references(row: _Row, context: _Context) -> Iterator[HostRef]:
    if row.value is None or not row.value.text.strip():
        return
    clue = row.clue if row.clue and row.clue.role != "port" else None
    if clue is None and not any(form in row.value.text for form in _FORMS):
        return
    sibling = context.siblings.of(clue.stem) if clue else None
    speaks = clue is not None and (not clue.foreign or clue.operation or (sibling is not None and not sibling.weak))
    engine = ((clue.engine if clue else None) or (sibling.engine if sibling else None)) if speaks else None
    parsed = hosts.parse(row.value.text, engine=engine)
    if parsed and not _certain(parsed) and clue and speaks and _names_host(parsed, clue, engine, sibling):
        yield from _named_references(parsed, row, clue, sibling, context)
    else:
        yield from _dsn_references([parsed] if parsed and _certain(parsed) else list(_dsns(row.value)), row, context)


def _certain(parsed: Parsed) -> bool:
    """Whether a reading is a database's connection string whatever its key; a web address depends on the key."""
    return parsed.dsn and parsed.scheme.lower() not in _WEB


def _dsns(value: Value) -> Iterator[Parsed]:
    whole = hosts.parse(value.text)
    if whole and _certain(whole):
        yield whole
    else:
        yield from (parsed for parsed in hosts.find(value.text) if _certain(parsed))


def _dsn_references(dsns: list[Parsed], row: _Row, context: _Context) -> Iterator[HostRef]:
    if row.value is None:
        return
    key, scope, clue = row.binding.key, context.scope, row.clue
    for parsed in dsns:
        if operates(key, scope.parents):
            reasons: tuple[Evidence, ...] = (Evidence(Clue.OPERATION, _shown(key)),)
        elif clue and clue.database and clue.role != "port":
            reasons = (dsn_evidence(parsed), Evidence(Clue.KEY, _key_text(key, clue)))
        else:
            reasons = (dsn_evidence(parsed),)
        seen = Seen(
            (*reasons, *scope.evidence),
            _prefix(key, scope),
            clue.engine if clue else None,
            clue.intent if clue else Intent.UNKNOWN,
            sealed=scope.sealed,
        )
        yield from host_references(parsed, row.value, seen)


def _named_references(
    parsed: Parsed, row: _Row, clue: KeyClue, sibling: Sibling | None, context: _Context
) -> Iterator[HostRef]:
    if row.value is None:
        return
    scope, key = context.scope, row.binding.key
    paired = context.ports.of(clue)
    port = _first_port(parsed) or (paired.value if paired else None)
    beside = port_evidence(PortRef(port)) if not clue.operation else None
    reason = _reason(key, clue, sibling, context, port)
    fed = any(evidence.clue is Clue.PLACE for evidence in scope.evidence)
    listed = context.listing.of(
        clue, row.value.text, _shown(key), sibling=sibling is not None, item=row.binding.item, fed=fed
    )
    listed = None if clue.machine and paired is not None else listed
    seen = Seen(
        (listed or reason, *([beside] if beside else []), *scope.evidence),
        _prefix(key, scope),
        clue.engine or (sibling.engine if sibling else None) or engine_of_port(port),
        clue.intent,
        paired,
        scope.sealed,
    )
    yield from host_references(parsed, row.value, seen)


def _names_host(parsed: Parsed, clue: KeyClue, engine: Engine | None, sibling: Sibling | None) -> bool:
    """Whether a value that is no certain DSN names a host under this key."""
    scheme = parsed.scheme.lower()
    if scheme in _WEB:
        return (engine or engine_of_port(_first_port(parsed))) in _WEB_ENGINES
    if scheme not in _NEUTRAL:
        return parsed.engine is not None
    if clue.role in {"host", "hosts"}:
        return True
    # `connection: mysql` names no host, `url: 10.0.0.121:5432` does.
    return (clue.database or clue.operation or sibling is not None) and any(
        part.port is not None or "." in part.host or ":" in part.host for part in parsed.hosts
    )


def _reason(key: str, clue: KeyClue, sibling: Sibling | None, context: _Context, port: int | None) -> Evidence:
    if clue.operation:
        return Evidence(Clue.OPERATION, _shown(key))
    if clue.stem in context.siblings.servants:
        return WHY
    if context.ports.several(clue):
        return Evidence(Clue.NAME, f"{_shown(key)} beside several ports")
    if clue.database:
        return Evidence(Clue.KEY, _key_text(key, clue))
    if sibling:
        return Evidence(Clue.KEY, f"{_shown(key)} beside {sibling.text}")
    if told := certain_port(clue, context.siblings, port, context.scope.parents):
        return Evidence(Clue.KEY, f"{_shown(key)} beside {told}")
    if clue.inventory:
        return Evidence(Clue.TEXT, f"servers by {_shown(key)}")
    return Evidence(Clue.NAME, _shown(key))


def _list_groups(found: list[tuple[_Row, HostRef]]) -> dict[str, HostGroup]:
    members: dict[str, list[str]] = {}
    for row, ref in found:
        # Certain DSNs in a list are connections of their own.
        if row.binding.item and row.clue and ref.evidence[0].clue is not Clue.DSN:
            members.setdefault(row.binding.key, []).append(ref.host)
    return {key: HostGroup(tuple(names), inline_ports=False) for key, names in members.items() if len(names) > 1}


def _first_port(parsed: Parsed) -> int | None:
    return next((part.port for part in parsed.hosts if part.port is not None), None)


def _key_text(key: str, clue: KeyClue) -> str:
    return f"{clue.via}.{key}" if clue.via and plain(clue.via) and plain(key) else _shown(key)


def _prefix(key: str, scope: Scope) -> str:
    return f"{_shown(key)}{scope.separator}"


def _shown(key: str) -> str:
    return key if plain(key) else "…"

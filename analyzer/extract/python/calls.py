"""Calls of database clients and of administration libraries: the hosts among their arguments.

Which calls those are stands in `pyclients`; only what the file imports counts. What keys mean is not known here.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analyzer.extract.keyed.keys import engine_of
from analyzer.extract.keyed.values import Seen, dsn_evidence, host_references
from analyzer.extract.keyed.words import words
from analyzer.extract.python.asking import Asking
from analyzer.extract.python.clients import Client
from analyzer.extract.python.containers import Entry
from analyzer.extract.python.flow import Flow
from analyzer.extract.python.getters import dotted
from analyzer.extract.python.intents import intent_of_names, intent_of_session
from analyzer.extract.python.places import port_of, reading, value_of, with_flow
from analyzer.extract.python.scopes import Scope
from analyzer.extract.python.tree import Tree
from analyzer.extract.python.values import Text
from analyzer.hosts import Parsed
from analyzer.model import Clue, Engine, Evidence, FlowStep, HostGroup, HostRef, Intent, PortRef

_HOST_KEYS = ("host", "hostname", "address", "ip")
_UNPACKED = "an argument that is unpacked"


@dataclass(frozen=True)
class Call:
    """A call with its row: positional arguments up to a `*`, keywords with known `**` unpacked.

    `opaque`: more keywords are unpacked that cannot be seen. `made`: the name that the result is assigned to.
    `asks`: why the connection is administration, in a few words; no application asks a server about its role.
    """

    node: ast.Call
    scope: Scope
    client: Client
    positional: tuple[ast.expr, ...]
    keywords: dict[str, Entry]
    opaque: bool
    made: str
    asks: str = ""

    def argument(self, names: tuple[str, ...], positions: tuple[int, ...]) -> Iterator[tuple[str, Entry]]:
        """The arguments under these names or at these places, with the name to show."""
        for name in names:
            if name in self.keywords:
                yield name, self.keywords[name]
        for at in positions:
            if 0 <= at < len(self.positional):
                yield (names[0] if names else ""), Entry("", self.positional[at], self.scope)


@dataclass(frozen=True)
class _Argument:
    """One argument that names hosts: how it is shown, and what is known about all its hosts."""

    call: Call
    name: str
    engine: Engine | None
    intent: Intent

    @property
    def shown(self) -> str:
        return f"{self.call.client.name}({self.name}=)"


def read_call(node: ast.Call, scope: Scope, client: Client, flow: Flow, asking: Asking, made: str) -> Call:
    """The arguments of a call that has a row; `made` is the name that its result is assigned to."""
    positional: list[ast.expr] = []
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            break
        positional.append(argument)
    entries = {entry.key: entry for entry in flow.keywords(node.keywords, scope)}
    unpacked = [keyword.value for keyword in node.keywords if keyword.arg is None]
    for name in client.unpacked:
        if name in entries:
            unpacked.append(entries[name].value)
            entries |= {e.key: e for e in flow.entries(entries[name].value, entries[name].scope)}
    opaque = any(not flow.entries(value, scope) for value in unpacked)
    call = Call(node, scope, client, tuple(positional), entries, opaque, made)
    return call if client.operation else replace(call, asks=asking.purpose(entries, list(_taken(call)), scope))


def _taken(call: Call) -> Iterator[Entry]:
    """The arguments of a call that name its servers."""
    client = call.client
    yield from (entry for _, entry in call.argument(client.dsn, client.dsn_at))
    yield from (entry for _, entry in call.argument(client.host, (client.host_at,)))


def call_references(call: Call, flow: Flow) -> Iterator[HostRef]:
    """The hosts that a call names, with the port beside them."""
    client = call.client
    engine = client.engine or _engine_of_driver(call, flow)
    intent = intent_of_session(call.keywords, call.made, flow)
    for name, entry in call.argument(client.dsn, client.dsn_at):
        yield from _text_references(_Argument(call, name, engine, intent), entry, flow, None, dsn=True)
    for name, entry in call.argument(client.host, (client.host_at,)):
        yield from _host_argument(_Argument(call, name, engine, intent), entry, flow)


def _host_argument(argument: _Argument, entry: Entry, flow: Flow) -> Iterator[HostRef]:
    port = _port(argument.call, entry, flow)
    items = [Entry("", value, scope) for value, scope in flow.items(entry.value, entry.scope)]
    single = flow.entries(entry.value, entry.scope) or _is_pair(items, flow)
    if single or not items:
        yield from _item(argument, entry, items, flow, port)
        return
    refs: list[HostRef] = []
    for item in items:
        inside = [Entry("", value, scope) for value, scope in flow.items(item.value, item.scope)]
        refs += _item(argument, item, inside, flow, port)
    members = tuple(dict.fromkeys(ref.host for ref in refs))
    group = HostGroup(members, inline_ports=False) if len(members) > 1 else None
    yield from (replace(ref, group=ref.group or group) for ref in refs)


def _item(argument: _Argument, item: Entry, inside: list[Entry], flow: Flow, port: PortRef | None) -> Iterator[HostRef]:
    """One host: a text, a pair of host and port, or a dictionary with a host."""
    entries = {entry.key: entry for entry in flow.entries(item.value, item.scope)}
    host = next((entries[key] for key in _HOST_KEYS if key in entries), None)
    if host is not None:
        beside = entries.get("port")
        port = port_of(flow, beside.value, beside.scope, "port") if beside else port
        yield from _text_references(argument, host, flow, port)
    elif _is_pair(inside, flow):
        yield from _text_references(argument, inside[0], flow, port_of(flow, inside[1].value, inside[1].scope, "port"))
    elif not inside:
        yield from _text_references(argument, item, flow, port)


def _is_pair(items: list[Entry], flow: Flow) -> bool:
    """Whether two items are a host and its port."""
    if len(items) != 2:
        return False
    second = flow.texts(items[1].value, items[1].scope)
    return any(text.text.isdecimal() for text in second) or (not second and "port" in words(dotted(items[1].value)))


def _text_references(
    argument: _Argument, entry: Entry, flow: Flow, port: PortRef | None, *, dsn: bool = False
) -> Iterator[HostRef]:
    tree = flow.tree
    for whole in flow.texts(entry.value, entry.scope):
        login = argument.call.client.operation or (dsn and argument.engine is Engine.ORACLE)
        text = _behind_login(whole) if login else whole
        parsed = reading(text, argument.engine)
        if parsed is None or (dsn and not parsed.dsn):
            continue
        value = value_of(tree, text, parsed.hosts[0].start)
        if value is not None:
            seen = Seen(
                _evidence(argument, parsed),
                f"{argument.call.client.name}({argument.name}=",
                argument.engine,
                argument.intent if argument.intent is not Intent.UNKNOWN else intent_of_names(text),
                port,
            )
            refs = (replace(ref, shape=f"{ref.shape})") for ref in host_references(parsed, value, seen))
            yield from _reached(with_flow(tree, refs, [text], argument.shown), argument, tree)


def _reached(refs: Iterable[HostRef], argument: _Argument, tree: Tree) -> Iterator[HostRef]:
    """The references with the call as a step where a dictionary led there from elsewhere: `connect(**OPTIONS)`."""
    start, end = tree.offsets(argument.call.node)
    whole, head = tree.slot(start, end).span, tree.slot(*tree.offsets(argument.call.node.func)).span
    for ref in refs:
        outside = ref.slot.span.end <= whole.start or whole.end <= ref.slot.span.start
        yield replace(ref, flow=(FlowStep(head, argument.shown),)) if outside and not ref.flow else ref


def _behind_login(text: Text) -> Text:
    """Oracle's `user/password@host:port/service` and the `user@host` of ssh without what stands before the host."""
    if "://" in text.text or text.text.lstrip().startswith("("):
        return text
    return text.cut(text.text.rfind("@") + 1, len(text.text))


def _evidence(argument: _Argument, parsed: Parsed) -> tuple[Evidence, ...]:
    client = argument.call.client
    if client.operation or argument.call.asks:
        return (Evidence(Clue.OPERATION, " ".join(filter(None, (client.name, argument.call.asks)))),)
    called = Evidence(Clue.CALL, argument.shown)
    return (called, dsn_evidence(parsed)) if parsed.dsn else (called,)


def _port(call: Call, host: Entry, flow: Flow) -> PortRef | None:
    client = call.client
    for name, entry in call.argument(client.port, (client.port_at,)):
        return port_of(flow, entry.value, entry.scope, name)
    if call.opaque:
        return PortRef(hidden=_UNPACKED)
    written_here = any(keyword.value is host.value and keyword.arg for keyword in call.node.keywords)
    if not written_here or not client.port or client.operation:
        return None
    start, end = flow.tree.offsets(host.value)
    if not flow.tree.text[max(start - 80, 0) : start].rstrip().endswith("="):
        return None  # in brackets of its own, where no further argument can be written
    return PortRef(slot=flow.tree.slot(end, end), insert=f", {client.port[0]}=")


def _engine_of_driver(call: Call, flow: Flow) -> Engine | None:
    if not call.client.driver:
        return None
    drivers = (
        engine_of(text.text)
        for _, entry in call.argument((call.client.driver,), (0,))
        for text in flow.texts(entry.value, entry.scope)
    )
    return next((engine for engine in drivers if engine), None)

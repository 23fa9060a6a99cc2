"""From texts of a Python file to host references: values for the grammar, the way a literal took, the port beside.

Knows neither calls nor keys; the callers say what a place is.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer import hosts
from analyzer.extract.keyed.keys import plain
from analyzer.extract.keyed.values import Seen, Value, dsn_evidence, host_references
from analyzer.extract.python.flow import Flow
from analyzer.extract.python.getters import dotted, getter
from analyzer.extract.python.scopes import Scope
from analyzer.extract.python.tree import Tree
from analyzer.extract.python.values import Text
from analyzer.hosts import Parsed
from analyzer.model import Engine, Evidence, FlowStep, HostRef, PortRef, Slot

_SHORT = 1024  # characters: longer texts are prose or code, in which connection strings are searched for
_WEB = frozenset({"http", "https"})
SEVERAL_PORTS = "more than one place of this file"


def value_of(tree: Tree, text: Text, near: int = 0) -> Value | None:
    """A text as a value; `whole` is the literal that holds the character `near`. None where no literal is in it."""
    if not text.runs:
        return None
    run = text.run_at(near, near + 1) or text.runs[0]
    whole = tree.slot(run.atom.start, run.atom.end)
    return Value(text.text, lambda start, end: text.locate(tree, start, end), whole)


def reading(text: Text, engine: Engine | None) -> Parsed | None:
    """The text as a host, list, URL or DSN; else the first certain DSN inside it."""
    whole = hosts.parse(text.text, engine=engine)
    if whole is not None and whole.hosts:
        return whole
    return next((parsed for parsed in hosts.find(text.text) if parsed.dsn and parsed.hosts), None)


def dsn_references(tree: Tree, text: Text, prefix: str, prose: Evidence | None) -> Iterator[HostRef]:
    """The certain connection strings that are, or stand inside, a text without a key."""
    short = len(text.text) <= _SHORT
    whole = hosts.parse(text.text) if short else None
    for parsed in [whole] if whole is not None and certain(whole) else hosts.find(text.text):
        value = value_of(tree, text, parsed.hosts[0].start) if certain(parsed) else None
        if value is not None:
            reasons = (dsn_evidence(parsed), *((prose,) if prose else ()))
            yield from host_references(parsed, value, Seen(reasons, prefix))


def certain(parsed: Parsed) -> bool:
    """Whether a reading is a database's connection string with a host, whatever its place."""
    return parsed.dsn and bool(parsed.hosts) and parsed.scheme.lower() not in _WEB


def with_flow(tree: Tree, refs: Iterable[HostRef], texts: Iterable[Text], sink: str) -> Iterator[HostRef]:
    """The references with the steps from their literal to its use, `sink`, where names stand between."""
    ways = [(tree.slot(run.atom.start, run.atom.end), run.names) for text in texts for run in text.runs if run.names]
    for ref in refs:
        ways_here = (names for atom, names in ways if _covers(atom, ref.slot))
        steps = dict.fromkeys(step for names in ways_here for step in _steps(tree, names, sink))
        yield replace(ref, flow=tuple(steps)) if steps else ref


def port_of(flow: Flow, expression: ast.expr, scope: Scope, origin: str) -> PortRef | None:
    """The port that an expression is: written digits, or where it cannot be seen; None for `None`."""
    if isinstance(expression, ast.Constant) and expression.value is None:
        return None
    texts = [text for text in flow.texts(expression, scope) if text.text.strip().isdecimal()]
    ports = {port for text in texts if (port := _written(flow.tree, text, origin)) is not None}
    if len(ports) == 1:
        return ports.pop()
    return PortRef(origin=origin, hidden=SEVERAL_PORTS if ports else unseen(expression))


def unseen(expression: ast.expr) -> str:
    """Where a value stands that cannot be seen: in words and plain identifiers."""
    call = _unconverted(expression)
    key = ""
    if isinstance(call, ast.Subscript) and isinstance(call.slice, ast.Constant) and isinstance(call.slice.value, str):
        key, base = call.slice.value, dotted(call.value)
    elif isinstance(call, ast.Call) and (found := getter(call)) is not None and found.keys:
        key, base = found.keys[-1], dotted(call.func)
    else:
        base = ""
    if plain(key):
        return f"the environment variable {key}" if "env" in base.lower() else f"the setting {key}"
    name = dotted(call) if isinstance(call, ast.Name | ast.Attribute) else ""
    return f"the variable {name}" if name and plain(name) else "an expression"


def _unconverted(expression: ast.expr) -> ast.expr:
    match expression:
        case ast.Call(func=ast.Name(id="int" | "str"), args=[inner]):
            return inner
        case _:
            return expression


def _written(tree: Tree, text: Text, origin: str) -> PortRef | None:
    digits = text.text.strip()
    if len(digits) > 5 or int(digits) > 0xFFFF:
        return None
    start = text.text.index(digits)
    slot = text.locate(tree, start, start + len(digits))
    return PortRef(int(digits), slot, origin=origin, hidden="" if slot else "a literal that cannot be edited")


def _steps(tree: Tree, names: tuple[ast.expr, ...], sink: str) -> Iterator[FlowStep]:
    *inner, last = reversed(names)
    for use in inner:
        name = dotted(use)
        yield FlowStep(tree.slot(*tree.offsets(use)).span, name if plain(name) else "a name")
    yield FlowStep(tree.slot(*tree.offsets(last)).span, sink)


def _covers(atom: Slot, slot: Slot) -> bool:
    return atom.span.start <= slot.span.start and slot.span.end <= atom.span.end

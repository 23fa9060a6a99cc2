"""Hosts under names: assignments, dictionaries, keyword arguments, look-ups with defaults.

Each dictionary, class, function, module is one scope of bindings, and so are all look-ups of a file; what keys mean and
which port goes with which host is decided in `bindings`.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.extract.keyed import bindings
from analyzer.extract.keyed.bindings import Binding, references
from analyzer.extract.keyed.keys import KeyClue, plain, read_key
from analyzer.extract.python.containers import Entry
from analyzer.extract.python.flow import Flow
from analyzer.extract.python.getters import dotted, getter
from analyzer.extract.python.places import unseen, value_of, with_flow
from analyzer.extract.python.scopes import Scope
from analyzer.extract.python.values import Text
from analyzer.model import HostRef

_LONGEST = 4096  # characters of a value under a key
_SHORT = 256  # the same where the key says nothing itself, but something about its neighbours: an engine, a user
_PRETENDS = "monkeypatch.setenv"  # what a test lets the program under test see
_ITEM_KEYS = (("name", "value"), ("Name", "Value"), ("key", "value"))


@dataclass
class Pools:
    """Bindings of one file that do not stand side by side: look-ups, and assignments to items and attributes."""

    by_place: dict[tuple[int, tuple[str, ...]], list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, scope: Scope | None, parents: tuple[str, ...], entry: Entry) -> None:
        """Put an entry beside those of the same scope (None: the whole file) and the same parents."""
        self.by_place[id(scope) if scope else 0, parents].append(entry)

    def references(self, flow: Flow) -> Iterator[HostRef]:
        """The hosts of all pools."""
        for (_, parents), entries in self.by_place.items():
            yield from entry_references(entries, parents, flow)


def entry_references(entries: Sequence[Entry], parents: tuple[str, ...], flow: Flow) -> Iterator[HostRef]:
    """The hosts under the keys of one dictionary, call, class, function or module."""
    clues = [read_key(entry.key, parents) for entry in entries]
    if not any(clue is not None and clue.role != "port" for clue in clues):
        return
    bound: list[Binding] = []
    led: dict[str, list[Text]] = defaultdict(list)
    for entry, clue in zip(entries, clues, strict=True):
        for binding, text in _bindings(entry, clue, flow):
            bound.append(binding)
            if text is not None and any(run.names for run in text.runs):
                led[entry.key].append(text)
    for ref in references(bound, bindings.Scope(parents)):
        key = next((key for key in led if ref.shape.startswith(f"{key}=")), None)
        yield from with_flow(flow.tree, [ref], led[key], key) if key else (ref,)


def scope_references(scope: Scope, flow: Flow) -> Iterator[HostRef]:
    """The hosts that the names of a module, class or function stand for, where they are not only looked for."""
    parents = (scope.node.name,) if isinstance(scope.node, ast.ClassDef) else ()
    entries = [
        Entry(name, assigned.value, assigned.scope)
        for name, found in scope.names.items()
        if name not in flow.compared
        for assigned in found
        if isinstance(assigned.value, ast.expr) and not assigned.item
    ]
    yield from entry_references(entries, parents, flow)


def dictionary_references(node: ast.Dict, scope: Scope, parents: tuple[str, ...], flow: Flow) -> Iterator[HostRef]:
    """The hosts of a dictionary; one of `name` and `value` is a binding of its own."""
    yield from _keyed_references(flow.entries(node, scope), parents, flow)


def keyword_references(call: ast.Call, scope: Scope, parents: tuple[str, ...], flow: Flow) -> Iterator[HostRef]:
    """The hosts of a call's keyword arguments; the name of a class counts as the parent: `PostgresConfig(host=...)`."""
    name = dotted(call.func).rsplit(".", 1)[-1]
    above = parents if name == "dict" else (name,) if name[:1].isupper() else ()
    yield from _keyed_references(list(flow.keywords(call.keywords, scope)), above, flow)


def note_lookup(call: ast.Call, scope: Scope, pools: Pools) -> None:
    """Put a look-up among those of the file: certain ones always, others where their key names a database."""
    found = getter(call)
    if found is None or not found.keys or dotted(call.func) == _PRETENDS:
        return
    parents, key = found.keys[:-1], found.keys[-1].lstrip("-")
    clue = read_key(key, parents)
    if clue is None or not (found.sure or clue.database):
        return
    option = ("",) if found.keys[-1].startswith("-") else ()
    value = found.default or call
    pools.add(None, (*option, *parents), Entry(key, value, scope))


def note_assignment(target: ast.expr, value: ast.expr, scope: Scope, pools: Pools) -> None:
    """Put `config["db"]["host"] = value` and `settings.DB_HOST = value` among those of the same base."""
    keys: list[str] = []
    while isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        keys.append(str(target.slice.value))
        target = target.value
    base = tuple(part for part in dotted(target).split(".") if part)
    if not keys and isinstance(target, ast.Attribute) and base[0] not in ("self", "cls"):
        *base_list, key = base
        pools.add(scope, tuple(base_list), Entry(key, value, scope))
    elif keys:
        pools.add(scope, (*base, *reversed(keys[1:])), Entry(keys[0], value, scope))


def note_pair(node: ast.Tuple, scope: Scope, parents: tuple[str, ...], pools: Pools) -> None:
    """Put `("DB_HOST", "10.0.0.121")` among the pairs of its surroundings."""
    key, value = node.elts
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and plain(key.value):
        clue = read_key(key.value, parents)
        if clue is not None and clue.database:
            pools.add(scope, parents, Entry(key.value, value, scope))


def _keyed_references(entries: list[Entry], parents: tuple[str, ...], flow: Flow) -> Iterator[HostRef]:
    by_key = {entry.key: entry for entry in entries}
    for name, value in _ITEM_KEYS:
        if name in by_key and value in by_key:
            names = flow.texts(by_key[name].value, by_key[name].scope)
            item = by_key[value]
            yield from entry_references([Entry(text.text, item.value, item.scope) for text in names], parents, flow)
    yield from entry_references(entries, parents, flow)


def _bindings(entry: Entry, clue: KeyClue | None, flow: Flow) -> Iterator[tuple[Binding, Text | None]]:
    items = [] if isinstance(entry.value, ast.Dict) else flow.items(entry.value, entry.scope)
    texts = [text for value, scope in items for text in flow.texts(value, scope)] if items else []
    listed = bool(texts)
    texts = texts or list(flow.texts(entry.value, entry.scope))
    longest = _LONGEST if clue is not None else _SHORT
    for text in texts:
        if _looked_for(text, flow):
            continue
        value = value_of(flow.tree, text) if len(text.text) <= longest else None
        if value is not None:
            yield Binding(entry.key, value, item=listed), text
    if not texts and clue is not None and clue.role == "port":
        yield Binding(entry.key, hidden=unseen(entry.value)), None


def _looked_for(text: Text, flow: Flow) -> bool:
    """Whether a text comes by way of a name that is only looked for: `[dsn for dsn in BAD if dsn in text]`."""
    names = (name for run in text.runs for name in run.names)
    return any(isinstance(name, ast.Name) and name.id in flow.compared for name in names)

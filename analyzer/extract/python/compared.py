"""Strings that code only looks for: compared, searched, replaced by another. What only they meet is no connection.

`"postgresql://app@10.0.0.121/app" in text` guards against a node and connects to nothing. Positions are decided by the
syntax; a name counts where all that the file does with it is such a position, or shows it.
"""

import ast
from collections.abc import Iterable, Iterator

from analyzer.extract.keyed.keys import read_key
from analyzer.extract.keyed.words import words
from analyzer.extract.python.getters import dotted
from analyzer.model import Clue, Evidence

COMPARED = Evidence(Clue.COMMENT, "only compared or replaced")
_SEARCHES = frozenset({"startswith", "endswith", "find", "rfind", "index", "rindex", "count", "removeprefix"})
_SEARCHES_FIRST = frozenset({"replace", "removesuffix", "partition", "rpartition"})
_PATTERNS = frozenset({"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn"})
_SHOWS = frozenset({"print", "subTest", "len", "debug", "info", "warning", "error", "exit", "fail"})
_KEEPS = frozenset({"append", "add"})
_CONNECTING = frozenset({"connect", "connection", "connections", "engine", "client", "pool", "session", "database"})


def sought(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that it looks for in a text."""
    if not isinstance(call.func, ast.Attribute):
        return []
    name = call.func.attr
    if name in _SEARCHES or name.startswith(("assertE", "assertNotE", "assertIn", "assertNotIn")):
        return call.args
    pattern = name in _PATTERNS and isinstance(call.func.value, ast.Name) and call.func.value.id in ("re", "regex")
    return call.args[:1] if pattern or name in _SEARCHES_FIRST else []


def checks(call: ast.Call) -> bool:
    """Whether an assertion's call gives its text to a function that does not sound like a connection."""
    return _CONNECTING.isdisjoint(words(dotted(call.func)))


class Compared:
    """The names of a file whose texts are only looked for."""

    def __init__(self, module: ast.Module) -> None:
        self._uses: dict[str, int] = {}
        self._looked: dict[str, int] = {}
        self._shown: dict[str, int] = {}
        self._kept: dict[str, int] = {}
        self._targets: set[str] = set()
        self._items: dict[str, list[tuple[str, ...]]] = {}
        self._known: dict[str, bool] = {}
        for node in ast.walk(module):
            self._note(node)

    def __contains__(self, name: str) -> bool:
        """Whether a name is only looked for; one that is called a database's setting may be read elsewhere."""
        if name not in self._known:
            clue = read_key(name)
            setting = clue is not None and clue.database
            self._known[name] = name in self._uses and not setting and self._only(name, 0)
        return self._known[name]

    def _only(self, name: str, depth: int) -> bool:
        """Whether each use looks for the name, shows it, or loops over it with a name that is only looked for."""
        looked, loops = self._looked.get(name, 0), self._items.get(name, [])
        others = self._shown.get(name, 0) + (self._kept.get(name, 0) if name in self._targets else 0)
        if looked + others + len(loops) < self._uses.get(name, 0) or not looked + len(loops):
            return False
        return depth < 3 and all(self._only(item, depth + 1) for items in loops for item in items)

    def _note(self, node: ast.AST) -> None:
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                self._uses[name] = self._uses.get(name, 0) + 1
            case ast.Compare(left=left, ops=operators, comparators=others):
                # `if dsn not in seen` keeps a list free of doubles
                self._count(self._looked, others if isinstance(operators[0], ast.NotIn) else [left, *others])
            case ast.For(target=target, iter=items) | ast.comprehension(target=target, iter=items):
                self._loop(items, tuple(_names(target)))
            case ast.Assert(test=test):
                self._count(self._looked, _asserted([test]))
            case ast.Call():
                self._call(node)
            case (
                ast.Yield(value=value) | ast.Return(value=value) | ast.ListComp(elt=value) | ast.GeneratorExp(elt=value)
            ):
                self._count(self._kept, [value])
            case _:
                pass

    def _loop(self, items: ast.expr, targets: tuple[str, ...]) -> None:
        self._targets.update(targets)
        if isinstance(items, ast.Name):
            self._items.setdefault(items.id, []).append(targets)

    def _call(self, call: ast.Call) -> None:
        found, name = sought(call), dotted(call.func).rsplit(".", 1)[-1]
        self._count(self._looked, [*found, *_corrected(call), *(_asserted(found) if name.startswith("assert") else ())])
        if name in _SHOWS:
            self._count(self._shown, [*call.args, *(keyword.value for keyword in call.keywords)])
        elif name in _KEEPS:
            self._count(self._kept, call.args)

    def _count(self, kind: dict[str, int], values: Iterable[ast.expr | None]) -> None:
        for value in values:
            if isinstance(value, ast.Name):
                kind[value.id] = kind.get(value.id, 0) + 1


def _names(target: ast.expr) -> Iterator[str]:
    """The names of a loop's target; what is no name cannot be told, and is never only looked for."""
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return (part.id if isinstance(part, ast.Name) else "" for part in parts)


def _asserted(values: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """What the calls in an assertion are given: `assert fix(text) == good`."""
    calls = (call for value in values for call in ast.walk(value) if isinstance(call, ast.Call))
    return (argument for call in calls if checks(call) and not sought(call) for argument in call.args)


def _corrected(call: ast.Call) -> Iterator[ast.expr]:
    """`text.replace(OLD, OLD.replace("121", "10"))`: a text that its own correction replaces."""
    match call:
        case ast.Call(
            func=ast.Attribute(attr="replace"),
            args=[
                ast.Name(id=name),
                ast.Call(func=ast.Attribute(value=ast.Name() as base, attr="replace")),
            ],
        ) if base.id == name:
            yield base
        case _:
            pass

"""What names of a Python file stand for, and what lists and dictionaries hold.

Follows names, attributes of the file's own classes, `or` and conditions, `+`, `**` and the defaults of look-ups.
Nothing is run and nothing outside the file is known. Knows no strings and no hosts.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from analyzer.extract.python.getters import getter
from analyzer.extract.python.imports import qualified
from analyzer.extract.python.scopes import Assigned, Function, Parameter, Scope, Scopes
from analyzer.extract.python.tree import Tree

DEPTH = 40  # expressions inside expressions, names included
_ITEMS = 64
_ALIASES = 5  # names of classes inside names of classes
_LISTS = frozenset({"list", "tuple", "set", "sorted", "reversed", "frozenset", "iter", "cycle"})

Place = tuple[ast.expr, Scope]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a dictionary: its key, its value and the scope in which the value is read."""

    key: str
    value: ast.expr
    scope: Scope


class Containers:
    """The names, lists and dictionaries of one file. Each expression is read once."""

    def __init__(self, tree: Tree, scopes: Scopes, imports: dict[str, str]) -> None:
        self.tree = tree
        self.scopes = scopes
        self.depth = 0
        self._aliases = 0
        self._imports = imports
        self._lists: dict[int, list[Place]] = {}
        self._dicts: dict[int, list[Entry]] = {}

    def qualified(self, function: ast.expr, scope: Scope) -> str:
        """The dotted path of a called thing, empty where nothing imported leads to it."""
        return qualified(function, scope, self._imports)

    def assigned(self, expression: ast.AST, scope: Scope) -> list[Assigned]:
        """The assignments that a name or an attribute of the file's own classes may stand for."""
        match expression:
            case ast.Name(id=name):
                return scope.lookup(name, expression.lineno)
            case ast.Attribute(value=ast.Attribute() as member, attr="value"):
                return self.assigned(member, scope)  # a member of an Enum
            case ast.Attribute(value=base, attr=name):
                owner = self._class_of(base, scope)
                return owner.attribute(name) if owner else []
            case _:
                return []

    def parameter(self, expression: ast.AST, scope: Scope) -> Parameter | None:
        """The parameter whose value an expression is: its name, or an attribute that it is kept in."""
        for _ in range(4):
            found = self.assigned(expression, scope)
            if len(found) != 1 or found[0].item:
                return None
            if found[0].parameter is not None or found[0].value is None:
                return found[0].parameter
            expression, scope = found[0].value, found[0].scope
        return None

    def defined(self, function: ast.expr, scope: Scope) -> ast.AST | None:
        """The function or class of the file that is called."""
        found = self.assigned(function, scope)
        return found[0].value if len(found) == 1 else None

    def method_of(self, function: Function) -> ast.ClassDef | None:
        """The class whose method a function is."""
        scope = self.scopes.of(function)
        owner = scope.parent.node if scope is not None and scope.parent is not None else None
        return owner if isinstance(owner, ast.ClassDef) else None

    def items(self, expression: ast.AST, scope: Scope) -> list[Place]:
        """The items of a list, tuple or set, the values of a dictionary, through names; empty where it is none."""
        known = self._lists.get(id(expression))
        if known is not None or self.depth >= DEPTH:
            return known or []
        self._lists[id(expression)] = []  # a name that leads back to itself ends here
        self.depth += 1
        found = list(islice(self._items(expression, scope), _ITEMS))
        self.depth -= 1
        self._lists[id(expression)] = found
        return found

    def entries(self, expression: ast.AST, scope: Scope) -> list[Entry]:
        """The entries of a dictionary, through names, `dict(...)`, `**` and `|`; a later one wins."""
        known = self._dicts.get(id(expression))
        if known is not None or self.depth >= DEPTH:
            return known or []
        self._dicts[id(expression)] = []
        self.depth += 1
        found = list({entry.key: entry for entry in self._entries(expression, scope)}.values())
        self.depth -= 1
        self._dicts[id(expression)] = found
        return found

    def keywords(self, keywords: list[ast.keyword], scope: Scope) -> Iterator[Entry]:
        """The keyword arguments of a call, `**` unpacked where the dictionary is known."""
        for keyword in keywords:
            if keyword.arg is None:
                yield from self.entries(keyword.value, scope)
            else:
                yield Entry(keyword.arg, keyword.value, scope)

    def choices(self, expression: ast.AST, scope: Scope) -> Iterable[Place]:
        """The expressions one of which an expression is."""
        match expression:
            case ast.BoolOp(values=values):
                return [(value, scope) for value in values]
            case ast.IfExp(body=body, orelse=other):
                return [(body, scope), (other, scope)]
            case ast.NamedExpr(value=value) | ast.Await(value=value) | ast.FormattedValue(value=value):
                return [(value, scope)]
            case ast.Subscript(value=container, slice=ast.Constant(value=str() as key)):
                rows = [(container, scope), *self._rows(container, scope)]
                return [(e.value, e.scope) for row in rows for e in self.entries(*row) if e.key == key]
            case ast.Subscript(value=container, slice=ast.Constant(value=int() as at)):
                return self.items(container, scope)[at : at + 1 or None]
            case ast.Subscript(value=container):
                return self.items(container, scope)
            case ast.Lambda(body=body):
                return [(body, self.scopes.of(expression) or scope)]
            case _:
                return []

    def looped(self, entry: Assigned) -> Iterable[Place]:
        """What a loop's target stands for: the items of what is looped over, or one column of them."""
        match entry.value:
            case ast.Call(func=ast.Attribute(value=inner, attr="values")):
                return self.items(inner, entry.scope)
            case (
                ast.Call(func=ast.Attribute(value=inner, attr="items"))
                | ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_])
            ):
                return self.items(inner, entry.scope) if entry.pick == 1 else []
            case ast.expr() as looped if entry.pick is not None or not self.entries(looped, entry.scope):
                return _columns(self.items(looped, entry.scope), entry.pick)
            case _:
                return []  # a dictionary yields its keys

    def _rows(self, expression: ast.AST, scope: Scope) -> Iterator[Place]:
        """What a loop's target is, one after the other, where it is looped over dictionaries."""
        for entry in self.assigned(expression, scope):
            if entry.item:
                yield from self.looped(entry)

    def _class_of(self, base: ast.expr, scope: Scope) -> Scope | None:
        """The class of the file that an expression is, or is an object of."""
        if isinstance(base, ast.Name) and base.id in ("self", "cls"):
            return scope.enclosing_class()
        if self._aliases >= _ALIASES:
            return None  # names may stand for each other in a circle
        self._aliases += 1
        found = self._class_behind(base, scope)
        self._aliases -= 1
        return found

    def _class_behind(self, base: ast.expr, scope: Scope) -> Scope | None:
        for _ in range(3):
            found = self.assigned(base, scope) if isinstance(base, ast.Name | ast.Attribute) else []
            value = found[0].value if len(found) == 1 else None
            if isinstance(value, ast.ClassDef):
                return self.scopes.of(value)
            if isinstance(value, ast.Call):
                value = value.func
            if not isinstance(value, ast.Name | ast.Attribute):
                return None
            base, scope = value, found[0].scope
        return None

    def _items(self, expression: ast.AST, scope: Scope) -> Iterator[Place]:
        match expression:
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                for item in items:
                    if isinstance(item, ast.Starred):
                        yield from self.items(item.value, scope)
                    else:
                        yield item, scope
            case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item) | ast.SetComp(elt=item):
                yield item, scope
            case ast.Dict(values=values):
                yield from ((value, scope) for value in values)
            case _:
                for value, where in self._parts(expression, scope):
                    yield from self.items(value, where)

    def _entries(self, expression: ast.AST, scope: Scope) -> Iterator[Entry]:
        match expression:
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if key is None:
                        yield from self.entries(value, scope)
                    elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield Entry(key.value, value, scope)
            case ast.Call(func=ast.Name(id="dict"), args=args, keywords=keywords):
                for value in args:
                    yield from self.entries(value, scope)
                yield from self.keywords(keywords, scope)
            case _:
                for part, where in self._parts(expression, scope):
                    yield from self.entries(part, where)

    def _parts(self, expression: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        """The containers that an expression is put together from, or stands for."""
        match expression:
            case ast.Name() | ast.Attribute():
                found = self.assigned(expression, scope)
                yield from ((a.value, a.scope) for a in found if a.value is not None and not a.item)
            case ast.BinOp(left=left, op=ast.Add() | ast.BitOr(), right=right):
                yield from ((left, scope), (right, scope))
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in _LISTS:
                yield first, scope
            case ast.Call(func=ast.Attribute(value=base, attr="copy" | "values")):
                yield base, scope
            case ast.Call():
                found_getter = getter(expression)
                if found_getter is not None and found_getter.default is not None:
                    yield found_getter.default, scope
            case _:
                yield from self.choices(expression, scope)


def _columns(items: list[Place], pick: int | None) -> list[Place]:
    if pick is None:
        return items
    rows = ((value.elts, scope) for value, scope in items if isinstance(value, ast.Tuple | ast.List))
    return [(row[pick], scope) for row, scope in rows if pick < len(row)]

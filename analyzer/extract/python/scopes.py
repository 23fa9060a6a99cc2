"""Scopes of a Python file: which expressions a name or an attribute may stand for.

Nothing is run: an assignment hides the earlier ones of its block, assignments in different blocks are alternatives.
Knows no strings and no hosts. The walk is a loop, so that nesting cannot exhaust the stack.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.extract.python.tree import children

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_NOTED = (ast.stmt, ast.NamedExpr, ast.comprehension, ast.withitem)
_OPENERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `position` is 0-based among those that are given by place, -1 for the others."""

    function: Function
    name: str
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """One assignment of a name. `value` None: not known; `item`: one of the items of `value`, `pick` a column of it.

    For a `parameter`, `value` is its default. `visits`: a loop takes each item, and none ends it.
    """

    value: ast.AST | None
    scope: "Scope"
    block: int
    line: int
    item: bool = False
    pick: int | None = None
    parameter: Parameter | None = None
    visits: bool = False


@dataclass(eq=False)
class Scope:
    """A module, class or function. `attributes` are those of a class: its body's names and `self.name = ...`."""

    node: ast.AST
    parent: "Scope | None" = None
    names: dict[str, list[Assigned]] = field(default_factory=dict)
    outer: set[str] = field(default_factory=set)
    returns: list[ast.expr] = field(default_factory=list)

    @property
    def is_class(self) -> bool:
        """Whether the scope is a class body."""
        return isinstance(self.node, ast.ClassDef)

    def module(self) -> "Scope":
        """The outermost scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def enclosing_class(self) -> "Scope | None":
        """The class that the scope is in, itself included."""
        scope: Scope | None = self
        while scope is not None and not scope.is_class:
            scope = scope.parent
        return scope

    def lookup(self, name: str, line: int) -> list[Assigned]:
        """What a name used on `line` of this scope may stand for; the bodies of outer classes are not seen."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names and (scope is self or not scope.is_class):
                return _reaching(scope.names[name], line if scope is self else None)
            scope = scope.parent
        return []

    def attribute(self, name: str) -> list[Assigned]:
        """What an attribute of this class may stand for."""
        return _reaching(self.names.get(name, []), None)


def _reaching(assigned: list[Assigned], line: int | None) -> list[Assigned]:
    """The last assignment of each block, before `line` where one is given and any is."""
    last: dict[int, Assigned] = {}
    for entry in assigned:
        if line is None or entry.line <= line or entry.block not in last:
            last[entry.block] = entry
    return list(last.values())


class Scopes:
    """The scopes of a file, by the node that opens them."""

    def __init__(self, module: ast.Module) -> None:
        self.module = Scope(module)
        self._by_node: dict[int, Scope] = {id(module): self.module}
        self.imports: list[ast.Import | ast.ImportFrom] = []
        self._blocks = 0
        self._read(module)

    def of(self, node: ast.AST) -> Scope | None:
        """The scope that a node opens, or None."""
        return self._by_node.get(id(node))

    def __iter__(self) -> Iterator[Scope]:
        return iter(self._by_node.values())

    def _read(self, module: ast.Module) -> None:
        todo: list[tuple[ast.AST, Scope, int]] = [(module, self.module, 0)]
        while todo:
            node, scope, block = todo.pop()
            if isinstance(node, _NOTED):
                self._note(node, scope, block)
            if not isinstance(node, _OPENERS):
                todo += ((child, scope, at) for child, at in self._children(node, block))
                continue
            inner = self._opened(node, scope)
            todo += ((child, inner if inside(node, child) else scope, at) for child, at in self._children(node, block))

    def _opened(self, node: Function | ast.ClassDef, scope: Scope) -> Scope:
        inner = Scope(node, scope)
        self._by_node[id(node)] = inner
        if isinstance(node, ast.Lambda):
            inner.returns.append(node.body)
        if not isinstance(node, ast.ClassDef):
            self._parameters(node, inner)
        return inner

    def _children(self, node: ast.AST, block: int) -> Iterator[tuple[ast.AST, int]]:
        """Children in reverse order, since the walk takes the last first; each list of statements is a block."""
        found = [(child, block) for child in children(node)]
        if isinstance(getattr(node, "body", None), list):
            blocks: dict[int, int] = {}
            for name in ("body", "orelse", "finalbody"):
                self._blocks += 1
                blocks |= {id(child): self._blocks for child in getattr(node, name, ())}
            found = [(child, blocks.get(id(child), block)) for child, _ in found]
        return reversed(found)

    def _parameters(self, function: Function, inner: Scope) -> None:
        arguments = function.args
        positional = [*arguments.posonlyargs, *arguments.args]
        pairs = [
            *zip(reversed(positional), reversed(arguments.defaults), strict=False),
            *((a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None),
        ]
        defaults = {id(argument): default for argument, default in pairs}
        outside = inner.parent or inner
        for position, argument in enumerate((*positional, *arguments.kwonlyargs)):
            parameter = Parameter(function, argument.arg, position if position < len(positional) else -1)
            default = defaults.get(id(argument))
            assigned = Assigned(default, outside, self._apart(), 0, parameter=parameter)
            inner.names.setdefault(argument.arg, []).append(assigned)

    def _note(self, node: ast.AST, scope: Scope, block: int) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, Assigned(value, scope, block, node.lineno))
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, Assigned(value, scope, block, node.lineno))
            case ast.AugAssign(target=target):
                self._assign(target, Assigned(None, scope, block, node.lineno))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                scope.names.setdefault(name, []).append(Assigned(node, scope, block, node.lineno))
            case ast.Return(value=ast.expr() as value):
                scope.returns.append(value)
            case ast.Global(names=names):
                scope.outer.update(names)
            case ast.Import() | ast.ImportFrom():
                self.imports.append(node)
            case _:
                self._note_expression(node, scope, block)

    def _note_expression(self, node: ast.AST, scope: Scope, block: int) -> None:
        match node:
            case ast.NamedExpr(target=target, value=value):
                self._assign(target, Assigned(value, scope, self._apart(), node.lineno))
            case ast.For(target=target, iter=items) | ast.AsyncFor(target=target, iter=items):
                each = Assigned(items, scope, self._apart(), node.lineno, item=True, visits=not _left(node))
                self._assign(target, each)
            case ast.comprehension(target=target, iter=items):
                self._assign(target, Assigned(items, scope, self._apart(), 0, item=True, visits=True))
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                self._assign(target, Assigned(value, scope, block, value.lineno))
            case _:
                pass

    def _apart(self) -> int:
        self._blocks += 1
        return self._blocks

    def _assign(self, target: ast.expr, assigned: Assigned) -> None:
        scope = assigned.scope
        match target:
            case ast.Name(id=name):
                owner = scope.module() if name in scope.outer else scope
                owner.names.setdefault(name, []).append(assigned)
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                owner_class = scope.enclosing_class()
                if owner_class is not None:
                    owner_class.names.setdefault(name, []).append(assigned)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for index, part in enumerate(targets):
                    self._assign_part(part, assigned, index, len(targets))
            case _:
                pass  # an item of something

    def _assign_part(self, target: ast.expr, assigned: Assigned, index: int, count: int) -> None:
        value: ast.AST | None = None
        item, pick = False, None
        if assigned.item and assigned.pick is None:
            value, item, pick = assigned.value, True, index
        elif isinstance(assigned.value, ast.Tuple | ast.List) and len(assigned.value.elts) == count:
            value = assigned.value.elts[index]
        if not isinstance(target, ast.Tuple | ast.List | ast.Starred):
            part = Assigned(value, assigned.scope, assigned.block, assigned.line, item, pick, visits=assigned.visits)
            self._assign(target, part)


def _left(loop: ast.For | ast.AsyncFor) -> bool:
    """Whether something in a loop's body may end it before its last item, as where the first server will do."""
    return any(isinstance(node, ast.Return | ast.Break) for part in loop.body for node in ast.walk(part))


def inside(node: ast.AST, child: ast.AST) -> bool:
    """Whether a child of an opening node belongs to the new scope: not its decorators, defaults and bases."""
    if isinstance(node, ast.Lambda):
        return child is node.body
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return isinstance(child, ast.stmt)
    return True

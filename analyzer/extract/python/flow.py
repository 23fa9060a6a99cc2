"""The texts that an expression of a Python file may be.

Follows what `pycontainers` follows, and what is joined, formatted or returned by functions of the file. Nothing is run.
Knows no hosts.
"""

import ast
from collections.abc import Iterable, Iterator
from itertools import islice, product

from analyzer.extract.python import literals as pyliterals
from analyzer.extract.python import values as pyvalues
from analyzer.extract.python.compared import Compared
from analyzer.extract.python.containers import DEPTH, Containers
from analyzer.extract.python.getters import getter
from analyzer.extract.python.scopes import Scope, Scopes
from analyzer.extract.python.tree import Tree
from analyzer.extract.python.values import Text

_ALTERNATIVES = 16  # texts that one expression may be
_SAME = frozenset({"strip", "rstrip", "lstrip", "encode", "decode", "lower", "casefold", "get_secret_value", "split"})
_WRAPPERS = frozenset({"str", "int", "bytes", "SecretStr", "AnyUrl", "quote", "quote_plus", "dedent"})


class Flow(Containers):
    """Readings of the expressions of one file; each is read once."""

    def __init__(self, tree: Tree, scopes: Scopes, imports: dict[str, str]) -> None:
        super().__init__(tree, scopes, imports)
        self.compared = Compared(tree.module)
        self._texts: dict[int, tuple[Text, ...]] = {}

    def texts(self, expression: ast.AST, scope: Scope) -> tuple[Text, ...]:
        """The texts that an expression may be; empty where nothing of them is known."""
        known = self._texts.get(id(expression))
        if known is not None or self.depth >= DEPTH:
            return known or ()
        self._texts[id(expression)] = ()  # a name that leads back to itself ends here
        self.depth += 1
        found = tuple(islice(self._read(expression, scope), _ALTERNATIVES))
        self.depth -= 1
        self._texts[id(expression)] = found
        return found

    def _read(self, expression: ast.AST, scope: Scope) -> Iterator[Text]:
        match expression:
            case ast.Constant():
                atom = pyliterals.literal(self.tree, expression)
                if atom is not None:
                    yield pyvalues.whole(atom)
            case ast.JoinedStr():
                yield from self._interpolated(expression, scope)
            case ast.Name() | ast.Attribute() | ast.Subscript():
                yield from (text.through(expression) for text in self._behind(expression, scope))
            case ast.BinOp(op=ast.Add()):
                yield from self._product(addends(expression), scope)
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                yield from self._percent(left, right, scope)
            case ast.Call():
                yield from self._called(expression, scope)
            case _:
                for value, where in self.choices(expression, scope):
                    yield from self.texts(value, where)

    def _behind(self, expression: ast.expr, scope: Scope) -> Iterator[Text]:
        """The texts of what a name, an attribute or an item stands for."""
        for value, where in self.choices(expression, scope):
            yield from self.texts(value, where)
        for entry in self.assigned(expression, scope):
            if entry.item and entry.value is not None:
                for value, where in self.looped(entry):
                    yield from self.texts(value, where)
            elif entry.value is not None:
                yield from self.texts(entry.value, entry.scope)

    def _interpolated(self, expression: ast.JoinedStr, scope: Scope) -> Iterator[Text]:
        atom = pyliterals.literal(self.tree, expression)
        if atom is None:
            return
        literal, at = pyvalues.whole(atom), 0
        columns: list[tuple[Text, ...]] = []
        for part in expression.values:
            constant = isinstance(part, ast.Constant) and isinstance(part.value, str)
            length = len(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else 1
            fixed = literal.cut(at, at + length) if constant else pyvalues.UNKNOWN
            columns.append((fixed,) if constant else self.texts(part, scope) or (fixed,))
            at += length
        yield from _products(columns)

    def _percent(self, template: ast.expr, values: ast.expr, scope: Scope) -> Iterator[Text]:
        named = {e.key: self._one(e.value, e.scope) for e in self.entries(values, scope)}
        items = values.elts if isinstance(values, ast.Tuple) else [values]
        listed = [self._one(value, scope) for value in items]
        yield from _known(pyvalues.percent(text, named, listed) for text in self.texts(template, scope))

    def _product(self, parts: list[ast.expr], scope: Scope) -> Iterator[Text]:
        columns = [self.texts(part, scope) or (pyvalues.UNKNOWN,) for part in parts]
        if any(column != (pyvalues.UNKNOWN,) for column in columns):
            yield from _products(columns)

    def _one(self, expression: ast.expr, scope: Scope) -> Text:
        return next(iter(self.texts(expression, scope)), pyvalues.UNKNOWN)

    def _called(self, call: ast.Call, scope: Scope) -> Iterator[Text]:
        match call.func:
            case ast.Attribute(value=base, attr="format"):
                named = {k.arg: self._one(k.value, scope) for k in call.keywords if k.arg}
                listed = [self._one(value, scope) for value in call.args]
                yield from _known(pyvalues.formatted(text, named, listed) for text in self.texts(base, scope))
            case ast.Attribute(value=base, attr="join") if call.args and isinstance(base, ast.Constant):
                yield from self._joined(base, call.args[0], scope)
            case ast.Attribute(attr="choice") if call.args:
                for value, where in self.items(call.args[0], scope):
                    yield from self.texts(value, where)
            case ast.Attribute(value=base, attr=name) if name in _SAME:
                yield from self.texts(base, scope)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _WRAPPERS or name.endswith("Dsn"):
                for argument in call.args[:1]:
                    yield from self.texts(argument, scope)
            case function:
                found = getter(call)
                if found is not None and found.default is not None and found.sure:
                    yield from self.texts(found.default, scope)
                yield from self._returned(function, scope)

    def _joined(self, separator: ast.Constant, items: ast.expr, scope: Scope) -> Iterator[Text]:
        between = self.texts(separator, scope) or (pyvalues.UNKNOWN,)
        columns: list[tuple[Text, ...]] = []
        for value, where in self.items(items, scope):
            columns += (self.texts(value, where) or (pyvalues.UNKNOWN,), between)
        yield from _products(columns[:-1])

    def _returned(self, function: ast.expr, scope: Scope) -> Iterator[Text]:
        for entry in self.assigned(function, scope):
            opened = self.scopes.of(entry.value) if entry.value is not None else None
            if opened is not None and not opened.is_class:
                for value in opened.returns:
                    yield from self.texts(value, opened)


def addends(expression: ast.BinOp) -> list[ast.expr]:
    """The operands of a chain of `+`; a loop, since generated code has chains of thousands."""
    parts: list[ast.expr] = []
    left: ast.expr = expression
    while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
        parts.append(left.right)
        left = left.left
    return [left, *reversed(parts)]


def _products(columns: list[tuple[Text, ...]]) -> Iterator[Text]:
    return _known(pyvalues.joined(parts) for parts in islice(product(*columns), _ALTERNATIVES)) if columns else iter(())


def _known(texts: Iterable[Text | None]) -> Iterator[Text]:
    return (text for text in texts if text is not None)

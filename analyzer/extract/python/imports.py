"""What the names of a Python file mean outside of it: imports, and what was made by imported things.

Only names that the file imports have a meaning here; a method's name alone never has.
"""

import ast
from collections.abc import Iterable

from analyzer.extract.python.scopes import Scope

_HOPS = 12


def imported(statements: Iterable[ast.Import | ast.ImportFrom]) -> dict[str, str]:
    """Names bound by import statements and the dotted path each stands for; relative imports stand for nothing.

    IPython gives its programs `get_ipython` without an import.
    """
    names = {"get_ipython": "get_ipython"}
    for node in statements:
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.split(".")[0]
                names[alias.asname or root] = alias.name if alias.asname else root
        elif node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def qualified(function: ast.expr, scope: Scope, names: dict[str, str]) -> str:
    """The dotted path of what is called, `()` for each call on the way: `paramiko.SSHClient().connect`; else empty."""
    tail: list[str] = []
    expression: ast.AST | None = function
    for _ in range(_HOPS):
        match expression:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                owner = scope.enclosing_class()
                found = owner.attribute(name) if owner else []
            case ast.Attribute(value=base, attr=name):
                tail.append(f".{name}")
                expression = base
                continue
            case ast.Call(func=base):
                tail.append("()")
                expression = base
                continue
            case ast.Await(value=base):
                expression = base
                continue
            case ast.Name(id=name) if name in names and (scope.parent is None or name not in scope.names):
                return names[name] + "".join(reversed(tail))
            case ast.Name(id=name):
                found = scope.lookup(name, expression.lineno)
            case _:
                return ""
        made = [a for a in found if not isinstance(a.value, ast.Constant)]
        if len(made) != 1 or made[0].item or made[0].value is expression:
            return ""
        expression, scope = made[0].value, made[0].scope
    return ""

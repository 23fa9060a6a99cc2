"""Calls that look a setting up by its name, with the default that they fall back to.

`os.getenv("PGHOST", "10.0.0.121")`, decouple's and environ's `config("DB_HOST", default=..)`,
`cfg.get("db", "host", fallback=..)`, `parser.add_argument("--db-host", default=..)`,
`Field("10.0.0.121", env="DB_HOST")` and home-made ones. Knows the shapes of such calls only, not what a name means.
"""

import ast
import re
from dataclasses import dataclass

_KEY = re.compile(r"-{0,2}[A-Za-z_][\w.:/-]{0,100}")
_GETTER = re.compile(r"get|env|conf|setting|var|param|option|lookup|default|fetch|pop|secret|read|load", re.IGNORECASE)
_DEFAULTS = ("default", "fallback", "default_value", "default_if_empty")
_NAMED = ("env", "name", "key", "alias", "validation_alias", "envvar", "var", "varname")
_FIELDS = frozenset({"Field", "field", "Option", "Argument", "ib", "attrib", "mapped_column"})
_FACTORIES = ("default_factory", "factory")


@dataclass(frozen=True, slots=True)
class Getter:
    """A look-up: `keys` from the section to the option (empty for a field without a name of its own), and its default.

    `sure`: it is certainly a look-up, whatever its key means.
    """

    keys: tuple[str, ...]
    default: ast.expr | None
    sure: bool


def getter(call: ast.Call) -> Getter | None:
    """Read a call as a look-up; None where it is none."""
    name = dotted(call.func)
    last = name.rsplit(".", 1)[-1]
    keys = _keys(call, last)
    default = _keyword(call, _DEFAULTS)
    if default is not None:
        return Getter(keys, default, sure=True)
    if last in _FIELDS:
        first = call.args[0] if call.args else _factory(call)
        return Getter(_keyword_keys(call), first, sure=True)
    if not keys or keys[0].startswith("-"):
        return None
    at = 2 if last == "getattr" else 1
    if len(call.args) > at:
        return Getter(keys[:1], call.args[at], sure=_GETTER.search(name) is not None)
    return Getter(keys, None, sure=True) if _GETTER.search(name) else None


def dotted(expression: ast.expr) -> str:
    """Names joined by dots as they stand: `os.environ.get`; empty pieces for what is no name."""
    tail: list[str] = []
    for _ in range(8):
        if isinstance(expression, ast.Attribute):
            tail.append(expression.attr)
            expression = expression.value
        elif isinstance(expression, ast.Subscript | ast.Call):
            expression = expression.value if isinstance(expression, ast.Subscript) else expression.func
        else:
            break
    if isinstance(expression, ast.Name):
        tail.append(expression.id)
    return ".".join(reversed(tail))


def _keys(call: ast.Call, last: str) -> tuple[str, ...]:
    args = call.args[1:2] if last == "getattr" else call.args
    keys: list[str] = []
    for argument in args:
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            break
        if not _KEY.fullmatch(argument.value):
            break
        keys.append(argument.value)
    long = [key for key in keys if key.startswith("--")]
    return tuple(long[:1] or keys) or _keyword_keys(call)


def _keyword_keys(call: ast.Call) -> tuple[str, ...]:
    value = _keyword(call, _NAMED)
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and _KEY.fullmatch(value.value):
        return (value.value,)
    return ()


def _keyword(call: ast.Call, names: tuple[str, ...]) -> ast.expr | None:
    return next((k.value for k in call.keywords if k.arg in names), None)


def _factory(call: ast.Call) -> ast.expr | None:
    made = _keyword(call, _FACTORIES)
    return made.body if isinstance(made, ast.Lambda) else None

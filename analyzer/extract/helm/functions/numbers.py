"""The functions of Helm's templates that tell types, compare and calculate.

Sprig: https://masterminds.github.io/sprig/math.html.
"""

from collections.abc import Callable, Sequence

from analyzer.extract.helm.data import (
    FALSE,
    SOMETHING,
    TRUE,
    UNKNOWN,
    Data,
    Kind,
    List,
    Map,
    Scalar,
    boolean,
    number,
    plain,
    printed,
    string,
    truth,
)
from analyzer.extract.helm.functions.arguments import Function, at, text
from analyzer.hosts import HOLE

_KINDS = {Kind.STRING: "string", Kind.BOOL: "bool", Kind.NULL: "invalid"}
_TYPES = {"map": "map[string]interface {}", "slice": "[]interface {}", "int": "float64", "invalid": "<nil>"}
_NUMBERS = frozenset({"int", "int64", "float64"})


def kind_of(value: Data) -> str:
    """The kind of a value as Go names it; empty where it is not known."""
    match value:
        case Map():
            return "map"
        case List():
            return "slice"
        case Scalar(Kind.NUMBER):
            return "float64" if "." in value.text.text else "int"
        case Scalar():
            return _KINDS[value.kind]
        case _:
            return ""


def _type_is(arguments: Sequence[Data]) -> Data:
    asked, kind = text(arguments, 0).text, kind_of(at(arguments, -1))
    if not kind:
        return UNKNOWN
    # A number of a values file is a float64 until Helm 3 reads it as an int64.
    return boolean(asked == kind or (asked in _NUMBERS and kind in _NUMBERS) or asked.startswith(f"{kind}["))


def type_of(value: Data) -> str:
    """The type of a value as Go names it; empty where it is not known."""
    kind = kind_of(value)
    return _TYPES.get(kind, kind)


def same(arguments: Sequence[Data]) -> Data:
    """The first one equals one of the others."""
    if any(not isinstance(a, Scalar) or HOLE in a.text.text for a in arguments):
        return UNKNOWN
    first = _comparable(at(arguments, 0))
    return boolean(any(_comparable(other) == first for other in arguments[1:]))


def _comparable(value: Data) -> str | float:
    """5432 and 5432.0 are one number, "5432" is a text."""
    known = _float(value) if isinstance(value, Scalar) and value.kind is Kind.NUMBER else None
    return printed(value).text if known is None else known


def _not(value: Data) -> Data:
    told = truth(value)
    return UNKNOWN if told is None else FALSE if told else TRUE


def _compared(compare: Callable[[float, float], bool]) -> Function:
    def compared(arguments: Sequence[Data]) -> Data:
        one, other = (_float(at(arguments, index)) for index in (0, 1))
        return UNKNOWN if one is None or other is None else boolean(compare(one, other))

    return compared


def _calculated(calculate: Callable[[float, float], float]) -> Function:
    def calculated(arguments: Sequence[Data]) -> Data:
        values = [_float(argument) for argument in arguments]
        known = [value for value in values if value is not None]
        if len(known) != len(values) or not known:
            return SOMETHING
        whole = known[0]
        for value in known[1:]:
            whole = calculate(whole, value)
            if abs(whole) > 1e15:
                return SOMETHING
        return number(whole)

    return calculated


def _float(value: Data) -> float | None:
    text = plain(value) or ""
    try:
        return float(text) if len(text) < 30 and "_" not in text else None
    except ValueError:
        return None


def _divided(one: float, other: float) -> float:
    return one // other if other else 0


def _int(arguments: Sequence[Data]) -> Data:
    """A number keeps its text, and with it its origin."""
    value = at(arguments, -1)
    if not isinstance(value, Scalar) or value.kind is Kind.NULL:
        return number(0)
    digits = value.text.text
    if "." in digits and _float(value) is not None:
        return Scalar(Kind.NUMBER, value.text.part(0, digits.index(".")), value.path)
    return Scalar(Kind.NUMBER, value.text, value.path)


NUMBERS: dict[str, Function] = {
    "kindIs": _type_is,
    "typeIs": _type_is,
    "typeIsLike": _type_is,
    "kindOf": lambda a: string(kind_of(at(a, -1))),
    "typeOf": lambda a: string(type_of(at(a, -1))) if type_of(at(a, -1)) else UNKNOWN,
    "eq": same,
    "deepEqual": same,
    "ne": lambda a: _not(same(a)),
    "not": lambda a: _not(at(a, -1)),
    "empty": lambda a: _not(at(a, -1)),
    "gt": _compared(lambda one, other: one > other),
    "ge": _compared(lambda one, other: one >= other),
    "lt": _compared(lambda one, other: one < other),
    "le": _compared(lambda one, other: one <= other),
    "int": _int,
    "int64": _int,
    "float64": _int,
    "atoi": _int,
    "floor": _int,
    "ceil": _int,
    "add": _calculated(lambda one, other: one + other),
    "addf": _calculated(lambda one, other: one + other),
    "sub": _calculated(lambda one, other: one - other),
    "mul": _calculated(lambda one, other: one * other),
    "mulf": _calculated(lambda one, other: one * other),
    "div": _calculated(_divided),
    "mod": _calculated(lambda one, other: one % other if other else 0),
    "max": _calculated(max),
    "min": _calculated(min),
    "add1": lambda a: _calculated(lambda one, other: one + other)([at(a, -1), number(1)]),
    "fail": lambda _: string(""),
}

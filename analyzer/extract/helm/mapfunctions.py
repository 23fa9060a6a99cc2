"""The functions of Helm's templates that work on maps, lists, numbers and types.

Sprig: https://masterminds.github.io/sprig/. Values of the chart keep their paths as long as they are not copied.
"""

from collections.abc import Callable, Iterable, Sequence

from analyzer.extract.helm.data import (
    FALSE,
    NULL,
    SOMETHING,
    TRUE,
    UNKNOWN,
    Data,
    Kind,
    List,
    Map,
    Scalar,
    Unknown,
    boolean,
    child,
    copied,
    number,
    plain,
    printed,
    string,
    truth,
)
from analyzer.extract.helm.textfunctions import Function, count
from analyzer.extract.helm.yamltext import from_yaml, to_json, to_yaml
from analyzer.hosts import HOLE

_MOST = 2_000  # items of a list that a function makes
_RANGE = 4  # of a row of numbers: what more of them would print differs by a number only
_KINDS = {Kind.STRING: "string", Kind.BOOL: "bool", Kind.NULL: "invalid"}


def _dict(arguments: Sequence[Data]) -> Data:
    pairs = zip(arguments[::2], arguments[1::2], strict=False)
    return Map({printed(key).text: value for key, value in pairs})


def _list(arguments: Sequence[Data]) -> Data:
    return List(list(arguments))


def items(value: Data) -> list[Data]:
    """The items of a list; a single value is a list of itself, nothing is none."""
    if isinstance(value, List):
        return value.items
    return [] if isinstance(value, Scalar) and value.kind is Kind.NULL else [value]


def _at(arguments: Sequence[Data], index: int) -> Data:
    return arguments[index] if -len(arguments) <= index < len(arguments) else NULL


def _key(arguments: Sequence[Data], index: int) -> str:
    return printed(_at(arguments, index)).text


def _index(arguments: Sequence[Data]) -> Data:
    value = _at(arguments, 0)
    for key in arguments[1:]:
        if isinstance(value, List):
            place = count([key], 0, _MOST)
            value = value.items[place] if 0 <= place < len(value.items) else NULL
        else:
            value = child(value, printed(key).text) if HOLE not in printed(key).text else UNKNOWN
    return value


def _get(arguments: Sequence[Data]) -> Data:
    return child(_at(arguments, 0), _key(arguments, 1))


def _set(arguments: Sequence[Data]) -> Data:
    target = _at(arguments, 0)
    if isinstance(target, Map) and len(target.items) < _MOST:
        target.items[_key(arguments, 1)] = _at(arguments, 2)
    return target


def _unset(arguments: Sequence[Data]) -> Data:
    target = _at(arguments, 0)
    if isinstance(target, Map):
        target.items.pop(_key(arguments, 1), None)
    return target


def _has_key(arguments: Sequence[Data]) -> Data:
    target = _at(arguments, 0)
    if isinstance(target, Unknown):
        return UNKNOWN
    return boolean(isinstance(target, Map) and _key(arguments, 1) in target.items)


def _keys(arguments: Sequence[Data]) -> Data:
    return List([string(name) for value in arguments if isinstance(value, Map) for name in value.items])


def _values(arguments: Sequence[Data]) -> Data:
    return List([item for value in arguments if isinstance(value, Map) for item in value.items.values()])


def _pluck(arguments: Sequence[Data]) -> Data:
    name = _key(arguments, 0)
    return List([value.items[name] for value in arguments[1:] if isinstance(value, Map) and name in value.items])


def _pick(arguments: Sequence[Data]) -> Data:
    source, names = _at(arguments, 0), {printed(a).text for a in arguments[1:]}
    return _filtered(source, lambda name: name in names)


def _omit(arguments: Sequence[Data]) -> Data:
    source, names = _at(arguments, 0), {printed(a).text for a in arguments[1:]}
    return _filtered(source, lambda name: name not in names)


def _filtered(source: Data, kept: Callable[[str], bool]) -> Data:
    if not isinstance(source, Map):
        return source
    return Map({name: value for name, value in source.items.items() if kept(name)}, source.path)


def _dig(arguments: Sequence[Data]) -> Data:
    """`dig "a" "b" default map`."""
    value = _at(arguments, -1)
    for key in arguments[:-2]:
        name = printed(key).text
        if not isinstance(value, Map) or name not in value.items:
            return _at(arguments, -2)
        value = value.items[name]
    return value


def _merge(arguments: Sequence[Data], *, overwrite: bool) -> Data:
    """The first map is changed; without `overwrite` what it has counts."""
    target = _at(arguments, 0)
    if isinstance(target, Map):
        for source in arguments[1:]:
            _merge_into(target, source, overwrite=overwrite, depth=0)
    return target


def _merge_into(target: Map, source: Data, *, overwrite: bool, depth: int) -> None:
    if not isinstance(source, Map) or depth > 20:
        return
    for name, value in source.items.items():
        known = target.items.get(name)
        if isinstance(known, Map) and isinstance(value, Map):
            target.items[name] = below = Map(dict(known.items), known.path)
            _merge_into(below, value, overwrite=overwrite, depth=depth + 1)
        elif overwrite or known is None or not truth(known):
            target.items[name] = value


def _first(arguments: Sequence[Data]) -> Data:
    found = items(_at(arguments, -1))
    return found[0] if found else NULL


def _last(arguments: Sequence[Data]) -> Data:
    found = items(_at(arguments, -1))
    return found[-1] if found else NULL


def _slice(arguments: Sequence[Data]) -> Data:
    found = items(_at(arguments, 0))
    end = count(arguments, 2, _MOST) if len(arguments) > 2 else len(found)
    return List(found[max(count(arguments, 1, _MOST), 0) : max(end, 0)])


def _append(arguments: Sequence[Data]) -> Data:
    return List([*items(_at(arguments, 0))[:_MOST], *arguments[1:]])


def _prepend(arguments: Sequence[Data]) -> Data:
    return List([*arguments[1:], *items(_at(arguments, 0))[:_MOST]])


def _concat(arguments: Sequence[Data]) -> Data:
    return List([item for value in arguments for item in items(value)][:_MOST])


def _without(arguments: Sequence[Data]) -> Data:
    gone = {printed(a).text for a in arguments[1:]}
    return List([item for item in items(_at(arguments, 0)) if printed(item).text not in gone])


def _has(arguments: Sequence[Data]) -> Data:
    return boolean(_key(arguments, 0) in {printed(item).text for item in items(_at(arguments, 1))})


def _unique(found: Iterable[Data]) -> list[Data]:
    seen: dict[str, Data] = {}
    for index, item in enumerate(found):
        seen.setdefault(printed(item).text if isinstance(item, Scalar) else f"\0{index}", item)
    return list(seen.values())


def _sorted(arguments: Sequence[Data]) -> Data:
    return List(sorted(items(_at(arguments, -1)), key=lambda item: printed(item).text))


def _numbers(arguments: Sequence[Data]) -> Data:
    """`until stop`, `untilStep start stop step`; a number that nobody knows is taken for a few."""
    known = [plain(argument) is not None for argument in arguments]
    stop = count(arguments, 0 if len(arguments) == 1 else 1, _MOST) if all(known) else _RANGE
    start = count(arguments, 0, _MOST) if len(arguments) > 1 else 0
    step = count(arguments, 2, _MOST) if len(arguments) > 2 else 1
    return List([number(value) for value in list(range(start, stop, step or 1))[:_RANGE]])


def _len(arguments: Sequence[Data]) -> Data:
    value = _at(arguments, 0)
    match value:
        case Map() | List():
            return number(len(value.items))
        case Scalar():
            return number(len(value.text))
        case _:
            return UNKNOWN


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


_NUMBERS = frozenset({"int", "int64", "float64"})


def _type_is(arguments: Sequence[Data]) -> Data:
    asked, kind = _key(arguments, 0), kind_of(_at(arguments, -1))
    if not kind:
        return UNKNOWN
    # A number of a values file is a float64 until Helm 3 reads it as an int64.
    return boolean(asked == kind or (asked in _NUMBERS and kind in _NUMBERS) or asked.startswith(f"{kind}["))


def _type_of(arguments: Sequence[Data]) -> Data:
    kind = kind_of(_at(arguments, -1))
    known = {"map": "map[string]interface {}", "slice": "[]interface {}", "int": "float64", "invalid": "<nil>"}
    return string(known.get(kind, kind)) if kind else UNKNOWN


def _eq(arguments: Sequence[Data]) -> Data:
    """The first one equals one of the others."""
    if any(not isinstance(a, Scalar) or HOLE in a.text.text for a in arguments):
        return UNKNOWN
    first = _comparable(_at(arguments, 0))
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
        one, other = (_float(_at(arguments, index)) for index in (0, 1))
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
    value = _at(arguments, -1)
    if not isinstance(value, Scalar) or value.kind is Kind.NULL:
        return number(0)
    digits = value.text.text
    if "." in digits and _float(value) is not None:
        return Scalar(Kind.NUMBER, value.text.part(0, digits.index(".")), value.path)
    return Scalar(Kind.NUMBER, value.text, value.path)


def _sentence(_arguments: Sequence[Data]) -> Data:
    return string("")


MAP_FUNCTIONS: dict[str, Function] = {
    "dict": _dict,
    "list": _list,
    "tuple": _list,
    "index": _index,
    "get": _get,
    "set": _set,
    "unset": _unset,
    "hasKey": _has_key,
    "keys": _keys,
    "values": _values,
    "pluck": _pluck,
    "pick": _pick,
    "omit": _omit,
    "dig": _dig,
    "merge": lambda a: _merge(a, overwrite=False),
    "mergeOverwrite": lambda a: _merge(a, overwrite=True),
    "deepCopy": lambda a: copied(_at(a, -1)),
    "first": _first,
    "last": _last,
    "rest": lambda a: List(items(_at(a, -1))[1:]),
    "initial": lambda a: List(items(_at(a, -1))[:-1]),
    "slice": _slice,
    "append": _append,
    "push": _append,
    "prepend": _prepend,
    "concat": _concat,
    "without": _without,
    "has": _has,
    "uniq": lambda a: List(_unique(items(_at(a, -1)))),
    "compact": lambda a: List([item for item in items(_at(a, -1)) if truth(item) is not False]),
    "sortAlpha": _sorted,
    "reverse": lambda a: List(items(_at(a, -1))[::-1]),
    "until": _numbers,
    "untilStep": _numbers,
    "seq": _numbers,
    "len": _len,
    "kindIs": _type_is,
    "typeIs": _type_is,
    "typeIsLike": _type_is,
    "kindOf": lambda a: string(kind_of(_at(a, -1))),
    "typeOf": _type_of,
    "eq": _eq,
    "deepEqual": _eq,
    "ne": lambda a: _not(_eq(a)),
    "not": lambda a: _not(_at(a, -1)),
    "empty": lambda a: _not(_at(a, -1)),
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
    "add1": lambda a: MAP_FUNCTIONS["add"]([_at(a, -1), number(1)]),
    "toYaml": lambda a: string(to_yaml(_at(a, -1))),
    "toYamlPretty": lambda a: string(to_yaml(_at(a, -1))),
    "toJson": lambda a: string(to_json(_at(a, -1))),
    "toPrettyJson": lambda a: string(to_json(_at(a, -1))),
    "toRawJson": lambda a: string(to_json(_at(a, -1))),
    **dict.fromkeys(
        ("fromYaml", "fromJson", "fromYamlArray", "fromJsonArray"), lambda a: from_yaml(printed(_at(a, -1)))
    ),
    "lookup": lambda _a: Map(),
    "fail": _sentence,
}

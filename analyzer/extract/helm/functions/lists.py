"""The functions of Helm's templates that work on lists. Sprig: https://masterminds.github.io/sprig/lists.html."""

from collections.abc import Iterable, Sequence

from analyzer.extract.helm.data import (
    NULL,
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
    truth,
)
from analyzer.extract.helm.functions.arguments import Function, at, count, text

_MOST = 2_000  # items of a list that a function makes
_RANGE = 4  # of a row of numbers: what more of them would print differs by a number only


def _list(arguments: Sequence[Data]) -> Data:
    return List(list(arguments))


def items(value: Data) -> list[Data]:
    """The items of a list; a single value is a list of itself, nothing is none."""
    if isinstance(value, List):
        return value.items
    return [] if isinstance(value, Scalar) and value.kind is Kind.NULL else [value]


def _first(arguments: Sequence[Data]) -> Data:
    found = items(at(arguments, -1))
    return found[0] if found else NULL


def _last(arguments: Sequence[Data]) -> Data:
    found = items(at(arguments, -1))
    return found[-1] if found else NULL


def _slice(arguments: Sequence[Data]) -> Data:
    found = items(at(arguments, 0))
    end = count(arguments, 2, _MOST) if len(arguments) > 2 else len(found)
    return List(found[max(count(arguments, 1, _MOST), 0) : max(end, 0)])


def _append(arguments: Sequence[Data]) -> Data:
    return List([*items(at(arguments, 0))[:_MOST], *arguments[1:]])


def _prepend(arguments: Sequence[Data]) -> Data:
    return List([*arguments[1:], *items(at(arguments, 0))[:_MOST]])


def _concat(arguments: Sequence[Data]) -> Data:
    return List([item for value in arguments for item in items(value)][:_MOST])


def _without(arguments: Sequence[Data]) -> Data:
    gone = {printed(a).text for a in arguments[1:]}
    return List([item for item in items(at(arguments, 0)) if printed(item).text not in gone])


def _has(arguments: Sequence[Data]) -> Data:
    return boolean(text(arguments, 0).text in {printed(item).text for item in items(at(arguments, 1))})


def _unique(found: Iterable[Data]) -> list[Data]:
    seen: dict[str, Data] = {}
    for index, item in enumerate(found):
        seen.setdefault(printed(item).text if isinstance(item, Scalar) else f"\0{index}", item)
    return list(seen.values())


def _sorted(arguments: Sequence[Data]) -> Data:
    return List(sorted(items(at(arguments, -1)), key=lambda item: printed(item).text))


def _numbers(arguments: Sequence[Data]) -> Data:
    """`until stop`, `untilStep start stop step`; a number that nobody knows is taken for a few."""
    known = [plain(argument) is not None for argument in arguments]
    stop = count(arguments, 0 if len(arguments) == 1 else 1, _MOST) if all(known) else _RANGE
    start = count(arguments, 0, _MOST) if len(arguments) > 1 else 0
    step = count(arguments, 2, _MOST) if len(arguments) > 2 else 1
    return List([number(value) for value in list(range(start, stop, step or 1))[:_RANGE]])


def _len(arguments: Sequence[Data]) -> Data:
    value = at(arguments, 0)
    match value:
        case Map() | List():
            return number(len(value.items))
        case Scalar():
            return number(len(value.text))
        case _:
            return UNKNOWN


LISTS: dict[str, Function] = {
    "list": _list,
    "tuple": _list,
    "first": _first,
    "last": _last,
    "rest": lambda a: List(items(at(a, -1))[1:]),
    "initial": lambda a: List(items(at(a, -1))[:-1]),
    "slice": _slice,
    "append": _append,
    "push": _append,
    "prepend": _prepend,
    "concat": _concat,
    "without": _without,
    "has": _has,
    "uniq": lambda a: List(_unique(items(at(a, -1)))),
    "compact": lambda a: List([item for item in items(at(a, -1)) if truth(item) is not False]),
    "sortAlpha": _sorted,
    "reverse": lambda a: List(items(at(a, -1))[::-1]),
    "until": _numbers,
    "untilStep": _numbers,
    "seq": _numbers,
    "len": _len,
}

"""The functions of Helm's templates that work on maps.

Sprig: https://masterminds.github.io/sprig/dicts.html. Values of the chart keep their paths as long as they are not
copied.
"""

from collections.abc import Callable, Sequence

from analyzer.extract.helm.data import (
    NULL,
    UNKNOWN,
    Data,
    List,
    Map,
    Unknown,
    boolean,
    child,
    copied,
    printed,
    string,
    truth,
)
from analyzer.extract.helm.functions.arguments import Function, at, count, text
from analyzer.extract.helm.yamltext import from_yaml, to_json, to_yaml
from analyzer.hosts import HOLE

_MOST = 2_000  # keys of a map, items of a list


def _dict(arguments: Sequence[Data]) -> Data:
    pairs = zip(arguments[::2], arguments[1::2], strict=False)
    return Map({printed(key).text: value for key, value in pairs})


def _index(arguments: Sequence[Data]) -> Data:
    value = at(arguments, 0)
    for key in arguments[1:]:
        if isinstance(value, List):
            place = count([key], 0, _MOST)
            value = value.items[place] if 0 <= place < len(value.items) else NULL
        else:
            value = child(value, printed(key).text) if HOLE not in printed(key).text else UNKNOWN
    return value


def _get(arguments: Sequence[Data]) -> Data:
    return child(at(arguments, 0), text(arguments, 1).text)


def _set(arguments: Sequence[Data]) -> Data:
    target = at(arguments, 0)
    if isinstance(target, Map) and len(target.items) < _MOST:
        target.items[text(arguments, 1).text] = at(arguments, 2)
    return target


def _unset(arguments: Sequence[Data]) -> Data:
    target = at(arguments, 0)
    if isinstance(target, Map):
        target.items.pop(text(arguments, 1).text, None)
    return target


def _has_key(arguments: Sequence[Data]) -> Data:
    target = at(arguments, 0)
    if isinstance(target, Unknown):
        return UNKNOWN
    return boolean(isinstance(target, Map) and text(arguments, 1).text in target.items)


def _keys(arguments: Sequence[Data]) -> Data:
    return List([string(name) for value in arguments if isinstance(value, Map) for name in value.items])


def _values(arguments: Sequence[Data]) -> Data:
    return List([item for value in arguments if isinstance(value, Map) for item in value.items.values()])


def _pluck(arguments: Sequence[Data]) -> Data:
    name = text(arguments, 0).text
    return List([value.items[name] for value in arguments[1:] if isinstance(value, Map) and name in value.items])


def _pick(arguments: Sequence[Data]) -> Data:
    source, names = at(arguments, 0), {printed(a).text for a in arguments[1:]}
    return _filtered(source, lambda name: name in names)


def _omit(arguments: Sequence[Data]) -> Data:
    source, names = at(arguments, 0), {printed(a).text for a in arguments[1:]}
    return _filtered(source, lambda name: name not in names)


def _filtered(source: Data, kept: Callable[[str], bool]) -> Data:
    if not isinstance(source, Map):
        return source
    return Map({name: value for name, value in source.items.items() if kept(name)}, source.path)


def _dig(arguments: Sequence[Data]) -> Data:
    """`dig "a" "b" default map`."""
    value = at(arguments, -1)
    for key in arguments[:-2]:
        name = printed(key).text
        if not isinstance(value, Map) or name not in value.items:
            return at(arguments, -2)
        value = value.items[name]
    return value


def _merge(arguments: Sequence[Data], *, overwrite: bool) -> Data:
    """The first map is changed; without `overwrite` what it has counts."""
    target = at(arguments, 0)
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


MAPS: dict[str, Function] = {
    "dict": _dict,
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
    "deepCopy": lambda a: copied(at(a, -1)),
    "toYaml": lambda a: string(to_yaml(at(a, -1))),
    "toYamlPretty": lambda a: string(to_yaml(at(a, -1))),
    "toJson": lambda a: string(to_json(at(a, -1))),
    "toPrettyJson": lambda a: string(to_json(at(a, -1))),
    "toRawJson": lambda a: string(to_json(at(a, -1))),
    "lookup": lambda _a: Map(),
    **dict.fromkeys(
        ("fromYaml", "fromJson", "fromYamlArray", "fromJsonArray"), lambda a: from_yaml(printed(at(a, -1)))
    ),
}

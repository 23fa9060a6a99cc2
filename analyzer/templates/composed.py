"""Texts, lists and dictionaries put together as functions of templates do it: printf, join, dict, toJson.

Formats: https://pkg.go.dev/fmt and https://docs.python.org/3/library/string.html#formatstrings; what they do beyond
plain verbs is computed text, which nothing spells.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from analyzer.templates.functions import Prints
from analyzer.templates.nodes import Call
from analyzer.templates.printed import Text, computed, cut, edges, hole, joined

_VERB = re.compile(r"%(?:\[(?P<index>\d{1,2})\])?(?P<zero>0?)(?P<width>\d{0,2})(?P<verb>[sdvq%])|%[^%]?")
_BRACE = re.compile(r"\{(?P<index>\d{0,2})(?P<more>[^{}]{0,40})\}")


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A dictionary, its keys as texts."""

    pairs: tuple[tuple[Text, "Value"], ...]


Value: TypeAlias = Text | Items | Pairs
_Combine = Callable[[Sequence[Value], Call], Value]


def decoded(value: Value) -> Text:
    """A text without its base64."""
    if not isinstance(value, Text):
        return Text(())
    try:
        plain = base64.b64decode(str(value), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return Text(())
    return computed(plain, *edges(value))


def _formatted(values: Sequence[Value], call: Call) -> Value:
    """`printf "%s:%d" "h" 5432`."""
    form, *arguments = values
    if not isinstance(form, Text):
        return _hole(call)
    text, at, used = str(form), 0, 0
    parts: list[Text] = []
    for verb in _VERB.finditer(text):
        parts.append(cut(form, at, verb.start()))
        at = verb.end()
        if verb["verb"] == "%":
            parts.append(cut(form, at - 1, at))
            continue
        used = int(verb["index"]) if verb["index"] else used + 1
        parts.append(_argument(arguments, used - 1, verb, call))
    return joined([*parts, cut(form, at, len(text))])


def _argument(arguments: Sequence[Value], index: int, verb: re.Match[str], call: Call) -> Text:
    value = arguments[index] if 0 <= index < len(arguments) else None
    if not isinstance(value, Text) or verb["verb"] is None:
        return _hole(call)
    if verb["verb"] == "q":
        quote = computed('"', *edges(value))
        return joined([quote, value, quote])
    text, width = str(value), int(verb["width"] or 0)
    if not value.known or len(text) >= width:
        return value
    return computed(text.rjust(width, "0" if verb["zero"] else " "), *edges(value))


def _braced(values: Sequence[Value], call: Call) -> Value:
    """`"{}:{}".format("h", 5432)`."""
    *arguments, form = values
    if not isinstance(form, Text):
        return _hole(call)
    text, at = str(form), 0
    parts: list[Text] = []
    for used, brace in enumerate(_BRACE.finditer(text)):
        value = arguments[index] if (index := int(brace["index"] or used)) < len(arguments) else None
        plain = isinstance(value, Text) and not brace["more"]
        parts += [cut(form, at, brace.start()), value if isinstance(value, Text) and plain else _hole(call)]
        at = brace.end()
    return joined([*parts, cut(form, at, len(text))])


def _percent(values: Sequence[Value], call: Call) -> Value:
    """`"%s:%s" % (h, p)` of Python; between numbers it prints one."""
    form, *arguments = values
    if not isinstance(form, Text) or form.bare or not form.known:
        return _hole(call)
    tuples = [item for value in arguments if isinstance(value, Items) for item in value.items]
    return _formatted([form, *(tuples or arguments)], call)


def _row(values: Sequence[Value], call: Call, between: str = "") -> Value:
    if call.name == "+" and not any(isinstance(value, Text) and value.known and not value.bare for value in values):
        return _hole(call)
    parts = [value if isinstance(value, Text) else _hole(call) for value in values]
    return joined(parts, computed(between, call.start, call.end))


def _list_joined(values: Sequence[Value], call: Call) -> Value:
    """`list "a" "b" | join ","`; Jinja joins with nothing where nothing is said."""
    items = values[-1]
    between = values[0] if len(values) > 1 else Text(())
    if not isinstance(items, Items) or not isinstance(between, Text):
        return items if isinstance(items, Text) else _hole(call)
    return joined([item if isinstance(item, Text) else _hole(call) for item in items.items], between)


def _extended(values: Sequence[Value], _call: Call) -> Value:
    first = values[0]
    return Items((*first.items, *values[1:])) if isinstance(first, Items) else Items(tuple(values[1:]))


def _dictionary(values: Sequence[Value], _call: Call) -> Value:
    pairs = zip(values[::2], values[1::2], strict=False)
    return Pairs(tuple((key, value) for key, value in pairs if isinstance(key, Text)))


def _json(values: Sequence[Value], call: Call) -> Value:
    return _json_text(values[-1], call)


def _json_text(value: Value, call: Call) -> Text:
    def sign(text: str) -> Text:
        return computed(text, call.start, call.end)

    match value:
        case Text(bare=True):
            return value
        case Text():
            text = str(value)
            escaped = json.dumps(text, ensure_ascii=False)[1:-1]
            return joined([sign('"'), value if escaped == text else computed(escaped, *edges(value)), sign('"')])
        case Items():
            return joined([sign("["), joined([_json_text(item, call) for item in value.items], sign(",")), sign("]")])
        case Pairs():
            pairs = [joined([_json_text(key, call), sign(":"), _json_text(item, call)]) for key, item in value.pairs]
            return joined([sign("{"), joined(pairs, sign(",")), sign("}")])


def _hole(call: Call) -> Text:
    return hole(call.start, call.end)


COMBINED: dict[Prints, _Combine] = {
    Prints.FORMAT: _formatted,
    Prints.FORMAT_LAST: lambda values, call: _formatted([values[-1], *values[:-1]], call),
    Prints.PERCENT: _percent,
    Prints.BRACES: _braced,
    Prints.TEXTS: _row,
    Prints.WORDS: lambda values, call: _row(values, call, " "),
    Prints.LIST: lambda values, _call: Items(tuple(values)),
    Prints.EXTENDED: _extended,
    Prints.DICTIONARY: _dictionary,
    Prints.JOINED: _list_joined,
    Prints.JSON: _json,
}

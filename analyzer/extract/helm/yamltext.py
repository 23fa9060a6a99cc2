"""`toYaml`, `toJson` and back, with the origin of every character.

Written is what reads back as the same value; the layout is not Helm's in every detail. Read is any YAML that the
scanner reads. It knows no templates.
"""

import json
import re
from collections.abc import Iterator

from analyzer.extract.helm.characters import Characters
from analyzer.extract.helm.data import Data, Kind, List, Map, Scalar, printed
from analyzer.extract.helm.leaves import roots_of
from analyzer.extract.helm.ledger import Path
from analyzer.extract.helm.traced import Joiner, Traced, interleaved, joined
from analyzer.extract.helm.trees import tree_of
from analyzer.hosts import HOLE
from analyzer.yamltree import Scalar as ScalarNode

_PLAIN = re.compile(r"[A-Za-z_/$(\ufffc](?:[\w./$()\ufffc@:-]*[\w./$()\ufffc@-])?")
_TYPED = re.compile(r"(?i:true|false|yes|no|on|off|null|y|n)")
_ESCAPED = re.compile(r"[\\\"\x00-\x1f\x7f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BLOCK = re.compile(r"[^ \t\r\n\x00-\x1f\x7f][^\r\x00-\x08\x0b-\x1f\x7f]*")
_DEEPEST = 30


def to_yaml(value: Data) -> Traced:
    """The value as a YAML block, no line end behind it."""
    whole = Joiner()
    pad = "  " if isinstance(value, Scalar) else ""
    for index, line in enumerate(_lines(value, 0)):
        whole.add("\n" + pad if index else "")
        whole.add(line)
    return whole.done()


def _lines(value: Data, depth: int) -> Iterator[Traced]:
    if depth < _DEEPEST and isinstance(value, Map) and value.items:
        for name in sorted(value.items):
            yield from _entry(joined([_word(Traced(name)), ":"]), value.items[name], depth)
    elif depth < _DEEPEST and isinstance(value, List) and value.items:
        for item in value.items:
            lines = list(_lines(item, depth + 1))
            yield joined(["- ", lines[0]])
            yield from (joined(["  ", line]) for line in lines[1:])
    else:
        yield from _leaf(value)


def _entry(head: Traced, value: Data, depth: int) -> Iterator[Traced]:
    lines = list(_lines(value, depth + 1))
    if isinstance(value, Map) and value.items and depth + 1 < _DEEPEST:
        yield head
        yield from (joined(["  ", line]) for line in lines)
    elif isinstance(value, List) and value.items and depth + 1 < _DEEPEST:
        yield head
        yield from lines
    else:
        yield joined([head, " ", lines[0]])
        yield from (joined(["  ", line]) if line.text else line for line in lines[1:])


def _leaf(value: Data) -> Iterator[Traced]:
    """The first line stands behind a key or a dash, the others below it."""
    match value:
        case Scalar(Kind.STRING) if "\n" in value.text.text and _BLOCK.fullmatch(value.text.text):
            yield from _block(value.text)
        case Scalar(Kind.STRING):
            yield _word(value.text)
        case Scalar(Kind.NULL):
            yield Traced("null")
        case Scalar():
            yield value.text
        case Map():
            yield Traced("{}")
        case List():
            yield Traced("[]")
        case _:
            yield Traced(HOLE)


def _block(text: Traced) -> Iterator[Traced]:
    body = text.text.rstrip("\n")
    ends = len(text.text) - len(body)
    yield Traced("|-" if not ends else "|" if ends == 1 else "|+")
    yield from text.part(0, len(body)).split("\n")
    yield from [Traced()] * (ends - 1)


def _word(text: Traced) -> Traced:
    if len(text) < 2_000 and _PLAIN.fullmatch(text.text) and not _TYPED.fullmatch(text.text):
        return text
    return quoted(text) if _CONTROL.search(text.text) else single_quoted(text)


def single_quoted(text: Traced) -> Traced:
    """In single quotes, those inside doubled."""
    return joined(["'", interleaved("''", text.split("'")), "'"])


def quoted(text: Traced) -> Traced:
    """In double quotes, escapes as JSON and YAML have them."""
    whole = Joiner()
    whole.add('"')
    at = 0
    for found in _ESCAPED.finditer(text.text):
        whole.add(text.part(at, found.start()))
        whole.add(json.dumps(found.group())[1:-1])
        at = found.end()
    whole.add(text.part(at))
    whole.add('"')
    return whole.done()


def to_json(value: Data) -> Traced:
    """The value as JSON in one line."""
    return joined(_json(value, 0))


def _json(value: Data, depth: int) -> Iterator[Traced | str]:
    if isinstance(value, Map) and depth < _DEEPEST:
        for index, name in enumerate(sorted(value.items)):
            yield "," if index else "{"
            yield from (quoted(Traced(name)), ":")
            yield from _json(value.items[name], depth + 1)
        yield "}" if value.items else "{}"
    elif isinstance(value, List) and depth < _DEEPEST:
        for index, item in enumerate(value.items):
            yield "," if index else "["
            yield from _json(item, depth + 1)
        yield "]" if value.items else "[]"
    elif isinstance(value, Scalar) and value.kind is Kind.NULL:
        yield "null"
    elif isinstance(value, Scalar) and value.kind is not Kind.STRING:
        yield value.text
    else:
        yield quoted(printed(value))


def from_yaml(text: Traced) -> Data:
    """The value of a text's first document; an empty map where there is none."""
    characters = Characters(text.text)
    roots = roots_of(characters.data)
    if not roots:
        return Map()

    def traced(node: ScalarNode, _path: Path) -> Traced:
        offsets = node.offsets
        if offsets is None:
            return Traced(node.value)
        return _gathered(text, node.value, [characters.at(start) for start in offsets.starts])

    return tree_of(roots[0], traced)


def _gathered(text: Traced, value: str, places: list[int]) -> Traced:
    """`value` with the origins of the characters of `text` that spell it."""
    marks: list[tuple[int, int, int]] = []
    for at, place in enumerate(places[: len(value)]):
        spelled = text.text[place : place + 1] == value[at]
        origin = text.origin(place) if spelled else -1
        if origin < 0:
            continue
        if marks and marks[-1][1] == at and marks[-1][2] + at - marks[-1][0] == origin:
            marks[-1] = (marks[-1][0], at + 1, marks[-1][2])
        else:
            marks.append((at, at + 1, origin))
    return Traced(value, tuple(marks))

"""Where a character of a Python literal's value stands in the source.

A literal is one atom of the syntax tree: a number, a string, an f-string, or several of them side by side. Values are
never searched for in the source: each character of the value is mapped to its own source character, and what an
escape or an interpolation produced has none. Knows no hosts.

Escapes: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
"""

import ast
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analyzer.extract.python.tree import Tree
from analyzer.hosts import HOLE
from analyzer.model import Slot

if TYPE_CHECKING:
    import libcst as cst

_LONGEST = (
    4096  # characters of adjacent literals or an f-string; libcst is quadratic in some shapes of their expressions
)
_STACK = 64 * 1024 * 1024  # libcst recurses natively: 4096 characters need less than 8 MiB
_NOWHERE = -1

_OPENING = re.compile(r"([rRbBuUfF]{0,2})('''|\"\"\"|'|\")")
_TEXT_UNIT = re.compile(
    r"\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^{}]{1,100}\}|.)|\r\n|.",
    re.DOTALL,
)
_BYTES_UNIT = re.compile(r"\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|.)|\r\n|.", re.DOTALL)
_SIMPLE_ESCAPES = frozenset("\\'\"abfnrtv01234567x")


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom: its node, its characters in the file (0-based, half-open), its value with HOLEs for interpolations."""

    node: ast.Constant | ast.JoinedStr
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of an atom's source: text of a string (`raw`: backslashes mean nothing) or an interpolation."""

    start: int
    end: int
    prefix: str = ""
    hole: bool = False


def literal(tree: Tree, node: ast.expr) -> Literal | None:
    """The literal of a node; None where it is none or not made of text or digits."""
    value: str | None = None
    if isinstance(node, ast.JoinedStr):
        value = "".join(_part(part) for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        value = node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
        value = node.value.decode("latin-1")
    elif isinstance(node, ast.Constant) and type(node.value) is int and 0 <= node.value < 10**9:
        value = str(node.value)
    if value is None or not isinstance(node, ast.Constant | ast.JoinedStr):
        return None
    return Literal(node, *tree.offsets(node), value)


def locate(tree: Tree, atom: Literal, start: int, end: int) -> Slot | None:
    """The slot of `atom.value[start:end]`, or None where escapes, interpolations or a seam stand in it."""
    raw = tree.text[atom.start : atom.end]
    places: Sequence[int]
    if isinstance(atom.node, ast.Constant) and isinstance(atom.node.value, int):
        places = range(len(raw)) if raw == atom.value else ()
    else:
        places = _places(raw, formatted=isinstance(atom.node, ast.JoinedStr))
    if len(places) != len(atom.value) or not 0 <= start <= end <= len(places):
        return None
    if start == end:
        return _empty(tree, atom, places, start)
    first = places[start]
    in_a_row = all(place == first + i for i, place in enumerate(places[start:end]))
    if first == _NOWHERE or not in_a_row or raw[first : first + end - start] != atom.value[start:end]:
        return None
    return tree.slot(atom.start + first, atom.start + first + end - start)


def _empty(tree: Tree, atom: Literal, places: Sequence[int], at: int) -> Slot | None:
    """The place between two characters, just behind the one before it."""
    if at == 0 or places[at - 1] == _NOWHERE or tree.text[atom.start + places[at - 1]] != atom.value[at - 1]:
        return None
    after = atom.start + places[at - 1] + 1
    return tree.slot(after, after)


def _part(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else HOLE


@lru_cache(maxsize=32)
def _places(raw: str, *, formatted: bool) -> Sequence[int]:
    """For each character of the value its offset in `raw`, or `_NOWHERE`; empty where `raw` is not understood."""
    whole = None if formatted else _single(raw)
    if whole is not None and _plain(raw, whole):
        return range(whole.start, whole.end)
    segments = [whole] if whole is not None else _segments(raw)
    return tuple(place for segment in segments for place in _walk(raw, segment))


def _single(raw: str) -> _Segment | None:
    """The inside of a literal that certainly stands alone."""
    opening = _OPENING.match(raw)
    if opening is None:
        return None
    quote, start, end = opening[2], opening.end(), len(raw) - len(opening[2])
    if end < start or not raw.endswith(quote) or quote in raw[start:end]:
        return None
    return _Segment(start, end, opening[1].lower())


def _walk(raw: str, segment: _Segment) -> Iterator[int]:
    """Offsets in `raw` of the characters that a segment contributes to the value."""
    if segment.hole:
        yield _NOWHERE
        return
    if _plain(raw, segment):
        yield from range(segment.start, segment.end)
        return
    text, at = raw[segment.start : segment.end], segment.start
    formatted, verbatim = "f" in segment.prefix, "r" in segment.prefix
    unit = _BYTES_UNIT if "b" in segment.prefix else _TEXT_UNIT
    brace = ""
    for found in unit.finditer(text):
        token = found[0]
        if formatted and token in ("{", "}") and brace == token:
            brace = ""  # the second of a doubled brace
            continue
        brace = token if formatted and token in ("{", "}") else ""
        yield from _unit_places(token, at + found.start(), verbatim=verbatim, binary="b" in segment.prefix)


def _plain(raw: str, segment: _Segment) -> bool:
    """Whether each character of a segment's source is one of the value."""
    text = raw[segment.start : segment.end]
    escapes = "\\" in text and "r" not in segment.prefix
    return not (escapes or "\r" in text or ("f" in segment.prefix and ("{{" in text or "}}" in text)))


def _unit_places(token: str, at: int, *, verbatim: bool, binary: bool) -> Sequence[int]:
    if token[0] != "\\" or len(token) == 1:
        return (at,)
    if verbatim:
        # in a raw literal CR LF is one character, everything else stands for itself
        return range(at, at + len(token)) if not token.endswith("\r\n") else (at, at + 1)
    if token[1] in "\r\n":
        return ()
    known = token[1] in _SIMPLE_ESCAPES or (not binary and len(token) > 2)
    return (_NOWHERE,) if known else range(at, at + len(token))


def _segments(raw: str) -> list[_Segment]:
    """Take adjacent literals and f-strings apart with libcst, on a stack that is large enough for its recursion."""
    if len(raw) > _LONGEST:
        return []
    found: list[_Segment] = []
    before = threading.stack_size()
    threading.stack_size(max(before, _STACK))
    try:
        thread = threading.Thread(target=_take_apart, args=(raw, found))
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    return found


def _take_apart(raw: str, found: list[_Segment]) -> None:
    import libcst as cst  # noqa: PLC0415  0.2 seconds that most files do not need

    newline = re.search(r"\r\n|\n|\r", raw)
    module = cst.Module([], default_newline=newline[0] if newline else "\n")
    at = 0
    try:
        node: cst.CSTNode = cst.parse_expression(f"({raw})")
        while isinstance(node, cst.ConcatenatedString):
            at = _take(module, node.left, at, found)
            at += len(module.code_for_node(node.whitespace_between))
            node = node.right
        at = _take(module, node, at, found)
    except (cst.ParserSyntaxError, RecursionError):
        at = _NOWHERE
    if at != len(raw):
        found.clear()


def _take(module: "cst.Module", node: "cst.CSTNode", at: int, found: list[_Segment]) -> int:
    """Add the segments of one string that begins at `at`; the offset behind it."""
    import libcst as cst  # noqa: PLC0415

    if isinstance(node, cst.SimpleString):
        inside = at + len(node.prefix) + len(node.quote)
        end = at + len(node.value)
        found.append(_Segment(inside, end - len(node.quote), node.prefix.lower()))
        return end
    if not isinstance(node, cst.FormattedString):
        return _NOWHERE
    at += len(node.start)
    for part in node.parts:
        length = len(module.code_for_node(part))
        hole = not isinstance(part, cst.FormattedStringText)
        found.append(_Segment(at, at + length, node.prefix.lower(), hole))
        at += length
    return at + len(node.end)

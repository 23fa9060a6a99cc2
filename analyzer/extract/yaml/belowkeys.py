"""An action on a line of its own below a key: the key's value, which no parser sees.

    host:
      {{ .Values.host | default "10.0.0.121" }}

Masking turns such lines into line ends, so that the key seems to have no value.
"""

import re
from bisect import bisect_right
from functools import lru_cache

from analyzer.templates.expressions import Call, Number, parse
from analyzer.templates.lexer import Action, actions
from analyzer.templates.readings import readings
from analyzer.yamltree import Scalar
from analyzer.yamltree.offsets import Offsets, join

_INDENTING = frozenset({"nindent", "indent"})
_INK = re.compile(rb"[^ \t\r\n]")
_LINE_HEAD = re.compile(rb"[ ]*(?:-[ ]+)*")


def value_below(scalar: Scalar) -> Offsets | None:
    """The text of the one action below a scalar that seems to be empty; None where there is no action, or several.

    The action prints a literal that can be seen, and is indented deeper than the key or dash.
    """
    data, shadow, at = scalar.buffer.data, scalar.buffer.shadow, scalar.literal.end
    if scalar.value or scalar.style or data[at : at + 1] not in (b"\n", b"\r", b" "):
        return None
    lone = _lone_actions(data, shadow)
    first = bisect_right(lone, at, key=lambda action: action.start)
    ink = _INK.search(shadow, at)
    end = ink.start() if ink else len(data)
    inside = [action for action in lone[first : first + 2] if action.end <= end]
    if len(inside) != 1 or data[at : inside[0].start].strip(b" \t\r\n\xff"):
        return None
    action = inside[0]
    text = data.decode("latin-1")[action.start : action.end]
    if _printed_column(data, text, action) <= _column(data, at) or not readings(text):
        return None
    return join(data, [(action.start, action.end, None)])


@lru_cache(maxsize=4)
def _lone_actions(data: bytes, shadow: bytes) -> tuple[Action, ...]:
    """The actions that print and were masked as lines, in order."""
    found = actions(data) if b"{{" in data else ()
    return tuple(a for a in found if not a.control and not shadow[a.start : a.end].strip(b"\n"))


def _printed_column(data: bytes, text: str, action: Action) -> int:
    """Where the lines of an action stand: `nindent 4` says so, else it is the action's own column."""
    own = action.start - data.rfind(b"\n", 0, action.start) - 1
    statement = parse(text, action.inner.start - action.start, action.inner.end - action.start)
    value = statement.value if statement else None
    if isinstance(value, Call) and value.name in _INDENTING and isinstance(width := value.arguments[0], Number):
        return (own if value.name == "indent" else 0) + (int(width.text) if width.text.isdecimal() else 0)
    return own


def _column(data: bytes, at: int) -> int:
    """The column of the key or dash in the line of `at`."""
    start = data.rfind(b"\n", 0, at) + 1
    head = _LINE_HEAD.match(data, start)
    return head.end() - start if head else 0

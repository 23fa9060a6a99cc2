"""Go and Jinja template actions: where they stand, and a copy of a template that reads as YAML.

Masking keeps every byte's place: an action becomes as many fillers as it has bytes, so the parser's marks are offsets
in the file. All branches of a condition stay (parser events bear keys that come twice). Nothing is ever rendered.
Lexis: https://pkg.go.dev/text/template and https://jinja.palletsprojects.com/templates/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.hosts import HOLE
from analyzer.model import Span

_GIVE_UP = 50  # openings that nothing closes, before the rest counts as text
_BODY = re.compile(
    rb"""(?>(?:[^"'`}]++|"(?>(?:\\.|[^"\\\n])*)"|`[^`]*+`|'(?>(?:\\.|[^'\\\n])*)'|\}(?!\})|["'`])*)\}\}""",
    re.DOTALL,
)
_OPENING_SIGN = re.compile(rb"\{\{|(?<!\$)\{[%#]")  # `${#` and `${%` are shell
_COMMENT = re.compile(rb"\{\{-?[ \t\r\n]*/\*")
_WORD = re.compile(rb"\{[{%]-?[ \t\r\n]*([a-z]+)")
_ASSIGNMENT = re.compile(rb"\{\{-?[ \t\r\n]*\$\w*[ \t]*(?:,[ \t]*\$\w+[ \t]*)?:?=")
_OPENING = frozenset({"if", "range", "with", "for"})
_ELSE = frozenset({"else", "elif"})
_END = frozenset({"end", "endif", "endfor", "endmacro"})
_CONTROL = _OPENING | _ELSE | _END | {"define", "break", "continue"}  # of Go; in Jinja all of `{% %}` is
# What stands before an action that prints all of a key's value, or of a list's item where group 1 is missing.
_KEY = re.compile(rb"[ \t]*(?:-[ \t]+)*([^ \t:#\[\]{},-][^:\n]*:[ \t]*)?\Z")
_BLOCK_HEADER = re.compile(rb"[|>][+\-0-9]{0,3}[ \t]{0,8}\Z")
_NEAR = 64  # bytes before an action that decide how it is masked


@dataclass(frozen=True, slots=True)
class Action:
    """`{{ ... }}`, `{% ... %}` or a comment, delimiters included; `control`: it prints nothing by itself."""

    start: int
    end: int
    control: bool
    word: str


def templated(data: bytes) -> bool:
    """Whether the bytes hold anything that looks like a template action."""
    return b"{{" in data or b"{%" in data


def actions(data: bytes) -> Iterator[Action]:
    """The actions in order; a template's own strings and comments may hold braces and line ends."""
    at, misses = 0, 0
    while (opening := _OPENING_SIGN.search(data, at)) and misses < _GIVE_UP:
        start = opening.start()
        end = _end(data, start)
        if end is None:
            misses += 1
            at = start + 2
            continue
        yield _action(data, start, end)
        at = end


def _end(data: bytes, at: int) -> int | None:
    kind = data[at : at + 2]
    if kind == b"{{" and (comment := _COMMENT.match(data, at)):
        close = data.find(b"*/", comment.end())
        end = data.find(b"}}", close) if close >= 0 else -1
    elif kind == b"{{":
        body = _BODY.match(data, at + 2)
        return body.end() if body else None
    else:
        end = data.find(b"%}" if kind == b"{%" else b"#}", at + 2)
    return end + 2 if end >= 0 else None


def _action(data: bytes, at: int, end: int) -> Action:
    found = _WORD.match(data, at)
    word = found[1].decode("ascii") if found else ""
    printing = data.startswith(b"{{", at) and not _COMMENT.match(data, at)
    control = not printing or word in _CONTROL or _ASSIGNMENT.match(data, at) is not None
    return Action(at, end, control, word)


def covered(text: str) -> str:
    """`text` with actions replaced by as many holes, those that print nothing by blanks; line ends stay."""
    if "{{" not in text and "{%" not in text:
        return text
    characters = list(text)
    for action in actions(text.encode("latin-1", "replace")):
        start = action.start - (text[action.start - 1 : action.start] == "$")
        for at in range(start, action.end):
            if characters[at] not in "\r\n":
                characters[at] = " " if action.control else HOLE
    return "".join(characters)


def branches(data: bytes) -> list[Span]:
    """What conditions and loops enclose, one span a branch, inner ones first."""
    open_at: list[int] = []
    found: list[Span] = []
    for action in actions(data):
        if action.word in _ELSE | _END and open_at:
            found.append(Span(open_at.pop(), action.start))
        if action.word in _OPENING | _ELSE | {"define", "block", "macro"}:
            open_at.append(action.end)
    return found


def mask(data: bytes, shadow: bytes) -> bytes:
    """`shadow` with every action of `data` replaced by as many fillers that leave YAML behind.

    Lines of actions only become line ends, which are neutral everywhere; an action that prints inside a line becomes a
    word; one that prints the children of a key becomes blanks.
    """
    found = list(actions(data))
    masked = bytearray(shadow)
    for line, inside in _logical_lines(data, found):
        _mask_line(masked, data, line, inside)
    return bytes(masked)


def _logical_lines(data: bytes, found: list[Action]) -> Iterator[tuple[Span, list[Action]]]:
    """Lines that hold actions; a line end inside an action ends no line."""
    at = 0
    while at < len(found):
        start = data.rfind(b"\n", 0, found[at].start) + 1
        inside = [found[at]]
        end = _line_end(data, found[at].end)
        at += 1
        while at < len(found) and found[at].start < end:
            inside.append(found[at])
            end = _line_end(data, found[at].end) if found[at].end > end else end
            at += 1
        yield Span(start, end), inside


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end


def _mask_line(masked: bytearray, data: bytes, line: Span, inside: list[Action]) -> None:
    outside = _outside(data, line, inside)
    if not outside.strip() or outside.lstrip().startswith(b"#"):
        _fill(masked, line, b"\n")
        return
    inside = _lead(masked, data, line, inside)
    last = _last_printing(data, line, inside)
    for action in inside:
        head = data[max(line.start, action.start - _NEAR) : action.start]
        prints_end = action.start == last
        key = _KEY.match(data, line.start, action.start) if prints_end and action is inside[0] else None
        opens = prints_end and (_BLOCK_HEADER.search(head) or (key is not None and _deeper_follows(data, line, key)))
        blank = opens or (action.control and not _glued(head, data[action.end : action.end + 1]))
        _fill(masked, Span(action.start, action.end), b" " if blank else b"x")
        if key is not None and head.endswith(b":"):
            masked[action.start] = ord(" ")
    _drop_alternatives(masked, inside)


def _lead(masked: bytearray, data: bytes, line: Span, inside: list[Action]) -> list[Action]:
    """Controls before the text of a line become line ends and its indentation; the other actions are returned."""
    indent, at = _indent(data[line.start : line.end]), line.start
    for index, action in enumerate(inside):
        if not action.control or data[at : action.start].strip():
            return inside[index:]
        _fill(masked, Span(line.start, action.end - indent), b"\n")
        _fill(masked, Span(action.end - indent, action.end), b" ")
        at = action.end
    return []


def _drop_alternatives(masked: bytearray, inside: list[Action]) -> None:
    """Of `{{ if }}a{{ else }}b{{ end }}` in one line the first branch stays: two values side by side are no YAML."""
    starts: list[int] = []
    for action in inside:
        if action.word in _OPENING:
            starts.append(-1)
        elif action.word in _ELSE and starts and starts[-1] < 0:
            starts[-1] = action.start
        elif action.word in _END and starts and (start := starts.pop()) >= 0:
            _fill(masked, Span(start, action.end), b" ")


def _outside(data: bytes, line: Span, inside: list[Action]) -> bytes:
    pieces, at = [], line.start
    for action in inside:
        pieces.append(data[at : action.start])
        at = action.end
    return b"".join((*pieces, data[at : line.end]))


def _last_printing(data: bytes, line: Span, inside: list[Action]) -> int:
    """The start of the action that prints the end of the line, or -1 where text does."""
    end = line.end
    for action in reversed(inside):
        if data[action.end : end].strip():
            return -1
        if not action.control:
            return action.start
        end = action.start
    return -1


def _indent(text: bytes) -> int:
    return len(text) - len(text.lstrip(b" "))


def _deeper_follows(data: bytes, line: Span, key: re.Match[bytes]) -> bool:
    """Whether the next line of text is indented deeper than the key or dash: the action printed the first children."""
    column = key.start(1) - line.start if key[1] else key[0].rfind(b"-")
    at = line.end + 1
    while at < len(data):
        end = _line_end(data, at)
        bare = data[at:end].strip()
        if bare and not bare.startswith((b"#", b"{{", b"{%")):
            return _indent(data[at:end]) > column
        at = end + 1
    return False


def _glued(before: bytes, following: bytes) -> bool:
    """Whether an action stands inside a word: blanks there would split it."""
    return bool(before[-1:].strip(b" \t\"'[]{},") and following.strip(b" \t\"'[]{},\r\n"))


def _fill(masked: bytearray, place: Span, filler: bytes) -> None:
    masked[place.start : place.end] = filler * (place.end - place.start)

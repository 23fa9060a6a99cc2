"""Where the actions of a template begin and end.

Exact for what the engines accept: strings, raw strings and comments may hold braces and line ends, `raw` blocks are
text. What no engine accepts is text. Linear, whatever the input: a walk that leads to no end is remembered, so that no
state of the lexer is entered twice at the same byte. It knows nothing of what an action means for the text around it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzer.model import Span
from analyzer.templates.dialects import Dialect, Kind, dialect_of, read_erb, read_go, read_jinja, read_terraform

_DEEPEST = 4  # braces within braces of a Jinja expression
_DOUBLE = rb"(?>(?:[^\"\\\n]++|\\.)*)"
_SINGLE = rb"(?>(?:[^'\\\n]++|\\.)*)"
_RAW = rb"[^`]*+"
_STRINGS = rb"\"" + _DOUBLE + rb"\"|'" + _SINGLE + rb"'"


def _body(strings: bytes, plain: bytes, closer: bytes) -> re.Pattern[bytes]:
    """The inside of a well-formed action without braces, up to and with its end."""
    return re.compile(rb"(?>(?:[^\"'`" + plain + rb"]++|" + strings + rb")*)" + closer, re.DOTALL)


_SIGNS = {
    Dialect.GO: re.compile(rb"\{\{"),
    Dialect.JINJA: re.compile(rb"\{[{%]|(?<!\$)\{#"),  # `${#` is shell
    Dialect.ERB: re.compile(rb"<%(?!%)"),
    Dialect.TERRAFORM: re.compile(rb"(?<!\$)\$\{|(?<!%)%\{"),
}
_CLOSERS = {b"{{": b"}}", b"{%": b"%}", b"${": b"}", b"%{": b"}"}
_BODIES = {
    Dialect.GO: {b"{{": _body(_STRINGS + rb"|`" + _RAW + rb"`", rb"{}", rb"\}\}")},
    Dialect.JINJA: {b"{{": _body(_STRINGS, rb"{}", rb"\}\}"), b"{%": _body(_STRINGS, rb"{}%", rb"%\}")},
    Dialect.TERRAFORM: dict.fromkeys((b"${", b"%{"), _body(_STRINGS, rb"{}", rb"\}")),
}
_TOKEN = re.compile(rb"[^\"'`{}%]++|\{\{|[\"'`{}%]")
_INSIDE = {
    b'"': re.compile(_DOUBLE, re.DOTALL),
    b"'": re.compile(_SINGLE, re.DOTALL),
    b"`": re.compile(_RAW),
}
_TRIMS = (b"-", b"+", b"~")
_GO_COMMENT = re.compile(rb"\{\{-?[ \t\r\n]*/\*")
_GO_COMMENT_END = re.compile(rb"[ \t\r\n]*-?\}\}")
_ENDRAW = re.compile(rb"\{%[-+]?[ \t\r\n]*endraw[ \t\r\n]*[-+]?%\}")


@dataclass(frozen=True, slots=True)
class Action:
    """`{{ ... }}`, `{% ... %}`, `<% ... %>` or a comment. Offsets are bytes of the file.

    `start` and `end` include the delimiters, `inner` is what stands between them without trim marks (the inside of a
    Go comment has its `/*`). `word` is the first identifier inside (`if`, `include`, `default`), or empty.
    """

    start: int
    end: int
    inner: Span
    kind: Kind
    word: str

    @property
    def control(self) -> bool:
        """Whether it prints nothing by itself."""
        return self.kind is not Kind.EXPRESSION


def actions(data: bytes, dialect: Dialect | None = None) -> Iterator[Action]:
    """The actions in file order; `dialect` None: as `dialect_of` reads it."""
    return _Lexer(data, dialect or dialect_of(data)).actions()


class _Lexer:
    """One pass over one file."""

    def __init__(self, data: bytes, dialect: Dialect) -> None:
        self._data = data
        self._dialect = dialect
        self._dead: dict[bytes, set[tuple[int, int]]] = {closer: set() for closer in _CLOSERS.values()}
        self._absent: set[bytes] = set()
        self._unclosed = dict.fromkeys(_INSIDE, 0)
        self._smooth = True

    def actions(self) -> Iterator[Action]:
        data, search, at = self._data, _SIGNS[self._dialect].search, 0
        while sign := search(data, at):
            action = self._action(sign.start(), sign.group())
            if action is None:
                at = sign.start() + 1
                continue
            yield action
            at = action.end
            if action.word == "raw" and action.kind is Kind.OPEN:
                at = self._endraw(at)

    def _endraw(self, at: int) -> int:
        """The next tag that is read after `raw`; without an end the rest is read as if there were no `raw`."""
        if b"endraw" in self._absent:
            return at
        found = _ENDRAW.search(self._data, at)
        if found is None:
            self._absent.add(b"endraw")
        return found.start() if found else at

    def _action(self, start: int, sign: bytes) -> Action | None:
        if sign == b"<%":
            return self._until(start, b"%>", read_erb)
        if sign == b"{#":
            return self._until(start, b"#}", _comment)
        if sign == b"{{" and self._dialect is Dialect.GO and _GO_COMMENT.match(self._data, start):
            return self._go_comment(start)
        end = self._end(start, sign)
        if end is None:
            return None
        read = read_go if self._dialect is Dialect.GO else _READERS[sign]
        return self._made(start, end - len(_CLOSERS[sign]), end, read)

    def _until(self, start: int, closer: bytes, read: Callable[[bytes], tuple[Kind, str]]) -> Action | None:
        at = -1 if closer in self._absent else self._data.find(closer, start + 2)
        if at < 0:
            self._absent.add(closer)
            return None
        return self._made(start, at, at + 2, read)

    def _go_comment(self, start: int) -> Action | None:
        at = -1 if b"*/" in self._absent else self._data.find(b"*/", start + 4)
        if at < 0:
            self._absent.add(b"*/")
            return None
        closer = _GO_COMMENT_END.match(self._data, at + 2)
        return self._made(start, closer.end() - 2, closer.end(), _comment) if closer else None

    def _made(self, start: int, last: int, end: int, read: Callable[[bytes], tuple[Kind, str]]) -> Action:
        first = start + 2
        first += self._data[first : first + 1] in _TRIMS and first < last
        last -= self._data[last - 1 : last] in _TRIMS and first < last
        inner = Span(first, last)
        return Action(start, end, inner, *read(self._data[first:last]))

    def _end(self, start: int, sign: bytes) -> int | None:
        """Where the action that `sign` begins ends, or None where it is none."""
        if self._smooth and (found := _BODIES[self._dialect][sign].match(self._data, start + 2)):
            return found.end()
        self._smooth = False
        return self._walk(start + 2, sign)

    def _walk(self, at: int, sign: bytes) -> int | None:
        """Token by token, braces counted; every state on a way that leads nowhere becomes dead."""
        closer, depth = _CLOSERS[sign], 0
        dead = self._dead[closer]
        way: list[tuple[int, int]] = []
        while (at, depth) not in dead and (found := _TOKEN.match(self._data, at)):
            way.append((at, depth))
            mark, end = found.group(), found.end()
            if mark == b"{{" and depth == 0:
                break
            if depth == 0 and self._data.startswith(closer, at):
                return at + len(closer)
            if mark.startswith(b"{"):
                depth = min(depth + len(mark), _DEEPEST)
            elif mark == b"}":
                depth = max(depth - 1, 0)
            at = self._string_end(at, mark) or end
        dead.update(way)
        return None

    def _string_end(self, at: int, quote: bytes) -> int | None:
        """The end of the string that begins here, or None where no string does.

        Where one is not closed, no other one is that begins inside of it: what it skips as escaped is all there is.
        """
        if quote not in _INSIDE or at < self._unclosed[quote] or (quote == b"`" and self._dialect is not Dialect.GO):
            return None
        found = _INSIDE[quote].match(self._data, at + 1)
        end = found.end() if found else at + 1
        if self._data.startswith(quote, end):
            return end + 1
        self._unclosed[quote] = end
        return None


def _comment(_inner: bytes) -> tuple[Kind, str]:
    return Kind.COMMENT, ""


def _prints(inner: bytes) -> tuple[Kind, str]:
    return Kind.EXPRESSION, read_go(inner)[1]


_READERS: dict[bytes, Callable[[bytes], tuple[Kind, str]]] = {
    b"{{": _prints,
    b"{%": read_jinja,
    b"${": _prints,
    b"%{": read_terraform,
}

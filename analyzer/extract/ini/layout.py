"""Lines of INI files: sections, keys with the stretches of their values, and comments.

Reads what configparser, MySQL, libpq, PHP, supervisor and many others write: `=` and `:`, `#` and `;`, indented lines
that go on with a value. It cuts lines only; what sections and keys mean is not known here.
https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

_LONGEST = 16_384  # characters of a line that are looked at
_LINE = re.compile(r"(?P<indent>[ \t\f\v]*+)(?P<text>[^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_COMMENT = re.compile(r"[#;]|//|--")
_SECTION = re.compile(r"\[{1,2}[ \t]{0,40}([^\],\r\n]{1,200}?)[ \t]{0,40}\]{1,2}[ \t]{0,40}(?:[#;]|\Z)")
_KEY = re.compile(
    r"(?:(?:export|env|set)[ \t]{1,8})?"
    r"(?P<quote>[\"'`]?)(?P<key>[A-Za-z_*%@$\ufffc][^\s=:;,\"'`(){}<>]{0,127})(?P=quote)"
    r"[ \t]{0,80}(?P<sign>=>|[?:+]?=|:(?!//))[ \t]{0,80}"
)
_PAIR = re.compile(r"[A-Za-z_][\w.\-]{0,127}[ \t]{0,40}=")
_TELLING = re.compile(r"\"|[ \t](?:#|;(?=[ \t]|\Z))")

Stretch: TypeAlias = tuple[int, int]  # characters of the file's text, half-open


@dataclass(frozen=True, slots=True)
class Item:
    """A key and the stretches of its value, a line each; quotes, comments and blanks around are left out."""

    key: str
    sign: str
    value: tuple[Stretch, ...]


@dataclass
class Section:
    """What stands below one header up to the next; the first section of a file has no name."""

    name: str
    start: int
    end: int
    items: list[Item] = field(default_factory=list)


@dataclass
class Layout:
    """The sections of a text in order; its comments with their mark, and whether each has its line to itself."""

    sections: list[Section] = field(default_factory=lambda: [Section("", 0, 0)])
    comments: list[tuple[Stretch, bool]] = field(default_factory=list)


def read_layout(text: str) -> Layout:
    """The layout of a text; any text has one."""
    reader = _Reader(text)
    for line in _LINE.finditer(text):
        start, end = line.span("text")
        if start < end:
            reader.line(start, min(end, start + _LONGEST), start - line.start())
            reader.layout.sections[-1].end = end
    reader.close()
    return reader.layout


@dataclass(slots=True)
class _Open:
    """The item that the next lines may go on with; `comma`: its last line ends with one."""

    key: str
    sign: str
    indent: int
    value: list[Stretch] = field(default_factory=list)
    comma: bool = False


class _Reader:
    """Reads line after line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: _Open | None = None
        self.layout = Layout()

    def line(self, start: int, end: int, indent: int) -> None:
        """One line, from its first character that is no blank."""
        text = self._text
        if _COMMENT.match(text, start, end):
            self.layout.comments.append(((start, end), True))
        elif self._goes_on(start, end, indent):
            self._add(start, end)
        elif (header := _SECTION.match(text, start, end)) is not None:
            self.close()
            self.layout.sections.append(Section(header[1].strip("\"' \t"), start, end))
            self._noted(header.end(1), end)
        elif (key := _KEY.match(text, start, end)) is not None:
            self.close()
            self._open = _Open(key["key"], key["sign"], indent)
            self._add(key.end(), end)
        else:
            self.close()
            self._noted(start, end)

    def close(self) -> None:
        """The item that is open is complete."""
        if self._open is not None:
            item = Item(self._open.key, self._open.sign, tuple(self._open.value))
            self.layout.sections[-1].items.append(item)
            self._open = None

    def _goes_on(self, start: int, end: int, indent: int) -> bool:
        """Whether a line belongs to the item above it: it stands deeper, and cannot be something of its own."""
        item = self._open
        if item is None or indent <= item.indent:
            return False
        if not item.value or item.comma or self._text[item.value[0][0]] == "[":
            return True
        return not _PAIR.match(self._text, start, end) and not _SECTION.match(self._text, start, end)

    def _add(self, start: int, end: int) -> None:
        text, end = self._text, self._noted(start, end)
        bare = text[start:end].rstrip()
        end = start + len(bare.rstrip(" \t\f\v,;"))
        quote = text[start : start + 1]
        if end - start > 1 and quote in {'"', "'"} and text.find(quote, start + 1, end) == end - 1:
            start, end = start + 1, end - 1
        if self._open is not None and start < end:
            self._open.value.append((start, end))
            self._open.comma = bare.endswith(",")

    def _noted(self, start: int, end: int) -> int:
        """Where the comment behind a line's text starts, or its end; a sign inside double quotes starts none."""
        quoted = False
        for found in _TELLING.finditer(self._text, max(start - 1, 0), end):
            if found.group() == '"':
                quoted = not quoted
            elif not quoted:
                self.layout.comments.append(((found.start() + 1, end), False))
                return found.start()
        return end


def items_by_section(layout: Layout) -> dict[str, list[Item]]:
    """The items of each section; those of sections that come again stand together."""
    found: dict[str, list[Item]] = {}
    for section in layout.sections:
        found.setdefault(section.name, []).extend(section.items)
    return found

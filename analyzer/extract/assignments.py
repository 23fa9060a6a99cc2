"""Lists of `NAME=value`: systemd's `Environment=`, supervisor's `environment=`.

Items stand apart by blanks, commas or line ends; quotes stand around a whole item or around its value. Nothing is
unescaped: a host that is written with escapes is not read. Knows neither keys nor hosts.
https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
https://supervisord.org/configuration.html#program-x-section-values
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[A-Za-z_][A-Za-z0-9_]{0,127}"
_QUOTED = rf"\"(?P<a>{_NAME})=(?P<a_>[^\"\r\n]*+)\"|'(?P<b>{_NAME})=(?P<b_>[^'\r\n]*+)'"
_VALUE = rf"(?P<c>{_NAME})=(?:\"(?P<c1>[^\"\r\n]*+)\"|'(?P<c2>[^'\r\n]*+)'|(?P<c3>[^\s\"'%s]*+))"
_ITEM = re.compile(f"{_QUOTED}|{_VALUE % ''}")
_COMMA_ITEM = re.compile(f"{_QUOTED}|{_VALUE % ','}")
_APART = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A name and the characters of its value in the text, without quotes."""

    name: str
    start: int
    end: int


def assignments(text: str, start: int, end: int, *, commas: bool) -> Iterator[Assignment]:
    """The assignments among characters `start` to `end`; words that are none are left out.

    `commas`: an unquoted value ends at one.
    """
    pattern = _COMMA_ITEM if commas else _ITEM
    at = start
    while at < end:
        item = pattern.match(text, at, end)
        if item is not None:
            yield Assignment(item["a"] or item["b"] or item["c"], *item.span(item.lastgroup or 0))
            at = item.end()
        apart = _APART.search(text, at, end)
        at = apart.end() if apart else end

"""Rows of `key = value` and `key: value` texts whose format nobody told: ini, properties, conf, .env, flat YAML.

Cuts lines only, with the place of each value; comments stay out. It does not know what a key means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 8192
_HEAD = re.compile(
    r"[ \t]{0,60}(?:-[ \t]{1,8})?(?:(?:export|set|SET|setenv|ENV|ARG)[ \t]{1,8})?"
    r"(?P<quote>[\"']?)(?P<key>[A-Za-z_][A-Za-z0-9_.\-]{0,127})(?P=quote)[ \t]{0,40}"
    r"(?P<sign>=>|[:?]?=|:(?=[ \t\"'\[]))[ \t]{0,40}"
)
_SPACED = re.compile(
    r"[ \t]{0,40}(?:ENV|setenv)[ \t]{1,8}(?P<key>[A-Za-z_][A-Za-z0-9_]{0,127})(?P<sign>[ \t]{1,8})(?=[^= \t])"
)
_SECTION = re.compile(r"[ \t]{0,40}\[{1,2}(?P<name>[A-Za-z_][\w.:\- \"]{0,127})\]{1,2}[ \t]{0,40}\r?\Z")
_ENVIRONMENT = re.compile(r"Environment=(?=[\"']?[A-Za-z_][A-Za-z0-9_]{0,127}=)")  # systemd.exec(5)
_PAIR = re.compile(
    r"(?P<quote>[\"'])(?P<quoted>[A-Za-z_][A-Za-z0-9_]{0,127})=(?P<within>[^\"']*)(?P=quote)"
    r"|(?<![^\s=])(?P<bare>[A-Za-z_][A-Za-z0-9_]{0,127})=(?P<plain>[^\s\"']+)"
)
COMMENT = re.compile(r"[ \t]{0,60}(?:#|;|//|--|!|\*|%)")
_TAIL = re.compile(r"[ \t](?:#|;|//).*\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: characters `start` to `end` of the text are the value, without quotes.

    `section` is the header above; without one, `group` counts the blank lines above.
    """

    key: str
    start: int
    end: int
    sign: str
    section: str = ""
    group: int = 0


def key_rows(text: str) -> Iterator[Row]:
    """The rows of a text, in order. Lines without a key, comments and overlong lines are left out."""
    section, group, at = "", 0, 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at : min(stop, at + _LONGEST)].rstrip("\r")
        header, units = _SECTION.match(line), _ENVIRONMENT.match(line)
        group += not section and not line.strip()
        if header is not None:
            section = header["name"].strip('" ')
        elif units is not None:
            for pair in _PAIR.finditer(line, units.end()):
                start, end = pair.span("within" if pair["quote"] else "plain")
                yield Row(pair["quoted"] or pair["bare"], at + start, at + end, "=", section, group)
        elif not COMMENT.match(line) and (head := _HEAD.match(line) or _SPACED.match(line)):
            start, end = _value(line, head.end())
            if start < end:
                yield Row(head["key"], at + start, at + end, head["sign"].strip() or "=", section, group)
        at = stop + 1


def _value(line: str, start: int) -> tuple[int, int]:
    """The value from `start` on: what the quotes enclose, or all but blanks, separators and a comment at the end."""
    quote = line[start : start + 1]
    if quote in ('"', "'"):
        close = line.find(quote, start + 1)
        if close > start:
            return start + 1, close
    tail = _TAIL.search(line, start)
    end = tail.start() if tail else len(line)
    return start, start + len(line[start:end].rstrip(" \t,;"))

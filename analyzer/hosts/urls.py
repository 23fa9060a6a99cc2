"""Finds database URLs and JDBC URLs inside longer text: where each starts, and where the text around it goes on."""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.hosts import jdbc, schemes, uri
from analyzer.hosts.holes import QUOTES, LongText
from analyzer.hosts.parts import HOLE, WINDOW, Parsed, moved, shifted

_ANCHOR = re.compile(r"://|[jJ][dD][bB][cC]\\?:[A-Za-z]")
_LONGEST = 100  # characters of a scheme
_ESCAPED = re.compile(r"\\([:=#!])")  # as java.util.Properties stores them
_OPENING = {")": "(", "]": "[", "}": "{"}
_NEXT = re.compile(r"[,;][A-Za-z][A-Za-z0-9+\-]{1,20}(?::[a-z]{1,20}){0,3}://")
_TRAILING = ".,;:!?*_\\"
_ENDS = frozenset("\"'`<>|")


def find_urls(long: LongText) -> Iterator[Parsed]:
    """URLs of databases and JDBC URLs; also those without a literal host, so that nobody reads on inside them."""
    at = 0
    while anchor := _ANCHOR.search(long.text, at):
        match = schemes.FIND.search(long.text, max(at, anchor.start() - _LONGEST), anchor.end())
        if not match:
            at = anchor.end()
            continue
        start = match.start()
        piece = _bare(long, start)
        parsed = _read(piece)
        if _broken(parsed):
            quoted = _quoted(long, start, len(piece))
            inner = _read(quoted)
            piece, parsed = (quoted, inner) if inner and inner.hosts else (piece, parsed)
        at = start + max(len(piece), 5)
        if parsed is not None:
            yield shifted(replace(parsed, start=0, end=len(piece)), start)


def _read(piece: str) -> Parsed | None:
    if piece[:6].lower() == "jdbc\\:":
        return _unescaped(piece)
    return jdbc.read_jdbc(piece) if piece[:5].lower() == "jdbc:" else uri.read_url(piece)


def _unescaped(piece: str) -> Parsed | None:
    r"""`jdbc\:mysql\://10.0.0.5\:3306/app` of a properties file, offsets back in the escaped text."""
    hidden = {match.start() for match in _ESCAPED.finditer(piece)}
    kept = [i for i in range(len(piece)) if i not in hidden]
    parsed = jdbc.read_jdbc("".join(piece[i] for i in kept))
    return parsed and moved(parsed, lambda offset: kept[offset - 1] + 1 if offset else 0)


def _bare(long: LongText, start: int) -> str:
    """The URL up to a blank, a quote, a closing bracket, or the next URL of a row."""
    cover = long.window(start)
    end = _scan(cover)
    if end == WINDOW:
        end = max(cover.rfind(",", 0, end), 0) or end
    while end > 0 and cover[end - 1] in _TRAILING:
        end -= 1
    return long.text[start : start + end]


def _quoted(long: LongText, start: int, length: int) -> str:
    """What stands up to the closing quote on the same line, where a quote stands before and an `@` behind `length`."""
    quote = long.quote(start)
    close = long.text.find(quote, start, start + WINDOW) if quote else -1
    inside = long.text[start:close] if close >= 0 else ""
    return inside if "@" in inside[length:] and "\n" not in inside else ""


def _broken(parsed: Parsed | None) -> bool:
    """Whether a blank or quote inside a password seems to have cut the URL: no host, or a word of it as one."""
    return parsed is None or not any("." in part.host or part.bracketed for part in parsed.hosts)


def _scan(cover: str) -> int:
    """The first character that cannot belong to the URL, or the next URL of a row.

    Blanks may stand between brackets (Oracle's descriptors).
    """
    brackets: list[str] = []
    for i, c in enumerate(cover):
        if c == HOLE:
            continue
        if c in _ENDS or (c == "\\" and cover[i + 1 : i + 2] in {"", "n", "r", "t", *QUOTES}):
            return i
        if c.isspace() and (c == "\n" or not brackets or brackets[0] != "("):
            return i
        if c in ",;" and _NEXT.match(cover, i):
            return i
        if c in "([{":
            brackets.append(c)
        elif c in _OPENING and (not brackets or brackets.pop() != _OPENING[c]):
            return i
    return len(cover)

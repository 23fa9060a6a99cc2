"""Directives behind a comment sign, where no parser says which bytes are comments: unknown texts, scripts in values.

The sign stands before `analyzer:` and starts its line or follows a blank. An open quote before it means a string,
whatever the language: no directive is safer than a false one.
"""

import re
from collections.abc import Iterable, Iterator

from analyzer.model import Comment, Span
from analyzer.source import BOM

SHELL = (b"#",)
SQL = (b"--", b"/*", b"#")
ANY = (b"#", b"//", b";", b"<!--", b"--", b"/*", b"%")
MARKDOWN = (b"<!--", b"{/*", b"/*", b"[//]: # (")
_DIRECTIVE = b"analyzer:"
_CLOSERS = {b"<!--": b"-->", b"/*": b"*/", b"{/*": b"*/}"}
_LINE_END = re.compile(rb"[\r\n]|\Z")


def signed_directives(
    data: bytes, within: Iterable[Span], signs: tuple[bytes, ...], *, prose: bool = False
) -> Iterator[Comment]:
    """The comments with `analyzer:` in some stretches of a file, in their order; `signs` start comments there.

    In `prose` a quote is an apostrophe as often.
    """
    for span in within:
        at = data.find(_DIRECTIVE, span.start, span.end)
        while at >= 0:
            line = max(data.rfind(b"\n", span.start, at), data.rfind(b"\r", span.start, at), span.start - 1) + 1
            end = _end(data, at, span.end)
            if (start := _start(data, Span(line, at), signs, prose=prose)) is not None:
                sign = next(sign for sign in signs if data.startswith(sign, start))
                closer = data.find(_CLOSERS.get(sign, b"\n"), at, end)
                stop = end if closer < 0 else closer + len(_CLOSERS[sign])
                yield _comment(data, Span(start, stop))
            at = data.find(_DIRECTIVE, end, span.end)


def _start(data: bytes, before: Span, signs: tuple[bytes, ...], *, prose: bool) -> int | None:
    """Where the sign stands that ends the bytes of a line before a directive, or None."""
    head = data[before.start : before.end].rstrip(b" \t")
    sign = next((sign for sign in signs if head.endswith(sign)), b"")
    code = head[: len(head) - len(sign)]
    quoted = not prose and any(code.count(quote) % 2 for quote in (b'"', b"'", b"`"))
    if not sign or quoted or not (code.removeprefix(BOM) == b"" or code.endswith((b" ", b"\t"))):
        return None
    return before.start + len(code)


def _comment(data: bytes, span: Span) -> Comment:
    line = max(data.rfind(b"\n", 0, span.start), data.rfind(b"\r", 0, span.start)) + 1
    text = data[span.start : span.end].decode("utf-8", "surrogateescape")
    return Comment(span, text, own_line=not data[line : span.start].removeprefix(BOM).strip())


def _end(data: bytes, at: int, limit: int) -> int:
    found = _LINE_END.search(data, at, limit)
    return found.start() if found else limit

"""Reads `host[:port]` and rows of them. It knows no DSN: what is around the row is the caller's.

Texts come covered (templated pieces replaced by HOLE); offsets are those of the text as written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.hosts.address import decoded, is_host
from analyzer.hosts.parts import HOLE, HostPart

_SOME_PORT = re.compile(rf"[0-9]{{1,5}}|[0-9{HOLE}]{{1,400}}")  # out of range, or templated
ELSEWHERE = "a host of the list stands elsewhere"
EMPTY = "the list has an empty member: some drivers take the local socket"
SOCKET = "the list holds a socket"


@dataclass(frozen=True, slots=True)
class Row:
    """Hosts of a row. `valid`: no member is text that cannot be a host; `doubt`: a member is none that can be read."""

    parts: tuple[HostPart, ...]
    doubt: str = ""
    valid: bool = True


def read_row(text: str, start: int, end: int, separators: str = ",", *, empty_ports: bool = False) -> Row:
    """The row of hosts at `start` to `end` of a covered text."""
    parts: list[HostPart] = []
    doubt, valid = "", True
    for first, last in split(text, start, end, separators):
        part = read_member(text, first, last, empty_port=empty_ports)
        if part is not None:
            parts.append(part)
        elif text[first : first + 1] in {"/", "@"} or text[first : first + 3].lower() == "%2f":
            doubt = SOCKET
        elif HOLE in text[first:last]:
            doubt = ELSEWHERE
        elif first == last:
            doubt = EMPTY
        else:
            valid = False
    return Row(tuple(parts), doubt if parts else "", valid)


def read_member(text: str, start: int, end: int, *, empty_port: bool = False) -> HostPart | None:
    """The host and port at `start` to `end` of a covered text, None where no literal host stands there.

    `empty_port`: `host:` is a host, as in a URL.
    """
    if text.startswith("[", start, end):
        close = text.find("]", start, end)
        return _member(text, (start + 1, close), (close + 1, end), empty_port=empty_port) if close >= 0 else None
    if text.count(":", start, end) > 1 and is_host(text[start:end]):
        return HostPart(text[start:end], start, end)
    colon = text.find(":", start, end)
    rest = colon if colon >= 0 else end
    return _member(text, (start, rest), (rest, end), empty_port=empty_port)


def port_number(text: str) -> int | None:
    """The port that `text` writes, None where it is no port."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 5):
        return None
    return int(text) if int(text) <= 0xFFFF else None


def paired_port(part: HostPart, index: int, count: int, values: Sequence[tuple[str, int]]) -> HostPart:
    """`part` with its port from a separate list of (text, offset): one for all, or as many as hosts (libpq's rule)."""
    spans: list[tuple[str, int]] = []
    for value, start in values:
        at = start
        for piece in value.split(","):
            spans.append((piece, at))
            at += len(piece) + 1
    part = part.fixed()
    if len(spans) not in {1, count}:
        return part
    text, start = spans[index if len(spans) == count else 0]
    number = port_number(text)
    return part if number is None else replace(part, port=number, port_start=start, port_end=start + len(text))


def split(text: str, start: int, end: int, separators: str) -> Iterator[tuple[int, int]]:
    """Spans between separators, without the blanks around them."""
    at = start
    while at <= end:
        stop = first_of(text, separators, at, end)
        yield trimmed(text, at, stop)
        at = stop + 1


def first_of(text: str, marks: str, start: int, end: int) -> int:
    """Where the first of `marks` stands between `start` and `end`, or `end`."""
    return min((i for i in (text.find(mark, start, end) for mark in marks) if i >= 0), default=end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _member(text: str, host_span: tuple[int, int], rest: tuple[int, int], *, empty_port: bool) -> HostPart | None:
    raw = text[slice(*host_span)]
    host = decoded(raw)
    bracketed = rest[0] > host_span[1]
    if not is_host(host) or bracketed != (":" in host):
        return None
    part = HostPart(host, *host_span, exact=host == raw, bracketed=bracketed)
    start, end = rest
    if start == end:
        return replace(part, insert_at=end, insert=":")
    if text[start] != ":" or (end == start + 1 and not empty_port):
        return None
    return _with_port(part, text, start + 1, end)


def _with_port(part: HostPart, text: str, start: int, end: int) -> HostPart | None:
    written = text[start:end]
    number = port_number(written)
    if number is not None:
        return replace(part, port=number, port_start=start, port_end=end)
    if not written:
        return replace(part, insert_at=end)
    return part if _SOME_PORT.fullmatch(written) else None

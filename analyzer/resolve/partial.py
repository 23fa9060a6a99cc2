"""Hosts of which a template writes a part: `10.0.0.12{{ $i }}`, `db-postgres-0${N}.corp.internal`, `10.0.0.%d`.

What stands there may be a node: the part that is missing counts as digits, at least one, in a name or in the last
number of an IPv4 address. Such text is told, never rewritten. It is searched in raw bytes, whatever the format.
"""

import re
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address
from typing import Generic, TypeVar

from analyzer.hosts import HOLE
from analyzer.model import Span
from analyzer.policy.forms import Address, Addresses, Form, Names, meet, names_of
from analyzer.resolve.index import short_of

T = TypeVar("T")

_HOLE = (
    rb"(?:\{\{[^{}\r\n]{1,200}\}\}|[$#]\{[^{}\r\n]{1,100}\}|\$\([^()\r\n]{1,100}\)|<%=[^%\r\n]{1,100}%>|\$[a-z_][0-9a-z_]{0,63}"
    rb"|%(?:0?[0-9])?[dsvi]|\{[0-9a-z_][^{}\s\"'/]{0,60}\})"
)
_PARTIAL = re.compile(
    rb"(?<![0-9a-z_.\-])(?P<head>[0-9a-z_\-]++(?>(?:\.[0-9a-z_\-]++)*)\.?)"
    + _HOLE
    + rb"(?P<tail>[0-9a-z_.\-]*+)(?![{$%<#])"
)
_OPENED = rb"[{$%<#]"  # what begins a hole
_ADDRESS = re.compile(r"(?P<net>\d{1,3}\.\d{1,3}\.\d{1,3}\.)(?P<digits>\d{0,2})")
_DIGITS = frozenset("0123456789")
_MOST_DIGITS = 3
_RUN = re.compile(r"[0-9]+")
_SHORTEST = 2  # characters of a name before its number


def partials(data: bytes) -> Iterator[tuple[Span, str]]:
    """Tokens with one templated piece, as spans of all their bytes, and their text in lower case with a `HOLE`."""
    if not re.search(_OPENED, data):
        return
    for found in _PARTIAL.finditer(data.lower()):
        tail = found["tail"].rstrip(b".-")
        end = found.end() - len(found["tail"]) + len(tail)
        yield Span(found.start(), end), f"{found['head'].decode('ascii')}{HOLE}{tail.decode('ascii')}"


class Candidates(Generic[T]):
    """Declared forms with their meanings, asked which of them a text with a hole may name."""

    def __init__(self, entries: Iterable[tuple[Form, T]]) -> None:
        self._addresses: list[tuple[Addresses, T]] = []
        self._names: list[tuple[Names, T]] = []
        for form, meaning in entries:
            if isinstance(form, Addresses):
                self._addresses.append((form, meaning))
            else:
                self._names.append((form, meaning))

    def find(self, text: str) -> Iterator[tuple[str, T]]:
        """The hosts that may be meant, each with its meaning, in the order of their declaration."""
        head, hole, tail = text.partition(HOLE)
        if not hole or HOLE in tail:
            return
        if address := _ADDRESS.fullmatch(head):
            for host in _addresses(address["net"], address["digits"]) if not tail else ():
                yield from ((str(host), meaning) for form, meaning in self._addresses if form.holds(host))
        elif len(head) >= _SHORTEST and not head.endswith("."):
            wanted = [_glob(head, digits, tail) for digits in range(1, _MOST_DIGITS + 1)]
            for form, meaning in self._names:
                if any(meet(known, glob) for known in _known(form) for glob in wanted):
                    yield form.name or text.replace(HOLE, "…"), meaning


def needles(form: Form) -> Iterator[bytes]:
    """Regexes over lower-case bytes, one of which stands wherever a part of one of these hosts stands before a hole."""
    if isinstance(form, Names):
        for run in _RUN.finditer(form.name.partition(".")[0]):
            if run.start() >= _SHORTEST:
                yield re.escape(form.name[: run.start()]).encode("ascii") + rb"[0-9]{0,3}" + _OPENED
        return
    for block in form.blocks:
        first, last = block.low >> 8, block.high >> 8
        if block.version == 4 and last - first < _MOST_DIGITS:
            nets = (str(IPv4Address(net << 8)).removesuffix("0") for net in range(first, last + 1))
            yield from (re.escape(net).encode("ascii") + rb"[0-9]{0,2}" + _OPENED for net in nets)
        elif block.version == 4:
            yield rb"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{0,2}" + _OPENED


def _addresses(net: str, digits: str) -> Iterator[Address]:
    """The addresses whose last number begins with these digits and has at least one more."""
    if any(int(part) > 255 for part in net.split(".") if part):
        return
    for last in map(str, range(256)):
        if last.startswith(digits) and last != digits:
            yield IPv4Address(net + last)


def _glob(head: str, digits: int, tail: str) -> Names:
    """The names with that many digits for the hole."""
    labels = names_of(f"{head}{HOLE * digits}{tail}").labels
    return Names(tuple(tuple(_DIGITS if token == frozenset(HOLE) else token for token in label) for label in labels))


def _known(form: Names) -> tuple[Names, ...]:
    """The form, and the short name of a qualified name."""
    short = short_of(form)
    return (form, names_of(short)) if short else (form,)

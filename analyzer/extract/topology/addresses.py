"""Addresses as proxies and clusters write them: `10.0.0.1:5432`, `[::1]:5432`, `ipv4@db:5432`, `*:5432`, `:5432`.

A superset of what each format takes; HAProxy's: https://docs.haproxy.org/3.0/configuration.html#11
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.hosts import HOLE, is_host
from analyzer.hosts.holes import covered

_FAMILY = re.compile(r"(?:ipv[46]|(?:stream\+|dgram\+)?(?:tcp|udp|quic|mptcp)[46]?)@")
_LOCAL = re.compile(r"/|(?:unix|abns|abnsz|fd|sockpair|rhttp|rev)@")
_EVERY = frozenset({"", "*", "0.0.0.0", "::"})  # noqa: S104  compared with, never bound to
_HOST = re.compile(r"\[(?P<ipv6>[0-9A-Fa-f:.]{2,45})\]|(?P<bare>.*)")


@dataclass(frozen=True, slots=True)
class Address:
    """A host (empty: every address; with a `HOLE` where it is filled in) and a port; characters of its word."""

    host: str
    port: int | None
    start: int
    end: int


def read_address(word: str) -> Address | None:
    """One address; None for a socket, a file descriptor, and what is no address."""
    text = covered(word)
    family = _FAMILY.match(text)
    start = family.end() if family else 0
    if _LOCAL.match(text):
        return None
    colon = text.rfind(":")
    bracket = text.rfind("]")
    split = colon if colon >= start and colon > bracket else len(text)
    found = _HOST.fullmatch(text[start:split])
    host = (found["ipv6"] or found["bare"] or "") if found else ""
    if host in _EVERY:
        return Address("", _port(text[split + 1 :]), start, split)
    if not is_host(host) and HOLE not in host:
        return None
    inside = 1 if found and found["ipv6"] else 0
    return Address(host, _port(text[split + 1 :]), start + inside, split - inside)


def read_addresses(word: str) -> Iterator[Address]:
    """The addresses of a `bind`, which may list several."""
    at = 0
    for part in word.split(","):
        address = read_address(part)
        if address is not None:
            yield Address(address.host, address.port, at + address.start, at + address.end)
        at += len(part) + 1


def _port(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= 65535 and len(text) < 6 else None

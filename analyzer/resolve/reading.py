"""One host as a file writes it -> what a client would take it for, and whether it is the usual spelling."""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import unquote

from analyzer.hosts import canonical

_LONGEST = 2048  # three characters for each of 253, and room
_OCTAL = re.compile(r"(?:0[xX][0-9a-fA-F]{1,8}|[0-9]{1,12})(?:\.(?:0[xX][0-9a-fA-F]{1,8}|[0-9]{1,12})){0,3}")


@dataclass(frozen=True, slots=True)
class Reading:
    """`key` compares; `address` where it is one. `exact`: only case, a name's trailing dot or IPv6 zeros differ."""

    key: str
    address: IPv4Address | IPv6Address | None
    exact: bool


def read_host(host: str) -> Reading | None:
    """The meaning of a host, brackets or not; None for text that is far too long for one.

    Percent escapes are resolved, numbers read as `inet_aton` does: `010.0.0.1` is 8.0.0.1, as C clients take it.
    """
    if len(host) > _LONGEST:
        return None
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    key = canonical(unquote(bare))
    address = _address(key) or _by_octal(key)
    return Reading(str(address) if address else key, address, _is_usual(host, bare, key, address))


def _address(key: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(key)
    except ValueError:
        return None


def _by_octal(key: str) -> IPv4Address | None:
    if not _OCTAL.fullmatch(key):
        return None
    try:
        return IPv4Address(socket.inet_aton(key))
    except OSError:
        return None


def _is_usual(host: str, bare: str, key: str, address: IPv4Address | IPv6Address | None) -> bool:
    if isinstance(address, IPv6Address):
        return bare.isascii() and "%" not in bare and not bare.endswith(".")
    if address is not None:
        return host == str(address)
    return host.lower().removesuffix(".") == key

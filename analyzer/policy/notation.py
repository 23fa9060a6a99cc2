"""How a policy writes hosts: address, `a-b` range, CIDR, glob, name; text -> form.

It knows neither clusters nor files. What it refuses it refuses with what to write instead.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import product
from string import ascii_lowercase, digits

from analyzer.hosts import canonical
from analyzer.policy.forms import Address, Addresses, Block, Form, Label, Names, Token, labels_meet, names_of

MOST_BLOCKS = 256  # pieces that one glob over addresses may fall into
_LONGEST = 253  # RFC 1035, 2.3.4
_LETTERS = frozenset(ascii_lowercase + digits + "_-")
_TOKEN = re.compile(r"\*|\?|\[(?P<not>[!^]?)(?P<set>[a-z0-9_-]{1,80})\]|(?P<one>[a-z0-9_-])")
_SPREAD = re.compile(r"(.)-(.)|(.)")
_DOT = re.compile(r"\.(?![^\[]*\])")  # a full stop outside brackets
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_RANGE = re.compile(r"(?P<low>[0-9.]*\.[0-9.]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*) ?- ?(?P<high>[0-9A-Fa-f:.]+)")
_WITH_PORT = re.compile(r"[^:]*[^:0-9a-fA-F.][^:]*:[0-9]{1,5}|[0-9.]*\.[0-9.]*:[0-9]{1,5}")
_OCTET_GLOB = r"(?:[0-9*?]|\[[!^0-9-]{1,20}\]){1,40}"
_QUAD_GLOB = re.compile(rf"{_OCTET_GLOB}(?:\.{_OCTET_GLOB}){{3}}")


class FormFault(ValueError):  # noqa: N818 - a fault of the file, not an error of the program
    """The text names no host; the message says why and what to write instead, and quotes nothing but addresses."""


@lru_cache(maxsize=8192)
def read_form(text: str) -> Form:
    """The form of a host as a policy writes it. Raises FormFault."""
    if not text or text != text.strip():
        raise FormFault("no host, or blanks around it; write an address or a name")
    if len(text) > _LONGEST:
        raise FormFault("a host longer than 253 characters; write an address or a name")
    if "://" in text or "@" in text:
        raise FormFault("a URL where a host is wanted; write the host alone")
    if text.startswith("[") and ":" in text:
        raise FormFault("an address in brackets; write it without brackets and without port")
    if _WITH_PORT.fullmatch(text):
        raise FormFault("a port behind the host; write the host alone, ports stand under `ports` and `endpoints`")
    return _read(text)


def _read(text: str) -> Form:
    if "/" in text:
        return _cidr(text)
    if span := _RANGE.fullmatch(text):
        return _range(span["low"], span["high"])
    if ":" in text:
        return _one(_ipv6(text))
    if any(mark in text for mark in "*?["):
        return _glob(text.lower().removesuffix("."))
    if re.fullmatch(r"[0-9.]+", text):
        return _one(_ipv4(text))
    return _name(text)


def _one(address: Address) -> Addresses:
    return Addresses((Block(address.version, int(address), int(address)),))


def _cidr(text: str) -> Addresses:
    try:
        network, first = ip_network(text, strict=False), ip_address(text.partition("/")[0])
    except ValueError:
        raise FormFault("not a CIDR; write it like 10.0.0.0/24 or fd00::/64") from None
    if first != network.network_address:
        raise FormFault(f"a CIDR with host bits; write {network} for the network, or the address alone")
    if isinstance(first, IPv6Address):
        _ipv6(str(first))
    return Addresses((Block(network.version, int(network[0]), int(network[-1])),))


def _range(low: str, high: str) -> Addresses:
    first = _ipv6(low) if ":" in low else _ipv4(low)
    if high.isdecimal() and first.version == 4:
        raise FormFault(f"a range with a short end; write {low}-{low.rpartition('.')[0]}.{int(high)}")
    last = _ipv6(high) if ":" in high else _ipv4(high)
    if first.version != last.version:
        raise FormFault("a range from one IP version to the other; write both ends in the same")
    if int(last) < int(first):
        raise FormFault(f"a range that ends before it begins; write {last}-{first}")
    return Addresses((Block(first.version, int(first), int(last)),))


def _ipv4(text: str) -> IPv4Address:
    parts = text.split(".")
    if len(parts) == 4 and any(len(part) > 1 and part[0] == "0" for part in parts):
        raise FormFault("an address with leading zeros, which some programs read as octal; write it without them")
    try:
        return IPv4Address(text)
    except ValueError:
        raise FormFault("not an IPv4 address; write four numbers from 0 to 255 like 10.0.0.120") from None


def _ipv6(text: str) -> IPv6Address:
    try:
        address = IPv6Address(text)
    except ValueError:
        raise FormFault("neither an IPv6 address nor a host alone; write it like fd00::120") from None
    if address.scope_id:
        raise FormFault("an address with a zone, which only one machine understands; write it without `%` and zone")
    if ":" not in canonical(text):
        raise FormFault(f"an IPv4 address in IPv6 spelling; write {canonical(text)}")
    return address


def _name(text: str) -> Names:
    parts = text.split(".")
    if not text.isascii():
        raise FormFault("a name with other characters than ASCII; write its xn-- form")
    if not _NAME.fullmatch(text):
        raise FormFault("not a host name; write letters, digits, `-` and `.` like db-postgres-01.corp.internal")
    if parts[-1].isdecimal() or (len(parts) == 4 and sum(part.isdecimal() for part in parts) == 3):
        raise FormFault("neither an address nor a name; write four numbers from 0 to 255 like 10.0.0.120")
    return names_of(text.lower().removesuffix("."))


def _glob(text: str) -> Form:
    if _QUAD_GLOB.fullmatch(text) and any(c.isdecimal() for c in text):
        return _quad_glob(text)
    labels = tuple(_label(part) for part in _DOT.split(text))
    if not re.search(r"[a-z0-9_.-]{2}", re.sub(r"\[[^\]]*\]", "*", text)):
        raise FormFault("a glob that fits nearly every name; write at least two characters of the name beside `*`")
    return Names(labels)


def _label(text: str) -> Label:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise FormFault("not a glob; write it with `*`, `?` and sets like db-postgres-0[2-3]")
        tokens.append(_token(found))
        at = found.end()
    if not tokens:
        raise FormFault("a glob with an empty label; write one full stop between labels")
    return tuple(tokens)


def _token(found: re.Match[str]) -> Token:
    if found["one"]:
        return frozenset(found["one"])
    if found["set"] is None:
        return None if found.group() == "*" else _LETTERS
    chosen = {c for run in _SPREAD.finditer(found["set"]) for c in _run(run)}
    letters = _LETTERS - chosen if found["not"] else _LETTERS & chosen
    if not letters:
        raise FormFault("a glob with a set that no character fits; write it like [2-3]")
    return letters


def _run(run: re.Match[str]) -> Iterator[str]:
    low, high, one = run.groups()
    return map(chr, range(ord(low), ord(high) + 1)) if one is None else iter(one)


def _quad_glob(text: str) -> Addresses:
    """A glob over addresses as blocks: from the last octet leftwards, neighbours join as long as all behind is full."""
    octets = [_octets(_label(part)) for part in _DOT.split(text)]
    runs = [[(number, number) for number in octet] for octet in octets]
    for at in (3, 2, 1, 0):
        runs[at] = _runs(octets[at])
        if runs[at] != [(0, 255)]:
            break
    if len(runs[0]) * len(runs[1]) * len(runs[2]) * len(runs[3]) > MOST_BLOCKS:
        raise FormFault("a glob over too many addresses; write it as a CIDR or a range")
    rows = [([low for low, _ in row], [high for _, high in row]) for row in product(*runs)]
    if not rows:
        raise FormFault("a glob that no IPv4 address fits; write octets from 0 to 255")
    return Addresses(tuple(Block(4, int.from_bytes(low), int.from_bytes(high)) for low, high in rows))


@lru_cache(maxsize=1024)
def _octets(label: Label) -> list[int]:
    return [number for number in range(256) if labels_meet(label, tuple(frozenset(c) for c in str(number)))]


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found

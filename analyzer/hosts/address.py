"""The syntax of one host: what may be one, its comparison key, and where a host ends in text.

It knows nothing of ports, lists or connection strings, and does not judge whether a host is a real one.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import unquote

from analyzer.hosts.parts import HOLE

_LONGEST = 253  # RFC 1035, 2.3.4
_LONGEST_LABEL = 63
_DOTS = str.maketrans({"\u3002": ".", "\uff61": ".", "\uff0e": "."})  # IDNA's full stops
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_CIRCLED = "\u2460-\u24ff"
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10}")
_NUMERIC = re.compile(r"[0-9.\-]*")
_LABEL = re.compile(rf"[\w{_INVISIBLE}{_CIRCLED}][\w\-{_INVISIBLE}{_CIRCLED}]*")
_BEFORE = re.compile(r"[0-9A-Za-z_.\-]")
_AFTER = re.compile(r"[0-9A-Za-z_\-]|\.[0-9A-Za-z_]")


def is_host(text: str) -> bool:
    """Whether `text` (decoded, without brackets) can be a host: an address in any spelling, or a name."""
    if not text or len(text) > _LONGEST or HOLE in text:
        return False
    if ":" in text:
        return _ipv6(text) is not None
    labels = text.translate(_DOTS).removesuffix(".").split(".")
    if not all(0 < len(label) <= _LONGEST_LABEL and _LABEL.fullmatch(label) for label in labels):
        return False
    if all(_NUMBER.fullmatch(label) for label in labels):
        return _numbers(labels)
    if not (_NUMERIC.fullmatch(text) or labels[-1].isdecimal()):
        return True
    plain = unicodedata.normalize("NFKC", text)
    return plain != text and is_host(plain)


def is_address(host: str) -> bool:
    """Whether `host` is an IPv4 address in its usual spelling or an IPv6 address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def canonical(host: str) -> str:
    """The comparison key: hosts that clients take for the same have the same key.

    Brackets, IPv6 zone, one trailing dot, case, invisible characters and compatibility forms (NFKC) go; an IPv6
    address that holds an IPv4 one (`::ffff:`, 6to4, NAT64) and the unambiguous spellings of `inet_aton` (fewer
    parts, hexadecimal) become the dotted quad. An octal-looking part stays: clients disagree about it.
    """
    text = unicodedata.normalize("NFKC", host.strip()).removeprefix("[").removesuffix("]").translate(_DOTS)
    text = "".join(c for c in text if c.isascii() or unicodedata.category(c) != "Cf").casefold()
    address = _ipv6(text) if ":" in text else None
    if address is not None:
        return _embedded(address) or ipaddress.IPv6Address(int(address)).compressed
    text = text.removesuffix(".")
    return _quad_of(text.split(".")) or text


def decoded(raw: str) -> str:
    """`raw` with its percent escapes resolved; bytes that are not UTF-8 become characters no host can hold."""
    return unquote(raw) if "%" in raw else raw


def bounded(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` stands alone: no longer address, name or file name goes on beside it."""
    return not (start and _BEFORE.match(text, start - 1)) and not _AFTER.match(text, end)


def _ipv6(text: str) -> ipaddress.IPv6Address | None:
    try:
        return ipaddress.IPv6Address(text)
    except ValueError:
        return None


def _numbers(labels: list[str]) -> bool:
    """Four parts, or one number too large to be anything else: shorter forms are mostly versions."""
    if len(labels) == 1:
        return not labels[0].isdecimal() or 2**24 <= int(labels[0]) < 2**32
    return len(labels) == 4 and all(not x.isdecimal() or x[0] == "0" or int(x) <= 0xFF for x in labels)


def _quad_of(labels: list[str]) -> str | None:
    """The dotted quad of inet_aton's reading, None where there is none or where an octal part is in doubt."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        return None
    if any(label.isdecimal() and len(label) > 1 and label[0] == "0" for label in labels):
        return None
    *heads, last = (int(label, 10 if label.isdecimal() else 16) for label in labels)
    if any(head > 0xFF for head in heads) or last >= 256 ** (5 - len(labels)):
        return None
    high = sum(head << (24 - 8 * i) for i, head in enumerate(heads))
    return str(ipaddress.IPv4Address(high + last))


def _embedded(address: ipaddress.IPv6Address) -> str | None:
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and int(address) >> 32 == 0x0064_FF9B << 64:  # NAT64, RFC 6052
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return str(inner) if inner else None

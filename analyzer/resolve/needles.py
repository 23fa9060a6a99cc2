r"""What a file must hold somewhere if a declared host stands in it: regexes over bytes, without regard to case.

Literals first; then base64 of them at its three alignments, the numbers that C's `inet_aton` reads as an address, and
escapes, invisible and full-width characters between host characters, behind which any host could stand. Only syntax
that `re`, RE2 and Hyperscan read alike: no look-around, no `.`, no `\s`, no `\b`.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address
from itertools import groupby

from analyzer.policy.forms import Addresses, Block, Form, Names
from analyzer.resolve import partial
from analyzer.resolve.index import short_of

_MOST_ADDRESSES = 64  # a block of more is looked for by the octets that its addresses share
_MOST_NUMERALS = 256
_SHORTEST_BASE64 = 6  # bytes; the base64 of less stands in every file
_QUAD = rb"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"
_END = rb"(?:$|[^0-9a-z_.-])"
_CODE = rb"(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a])"  # - . and alphanumerics in hexadecimal

_PART = rb"[0-9]{1,12}\."

_DISGUISES = (
    rb"0x[0-9a-f]{1,8}\.(?:0x)?[0-9]",
    rb"[0-9]\.0x[0-9a-f]",
    # four parts, one of them padded with zeros
    rb"(?:^|[^0-9.])0[0-9]{1,11}\." + _PART * 2 + rb"[0-9]",
    rb"[0-9]\.0[0-9]{1,11}\." + _PART + rb"[0-9]",
    rb"[0-9]\." + _PART + rb"0[0-9]{1,11}\.[0-9]",
    rb"[0-9]\." + _PART * 2 + rb"0[0-9]",
    rb"[0-9a-z_.@/=:-]%" + _CODE,
    rb"\\(?:x|u00)" + _CODE,
    rb"[0-9a-z.-](?:\xe2\x80[\x8b-\x8d]|\xc2\xad|\xef\xbb\xbf)[0-9a-z.-]",  # zero width, soft hyphen
    rb"[0-9]\xe3\x80\x82[0-9]",  # ideographic full stop
    rb"\xef\xbc[\x90-\x99](?:\.|\xef\xbc[\x8e\x90-\x99]|\xe3\x80\x82|\xef\xbd\xa1)",  # full-width digits
)


def needles(forms: Iterable[Form]) -> tuple[bytes, ...]:
    """The needles of declared hosts; none where nothing is declared."""
    found: list[bytes] = []
    numerals: list[IPv4Address] = []
    for form in forms:
        for text in _texts(form, numerals):
            found += [re.escape(text), *_base64(text)]
        found += [*_patterns(form), *partial.needles(form)]
    found += [needle for address in numerals[:_MOST_NUMERALS] for needle in _numerals(address)]
    return tuple(dict.fromkeys((*found, *_DISGUISES))) if found else ()


def _texts(form: Form, numerals: list[IPv4Address]) -> Iterator[bytes]:
    """Literal text that each host of the form holds."""
    if isinstance(form, Names):
        yield (short_of(form) or form.name or _longest(form)).encode("ascii")
        return
    for block in form.blocks:
        if block.version == 6:
            continue
        if block.high - block.low < _MOST_ADDRESSES:
            addresses = [IPv4Address(number) for number in range(block.low, block.high + 1)]
            numerals += addresses
            yield from (str(address).encode("ascii") for address in addresses)
        elif shared := _shared_octets(block):
            yield shared


def _patterns(form: Form) -> Iterator[bytes]:
    """Where no literal text is shared."""
    for block in form.blocks if isinstance(form, Addresses) else ():
        if block.version == 6:
            first, last = block.low >> 112, block.high >> 112
            yield rb"0{0,3}%x:[0-9a-f:]" % first if first == last and first else rb"[0-9a-f]{0,4}:[0-9a-f]{0,4}:"
        elif block.high - block.low >= _MOST_ADDRESSES and not _shared_octets(block):
            yield _QUAD


def _shared_octets(block: Block) -> bytes:
    """`10.0.` for 10.0.0.0/16, empty for 0.0.0.0/0."""
    pairs = zip(block.low.to_bytes(4), block.high.to_bytes(4), strict=True)
    same = next((list(group) for equal, group in groupby(pairs, lambda p: p[0] == p[1]) if equal), [])
    return b"".join(b"%d." % octet for octet, _ in same) if block.low >> 24 == block.high >> 24 else b""


def _longest(glob: Names) -> str:
    """The longest run of literal characters of a glob."""
    tokens = [token for label in glob.labels for token in (*label, frozenset("."))][:-1]
    runs = groupby(tokens, lambda token: token is not None and len(token) == 1)
    texts = ["".join(next(iter(token)) for token in run if token) for literal, run in runs if literal]
    return max(texts, key=len)


def _base64(text: bytes) -> Iterator[bytes]:
    """The base64 characters that `text` alone decides, at each alignment and in each usual case."""
    if len(text) < _SHORTEST_BASE64:
        return
    for spelling in dict.fromkeys((text, text.upper())):
        for shift in range(3):
            code = b64encode(bytes(shift) + spelling)
            yield re.escape(code[-(-8 * shift // 6) : 8 * (shift + len(spelling)) // 6])


def _numerals(address: IPv4Address) -> Iterator[bytes]:
    """The spellings of inet_aton with fewer parts; hexadecimal and padded parts are disguises of any address."""
    first, second, _, _ = address.packed
    whole = int(address)
    yield from (rb"%d" % whole, rb"0x0{0,8}%x" % whole, rb"0%o" % whole)
    yield rb"%d\.%d" % (first, whole & 0xFFFFFF) + _END
    yield rb"%d\.%d\.%d" % (first, second, whole & 0xFFFF) + _END

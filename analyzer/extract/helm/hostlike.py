"""Which values are worth following: those that could hold a database's host."""

import re
from collections.abc import Iterable, Iterator

from analyzer.base64text import decode
from analyzer.extract.helm.leaves import Leaf
from analyzer.extract.helm.ledger import Path
from analyzer.extract.keyed.keys import read_key
from analyzer.extract.keyed.values import formal
from analyzer.extract.keyed.words import words
from analyzer.hosts import find, parse

_LONGEST = 100_000
_ENCODED = 8  # characters of Base64 below which it is a word
_HOSTS = frozenset({"host", "hosts", "dsn", "url"})
# The last word of a key whose value looks like a host's name and is none: images, quantities, files, Kubernetes' own.
_OTHER = frozenset({"registry", "repository", "image", "tag", "digest", "size", "limit", "cpu", "memory", "storage"})
_OTHER |= {"interval", "timeout", "duration", "before", "period", "seconds", "schedule", "filename", "path"}
_OTHER |= {"namespace", "labels", "label", "capabilities", "add", "drop", "policy", "protocol", "architecture"}
_OTHER |= {"domain", "role"}
_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:[smhdwy]|ms|[kKMGTPE]i?[bB]?|%)")
_CONSTANT = re.compile(r"[A-Za-z]*_\w*|v\d\w*")
# An address, a name of several labels, a name with a number: in a text of several lines one of them is enough.
_IN_TEXT = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:\.\d{1,3}){3}|[A-Za-z][\w-]{0,62}(?:\.[A-Za-z][\w-]{0,62}){1,8}|[a-z][a-z-]{1,60}\d)"
)


def followed(leaves: Iterable[Leaf]) -> list[Leaf]:
    """The leaves that are worth following."""
    return [leaf for leaf in leaves if any(hostlike(leaf.keys, text) for text in _readings(leaf.text.text))]


def _readings(text: str) -> Iterator[str]:
    """The text, and what it decodes to where it is Base64: the data of a Secret."""
    yield text
    decoded = decode(text.strip().encode("utf-8", "surrogateescape")) if _ENCODED <= len(text) <= _LONGEST else None
    if decoded is not None and decoded.data.isascii():
        yield decoded.data.decode("ascii")


def hostlike(keys: Path, text: str) -> bool:
    """Whether a value looks like a host or holds one; a bare word does where its key says so."""
    if len(text) > _LONGEST or not text.strip():
        return False
    if "\n" in text.strip():
        return _IN_TEXT.search(text) is not None
    parsed = parse(text)
    if parsed is None:
        return any(True for _ in find(text))
    if parsed.dsn:
        return True
    named = keys[-1] if keys else ""
    telling = [part.host for part in parsed.hosts if not formal(part.host)]
    if any(_distinct(host) for host in telling):
        return not _OTHER.intersection(words(named)[-1:])
    clue = read_key(named, keys[:-1]) if telling else None
    return clue is not None and clue.database and clue.role in _HOSTS


def _distinct(host: str) -> bool:
    """Whether a name is more than a word: it has a dot, a dash or a number, and is no quantity or constant."""
    return not (host.isalpha() or host.isdecimal() or _QUANTITY.fullmatch(host) or _CONSTANT.fullmatch(host))

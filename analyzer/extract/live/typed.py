"""Lists of one kind, as the API server answers them: `SecretList` says what its items are, the items themselves do not.

https://kubernetes.io/docs/reference/using-api/api-concepts/#collections. Each item is given the version and the
kind that kubectl would write into it, behind all else that it says.
"""

import re
from dataclasses import dataclass

from analyzer.extract.live.items_json import BRACKET

_KIND = re.compile(
    rb"""(?:^kind:[ \t]{1,8}|"kind"[ \t\r\n]{0,8}:[ \t\r\n]{0,8})["']?([A-Za-z][A-Za-z0-9]{0,60})List(?![A-Za-z0-9])""",
    re.MULTILINE,
)
_VERSION = re.compile(
    rb"""(?:^apiVersion:[ \t]{1,8}|"apiVersion"[ \t\r\n]{0,8}:[ \t\r\n]{0,8})["']?([a-z0-9.\-/]{1,80})""", re.MULTILINE
)
_OWN_KIND = re.compile(rb'"kind"[ \t\r\n]{0,8}:')
_FIRST_KEY = re.compile(rb"^( {1,20})[A-Za-z\"']", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the items of a list are."""

    version: bytes
    kind: bytes

    def json(self, item: bytes) -> bytes:
        """An object with its kind, unless it says one itself or is cut off or empty."""
        if not item.endswith(b"}") or not item[1:-1].strip() or _says_kind(item):
            return item
        return item[:-1] + b',"apiVersion":"%s","kind":"%s"}' % (self.version, self.kind)

    def yaml(self, item: bytes) -> bytes:
        """An object in block style with its kind, unless it says one itself."""
        first = _FIRST_KEY.match(item)
        if first is None or re.search(rb"^%skind:" % first[1], item, re.MULTILINE):
            return item
        rows = (b"apiVersion: " + self.version, b"kind: " + self.kind)
        return item.rstrip(b" ") + b"".join(b"\n" + first[1] + row for row in rows)


def typed(around: bytes) -> Typed | None:
    """What a list says of its items, by what stands around them; None for kubectl's `List`, whose items say it."""
    kind, version = _KIND.search(around), _VERSION.search(around)
    return Typed(version[1], kind[1]) if kind and version else None


def _says_kind(item: bytes) -> bool:
    """Whether an object has a kind of its own, not only one deeper down."""
    depth = 0
    for found in BRACKET.finditer(item):
        if depth == 1 and _OWN_KIND.search(item, found.start(), found.start(1)):
            return True
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(found[1], 0)
    return False

"""Passwords that break grammars, the markers in them, and the oracle that finds a piece of a marker in an output."""

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

# No word has six of these in a row, no hash has one.
_CONSONANTS = "ghjkmnpqrstvwxz"
_PIECE = 6
_SPECIAL = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`|~ \t"

PASSWORDS = {
    "plain": "{a}{b}",
    **{f"char-{ord(c):02x}": f"{{a}}{c}{{b}}" for c in _SPECIAL},
    **{f"first-{ord(c):02x}": f"{c}{{a}}{{b}}" for c in "\"#'/:<?@\\| "},
    "brace-open": "{a}{{{b}",
    "brace-close": "{a}}}{b}",
    "encoded-at": "{a}%40{b}",
    "encoded-slash": "{a}%2f{b}",
    "encoded-wrongly": "{a}%zz{b}",
    "at-last": "{a}{b}@",
    "at-twice": "{a}@@{b}",
    "colon-at": "{a}:{b}@",
    "slash-at": "{a}/@{b}",
    "at-slash": "{a}@{b}/x",
    "at-colon-digits": "{a}@{b}:5432",
    "question-equals": "{a}?password={b}&x=",
    "hash-at": "{a}#@{b}",
    "quotes": "{a}'\"`{b}",
    "space-hash": "{a} #{b}",
    "colon-space": "{a}: {b}",
    "backslash-n": "{a}\\n{b}",
    "unicode": "{a}\u00e9\u6f22\U0001f418{b}",
    "invisible": "{a}\u202e\u200b{b}",
    "base64": "{a}+/{b}==",
    "variable": "{a}${{HOME}}{b}",
    "template": "{a}{{{{ x }}}}{b}",
    "host": "{a}10.0.0.121{b}",
    "host-apart": "{a} 10.0.0.121 {b}",
    "at-host": "{a}@10.0.0.120:5432/{b}",
    "host-word": "{a} host={b}.corp.net",
    "server-word": "{a};Server={b}.corp.net;",
    "host-key": "{a}\\n DB_HOST={b}.corp.net",
    "url": "{a}postgresql://{b}.corp.net:5432/",
    "dotted": "{a}.{b}.corp.net",
    "runner-old": "{a}##[error]{b}",
    "runner-new": "{a}%0A::error::{b}",
    "escape": "{a}\x1b[31m{b}",
    "newline": "{a}\n{b}",
    "newline-key": "{a}\nDB_HOST={b}",
    "carriage-return": "{a}\r{b}",
    "directive": "{a} # analyzer: ignore[node-host] {b}",
    "long": f"{{a}}{'x' * 1000}{{b}}",
}
# What no grammar takes for anything but a part of the password.
TAME = ("plain", "char-21", "char-2a", "char-2d", "char-2e", "char-5f", "char-7e")


@dataclass(frozen=True, slots=True)
class Secret:
    """What stands in one entry of a file and nobody may see; `markers` maps the marker in each to its origin."""

    user: str
    password: str
    database: str
    markers: dict[str, str]


def secret(place: str, name: str) -> Secret:
    """The secret of a place for one row of the table."""
    parts = {part: _marker(place, name, part) for part in ("a", "b", "user", "database")}
    password = PASSWORDS[name].format(a=parts["a"], b=parts["b"])
    origins = {marker: f"{place}: {part} of {name}" for part, marker in parts.items()}
    return Secret(parts["user"], password, parts["database"], origins)


def _marker(*origin: str) -> str:
    digest = hashlib.sha256("/".join(origin).encode()).digest()
    return "".join(_CONSONANTS[byte % len(_CONSONANTS)] for byte in digest[:8])


class Watch:
    """Finds six bytes of any of its markers in outputs: plain, in either case, escaped, in hexadecimal or base64."""

    def __init__(self, markers: dict[str, str]) -> None:
        self._plain = {piece: origin for m, origin in markers.items() for piece in _pieces(m.lower(), _PIECE)}
        self._base64 = {piece: origin for m, origin in markers.items() for piece in _base64_pieces(m)}

    def leaks(self, *outputs: bytes) -> set[str]:
        """The origins of what is found."""
        found = set()
        for output in outputs:
            text = output.decode("utf-8", "replace")
            for view in _views(text):
                found |= _found(self._plain, set(re.findall(r"[a-z]{6,}", view.lower())), _PIECE)
            found |= _found(self._base64, set(re.findall(r"[A-Za-z0-9+/_-]{8,}", text)), 8)
        return found


def _found(wanted: dict[str, str], words: Iterable[str], length: int) -> set[str]:
    return {wanted[piece] for word in words for piece in _pieces(word, length) if piece in wanted}


def _pieces(text: str, length: int) -> Iterator[str]:
    return (text[i : i + length] for i in range(len(text) - length + 1))


def _base64_pieces(marker: str) -> Iterator[str]:
    """Six bytes of a marker fill eight characters, at each of the three places where it may start in a group."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + marker.encode()).decode()
        piece = whole[:8] if before == 0 else whole[4:12]
        yield piece
        yield piece.replace("+", "-").replace("/", "_")


def _views(text: str) -> Iterator[str]:
    """The text with each kind of escape undone."""
    yield text
    yield unquote(text)
    yield html.unescape(text)
    yield re.sub(r"\\(?:u00|x)([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), text)
    for digits in set(re.findall(r"(?:[0-9a-fA-F]{2}){6,}", text)):
        yield bytes.fromhex(digits).decode("latin-1")
        yield bytes.fromhex(digits[1:-1]).decode("latin-1")

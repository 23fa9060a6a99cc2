"""Making text from a scanned tree safe to show: one printable line, whatever stood in a name.

Terminals act on control characters; CI runners read `::command` at the start of a line, blanks before it included,
and `##[command]` anywhere in it (https://github.com/actions/runner, ActionCommand.cs).
"""

import re
import unicodedata

_LIMIT = 200
_LONGEST_PATH = 4096
_NOT_PLAIN = re.compile(r"[^\n -~]|(?<=##)\[")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int = _LIMIT) -> str:
    """Printable form of `text` on one line: backslash and invisible characters escaped, at most `limit` characters.

    `##[` is broken up. Reversible enough to find a file.
    """
    plain = text.isascii() and text.isprintable() and "\\" not in text
    shown = (text if plain else "".join(_visible(c) for c in text)).replace("##[", "##\\[")
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def visible_path(path: str) -> str:
    """Printable form of a path for the start of a line: `./` stands before what a CI runner would carry out."""
    shown = visible(path, _LONGEST_PATH)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def inert(document: str) -> str:
    """A JSON document that says the same and holds nothing that a terminal or a CI runner acts on."""
    return _NOT_PLAIN.sub(_as_json, document)


def _as_json(match: re.Match[str]) -> str:
    char = match[0]
    if char != "[" and _visible(char) == char:
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def _visible(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    category = unicodedata.category(char)
    if category in _HIDDEN or (category == "Zs" and char != " "):
        code = ord(char)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return char

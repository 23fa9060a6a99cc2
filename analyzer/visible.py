"""Making text from a scanned tree safe to show: one printable line, whatever stood in a name."""

import unicodedata

_LIMIT = 200
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int = _LIMIT) -> str:
    """Printable form of `text` on one line: backslash and invisible characters escaped, at most `limit` characters.

    `##[` is broken up because a CI runner reads it as a command anywhere in a line. Reversible enough to find a file.
    """
    shown = "".join(_visible(c) for c in text).replace("##[", "##\\[")
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


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

"""Whether a text is TOML, among all that has sections and is called `*.conf`."""

import re

_LINES = 400  # lines that are looked at
_LONGEST = 400  # characters of a line
_B = r"[ \t]{0,40}"
_KEY = re.compile(rf"{_B}[\w.\"'\-]{{1,120}}{_B}={_B}(?P<value>.?.?.?)")
_VALUE = re.compile(r"[\"'\[{]|[+-]?\d|tru|fal|inf|nan|\$\{")
_TABLES = re.compile(rf"{_B}\[\[[^\[\]]{{1,120}}\]\]{_B}\r?(?:#|\Z)")
_FOREIGN = re.compile(rf"{_B}(?:;|[\w.\-]{{1,120}}{_B}:[ \t])")


def looks_like_toml(text: str) -> bool:
    """Whether there is a `[[table]]` among the first lines, and each key before it has a value of TOML."""
    for raw in text[: _LINES * _LONGEST].split("\n", _LINES)[:_LINES]:
        line = raw[:_LONGEST]
        key = _KEY.match(line)
        if _TABLES.match(line):
            return True
        if _FOREIGN.match(line) or (key is not None and not _VALUE.match(key["value"])):
            return False
    return False

"""Inline tables of TOML 1.1 as TOML 1.0 writes them: line ends, comments and a last comma in them become blanks.

Every byte keeps its place. https://github.com/toml-lang/toml/blob/main/CHANGELOG.md
"""

import re

_TOKEN = re.compile(
    rb"""\"{3}(?>(?:[^"\\]++|\\[\s\S]|"(?!""))*)\"{0,5}
    | '{3}(?>(?:[^']++|'(?!''))*)'{0,5}
    | "(?>(?:[^"\\\r\n]++|\\.)*)"?
    | '[^'\r\n]*+'?
    | (?P<note>\#[^\r\n]*+)
    | (?P<line>[\r\n]++)
    | (?P<open>[{\[])
    | (?P<close>[}\]])
    | (?P<comma>,)
    | [^\s"'\#{}\[\],]++
    """,
    re.VERBOSE,
)


def flattened(shadow: bytes) -> bytes:
    """`shadow` with every inline table in one line; the bytes themselves where no brace is open at a line's end."""
    flat = bytearray(shadow)
    brackets: list[bytes] = []
    comma = -1
    for token in _TOKEN.finditer(shadow):
        kind, inline = token.lastgroup, brackets[-1:] == [b"{"]
        if kind in {"note", "line"}:
            if inline:
                flat[token.start() : token.end()] = b" " * (token.end() - token.start())
            continue
        if kind == "open":
            brackets.append(token.group())
        elif kind == "close" and brackets:
            brackets.pop()
            if inline and comma >= 0:
                flat[comma] = ord(" ")
        comma = token.start() if kind == "comma" else -1
    return bytes(flat)

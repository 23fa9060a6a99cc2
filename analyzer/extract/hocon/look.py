"""Whether a text is HOCON, among all that is called `*.conf`."""

import re

_LINES = 400  # lines that are looked at
_LONGEST = 400  # characters of a line
_B = r"[ \t]{0,40}"
_PATH = r"[\w\"][\w.\-\"]{0,120}"
_NOTE = rf"{_B}(?:(?:#|//).*)?\Z"
_OPENS = re.compile(rf"{_B}{_PATH}{_B}(?:\+?=|:)?{_B}\{{(?:{_B}{_PATH}{_B}[=:]|{_NOTE})")
_SETS = re.compile(rf"{_B}{_PATH}{_B}(?:\+?=|:){_B}\S")
_ONLY_HERE = re.compile(
    rf"{_B}include{_B}(?:(?:required|file|classpath|url){_B}\(|\"[^\"]{{1,200}}\"{_B}\Z)"
    rf"|{_B}{_PATH}{_B}(?:\+?=|:){_B}\$\{{\??[\w.\-]{{1,120}}\}}"
)
# Lines of nginx and named, of Logstash, of Apache; words in a row.
_FOREIGN = re.compile(
    rf".*;{_B}(?:#.*)?\Z|.*=>|{_B}</?[A-Za-z]|{_B}[\w$@-]{{1,80}}[ \t]{{1,40}}[\w/$*.-]{{1,200}}{_B}\Z"
)
_SECTION = re.compile(rf"{_B}\[{{1,2}}[^\[\]=,{{}}\"]{{1,100}}\]{{1,2}}{_NOTE}")  # INI and TOML
_LIST = re.compile(rf"{_B}(?:[\w.\-]{{1,120}}{_B}[=:])?{_B}\({_NOTE}")  # libconfig, which ProxySQL writes
_COMMENT = re.compile(rf"{_B}(?:#|//|\Z)")


def looks_like_hocon(text: str) -> bool:
    """Whether the first lines are objects in braces with `key = value`, or hold what HOCON alone writes."""
    opens = sets = foreign = only = 0
    for raw in text[: _LINES * _LONGEST].split("\n", _LINES)[:_LINES]:
        line = raw.rstrip("\r")[:_LONGEST]
        if _COMMENT.match(line):
            continue
        if _SECTION.match(line) or _LIST.match(line):
            return False
        only += _ONLY_HERE.match(line) is not None
        opens += _OPENS.match(line) is not None
        sets += _SETS.match(line) is not None
        foreign += _FOREIGN.match(line) is not None
    return foreign * 10 <= sets and (only > 0 or (opens > 0 and sets > 0))

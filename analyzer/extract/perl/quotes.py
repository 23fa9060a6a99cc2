"""Where Perl's quotes end: brackets that nest, escapes, here-documents.

Each search goes forward once; one that fails is an `UnclosedError`, of which the tokens bear few. Source: perlop,
"Quote and Quote-like Operators", "<<EOF".
"""

import re
from functools import lru_cache

from analyzer.extract.shell.expansions import UnclosedError

CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_DELIMITER = re.compile(r"\s{0,400}([^\s\w,;)=])|\s{1,400}(\w)")
_DOCUMENT = re.compile(
    r"<<(?P<indented>~?)"
    r"(?:[ \t]{0,8}(?P<quote>[\"'`])(?P<quoted>[^\"'`\n]{0,80})(?P=quote)|(?P<bare>[A-Za-z_]\w{0,80}))"
)
_GAP = re.compile(r"(?>\s*)(?:#[^\n]*\n(?>\s*)){0,20}")


def delimiter(text: str, at: int) -> int:
    """Where the delimiter of a quote-like operator stands that ends at `at`; -1 where the word is none."""
    found = _DELIMITER.match(text, at)
    if found is None or text.startswith("=>", found.end() - 1):
        return -1
    place = found.end() - 1
    return -1 if text[place] == "#" and place > at else place


def closing(text: str, at: int) -> int:
    """Where the quote ends that is opened by the delimiter at `at`: the place of the closing one."""
    opened = text[at]
    close, depth = CLOSING.get(opened, opened), 1
    for found in _signs(opened, close).finditer(text, at + 1):
        sign = found.group()
        if sign == close:
            depth -= 1
            if depth == 0:
                return found.start()
        elif sign == opened:
            depth += 1
    raise UnclosedError(at)


def second(text: str, at: int) -> int:
    """Where the second part of `s{..}{..}` opens behind the closing bracket at `at`; the same place for `s/../../`."""
    if text[at] not in CLOSING.values():
        return at
    gap = _GAP.match(text, at + 1)
    place = gap.end() if gap else at + 1
    if place >= len(text):
        raise UnclosedError(at)
    return place


@lru_cache(maxsize=128)
def _signs(opened: str, close: str) -> re.Pattern[str]:
    return re.compile(rf"\\[\s\S]|{re.escape(opened)}|{re.escape(close)}")


class Document:
    """A here-document: its body, and where the text goes on behind it."""

    def __init__(self, text: str, found: re.Match[str], body: int) -> None:
        tag = found["quoted"] if found["quoted"] is not None else found["bare"]
        blanks = r"[ \t]{0,400}" if found["indented"] else ""
        last = re.compile(rf"^{blanks}{re.escape(tag)}\r?$", re.MULTILINE).search(text, body)
        if last is None:
            raise UnclosedError(found.start())
        self.start = body
        self.end = last.start()
        self.after = last.end()
        self.quote = found["quote"] or '"'


def document(text: str, at: int) -> re.Match[str] | None:
    """The sign of a here-document at `at`."""
    return _DOCUMENT.match(text, at)

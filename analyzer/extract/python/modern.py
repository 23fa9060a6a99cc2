"""Python newer than the interpreter that runs here -> a tree of the file's own characters.

Type parameters and `type` statements (PEP 695, Python 3.12) are overwritten by blanks, so that names, calls and
literals keep their places and the file is read, and edited, like any other; so are the fields of formatted strings.
"""

import re

from analyzer.extract.python import tree as pytree
from analyzer.extract.python.fstrings import older
from analyzer.extract.python.tree import Tree
from analyzer.source import SourceFile

_PARAMETERS = re.compile(
    r"^[ \t]{0,200}(?:async[ \t]{1,8}def|def|class)[ \t]{1,8}\w{1,200}[ \t]{0,8}(?=\[)", re.MULTILINE
)
_ALIAS = re.compile(r"^(?P<indent>[ \t]{0,200})type[ \t]{1,8}(?P<name>\w{1,200})(?=[ \t]{0,8}[\[=])", re.MULTILINE)
_FURTHEST = 4096


def parse(source: SourceFile) -> Tree | None:
    """The tree of a file in newer Python, or None where that is not what keeps it from being parsed."""
    return tree if isinstance(tree := pytree.parse(source, rewrite=_rewritten), Tree) else None


def _rewritten(text: str) -> str:
    text = older(text)
    plain = _ALIAS.sub(lambda found: f"{found['indent']}{found['name']}".ljust(len(found[0])), text)
    ends = [found.end() for found in _PARAMETERS.finditer(plain)]
    ends += [found.end() for found in _ALIAS.finditer(text)]
    return _blanked(plain, ends)


def _blanked(text: str, starts: list[int]) -> str:
    """The text with the brackets that open at (or a few blanks after) these places as blanks; line ends stay."""
    parts, done = [], 0
    for start in sorted(starts):
        opening = text.find("[", start, start + 9)
        end = _closing(text, opening) if opening >= done and not text[start:opening].strip(" \t") else None
        if end is None:
            continue
        blank = re.sub(r"[^\r\n]", " ", text[opening:end])
        # Without its brackets a line only goes on after a backslash.
        parts += [text[done:opening], re.sub(r" (?=\r?\n)", r"\\", blank)]
        done = end
    return "".join((*parts, text[done:]))


def _closing(text: str, opening: int) -> int | None:
    depth = 0
    for at in range(opening, min(len(text), opening + _FURTHEST)):
        depth += {"[": 1, "]": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    return None

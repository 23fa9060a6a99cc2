"""What a script is made of, as far as it matters here: simple commands, the blocks they stand in, assignments.

Characters count in the outermost text. Only the nouns; `shellparse` reads them.
"""

import re
from dataclasses import dataclass

from analyzer.extract.shell.words import Word

_ASSIGNMENT = re.compile(r"(?<![A-Za-z0-9_])([A-Za-z_][A-Za-z0-9_]{0,127})(?:\[[^\]]{0,100}\])?(\+?)=")


@dataclass(slots=True)
class Block:
    """Commands that run together: the script, a branch, loop, function, group, substitution.

    `start` and `end` are characters of the outermost text. A `for` loop has the `words` that its `name` takes; a group
    or subshell with a `name` is that function's body.
    """

    kind: str
    start: int
    end: int = -1
    name: str = ""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """`NAME=word`; `value` is the word behind the sign, with `elements` for an array."""

    name: str
    value: Word
    append: bool = False


@dataclass(frozen=True, slots=True)
class Redirect:
    """`>file`, `<<<word`, or a here-document, whose body is `word`."""

    operator: str
    word: Word


@dataclass(frozen=True, slots=True)
class Command:
    """One simple command. `start` and `end` are its characters, `block` is an index of `Script.blocks`.

    `conditional`: it stands behind `&&` or `||`. `piped`: its output goes to another command.
    """

    words: tuple[Word, ...]
    assignments: tuple[Assignment, ...]
    redirects: tuple[Redirect, ...]
    start: int
    end: int
    block: int
    conditional: bool = False
    piped: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be followed from the character `at` of the outermost text on."""

    at: int
    message: str


@dataclass(frozen=True, slots=True)
class Script:
    """Commands in the order in which they end, their blocks, comments (start, end) and what could not be followed.

    `documents` are here-documents with the line end before them. Not `complete`: the text was given up at the last
    fault.
    """

    commands: tuple[Command, ...]
    blocks: tuple[Block, ...]
    comments: tuple[tuple[int, int], ...] = ()
    faults: tuple[Fault, ...] = ()
    complete: bool = True
    documents: tuple[tuple[int, int], ...] = ()


def assignment(word: Word) -> Assignment | None:
    """A word of the form `NAME=value`, whose name is not quoted."""
    match = _ASSIGNMENT.match(word.text)
    if match is None or word.locate(match.end() - 1, match.end()) is None:
        return None
    if word.locate(0, match.end(1)) != (word.start, word.start + match.end(1)):
        return None
    return Assignment(match[1], word.part(match.end()), append=bool(match[2]))

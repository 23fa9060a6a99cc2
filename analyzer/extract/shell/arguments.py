"""Splits the words behind a program into options and operands, as getopt does.

Knows no program: which letters and names take a value is told to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.extract.shell.words import Word


@dataclass(frozen=True, slots=True)
class Argument:
    """An option (`-h`, `--host`) with its value, or an operand without a `name`. `joined`: `--host=H` or `-hH`."""

    name: str
    value: Word
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Syntax:
    """`short` letters and `names` (`--host`, `-port`) take a value; `glued` letters only without a blank."""

    short: str = ""
    names: frozenset[str] = frozenset()
    glued: str = ""


def arguments(words: Sequence[Word], syntax: Syntax) -> Iterator[Argument]:
    """The options that have a value, and the operands, in order. Flags are left out."""
    at = 0
    while at < len(words):
        word, text = words[at], words[at].text
        at += 1
        if text == "--":
            yield from (Argument("", operand) for operand in words[at:])
            return
        if not text.startswith("-") or text == "-":
            yield Argument("", word)
            continue
        found = _option(word, syntax)
        if found is None:
            continue
        if found.value.text or found.joined:
            yield found
        elif at < len(words):
            yield Argument(found.name, words[at])
            at += 1


def _option(word: Word, syntax: Syntax) -> Argument | None:
    """An option that takes a value; the value is empty where the next word holds it."""
    text = word.text
    name, sign, _ = text.partition("=")
    if text.startswith("--") or name in syntax.names:
        if sign:
            return Argument(name, word.part(len(name) + 1), joined=True)
        return Argument(name, word.part(len(text))) if name in syntax.names else None
    for index in range(1, len(text)):
        letter = text[index]
        if letter in syntax.glued or not letter.isascii():
            return None
        if letter in syntax.short:
            value = word.part(index + 1)
            return Argument(f"-{letter}", value, joined=bool(value.text))
    return None
